import type { BetaStatistics } from "../comparing/beta-statistics.js";
import { shareAbove } from "../stats/normal-kurtosis.js";
import type { Cell, Column, Table } from "./table.js";

/** What the report prints of each pair, in its heads. */
export const MOMENT_COLUMNS: readonly Column[] = [
  { key: "n", head: "N", decimals: 0 },
  { key: "mean", head: "Mean", decimals: 4 },
  { key: "std", head: "Std", decimals: 4 },
  { key: "skew", head: "Skew", decimals: 4 },
  { key: "kurtosis", head: "Kurtosis", decimals: 4 },
  { key: "min", head: "Min", decimals: 4 },
  { key: "max", head: "Max", decimals: 4 },
];

const COLUMNS: readonly Column[] = [
  { key: "coin", head: "Crypto" },
  { key: "market", head: "Asset" },
  ...MOMENT_COLUMNS,
  { key: "start", head: "Start" },
  { key: "populationSd", head: "Std (n)", decimals: 4, fileOnly: true },
  { key: "skewAdjusted", head: "Skew G1", decimals: 4, fileOnly: true },
  { key: "kurtosisExcess", head: "g2", decimals: 4, fileOnly: true },
  { key: "kurtosisAdjusted", head: "Kurtosis G2", decimals: 4, fileOnly: true },
  { key: "normalAbove", head: "Normal above", decimals: 2 },
  { key: "seedMeanLowest", head: "Mean from", decimals: 2 },
  { key: "seedMeanHighest", head: "to", decimals: 2 },
  { key: "marketSet", head: "Markets", fileOnly: true },
];

/**
 * Descriptive statistics in the report's columns, then the other conventions and the spread over seeds.
 *
 * @param normalB2 b2 of normal samples of the same size
 * @example
 * const normal = normalKurtosis(12, { draws: 1000, seed: 1 });
 * tableBetaStatistics(betaStatistics(markets), normal, "2023").rows[0]!.slice(0, 3); // ["BTC", "FIAT", 12]
 */
export function tableBetaStatistics(
  statistics: readonly BetaStatistics[],
  normalB2: ArrayLike<number>,
  sample: string,
): Table {
  return {
    id: "beta-statistics",
    caption: `Descriptive statistics of walk-forward neural betas; ${sample}`,
    columns: COLUMNS,
    rows: statistics.map(({ moments, seedMean, ...row }): Cell[] => [
      row.coin,
      row.market,
      moments.n,
      moments.mean,
      moments.sampleSd,
      moments.g1,
      moments.b2,
      moments.min,
      moments.max,
      row.start,
      moments.populationSd,
      moments.G1,
      moments.g2,
      moments.G2,
      shareAbove(normalB2, moments.b2),
      seedMean.lowest,
      seedMean.highest,
      row.marketSet,
    ]),
    notes: [
      "Of the mean beta over seeds, over the dates. Std: n − 1. Skew: g1. Kurtosis: b2, not in excess. The other conventions: table beta-conventions.",
      "Normal above: share of normal samples of the same size with a larger b2. Mean from, to: lowest and highest of the seeds' own means.",
    ],
  };
}

/**
 * The same betas by every convention of standard deviation, skewness and kurtosis.
 *
 * @example
 * const { columns } = tableBetaConventions(betaStatistics(markets), "2023");
 * columns.map(({ key }) => key).slice(3);
 * // ["sampleSd", "populationSd", "g1", "adjustedG1", "b2", "g2", "adjustedG2", "sampleKurtosis"]
 */
export function tableBetaConventions(statistics: readonly BetaStatistics[], sample: string): Table {
  return {
    id: "beta-conventions",
    caption: `Deviation, skewness and kurtosis of walk-forward neural betas by convention; ${sample}`,
    columns: [
      { key: "coin", head: "Crypto" },
      { key: "market", head: "Asset" },
      { key: "start", head: "Start" },
      { key: "sampleSd", head: "Std (n − 1)", decimals: 4 },
      { key: "populationSd", head: "Std (n)", decimals: 4 },
      { key: "g1", head: "g1", decimals: 4 },
      { key: "adjustedG1", head: "G1", decimals: 4 },
      { key: "b2", head: "b2", decimals: 4 },
      { key: "g2", head: "g2", decimals: 4 },
      { key: "adjustedG2", head: "G2", decimals: 4 },
      { key: "sampleKurtosis", head: "Sample", decimals: 4 },
    ],
    rows: statistics.map(({ coin, market, start, moments: of }): Cell[] => [
      coin,
      market,
      start,
      of.sampleSd,
      of.populationSd,
      of.g1,
      of.G1,
      of.b2,
      of.g2,
      of.G2,
      of.sampleKurtosis,
    ]),
    notes: [
      "With mk = sum((x − mean)^k) / n: g1 = m3 / m2^1.5, b2 = m4 / m2², g2 = b2 − 3. G1, G2: adjusted, as in SAS, Excel and pandas. Sample: kurtosis of R's PerformanceAnalytics.",
    ],
  };
}
