/** Distributions that tests of breaks converge to. */

import { chiSquareSurvival, normalCdf } from "./distributions.js";

/**
 * P(sup over p in [trim, 1 - trim] of |B(p)|^2 / (p (1 - p)) > c) for k Brownian bridges B, by its expansion for large c:
 * c^(k/2) e^(-c/2) / (2^(k/2) Gamma(k/2)) (log r (1 - k / c) + 2 / c), r = ((1 - trim) / trim)^2.
 *
 * Within 0.01 of Hansen's p-values below 0.2; at least the p-value of a known date, and at most 1.
 *
 * @example
 * supWaldPValue(8.85, { coefficients: 1, trim: 0.15 }); // 0.0469: Andrews prints 8.85 for 5 %
 * @see DeLong (1981); Csörgő and Horváth (1997), Limit Theorems in Change-Point Analysis, 1.3
 */
export function supWaldPValue(
  statistic: number,
  { coefficients: k, trim }: { readonly coefficients: number; readonly trim: number },
): number {
  const log = 2 * Math.log((1 - trim) / trim);
  const density = Math.exp((k / 2) * Math.log(statistic / 2) - statistic / 2 - logGammaHalf(k));
  const tail = density * (log * (1 - k / statistic) + 2 / statistic);
  return Math.min(1, Math.max(chiSquareSurvival(statistic, k), tail));
}

/** log Gamma(k / 2) of an integer k >= 1. */
function logGammaHalf(k: number): number {
  let log = k % 2 === 0 ? 0 : Math.log(Math.PI) / 2;
  for (let at = k % 2 === 0 ? 1 : 0.5; at < k / 2; at++) log += Math.log(at);
  return log;
}

/**
 * P(sup |B(p)| > c) for a Brownian bridge: Kolmogorov's distribution.
 *
 * @example
 * bridgePValue(1.358); // 0.0501
 */
export function bridgePValue(statistic: number): number {
  // The series converges slowly near 0, where the probability is 1 to fifteen digits.
  if (statistic < 0.2) return 1;
  let sum = 0;
  for (let j = 1; j <= 100; j++)
    sum += (j % 2 === 1 ? 2 : -2) * Math.exp(-2 * j ** 2 * statistic ** 2);
  return Math.min(1, Math.max(0, sum));
}

/**
 * P(|W(p)| crosses c (1 + 2p) for a p in [0, 1]) for a Brownian motion W: twice the chance of one line, which is exact to three
 * digits below 0.3.
 *
 * @example
 * recursiveCusumPValue(0.948); // 0.0500
 * @see Brown, Durbin and Evans (1975), JRSS B 37
 */
export function recursiveCusumPValue(statistic: number): number {
  const oneLine = normalCdf(-3 * statistic) + Math.exp(-4 * statistic ** 2) * normalCdf(statistic);
  return Math.min(1, 2 * oneLine);
}
