/** The recursion of dynamic conditional correlations with its likelihood and exact gradient: lower triangles only. */

import { invertPositive } from "./cross-product.js";

/** Which shocks feed the recursion: Engle's z, or Aielli's z sqrt(diag Q), whose target is consistent. */
export type DccRecursion = "dcc" | "cdcc";

/** Standardised series, row by row [n x m]. */
export interface DccRows {
  readonly z: Float64Array;
  readonly n: number;
  readonly m: number;
  readonly recursion: DccRecursion;
}

/** Shocks and their mean product. */
export interface DccTarget {
  /** What feeds the recursion [n x m]. */
  readonly x: Float64Array;
  /** Mean of x x' over the sample with a unit diagonal [m x m], lower triangle. */
  readonly S: Float64Array;
  /** Derivatives of both by a and b; none of Engle's, which depend on neither. */
  readonly by?: readonly [TargetChange, TargetChange];
}

interface TargetChange {
  readonly x: Float64Array;
  readonly S: Float64Array;
}

/** Shocks and target of the first rows: the diagonal of Q needs no S, whose own is 1. */
export function dccTarget(
  { z, n, m, recursion }: DccRows,
  [a, b]: readonly [number, number],
  sample: number,
): DccTarget {
  if (recursion === "dcc") return { x: z, S: unitDiagonal(products(z, z, m, sample), m) };
  const x = z.slice();
  const dx = [new Float64Array(z.length), new Float64Array(z.length)] as const;
  for (let i = 0; i < m; i++) {
    let [q, qa, qb] = [1, 0, 0];
    for (let at = i; at < n * m; at += m) {
      const root = Math.sqrt(q);
      const shock = z[at]! * root;
      x[at] = shock;
      dx[0][at] = (z[at]! * qa) / (2 * root);
      dx[1][at] = (z[at]! * qb) / (2 * root);
      const carry = a * z[at]! ** 2 + b;
      qa = shock * shock - 1 + carry * qa;
      qb = q - 1 + carry * qb;
      q = 1 - a - b + a * shock * shock + b * q;
    }
  }
  const M = products(x, x, m, sample);
  const S = unitDiagonal(M.slice(), m);
  const change = (d: Float64Array): TargetChange => {
    const [left, right] = [products(d, x, m, sample), products(x, d, m, sample)];
    const dM = left.map((v, at) => v + right[at]!);
    return { x: d, S: unitChange(dM, M, S, m) };
  };
  return { x, S, by: [change(dx[0]), change(dx[1])] };
}

/** Sum of x y' over the first rows [m x m], lower triangle. */
function products(x: Float64Array, y: Float64Array, m: number, rows: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let row = 0; row < rows * m; row += m)
    for (let i = 0; i < m; i++) {
      const own = x[row + i]!;
      for (let j = 0; j <= i; j++) out[i * m + j]! += own * y[row + j]!;
    }
  return out;
}

/** Scales a lower triangle in place to a unit diagonal. */
function unitDiagonal(M: Float64Array, m: number): Float64Array {
  const roots = Array.from({ length: m }, (_, i) => Math.sqrt(M[i * (m + 1)]!));
  for (let i = 0; i < m; i++)
    for (let j = 0; j <= i; j++)
      M[i * m + j] = i === j ? 1 : M[i * m + j]! / (roots[i]! * roots[j]!);
  return M;
}

/** Change of S, which is M scaled to a unit diagonal, when that of M is dM. */
function unitChange(dM: Float64Array, M: Float64Array, S: Float64Array, m: number): Float64Array {
  const relative = Array.from({ length: m }, (_, i) => dM[i * (m + 1)]! / M[i * (m + 1)]!);
  const out = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < i; j++)
      out[i * m + j] =
        dM[i * m + j]! / Math.sqrt(M[i * (m + 1)]! * M[j * (m + 1)]!) -
        0.5 * S[i * m + j]! * (relative[i]! + relative[j]!);
  return out;
}

/** Arrays of a walk, each a lower triangle [m x m] but for R and its inverse, which are whole. */
interface Walk {
  readonly m: number;
  readonly Q: Float64Array;
  /** Derivatives of Q by a and b. */
  readonly dQ: readonly [Float64Array, Float64Array];
  readonly R: Float64Array;
  readonly inverse: Float64Array;
  /** Of R, whose product is its determinant [m]. */
  readonly pivots: Float64Array;
  /** R^-1 z and 1 / sqrt(diag Q) [m]. */
  readonly u: Float64Array;
  readonly roots: Float64Array;
}

/** Minus the log-likelihood with its gradient by a and b; fills the correlations where they are asked for. */
export function dccWalk(
  { z, n, m }: DccRows,
  [a, b]: readonly [number, number],
  target: DccTarget,
  correlations?: Float64Array,
): { readonly value: number; readonly gradient: readonly [number, number] } {
  const { S, by } = target;
  const square = () => new Float64Array(m * m);
  const line = () => new Float64Array(m);
  const walk: Walk = {
    m,
    Q: S.slice(),
    dQ: [by?.[0].S.slice() ?? square(), by?.[1].S.slice() ?? square()],
    ...{ R: square(), inverse: square() },
    ...{ pivots: line(), u: line(), roots: line() },
  };
  let value = 0.5 * n * m * Math.log(2 * Math.PI);
  const gradient: [number, number] = [0, 0];
  for (let t = 0; t <= n; t++) {
    scaleToOne(walk);
    correlations?.set(walk.R, t * m * m);
    if (t === n) break;
    value += 0.5 * surprise(walk, z, t * m);
    gradient[0] += slope(walk, walk.dQ[0]);
    gradient[1] += slope(walk, walk.dQ[1]);
    advance(walk, [a, b], target, t * m);
  }
  return { value, gradient };
}

/** Fills R with Q, scaled to a unit diagonal. */
function scaleToOne({ m, Q, R, roots }: Walk): void {
  for (let i = 0; i < m; i++) {
    roots[i] = 1 / Math.sqrt(Q[i * (m + 1)]!);
    R[i * (m + 1)] = 1;
    for (let j = 0; j < i; j++) {
      const r = Q[i * m + j]! * roots[i]! * roots[j]!;
      R[i * m + j] = r;
      R[j * m + i] = r;
    }
  }
}

/** log |R| + z'R^-1 z of a row; fills the inverse and u. */
function surprise({ m, R, inverse, pivots, u }: Walk, z: Float64Array, row: number): number {
  inverse.set(R);
  let determinant = invertPositive(inverse, m, pivots) ? 1 : Number.NaN;
  let sum = 0;
  for (let i = 0; i < m; i++) {
    determinant *= pivots[i]!;
    let own = 0;
    for (let j = 0; j < m; j++) own += inverse[i * m + j]! * z[row + j]!;
    u[i] = own;
    sum += own * z[row + i]!;
  }
  return Math.log(determinant) + sum;
}

/** Change of half the surprise when that of Q is dQ. */
function slope({ m, Q, R, inverse, u, roots }: Walk, dQ: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < m; i++) {
    const relative = dQ[i * (m + 1)]! / Q[i * (m + 1)]!;
    for (let j = 0; j < i; j++) {
      const at = i * m + j;
      const both = relative + dQ[j * (m + 1)]! / Q[j * (m + 1)]!;
      const dR = dQ[at]! * roots[i]! * roots[j]! - 0.5 * R[at]! * both;
      sum += (inverse[at]! - u[i]! * u[j]!) * dR;
    }
  }
  return sum;
}

/** Q and its derivatives a row on. */
function advance(
  { m, Q, dQ }: Walk,
  [a, b]: readonly [number, number],
  { x, S, by }: DccTarget,
  row: number,
): void {
  const [qa, qb] = dQ;
  for (let i = 0; i < m; i++)
    for (let j = 0; j <= i; j++) {
      const at = i * m + j;
      const [shock, mean] = [x[row + i]! * x[row + j]!, S[at]!];
      qa[at] = shock - mean + b * qa[at]!;
      qb[at] = Q[at]! - mean + b * qb[at]!;
      if (by) {
        qa[at]! += (1 - a - b) * by[0].S[at]! + a * crossed(x, by[0].x, row + i, row + j);
        qb[at]! += (1 - a - b) * by[1].S[at]! + a * crossed(x, by[1].x, row + i, row + j);
      }
      Q[at] = (1 - a - b) * mean + a * shock + b * Q[at]!;
    }
}

/** Change of x_i x_j. */
const crossed = (x: Float64Array, dx: Float64Array, i: number, j: number): number =>
  dx[i]! * x[j]! + x[i]! * dx[j]!;
