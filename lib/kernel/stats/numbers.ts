/** Arrays of doubles by their address. */

/** Bytes of so many. */
// @ts-ignore: decorator
@inline
export function numbers(count: i32): usize {
  return (<usize>count) << 3;
}

// @ts-ignore: decorator
@inline
export function at(array: usize, i: i32): f64 {
  return load<f64>(array + numbers(i));
}

// @ts-ignore: decorator
@inline
export function put(array: usize, i: i32, value: f64): void {
  store<f64>(array + numbers(i), value);
}

// @ts-ignore: decorator
@inline
export function add(array: usize, i: i32, value: f64): void {
  put(array, i, at(array, i) + value);
}
