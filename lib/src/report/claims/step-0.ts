/** Claims of Step 0: the returns. */

import { pathEstimator } from "../../betas/estimator.js";
import { pooledBeta } from "../../betas/pooled.js";
import { column, returnsOf, seriesOf } from "../../panel/panel.js";
import { correlation } from "../../stats/correlation.js";
import { inference } from "../../stats/inference.js";
import { mean, standardDeviation } from "../../stats/moments.js";
import { neweyWestCovariance } from "../../stats/newey-west.js";
import { regression } from "../../stats/ols.js";
import { quantile } from "../../stats/quantile.js";
import type { Panel } from "../../types.js";
import { meanByDate } from "../../comparing/common-errors.js";
import {
  bootstrapMeasurement,
  LEVEL,
  loneMeasurement,
  type Measurement,
  studentMeasurement,
} from "../measurement.js";
import { above, below, between, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import { rmsePercent, type WalkedNetworks } from "./networks.js";
import { blockLengthOf, nullLosses, walkedLosses } from "./samples.js";

export async function step0Claims(
  { panel, factors, returns, options }: ClaimInputs,
  walked: readonly WalkedNetworks[],
): Promise<MeasuredClaim[]> {
  const { test } = options.walkForward;
  const { draws } = options.bootstrap;
  const chance = { draws, seed: options.seed };
  const ratio = (
    width: (values: Float64Array) => number,
    of: (coins: readonly number[], markets: readonly number[]) => number,
  ) => widthRatio(panel, width, of, chance);
  const lowest = (coins: readonly number[], markets: readonly number[]) =>
    Math.min(...coins) / Math.max(...markets);
  const sd = (values: Float64Array) => standardDeviation(values, 1);
  const middle = (values: Float64Array) => {
    const sorted = values.slice().sort();
    return quantile(sorted, 0.95) - quantile(sorted, 0.05);
  };
  const losses = (choice: string) => meanByDate(walkedLosses(walked, choice, test));
  const shared = returns.dates.filter((date) => factors.dates.includes(date));
  const market = column(
    factors.simpleReturns,
    factors.names.length,
    factors.names.indexOf("Mkt-RF"),
  );
  return [
    {
      id: "volatility",
      statistic: "standard deviation of the calmest coin over that of the wildest market",
      region: above(2),
      measurement: ratio(sd, lowest),
    },
    {
      id: "volatility-typical",
      statistic: "mean standard deviation of the coins over that of the markets",
      region: above(2),
      measurement: ratio(sd, (coins, markets) => mean(coins) / mean(markets)),
    },
    {
      id: "amplitude",
      statistic: "range of the middle 90 % of returns, smallest coin's over largest market's",
      region: above(2),
      measurement: ratio(middle, lowest),
    },
    {
      id: "nonlinear",
      statistic:
        "RMSE of the best non-linear networks against the best linear ones, %, all market sets, unseen months",
      region: below(0),
      measurement: rmsePercent(losses("curved"), losses("linear"), chance),
    },
    {
      id: "nonlinear-constant",
      statistic:
        "RMSE of the best non-linear networks against one constant beta for all coins, %, all market sets, unseen months",
      region: below(0),
      measurement: rmsePercent(
        losses("curved"),
        await nullLosses(walked, pathEstimator("pooled", pooledBeta), test),
        chance,
      ),
    },
    {
      id: "stationarity",
      statistic: "coefficient on the month before, largest of all series (a unit root has 1)",
      region: between(-0.9, 0.9),
      measurement: largestAutoregression(panel),
    },
    {
      id: "scales",
      statistic: "largest standard deviation of all series over the smallest",
      region: below(2),
      measurement: ratio(
        sd,
        (coins, markets) => Math.max(...coins, ...markets) / Math.min(...coins, ...markets),
      ),
    },
    {
      id: "equity-column",
      statistic: "correlation of the printed EQUITY with Mkt-RF",
      region: above(0.5),
      measurement: loneMeasurement(
        correlation(
          shared.map((date) => seriesOf(returns, "EQUITY")[returns.dates.indexOf(date)]!),
          shared.map((date) => market[factors.dates.indexOf(date)]!),
        ),
        shared.length,
      ),
    },
  ];
}

/** A ratio of the widths of coins' and markets' returns. */
function widthRatio(
  panel: Panel,
  width: (values: Float64Array) => number,
  of: (coins: readonly number[], markets: readonly number[]) => number,
  chance: { readonly draws: number; readonly seed: number },
): Measurement {
  const returns = returnsOf(panel);
  const series = returns.names.map((name) => seriesOf(returns, name));
  const squares = series.map((values) => values.map((v) => v ** 2));
  return bootstrapMeasurement(
    panel.dates.length,
    (rows) => {
      const widths = series.map((values) => width(Float64Array.from(rows, (t) => values[t]!)));
      const N = panel.coins.length;
      return of(widths.slice(0, N), widths.slice(N));
    },
    { ...chance, blockLength: blockLengthOf(squares), recentred: true },
  );
}

/** Largest slope of any series on its own value of the period before. */
function largestAutoregression(panel: Panel): Measurement {
  const returns = returnsOf(panel);
  const slopes = returns.names.map((name) => {
    const values = seriesOf(returns, name);
    const fit = regression(values.slice(0, -1), values.slice(1), {
      intercept: true,
    });
    const { coefficients, standardErrors } = inference(fit, neweyWestCovariance(fit), LEVEL);
    return studentMeasurement(
      coefficients[1]!,
      standardErrors[1]!,
      fit.degreesOfFreedom,
      fit.n,
      "Newey-West",
    );
  });
  return slopes.reduce((so, of) => (of.estimate > so.estimate ? of : so));
}
