/** Coefficients by a Cholesky factor of the sums. An inner product is four sums, in the order of `dot`. */

import { at, numbers, put } from "./numbers";
import { Sums } from "./sums";
import { rowOf } from "./triangle";

/** Rows of the factor that are made together: each row before them is read once for all. */
const TOGETHER: i32 = 8;

/** Solves for all coefficients, with the penalty on the diagonal of those of inputs. */
export function solve(sums: Sums, penalty: f64): void {
  const size = sums.k * (1 + sums.d);
  for (let first = 0; first < size; first += TOGETHER) {
    const end = min(size, first + TOGETHER);
    for (let i = first; i < end; i++) fill(sums, i);
    factorise(sums.factor, first, end, sums.k, penalty);
    for (let i = first; i < end; i++) {
      const own = rowOf(sums.factor, i);
      put(sums.out, i, (momentOf(sums, i) - dot(own, sums.out, i)) / at(own, i));
    }
  }
  substitute(sums.factor, sums.out, size);
}

/** Makes rows from `from` to `end` of a symmetric matrix, with a penalty on its diagonal, rows of its factor, which stand before them. */
export function extendFactor(factor: usize, from: i32, end: i32, penalty: f64): void {
  for (let first = from; first < end; first += TOGETHER)
    factorise(factor, first, min(end, first + TOGETHER), 0, penalty);
}

/** Inner products of row `n` of `rows` with every row through itself, of which each has `length` numbers and begins `bytes` behind the last. */
export function innerProducts(rows: usize, bytes: i32, length: i32, n: i32, out: usize): void {
  const own = rows + <usize>n * bytes;
  for (let i = 0; i <= n; i++) put(out, i, dot(own, rows + <usize>i * bytes, length));
}

/** A few rows at once; those from `plain` on have the penalty. */
function factorise(factor: usize, first: i32, end: i32, plain: i32, penalty: f64): void {
  eliminate(factor, first, end);
  for (let i = first; i < end; i++) {
    const own = rowOf(factor, i);
    for (let j = first; j < i; j++) eliminateOne(own, rowOf(factor, j), j);
    put(own, i, sqrt(at(own, i) + (i < plain ? 0 : penalty) - dot(own, own, i)));
  }
}

/** Regressor of a coefficient, and its input: 0 for the regressor alone. */
// @ts-ignore: decorator
@inline
function regressorOf(sums: Sums, i: i32): i32 {
  return i < sums.k ? i : (i - sums.k) / sums.d;
}

// @ts-ignore: decorator
@inline
function inputOf(sums: Sums, i: i32): i32 {
  return i < sums.k ? 0 : 1 + ((i - sums.k) % sums.d);
}

function momentOf(sums: Sums, i: i32): f64 {
  return at(sums.moments, regressorOf(sums, i) * sums.width + inputOf(sums, i));
}

/** Row of the normal equations. */
function fill(sums: Sums, i: i32): void {
  const k = regressorOf(sums, i);
  const a = inputOf(sums, i);
  let to = rowOf(sums.factor, i);
  for (let l = 0; l < min(sums.k, i + 1); l++) {
    store<f64>(to, load<f64>(triangleOf(sums, k, l) + rowOf(0, a)));
    to += 8;
  }
  let left = i + 1 - sums.k;
  for (let l = 0; left > 0; l++) {
    const triangle = triangleOf(sums, k, l);
    const last = min(sums.d, left);
    for (let b = 1; b <= last; b++) {
      store<f64>(to, at(rowOf(triangle, max(a, b)), min(a, b)));
      to += 8;
    }
    left -= sums.d;
  }
}

// @ts-ignore: decorator
@inline
function triangleOf(sums: Sums, k: i32, l: i32): usize {
  const high = max(k, l);
  return sums.triangles + <usize>(high * (high + 1) / 2 + min(k, l)) * sums.bytes;
}

/** Columns before `first` of the rows from there to `end`. */
function eliminate(factor: usize, first: i32, end: i32): void {
  for (let j = 0; j < first; j++) {
    const other = rowOf(factor, j);
    let i = first;
    for (; i + 4 <= end; i += 4)
      eliminateFour(rowOf(factor, i), rowOf(factor, i + 1), rowOf(factor, i + 2), rowOf(factor, i + 3), other, j);
    for (; i < end; i++) eliminateOne(rowOf(factor, i), other, j);
  }
}

// @ts-ignore: decorator
@inline
function eliminateFour(a: usize, b: usize, c: usize, d: usize, other: usize, j: i32): void {
  let a0 = f64x2.splat(0);
  let a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  const whole = numbers(j & ~3);
  for (let place: usize = 0; place < whole; place += 32) {
    const x0 = v128.load(other + place);
    const x1 = v128.load(other + place, 16);
    a0 = f64x2.add(a0, f64x2.mul(v128.load(a + place), x0));
    a1 = f64x2.add(a1, f64x2.mul(v128.load(a + place, 16), x1));
    b0 = f64x2.add(b0, f64x2.mul(v128.load(b + place), x0));
    b1 = f64x2.add(b1, f64x2.mul(v128.load(b + place, 16), x1));
    c0 = f64x2.add(c0, f64x2.mul(v128.load(c + place), x0));
    c1 = f64x2.add(c1, f64x2.mul(v128.load(c + place, 16), x1));
    d0 = f64x2.add(d0, f64x2.mul(v128.load(d + place), x0));
    d1 = f64x2.add(d1, f64x2.mul(v128.load(d + place, 16), x1));
  }
  divide(a, other, j, rest(a, other, j, a0, a1));
  divide(b, other, j, rest(b, other, j, b0, b1));
  divide(c, other, j, rest(c, other, j, c0, c1));
  divide(d, other, j, rest(d, other, j, d0, d1));
}

function eliminateOne(own: usize, other: usize, j: i32): void {
  divide(own, other, j, dot(own, other, j));
}

// @ts-ignore: decorator
@inline
function divide(own: usize, other: usize, j: i32, product: f64): void {
  put(own, j, (at(own, j) - product) / at(other, j));
}

/** Sum of the first n products. */
function dot(a: usize, b: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  const whole = numbers(n & ~3);
  for (let place: usize = 0; place < whole; place += 32) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(a + place), v128.load(b + place)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(a + place, 16), v128.load(b + place, 16)));
  }
  return rest(a, b, n, s0, s1);
}

/** Four sums and the products behind a multiple of four as one. */
// @ts-ignore: decorator
@inline
function rest(a: usize, b: usize, n: i32, s0: v128, s1: v128): f64 {
  let sum = f64x2.extract_lane(s0, 0);
  for (let i = n & ~3; i < n; i++) sum += at(a, i) * at(b, i);
  return sum + f64x2.extract_lane(s0, 1) + (f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1));
}

/** L'x = b in place. */
function substitute(factor: usize, x: usize, size: i32): void {
  for (let i = size - 1; i >= 0; i--) {
    const own = rowOf(factor, i);
    const value = at(x, i) / at(own, i);
    put(x, i, value);
    const splat = f64x2.splat(value);
    const whole = numbers(i & ~1);
    for (let place: usize = 0; place < whole; place += 16)
      v128.store(x + place, f64x2.sub(v128.load(x + place), f64x2.mul(splat, v128.load(own + place))));
    if (i & 1) put(x, i - 1, at(x, i - 1) - value * at(own, i - 1));
  }
}
