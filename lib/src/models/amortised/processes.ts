/** How betas move in the prior of the amortised network. Sizes are in units of the noise over the market. */

import type { Stream } from "../../random.js";

/** A process of the prior. */
export interface PriorProcess {
  readonly name: string;
  /** Share of the simulated series. */
  readonly share: number;
  /** Its movement and parameters, as the tables print them. */
  readonly movement: string;
}

/** The prior's processes; a is log-uniform from 0.05 to 1.2, n a standard normal number. */
export const PRIOR_PROCESSES: readonly PriorProcess[] = [
  { name: "constant", share: 0.2, movement: "none" },
  {
    name: "jumps",
    share: 0.14,
    movement: "0.5 to 8 jumps (log-uniform) on average, each 1.3 a n",
  },
  {
    name: "cycle",
    share: 0.09,
    movement:
      "period 8 to 250 rows (log-uniform); 60 % sine, 20 % square, 20 % triangle of height a",
  },
  {
    name: "random walk",
    share: 0.15,
    movement: "step variance 1e-5 to 0.15 (log-uniform)",
  },
  {
    name: "AR(1)",
    share: 0.14,
    movement: "standard deviation a, 1 − φ from 0.005 to 0.6 (log-uniform)",
  },
  {
    name: "regimes",
    share: 0.1,
    movement: "2 or 3 levels 1.2 a n, change with probability 0.005 to 0.2 (log-uniform)",
  },
  {
    name: "state-dependent",
    share: 0.08,
    movement:
      "a times tanh (40 %), clipped (20 %) or sign (20 %) of the last 1 to 12 returns, or log variance (20 %)",
  },
  { name: "trend", share: 0.03, movement: "a straight line over 1.5 a" },
  { name: "mixed", share: 0.07, movement: "0.7 times the sum of two of jumps to state-dependent" },
];

const TREND = 7;
const MIXED = 8;

/** exp of a number that is uniform between two logarithms. */
export const logUniform = (chance: Stream, low: number, high: number): number =>
  Math.exp(Math.log(low) + (Math.log(high) - Math.log(low)) * chance.uniform());

export const uniformBetween = (chance: Stream, low: number, high: number): number =>
  low + (high - low) * chance.uniform();

/** sin(2 pi turns) by the Taylor series of the quarter turn: the bits of Math.sin differ between engines. */
export function sine(turns: number): number {
  const turned = turns - Math.round(turns);
  const quarter = turned > 0.25 ? 0.5 - turned : turned < -0.25 ? -0.5 - turned : turned;
  const x = 2 * Math.PI * quarter;
  let sum = x;
  let term = x;
  for (let k = 2; k <= 20; k += 2) {
    term *= -(x ** 2) / (k * (k + 1));
    sum += term;
  }
  return sum;
}

const hyperbolicTangent = (z: number): number => 1 - 2 / (Math.exp(2 * z) + 1);

/**
 * The movement of a beta around zero.
 *
 * @param process index in PRIOR_PROCESSES
 * @param x returns of the market [T], `volatility` their standard deviations [T]
 * @param size a
 */
export function movement(
  process: number,
  chance: Stream,
  x: Float64Array,
  volatility: Float64Array,
  size: number,
): Float64Array {
  const T = x.length;
  const path = new Float64Array(T);
  if (process === MIXED) {
    const first = 1 + Math.floor(6 * chance.uniform());
    const second = 1 + ((first + Math.floor(5 * chance.uniform())) % 6);
    const a = movement(first, chance, x, volatility, size);
    const b = movement(second, chance, x, volatility, size);
    return path.map((_, t) => 0.7 * (a[t]! + b[t]!));
  }
  if (process === TREND) {
    const slope = (chance.uniform() < 0.5 ? -1.5 : 1.5) * size;
    return path.map((_, t) => slope * (t / T - 0.5));
  }
  const fill = FILL[process];
  fill?.(path, chance, size, x, volatility);
  return path;
}

type Fill = (
  path: Float64Array,
  chance: Stream,
  size: number,
  x: Float64Array,
  volatility: Float64Array,
) => void;

const jumps: Fill = (path, chance, size) => {
  const rate = logUniform(chance, 0.5, 8) / path.length;
  let level = 0;
  for (let t = 0; t < path.length; t++) {
    if (chance.uniform() < rate) level += 1.3 * size * chance.normal();
    path[t] = level;
  }
};

const cycle: Fill = (path, chance, size) => {
  const period = logUniform(chance, 8, 250);
  const phase = chance.uniform();
  const form = chance.uniform();
  for (const t of path.keys()) {
    const turns = t / period + phase;
    const wave = form < 0.8 ? sine(turns) : 0;
    const part = turns - Math.floor(turns);
    path[t] =
      size * (form < 0.6 ? wave : form < 0.8 ? Math.sign(wave) : 2 * Math.abs(2 * part - 1) - 1);
  }
};

const randomWalk: Fill = (path, chance) => {
  const step = Math.sqrt(logUniform(chance, 1e-5, 0.15));
  let level = 0;
  for (let t = 0; t < path.length; t++) {
    level += step * chance.normal();
    path[t] = level;
  }
};

const autoregression: Fill = (path, chance, size) => {
  const phi = 1 - logUniform(chance, 0.005, 0.6);
  const step = size * Math.sqrt(1 - phi ** 2);
  let level = size * chance.normal();
  for (let t = 0; t < path.length; t++) {
    path[t] = level;
    level = phi * level + step * chance.normal();
  }
};

const regimes: Fill = (path, chance, size) => {
  const change = logUniform(chance, 0.005, 0.2);
  const count = chance.uniform() < 0.5 ? 2 : 3;
  const levels = Array.from({ length: count }, () => 1.2 * size * chance.normal());
  let at = Math.floor(count * chance.uniform());
  for (let t = 0; t < path.length; t++) {
    path[t] = levels[at]!;
    if (chance.uniform() < change)
      at = (at + 1 + Math.floor((count - 1) * chance.uniform())) % count;
  }
};

const stateDependent: Fill = (path, chance, size, x, volatility) => {
  const rows = 1 + Math.floor(12 * chance.uniform());
  const form = chance.uniform();
  let sum = 0;
  for (let t = 0; t < path.length; t++) {
    const z = sum / Math.sqrt(rows);
    const before = Math.log((volatility[Math.max(t - 1, 0)] as number) + 1e-9);
    path[t] =
      size *
      (form < 0.4
        ? hyperbolicTangent(z)
        : form < 0.6
          ? 0.7 * within2(z)
          : form < 0.8
            ? Math.sign(z)
            : within2(2 * before));
    sum += x[t]! - (x[t - rows] ?? 0);
  }
};

const within2 = (value: number): number => Math.max(-2, Math.min(2, value));

/** By place in PRIOR_PROCESSES; a constant has no movement. */
const FILL: readonly (Fill | undefined)[] = [
  undefined,
  jumps,
  cycle,
  randomWalk,
  autoregression,
  regimes,
  stateDependent,
];
