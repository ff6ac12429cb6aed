/** Inner products. */

/** Sum of the first n products, in four sums that need not wait for one another. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>, n: number): number {
  // Four declarations: taken out of an array they make the loop three times as slow.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < n; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
