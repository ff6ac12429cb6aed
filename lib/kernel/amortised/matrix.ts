/** Products of small matrices, row by row, four numbers side by side. Every sum has one fixed order. */

/** c [rows x columns] = a [rows x inner] b [inner x columns] + bias [columns], or without a bias if it is 0. Rows divide by four, columns by eight. */
export function multiply(a: usize, b: usize, bias: usize, c: usize, rows: i32, inner: i32, columns: i32): void {
  const aRow = <usize>inner << 2;
  const bRow = <usize>columns << 2;
  for (let column: usize = 0; column < bRow; column += 32) {
    const bias0 = bias ? v128.load(bias + column) : f32x4.splat(0);
    const bias1 = bias ? v128.load(bias + column, 16) : f32x4.splat(0);
    for (let row = 0; row < rows; row += 4) {
      let a0 = a + <usize>row * aRow;
      const end = a0 + aRow;
      let from = b + column;
      let s00 = bias0, s01 = bias1, s10 = bias0, s11 = bias1;
      let s20 = bias0, s21 = bias1, s30 = bias0, s31 = bias1;
      while (a0 < end) {
        const b0 = v128.load(from);
        const b1 = v128.load(from, 16);
        let x = v128.load32_splat(a0);
        s00 = f32x4.add(s00, f32x4.mul(x, b0));
        s01 = f32x4.add(s01, f32x4.mul(x, b1));
        x = v128.load32_splat(a0 + aRow);
        s10 = f32x4.add(s10, f32x4.mul(x, b0));
        s11 = f32x4.add(s11, f32x4.mul(x, b1));
        x = v128.load32_splat(a0 + 2 * aRow);
        s20 = f32x4.add(s20, f32x4.mul(x, b0));
        s21 = f32x4.add(s21, f32x4.mul(x, b1));
        x = v128.load32_splat(a0 + 3 * aRow);
        s30 = f32x4.add(s30, f32x4.mul(x, b0));
        s31 = f32x4.add(s31, f32x4.mul(x, b1));
        a0 += 4;
        from += bRow;
      }
      const to = c + <usize>row * bRow + column;
      v128.store(to, s00);
      v128.store(to, s01, 16);
      v128.store(to + bRow, s10);
      v128.store(to + bRow, s11, 16);
      v128.store(to + 2 * bRow, s20);
      v128.store(to + 2 * bRow, s21, 16);
      v128.store(to + 3 * bRow, s30);
      v128.store(to + 3 * bRow, s31, 16);
    }
  }
}

/** to [inner x columns] += a' b with a [rows x inner], b [rows x columns]. Inner divides by four, columns by eight. */
export function addOuter(a: usize, b: usize, to: usize, rows: i32, inner: i32, columns: i32): void {
  const aRow = <usize>inner << 2;
  const bRow = <usize>columns << 2;
  for (let column: usize = 0; column < bRow; column += 32)
    for (let i: usize = 0; i < aRow; i += 16) {
      let s00 = f32x4.splat(0);
      let s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
      let x = a + i;
      let from = b + column;
      for (let row = 0; row < rows; row++) {
        const b0 = v128.load(from);
        const b1 = v128.load(from, 16);
        let v = v128.load32_splat(x);
        s00 = f32x4.add(s00, f32x4.mul(v, b0));
        s01 = f32x4.add(s01, f32x4.mul(v, b1));
        v = v128.load32_splat(x, 4);
        s10 = f32x4.add(s10, f32x4.mul(v, b0));
        s11 = f32x4.add(s11, f32x4.mul(v, b1));
        v = v128.load32_splat(x, 8);
        s20 = f32x4.add(s20, f32x4.mul(v, b0));
        s21 = f32x4.add(s21, f32x4.mul(v, b1));
        v = v128.load32_splat(x, 12);
        s30 = f32x4.add(s30, f32x4.mul(v, b0));
        s31 = f32x4.add(s31, f32x4.mul(v, b1));
        x += aRow;
        from += bRow;
      }
      const at = to + (i >> 2) * bRow + column;
      addTo(at, s00, s01);
      addTo(at + bRow, s10, s11);
      addTo(at + 2 * bRow, s20, s21);
      addTo(at + 3 * bRow, s30, s31);
    }
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, a: v128, b: v128): void {
  v128.store(at, f32x4.add(v128.load(at), a));
  v128.store(at, f32x4.add(v128.load(at, 16), b), 16);
}

/** to [columns] += the sum of the rows of b [rows x columns]. */
export function addRows(b: usize, to: usize, rows: i32, columns: i32): void {
  const bRow = <usize>columns << 2;
  for (let column: usize = 0; column < bRow; column += 16) {
    let sum = f32x4.splat(0);
    for (let row = 0; row < rows; row++) sum = f32x4.add(sum, v128.load(b + <usize>row * bRow + column));
    v128.store(to + column, f32x4.add(v128.load(to + column), sum));
  }
}

/** to [columns x rows] = the transpose of b [rows x columns]. */
export function transpose(b: usize, to: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      f32.store(to + (<usize>(column * rows + row) << 2), f32.load(b + (<usize>(row * columns + column) << 2)));
}
