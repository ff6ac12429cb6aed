/** Claims of Step 5: when betas rise. In weeks, as the episodes are short. */

import { datesAfter, HALVINGS } from "../../panel/events.js";
import { rootMeanSquare } from "../../stats/moments.js";
import { bootstrapMeasurement } from "../measurement.js";
import { above, below, between, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import {
  betaDifference,
  blockLengthOf,
  marketReturns,
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

export function step5Claims({
  weekly,
  options,
}: Pick<ClaimInputs, "weekly" | "options">): MeasuredClaim[] {
  const chance = { draws: options.bootstrap.draws, seed: options.seed };
  const coin = meanCoin(weekly);
  const market = marketReturns(weekly, MARKET);
  const early = rowsIn(weekly, { from: "2018-01", through: "2019-12" });
  const volatility = trailing(QUARTER, coin.length, (from, to) =>
    rootMeanSquare(coin.subarray(from, to)),
  );
  const volatile = topDates(weekly.dates, volatility, 0.25);
  const first = datesAfter(weekly.dates, HALVINGS, YEAR);
  const second = datesAfter(weekly.dates, HALVINGS, 2 * YEAR).filter(
    (date) => !first.includes(date),
  );
  const difference = (inside: readonly string[], outside: readonly string[]) =>
    betaDifference(weekly, MARKET, inside, outside, chance);
  return [
    {
      id: "early",
      statistic: `pooled beta on ${MARKET}, weeks of 2018 and 2019`,
      region: between(-0.25, 0.25),
      measurement: bootstrapMeasurement(
        early.length,
        (rows) =>
          pooledOn(
            coin,
            market,
            Array.from(rows, (row) => early[row]!),
          ),
        {
          ...chance,
          blockLength: blockLengthOf([early.map((t) => coin[t]! * market[t]!)]),
        },
      ),
    },
    {
      id: "rising-volatility",
      statistic: `pooled beta on ${MARKET} in the quarter of weeks before which coins were most volatile (${QUARTER} weeks), minus that in all others`,
      region: above(0),
      measurement: difference(volatile.inside, volatile.outside),
    },
    {
      id: "rising-halving",
      statistic: `pooled beta on ${MARKET} in the weeks of the year after a halving, minus that in all others`,
      region: above(0),
      measurement: difference(
        first,
        weekly.dates.filter((date) => !first.includes(date)),
      ),
    },
    {
      id: "decoupling",
      statistic: `pooled beta on ${MARKET} in the weeks of the second year after a halving, minus that in the first`,
      region: below(0),
      measurement: difference(second, first),
    },
  ];
}
