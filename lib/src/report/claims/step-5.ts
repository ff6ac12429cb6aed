/** Claims of Step 5: when betas rise. Of neural betas in months, and of regressions in weeks, as the episodes are short. */

import { datesAfter } from "../../panel/events.js";
import { marketReturns } from "../../panel/panel.js";
import { rootMeanSquare } from "../../stats/moments.js";
import { bootstrapMeasurement, seedMeasurement } from "../measurement.js";
import { above, below, between } from "./claim.js";
import type { Claim } from "./context.js";
import { meanDifference, reportedMeans, reportedPath, slopeMeasurement } from "./neural-paths.js";
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
/** The same in months. */
const SEASON = 3;
/** The first two years with a neural beta: a look-back of twelve months leaves none before. */
const EARLY = { from: "2019-01", through: "2020-12" };

/** The claims as the report means them: about the betas of its networks. */
const NEURAL: readonly Claim[] = [
  {
    id: "early",
    statistic: `mean neural beta on ${MARKET} in the first two years that have one, the report's configuration`,
    region: between(-0.25, 0.25),
    measure: async (context) => seedMeasurement(await reportedMeans(context, MARKET, EARLY)),
  },
  {
    id: "rising-volatility",
    statistic: `slope of the mean neural beta on ${MARKET} on the coins' root mean square of the ${SEASON} months before, the report's configuration`,
    region: above(0),
    async measure(context) {
      const { dates, values } = await reportedPath(context, MARKET);
      const coin = meanCoin(context.panel);
      const volatility = trailing(SEASON, coin.length, (from, to) =>
        rootMeanSquare(coin.subarray(from, to)),
      );
      const before = dates.map((date) => volatility[context.panel.dates.indexOf(date)]!);
      return slopeMeasurement(before, values, context.options.lookback);
    },
  },
  {
    id: "rising-halving",
    statistic: `mean neural beta on ${MARKET} in the months of the year after a halving, minus that in all others, the report's configuration`,
    region: above(0),
    async measure(context) {
      const path = await reportedPath(context, MARKET);
      const { first: inside } = yearsAfterHalvings(context.halvings, path);
      const outside = path.dates.filter((date) => !inside.includes(date));
      return meanDifference(path, { inside, outside }, context.options.lookback);
    },
  },
  {
    id: "decoupling",
    statistic: `mean neural beta on ${MARKET} in the months of the second year after a halving, minus that in the first, the report's configuration`,
    region: below(0),
    async measure(context) {
      const path = await reportedPath(context, MARKET);
      const { first: outside, second: inside } = yearsAfterHalvings(context.halvings, path);
      return meanDifference(path, { inside, outside }, context.options.lookback);
    },
  },
];

/** The same of regressions, in weeks: what the returns themselves say. */
const REGRESSIONS: readonly Claim[] = [
  {
    id: "early-regression",
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
    id: "rising-volatility-regression",
    statistic: `pooled beta on ${MARKET} in the quarter of weeks before which coins were most volatile (${QUARTER} weeks), minus that in all others`,
    region: above(0),
    measure({ weekly, chance }) {
      const coin = meanCoin(weekly);
      const volatility = trailing(QUARTER, coin.length, (from, to) =>
        rootMeanSquare(coin.subarray(from, to)),
      );
      return betaDifference(weekly, MARKET, {
        ...topDates(weekly.dates, volatility, 0.25),
        ...chance,
      });
    },
  },
  {
    id: "rising-halving-regression",
    statistic: `pooled beta on ${MARKET} in the weeks of the year after a halving, minus that in all others`,
    region: above(0),
    measure({ weekly, halvings, chance }) {
      const { first } = yearsAfterHalvings(halvings, weekly);
      const others = weekly.dates.filter((date) => !first.includes(date));
      return betaDifference(weekly, MARKET, { inside: first, outside: others, ...chance });
    },
  },
  {
    id: "decoupling-regression",
    statistic: `pooled beta on ${MARKET} in the weeks of the second year after a halving, minus that in the first`,
    region: below(0),
    measure({ weekly, halvings, chance }) {
      const { first, second } = yearsAfterHalvings(halvings, weekly);
      return betaDifference(weekly, MARKET, { inside: second, outside: first, ...chance });
    },
  },
];

export const STEP_5: readonly Claim[] = [...NEURAL, ...REGRESSIONS];

/** Dates of the first and of the second year after a halving. */
function yearsAfterHalvings(
  halvings: readonly string[],
  { dates }: { readonly dates: readonly string[] },
) {
  const first = datesAfter(dates, halvings, YEAR);
  const second = datesAfter(dates, halvings, 2 * YEAR).filter((date) => !first.includes(date));
  return { first, second };
}
