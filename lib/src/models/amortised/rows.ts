/** Rows of simulated series as the network is trained on them. */

import { EXPERTS, filterBank, noiseVariance, predict } from "../../betas/filter-bank.js";
import { learn } from "../../betas/filter-bank-learning.js";
import { stream } from "../../random.js";
import { FEATURES, signs, watch, writeFeatures } from "./features.js";
import { simulatedSeries } from "./prior.js";

/** Numbers per row, padded for the kernel: features, expert betas, and terms with the targets. */
export const ROW: {
  readonly features: number;
  readonly experts: number;
  readonly targets: number;
} = {
  features: 4 * Math.ceil(FEATURES / 4),
  experts: 4 * Math.ceil(EXPERTS / 4),
  targets: 12,
};

/**
 * Columns of the targets: four state terms, the true beta, its standard deviation in the bank, the weight of a squared and of an
 * absolute error, then what the host alone reads: process and number of rows seen.
 */
export const TARGET = { beta: 4, sd: 5, square: 6, absolute: 7, process: 8, rows: 9 } as const;

/** A run of rows. */
export interface Rows {
  readonly count: number;
  readonly features: Float32Array;
  readonly experts: Float32Array;
  readonly targets: Float32Array;
}

/** The plain filter whose standard deviation scales the intervals: step variance 8e-3. */
export const INTERVAL_FILTER = 4;
/** Series per chunk; a chunk has one length. */
const SERIES = 160;
/** Lengths by turns, and the rows that are kept of a series. */
export const LENGTHS: readonly (readonly [length: number, kept: number])[] = [
  [260, 40],
  [260, 40],
  [64, 24],
  [260, 40],
  [130, 30],
];
/** Chunks after which the lengths repeat. */
export const CYCLE: number = LENGTHS.length;
/** Rows of so many chunks. */
export const CYCLE_ROWS: number = LENGTHS.reduce((sum, [, kept]) => sum + SERIES * kept, 0);
/** Betas are held within so many units of the noise over the market. */
export const LARGEST_BETA = 60;

/** Rows of a chunk. */
export const chunkRows = (chunk: number): number => SERIES * LENGTHS[chunk % CYCLE]![1];

/**
 * Training rows of a chunk of the prior: of each series, some dates, more of them early. The same for every machine and thread.
 *
 * @param use names the stream: training, or a test
 */
export function simulatedRows(use: string, chunk: number): Rows {
  const [length, kept] = LENGTHS[chunk % CYCLE]!;
  const count = SERIES * kept;
  const rows: Rows = {
    count,
    features: new Float32Array(count * ROW.features),
    experts: new Float32Array(count * ROW.experts),
    targets: new Float32Array(count * ROW.targets),
  };
  const chance = stream("prior", use, chunk);
  for (let i = 0; i < SERIES; i++) {
    const series = simulatedSeries(chance, { rows: length });
    const wanted = new Uint8Array(length);
    for (let left = kept; left > 0; ) {
      const u = chance.uniform();
      const t =
        chance.uniform() < 2 / 3
          ? Math.floor(6 * Math.exp(u * Math.log(length / 6)))
          : Math.floor(6 + u * (length - 6));
      if (wanted[t]) continue;
      wanted[t] = 1;
      left--;
    }
    writeSeries(series, wanted, rows, i * kept);
  }
  return rows;
}

/** Writes the wanted dates of one series of one market. */
function writeSeries(
  { x, y, betas, process }: ReturnType<typeof simulatedSeries>,
  wanted: Uint8Array,
  rows: Rows,
  first: number,
): void {
  const bank = filterBank(x, y, 1);
  const sign = signs(1);
  let meanSquare = 0;
  for (const b of betas) meanSquare += b ** 2 / betas.length;
  const weight = 1 / (1 + meanSquare);
  let row = first;
  for (const [t, r] of y.entries()) {
    predict(bank);
    if (wanted[t]) {
      const unit = Math.sqrt(noiseVariance(bank) / bank.marketVariances[0]!);
      const inUnits = (value: number) =>
        Math.max(-LARGEST_BETA, Math.min(LARGEST_BETA, value / unit));
      writeFeatures(bank, sign, rows.features, row * ROW.features);
      rows.experts.set(bank.betas.map(inUnits), row * ROW.experts);
      const at = row * ROW.targets;
      rows.targets.set(bank.terms.map(inUnits), at);
      rows.targets[at + TARGET.beta] = betas[t]! / unit;
      rows.targets[at + TARGET.sd] = inUnits(Math.sqrt(bank.variances[INTERVAL_FILTER]!));
      rows.targets[at + TARGET.square] = weight * unit ** 2;
      rows.targets[at + TARGET.absolute] = Math.sqrt(weight) * unit;
      rows.targets[at + TARGET.process] = process;
      rows.targets[at + TARGET.rows] = t;
      row++;
    }
    watch(sign, bank, x, t, r);
    learn(bank, x, t, r);
  }
}
