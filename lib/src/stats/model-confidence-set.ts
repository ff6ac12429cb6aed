/** Which models may be the best one, given that many were compared. */

import { numbered, type ResampledMeans, resampledMeans } from "./resampled-means.js";
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
  const named = numbered("model", losses);
  return confidenceSetOfMeans(resampledMeans("modelConfidenceSet", named, resamples), statistic);
}

/** The set from mean losses of at least two models, which other statistics of the same draws share. */
export function confidenceSetOfMeans(
  { means, draws }: ResampledMeans,
  statistic: "max" | "range",
): ModelConfidenceSet {
  const M = means.length;
  const deviations = draws.map((value, at) => value - means[at % M]!);
  const steps =
    statistic === "max" ? averageSteps(means, deviations) : pairSteps(means, deviations);
  const pValues = new Float64Array(M).fill(1);
  let pValue = 0;
  for (const { leaving, share } of steps) {
    pValue = Math.max(pValue, share);
    for (const model of leaving) pValues[model] = pValue;
  }
  const gone = steps.flatMap(({ leaving }) => leaving);
  const last = [...means.keys()].filter((model) => !gone.includes(model));
  return { pValues, order: [...gone, ...last] };
}

/** Models that leave together, and the share of draws whose statistic is at least the sample's. */
interface Step {
  readonly leaving: readonly number[];
  readonly share: number;
}

/** Steps of T_max: every model against the average of those left, which changes with each step. */
function averageSteps(means: Float64Array, deviations: Float64Array): Step[] {
  const M = means.length;
  const B = deviations.length / M;
  const steps: Step[] = [];
  let left = Array.from({ length: M }, (_, model) => model);
  // Of the draws [B x left], one array for all steps; a step needs them twice.
  const room = new Float64Array(deviations.length);
  while (left.length > 1) {
    const size = left.length;
    const squares = new Float64Array(size);
    for (let b = 0; b < B; b++) {
      fromAverage(deviations, b * M, left, room, b * size);
      for (let i = 0; i < size; i++) squares[i]! += room[b * size + i]! ** 2;
    }
    const own = new Float64Array(size);
    fromAverage(means, 0, left, own, 0);
    const inverse = squares.map((sum) => inverseError(sum, B));
    const scores = own.map((d, i) => score(d, squares[i]!, inverse[i]!));
    const worst = Math.max(...scores);
    let beyond = 0;
    for (let b = 0; b < B; b++) {
      let i = 0;
      while (i < size && !(room[b * size + i]! * inverse[i]! >= worst)) i++;
      if (i < size) beyond++;
    }
    steps.push({ leaving: left.filter((_, i) => scores[i] === worst), share: beyond / B });
    left = left.filter((_, i) => scores[i] !== worst);
  }
  return steps;
}

/** Values of the models left minus their average, into `out`. */
function fromAverage(
  values: Float64Array,
  at: number,
  left: readonly number[],
  out: Float64Array,
  to: number,
): void {
  // Taken from the first model before the average: identical models then differ by exactly nothing.
  const first = values[at + left[0]!]!;
  let sum = 0;
  for (let i = 0; i < left.length; i++) {
    const value = values[at + left[i]!]! - first;
    out[to + i] = value;
    sum += value;
  }
  const center = sum / left.length;
  for (let i = 0; i < left.length; i++) out[to + i]! -= center;
}

/**
 * Steps of T_R. A pair's difference and its error do not depend on who else is left: the order in which models leave follows
 * from the sample, and the largest pair of every draw grows as models are put back, the last to leave first.
 */
function pairSteps(means: Float64Array, deviations: Float64Array): Step[] {
  const M = means.length;
  const B = deviations.length / M;
  const inverse = new Float64Array(M * M);
  const t = new Float64Array(M * M);
  for (let i = 0; i < M; i++)
    for (let j = 0; j < i; j++) {
      let squares = 0;
      for (let at = 0; at < deviations.length; at += M)
        squares += (deviations[at + i]! - deviations[at + j]!) ** 2;
      inverse[i * M + j] = inverseError(squares, B);
      t[i * M + j] = score(means[i]! - means[j]!, squares, inverse[i * M + j]!);
      t[j * M + i] = -t[i * M + j]!;
    }
  const rounds: { readonly leaving: number[]; readonly worst: number }[] = [];
  let left = [...means.keys()];
  while (left.length > 1) {
    const scores = left.map((i) => Math.max(...left.map((j) => t[i * M + j]!)));
    const worst = Math.max(...scores);
    rounds.push({ leaving: left.filter((_, i) => scores[i] === worst), worst });
    left = left.filter((_, i) => scores[i] !== worst);
  }
  const largest = new Float64Array(B);
  const back: number[] = [];
  const putBack = (model: number): void => {
    for (const other of back) {
      const scale = inverse[Math.max(model, other) * M + Math.min(model, other)]!;
      for (let b = 0; b < B; b++) {
        const d = Math.abs(deviations[b * M + model]! - deviations[b * M + other]!) * scale;
        if (d > largest[b]!) largest[b] = d;
      }
    }
    back.push(model);
  };
  left.forEach(putBack);
  const steps = rounds.reverse().map(({ leaving, worst }) => {
    leaving.forEach(putBack);
    return { leaving, share: largest.filter((d) => d >= worst).length / B };
  });
  return steps.reverse();
}

/** One over the standard error; what never differs has none, and is no evidence: 0 / 0 counts as 0. */
const inverseError = (squares: number, draws: number): number =>
  squares > 0 ? 1 / Math.sqrt(squares / draws) : 0;

const score = (difference: number, squares: number, inverse: number): number =>
  squares > 0 || difference === 0 ? difference * inverse : difference / 0;
