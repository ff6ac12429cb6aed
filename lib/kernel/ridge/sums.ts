/** Sums of f_k f_l (1, z)(1, z)' over groups of rows. Every sum has one fixed order: that of the groups. */

import { rowOf } from "./triangle";

/** Where the sums stand, and groups that are still to be added. */
@unmanaged
export class Sums {
  /** Regressors, inputs, and how many of these are a row's own. */
  k: i32;
  d: i32;
  own: i32;
  /** Numbers of a group's row of inputs, a multiple of eight. */
  width: i32;
  /** Of the triangle of a pair of regressors, and of that of a group's products. */
  bytes: i32;
  productBytes: i32;
  /** Triangles of all pairs. */
  triangles: usize;
  /** By group: f [K], z [width], sums of (1, z) [width], and the triangle of its products of own inputs. */
  f: usize;
  z: usize;
  first: usize;
  products: usize;
  /** Room for a number of every group. */
  weights: usize;
  scaled: usize;
  /** Sums of f_k (1, z) y [K x width], the coefficients, and the factor that they come from. */
  moments: usize;
  out: usize;
  factor: usize;
}

/** Adds `count` groups to all triangles. */
export function addGroups(sums: Sums, count: i32): void {
  let triangle = sums.triangles;
  for (let k = 0; k < sums.k; k++)
    for (let l = 0; l <= k; l++) {
      for (let g = 0; g < count; g++) {
        const f = sums.f + ((<usize>(g * sums.k)) << 3);
        const weight = load<f64>(f + ((<usize>k) << 3)) * load<f64>(f + ((<usize>l) << 3));
        store<f64>(sums.weights + ((<usize>g) << 3), weight);
      }
      addOwn(sums, triangle, count);
      for (let i = sums.own; i < sums.d; i++) addShared(sums, triangle, i, count);
      triangle += sums.bytes;
    }
}

/** What a row's own inputs make: their products are of one group each. */
function addOwn(sums: Sums, triangle: usize, count: i32): void {
  const wide = (<usize>sums.width) << 3;
  for (let g = 0; g < count; g++) {
    const weight = load<f64>(sums.weights + ((<usize>g) << 3));
    const first = sums.first + <usize>g * wide;
    const products = sums.products + <usize>(g * sums.productBytes);
    add(triangle, weight * load<f64>(first));
    for (let i = 0; i < sums.own; i++) {
      const into = rowOf(triangle, 1 + i);
      const from = rowOf(products, i);
      add(into, weight * load<f64>(first + ((<usize>(1 + i)) << 3)));
      for (let j: usize = 0; j <= (<usize>i) << 3; j += 8) add(into + 8 + j, weight * load<f64>(from + j));
    }
  }
}

// @ts-ignore: decorator
@inline
function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}

/** The row of a shared input: its value in a group times the group's sums of (1, z). */
function addShared(sums: Sums, triangle: usize, i: i32, count: i32): void {
  const wide = (<usize>sums.width) << 3;
  const scaled = sums.scaled;
  for (let g = 0; g < count; g++) {
    const at = (<usize>g) << 3;
    const z = load<f64>(sums.z + <usize>g * wide + ((<usize>i) << 3));
    store<f64>(scaled + at, load<f64>(sums.weights + at) * z);
  }
  let into = rowOf(triangle, 1 + i);
  // To a multiple of eight: what stands behind the diagonal is never read.
  const end = rowOf(triangle, 2 + i);
  let from = sums.first;
  for (; into < end; into += 64) {
    let s0 = v128.load(into), s1 = v128.load(into, 16), s2 = v128.load(into, 32), s3 = v128.load(into, 48);
    let at = from;
    for (let g = 0; g < count; g++) {
      const x = v128.load64_splat(scaled + ((<usize>g) << 3));
      s0 = f64x2.add(s0, f64x2.mul(x, v128.load(at)));
      s1 = f64x2.add(s1, f64x2.mul(x, v128.load(at, 16)));
      s2 = f64x2.add(s2, f64x2.mul(x, v128.load(at, 32)));
      s3 = f64x2.add(s3, f64x2.mul(x, v128.load(at, 48)));
      at += wide;
    }
    v128.store(into, s0);
    v128.store(into, s1, 16);
    v128.store(into, s2, 32);
    v128.store(into, s3, 48);
    from += 64;
  }
}
