import type { Convergence, GridConvergence } from "../models/convergence.js";
import type { Column, Table } from "./table.js";

/**
 * Epochs to the lowest validation loss, what follows it, and the generalisation gap.
 *
 * @param by the epoch that `convergence` was asked for
 * @param id name of its exports, unique in the project
 * @example
 * tableLearningCurves(fits.map((of) => convergence(of, 10)), 10, "two seeds").rows[0]!.slice(0, 4);
 * // ["FIAT", "glorot", 4, 0.01]
 */
export function tableLearningCurves(
  rows: readonly Convergence[],
  by: number,
  sample: string,
  id: string = "learning-curves",
): Table {
  const columns: readonly Column[] = [
    { key: "marketSet", head: "Markets" },
    { key: "start", head: "Start" },
    { key: "hidden", head: "Hidden", decimals: 0, fileOnly: true },
    { key: "learningRate", head: "Rate", decimals: 3, fileOnly: true },
    { key: "activation", head: "Activation", fileOnly: true },
    { key: "seeds", head: "Seeds", decimals: 0, fileOnly: true },
    { key: "epochMedian", head: "Epochs", decimals: 1 },
    { key: "epochLowest", head: "low", decimals: 0 },
    { key: "epochHighest", head: "high", decimals: 0 },
    { key: "shareWithin", head: `≤ ${by}`, decimals: 2 },
    { key: "bestEpochFirst", head: "First", decimals: 2 },
    { key: "bestEpochLast", head: "Last", decimals: 2 },
    { key: "trainRmse", head: "In-sample", decimals: 4 },
    { key: "valRmse", head: "Validation", decimals: 4 },
    { key: "gap", head: "Gap", decimals: 4 },
    { key: "gapLowest", head: "Gap from", decimals: 4, fileOnly: true },
    { key: "gapHighest", head: "Gap to", decimals: 4, fileOnly: true },
    { key: "later", head: `At ${by}`, decimals: 2 },
    { key: "laterLowest", head: "from", decimals: 2, fileOnly: true },
    { key: "laterHighest", head: "to", decimals: 2, fileOnly: true },
    { key: "laterSeeds", head: "Seeds there", decimals: 0, fileOnly: true },
  ];
  return {
    id,
    caption: `Learning curves by market set and start: epochs to the lowest validation RMSE, and RMSE in log returns at that epoch; ${sample}`,
    columns,
    rows: rows.map(({ row, ...of }) => [
      row.marketSet,
      row.start,
      row.hidden,
      row.learningRate,
      row.activation,
      row.seeds,
      of.epochMedian,
      of.epochLowest,
      of.epochHighest,
      of.shareWithin,
      row.bestEpochFirst,
      row.bestEpochLast,
      row.trainRmse,
      row.valRmse,
      of.gap.mean,
      of.gap.lowest,
      of.gap.highest,
      of.later.mean,
      of.later.lowest,
      of.later.highest,
      of.reached,
    ]),
    notes: [
      `Epochs: median, lowest and highest over seeds. ≤ ${by}, first, last: shares of networks whose lowest validation RMSE lies within ${by} epochs, at their start, and in their last epoch (not finished).`,
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
    columns: [
      { key: "marketSet", head: "Markets" },
      { key: "start", head: "Start" },
      { key: "configurations", head: "Configurations", decimals: 0 },
      { key: "bestEpoch", head: "Best epoch", decimals: 1 },
      { key: "bestEpochFirst", head: "First", decimals: 2 },
      { key: "bestEpochLast", head: "Last", decimals: 2 },
      { key: "trainRmse", head: "In-sample", decimals: 4 },
      { key: "valRmse", head: "Validation", decimals: 4 },
      { key: "gap", head: "Gap", decimals: 4 },
    ],
    rows: rows.map((row) => [
      row.marketSet,
      row.start,
      row.configurations,
      row.bestEpoch,
      row.bestEpochFirst,
      row.bestEpochLast,
      row.trainRmse,
      row.valRmse,
      row.valRmse - row.trainRmse,
    ]),
    notes: [
      "RMSE in log returns at the best epoch of each network. Every market set has the same widths, rates, activations and number of seeds.",
    ],
  };
}
