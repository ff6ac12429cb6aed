/** How often bootstrap intervals of a mean hold it, in samples as short as ours. */

import { stream } from "../random.js";
import { defaultBlockLength } from "../stats/block-length.js";
import { type BootstrapInterval, bootstrapInterval } from "../stats/bootstrap.js";
import { longRunVariance } from "../stats/long-run-variance.js";
import { mean } from "../stats/moments.js";
import { circularResamples, valuesOf } from "../stats/resamples.js";
import type { Draws } from "../types.js";

/** The simulated series, and the intervals that are tried on them. */
export interface CoverageOptions extends Draws {
  /** Values of each series. */
  readonly n: number;
  /** Coefficient of the AR(1), between -1 and 1. */
  readonly autocorrelation: number;
  /** Of the Newey-West error that studentizes. */
  readonly lags: number;
  /** Series that are drawn. */
  readonly samples: number;
}

/** Shares of intervals that hold the true mean. */
export interface IntervalCoverage {
  readonly percentile: number;
  readonly studentized: number;
}

/**
 * Coverage of percentile and of studentized intervals of the mean of a Gaussian AR(1), with the project's blocks.
 *
 * @throws RangeError if the autocorrelation is not between -1 and 1
 * @example
 * const options = { n: 47, autocorrelation: 0.3, lags: 3, samples: 200, draws: 99, seed: 1, level: 0.95 };
 * const { percentile, studentized } = intervalCoverage(options);
 * [percentile, studentized]; // [0.86, 0.91]
 */
export function intervalCoverage(options: CoverageOptions): IntervalCoverage {
  const { n, autocorrelation, lags, samples, draws, seed, level } = options;
  if (!(Math.abs(autocorrelation) < 1))
    throw new RangeError(
      `intervalCoverage: autocorrelation must be between -1 and 1, got ${autocorrelation}; write 0.3 for 30 %`,
    );
  const shock = Math.sqrt(1 - autocorrelation ** 2);
  const { normal } = stream(seed, "intervalCoverage");
  const held = { percentile: 0, studentized: 0 };
  for (let sample = 0; sample < samples; sample++) {
    let state = normal();
    const values = Array.from({ length: n }, () => {
      state = autocorrelation * state + shock * normal();
      return state;
    });
    const blockLength = defaultBlockLength(values);
    const resamples = circularResamples(n, { blockLength, draws, seed: seed + sample });
    const average = (rows: Uint32Array) => mean(valuesOf(values, rows));
    const standardError = (rows: Uint32Array) =>
      Math.sqrt(longRunVariance(valuesOf(values, rows), lags, "bartlett") / n);
    const percentile = bootstrapInterval(average, resamples, { level });
    const studentized = bootstrapInterval(average, resamples, { level, standardError });
    if (holdsMean(percentile)) held.percentile++;
    if (holdsMean(studentized)) held.studentized++;
  }
  return { percentile: held.percentile / samples, studentized: held.studentized / samples };
}

/** Series are drawn around a mean of zero. */
const holdsMean = ({ lower, upper }: Pick<BootstrapInterval, "lower" | "upper">): boolean =>
  lower <= 0 && upper >= 0;
