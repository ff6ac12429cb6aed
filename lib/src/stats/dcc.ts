/** Dynamic conditional correlations of standardised series: Engle's recursion, and Aielli's consistent one. */

import { checkFinite, checkInteger } from "../check.js";
import { minimize } from "./bfgs.js";
import { invertPositive } from "./cross-product.js";
import { logistic, logit } from "./logistic.js";

/** Which shocks feed the recursion: Engle's z, or Aielli's z sqrt(diag Q), whose target is consistent. */
export type DccRecursion = "dcc" | "cdcc";

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
  const { value } = walk(rows, [a, b], { sample, correlations });
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
  const objective = ([u, v]: ArrayLike<number> & Iterable<number>) => {
    const [sum, share] = [logistic(u!), logistic(v!)];
    const { value, gradient } = walk(rows, [sum * share, sum * (1 - share)], { sample: rows.n });
    const [da, db] = gradient as [number, number];
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

interface Rows {
  readonly z: Float64Array;
  readonly n: number;
  readonly m: number;
  readonly recursion: DccRecursion;
}

function checked(where: string, z: ArrayLike<number>, options: DccOptions): Rows {
  const { series: m, recursion = "dcc" } = options;
  checkInteger(where, "series", m, 2);
  checkFinite(where, "z", z);
  if (z.length === 0 || z.length % m !== 0)
    throw new RangeError(`${where}: z must have rows of ${m} values, got ${z.length} values`);
  return { z: Float64Array.from(z), n: z.length / m, m, recursion };
}

interface Target {
  /** What feeds the recursion [n x m], and its derivatives by a and b. */
  readonly x: Float64Array;
  readonly dx: readonly Float64Array[];
  /** Mean of x x' over the sample with a unit diagonal [m x m], and its derivatives. */
  readonly S: Float64Array;
  readonly dS: readonly Float64Array[];
}

/** Shocks and their target: the diagonal of Q needs no S, whose own is 1. */
function targetOf({ z, n, m, recursion }: Rows, [a, b]: readonly number[], sample: number): Target {
  const x = z.slice();
  const dx = [new Float64Array(z.length), new Float64Array(z.length)];
  for (let i = 0; recursion === "cdcc" && i < m; i++) {
    let q = 1;
    const dq = [0, 0];
    for (let at = i; at < n * m; at += m) {
      const root = Math.sqrt(q);
      x[at] = z[at]! * root;
      const square = x[at]! ** 2;
      const [carry, own] = [a! * z[at]! ** 2 + b!, [square - 1, q - 1]];
      for (const p of [0, 1]) {
        dx[p]![at] = (z[at]! * dq[p]!) / (2 * root);
        dq[p] = own[p]! + carry * dq[p]!;
      }
      q = 1 - a! - b! + a! * square + b! * q;
    }
  }
  const M = new Float64Array(m * m);
  const dM = [new Float64Array(m * m), new Float64Array(m * m)];
  for (let row = 0; row < sample * m; row += m)
    for (let i = row, at = 0; i < row + m; i++)
      for (let j = row; j < row + m; j++, at++) {
        M[at]! += x[i]! * x[j]!;
        for (const p of [0, 1]) dM[p]![at]! += dx[p]![i]! * x[j]! + x[i]! * dx[p]![j]!;
      }
  const [S, dS] = [M.slice(), dM.map((change) => change.slice())];
  scale(S, M, m);
  for (const p of [0, 1]) scaleChange(dS[p]!, { R: S, Q: M, dQ: dM[p]! }, m);
  return { x, dx, S, dS };
}

/** Minus the log-likelihood with its gradient by a and b; fills the correlations where they are asked for. */
function walk(
  rows: Rows,
  [a, b]: readonly [number, number],
  { sample, correlations }: { readonly sample: number; readonly correlations?: Float64Array },
): { readonly value: number; readonly gradient: readonly number[] } {
  const { z, n, m } = rows;
  const { x, dx, S, dS } = targetOf(rows, [a, b], sample);
  const Q = S.slice();
  const dQ = dS.map((change) => change.slice());
  const [R, inverse, dR] = [Q.slice(), Q.slice(), Q.slice()];
  const [u, pivots] = [new Float64Array(m), new Float64Array(m)];
  let value = 0.5 * n * m * Math.log(2 * Math.PI);
  const gradient = [0, 0];
  for (let t = 0; t <= n; t++) {
    scale(R, Q, m);
    correlations?.set(R, t * m * m);
    if (t === n) break;
    inverse.set(R);
    const known = invertPositive(inverse, m, pivots);
    value += known ? 0.5 * pivots.reduce((sum, pivot) => sum + Math.log(pivot), 0) : Number.NaN;
    for (let i = 0; i < m; i++) {
      u[i] = 0;
      for (let j = 0; j < m; j++) u[i]! += inverse[i * m + j]! * z[t * m + j]!;
      value += 0.5 * u[i]! * z[t * m + i]!;
    }
    for (const p of [0, 1]) {
      const [change, d] = [dQ[p]!, dx[p]!];
      scaleChange(dR, { R, Q, dQ: change }, m);
      for (let i = 0, at = 0; i < m; i++)
        for (let j = 0; j < m; j++, at++) {
          gradient[p]! += 0.5 * (inverse[at]! - u[i]! * u[j]!) * dR[at]!;
          const [xi, xj] = [x[t * m + i]!, x[t * m + j]!];
          const own = (p === 0 ? xi * xj : Q[at]!) - S[at]!;
          const shock = d[t * m + i]! * xj + xi * d[t * m + j]!;
          change[at] = own + (1 - a - b) * dS[p]![at]! + a * shock + b * change[at]!;
        }
    }
    for (let i = 0, at = 0; i < m; i++)
      for (let j = 0; j < m; j++, at++)
        Q[at] = (1 - a - b) * S[at]! + a * (x[t * m + i]! * x[t * m + j]!) + b * Q[at]!;
  }
  return { value, gradient };
}

/** Fills R [m x m] with Q, scaled to a unit diagonal. */
function scale(R: Float64Array, Q: Float64Array, m: number): void {
  for (let i = 0, at = 0; i < m; i++)
    for (let j = 0; j < m; j++, at++) R[at] = Q[at]! / Math.sqrt(Q[i * (m + 1)]! * Q[j * (m + 1)]!);
}

/** Fills dR [m x m] with the change of R when that of Q is dQ. */
function scaleChange(
  dR: Float64Array,
  { R, Q, dQ }: { readonly R: Float64Array; readonly Q: Float64Array; readonly dQ: Float64Array },
  m: number,
): void {
  for (let i = 0, at = 0; i < m; i++)
    for (let j = 0; j < m; j++, at++) {
      const [qi, qj] = [i * (m + 1), j * (m + 1)];
      const relative = dQ[qi]! / Q[qi]! + dQ[qj]! / Q[qj]!;
      dR[at] = dQ[at]! / Math.sqrt(Q[qi]! * Q[qj]!) - 0.5 * R[at]! * relative;
    }
}
