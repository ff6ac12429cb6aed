/** Processes that the prior does not hold: the network is tested on them, and never trained. */

import { type Stream, stream } from "../../random.js";
import { type SimulatedSeries, simulatedSeries } from "./prior.js";
import { logUniform, sine, uniformBetween } from "./processes.js";

/** Names of the processes outside the prior, in the order of the tables. */
export const OUTSIDE_PROCESSES = [
  "logistic",
  "long memory",
  "AR(2) cycle",
  "DCC",
  "amplitude x 2.5",
  "volatility break",
] as const;
/** One of `OUTSIDE_PROCESSES`. */
export type OutsideProcess = (typeof OUTSIDE_PROCESSES)[number];

const [JUMPS, CYCLE, REGIMES] = [1, 2, 5];

/**
 * A series of a process outside the prior, with returns, noise and level of the prior.
 *
 * logistic: one smooth step of twice a over 2 to 30 rows. long memory: fractional noise with d from 0.3 to 0.49. AR(2) cycle: period
 * 10 to 120 rows, modulus 0.9 to 0.995. DCC: betas of a bivariate conditional covariance. amplitude x 2.5: jumps, cycles and regimes
 * that are larger than any of the prior. volatility break: tails down to 2.2 degrees of freedom, and noise that grows 2.5 times.
 *
 * @example
 * outsideSeries("logistic", 0, 120).betas.length; // 120
 */
export function outsideSeries(process: OutsideProcess, at: number, rows: number): SimulatedSeries {
  const chance = stream("prior", "outside", process, at);
  switch (process) {
    case "DCC":
      return conditionalCovariance(chance, rows);
    case "amplitude x 2.5": {
      const kind = [JUMPS, CYCLE, REGIMES][Math.floor(3 * chance.uniform())]!;
      return simulatedSeries(chance, { rows, process: kind, amplitude: 2.5 });
    }
    case "volatility break":
      return simulatedSeries(chance, { rows, degreesOfFreedom: 2.2, volatilityBreak: true });
    default: {
      const constant = simulatedSeries(chance, { rows, process: 0 });
      return moved(constant, MOVEMENTS[process](chance, rows, logUniform(chance, 0.1, 1.2)));
    }
  }
}

/** A series whose betas move besides. */
function moved(series: SimulatedSeries, move: Float64Array): SimulatedSeries {
  const { x, y, betas } = series;
  return {
    ...series,
    betas: betas.map((b, t) => b + move[t]!),
    y: y.map((r, t) => r + move[t]! * x[t]!),
  };
}

type Movement = (chance: Stream, rows: number, size: number) => Float64Array;

const MOVEMENTS: Readonly<Record<"logistic" | "long memory" | "AR(2) cycle", Movement>> = {
  logistic(chance, rows, size) {
    const center = uniformBetween(chance, 0.1, 0.9) * rows;
    const width = logUniform(chance, 2, 30);
    return Float64Array.from(
      { length: rows },
      (_, t) => (2 * size) / (1 + Math.exp((center - t) / width)),
    );
  },
  "long memory"(chance, rows, size) {
    const d = uniformBetween(chance, 0.3, 0.49);
    const weights = new Float64Array(2 * rows).fill(1);
    for (let k = 1; k < weights.length; k++) weights[k] = (weights[k - 1]! * (k - 1 + d)) / k;
    const shocks = Float64Array.from(weights, () => chance.normal());
    const path = Float64Array.from({ length: rows }, (_, t) => {
      let sum = 0;
      for (let k = 0; k <= rows + t; k++) sum += weights[k]! * shocks[rows + t - k]!;
      return sum;
    });
    return ofSize(path, size);
  },
  "AR(2) cycle"(chance, rows, size) {
    const modulus = uniformBetween(chance, 0.9, 0.995);
    const turns = 1 / logUniform(chance, 10, 120);
    const first = 2 * modulus * sine(turns + 0.25);
    const path = new Float64Array(rows + 200);
    for (let t = 2; t < path.length; t++)
      path[t] = first * path[t - 1]! - modulus ** 2 * path[t - 2]! + chance.normal();
    return ofSize(path.subarray(200), size);
  },
};

function ofSize(path: Float64Array, size: number): Float64Array {
  const mean = path.reduce((sum, v) => sum + v, 0) / path.length;
  const square = path.reduce((sum, v) => sum + (v - mean) ** 2, 0) / path.length;
  return path.map((v) => (size * v) / Math.sqrt(square + 1e-18));
}

/** beta[t] = h_xy / h_xx of H[t+1] = 0.03 C + a z z' + (0.97 - a) H[t]. */
function conditionalCovariance(chance: Stream, rows: number): SimulatedSeries {
  const a = uniformBetween(chance, 0.02, 0.15);
  const rho = uniformBetween(chance, -0.7, 0.7);
  let [xx, xy, yy] = [1, rho, 1];
  const x = new Float64Array(rows);
  const y = new Float64Array(rows);
  const betas = new Float64Array(rows);
  for (const t of x.keys()) {
    betas[t] = xy / xx;
    x[t] = Math.sqrt(xx) * chance.normal();
    y[t] = betas[t]! * x[t]! + Math.sqrt(Math.max(yy - xy ** 2 / xx, 1e-6)) * chance.normal();
    xx = 0.03 + a * x[t]! ** 2 + (0.97 - a) * xx;
    xy = 0.03 * rho + a * x[t]! * y[t]! + (0.97 - a) * xy;
    yy = 0.03 + a * y[t]! ** 2 + (0.97 - a) * yy;
  }
  return { process: -1, x, y, betas };
}
