/** Functions of four numbers side by side, and of long vectors. Every sum has one fixed order. */

export const LINEAR: i32 = 0;
export const SIGMOID: i32 = 1;
export const TANH: i32 = 2;

/** The activation of four numbers. */
// @ts-ignore: decorator
@inline
export function activate(x: v128, kind: i32): v128 {
  if (kind == LINEAR) return x;
  const ones = f32x4.splat(1);
  // e^-x and e^2x, as powers of two.
  if (kind == SIGMOID) return f32x4.div(ones, f32x4.add(ones, exp2(f32x4.mul(x, f32x4.splat(-1.4426950408889634)))));
  if (kind == TANH)
    return f32x4.sub(
      ones,
      f32x4.div(f32x4.splat(2), f32x4.add(ones, exp2(f32x4.mul(x, f32x4.splat(2.8853900817779268))))),
    );
  // NaN stays NaN: pmax takes its first argument unless that is smaller.
  return f32x4.pmax(x, f32x4.splat(0));
}

/** The activation of numbers in place, `bytes` a multiple of 16: a loop for each kind, whose constants stay in registers. */
export function activateAll(at: usize, bytes: usize, kind: i32): void {
  if (kind == SIGMOID) activateEach(at, bytes, SIGMOID);
  else if (kind == TANH) activateEach(at, bytes, TANH);
  else if (kind != LINEAR) activateEach(at, bytes, kind);
}

// @ts-ignore: decorator
@inline
function activateEach(at: usize, bytes: usize, kind: i32): void {
  const end = at + bytes;
  // Four vectors side by side, as each waits long for its own power of two.
  for (; at + 64 <= end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    v128.store(at, activate(a, kind));
    v128.store(at, activate(b, kind), 16);
    v128.store(at, activate(c, kind), 32);
    v128.store(at, activate(d, kind), 48);
  }
  for (; at < end; at += 16) v128.store(at, activate(v128.load(at), kind));
}

/** Derivative of the activation, from its value. */
// @ts-ignore: decorator
@inline
export function slope(value: v128, kind: i32): v128 {
  const ones = f32x4.splat(1);
  if (kind == LINEAR) return ones;
  if (kind == SIGMOID) return f32x4.mul(value, f32x4.sub(ones, value));
  if (kind == TANH) return f32x4.sub(ones, f32x4.mul(value, value));
  return v128.and(f32x4.gt(value, f32x4.splat(0)), ones);
}

/**
 * 2^y, with y held within +-125: y = n + t, 2^t over |t| <= 1/2 by the polynomial of degree 5 with the least relative error
 * (7.2e-8) among those with 2^0 = 1, and n added to the exponent. The addition of 1.5 x 2^23 leaves n in the last bits.
 */
// @ts-ignore: decorator
@inline
export function exp2(y: v128): v128 {
  const limit = f32x4.splat(125);
  const held = f32x4.pmin(f32x4.pmax(y, f32x4.neg(limit)), limit);
  const magic = f32x4.splat(12582912);
  const rounded = f32x4.add(held, magic);
  const t = f32x4.sub(held, f32x4.sub(rounded, magic));
  let p = f32x4.splat(0.0013283392590782625);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.009674298240888234));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.05550678023280655));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.24022181023658676));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.6931470145375741));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(1));
  return i32x4.add(p, i32x4.shl(rounded, 23));
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function total(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** Sums of the lanes of four vectors, as one vector; each in the order of `total`. */
// @ts-ignore: decorator
@inline
export function totals(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(i32x4.shuffle(a, b, 0, 4, 2, 6), i32x4.shuffle(a, b, 1, 5, 3, 7)); // a01 b01 a23 b23
  const cd = f32x4.add(i32x4.shuffle(c, d, 0, 4, 2, 6), i32x4.shuffle(c, d, 1, 5, 3, 7));
  return f32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3));
}

/** Sum of a[i] b[i]. */
export function dot(a: usize, b: usize, n: i32): f32 {
  let sum = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = <usize>i << 2;
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  let result = total(sum);
  for (; i < n; i++) result += f32.load(a + (<usize>i << 2)) * f32.load(b + (<usize>i << 2));
  return result;
}

/** to[i] += factor from[i]. */
export function addScaled(to: usize, from: usize, factor: f32, n: i32): void {
  const splat = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const at = <usize>i << 2;
    v128.store(to + at, f32x4.add(v128.load(to + at), f32x4.mul(splat, v128.load(from + at))));
  }
  for (; i < n; i++) {
    const at = <usize>i << 2;
    f32.store(to + at, f32.load(to + at) + factor * f32.load(from + at));
  }
}
