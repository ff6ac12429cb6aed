/** Claims of Step 4: how large the neural betas are. */

import { betaWithin } from "../../betas/assemble.js";
import { meanBeta } from "../../betas/mean-beta.js";
import { betaSeries } from "../../betas/series.js";
import { column } from "../../panel/panel.js";
import { mean, sampleMoments, smallSampleMoments } from "../../stats/moments.js";
import { bootstrapMeasurement, loneMeasurement, seriesMeasurement } from "../measurement.js";
import { above, below, between, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import type { WalkedNetworks } from "./networks.js";
import { adjustedR2, rowsIn } from "./samples.js";

/** Near zero: less than a quarter of the market's move. */
const NEAR_ZERO = between(-0.25, 0.25);

export function step4Claims(
  { panel, statistics, options }: ClaimInputs,
  walked: readonly WalkedNetworks[],
): MeasuredClaim[] {
  const { lookback, split } = options;
  const chance = { draws: options.bootstrap.draws, seed: options.seed };
  const path = (market: string) => walked.find(({ marketSet }) => marketSet === market)!.paths.all!;
  /** Betas of each coin by date. */
  const betas = (market: string) =>
    panel.coins.map((coin) => betaSeries(path(market), coin, market).map(({ beta }) => beta));
  const all = panel.markets.flatMap(betas);
  const dates = all[0]!.length;
  const year = rowsIn(panel, split.outOfSample).length;
  const [first] = statistics;
  return [
    ...["EQUITY", "ENERGY"].map((market) => ({
      id: `mean-${market.toLowerCase()}-2023`,
      statistic: `mean neural beta on ${market}, all coins, the report's twelve months`,
      region: NEAR_ZERO,
      measurement: loneMeasurement(
        meanBeta(betaWithin(path(market), split.outOfSample), market),
        year,
      ),
    })),
    ...panel.markets.map((market) => {
      const coins = betas(market);
      return {
        id: `mean-${market.toLowerCase()}`,
        statistic: `mean neural beta on ${market}, all coins, unseen months`,
        region: NEAR_ZERO,
        // A network's inputs of neighbouring dates overlap by all but one period.
        measurement: seriesMeasurement(
          coins[0]!.map((_, t) => mean(coins.map((of) => of[t]!))),
          lookback,
        ),
      };
    }),
    {
      id: "alignment",
      statistic: "adjusted R² of the coins' returns on all markets, mean of coins",
      region: below(0.1),
      measurement: adjustedR2(
        panel.coins.map((_, i) => column(panel.coinLogReturns, panel.coins.length, i)),
        panel.markets.map((_, k) => column(panel.marketLogReturns, panel.markets.length, k)),
        chance,
      ),
    },
    {
      id: "kurtosis-2023",
      statistic: `mean printed kurtosis minus what a normal sample of ${first!.n} is expected to have`,
      region: above(0),
      measurement: loneMeasurement(
        mean(statistics.map(({ kurtosis }) => kurtosis)) - smallSampleMoments(first!.n).normalB2,
        first!.n,
      ),
    },
    {
      id: "kurtosis",
      statistic:
        "mean kurtosis of the neural betas minus that of a normal sample, all coins and single markets, unseen months",
      region: above(0),
      measurement: bootstrapMeasurement(
        dates,
        (rows) =>
          mean(all.map((series) => sampleMoments(Array.from(rows, (t) => series[t]!)).b2)) -
          smallSampleMoments(dates).normalB2,
        { ...chance, blockLength: lookback, recentred: true },
      ),
    },
  ];
}
