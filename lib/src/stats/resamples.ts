/** Block bootstraps of whole rows (months): which rows each draw takes. One set of draws serves every statistic. */

import { checkInteger, checkSizes } from "../check.js";
import { STUDY_LIMITS } from "../limits.js";
import { type Stream, stream } from "../random.js";

/** Rows taken by each draw of a bootstrap. */
export interface Resamples {
  /** Rows of the sample, n. */
  readonly rows: number;
  /** Number of draws, B. */
  readonly draws: number;
  /** Row numbers from 0 [B x n]. */
  readonly indices: Uint32Array;
}

/** Blocks, draws and seed of resamples. */
export interface ResampleOptions {
  /** Rows per block; for the stationary bootstrap their mean, which need not be whole. */
  readonly blockLength: number;
  /** Number of draws, B; at least 1,000 for a p-value or the end of an interval. */
  readonly draws: number;
  readonly seed: number;
}

/**
 * Draws of the circular block bootstrap: blocks of one length from uniform starts, the last row followed by the
 * first, the last block cut to fit. Every row is drawn once on average, and rows of a block keep their order.
 *
 * More draws with the same seed only add to the end. This is the project's bootstrap, with blocks of three where
 * n < 60 (`defaultBlockLength`).
 *
 * @param rows n, the rows of the sample
 * @throws RangeError if the block length is not an integer from 1 to n, or draws not one of at least 1
 * @example
 * circularResamples(5, { blockLength: 3, draws: 1, seed: 1 }).indices; // [3, 4, 0, 2, 3]
 * @see Politis and Romano (1992), A circular block-resampling procedure for stationary data
 */
export function circularResamples(rows: number, options: ResampleOptions): Resamples {
  const { blockLength } = options;
  checkOptions("circularResamples", rows, options);
  checkInteger("circularResamples", "blockLength", blockLength, 1);
  return resamples(rows, options, "circular", (draw, { uniform }) => {
    for (let at = 0; at < rows; ) {
      const end = Math.min(rows, at + blockLength);
      for (let row = Math.floor(uniform() * rows); at < end; at++) {
        draw[at] = row;
        row = after(row, rows);
      }
    }
  });
}

/**
 * Draws of the stationary bootstrap: each row is followed by its successor, or with probability 1 / blockLength by a
 * row drawn from all n. Unlike with blocks of one length, a draw is itself stationary.
 *
 * More draws with the same seed only add to the end.
 *
 * @param rows n, the rows of the sample
 * @throws RangeError if the mean block length is not from 1 to n, or draws not an integer of at least 1
 * @example
 * stationaryResamples(5, { blockLength: 3, draws: 1, seed: 1 }).indices; // [0, 0, 1, 0, 1]
 * @see Politis and Romano (1994), The stationary bootstrap, JASA 89
 */
export function stationaryResamples(rows: number, options: ResampleOptions): Resamples {
  checkOptions("stationaryResamples", rows, options);
  const fresh = 1 / options.blockLength;
  return resamples(rows, options, "stationary", (draw, { uniform }) => {
    for (let at = 0; at < rows; at++)
      draw[at] =
        at === 0 || uniform() < fresh ? Math.floor(uniform() * rows) : after(draw[at - 1]!, rows);
  });
}

/**
 * Values of some rows, in their order.
 *
 * @param rows numbers of rows, from 0
 * @example
 * valuesOf([5, 6, 7], Uint32Array.of(2, 0, 2)); // [7, 5, 7]
 */
export function valuesOf(values: ArrayLike<number>, rows: Uint32Array): Float64Array {
  // A loop, as `from` with a callback takes ten times as long.
  const drawn = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) drawn[at] = values[rows[at]!]!;
  return drawn;
}

/** Throws a RangeError unless the resamples are of `rows` rows and take no other. */
export function checkResamples(
  where: string,
  { rows, draws, indices }: Resamples,
  n: number,
): void {
  if (rows !== n || indices.length !== draws * n)
    throw new RangeError(
      `${where}: resamples must be ${draws} draws of the sample's ${n} rows, but they have ${indices.length} indices of ${rows} rows; draw them for ${n} rows`,
    );
  // A loop, as a callback per index took half the time of the means that follow.
  let outside = 0;
  while (outside < indices.length && indices[outside]! < n) outside++;
  if (outside < indices.length)
    throw new RangeError(
      `${where}: resamples must take rows 0 to ${n - 1}, but index ${outside} is ${indices[outside]}; number rows from 0`,
    );
}

function checkOptions(where: string, rows: number, { blockLength, draws }: ResampleOptions): void {
  checkInteger(where, "rows", rows, 2);
  checkInteger(where, "draws", draws, 1, STUDY_LIMITS.draws);
  checkSizes(where, { rows, draws });
  if (!(blockLength >= 1 && blockLength <= rows))
    throw new RangeError(
      `${where}: blockLength must be from 1 to the ${rows} rows, got ${blockLength}; shorten the block or lengthen the sample`,
    );
}

function resamples(
  rows: number,
  { draws, seed, blockLength }: ResampleOptions,
  method: string,
  fill: (draw: Uint32Array, stream: Stream) => void,
): Resamples {
  const indices = new Uint32Array(draws * rows);
  const chance = stream(seed, method, rows, blockLength);
  for (let draw = 0; draw < draws; draw++)
    fill(indices.subarray(draw * rows, (draw + 1) * rows), chance);
  return { rows, draws, indices };
}

/** The row after another, on the circle of rows. */
function after(row: number, rows: number): number {
  return row + 1 === rows ? 0 : row + 1;
}
