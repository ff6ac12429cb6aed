/** Dynamic conditional correlations of standardised series: Engle's recursion, and Aielli's consistent one. */

import { checkFinite, checkInteger } from "../check.js";
import { minimize } from "./bfgs.js";
import { type DccRecursion, type DccRows, dccTarget, dccWalk } from "./dcc-walk.js";
import { logistic, logit } from "./logistic.js";

/** Weights of the recursion; what is left, 1 - a - b, is on the target. */
export interface DccParameters {
  /** Weight of the last shock. */
  readonly a: number;
  /** Weight of the last Q. */
  readonly b: number;
}

/** How a matrix of standardised series is read. */
export interface DccOptions {
  /** m: series, at least 2. */
  readonly series: number;
  /** "dcc" by default. */
  readonly recursion?: DccRecursion;
}

/** Correlations of every row as those before it tell them. */
export interface DccFilter {
  /** [(n + 1) x m x m]; the last is of the row to come. */
  readonly correlations: Float64Array;
  /** Of z: -1/2 sum of m log 2 pi + log |R| + z'R^-1 z. */
  readonly logLikelihood: number;
}

/** Parameters of greatest second-step likelihood, with that likelihood. */
export interface DccFit extends DccParameters {
  readonly logLikelihood: number;
}

/** a + b and a / (a + b) at which searches begin. */
const STARTS = [
  [0.98, 0.02],
  [0.9, 0.1],
  [0.5, 0.5],
] as const;

/**
 * Q_1 = S, Q_t = (1 - a - b) S + a x_t-1 x_t-1' + b Q_t-1, R_t = Q_t scaled to a unit diagonal.
 *
 * x is z, or z sqrt(diag Q) for `cdcc`; S is the mean of x x', scaled to a unit diagonal.
 *
 * @param z standardised series [n x m], as `garchFilter` returns them
 * @param sample rows that S is of: the first `sample`; all by default
 * @throws RangeError if a value is missing, z is no multiple of m, or a, b < 0, or a + b >= 1
 * @example
 * const z = [1, 1, -1, -1, 1, -1, -1, -1];
 * dccFilter(z, { a: 0, b: 0 }, { series: 2 }).correlations.slice(0, 4); // [1, 0.5, 0.5, 1]
 * @see Engle (2002), JBES 20; Aielli (2013), JBES 31
 */
export function dccFilter(
  z: ArrayLike<number>,
  { a, b }: DccParameters,
  options: DccOptions & { readonly sample?: number },
): DccFilter {
  const rows = checked("dccFilter", z, options);
  const { sample = rows.n } = options;
  if (!(a >= 0 && b >= 0 && a + b < 1))
    throw new RangeError(`dccFilter: a and b must be at least 0 and a + b below 1, got ${a}, ${b}`);
  const correlations = new Float64Array(z.length * options.series + options.series ** 2);
  const target = dccTarget(rows, [a, b], sample);
  const { value } = dccWalk(rows, [a, b], target, correlations);
  return { correlations, logLikelihood: -value };
}

/**
 * a and b of greatest likelihood under a, b >= 0 and a + b < 1, S given by the series themselves (correlation targeting).
 *
 * BFGS with exact gradients from three starts, of which the highest end counts: the same fit on every call.
 *
 * @param z standardised series [n x m]
 * @throws RangeError if a value is missing, or z is no multiple of m
 * @example
 * const draw = stream("days that share nothing");
 * const z = Float64Array.from({ length: 800 }, () => draw.normal());
 * dcc(z, { series: 2 }).a < 0.05; // true
 * @see Engle (2002), JBES 20; Engle and Sheppard (2001), NBER 8554: targeting
 */
export function dcc(z: ArrayLike<number>, options: DccOptions): DccFit {
  const rows = checked("dcc", z, options);
  // Engle's is the same whatever the weights.
  const target = rows.recursion === "dcc" ? dccTarget(rows, [0, 0], rows.n) : undefined;
  const objective = ([u, v]: ArrayLike<number> & Iterable<number>) => {
    const [sum, share] = [logistic(u!), logistic(v!)];
    const weights = [sum * share, sum * (1 - share)] as const;
    const { value, gradient } = dccWalk(rows, weights, target ?? dccTarget(rows, weights, rows.n));
    const [da, db] = gradient;
    return {
      value,
      gradient: [
        sum * (1 - sum) * (share * da + (1 - share) * db),
        sum * share * (1 - share) * (da - db),
      ],
    };
  };
  const ends = STARTS.map(([sum, share]) => minimize(objective, [logit(sum), logit(share)]));
  const best = ends.reduce((least, end) => (end.value < least.value ? end : least));
  const [sum, share] = [logistic(best.at[0]!), logistic(best.at[1]!)];
  return { a: sum * share, b: sum * (1 - share), logLikelihood: -best.value };
}

function checked(where: string, z: ArrayLike<number>, options: DccOptions): DccRows {
  const { series: m, recursion = "dcc" } = options;
  checkInteger(where, "series", m, 2);
  checkFinite(where, "z", z);
  if (z.length === 0 || z.length % m !== 0)
    throw new RangeError(`${where}: z must have rows of ${m} values, got ${z.length} values`);
  return { z: Float64Array.from(z), n: z.length / m, m, recursion };
}
