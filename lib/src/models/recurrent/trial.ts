/** The published experiment with NB and NBI: on simulated series, beside least squares, the true beta and, on steps, exact Bayes. */

import { mean } from "../../stats/moments.js";
import type { Progress } from "../../types.js";
import { recurrentKernel } from "./kernel.js";
import type { RecurrentShape } from "./network.js";
import {
  bayesSteps,
  TRIAL_PROCESSES,
  type TrialProcess,
  type TrialSeries,
  trialSeries,
  trialWindows,
} from "./synthetic.js";
import { trainRecurrents } from "./threads.js";
import { RECURRENT_PLAN, type RecurrentJob, type RecurrentPlan } from "./training.js";

/** A network of the experiment. */
export type TrialNetwork = Pick<RecurrentShape, "head" | "hidden" | "residuals">;

/** Size of the experiment. */
export interface RecurrentTrialOptions extends Progress {
  /** All by default. */
  readonly processes?: readonly TrialProcess[];
  readonly networks: readonly TrialNetwork[];
  /** L; 64 in the published experiment. */
  readonly lookback: number;
  /** Series of a round of training, and rounds: every round has fresh ones. */
  readonly series: number;
  readonly rounds: number;
  readonly validation: number;
  /** Series on which all are scored. */
  readonly test: number;
  readonly seed: number;
  /** `RECURRENT_PLAN` by default. */
  readonly plan?: RecurrentPlan;
  readonly threads?: number;
  /** Folder in which networks are kept; none by default. */
  readonly cache?: string;
}

/** How one estimator does on one process. */
export interface TrialRow {
  readonly process: TrialProcess;
  /** ols, wls, bayes, or nb, nbi, nbi-residuals with the number of units. */
  readonly estimator: string;
  /** Half-life of the weighted least squares with the lowest error on the test series. */
  readonly halfLife?: number;
  readonly rmse: number;
  /** By how many percent the RMSE is lower than that of least squares. */
  readonly gainPercent: number;
  /** Part of the difference between least squares and the true beta, in mean squared errors, and its standard error. */
  readonly share: number;
  readonly standardError: number;
  /** Mean weight by lag of NBI [L], the row before the date first. */
  readonly weights?: Float64Array;
}

/** Half-lives, in rows, from which the weighted least squares has the best on the very series it is scored on. */
const HALF_LIVES = [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64];

/**
 * Scores of least squares, of the best weighted one, and of networks that are trained on other series of the same process.
 *
 * The share of the oracle's gain is (MSE(OLS) - MSE) / (MSE(OLS) - MSE(true beta)) on common series; where beta is constant the denominator is
 * nearly nothing and the share says nothing. The weighted least squares knows the test series, so that it is favoured.
 *
 * @throws Error if a training thread ends
 * @example
 * const plan = { passes: 1, batch: 16, rate: 0.002, warmUp: 10 };
 * const networks = [{ head: "nbi", hidden: 4, residuals: false }] as const;
 * const size = { lookback: 16, series: 64, rounds: 1, validation: 32, test: 256, seed: 1, plan };
 * const rows = await recurrentTrial({ processes: ["steps"], networks, ...size });
 * rows.map(({ estimator }) => estimator); // ["ols", "wls", "bayes", "nbi 4"]
 */
export async function recurrentTrial(options: RecurrentTrialOptions): Promise<TrialRow[]> {
  const { processes = TRIAL_PROCESSES, networks, lookback, seed, test } = options;
  const pairs = processes.flatMap((process) => networks.map((network) => ({ process, network })));
  const { threads, cache, onProgress } = options;
  const trained = await trainRecurrents(
    pairs.map((pair) => jobOf(pair, options)),
    {
      ...(threads === undefined ? {} : { threads }),
      ...(cache === undefined ? {} : { cache }),
      ...(onProgress === undefined ? {} : { onProgress }),
    },
  );
  return processes.flatMap((process) => {
    const use = { process, lookback, count: test, seed, use: "test" };
    const series = trialSeries(use);
    const score = scoring(process, series, lookback);
    const own = pairs.flatMap((pair, i) => {
      if (pair.process !== process) return [];
      const shape = shapeOf(pair.network, lookback);
      const kernel = recurrentKernel(shape, { windows: test, batch: 16 });
      kernel.write(trialWindows(shape, series), 0);
      kernel.weights().set(trained[i]!.weights);
      const { betas, weights } = kernel.evaluate(0, test);
      const row = score(nameOf(pair.network), betas);
      return [shape.head === "nbi" ? { ...row, weights: meanByLag(weights, shape) } : row];
    });
    return [
      score("ols", weightedBetas(series, lookback, Infinity)),
      HALF_LIVES.map((halfLife) => ({
        ...score("wls", weightedBetas(series, lookback, halfLife)),
        halfLife,
      })).reduce((best, row) => (row.rmse < best.rmse ? row : best)),
      ...(process === "steps" ? [score("bayes", bayesSteps(series, lookback))] : []),
      ...own,
    ];
  });
}

const shapeOf = (network: TrialNetwork, lookback: number): RecurrentShape => ({
  ...network,
  markets: 1,
  lookback,
});

const nameOf = ({ head, hidden, residuals }: TrialNetwork): string =>
  `${head}${residuals ? "-residuals" : ""} ${hidden}`;

function jobOf(
  { process, network }: { readonly process: TrialProcess; readonly network: TrialNetwork },
  { lookback, series, rounds, validation, seed, plan = RECURRENT_PLAN }: RecurrentTrialOptions,
): RecurrentJob {
  const source = { process, rounds, series, validation };
  return { shape: shapeOf(network, lookback), seed, prior: [1], plan, source };
}

/** Scores betas against least squares and the true beta on the same series; the standard error is that of a ratio of means. */
function scoring(process: TrialProcess, { x, y, beta }: TrialSeries, lookback: number) {
  const count = beta.length;
  const losses = (betas: ArrayLike<number>) =>
    Float64Array.from({ length: count }, (_, i) => {
      const at = i * (lookback + 1) + lookback;
      return (y[at]! - betas[i]! * x[at]!) ** 2;
    });
  const ols = losses(weightedBetas({ x, y, beta }, lookback, Infinity));
  const truth = losses(beta);
  const room = mean(ols) - mean(truth);
  return (estimator: string, betas: ArrayLike<number>): TrialRow => {
    const own = losses(betas);
    const share = (mean(ols) - mean(own)) / room;
    const spread = own.map((loss, i) => (ols[i]! - loss - share * (ols[i]! - truth[i]!)) ** 2);
    return {
      process,
      estimator,
      rmse: Math.sqrt(mean(own)),
      gainPercent: 100 * (1 - Math.sqrt(mean(own) / mean(ols))),
      share,
      standardError: Math.sqrt(mean(spread) / count) / Math.abs(room),
    };
  };
}

/** Betas of a least squares on each window, rows weighted by half every `halfLife` rows. */
function weightedBetas({ x, y }: TrialSeries, lookback: number, halfLife: number): Float64Array {
  const kept = Math.exp(-Math.LN2 / halfLife);
  const rows = lookback + 1;
  return Float64Array.from({ length: x.length / rows }, (_, i) => {
    let [sxx, sxy] = [0, 0];
    for (let t = i * rows; t < i * rows + lookback; t++) {
      sxx = kept * sxx + x[t]! ** 2;
      sxy = kept * sxy + x[t]! * y[t]!;
    }
    return sxy / sxx;
  });
}

/** Mean weight of each lag: rows of a window with residuals are newest first already. */
function meanByLag(weights: Float32Array, { lookback, residuals }: RecurrentShape): Float64Array {
  const sums = new Float64Array(lookback);
  for (let at = 0; at < weights.length; at++) {
    const row = at % lookback;
    sums[residuals ? row : lookback - 1 - row]! += weights[at]!;
  }
  return sums.map((sum) => sum / (weights.length / lookback));
}
