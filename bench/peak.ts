/** Multiply and add on eight independent vectors: what 128-bit WebAssembly can do without loads. Returns a sum of them. */
export function multiplyAdd(rounds: i32): f32 {
  const w = f32x4.splat(0.999);
  const u = f32x4.splat(0.001);
  let a = u;
  let b = f32x4.splat(1);
  let c = f32x4.splat(2);
  let d = f32x4.splat(3);
  let e = f32x4.splat(4);
  let f = f32x4.splat(5);
  let g = f32x4.splat(6);
  let h = f32x4.splat(7);
  for (let i = 0; i < rounds; i++) {
    a = f32x4.add(f32x4.mul(a, w), u);
    b = f32x4.add(f32x4.mul(b, w), u);
    c = f32x4.add(f32x4.mul(c, w), u);
    d = f32x4.add(f32x4.mul(d, w), u);
    e = f32x4.add(f32x4.mul(e, w), u);
    f = f32x4.add(f32x4.mul(f, w), u);
    g = f32x4.add(f32x4.mul(g, w), u);
    h = f32x4.add(f32x4.mul(h, w), u);
  }
  const sum = f32x4.add(
    f32x4.add(f32x4.add(a, b), f32x4.add(c, d)),
    f32x4.add(f32x4.add(e, f), f32x4.add(g, h)),
  );
  return f32x4.extract_lane(sum, 0);
}
