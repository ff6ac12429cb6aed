/** The prior of the amortised network: simulated series whose betas are known, for any number of markets. */

import { type Stream, stream } from "../../random.js";
import { logUniform, movement, PRIOR_PROCESSES, uniformBetween } from "./processes.js";

/** A simulated series. Markets and noise have a long-run variance of one. */
export interface SimulatedSeries {
  /** Index in PRIOR_PROCESSES. */
  readonly process: number;
  /** Market returns [T x K], returns of the series [T], true betas [T x K]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly betas: Float64Array;
}

/** What is fixed instead of drawn. */
export interface SeriesOptions {
  readonly rows: number;
  readonly markets?: number;
  /** Index in PRIOR_PROCESSES. */
  readonly process?: number;
  /** Multiplies the size of the betas' movement; 1 by default, more lies outside the prior. */
  readonly amplitude?: number;
  /** Fewest degrees of freedom; 3 by default, fewer lie outside the prior. */
  readonly degreesOfFreedom?: number;
  /** Whether the noise grows 2.5 times at a random date; never by default, for it lies outside the prior. */
  readonly volatilityBreak?: boolean;
}

/** The prior as a table: part, parameter, share. */
export const PRIOR_SETTING: readonly (readonly [part: string, draws: string])[] = [
  ["length", "260 rows (60 %), 130 (20 %), 64 (20 %)"],
  [
    "returns and noise",
    "Student t of variance one: 60 % with 3 to 12 degrees of freedom, 40 % normal",
  ],
  [
    "volatility",
    "half of them: log-volatility AR(1), standard deviation 0.1 to 0.7, phi 0.8 to 0.99",
  ],
  ["common volatility", "of market and noise: 40 %; of markets: 50 %"],
  ["level of beta", "0 (15 %), else a normal number times 0.03 to 1.5 (log-uniform)"],
  ["mean of the market", "30 %: -0.2 to 0.2"],
  ["mean of the series", "30 %: -0.2 to 0.2"],
];

/**
 * A series of the prior.
 *
 * @returns y[t] = sum_k beta[t,k] x[t,k] + e[t], K markets that are correlated if there are several
 * @example
 * simulatedSeries(stream(1, "series"), { rows: 60 }).betas.length; // 60
 */
export function simulatedSeries(chance: Stream, options: SeriesOptions): SimulatedSeries {
  const { rows: T, markets: K = 1, degreesOfFreedom = 3 } = options;
  const process = options.process ?? drawProcess(chance);
  const common = volatility(chance, T);
  const sd = Array.from({ length: K }, () =>
    chance.uniform() < 0.5 ? common : volatility(chance, T),
  );
  const columns = sd.map((v) => tailed(chance, v, degreesOfFreedom));
  const markets = K === 1 ? columns : mixed(chance, columns);
  const noiseSd = chance.uniform() < 0.4 ? common : volatility(chance, T);
  const from = options.volatilityBreak ? T * chance.uniform() : T;
  const noise = tailed(
    chance,
    noiseSd.map((v, t) => (t > from ? 2.5 * v : v)),
    degreesOfFreedom,
  );
  const shift = () => (chance.uniform() < 0.3 ? uniformBetween(chance, -0.2, 0.2) : 0);
  const marketMean = shift();
  const shifted = markets.map((column) => column.map((f) => f + marketMean));
  const paths = shifted.map((column, k) => {
    const level = drawLevel(chance) / Math.sqrt(K);
    const size = (logUniform(chance, 0.05, 1.2) * (options.amplitude ?? 1)) / Math.sqrt(K);
    return movement(process, chance, column, sd[k]!, size).map((b) => level + b);
  });
  const mean = shift();
  const x = new Float64Array(T * K);
  const betas = new Float64Array(T * K);
  const y = noise.map((e) => e + mean);
  for (const [k, column] of shifted.entries())
    for (const [t, f] of column.entries()) {
      const beta = paths[k]![t]!;
      x[t * K + k] = f;
      betas[t * K + k] = beta;
      y[t]! += f * beta;
    }
  return { process, x, y, betas };
}

function drawProcess(chance: Stream): number {
  let left = chance.uniform();
  let process = 0;
  while (process < PRIOR_PROCESSES.length - 1 && left >= PRIOR_PROCESSES[process]!.share)
    left -= PRIOR_PROCESSES[process++]!.share;
  return process;
}

const drawLevel = (chance: Stream): number =>
  chance.uniform() < 0.15 ? 0 : logUniform(chance, 0.03, 1.5) * chance.normal();

/** Standard deviations of returns [T]: one, or of a log-volatility that is an AR(1), with mean square one. */
function volatility(chance: Stream, T: number): Float64Array {
  const path = new Float64Array(T).fill(1);
  if (chance.uniform() < 0.5) return path;
  const phi = uniformBetween(chance, 0.8, 0.99);
  const sd = uniformBetween(chance, 0.1, 0.7);
  const step = sd * Math.sqrt(1 - phi ** 2);
  let level = sd * chance.normal();
  for (let t = 0; t < T; t++) {
    path[t] = Math.exp(level - sd ** 2);
    level = phi * level + step * chance.normal();
  }
  return path;
}

/** Student t returns of some standard deviations, or normal ones. */
function tailed(chance: Stream, sd: Float64Array, lowest: number): Float64Array {
  if (chance.uniform() < 0.4) return sd.map((v) => v * chance.normal());
  const degrees = uniformBetween(chance, lowest, 12);
  const half = degrees / 2;
  return sd.map((v) => v * chance.normal() * Math.sqrt((half - 1) / gamma(chance, half)));
}

/** A gamma number of some shape of at least one, and scale one. Marsaglia and Tsang (2000). */
function gamma(chance: Stream, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = chance.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(1 - chance.uniform()) < 0.5 * z ** 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Markets as random combinations of independent ones, of the same variance. */
function mixed(chance: Stream, columns: readonly Float64Array[]): Float64Array[] {
  const strength = uniformBetween(chance, 0, 0.8);
  return columns.map((own, k) => {
    const weights = columns.map((_, m) =>
      m === k ? 1 + Math.abs(strength * chance.normal()) : strength * chance.normal(),
    );
    const norm = Math.sqrt(weights.reduce((sum, w) => sum + w ** 2, 0));
    return own.map((_, t) => weights.reduce((sum, w, m) => sum + w * columns[m]![t]!, 0) / norm);
  });
}

/**
 * The series of one place in one use of the prior: the same key gives the same series.
 *
 * @param use for example `test`: training has rows of its own, named so
 * @example
 * priorSeries("my test", 0, { rows: 60, process: 0 }).betas.every((beta, _, all) => beta === all[0]); // true
 */
export const priorSeries = (use: string, at: number, options: SeriesOptions): SimulatedSeries =>
  simulatedSeries(stream("prior", use, at), options);
