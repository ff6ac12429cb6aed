/** One pass of Kalman's filter for coefficients that walk at random, with an exact diffuse start and exact derivatives. */

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
  squares: number;
  /** Sum of log F, with the diffuse ones. */
  logVariances: number;
  /** Derivatives of both by the logarithm of each ratio [k]. */
  readonly squaresBy: Float64Array;
  readonly logVariancesBy: Float64Array;
  /** Complete rows that were not spent on the diffuse start. */
  used: number;
  /** Directions of the coefficients that are still unknown at the end. */
  diffuse: number;
}

/** Squared sine of the angle below which a row tells nothing of the directions that are still diffuse. */
const COLLINEAR = 1e-10;

/** Slot 0 of every array is the filter's own, slots 1 … k are derivatives by the logarithm of each ratio. */
interface State {
  readonly k: number;
  readonly slots: number;
  /** The row's regressors [k]. */
  readonly x: Float64Array;
  /** Coefficients [slots x k], their variance [slots x k x k], P x and x'P x + 1. */
  readonly b: Float64Array;
  readonly P: Float64Array;
  readonly M: Float64Array;
  readonly F: Float64Array;
  readonly gain: Float64Array;
  /** The diffuse part of the variance, what is orthogonal to the rows so far [k x k], and it times x. */
  readonly Pinf: Float64Array;
  readonly Minf: Float64Array;
}

/**
 * Filters all rows, given the ratios of the coefficients' variances to that of the observations.
 *
 * The gain g = M / F minimises the variance P - gM' - Mg' + gg'F, so that its own derivative does not enter that of P; the
 * diffuse gain depends on no ratio. One line serves all slots and both gains.
 *
 * @param onRow called with the coefficients that the rows before t tell, and their variance, once they are not diffuse
 */
export function diffuseFilter(
  rows: Observations,
  ratios: readonly number[],
  derivatives = false,
  onRow?: (t: number, b: Float64Array, p: Float64Array) => void,
): FilterSums {
  const { n, k, x, y, isComplete } = rows;
  const state = diffuseState(k, derivatives ? 1 + k : 1);
  const { b, P } = state;
  const sums = noSums(k);
  for (let t = 0; t <= n; t++) {
    if (sums.diffuse === 0) onRow?.(t, b, P);
    if (t === n) break;
    if (isComplete[t]) {
      for (let i = 0; i < k; i++) state.x[i] = x[t * k + i]!;
      observe(state, y[t]!, sums);
    }
    for (let j = 0; j < k; j++) {
      P[j * (k + 1)]! += ratios[j]!;
      if (derivatives) P[(1 + j) * k * k + j * (k + 1)]! += ratios[j]!;
    }
  }
  return sums;
}

const noSums = (k: number): FilterSums => ({
  squares: 0,
  logVariances: 0,
  squaresBy: new Float64Array(k),
  logVariancesBy: new Float64Array(k),
  used: 0,
  diffuse: k,
});

function diffuseState(k: number, slots: number): State {
  const Pinf = new Float64Array(k * k);
  for (let j = 0; j < k; j++) Pinf[j * (k + 1)] = 1;
  return {
    k,
    slots,
    x: new Float64Array(k),
    b: new Float64Array(slots * k),
    P: new Float64Array(slots * k * k),
    M: new Float64Array(slots * k),
    F: new Float64Array(slots),
    gain: new Float64Array(k),
    Pinf,
    Minf: new Float64Array(k),
  };
}

/** Takes one complete row. */
function observe(state: State, y: number, sums: FilterSums): void {
  const { k, slots, x, b, P, M, F, gain } = state;
  let error = y;
  let length = 0;
  for (let i = 0; i < k; i++) {
    error -= x[i]! * b[i]!;
    length += x[i]! ** 2;
  }
  for (let s = 0, at = 0; s < slots; s++) {
    let f = s === 0 ? 1 : 0;
    for (let i = 0; i < k; i++, at += k) {
      let m = 0;
      for (let j = 0; j < k; j++) m += P[at + j]! * x[j]!;
      M[s * k + i] = m;
      f += m * x[i]!;
    }
    F[s] = f;
  }
  const variance = F[0]!;
  const start = sums.diffuse > 0 && diffuseGain(state, length, sums);
  if (!start) {
    for (let i = 0; i < k; i++) gain[i] = M[i]! / variance;
    sums.squares += error ** 2 / variance;
    sums.logVariances += Math.log(variance);
    sums.used++;
  }
  for (let s = 1; s < slots; s++) {
    let errorBy = 0;
    for (let i = 0; i < k; i++) errorBy -= x[i]! * b[s * k + i]!;
    const f = F[s]!;
    if (!start) {
      sums.squaresBy[s - 1]! += (2 * error * errorBy - (error ** 2 * f) / variance) / variance;
      sums.logVariancesBy[s - 1]! += f / variance;
    }
    for (let i = 0; i < k; i++) {
      const gainBy = start ? 0 : (M[s * k + i]! - gain[i]! * f) / variance;
      b[s * k + i]! += gain[i]! * errorBy + gainBy * error;
    }
  }
  for (let i = 0; i < k; i++) b[i]! += gain[i]! * error;
  for (let s = 0, at = 0; s < slots; s++) {
    const f = F[s]!;
    for (let i = 0; i < k; i++, at += k) {
      const g = gain[i]!;
      const m = M[s * k + i]!;
      for (let j = 0; j < k; j++) P[at + j]! += g * gain[j]! * f - g * M[s * k + j]! - m * gain[j]!;
    }
  }
}

/** The gain of a row that tells a diffuse direction; false if it tells none. */
function diffuseGain({ k, x, gain, Pinf, Minf }: State, length: number, sums: FilterSums): boolean {
  let Finf = 0;
  for (let i = 0; i < k; i++) {
    let m = 0;
    for (let j = 0; j < k; j++) m += Pinf[i * k + j]! * x[j]!;
    Minf[i] = m;
    Finf += m * x[i]!;
  }
  if (!(Finf > COLLINEAR * length)) return false;
  for (let i = 0; i < k; i++) gain[i] = Minf[i]! / Finf;
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) Pinf[i * k + j]! -= gain[i]! * Minf[j]!;
  sums.logVariances += Math.log(Finf);
  sums.diffuse--;
  return true;
}

/** `diffuseFilter` of one coefficient, the same bits from numbers instead of arrays. */
export function diffuseFilterOfOne(
  { n, x, y, isComplete }: Observations,
  ratio: number,
  derivatives = false,
): FilterSums {
  const sums = noSums(1);
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
  sums.squaresBy[0] = squaresBy;
  sums.logVariancesBy[0] = logVariancesBy;
  return Object.assign(sums, { squares, logVariances, used, diffuse });
}
