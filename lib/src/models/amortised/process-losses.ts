/** What processes cost at their lengths, so that rows of an easy process count as much as those of a hard one. */

import { PRIOR_PROCESSES } from "./processes.js";
import { ROW, TARGET } from "./rows.js";

/** First numbers of rows seen of the groups of lengths after the first. */
const LENGTHS = [12, 24, 48, 96, 160];
const GROUPS = LENGTHS.length + 1;
/** Keeps a process that costs nothing from counting without bound. */
const FLOOR = 0.002;
const LARGEST = 25;

/** Running mean losses by process and length. */
export interface ProcessLosses {
  /** Multiplies the weights of the first rows by one over the mean loss of their group, with mean one; returns the weights before. */
  readonly weigh: (targets: Float32Array, rows: number) => Float32Array;
  /** Takes in the losses of these rows [rows x 2], with the weights before. */
  readonly learn: (targets: Float32Array, losses: Float32Array, squares: Float32Array) => void;
}

const groupOf = (targets: Float32Array, row: number): number => {
  const rows = targets[row * ROW.targets + TARGET.rows]!;
  const length = LENGTHS.filter((from) => rows >= from).length;
  return targets[row * ROW.targets + TARGET.process]! * GROUPS + length;
};

/** Losses before the first round: rows count alike. */
export function processLosses(): ProcessLosses {
  const cells = PRIOR_PROCESSES.length * GROUPS;
  let means: Float64Array | undefined;
  return {
    weigh(targets, rows) {
      const squares = Float32Array.from(
        { length: rows },
        (_, row) => targets[row * ROW.targets + TARGET.square]!,
      );
      if (!means) return squares;
      const known = means;
      const factors = Float64Array.from(
        squares,
        (_, row) => 1 / (known[groupOf(targets, row)]! + FLOOR),
      );
      const mean = factors.reduce((sum, v) => sum + v, 0) / rows;
      factors.forEach((factor, row) => {
        targets[row * ROW.targets + TARGET.square]! *= factor / mean;
        targets[row * ROW.targets + TARGET.absolute]! *= Math.sqrt(factor / mean);
      });
      return squares;
    },
    learn(targets, losses, squares) {
      const sums = new Float64Array(cells);
      const counts = new Float64Array(cells);
      squares.forEach((square, row) => {
        const cell = groupOf(targets, row);
        sums[cell]! += Math.min(LARGEST, square * losses[2 * row]!);
        counts[cell]! += 1;
      });
      const before = means;
      means = sums.map((sum, cell) => {
        const now = counts[cell]! > 0 ? sum / counts[cell]! : 0;
        return before ? 0.5 * (before[cell]! + now) : now;
      });
    },
  };
}
