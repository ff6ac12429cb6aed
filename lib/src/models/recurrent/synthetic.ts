/** Series of the four processes on which NB and NBI were published, their exact Bayes estimate on steps, and their windows. */

import type { Stream } from "../../random.js";
import { stream } from "../../random.js";
import { sine } from "../amortised/processes.js";
import type { Windows } from "./kernel.js";
import { inputWidth, type RecurrentShape } from "./network.js";
import { windowInto } from "./windows.js";

/** How beta moves within a window and in the row after it; `trialSeries` has the formulas. */
export const TRIAL_PROCESSES = ["constant", "cycle", "steps", "random walk"] as const;
/** One of `TRIAL_PROCESSES`. */
export type TrialProcess = (typeof TRIAL_PROCESSES)[number];

/** First row that a step can be at, and the last row of a window that is left to the level before. */
const FIRST_STEP = 10;
/** Variance of a random walk's step, in units of the noise over the market. */
const WALK_VARIANCE = 0.0125;
/** Height of a cycle, and its shortest and longest period in rows. */
const CYCLE = { height: 1.25, shortest: 48, longest: 96 };

/** Series of L rows and the row after them. */
export interface TrialSeries {
  /** Returns of the market and of the coin [N x (L + 1)]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The beta of the row after the window [N]. */
  readonly beta: Float64Array;
}

/** Which series: a process, and the key of a stream of chance. */
export interface TrialOptions {
  readonly process: TrialProcess;
  readonly lookback: number;
  readonly count: number;
  readonly seed: number;
  /** What the series are for: those of one use are never those of another. */
  readonly use: string;
}

/**
 * Series y = beta x + e with standard normal x and e; levels of beta are normal with mean 1 and variance 1.
 *
 * constant: the level. cycle: 1 plus 1.25 times a sine of 48 to 96 rows, at any phase. steps: one jump to another level, at a row from 10 to
 * the last of the window, each as likely. random walk: steps of variance 0.0125 from the level.
 *
 * @example
 * trialSeries({ process: "steps", lookback: 64, count: 10, seed: 1, use: "test" }).y.length; // 650
 */
export function trialSeries({ count, ...options }: TrialOptions): TrialSeries {
  return trialSource(options)(count);
}

/** The same series, as many at a time as are asked for. */
export function trialSource(options: Omit<TrialOptions, "count">): (count: number) => TrialSeries {
  const { process, lookback, seed, use } = options;
  const chance = stream(seed, "trial", process, lookback, use);
  const rows = lookback + 1;
  return (count) => {
    const x = new Float64Array(count * rows);
    const y = new Float64Array(count * rows);
    const beta = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const path = betaMovement(process, lookback, chance);
      for (let t = 0, at = i * rows; t < rows; t++, at++) {
        beta[i] = path(t);
        x[at] = chance.normal();
        y[at] = beta[i]! * x[at]! + chance.normal();
      }
    }
    return { x, y, beta };
  };
}

/** Beta by row, asked in order. */
function betaMovement(process: TrialProcess, lookback: number, chance: Stream) {
  if (process === "cycle") {
    const { height, shortest, longest } = CYCLE;
    const period = shortest + (longest - shortest) * chance.uniform();
    const phase = chance.uniform();
    return (t: number) => 1 + height * sine(t / period + phase);
  }
  let level = 1 + chance.normal();
  if (process === "constant") return () => level;
  if (process === "random walk")
    return () => {
      level += Math.sqrt(WALK_VARIANCE) * chance.normal();
      return level;
    };
  const after = 1 + chance.normal();
  const step = FIRST_STEP + Math.floor((lookback - FIRST_STEP) * chance.uniform());
  return (t: number) => (t < step ? level : after);
}

/** Windows of series, for a network on one market whose prior mean is 1, as the levels' is. */
export function trialWindows(shape: RecurrentShape, { x, y }: TrialSeries): Windows {
  const { lookback } = shape;
  const rows = lookback + 1;
  const count = x.length / rows;
  const width = lookback * inputWidth(shape);
  const windows = new Float32Array(count * width);
  const targets = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    const from = i * rows;
    windowInto(windows.subarray(i * width, (i + 1) * width), shape, {
      x: x.subarray(from, from + lookback),
      y: y.subarray(from, from + lookback),
      prior: [1],
    });
    targets.set([x[from + lookback]!, y[from + lookback]!], 2 * i);
  }
  return { windows, targets };
}

/**
 * The exact Bayes estimate of the beta after a window of the steps: the posterior mean over where the jump was.
 *
 * A segment of the level's prior N(1, 1) and unit noise has the evidence (1 + Sxx)^-½ exp(½ (Sxy - Sxx)² / (1 + Sxx)), but for what is common to
 * all, and the last segment's mean is (1 + Sxy) / (1 + Sxx).
 *
 * @returns betas [N]
 * @example
 * const series = trialSeries({ process: "steps", lookback: 64, count: 10, seed: 1, use: "test" });
 * bayesSteps(series, 64).length; // 10
 */
export function bayesSteps({ x, y }: TrialSeries, lookback: number): Float64Array {
  const rows = lookback + 1;
  const evidence = new Float64Array(lookback);
  const means = new Float64Array(lookback);
  return Float64Array.from({ length: x.length / rows }, (_, i) => {
    const [xs, ys] = [x, y].map((all) => all.subarray(i * rows, i * rows + lookback));
    const logEvidence = (sxx: number, sxy: number) =>
      (-Math.log(1 + sxx) + (sxy - sxx) ** 2 / (1 + sxx)) / 2;
    let [sxx, sxy] = [0, 0];
    for (let t = lookback - 1; t >= FIRST_STEP; t--) {
      sxx += xs![t]! ** 2;
      sxy += xs![t]! * ys![t]!;
      evidence[t] = logEvidence(sxx, sxy);
      means[t] = (1 + sxy) / (1 + sxx);
    }
    [sxx, sxy] = [0, 0];
    let most = -Infinity;
    for (let t = 0; t < lookback; t++) {
      if (t >= FIRST_STEP) {
        evidence[t]! += logEvidence(sxx, sxy);
        most = Math.max(most, evidence[t]!);
      }
      sxx += xs![t]! ** 2;
      sxy += xs![t]! * ys![t]!;
    }
    let [sum, total] = [0, 0];
    for (let t = FIRST_STEP; t < lookback; t++) {
      const weight = Math.exp(evidence[t]! - most);
      sum += weight * means[t]!;
      total += weight;
    }
    return sum / total;
  });
}
