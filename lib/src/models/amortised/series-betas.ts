/** The network over one series: betas and bounds date by date. */

import { type SeriesRows, walkBank } from "../../betas/bank.js";
import { EXPERTS, type FilterBank, noiseVariance, TERMS } from "../../betas/filter-bank.js";
import { FEATURES, signs, watch, writeFeatures } from "./features.js";
import { type AmortisedKernel, amortisedKernel, BLOCK } from "./kernel.js";
import { gate, mixtureWeights, OUTPUTS, QUANTILES, quantileOffsets } from "./network.js";
import { INTERVAL_FILTER, LARGEST_BETA, ROW } from "./rows.js";
import { shippedWeights } from "./weights.js";

/** What the network says of one date. */
export interface DateBetas {
  /** Index of the date. */
  readonly t: number;
  /** Betas [K], and their 95 % bounds less the betas [K]. */
  readonly betas: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Weights of the 57 experts, their betas [57 x K], and the sum of the gated state terms [K]. */
  readonly weights: Float64Array;
  readonly experts: Float64Array;
  readonly terms: Float64Array;
}

let shipped: AmortisedKernel | undefined;

/** The network of the shipped weights, with room for one block. */
function shippedNetwork(): AmortisedKernel {
  if (!shipped) {
    const { weights, widths } = shippedWeights(FEATURES);
    shipped = networkOf(widths, weights);
  }
  return shipped;
}

/** A network of some weights, with room for one block. */
export function networkOf(widths: readonly number[], weights: Float32Array): AmortisedKernel {
  const network = amortisedKernel(widths, 1);
  network.weights().set(weights);
  return network;
}

/** A date whose features wait in the kernel. */
interface Waiting {
  readonly t: number;
  readonly betas: Float64Array;
  readonly terms: Float64Array;
  /** Unit of beta, s_e / s_x, and standard deviation of the interval filter [K]. */
  readonly units: Float64Array;
  readonly errors: Float64Array;
}

/** What is computed of a series, and by which network. */
export interface SeriesBetasOptions {
  readonly markets: number;
  /** Is called once per wanted date after the fifth row, in order. */
  readonly visit: (dated: DateBetas) => void;
  /** Dates that need a beta; all by default. */
  readonly wanted?: (t: number) => boolean;
  /** Sees the bank before a wanted date, in order; all of a block before `visit` sees its first. */
  readonly onBank?: (bank: FilterBank, t: number) => void;
  /** With room for a block; by default that of the shipped weights. */
  readonly network?: AmortisedKernel | undefined;
}

/** Runs bank and network over a series; the beta of a date knows the rows before it. */
export function seriesBetas(
  rows: SeriesRows,
  { markets, visit, wanted = () => true, onBank, network = shippedNetwork() }: SeriesBetasOptions,
): void {
  const { features } = network.rows();
  const sign = signs(markets);
  const waiting: Waiting[] = [];
  const flush = () => {
    if (waiting.length === 0) return;
    const outputs = network.forward(0);
    waiting.forEach((dated, i) => {
      visit(mixed(dated, markets, outputs, i * OUTPUTS));
    });
    waiting.length = 0;
  };
  walkBank(
    rows,
    markets,
    (bank, t) => {
      if (!wanted(t)) return;
      onBank?.(bank, t);
      writeFeatures(bank, sign, features, waiting.length * ROW.features);
      waiting.push(kept(bank, t));
      if (waiting.length === BLOCK) flush();
    },
    (bank, at, y) => watch(sign, bank, rows.x, at, y),
  );
  flush();
}

/** What of a bank the mixture needs once the network has run. */
function kept(bank: FilterBank, t: number): Waiting {
  const { markets: K, betas, terms, variances, marketVariances } = bank;
  const noise = noiseVariance(bank);
  const units = marketVariances.map((v) => Math.sqrt(noise / v));
  const errors = units.map((_, k) => Math.sqrt(variances[(INTERVAL_FILTER * K + k) * K + k]!));
  return { t, betas: betas.slice(), terms: terms.slice(), units, errors };
}

/** beta_k = sum_j w_j E_jk + sum_m g_m Z_mk, with each part held within sixty units as in training. */
function mixed(
  { t, betas, terms, units, errors }: Waiting,
  K: number,
  outputs: Float32Array,
  at: number,
): DateBetas {
  const weights = new Float64Array(EXPERTS);
  const offsets = new Float64Array(QUANTILES.length);
  mixtureWeights(outputs, at, weights);
  quantileOffsets(outputs, at, offsets);
  const gates = Array.from({ length: TERMS }, (_, m) => gate(outputs, at, m));
  const held = (value: number, i: number) => {
    const most = LARGEST_BETA * units[i % K]!;
    return Math.max(-most, Math.min(most, value));
  };
  const experts = betas.map(held);
  const states = terms.map(held);
  const gated = units.map((_, k) =>
    gates.reduce((sum, open, m) => sum + open * states[m * K + k]!, 0),
  );
  const values = units.map((_, k) =>
    weights.reduce((sum, weight, j) => sum + weight * experts[j * K + k]!, gated[k]!),
  );
  const bound = (offset: number) =>
    errors.map((error, k) => Math.min(error, LARGEST_BETA * units[k]!) * offset);
  return {
    t,
    betas: values,
    lower: bound(offsets[0]!),
    upper: bound(offsets[QUANTILES.length - 1]!),
    weights,
    experts,
    terms: gated,
  };
}
