/** Descriptive statistics of the neural betas. */

import type { BetaStatistics } from "../comparing/beta-statistics.js";
import type { ReportedStatistics } from "../report/reported-statistics.js";
import type { SampleMoments } from "../stats/moments.js";
import { shareAbove } from "../stats/normal-kurtosis.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

/** What the report prints of each pair of coin and market. */
export type PrintedMoments = Omit<ReportedStatistics, "coin" | "market">;

/** Our moments by the report's conventions: n − 1, g1, b2. */
export const printedMoments = ({
  n,
  mean,
  sampleSd,
  g1,
  b2,
  min,
  max,
}: SampleMoments): PrintedMoments => ({
  ...{ n, mean, min, max },
  std: sampleSd,
  skew: g1,
  kurtosis: b2,
});

/** Columns of the moments in the report's heads, of whatever has them. */
export const momentColumns = <Row>(moments: (row: Row) => PrintedMoments): RowColumn<Row>[] => [
  { key: "n", head: "n", decimals: 0, value: (row) => moments(row).n },
  { key: "mean", head: "Mean", decimals: 4, value: (row) => moments(row).mean },
  { key: "std", head: "Std", decimals: 4, value: (row) => moments(row).std },
  { key: "skew", head: "Skew", decimals: 4, value: (row) => moments(row).skew },
  { key: "kurtosis", head: "Kurtosis", decimals: 4, value: (row) => moments(row).kurtosis },
  { key: "min", head: "Min", decimals: 4, value: (row) => moments(row).min },
  { key: "max", head: "Max", decimals: 4, value: (row) => moments(row).max },
];

/** The other conventions, for files. */
const inFiles: readonly RowColumn<BetaStatistics>[] = (
  [
    ["populationSd", "Std (n)", "populationSd"],
    ["skewAdjusted", "Skew G1", "G1"],
    ["kurtosisExcess", "g2", "g2"],
    ["kurtosisAdjusted", "Kurtosis G2", "G2"],
  ] as const
).map(([key, head, moment]) => ({
  ...{ key, head, decimals: 4, fileOnly: true },
  value: ({ moments }) => moments[moment],
}));

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
    ...tableOf(statistics, [
      { key: "coin", head: "Crypto", value: ({ coin }) => coin },
      { key: "market", head: "Asset", value: ({ market }) => market },
      ...momentColumns<BetaStatistics>(({ moments }) => printedMoments(moments)),
      { key: "start", head: "Start", value: ({ start }) => start },
      ...inFiles,
      {
        key: "normalAbove",
        head: "Normal above",
        decimals: 2,
        value: ({ moments }) => shareAbove(normalB2, moments.b2),
      },
      {
        key: "seedMeanLowest",
        head: "Mean from",
        decimals: 2,
        value: (row) => row.seedMean.lowest,
      },
      { key: "seedMeanHighest", head: "to", decimals: 2, value: (row) => row.seedMean.highest },
      { key: "marketSet", head: "Markets", fileOnly: true, value: ({ marketSet }) => marketSet },
    ]),
    notes: [
      "The statistics are those of the mean beta over seeds, over the dates. Std divides by n − 1, skew is g1, kurtosis is b2 (not in excess). Table beta-conventions has the other conventions.",
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
    ...tableOf(statistics, [
      { key: "coin", head: "Crypto", value: ({ coin }) => coin },
      { key: "market", head: "Asset", value: ({ market }) => market },
      { key: "start", head: "Start", value: ({ start }) => start },
      { key: "sampleSd", head: "Std (n − 1)", decimals: 4, value: (row) => row.moments.sampleSd },
      {
        key: "populationSd",
        head: "Std (n)",
        decimals: 4,
        value: (row) => row.moments.populationSd,
      },
      { key: "g1", head: "g1", decimals: 4, value: (row) => row.moments.g1 },
      { key: "adjustedG1", head: "G1", decimals: 4, value: (row) => row.moments.G1 },
      { key: "b2", head: "b2", decimals: 4, value: (row) => row.moments.b2 },
      { key: "g2", head: "g2", decimals: 4, value: (row) => row.moments.g2 },
      { key: "adjustedG2", head: "G2", decimals: 4, value: (row) => row.moments.G2 },
      {
        key: "sampleKurtosis",
        head: "Sample",
        decimals: 4,
        value: (row) => row.moments.sampleKurtosis,
      },
    ]),
    notes: [
      "With mk = sum((x − mean)^k) / n: g1 = m3 / m2^1.5, b2 = m4 / m2², g2 = b2 − 3. G1, G2: adjusted, as in SAS, Excel and pandas. Sample: kurtosis of R's PerformanceAnalytics.",
    ],
  };
}
