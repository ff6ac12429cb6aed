/** One pass of Kalman's filter for coefficients that walk at random, with an exact diffuse start and exact derivatives. */

import { DOUBLE, sharedKernel } from "./kernel.js";

/** Regressors and responses, with which rows are complete. */
export interface Observations {
  readonly n: number;
  readonly k: number;
  /** [n x k] */
  readonly x: Float64Array;
  /** [n] */
  readonly y: Float64Array;
  /** 1 for rows without a missing value [n]. */
  readonly isComplete: Uint8Array;
  readonly complete: number;
  /** Sum of y^2 over them. */
  readonly total: number;
}

/** What a pass adds up, in units of the observation variance. */
export interface FilterSums {
  /** Sum of v^2 / F over the rows after the diffuse ones. */
  readonly squares: number;
  /** Sum of log F, with the diffuse ones. */
  readonly logVariances: number;
  /** Derivatives of both by the logarithm of each ratio [k]. */
  readonly squaresBy: Float64Array;
  readonly logVariancesBy: Float64Array;
  /** Complete rows that were not spent on the diffuse start. */
  readonly used: number;
  /** Directions of the coefficients that are still unknown at the end. */
  readonly diffuse: number;
}

/** Squared sine of the angle below which a row tells nothing of the directions that are still diffuse. */
const COLLINEAR = 1e-10;

/** A pass with what it predicts. */
export interface FilterPass extends FilterSums {
  /** Coefficients that the rows before t tell, then their variances [(n + 1) x 2k]; NaN while diffuse. */
  readonly path: Float64Array;
}

/**
 * Filters all rows, given the ratios of the coefficients' variances to that of the observations.
 *
 * @param derivatives whether those by each ratio are summed too
 */
export function diffuseFilter(
  rows: Observations,
  ratios: readonly number[],
  derivatives = false,
): FilterSums {
  return filtered(rows, ratios, derivatives, 0).sums;
}

/** The same with coefficients and variances before every row. */
export function diffusePath(rows: Observations, ratios: readonly number[]): FilterPass {
  const length = 2 * rows.k * (rows.n + 1);
  const { sums, path } = filtered(rows, ratios, false, length);
  return { ...sums, path };
}

/** One pass in the kernel, and so many numbers of what it predicts. */
function filtered(
  { n, k, x, y, isComplete }: Observations,
  ratios: readonly number[],
  derivatives: boolean,
  length: number,
): { readonly sums: FilterSums; readonly path: Float64Array } {
  const kernel = sharedKernel();
  const { room, place, doubles, bytes } = kernel.arena();
  // An even number of slots: the filter's own, one for each derivative, and one that stays empty.
  const slots = 2 * Math.ceil((derivatives ? 1 + k : 1) / 2);
  const numbers = (count: number) => room(DOUBLE * count);
  const [regressors, responses, given] = [numbers(n * k), numbers(n), numbers(k)];
  const complete = room(n);
  // What begins at 0: coefficients, variance, P x, x'P x, gain, the diffuse parts, and sums.
  const state = [k * slots, k * k * slots, k * slots, slots, k].map(numbers);
  const [identity, across] = [numbers(k * k), numbers(k)];
  const [sums, squaresBy, logsBy] = [numbers(4), numbers(slots), numbers(slots)];
  const path = numbers(length);
  const sizes = [n, k, DOUBLE * slots, derivatives ? 1 : 0];
  const rows = [regressors, responses, complete, given];
  const arrays = [...state, identity, across, sums, squaresBy, logsBy];
  const own = place([...sizes, ...rows, ...arrays, length > 0 ? path : 0]);
  doubles(regressors, n * k).set(x);
  doubles(responses, n).set(y);
  doubles(given, k).set(ratios);
  bytes(complete, n).set(isComplete);
  bytes(state[0]!, path - state[0]!).fill(0);
  doubles(path, length).fill(NaN);
  for (let j = 0; j < k; j++) doubles(identity, k * k)[j * (k + 1)] = 1;
  doubles(sums, 4)[3] = k;
  kernel.filter(own);
  const [squares, logVariances, used, diffuse] = [...doubles(sums, 4)] as Four;
  const by = (address: number) =>
    derivatives ? doubles(address, 1 + k).slice(1) : new Float64Array(k);
  return {
    sums: {
      ...{ squares, logVariances, used, diffuse },
      ...{ squaresBy: by(squaresBy), logVariancesBy: by(logsBy) },
    },
    path: doubles(path, length).slice(),
  };
}

type Four = [number, number, number, number];

/** `diffuseFilter` of one coefficient, the same bits from numbers instead of arrays. */
export function diffuseFilterOfOne(
  { n, x, y, isComplete }: Observations,
  ratio: number,
  derivatives = false,
): FilterSums {
  // Ten declarations: taken out of an array they make the loop slower by a quarter.
  let squares = 0;
  let logVariances = 0;
  let squaresBy = 0;
  let logVariancesBy = 0;
  let used = 0;
  let diffuse = 1;
  let b = 0;
  let bBy = 0;
  let P = 0;
  let PBy = 0;
  for (let t = 0; t < n; t++) {
    if (isComplete[t]) {
      const xt = x[t]!;
      const error = y[t]! - xt * b;
      const M = P * xt;
      const F = 1 + M * xt;
      const Finf = xt * xt;
      const start = diffuse > 0 && Finf > COLLINEAR * xt ** 2;
      const gain = start ? xt / Finf : M / F;
      if (start) {
        logVariances += Math.log(Finf);
        diffuse = 0;
      } else {
        squares += error ** 2 / F;
        logVariances += Math.log(F);
        used++;
      }
      if (derivatives) {
        const MBy = PBy * xt;
        const FBy = MBy * xt;
        const errorBy = -(xt * bBy);
        const gainBy = start ? 0 : (MBy - gain * FBy) / F;
        if (!start) {
          squaresBy += (2 * error * errorBy - (error ** 2 * FBy) / F) / F;
          logVariancesBy += FBy / F;
        }
        bBy += gain * errorBy + gainBy * error;
        PBy += gain * gain * FBy - gain * MBy - MBy * gain;
      }
      b += gain * error;
      P += gain * gain * F - gain * M - M * gain;
    }
    P += ratio;
    PBy += ratio;
  }
  return {
    ...{ squares, logVariances, used, diffuse },
    squaresBy: Float64Array.of(squaresBy),
    logVariancesBy: Float64Array.of(logVariancesBy),
  };
}
