/** Claims of Step 4: how large the neural betas are. */

import { betaWithin } from "../../betas/assemble.js";
import { meanBeta } from "../../betas/mean-beta.js";
import { betaSeries } from "../../betas/series.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { mean, sampleMoments, smallSampleMoments } from "../../stats/moments.js";
import { valuesOf } from "../../stats/resamples.js";
import {
  bootstrapMeasurement,
  exactMeasurement,
  loneMeasurement,
  seriesMeasurement,
} from "../measurement.js";
import { above, below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { coinMeans, withWeightError } from "./neural-paths.js";
import { adjustedR2, rowsIn } from "./samples.js";

/** Near zero: less than a quarter of the market's move. */
const NEAR_ZERO = between(-0.25, 0.25);

export const STEP_4: readonly Claim[] = [
  ...["EQUITY", "ENERGY"].map(
    (market): Claim => ({
      id: `mean-${market.toLowerCase()}-2023`,
      statistic: `mean neural beta on ${market}, all coins, the report's twelve months`,
      region: NEAR_ZERO,
      async measure({ panel, walkedOn, options: { split } }) {
        const { all } = (await walkedOn(market)).paths;
        const year = rowsIn(panel, split.outOfSample).length;
        return loneMeasurement(meanBeta(betaWithin(all, split.outOfSample), market), year);
      },
    }),
  ),
  ...["FIAT", "EQUITY", "GOLD", "ENERGY"].map(
    (market): Claim => ({
      id: `mean-${market.toLowerCase()}`,
      statistic: `mean neural beta on ${market}, all coins, unseen months`,
      region: NEAR_ZERO,
      async measure(context) {
        const { all } = (await context.walkedOn(market)).paths;
        // A network's inputs of neighbouring dates overlap by all but one period.
        const byDate = seriesMeasurement(coinMeans(all, market).values, context.options.lookback);
        return withWeightError(byDate, context, { market });
      },
    }),
  ),
  {
    id: "means-printed",
    statistic: "largest absolute printed mean of betas",
    region: below(0.25),
    measure: ({ statistics }) =>
      exactMeasurement(Math.max(...statistics.map((row) => Math.abs(row.mean))), statistics.length),
  },
  {
    id: "kurtosis-printed",
    statistic: "share of the printed rows whose kurtosis is above 2; most: more than half",
    region: above(0.5),
    measure: ({ statistics }) =>
      exactMeasurement(
        mean(statistics.map(({ kurtosis }) => (kurtosis > 2 ? 1 : 0))),
        statistics.length,
      ),
  },
  {
    id: "alignment",
    statistic: "adjusted R² of the coins' returns on all markets, mean of coins",
    region: below(0.1),
    measure: ({ panel, chance }) =>
      adjustedR2(
        panel.coins.map((coin) => coinReturns(panel, coin)),
        panel.markets.map((market) => marketReturns(panel, market)),
        chance,
      ),
  },
  {
    id: "kurtosis-2023",
    statistic: ({ statistics }) =>
      `mean printed kurtosis minus what a normal sample of ${statistics[0]!.n} is expected to have`,
    region: above(0),
    measure({ statistics }) {
      const { n } = statistics[0]!;
      const printed = mean(statistics.map(({ kurtosis }) => kurtosis));
      return loneMeasurement(printed - smallSampleMoments(n).normalB2, n);
    },
  },
  {
    id: "kurtosis",
    statistic:
      "mean kurtosis of the neural betas minus that of a normal sample, all coins and single markets, unseen months",
    region: above(0),
    async measure(context) {
      const series: number[][] = [];
      for (const market of context.panel.markets)
        series.push(...(await coinBetas(context, market)));
      const dates = series[0]!.length;
      const normal = smallSampleMoments(dates).normalB2;
      return bootstrapMeasurement(
        dates,
        (rows) => mean(series.map((betas) => sampleMoments(valuesOf(betas, rows)).b2)) - normal,
        { ...context.chance, blockLength: context.options.lookback, recentred: true },
      );
    },
  },
];

/** Walk-forward neural betas of each coin on one market, by date. */
async function coinBetas({ panel, walkedOn }: ClaimContext, market: string): Promise<number[][]> {
  const { all } = (await walkedOn(market)).paths;
  return panel.coins.map((coin) => betaSeries(all, coin, market).map(({ beta }) => beta));
}
