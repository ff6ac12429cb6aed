/** Sums of f_k f_l (1, z)(1, z)' over groups of rows. Every sum has one fixed order: that of the groups. */

import { add, at, numbers, put } from "./numbers";
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
  /** Sums of (1, z) y of the current group [width]. */
  response: usize;
  /** Room for a number of every group. */
  weights: usize;
  scaled: usize;
  /** Sums of f_k (1, z) y [K x width], the coefficients, and the factor that they come from. */
  moments: usize;
  out: usize;
  factor: usize;
}

/** Begins a group: its sums are nothing. */
export function beginGroup(sums: Sums, group: i32): void {
  memory.fill(sums.first + numbers(group * sums.width), 0, numbers(sums.width));
  memory.fill(sums.response, 0, numbers(sums.width));
  memory.fill(sums.products + <usize>(group * sums.productBytes), 0, sums.productBytes);
}

/** Takes a row of a group, whose inputs stand in z. */
export function addRow(sums: Sums, group: i32, y: f64): void {
  const z = sums.z + numbers(group * sums.width);
  const first = sums.first + numbers(group * sums.width);
  const products = sums.products + <usize>(group * sums.productBytes);
  add(first, 0, 1);
  add(sums.response, 0, y);
  for (let i = 0; i < sums.own; i++) {
    const value = at(z, i);
    const row = rowOf(products, i);
    // To an even number: what stands behind the diagonal is never read.
    for (let j: usize = 0; j < numbers(i + 1); j += 16)
      v128.store(row + j, f64x2.add(v128.load(row + j), f64x2.mul(f64x2.splat(value), v128.load(z + j))));
    add(first, 1 + i, value);
    add(sums.response, 1 + i, value * y);
  }
}

/** Ends a group: what its rows share enters its sums, and these the response's moments. */
export function endGroup(sums: Sums, group: i32): void {
  const z = sums.z + numbers(group * sums.width);
  const first = sums.first + numbers(group * sums.width);
  for (let i = sums.own; i < sums.d; i++) {
    const value = at(z, i);
    put(first, 1 + i, at(first, 0) * value);
    put(sums.response, 1 + i, at(sums.response, 0) * value);
  }
  for (let k = 0; k < sums.k; k++) {
    const weight = at(sums.f, group * sums.k + k);
    const moments = sums.moments + numbers(k * sums.width);
    for (let j = 0; j <= sums.d; j++) add(moments, j, weight * at(sums.response, j));
  }
}

/** Adds `count` groups to all triangles. */
export function addGroups(sums: Sums, count: i32): void {
  let triangle = sums.triangles;
  for (let k = 0; k < sums.k; k++)
    for (let l = 0; l <= k; l++) {
      for (let g = 0; g < count; g++) {
        const f = sums.f + numbers(g * sums.k);
        put(sums.weights, g, at(f, k) * at(f, l));
      }
      addOwn(sums, triangle, count);
      for (let i = sums.own; i < sums.d; i++) addShared(sums, triangle, i, count);
      triangle += sums.bytes;
    }
}

/** What a row's own inputs make: their products are of one group each. */
function addOwn(sums: Sums, triangle: usize, count: i32): void {
  const wide = numbers(sums.width);
  for (let g = 0; g < count; g++) {
    const weight = at(sums.weights, g);
    const first = sums.first + <usize>g * wide;
    const products = sums.products + <usize>(g * sums.productBytes);
    add(triangle, 0, weight * at(first, 0));
    for (let i = 0; i < sums.own; i++) {
      const into = rowOf(triangle, 1 + i);
      const from = rowOf(products, i);
      add(into, 0, weight * at(first, 1 + i));
      for (let j = 0; j <= i; j++) add(into, 1 + j, weight * at(from, j));
    }
  }
}

/** The row of a shared input: its value in a group times the group's sums of (1, z). */
function addShared(sums: Sums, triangle: usize, i: i32, count: i32): void {
  const wide = numbers(sums.width);
  const scaled = sums.scaled;
  for (let g = 0; g < count; g++) {
    put(scaled, g, at(sums.weights, g) * at(sums.z + <usize>g * wide, i));
  }
  let into = rowOf(triangle, 1 + i);
  // To a multiple of eight: what stands behind the diagonal is never read.
  const end = rowOf(triangle, 2 + i);
  let from = sums.first;
  for (; into < end; into += 64) {
    let s0 = v128.load(into), s1 = v128.load(into, 16), s2 = v128.load(into, 32), s3 = v128.load(into, 48);
    let row = from;
    for (let g = 0; g < count; g++) {
      const x = v128.load64_splat(scaled + numbers(g));
      s0 = f64x2.add(s0, f64x2.mul(x, v128.load(row)));
      s1 = f64x2.add(s1, f64x2.mul(x, v128.load(row, 16)));
      s2 = f64x2.add(s2, f64x2.mul(x, v128.load(row, 32)));
      s3 = f64x2.add(s3, f64x2.mul(x, v128.load(row, 48)));
      row += wide;
    }
    v128.store(into, s0);
    v128.store(into, s1, 16);
    v128.store(into, s2, 32);
    v128.store(into, s3, 48);
    from += 64;
  }
}
