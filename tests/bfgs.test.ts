/** The minimiser, on functions whose minimum is known. */

import { describe, expect, it } from "vitest";
import { minimize, type Objective } from "../lib/src/stats/bfgs.js";

/** Components at which the gradient is below 1e-8, where the curvature is of order one. */
const FOUND = 1e-7;

const expectAt = ({ at }: { readonly at: ArrayLike<number> }, expected: readonly number[]) => {
  expect(at).toHaveLength(expected.length);
  expected.forEach((v, i) => {
    expect(Math.abs(at[i]! - v)).toBeLessThanOrEqual(FOUND);
  });
};

/** (1 - x)^2 + 100 (y - x^2)^2, a bent valley. */
const rosenbrock = ([x = 0, y = 0]: ArrayLike<number> & Iterable<number>) => ({
  value: (1 - x) ** 2 + 100 * (y - x ** 2) ** 2,
  gradient: [-2 * (1 - x) - 400 * x * (y - x ** 2), 200 * (y - x ** 2)],
});

describe("minimize", () => {
  it("finds the minimum of a parabola", () => {
    const parabola = ([x = 0]: Float64Array) => ({
      value: (x - 3) ** 2,
      gradient: [2 * (x - 3)],
    });
    expectAt(minimize(parabola, [0]), [3]);
    expect(minimize(parabola, [3]).value).toBe(0);
  });

  it("finds the minimum of a quadratic with very unequal axes, turned", () => {
    const quadratic = ([x = 0, y = 0]: Float64Array) => {
      const [u, v] = [x + y - 3, x - y + 1];
      return {
        value: 1000 * u ** 2 + v ** 2,
        gradient: [2000 * u + 2 * v, 2000 * u - 2 * v],
      };
    };
    expectAt(minimize(quadratic, [-5, 8]), [1, 2]);
  });

  it.each([
    [-1.2, 1],
    [2, -3],
    [0, 0],
  ])("follows Rosenbrock's valley from %d, %d", (x, y) => {
    let calls = 0;
    const end = minimize(
      (at) => {
        calls++;
        return rosenbrock(at);
      },
      [x, y],
    );
    expectAt(end, [1, 1]);
    expect(calls).toBeLessThan(100);
  });

  it("never ends higher than it starts", () => {
    const wave = ([x = 0]: Float64Array) => ({
      value: Math.sin(x) + x / 10,
      gradient: [Math.cos(x) + 0.1],
    });
    for (let start = -10; start <= 10; start++) {
      const { at, value } = minimize(wave, [start]);
      expect(value).toBeLessThanOrEqual(wave(Float64Array.of(start)).value);
      expect(Math.abs(wave(Float64Array.from(at)).gradient[0]!)).toBeLessThan(1e-7);
    }
  });

  it("goes on where the function is not finite on the way", () => {
    const logarithmic = ([x = 0]: Float64Array): Objective => ({
      value: x - 2 * Math.log(x),
      gradient: [1 - 2 / x],
    });
    expectAt(minimize(logarithmic, [0.01]), [2]);
    expectAt(minimize(logarithmic, [50]), [2]);
  });

  it("ends on a slope without end, and on a plain", () => {
    const slope = ([x = 0]: Float64Array) => ({ value: -x, gradient: [-1] });
    expect(minimize(slope, [0]).value).toBeLessThanOrEqual(0);
    const decay = ([x = 0]: Float64Array) => ({
      value: Math.exp(-x),
      gradient: [-Math.exp(-x)],
    });
    expect(minimize(decay, [0]).value).toBeLessThan(1e-7);
    const plain = () => ({ value: 1, gradient: [0, 0] });
    expect([...minimize(plain, [4, 5]).at]).toEqual([4, 5]);
  });

  it("stays at a start that has no value", () => {
    const none = () => ({ value: NaN, gradient: [NaN] });
    expect([...minimize(none, [4]).at]).toEqual([4]);
  });

  it("leaves the start unchanged", () => {
    const start = Float64Array.of(-1.2, 1);
    minimize(rosenbrock, start);
    expect([...start]).toEqual([-1.2, 1]);
  });
});
