/** Claims of Step 5: when betas rise. In weeks, as the episodes are short. */

import { datesAfter, HALVINGS } from "../../panel/events.js";
import { marketReturns } from "../../panel/panel.js";
import { rootMeanSquare } from "../../stats/moments.js";
import type { Panel } from "../../types.js";
import { bootstrapMeasurement } from "../measurement.js";
import { above, below, between } from "./claim.js";
import type { Claim } from "./context.js";
import {
  betaDifference,
  blockLengthOf,
  meanCoin,
  pooledOn,
  rowsIn,
  topDates,
  trailing,
} from "./samples.js";

/** The market whose betas stand for "risk-on dynamics". */
const MARKET = "EQUITY";
const YEAR = 365;
/** Weeks of the trailing volatility. */
const QUARTER = 13;

export const STEP_5: readonly Claim[] = [
  {
    id: "early",
    statistic: `pooled beta on ${MARKET}, weeks of 2018 and 2019`,
    region: between(-0.25, 0.25),
    measure({ weekly, chance }) {
      const [coin, market] = [meanCoin(weekly), marketReturns(weekly, MARKET)];
      const early = rowsIn(weekly, { from: "2018-01", through: "2019-12" });
      const drawn = (rows: Uint32Array) => Array.from(rows, (row) => early[row]!);
      return bootstrapMeasurement(early.length, (rows) => pooledOn(coin, market, drawn(rows)), {
        ...chance,
        blockLength: blockLengthOf([early.map((t) => coin[t]! * market[t]!)]),
      });
    },
  },
  {
    id: "rising-volatility",
    statistic: `pooled beta on ${MARKET} in the quarter of weeks before which coins were most volatile (${QUARTER} weeks), minus that in all others`,
    region: above(0),
    measure({ weekly, chance }) {
      const coin = meanCoin(weekly);
      const volatility = trailing(QUARTER, coin.length, (from, to) =>
        rootMeanSquare(coin.subarray(from, to)),
      );
      const { inside, outside } = topDates(weekly.dates, volatility, 0.25);
      return betaDifference(weekly, MARKET, inside, outside, chance);
    },
  },
  {
    id: "rising-halving",
    statistic: `pooled beta on ${MARKET} in the weeks of the year after a halving, minus that in all others`,
    region: above(0),
    measure({ weekly, chance }) {
      const { first } = yearsAfterHalvings(weekly);
      const others = weekly.dates.filter((date) => !first.includes(date));
      return betaDifference(weekly, MARKET, first, others, chance);
    },
  },
  {
    id: "decoupling",
    statistic: `pooled beta on ${MARKET} in the weeks of the second year after a halving, minus that in the first`,
    region: below(0),
    measure({ weekly, chance }) {
      const { first, second } = yearsAfterHalvings(weekly);
      return betaDifference(weekly, MARKET, second, first, chance);
    },
  },
];

/** Dates of the first and of the second year after a halving. */
function yearsAfterHalvings({ dates }: Panel) {
  const first = datesAfter(dates, HALVINGS, YEAR);
  const second = datesAfter(dates, HALVINGS, 2 * YEAR).filter((date) => !first.includes(date));
  return { first, second };
}
