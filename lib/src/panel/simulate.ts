/** Panels whose true betas are known. The generators were fixed before any estimator was run on them. */

import { checkInteger, checkSizes } from "../check.js";
import { type Stream, stream } from "../random.js";
import { type BetaPath, betaPath, type Panel } from "../types.js";
import { dayNumber, isoDate, periodEnd } from "./calendar.js";
import { betaOffset, rowAt } from "./panel.js";

/** How true betas move in simulated panels; `simulatedPanel` has the formulas. */
export const BETA_PROCESSES = [
  "constant",
  "step",
  "cycle",
  "random walk",
  "two regimes",
  "state-dependent",
] as const;
/** One of `BETA_PROCESSES`. */
export type BetaProcess = (typeof BETA_PROCESSES)[number];

/** Size, tails and seed of a simulated panel. */
export interface SimulationOptions {
  /** T */
  readonly periods: number;
  /** N */
  readonly coins: number;
  /** K */
  readonly markets: number;
  /** Degrees of freedom of the Student t returns, at least 3; normal ones by default. */
  readonly degreesOfFreedom?: number;
  /** True: every coin has level 1 on every market; by default levels differ, and who does not know the coin cannot know its level. */
  readonly commonLevel?: boolean;
  readonly seed: number;
}

/** A simulated panel with its true betas. */
export interface SimulatedPanel {
  readonly panel: Panel;
  /** The betas that made the returns of the same date. */
  readonly trueBeta: BetaPath;
}

/** Standard deviations of monthly log returns, as large as those of the markets and of the coins' own risk. */
const MARKET_SD = 0.05;
const OWN_SD = 0.15;
/** How far betas move around their level. */
const SWING = 0.75;

/**
 * Months from 2000-01: coins are r[i,t] = sum_k beta[i,k,t] f[k,t] + e[i,t], with independent f and e of constant variance.
 *
 * Levels are 0.5, 1 or 1.5 by coin and market, or 1 for all. constant: the level. step: 1 more from the middle of the sample on. cycle: the
 * level plus 0.75 sin(2 pi t / 48). random walk: steps of standard deviation 0.1. two regimes: the level plus or minus 0.75,
 * the same for all, with a change in a month of probability 0.05. state-dependent: the level plus 0.75 tanh(z), z the sum of
 * the market's last six returns over its standard deviation: known one month before, and no linear function of what is known.
 *
 * @returns log returns and true betas [T x N x K]; the same seed and sizes give the same market returns and noise for every process
 * @throws RangeError if a size is not an integer of at least 1
 * @example
 * simulatedPanel("cycle", { periods: 240, coins: 4, markets: 1, seed: 1 }).trueBeta.values.length; // 960
 */
export function simulatedPanel(process: BetaProcess, options: SimulationOptions): SimulatedPanel {
  const { periods, coins, markets, degreesOfFreedom, commonLevel, seed } = options;
  checkSizes("simulatedPanel", { periods, coins, markets });
  if (degreesOfFreedom !== undefined)
    checkInteger("simulatedPanel", "degreesOfFreedom", degreesOfFreedom, 3);
  const draws = (name: string, count: number, sd: number): Float64Array => {
    const from = stream(seed, name, periods, coins, markets);
    return Float64Array.from({ length: count }, () => sd * unitReturn(from, degreesOfFreedom));
  };
  const marketLogReturns = draws("markets", periods * markets, MARKET_SD);
  const own = draws("coins", periods * coins, OWN_SD);
  const empty: Panel = {
    frequency: "monthly",
    dates: monthEnds(periods),
    coins: Array.from({ length: coins }, (_, i) => `COIN${i + 1}`),
    markets: Array.from({ length: markets }, (_, k) => `MARKET${k + 1}`),
    coinLogReturns: own,
    marketLogReturns,
  };
  const moves = movement(process, empty, stream(seed, process));
  const trueBeta = betaPath(empty, "walkForward", (coin, t) =>
    empty.markets.map((_, k) => (commonLevel ? 1 : levelOf(coin, k)) + moves(coin, t, k)),
  );
  const coinLogReturns = own.map((noise, at) => {
    const t = Math.floor(at / coins);
    let sum = noise;
    for (let k = 0; k < markets; k++)
      sum += rowAt(trueBeta.values, markets, at)[k]! * rowAt(marketLogReturns, markets, t)[k]!;
    return sum;
  });
  return { panel: { ...empty, coinLogReturns }, trueBeta };
}

const levelOf = (coin: number, k: number): number => 0.5 + 0.5 * ((coin + k) % 3);

/** What is added to the level of a beta. */
function movement(
  process: BetaProcess,
  panel: Panel,
  chance: Stream,
): (coin: number, t: number, k: number) => number {
  const [T, N, K] = [panel.dates.length, panel.coins.length, panel.markets.length];
  switch (process) {
    case "constant":
      return () => 0;
    case "step":
      return (_coin, t) => (t >= T / 2 ? 1 : 0);
    case "cycle": {
      // Turned by 2 pi / 48 each month: the bits of Math.sin differ between engines.
      const [cos, sin] = [0.9914448613738104, 0.13052619222005157];
      let [x, y] = [1, 0];
      const wave = Array.from({ length: T }, () => {
        const height = y;
        [x, y] = [cos * x - sin * y, sin * x + cos * y];
        return height;
      });
      return (_coin, t) => SWING * wave[t]!;
    }
    case "random walk": {
      const path = new Float64Array(T * N * K);
      for (let at = 0; at < path.length; at++)
        path[at] = (path[at - N * K] ?? 0) + 0.1 * chance.normal();
      return (coin, t, k) => path[betaOffset(panel, t, coin, k)]!;
    }
    case "two regimes": {
      const signs = new Int8Array(T);
      for (let t = 0; t < T; t++) {
        const before = signs[t - 1] ?? 1;
        signs[t] = chance.uniform() < 0.05 ? -before : before;
      }
      return (_coin, t) => SWING * signs[t]!;
    }
    case "state-dependent":
      return (_coin, t, k) => {
        let sum = 0;
        for (let lag = 1; lag <= Math.min(6, t); lag++)
          sum += rowAt(panel.marketLogReturns, K, t - lag)[k]!;
        return SWING * Math.tanh(sum / (MARKET_SD * Math.sqrt(6)));
      };
  }
}

/** A return with mean 0 and variance 1: normal, or Student t. */
function unitReturn(chance: Stream, degreesOfFreedom?: number): number {
  const normal = chance.normal();
  if (degreesOfFreedom === undefined) return normal;
  let squares = 0;
  for (let i = 0; i < degreesOfFreedom; i++) squares += chance.normal() ** 2;
  return normal * Math.sqrt((degreesOfFreedom - 2) / squares);
}

function monthEnds(count: number): string[] {
  const dates: string[] = [];
  let end = dayNumber("2000-01-31");
  for (let t = 0; t < count; t++) {
    dates.push(isoDate(end));
    end = periodEnd(end + 1, "monthly");
  }
  return dates;
}
