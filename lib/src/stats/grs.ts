/** Test of Gibbons, Ross and Shanken: whether factors price a set of portfolios. */

import { checkInteger } from "../check.js";
import { fSurvival } from "./distributions.js";
import { fittedRegression, regressionDesign, withOnes } from "./ols.js";
import { inverseUpper, scaledQr } from "./qr.js";

/** Result of the test of Gibbons, Ross and Shanken. */
export interface GrsTest {
  /** F statistic of all intercepts being zero. */
  readonly statistic: number;
  readonly pValue: number;
  /** N and T - N - K, of the F distribution. */
  readonly degreesOfFreedom: readonly [number, number];
  /** Intercepts per period [N]. */
  readonly alphas: readonly number[];
}

/**
 * Whether the intercepts of N regressions on the same K factors are jointly zero, exactly under normal errors:
 *
 * (T - N - K) / N * a'S^-1 a / (1 + m'V^-1 m) ~ F(N, T - N - K), a the intercepts, S the covariance of residuals, m and V mean
 * and covariance of the factors, both covariances divided by T.
 *
 * @param factors simple returns of the factors, excess returns or long-short [T x K]
 * @param excessReturns simple returns of the portfolios over the risk-free one [T x N]
 * @param portfolios N
 * @returns statistic and p-value NaN where a value is missing, or T is not above N + K
 * @throws RangeError if the arrays do not have the same rows, the factors are collinear, or a portfolio is a combination of others and
 * of factors
 * @example
 * grsTest([0.01, -0.02, 0.03, 0.02], [0.02, -0.01, 0.03, 0.04], 1).statistic; // 3.7037
 * @see Gibbons, Ross and Shanken (1989), A test of the efficiency of a given portfolio
 */
export function grsTest(
  factors: ArrayLike<number>,
  excessReturns: ArrayLike<number>,
  portfolios: number,
): GrsTest {
  checkInteger("grsTest", "portfolios", portfolios, 1);
  const N = portfolios;
  const T = excessReturns.length / N;
  const K = factors.length / T;
  if (!Number.isInteger(T) || !Number.isInteger(K) || K < 1)
    throw new RangeError(
      `grsTest: factors and excessReturns must have the same rows, but excessReturns has ${excessReturns.length} numbers for ${N} portfolios, and factors has ${factors.length}; put both on one date index`,
    );
  const design = regressionDesign(withOnes(factors, T, K), T, K + 1, true);
  if (!design)
    throw new RangeError(
      `grsTest: the ${K} factors must be collinear neither with each other nor with a constant, but over these ${T} rows they are; leave one out`,
    );
  const fits = Array.from({ length: N }, (_, i) =>
    fittedRegression(
      design,
      Array.from({ length: T }, (_, t) => excessReturns[t * N + i]!),
    ),
  );
  const alphas = fits.map((fit) => fit.coefficients[0]!);
  const degreesOfFreedom = [N, T - N - K] as const;
  if (!(T - N - K > 0) || alphas.some(Number.isNaN))
    return { statistic: NaN, pValue: NaN, degreesOfFreedom, alphas };
  const residuals = Float64Array.from(
    { length: T * N },
    (_, at) => fits[at % N]!.residuals[Math.floor(at / N)]!,
  );
  const scaled = scaledQr(residuals, T, N);
  if (!scaled)
    throw new RangeError(
      `grsTest: no portfolio may be a combination of the other ${N - 1} and the factors, but over these ${T} rows one is; leave it out`,
    );
  // a'(E'E)^-1 a with E = Q R D is the squared length of R^-1' D^-1 a.
  const root = inverseUpper(scaled);
  let distance = 0;
  for (let j = 0; j < N; j++) {
    let sum = 0;
    for (let i = 0; i <= j; i++) sum += (root.get(i, j) * alphas[i]!) / scaled.lengths[i]!;
    distance += sum ** 2;
  }
  // (1 + m'V^-1 m) / T is the intercept's entry of (X'X)^-1.
  let variance = 0;
  for (let t = 0; t < T; t++) variance += design.pseudoInverse[t * design.k]! ** 2;
  const statistic = (((T - N - K) / N) * distance) / variance;
  const pValue = fSurvival(statistic, N, T - N - K);
  return { statistic, pValue, degreesOfFreedom, alphas };
}
