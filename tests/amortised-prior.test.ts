/** The prior of the amortised beta against its table: every draw of a series, in its order, written a second time. */

import { describe, expect, it } from "vitest";
import { OUTSIDE_PROCESSES, outsideSeries } from "../lib/src/models/amortised/outside.js";
import { priorSeries, type SeriesOptions } from "../lib/src/models/amortised/prior.js";
import { PRIOR_PROCESSES, sine } from "../lib/src/models/amortised/processes.js";
import { type Stream, stream } from "../lib/src/random.js";

/** A series by the table, in plain numbers: market returns, betas by market, returns. */
interface Plain {
  readonly process: number;
  readonly x: readonly (readonly number[])[];
  readonly betas: readonly (readonly number[])[];
  readonly y: readonly number[];
}

const between = (chance: Stream, low: number, high: number) =>
  low + (high - low) * chance.uniform();
const logBetween = (chance: Stream, low: number, high: number) =>
  low * (high / low) ** chance.uniform();
const times = <V>(count: number, make: (t: number) => V): V[] =>
  Array.from({ length: count }, (_, t) => make(t));

function plainVolatility(chance: Stream, T: number): number[] {
  if (chance.uniform() < 0.5) return times(T, () => 1);
  const phi = between(chance, 0.8, 0.99);
  const sd = between(chance, 0.1, 0.7);
  const levels = [sd * chance.normal()];
  while (levels.length <= T)
    levels.push(phi * levels.at(-1)! + sd * Math.sqrt(1 - phi ** 2) * chance.normal());
  // exp(2 level) is 1 on average.
  return times(T, (t) => Math.exp(levels[t]! - sd ** 2));
}

/** Marsaglia and Tsang (2000), A simple method for generating gamma variables. */
function plainGamma(chance: Stream, shape: number): number {
  const d = shape - 1 / 3;
  for (;;) {
    const z = chance.normal();
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - chance.uniform()) < z ** 2 / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

function plainReturns(chance: Stream, sd: readonly number[], lowest: number): number[] {
  if (chance.uniform() < 0.4) return sd.map((v) => v * chance.normal());
  const degrees = between(chance, lowest, 12);
  // A normal number over the root of a chi square over its degrees, brought to variance 1.
  return sd.map((v) => {
    const normal = chance.normal();
    return v * normal * Math.sqrt((degrees - 2) / (2 * plainGamma(chance, degrees / 2)));
  });
}

/** Movements of the table by process; `sd` is the market's volatility. */
function plainMovement(
  process: number,
  chance: Stream,
  [x, sd, a]: readonly [readonly number[], readonly number[], number],
): number[] {
  const T = x.length;
  const held = (value: number) => Math.max(-2, Math.min(2, value));
  let level = 0;
  switch (PRIOR_PROCESSES[process]!.name) {
    case "jumps": {
      const rate = logBetween(chance, 0.5, 8) / T;
      return times(T, () => {
        if (chance.uniform() < rate) level += 1.3 * a * chance.normal();
        return level;
      });
    }
    case "cycle": {
      const period = logBetween(chance, 8, 250);
      const phase = chance.uniform();
      const form = chance.uniform();
      return times(T, (t) => {
        const turns = t / period + phase;
        const wave = Math.sin(2 * Math.PI * turns);
        if (form < 0.6) return a * wave;
        if (form < 0.8) return a * Math.sign(wave);
        // From 1 down to -1 in half a period, and up again.
        const part = turns - Math.floor(turns);
        return a * (part < 0.5 ? 1 - 4 * part : 4 * part - 3);
      });
    }
    case "random walk": {
      const step = Math.sqrt(logBetween(chance, 1e-5, 0.15));
      return times(T, () => {
        level += step * chance.normal();
        return level;
      });
    }
    case "AR(1)": {
      const phi = 1 - logBetween(chance, 0.005, 0.6);
      level = a * chance.normal();
      return times(T, () => {
        const now = level;
        level = phi * level + a * Math.sqrt(1 - phi ** 2) * chance.normal();
        return now;
      });
    }
    case "regimes": {
      const change = logBetween(chance, 0.005, 0.2);
      const levels = times(chance.uniform() < 0.5 ? 2 : 3, () => 1.2 * a * chance.normal());
      let at = Math.floor(levels.length * chance.uniform());
      return times(T, () => {
        const now = levels[at]!;
        if (chance.uniform() < change) {
          const others = times(levels.length - 1, (j) => (at + 1 + j) % levels.length);
          at = others[Math.floor(others.length * chance.uniform())]!;
        }
        return now;
      });
    }
    case "state-dependent": {
      const rows = 1 + Math.floor(12 * chance.uniform());
      const form = chance.uniform();
      return times(T, (t) => {
        const past = x.slice(Math.max(0, t - rows), t);
        const z = past.reduce((sum, f) => sum + f, 0) / Math.sqrt(rows);
        if (form < 0.4) return a * Math.tanh(z);
        if (form < 0.6) return 0.7 * a * held(z);
        if (form < 0.8) return a * Math.sign(z);
        return a * held(Math.log(sd[Math.max(t - 1, 0)]! ** 2));
      });
    }
    case "trend": {
      const sign = chance.uniform() < 0.5 ? -1 : 1;
      return times(T, (t) => 1.5 * a * sign * (t / T - 0.5));
    }
    case "mixed": {
      const first = Math.floor(6 * chance.uniform());
      const second = (first + 1 + Math.floor(5 * chance.uniform())) % 6;
      const moves = plainMovement(1 + first, chance, [x, sd, a]);
      const other = plainMovement(1 + second, chance, [x, sd, a]);
      return moves.map((b, t) => 0.7 * (b + other[t]!));
    }
    default:
      return times(T, () => 0);
  }
}

function plainSeries(chance: Stream, options: SeriesOptions): Plain {
  const { rows: T, markets: K = 1, amplitude = 1, degreesOfFreedom = 3 } = options;
  let { process = -1 } = options;
  if (process < 0) {
    const at = chance.uniform();
    const through = PRIOR_PROCESSES.map((_, i, all) =>
      all.slice(0, i + 1).reduce((sum, { share }) => sum + share, 0),
    );
    process = through.findIndex((edge) => at < edge);
  }
  const common = plainVolatility(chance, T);
  const sd = times(K, () => (chance.uniform() < 0.5 ? common : plainVolatility(chance, T)));
  const alone = sd.map((v) => plainReturns(chance, v, degreesOfFreedom));
  let x = alone;
  if (K > 1) {
    const strength = between(chance, 0, 0.8);
    x = alone.map((_, k) => {
      const weights = times(K, (m) => {
        const w = strength * chance.normal();
        return m === k ? 1 + Math.abs(w) : w;
      });
      const norm = Math.hypot(...weights);
      return times(T, (t) => weights.reduce((sum, w, m) => sum + w * alone[m]![t]!, 0) / norm);
    });
  }
  const noiseSd = chance.uniform() < 0.4 ? common : plainVolatility(chance, T);
  const broken = options.volatilityBreak ? T * chance.uniform() : T;
  const grown = noiseSd.map((v, t) => (t > broken ? 2.5 * v : v));
  const noise = plainReturns(chance, grown, degreesOfFreedom);
  const mean = () => (chance.uniform() < 0.3 ? between(chance, -0.2, 0.2) : 0);
  const marketMean = mean();
  x = x.map((column) => column.map((f) => f + marketMean));
  const betas = x.map((column, k) => {
    const isZero = chance.uniform() < 0.15;
    const level = isZero ? 0 : logBetween(chance, 0.03, 1.5) * chance.normal();
    const a = (logBetween(chance, 0.05, 1.2) * amplitude) / Math.sqrt(K);
    const move = plainMovement(process, chance, [column, sd[k]!, a]);
    return move.map((b) => b + level / Math.sqrt(K));
  });
  const own = mean();
  const y = noise.map((e, t) => betas.reduce((sum, b, k) => sum + b[t]! * x[k]![t]!, e + own));
  return { process, x, betas, y };
}

/** By row, then by market. */
const byRow = (columns: readonly (readonly number[])[]): number[] =>
  columns[0]!.flatMap((_, t) => columns.map((column) => column[t]!));

/** The bits of sines, powers and sums differ in their last places. */
const PLACES = 1e-8;

function expectSame({ process, x, y, betas }: ReturnType<typeof priorSeries>, plain: Plain): void {
  expect(process).toBe(plain.process);
  for (const [ours, theirs] of [
    [x, byRow(plain.x)],
    [betas, byRow(plain.betas)],
    [y, plain.y],
  ] as const) {
    expect(ours).toHaveLength(theirs.length);
    const furthest = Math.max(...theirs.map((value, at) => Math.abs(ours[at]! - value)));
    expect(furthest).toBeLessThan(PLACES);
  }
}

describe("a series of the prior", () => {
  const compare = (use: string, count: number, options: SeriesOptions) => {
    for (let at = 0; at < count; at++)
      expectSame(priorSeries(use, at, options), plainSeries(stream("prior", use, at), options));
  };

  it("draws its process by the shares", () => compare("shares", 40, { rows: 8 }));

  it.each(PRIOR_PROCESSES.map(({ name }, process) => [name, process] as const))(
    "moves its beta as the table says: %s",
    (name, process) => compare(`moves: ${name}`, 14, { rows: 40, process }),
  );

  it("mixes several markets, and divides levels and sizes by the root of their number", () =>
    compare("markets", 8, { rows: 30, markets: 3 }));

  it("takes larger movements, heavier tails and a break of the noise, if it is told to", () => {
    const wild = { amplitude: 2.5, degreesOfFreedom: 2.2, volatilityBreak: true };
    compare("wild", 8, { rows: 40, ...wild });
  });
});

describe("a process outside the prior", () => {
  const chanceOf = (process: string, at: number) => stream("prior", "outside", process, at);

  it("is one of six", () => expect(OUTSIDE_PROCESSES).toHaveLength(6));

  it("is larger jumps, cycles and regimes, each of them as likely", () => {
    const met = new Set<number>();
    for (let at = 0; at < 9; at++) {
      const chance = chanceOf("amplitude x 2.5", at);
      const process = [1, 2, 5][Math.floor(3 * chance.uniform())]!;
      met.add(process);
      const plain = plainSeries(chance, { rows: 30, process, amplitude: 2.5 });
      expectSame(outsideSeries("amplitude x 2.5", at, 30), plain);
    }
    expect(met.size).toBe(3);
  });

  it("is noise that grows 2.5 times, with tails down to 2.2 degrees of freedom", () => {
    for (let at = 0; at < 6; at++) {
      const options = { rows: 30, degreesOfFreedom: 2.2, volatilityBreak: true };
      const plain = plainSeries(chanceOf("volatility break", at), options);
      expectSame(outsideSeries("volatility break", at, 30), plain);
    }
  });

  /** A constant series whose beta moves besides, by what is drawn after its size. */
  const moved = (
    process: "logistic" | "AR(2) cycle",
    rows: number,
    movement: (chance: Stream, size: number) => readonly number[],
  ) => {
    for (let at = 0; at < 3; at++) {
      const chance = chanceOf(process, at);
      const constant = plainSeries(chance, { rows, process: 0 });
      const move = movement(chance, logBetween(chance, 0.1, 1.2));
      expectSame(outsideSeries(process, at, rows), {
        ...constant,
        betas: [constant.betas[0]!.map((b, t) => b + move[t]!)],
        y: constant.y.map((r, t) => r + move[t]! * constant.x[0]![t]!),
      });
    }
  };

  it("is one smooth step of twice a", () => {
    moved("logistic", 50, (chance, a) => {
      const center = 50 * between(chance, 0.1, 0.9);
      const width = logBetween(chance, 2, 30);
      return times(50, (t) => a * (1 + Math.tanh((t - center) / width / 2)));
    });
  });

  it("is an AR(2) with complex roots, after 200 rows, brought to its size", () => {
    moved("AR(2) cycle", 50, (chance, a) => {
      const modulus = between(chance, 0.9, 0.995);
      const angle = (2 * Math.PI) / logBetween(chance, 10, 120);
      const path = [0, 0];
      while (path.length < 250) {
        const [before, last] = path.slice(-2) as [number, number];
        const next = 2 * modulus * Math.cos(angle) * last - modulus ** 2 * before;
        path.push(next + chance.normal());
      }
      const kept = path.slice(200);
      const mean = kept.reduce((sum, v) => sum + v, 0) / 50;
      const sd = Math.sqrt(kept.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 50);
      return kept.map((v) => (a * v) / sd);
    });
  });
});

it("has a sine of its own, since that of the engine differs between versions", () => {
  const off = times(600, (i) => sine((i - 300) / 97) - Math.sin((2 * Math.PI * (i - 300)) / 97));
  expect(Math.max(...off.map(Math.abs))).toBeLessThan(1e-14);
});
