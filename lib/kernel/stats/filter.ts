/** One pass of Kalman's filter for several coefficients that walk at random, with the derivatives side by side. */

import { add, at, numbers, put } from "./numbers";

// @ts-ignore: decorator
@external("env", "log")
declare function log(x: f64): f64;

/** Squared sine of the angle below which a row tells nothing of the directions that are still diffuse. */
const COLLINEAR: f64 = 1e-10;

/**
 * A filter's arrays. Slot 0 of b, P, M and F is the filter's own, slots 1 … k are derivatives by the logarithm of each ratio; slots lie side by
 * side, an even number of them.
 */
@unmanaged
export class Filter {
  n: i32;
  k: i32;
  /** Bytes of all slots. */
  wide: i32;
  /** Whether there are derivatives. */
  derivatives: i32;
  /** Regressors [n x k], responses [n], which rows are complete (a byte each) and the ratios [k]. */
  x: usize;
  y: usize;
  complete: usize;
  ratios: usize;
  /** Coefficients [k x slots], their variance [k x k x slots], P x [k x slots] and x'P x + 1 [slots]. */
  b: usize;
  P: usize;
  M: usize;
  F: usize;
  gain: usize;
  /** The diffuse part of the variance, what is orthogonal to the rows so far [k x k], and it times x [k]. */
  Pinf: usize;
  Minf: usize;
  /** Sum of v^2 / F, sum of log F, rows used and directions that are diffuse: four numbers. */
  sums: usize;
  /** Derivatives of the first two [slots each], of no meaning in slot 0. */
  squaresBy: usize;
  logsBy: usize;
  /** If not 0: coefficients and variances before each row [(n + 1) x 2k], where they are not diffuse. */
  rows: usize;
}

/** Places in the sums. */
const SQUARES: i32 = 0;
const LOGS: i32 = 1;
const USED: i32 = 2;
const DIFFUSE: i32 = 3;

/** Filters all rows. All numbers must begin at 0, but those of the directions that are diffuse, k, and Pinf, the identity. */
export function filter(own: Filter): void {
  const k = own.k;
  const slots = own.wide >> 3;
  for (let t = 0; t <= own.n; t++) {
    if (own.rows && at(own.sums, DIFFUSE) == 0) {
      const row = own.rows + numbers(2 * k * t);
      for (let j = 0; j < k; j++) {
        put(row, j, at(own.b, j * slots));
        put(row, k + j, at(own.P, j * (k + 1) * slots));
      }
    }
    if (t == own.n) break;
    if (load<u8>(own.complete + <usize>t)) observe(own, own.x + numbers(t * k), at(own.y, t));
    for (let j = 0; j < k; j++) {
      const place = j * (k + 1) * slots;
      add(own.P, place, at(own.ratios, j));
      if (own.derivatives) add(own.P, place + 1 + j, at(own.ratios, j));
    }
  }
}

/**
 * Takes one complete row.
 *
 * The gain g = M / F minimises the variance P - gM' - Mg' + gg'F, so that its own derivative does not enter that of P; the
 * diffuse gain depends on no ratio. One line serves all slots and both gains.
 */
function observe(own: Filter, x: usize, y: f64): void {
  const k = own.k;
  const wide = <usize>own.wide;
  const slots = own.wide >> 3;
  let error = y;
  let length: f64 = 0;
  for (let i = 0; i < k; i++) {
    error -= at(x, i) * at(own.b, i * slots);
    length += at(x, i) * at(x, i);
  }
  for (let slot: usize = 0; slot < wide; slot += 16) project(own, x, slot);
  const variance = at(own.F, 0);
  const start = at(own.sums, DIFFUSE) > 0 && diffuseGain(own, x, length);
  if (!start) {
    for (let i = 0; i < k; i++) put(own.gain, i, at(own.M, i * slots) / variance);
    add(own.sums, SQUARES, (error * error) / variance);
    add(own.sums, LOGS, log(variance));
    add(own.sums, USED, 1);
  }
  for (let slot: usize = 0; slot < wide; slot += 16) {
    correct(own, x, slot, error, start);
    reduce(own, slot);
  }
}

/** M = P x and F = x'M, in slot 0 plus 1. */
function project(own: Filter, x: usize, slot: usize): void {
  const k = own.k;
  const wide = <usize>own.wide;
  let f = slot == 0 ? f64x2(1, 0) : f64x2.splat(0);
  let p = own.P + slot;
  let m = own.M + slot;
  for (let i = 0; i < k; i++) {
    let sum = f64x2.splat(0);
    for (let j = 0; j < k; j++) {
      sum = f64x2.add(sum, f64x2.mul(v128.load(p), f64x2.splat(at(x, j))));
      p += wide;
    }
    v128.store(m, sum);
    m += wide;
    f = f64x2.add(f, f64x2.mul(sum, f64x2.splat(at(x, i))));
  }
  v128.store(own.F + slot, f);
}

/** The gain of a row that tells a diffuse direction; false if it tells none. */
function diffuseGain(own: Filter, x: usize, length: f64): bool {
  const k = own.k;
  let Finf: f64 = 0;
  for (let i = 0; i < k; i++) {
    let m: f64 = 0;
    for (let j = 0; j < k; j++) m += at(own.Pinf, i * k + j) * at(x, j);
    put(own.Minf, i, m);
    Finf += m * at(x, i);
  }
  if (!(Finf > COLLINEAR * length)) return false;
  for (let i = 0; i < k; i++) put(own.gain, i, at(own.Minf, i) / Finf);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) add(own.Pinf, i * k + j, -(at(own.gain, i) * at(own.Minf, j)));
  add(own.sums, LOGS, log(Finf));
  add(own.sums, DIFFUSE, -1);
  return true;
}

/** Coefficients and their derivatives, and the derivatives of the sums. */
function correct(own: Filter, x: usize, slot: usize, error: f64, start: bool): void {
  const k = own.k;
  const wide = <usize>own.wide;
  const errors = f64x2.splat(error);
  const variances = f64x2.splat(at(own.F, 0));
  const f = v128.load(own.F + slot);
  let errorBy = f64x2.splat(0);
  for (let i = 0; i < k; i++)
    errorBy = f64x2.sub(errorBy, f64x2.mul(f64x2.splat(at(x, i)), v128.load(own.b + <usize>i * wide + slot)));
  if (!start) {
    const twice = f64x2.mul(f64x2.splat(2 * error), errorBy);
    const squares = f64x2.div(f64x2.mul(f64x2.splat(error * error), f), variances);
    addVector(own.squaresBy + slot, f64x2.div(f64x2.sub(twice, squares), variances));
    addVector(own.logsBy + slot, f64x2.div(f, variances));
  }
  for (let i = 0; i < k; i++) {
    const place = <usize>i * wide + slot;
    const gain = f64x2.splat(at(own.gain, i));
    let change = f64x2.mul(gain, errorBy);
    if (!start) {
      const gainBy = f64x2.div(f64x2.sub(v128.load(own.M + place), f64x2.mul(gain, f)), variances);
      change = f64x2.add(change, f64x2.mul(gainBy, errors));
    }
    if (slot == 0) change = f64x2.replace_lane(change, 0, at(own.gain, i) * error);
    addVector(own.b + place, change);
  }
}

// @ts-ignore: decorator
@inline
function addVector(place: usize, value: v128): void {
  v128.store(place, f64x2.add(v128.load(place), value));
}

/** P + gg'F - gM' - Mg'. */
function reduce(own: Filter, slot: usize): void {
  const k = own.k;
  const wide = <usize>own.wide;
  const f = v128.load(own.F + slot);
  let p = own.P + slot;
  for (let i = 0; i < k; i++) {
    const g = at(own.gain, i);
    const m = v128.load(own.M + <usize>i * wide + slot);
    let other = own.M + slot;
    for (let j = 0; j < k; j++) {
      const gain = at(own.gain, j);
      const square = f64x2.mul(f64x2.splat(g * gain), f);
      const less = f64x2.sub(square, f64x2.mul(f64x2.splat(g), v128.load(other)));
      addVector(p, f64x2.sub(less, f64x2.mul(m, f64x2.splat(gain))));
      p += wide;
      other += wide;
    }
  }
}
