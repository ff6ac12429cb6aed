/** Claims of Step 0: the returns. */

import { factorSeries } from "../../panel/factors.js";
import { returnsOf, seriesOf } from "../../panel/panel.js";
import { mergedSeries } from "../../panel/series.js";
import { correlation } from "../../stats/correlation.js";
import { mean, standardDeviation } from "../../stats/moments.js";
import { quantile } from "../../stats/quantile.js";
import { valuesOf } from "../../stats/resamples.js";
import type { DatedSeries, Panel } from "../../types.js";
import {
  bootstrapMeasurement,
  exactMeasurement,
  loneMeasurement,
  type Measurement,
} from "../measurement.js";
import { compareReported } from "../reported.js";
import { above, below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { rmsePercent, rmsePercentOfBest } from "./networks.js";
import { slopeMeasurement } from "./neural-paths.js";
import { blockLengthOf, rowsIn } from "./samples.js";

type Widths = (coins: readonly number[], markets: readonly number[]) => number;

const lowestRatio: Widths = (coins, markets) => Math.min(...coins) / Math.max(...markets);

const deviation = (values: Float64Array): number => standardDeviation(values, 1);

function middleRange(values: Float64Array): number {
  const sorted = values.slice().sort();
  return quantile(sorted, 0.95) - quantile(sorted, 0.05);
}

export const STEP_0: readonly Claim[] = [
  {
    id: "volatility",
    statistic: "standard deviation of the calmest coin over that of the wildest market",
    region: above(2),
    measure: (context) => widthRatio(context, deviation, lowestRatio),
  },
  {
    id: "volatility-typical",
    statistic: "mean standard deviation of the coins over that of the markets",
    region: above(2),
    measure: (context) =>
      widthRatio(context, deviation, (coins, markets) => mean(coins) / mean(markets)),
  },
  {
    id: "amplitude",
    statistic: "range of the middle 90 % of returns, smallest coin's over largest market's",
    region: above(2),
    measure: (context) => widthRatio(context, middleRange, lowestRatio),
  },
  {
    id: "nonlinear",
    statistic:
      "RMSE of the best non-linear networks against the better of the best linear ones and no hedge, %, all market sets, unseen months",
    region: below(0),
    measure: async ({ losses, nullLosses, chance }) =>
      rmsePercentOfBest(
        await losses("curved"),
        [await losses("linear"), await nullLosses("zero")],
        chance,
      ),
  },
  {
    id: "nonlinear-later",
    statistic: "the same without the first unseen year, 2021",
    region: below(0),
    async measure({ panel, options, losses, nullLosses, chance }) {
      const dates = rowsIn(panel, options.walkForward.test).map((t) => panel.dates[t]!);
      const later = (values: readonly number[]) => values.filter((_, t) => dates[t]! >= "2022");
      return rmsePercentOfBest(
        later(await losses("curved")),
        [later(await losses("linear")), later(await nullLosses("zero"))],
        chance,
      );
    },
  },
  {
    id: "nonlinear-constant",
    statistic:
      "RMSE of the best non-linear networks against one constant beta for all coins, %, all market sets, unseen months",
    region: below(0),
    measure: async ({ losses, nullLosses, chance }) =>
      rmsePercent(await losses("curved"), await nullLosses("pooled"), chance),
  },
  {
    id: "stationarity",
    statistic: "coefficient on the month before, largest of all series (a unit root has 1)",
    region: between(-0.9, 0.9),
    measure: ({ panel }) => largestAutoregression(panel),
  },
  {
    id: "scales",
    statistic: "largest standard deviation of all series over the smallest",
    region: below(2),
    measure: (context) =>
      widthRatio(
        context,
        deviation,
        (coins, markets) => Math.max(...coins, ...markets) / Math.min(...coins, ...markets),
      ),
  },
  {
    id: "equity-column",
    statistic: "correlation of the printed EQUITY with Mkt-RF",
    region: above(0.5),
    measure: ({ returns, factors }) => {
      const merged = mergedSeries(returns, factorSeries(factors));
      const [column, market] = ["EQUITY", "Mkt-RF"].map((name) => seriesOf(merged, name));
      return loneMeasurement(correlation(column!, market!), merged.dates.length);
    },
  },
  ...["BTC", "ETH", "LTC", "BCH", "FIAT", "EQUITY", "GOLD", "ENERGY"].map(
    (series): Claim => ({
      id: `row-${series.toLowerCase()}`,
      statistic: `largest difference of the printed ${series} from a published series of the same months`,
      region: below(0.0001),
      measure: (context) => printedRow(context, series),
    }),
  ),
];

/** A printed series against the one that it was made of; where nobody has found that one, a number that tests nothing. */
function printedRow({ returns, replication, panel }: ClaimContext, series: string): Measurement {
  if (replication.names.includes(series)) return printedDifference(returns, replication, [series]);
  const { estimate, n } = printedDifference(returns, returnsOf(panel), [series]);
  return loneMeasurement(estimate, n);
}

/** Largest absolute difference of printed series from recomputed ones, on the printed dates. */
export function printedDifference(
  printed: DatedSeries,
  recomputed: DatedSeries,
  names: readonly string[],
): Measurement {
  const compared = compareReported(printed, recomputed).filter(({ series }) =>
    names.includes(series),
  );
  if (compared.length === 0) return loneMeasurement(Number.NaN, 0);
  return exactMeasurement(
    Math.max(...compared.map(({ largest }) => largest)),
    compared.reduce((sum, { n }) => sum + n, 0),
  );
}

/** A ratio of the widths of coins' and markets' returns. */
function widthRatio(
  { panel, chance }: ClaimContext,
  width: (values: Float64Array) => number,
  ratio: Widths,
): Measurement {
  const returns = returnsOf(panel);
  const series = returns.names.map((name) => seriesOf(returns, name));
  const squares = series.map((values) => values.map((v) => v ** 2));
  const N = panel.coins.length;
  return bootstrapMeasurement(
    panel.dates.length,
    (rows) => {
      const widths = series.map((values) => width(valuesOf(values, rows)));
      return ratio(widths.slice(0, N), widths.slice(N));
    },
    { ...chance, blockLength: blockLengthOf(squares), recentred: true },
  );
}

/** Largest slope of any series on its own value of the period before. */
function largestAutoregression(panel: Panel): Measurement {
  const returns = returnsOf(panel);
  const slopes = returns.names.map((name) => {
    const values = seriesOf(returns, name);
    return slopeMeasurement(values.slice(0, -1), values.slice(1));
  });
  return slopes.reduce((largest, slope) => (slope.estimate > largest.estimate ? slope : largest));
}
