/** Rolling regressions: moving sums against the obvious loop. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { movingSums } from "../lib/src/stats/moving-sums.js";
import { neweyWestCovariance } from "../lib/src/stats/newey-west.js";
import { type Regression, regression } from "../lib/src/stats/ols.js";
import { rollingOls } from "../lib/src/stats/rolling-ols.js";
import { whiteCovariance } from "../lib/src/stats/white.js";
import { AGREEMENT, RUNS, reference } from "./support/helpers.js";

type Options = Parameters<typeof rollingOls>[2];

/** The slow obvious version: one regression per window and series. */
function oneByOne(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: Options,
): { coefficients: number[]; standardErrors: number[]; covariances: number[] } {
  const { lookback, intercept, covariance } = options;
  const { minObs = lookback, dependents: N = 1 } = options;
  const T = y.length / N;
  const K = x.length / T;
  const k = K + (intercept ? 1 : 0);
  const coefficients: number[] = [];
  const standardErrors: number[] = [];
  const covariances: number[] = [];
  for (let t = 0; t < T; t++)
    for (let i = 0; i < N; i++) {
      const window = Array.from({ length: lookback }, (_, l) => t - l)
        .reverse()
        .filter((row) => row >= 0)
        .map((row) => ({
          x: Array.from({ length: K }, (_, j) => x[row * K + j]!),
          y: y[row * N + i]!,
        }))
        .filter((row) => [...row.x, row.y].every(Number.isFinite));
      let fit: Regression | undefined;
      if (window.length >= Math.max(minObs, k))
        try {
          fit = regression(
            window.flatMap((row) => row.x),
            window.map((row) => row.y),
            { intercept },
          );
        } catch {
          // Collinear: no estimate.
        }
      const named = fit && covariance === "HC3" ? whiteCovariance(fit, "HC3") : fit?.covariance;
      const matrix = fit && typeof covariance === "function" ? covariance(fit) : named;
      for (let j = 0; j < k; j++) {
        coefficients.push(fit?.coefficients[j] ?? NaN);
        standardErrors.push(Math.sqrt(matrix?.[j * (k + 1)] ?? NaN));
      }
      for (let at = 0; at < k * k; at++) covariances.push(matrix?.[at] ?? NaN);
    }
  return { coefficients, standardErrors, covariances };
}

/** Relative to the number, or to a thousandth of its standard error where it happens to be near zero. */
function expectSame(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  standardErrors: ArrayLike<number>,
): void {
  expect(actual).toHaveLength(expected.length);
  for (let at = 0; at < expected.length; at++) {
    const [ours, theirs] = [actual[at]!, expected[at]!];
    const size = Math.abs(theirs) + 1e-3 * (standardErrors[at]! || 0);
    if (Number.isNaN(theirs) ? !Number.isNaN(ours) : !(Math.abs(ours - theirs) <= AGREEMENT * size))
      expect.fail(`${ours} for ${theirs} at ${at}`);
  }
}

function expectOneByOne(x: ArrayLike<number>, y: ArrayLike<number>, options: Options): void {
  const ours = rollingOls(x, y, { ...options, covariances: true });
  const theirs = oneByOne(x, y, options);
  expectSame(ours.coefficients, theirs.coefficients, theirs.standardErrors);
  expectSame(ours.standardErrors!, theirs.standardErrors, []);
  // A covariance may be near zero: its digits are those of the product of the standard errors.
  const k = ours.k;
  const errors = theirs.standardErrors;
  const products = theirs.covariances.map((_, at) => {
    const [cell, i, j] = [Math.floor(at / (k * k)), Math.floor(at / k) % k, at % k];
    return 1e3 * errors[cell * k + i]! * errors[cell * k + j]!;
  });
  expectSame(ours.covariances!, theirs.covariances, products);
}

/** Seeded numbers, uniform on [-1/2, 1/2]. */
function uniform(count: number, ...key: (string | number)[]): Float64Array {
  const draw = stream("rollingOls", ...key);
  return Float64Array.from({ length: count }, () => draw.uniform() - 0.5);
}

const rolling = reference<{
  readonly dependents: number;
  readonly x: readonly number[];
  readonly cases: readonly {
    readonly name: string;
    readonly lookback: number;
    readonly minObs: number;
    readonly intercept: boolean;
    readonly y: readonly (number | null)[];
    readonly coefficients: readonly (number | null)[];
    readonly classical: readonly (number | null)[];
    readonly HC0: readonly (number | null)[];
  }[];
}>("rolling-ols");

describe("movingSums", () => {
  it("sums the last rows, fewer at the start, column by column", () => {
    expect([...movingSums([1, 2, 3, 4, 5, 6, 7], 1, 3)]).toEqual([1, 3, 6, 9, 12, 15, 18]);
    expect([...movingSums([1, 10, 2, 20, 3, 30, 4, 40], 2, 2)]).toEqual([
      1, 10, 3, 30, 5, 50, 7, 70,
    ]);
    expect([...movingSums([1, 2, 3], 1, 1)]).toEqual([1, 2, 3]);
    expect([...movingSums([1, 2, 3], 1, 5)]).toEqual([1, 3, 6]);
    expect([...movingSums([], 2, 3)]).toEqual([]);
  });

  it("is the sum of the window whatever length and width", () => {
    const integers = fc.array(fc.integer({ min: -1e6, max: 1e6 }), {
      maxLength: 60,
    });
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(integers, size, size, (drawn, width, lookback) => {
        const T = Math.floor(drawn.length / width);
        const values = drawn.slice(0, T * width);
        const expected = values.map((_, at) => {
          let sum = 0;
          for (let lag = 0; lag < lookback; lag++) sum += values[at - lag * width] ?? 0;
          return sum;
        });
        expect([...movingSums(values, width, lookback)]).toEqual(expected);
      }),
      RUNS,
    );
  });

  it("forgets a huge value with the window it leaves", () => {
    const values = [0.1, 0.2, 1e20, 0.3, 0.4, 0.5, 0.6, 0.7];
    expect(movingSums(values, 1, 3).slice(5)).toEqual(
      Float64Array.of(0.3 + (0.4 + 0.5), 0.4 + 0.5 + 0.6, 0.5 + (0.6 + 0.7)),
    );
  });
});

describe("rollingOls", () => {
  it("uses the last rows up to and including its own, and is NaN until the window is full", () => {
    const { coefficients, observations } = rollingOls([1, 2, 1, 3], [2, 4, 3, 9], {
      lookback: 2,
      intercept: false,
    });
    expect(coefficients[0]).toBeNaN();
    [2, 2.2, 3].forEach((b, at) => {
      expect(coefficients[at + 1]).toBeCloseTo(b, 14);
    });
    expect([...observations]).toEqual([1, 2, 2, 2]);
  });

  it.each(rolling.cases)(
    "has the coefficients and standard errors of statsmodels' RollingOLS: $name",
    (theirs) => {
      const nan = (values: readonly (number | null)[]) => values.map((v) => v ?? NaN);
      const { lookback, minObs, intercept } = theirs;
      const options = { lookback, minObs, intercept, dependents: 3 };
      const run = (covariance: Options["covariance"]) =>
        rollingOls(rolling.x, nan(theirs.y), {
          ...options,
          ...(covariance ? { covariance } : {}),
        });
      const ours = run("classical");
      const classical = nan(theirs.classical);
      // statsmodels gives nothing before a whole window has passed, even where minObs is reached.
      const from = (lookback - 1) * 3 * ours.k;
      expectSame(
        ours.coefficients.subarray(from),
        nan(theirs.coefficients).slice(from),
        classical.slice(from),
      );
      expectSame(ours.standardErrors!.subarray(from), classical.slice(from), []);
      const white = run((fit) => whiteCovariance(fit, "HC0"));
      expectSame(white.standardErrors!.subarray(from), nan(theirs.HC0).slice(from), []);
    },
  );

  it("is the regression of each window, with rows missing anywhere", () => {
    const shape = fc.record({
      T: fc.integer({ min: 1, max: 40 }),
      N: fc.integer({ min: 1, max: 3 }),
      K: fc.integer({ min: 1, max: 3 }),
      lookback: fc.integer({ min: 4, max: 12 }),
      short: fc.integer({ min: 0, max: 3 }),
      intercept: fc.boolean(),
      missing: fc.constantFrom(0, 0.02, 0.2),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(shape, ({ T, N, K, lookback, short, intercept, missing, seed }) => {
        const [x, y] = [uniform(T * K, "x", seed), uniform(T * N, "y", seed)];
        for (const values of [x, y])
          uniform(values.length, "gaps", seed).forEach((u, at) => {
            if (u + 0.5 < missing) values[at] = NaN;
          });
        expectOneByOne(x, y, {
          lookback,
          minObs: lookback - short,
          intercept,
          dependents: N,
          covariance: "classical",
        });
      }),
      RUNS,
    );
  });

  it("is the regression of each window after ten thousand rows, and after a value of 1e12 has left", () => {
    const T = 10_000;
    const [x, y] = [uniform(2 * T, "long x"), uniform(T, "long y")];
    [x[4000], y[5001]] = [1e12, -1e12];
    const options = {
      lookback: 60,
      intercept: true,
      covariance: "classical",
    } as const;
    const all = rollingOls(x, y, options);
    for (const t of [3999, 4030, 4059, 4060, 5000, 5060, 5061, 9_999]) {
      const rows = [t - 59, t + 1] as const;
      const direct = regression(x.subarray(2 * rows[0], 2 * rows[1]), y.subarray(...rows), {
        intercept: true,
      });
      const errors = [0, 4, 8].map((at) => Math.sqrt(direct.covariance[at]!));
      expectSame(all.coefficients.subarray(3 * t, 3 * t + 3), direct.coefficients, errors);
      expectSame(all.standardErrors!.subarray(3 * t, 3 * t + 3), errors, []);
    }
  });

  it("keeps its digits where cross products would lose them: price levels, near-copies, hardly any residual", () => {
    const T = 80;
    const [a, b] = [uniform(T, "a"), uniform(T, "b")];
    const noise = uniform(T, "noise");
    const cases: Record<string, [Float64Array, Float64Array]> = {
      levels: [a.map((v) => 5e4 + 100 * v), a.map((v, t) => 3e4 + 90 * v + 50 * noise[t]!)],
      "near-copy": [
        Float64Array.from({ length: 2 * T }, (_, at) =>
          at % 2 === 0 ? a[at >> 1]! : a[at >> 1]! + 1e-5 * b[at >> 1]!,
        ),
        noise,
      ],
      "small residual": [a, a.map((v, t) => 2 * v + 1e-5 * noise[t]!)],
    };
    for (const [x, y] of Object.values(cases))
      expectOneByOne(x, y, {
        lookback: 24,
        intercept: true,
        covariance: "classical",
      });
  });

  it("gives a series on itself beta 1, with standard error 0", () => {
    const x = uniform(50, "itself");
    const { coefficients, standardErrors } = rollingOls(x, x, {
      lookback: 12,
      intercept: false,
      covariance: "classical",
    });
    for (let t = 11; t < 50; t++) {
      expect(coefficients[t]).toBeCloseTo(1, 14);
      expect(standardErrors![t]).toBe(0);
    }
    // Beside regressors that are like it, too.
    const other = uniform(50, "other");
    const three = [...x].flatMap((v, t) => [v, v + 0.1 * other[t]!, v + 0.05 * other[49 - t]!]);
    const beside = rollingOls(three, x, {
      lookback: 12,
      intercept: true,
      covariance: "classical",
    });
    expect(beside.standardErrors!.subarray(44).every((e) => e === 0)).toBe(true);
  });

  it("is NaN, never a number, while regressors are collinear, and recovers when they are not", () => {
    const T = 60;
    const x = uniform(2 * T, "collinear");
    // From row 20 to 39 the second regressor is a multiple of the first: windows of 8 from row 27 to 39 see nothing else.
    for (let t = 20; t < 40; t++) x[2 * t + 1] = 3 * x[2 * t]!;
    const y = uniform(3 * T, "collinear y");
    y[3 * 30] = NaN;
    for (const covariance of [
      "classical",
      (fit: Regression) => whiteCovariance(fit, "HC1"),
    ] as const) {
      const options = {
        lookback: 8,
        minObs: 6,
        intercept: false,
        dependents: 3,
      };
      const all = rollingOls(x, y, { ...options, covariance });
      for (let t = 0; t < T; t++)
        for (let at = 6 * t; at < 6 * t + 6; at++) {
          const expected = t >= 5 && (t < 27 || t >= 40);
          expect(Number.isFinite(all.coefficients[at]), `row ${t}`).toBe(expected);
          expect(Number.isFinite(all.standardErrors![at])).toBe(expected);
        }
    }
  });

  it("is NaN for a regressor that is zero or constant beside an intercept, and for a series without values", () => {
    const T = 20;
    for (const constant of [0, 0.01]) {
      const x = new Float64Array(T).fill(constant);
      const { coefficients } = rollingOls(x, uniform(T, "y"), {
        lookback: 6,
        intercept: true,
      });
      expect(coefficients.every(Number.isNaN)).toBe(true);
    }
    const { coefficients, observations } = rollingOls(
      uniform(T, "x"),
      new Float64Array(T).fill(NaN),
      { lookback: 6, minObs: 2, intercept: false },
    );
    expect(coefficients.every(Number.isNaN)).toBe(true);
    expect(observations.every((n) => n === 0)).toBe(true);
  });

  it("has coefficients but no standard errors where rows are as many as coefficients", () => {
    const [x, y] = [uniform(10, "few x"), uniform(10, "few y")];
    const { coefficients, standardErrors } = rollingOls(x, y, {
      lookback: 2,
      intercept: true,
      covariance: "classical",
    });
    expect(coefficients.subarray(2).every(Number.isFinite)).toBe(true);
    expect(standardErrors!.every(Number.isNaN)).toBe(true);
  });

  it("takes any covariance of the regression: White's, Newey and West's", () => {
    const T = 50;
    const [x, y] = [uniform(2 * T, "hac x"), uniform(3 * T, "hac y")];
    y[40] = NaN;
    const covariances: NonNullable<Options["covariance"]>[] = [
      (fit) => whiteCovariance(fit, "HC1"),
      (fit) => whiteCovariance(fit, "HC3"),
      "HC3",
      (fit) => neweyWestCovariance(fit, { lags: 3 }),
    ];
    for (const covariance of covariances)
      expectOneByOne(x, y, {
        lookback: 12,
        minObs: 10,
        intercept: true,
        dependents: 3,
        covariance,
      });
  });

  it("has the same coefficients whatever the covariance, and none without", () => {
    const [x, y] = [uniform(60, "same x"), uniform(60, "same y")];
    const options = { lookback: 12, intercept: true };
    const plain = rollingOls(x, y, options);
    expect(plain.standardErrors).toBeUndefined();
    const classical = rollingOls(x, y, { ...options, covariance: "classical" });
    expect(classical.coefficients).toEqual(plain.coefficients);
  });

  it("sees no row after its own", () => {
    const [x, y] = [uniform(60, "ahead x"), uniform(120, "ahead y")];
    const options = {
      lookback: 12,
      intercept: false,
      dependents: 2,
      covariance: "classical",
    } as const;
    const whole = rollingOls(x, y, options);
    const cut = rollingOls(x.subarray(0, 31), y.subarray(0, 62), options);
    expect(whole.coefficients.subarray(0, 62)).toEqual(cut.coefficients);
    const changed = rollingOls(
      x.map((v, t) => (t < 31 ? v : 1e9)),
      y.map((v, at) => (at < 62 ? v : NaN)),
      options,
    );
    expect(changed.coefficients.subarray(0, 62)).toEqual(cut.coefficients);
    expect(changed.standardErrors!.subarray(0, 62)).toEqual(cut.standardErrors);
  });

  it("leaves its inputs unchanged", () => {
    const [x, y] = [uniform(20, "x"), uniform(20, "y")];
    const before = [x.slice(), y.slice()];
    rollingOls(x, y, { lookback: 5, intercept: true, covariance: "classical" });
    expect([x, y]).toEqual(before);
  });

  it("refuses arrays of different rows and windows that cannot hold an estimate", () => {
    const [x, y] = [uniform(20, "x"), uniform(19, "y")];
    const options = { lookback: 5, intercept: true };
    expect(() => rollingOls(x, y, options)).toThrow(
      /^rollingOls: x and y must have the same rows, but y has 19 numbers for 1 series, and x has 20; put both on one date index$/,
    );
    expect(() => rollingOls([], [], options)).toThrow(RangeError);
    expect(() => rollingOls(x, x, { ...options, lookback: 1 })).toThrow(
      /^rollingOls: lookback must be an integer of at least 2, got 1$/,
    );
    expect(() => rollingOls(x, x, { ...options, minObs: 6 })).toThrow(
      /^rollingOls: minObs must be at most lookback, 5, got 6; widen the window$/,
    );
    expect(() => rollingOls(x, x, { ...options, dependents: 0 })).toThrow(RangeError);
  });
});
