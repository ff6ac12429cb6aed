/** Sums over drawn rows, series side by side: each series is summed in the order of its draw. */

import { numbers } from "./numbers";

/**
 * For each draw, the sums [width] of the rows that its indices name.
 *
 * @param rows [. x width]; the width a multiple of eight
 * @param indices [draws x n]
 * @param out [draws x width]
 */
export function sumDraws(rows: usize, width: i32, indices: usize, n: i32, draws: i32, out: usize): void {
  const wide = numbers(width);
  const bytes = (<usize>n) << 2;
  for (let draw = 0; draw < draws; draw++) {
    for (let column: usize = 0; column < wide; column += 64) sumEight(rows + column, wide, indices, bytes, out + column);
    indices += bytes;
    out += wide;
  }
}

/** Eight series: four sums side by side. */
function sumEight(rows: usize, wide: usize, indices: usize, bytes: usize, out: usize): void {
  let a = f64x2.splat(0);
  let b = a, c = a, d = a;
  for (const end = indices + bytes; indices < end; indices += 4) {
    const row = rows + <usize>load<u32>(indices) * wide;
    a = f64x2.add(a, v128.load(row));
    b = f64x2.add(b, v128.load(row, 16));
    c = f64x2.add(c, v128.load(row, 32));
    d = f64x2.add(d, v128.load(row, 48));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
}
