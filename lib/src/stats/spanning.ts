/** Whether assets add anything to others for an investor who looks at mean and variance. */

import { determinant, inverse, Matrix } from "ml-matrix";
import { checkFinite, checkInteger } from "../check.js";
import { fSurvival } from "./distributions.js";
import { fittedRegression, regressionDesign, withOnes } from "./ols.js";

/** Huberman and Kandel's test of spanning. */
export interface SpanningTest {
  /** F statistic of all intercepts being zero and all slopes of an asset summing to one. */
  readonly statistic: number;
  readonly pValue: number;
  readonly degreesOfFreedom: readonly [number, number];
  /** Intercepts per period [N]. */
  readonly alphas: readonly number[];
  /** 1 minus the sum of each asset's slopes [N]. */
  readonly deltas: readonly number[];
}

/**
 * Mean-variance spanning of N assets by K benchmarks, exact under normal errors: alpha = 0 and delta = 1 - B1 = 0 in r = alpha + B f + e.
 *
 * With U = |S| / |S0|, S and S0 the residual covariances without and with the restrictions: N >= 2: (1 / sqrt(U) - 1) (T - K - N) / N ~ F(2N, 2 (T - K - N));
 * N = 1: (1 / U - 1) (T - K - 1) / 2 ~ F(2, T - K - 1). Returns are whole returns, not over the riskless one: with excess returns the frontier is another.
 *
 * @param benchmarks simple returns [T x K]
 * @param assets simple returns [T x N]
 * @param options.assets N
 * @returns NaN statistic where T is not above N + K
 * @throws RangeError if rows differ, a value is missing, or the benchmarks are collinear
 * @example
 * spanningTest([0.01, -0.02, 0.03, 0.02, 0], [0.02, -0.01, 0.03, 0.04, 0.01], { assets: 1 }).degreesOfFreedom; // [2, 3]
 * @see Huberman and Kandel (1987), Journal of Finance 42; Kan and Zhou (2012), Annals of Economics and Finance 13
 */
export function spanningTest(
  benchmarks: ArrayLike<number>,
  assets: ArrayLike<number>,
  { assets: N }: { readonly assets: number },
): SpanningTest {
  checkInteger("spanningTest", "assets", N, 1);
  checkFinite("spanningTest", "benchmarks", benchmarks);
  checkFinite("spanningTest", "assets", assets);
  const T = assets.length / N;
  const K = benchmarks.length / T;
  if (!Number.isInteger(T) || !Number.isInteger(K) || K < 1)
    throw new RangeError(
      `spanningTest: benchmarks and assets must have the same rows, but assets has ${assets.length} numbers for ${N} assets, and benchmarks has ${benchmarks.length}; put both on one date index`,
    );
  const series = Array.from({ length: N }, (_, i) =>
    Array.from({ length: T }, (__, t) => assets[t * N + i]!),
  );
  const design = regressionDesign(withOnes(benchmarks, T, K), T, K + 1, true);
  if (!design)
    throw new RangeError(
      `spanningTest: the ${K} benchmarks must be collinear neither with each other nor with a constant, but over these ${T} rows they are; leave one out`,
    );
  const fits = series.map((y) => fittedRegression(design, y));
  const alphas = fits.map(({ coefficients }) => coefficients[0]!);
  const deltas = fits.map(
    ({ coefficients }) => 1 - coefficients.slice(1).reduce((a, b) => a + b, 0),
  );
  const rest = T - K - N;
  const degreesOfFreedom = N === 1 ? ([2, rest] as const) : ([2 * N, 2 * rest] as const);
  if (!(rest > 0)) return { statistic: NaN, pValue: NaN, degreesOfFreedom, alphas, deltas };
  // Wilks: |S0| / |S| = |I + H G^-1| with H = M' (A (X'X)^-1 A')^-1 M for the restrictions M = A B.
  const XX = inverse(
    Matrix.from1DArray(T, K + 1, Array.from(design.x))
      .transpose()
      .mmul(Matrix.from1DArray(T, K + 1, Array.from(design.x))),
  );
  const A = new Matrix([
    [1, ...Array<number>(K).fill(0)],
    [0, ...Array<number>(K).fill(-1)],
  ]);
  const M = new Matrix([alphas, deltas]);
  const H = M.transpose()
    .mmul(inverse(A.mmul(XX).mmul(A.transpose())))
    .mmul(M);
  const E = new Matrix(fits.map(({ residuals }) => Array.from(residuals)));
  const ratio = determinant(Matrix.eye(N).add(H.mmul(inverse(E.mmul(E.transpose())))));
  const statistic = N === 1 ? ((ratio - 1) * rest) / 2 : ((Math.sqrt(ratio) - 1) * rest) / N;
  const pValue = fSurvival(statistic, ...degreesOfFreedom);
  return { statistic, pValue, degreesOfFreedom, alphas, deltas };
}
