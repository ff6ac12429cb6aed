/** Neural betas by date, as claims about them need them: of the report's own networks, and of networks walked forward. */

import { betaSeries } from "../../betas/series.js";
import { ensembleBetas, replicateBetas } from "../../models/ensemble.js";
import { inRange } from "../../panel/calendar.js";
import { marketReturns, selectMarkets } from "../../panel/panel.js";
import { inference } from "../../stats/inference.js";
import { mean } from "../../stats/moments.js";
import { neweyWestCovariance } from "../../stats/newey-west.js";
import { regression } from "../../stats/ols.js";
import type { BetaPath, DateRange } from "../../types.js";
import { LEVEL, loneMeasurement, type Measurement, studentMeasurement } from "../measurement.js";
import type { ClaimContext } from "./context.js";
import { meanCoin, rowsIn } from "./samples.js";

/** A mean over coins by date. */
export interface DatedMeans {
  readonly dates: readonly string[];
  readonly values: readonly number[];
}

/** Mean beta over the coins, by date with an estimate. */
export function coinMeans(path: BetaPath, market: string): DatedMeans {
  const coins = path.coins.map((coin) => betaSeries(path, coin, market));
  return {
    dates: coins[0]!.map(({ date }) => date),
    values: coins[0]!.map((_, t) => mean(coins.map((betas) => betas[t]!.beta))),
  };
}

/** Mean beta over coins and a hundred networks of the report's configuration on one market: fitted, then walk-forward. */
export async function reportedPath(context: ClaimContext, market: string): Promise<DatedMeans> {
  const { fitted, walkForward } = ensembleBetas(
    selectMarkets(context.panel, [market]),
    await reportedFit(context, market),
  );
  const [before, after] = [coinMeans(fitted, market), coinMeans(walkForward, market)];
  return {
    dates: [...before.dates, ...after.dates],
    values: [...before.values, ...after.values],
  };
}

/** Mean fitted beta of each of these networks over the coins and the dates of a range. */
export async function reportedMeans(
  context: ClaimContext,
  market: string,
  range: DateRange,
): Promise<number[]> {
  const chosen = selectMarkets(context.panel, [market]);
  return replicateBetas(chosen, await reportedFit(context, market)).map(({ fitted }) => {
    const { dates, values } = coinMeans(fitted, market);
    return mean(values.filter((_, t) => inRange(dates[t]!, range)));
  });
}

function reportedFit({ configurations, seeded }: ClaimContext, market: string) {
  const configuration = configurations.find(({ marketSet }) => marketSet === market);
  if (!configuration)
    throw new RangeError(
      `measuredClaims: the report must print a configuration for ${market}, it prints ${configurations.map(({ marketSet }) => marketSet).join(", ")}; take the claim out`,
    );
  return seeded(configuration);
}

/** Slope of values by date on another series, with Newey and West's error, by default with the lags of their rule. */
export function slopeMeasurement(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  lags?: number,
): Measurement {
  const fit = regression(x, y, { intercept: true });
  const covariance = neweyWestCovariance(fit, lags === undefined ? {} : { lags });
  const { coefficients, standardErrors } = inference(fit, covariance, LEVEL);
  return studentMeasurement({
    estimate: coefficients[1]!,
    standardError: standardErrors[1]!,
    degreesOfFreedom: fit.degreesOfFreedom,
    n: fit.n,
    method: "Newey-West",
  });
}

/** Mean of values on some dates minus that on others; n is that of the smaller side. */
export function meanDifference(
  { dates, values }: DatedMeans,
  { inside, outside }: { readonly inside: readonly string[]; readonly outside: readonly string[] },
  lags: number,
): Measurement {
  const used = [...dates.keys()].filter(
    (t) => inside.includes(dates[t]!) || outside.includes(dates[t]!),
  );
  const marks = used.map((t) => (inside.includes(dates[t]!) ? 1 : 0));
  const count = marks.filter((mark) => mark === 1).length;
  if (count === 0 || count === used.length) return loneMeasurement(Number.NaN, 0);
  const slope = slopeMeasurement(
    marks,
    used.map((t) => values[t]!),
    lags,
  );
  return { ...slope, n: Math.min(count, used.length - count) };
}

/**
 * A mean of betas with the uncertainty of the weights that made them: to the variance over dates comes that of the pooled beta
 * on the same market in the months that the networks are fitted on, as the constant in their betas is known no better.
 *
 * @param scale by which betas are multiplied in the measurement
 */
export function withWeightError(
  measurement: Measurement,
  { panel, options }: ClaimContext,
  { market, scale = 1 }: { readonly market: string; readonly scale?: number },
): Measurement {
  const rows = rowsIn(panel, options.split.inSample);
  const [coin, returns] = [meanCoin(panel), marketReturns(panel, market)];
  const fit = regression(
    rows.map((t) => returns[t]!),
    rows.map((t) => coin[t]!),
    { intercept: false },
  );
  const { standardErrors } = inference(fit, neweyWestCovariance(fit), LEVEL);
  const { estimate, n, degreesOfFreedom, standardError } = measurement;
  return studentMeasurement({
    estimate,
    n,
    degreesOfFreedom,
    standardError: Math.sqrt(standardError ** 2 + (scale * standardErrors[0]!) ** 2),
    method: `${measurement.method}, with the error of a pooled beta for that of the weights`,
  });
}
