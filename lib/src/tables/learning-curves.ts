/** Learning curves in numbers. */

import type { Convergence, GridConvergence } from "../models/convergence.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

/** @param by the epoch that stands in two heads */
const columnsOf = (by: number): readonly RowColumn<Convergence>[] => [
  { key: "marketSet", head: "Markets", value: ({ row }) => row.marketSet },
  { key: "start", head: "Start", value: ({ row }) => row.start },
  { key: "hidden", head: "Hidden", decimals: 0, fileOnly: true, value: ({ row }) => row.hidden },
  {
    key: "learningRate",
    head: "Rate",
    decimals: 3,
    fileOnly: true,
    value: ({ row }) => row.learningRate,
  },
  { key: "activation", head: "Activation", fileOnly: true, value: ({ row }) => row.activation },
  { key: "seeds", head: "Seeds", decimals: 0, fileOnly: true, value: ({ row }) => row.seeds },
  { key: "epochMedian", head: "Epochs", decimals: 1, value: ({ epochMedian }) => epochMedian },
  { key: "epochLowest", head: "low", decimals: 0, value: ({ epochLowest }) => epochLowest },
  { key: "epochHighest", head: "high", decimals: 0, value: ({ epochHighest }) => epochHighest },
  { key: "shareWithin", head: `≤ ${by}`, decimals: 2, value: ({ shareWithin }) => shareWithin },
  { key: "bestEpochFirst", head: "First", decimals: 2, value: ({ row }) => row.bestEpochFirst },
  { key: "bestEpochLast", head: "Last", decimals: 2, value: ({ row }) => row.bestEpochLast },
  { key: "trainRmse", head: "In-sample", decimals: 4, value: ({ row }) => row.trainRmse },
  { key: "valRmse", head: "Validation", decimals: 4, value: ({ row }) => row.valRmse },
  { key: "gap", head: "Gap", decimals: 4, value: ({ gap }) => gap.mean },
  {
    key: "gapLowest",
    head: "Gap from",
    decimals: 4,
    fileOnly: true,
    value: ({ gap }) => gap.lowest,
  },
  {
    key: "gapHighest",
    head: "Gap to",
    decimals: 4,
    fileOnly: true,
    value: ({ gap }) => gap.highest,
  },
  { key: "later", head: `At ${by}`, decimals: 2, value: ({ later }) => later.mean },
  {
    key: "laterLowest",
    head: "from",
    decimals: 2,
    fileOnly: true,
    value: ({ later }) => later.lowest,
  },
  {
    key: "laterHighest",
    head: "to",
    decimals: 2,
    fileOnly: true,
    value: ({ later }) => later.highest,
  },
  {
    key: "laterSeeds",
    head: "Seeds there",
    decimals: 0,
    fileOnly: true,
    value: ({ reached }) => reached,
  },
];

/** What a table of learning curves says of its rows. */
export interface LearningCurvesTable {
  /** The epoch that `convergence` was asked for. */
  readonly by: number;
  /** Name of its exports, unique in the project; `learning-curves` by default. */
  readonly id?: string;
}

/**
 * Epochs to the lowest validation loss, what follows it, and the generalisation gap.
 *
 * @example
 * const by = 10;
 * tableLearningCurves(fits.map((chosen) => convergence(chosen, by)), "two seeds", { by }).rows[0]!.slice(0, 4);
 * // ["FIAT", "glorot", 4, 0.01]
 */
export function tableLearningCurves(
  rows: readonly Convergence[],
  sample: string,
  { by, id = "learning-curves" }: LearningCurvesTable,
): Table {
  return {
    id,
    caption: `Learning curves by market set and start: epochs to the lowest validation RMSE, and RMSE in log returns at that epoch; ${sample}`,
    ...tableOf(rows, columnsOf(by)),
    notes: [
      `Epochs: median, lowest and highest over seeds. ≤ ${by}, first, last: shares of networks whose lowest validation RMSE lies within ${by} epochs, at their start, and in their last epoch, where they were still improving.`,
      `Gap: validation minus in-sample RMSE at that epoch, mean over seeds; the two blocks differ in volatility. At ${by}: validation RMSE at epoch ${by} over the lowest, mean over seeds; 1 where a minimum is stable.`,
    ],
  };
}

/**
 * Convergence over the whole grid: market sets at equal configurations.
 *
 * @example
 * tableConvergence(gridConvergence(rows), "two seeds").rows[0]!.slice(0, 3); // ["FIAT", "glorot", 1]
 */
export function tableConvergence(rows: readonly GridConvergence[], sample: string): Table {
  return {
    id: "convergence",
    caption: `Convergence by market set and start, means over all configurations of the grid; ${sample}`,
    ...tableOf(rows, [
      { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
      { key: "start", head: "Start", value: ({ start }) => start },
      {
        key: "configurations",
        head: "Configurations",
        decimals: 0,
        value: ({ configurations }) => configurations,
      },
      { key: "bestEpoch", head: "Best epoch", decimals: 1, value: ({ bestEpoch }) => bestEpoch },
      {
        key: "bestEpochFirst",
        head: "First",
        decimals: 2,
        value: ({ bestEpochFirst }) => bestEpochFirst,
      },
      {
        key: "bestEpochLast",
        head: "Last",
        decimals: 2,
        value: ({ bestEpochLast }) => bestEpochLast,
      },
      { key: "trainRmse", head: "In-sample", decimals: 4, value: ({ trainRmse }) => trainRmse },
      { key: "valRmse", head: "Validation", decimals: 4, value: ({ valRmse }) => valRmse },
      { key: "gap", head: "Gap", decimals: 4, value: (row) => row.valRmse - row.trainRmse },
    ]),
    notes: [
      "RMSE in log returns at the best epoch of each network. Every market set has the same widths, rates, activations and number of seeds.",
    ],
  };
}
