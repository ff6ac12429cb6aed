/** Which models may be the best one, given that many were compared. */

import { mean } from "./moments.js";
import { numbered, resampledMeans } from "./resampled-means.js";
import type { Resamples } from "./resamples.js";

/** Which models are not worse than the best: p-values, and the order in which models fall. */
export interface ModelConfidenceSet {
  /** [M]; model i belongs to the set at size a if its p-value is at least a. */
  readonly pValues: Float64Array;
  /** Models by number in the order in which they leave, the worst first, the last one standing at the end. */
  readonly order: readonly number[];
}

/**
 * Model Confidence Set: as long as equal expected loss of the models left can be tested, the worst one leaves; its p-value
 * is the largest up to that step, and 1 for the last.
 *
 * `max`: T_max, the largest of t_i = (mean loss of i minus that of all models left) / s_i. `range`: T_R, the largest
 * |t_ij| of all pairs; the model that is worst in a pair leaves. Standard errors s come from the same draws, around the
 * sample's means with divisor B; the p-value of a step is the share of draws whose statistic, recentred, is at least the
 * sample's, so that 0 means below 1 / B.
 *
 * Models with equal statistics leave together; a difference that is always zero has t = 0, so that models with
 * identical losses all stay, with p-value 1.
 *
 * For n < 24 months the set says little, most often that nobody leaves; whether to show it is the caller's decision.
 *
 * @param losses M series of n losses on the same dates, in order of time
 * @param resamples draws of the n rows
 * @throws RangeError for fewer than two models, losses of different lengths or missing, resamples not of n rows
 * @example
 * const resamples = circularResamples(4, { blockLength: 2, draws: 1000, seed: 1 });
 * modelConfidenceSet([[1, 2, 1, 2], [9, 8, 9, 7]], resamples, { statistic: "max" }); // { pValues: [1, 0], order: [1, 0] }
 * @see Hansen, Lunde and Nason (2011), The model confidence set, Econometrica 79
 */
export function modelConfidenceSet(
  losses: readonly ArrayLike<number>[],
  resamples: Resamples,
  { statistic }: { readonly statistic: "max" | "range" },
): ModelConfidenceSet {
  const M = losses.length;
  if (M < 2)
    throw new RangeError(
      `modelConfidenceSet: losses must be of at least two models, got ${M}; a single model has no competitor`,
    );
  const { means, draws } = resampledMeans(
    "modelConfidenceSet",
    numbered("model", losses),
    resamples,
  );
  const deviations = draws.map((value, at) => value - means[at % M]!);
  const pValues = new Float64Array(M).fill(1);
  const order: number[] = [];
  let left = Array.from({ length: M }, (_, model) => model);
  let pValue = 0;
  while (left.length > 1) {
    const { scores, share } = compare(left, means, deviations, CONTRASTS[statistic]);
    pValue = Math.max(pValue, share);
    const worst = Math.max(...scores);
    const leaving = left.filter((_, i) => scores[i] === worst);
    for (const model of leaving) pValues[model] = pValue;
    order.push(...leaving);
    left = left.filter((model) => !leaving.includes(model));
  }
  return { pValues, order: [...order, ...left] };
}

/** Differences that a statistic compares, written to `out` from values of the models left. */
interface Contrasts {
  /** Differences per model. */
  readonly width: (size: number) => number;
  readonly fill: (values: Float64Array, out: Float64Array) => void;
}

const CONTRASTS: Readonly<Record<"max" | "range", Contrasts>> = {
  max: {
    width: () => 1,
    fill(values, out) {
      // Taken from the first model before the average: identical models then differ by exactly nothing.
      for (let i = 0; i < out.length; i++) out[i] = values[i]! - values[0]!;
      const center = mean(out);
      for (let i = 0; i < out.length; i++) out[i]! -= center;
    },
  },
  range: {
    width: (size) => size,
    fill(values, out) {
      const size = values.length;
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++) out[i * size + j] = values[i]! - values[j]!;
    },
  },
};

/** How bad each model left is, and the share of draws whose statistic is at least the sample's. */
function compare(
  left: readonly number[],
  means: Float64Array,
  deviations: Float64Array,
  { width, fill }: Contrasts,
): { readonly scores: readonly number[]; readonly share: number } {
  const [M, B] = [means.length, deviations.length / means.length];
  const values = new Float64Array(left.length);
  const out = new Float64Array(left.length * width(left.length));
  const contrast = (from: Float64Array, at: number) => {
    for (let i = 0; i < values.length; i++) values[i] = from[at + left[i]!]!;
    fill(values, out);
  };
  const squares = new Float64Array(out.length);
  for (let b = 0; b < B; b++) {
    contrast(deviations, b * M);
    for (let k = 0; k < out.length; k++) squares[k]! += out[k]! ** 2;
  }
  // What never differs has no standard error, and is no evidence: 0 / 0 counts as 0.
  const inverse = squares.map((sum) => (sum > 0 ? 1 / Math.sqrt(sum / B) : 0));
  contrast(means, 0);
  const t = out.map((d, k) => (squares[k]! > 0 || d === 0 ? d * inverse[k]! : d / 0));
  const per = width(left.length);
  const scores = left.map((_, i) => Math.max(...t.subarray(i * per, (i + 1) * per)));
  const worst = Math.max(...scores);
  let beyond = 0;
  for (let b = 0; b < B; b++) {
    contrast(deviations, b * M);
    let largest = -Infinity;
    for (let k = 0; k < out.length; k++)
      if (out[k]! * inverse[k]! > largest) largest = out[k]! * inverse[k]!;
    if (largest >= worst) beyond++;
  }
  return { scores, share: beyond / B };
}
