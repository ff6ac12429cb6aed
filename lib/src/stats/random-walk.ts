/** Regression whose coefficients follow random walks: Kalman's filter with an exact diffuse start, and its likelihood. */

import { checkInteger } from "../check.js";
import { minimize } from "./bfgs.js";
import {
  diffuseFilter,
  diffuseFilterOfOne,
  diffusePath,
  type Observations,
} from "./diffuse-filter.js";

/** y_t = x_t'b_t + e_t, b_t+1 = b_t + u_t, with independent normal e and u. */
export interface RandomWalkVariances {
  /** Of e. */
  readonly observation: number;
  /** Of each component of u [k]. */
  readonly states: readonly number[];
}

/** Filtered coefficients with their errors and likelihood. */
export interface RandomWalkFilter {
  /** [(n + 1) x k]: coefficients of row t as the rows before it tell them; row n is for the row to come. NaN while diffuse. */
  readonly coefficients: Float64Array;
  /** Their standard errors [(n + 1) x k], given the variances. */
  readonly standardErrors: Float64Array;
  /** Diffuse log-likelihood; NaN without observation variance. */
  readonly logLikelihood: number;
}

/** Variances of greatest likelihood, with that likelihood. */
export interface RandomWalkEstimate extends RandomWalkVariances {
  readonly logLikelihood: number;
  /** Complete rows. */
  readonly rows: number;
}

/** Share of a sum of squares that rounding can leave. */
const ROUNDING = 1e-26;
/** Logarithms of state over observation variance: below, a coefficient is constant; above, there is no observation noise. */
const [LEAST, MOST] = [-24, 12];
/** Logarithms at which a search begins, and looks for more. */
const GRID = [-9, -7, -5, -4, -3, -2, -1, 0];

/**
 * Coefficients predicted one row ahead, given the variances.
 *
 * The first coefficients are diffuse, exactly. The log-likelihood has log 2 pi once for each complete row but k, which the start
 * uses up; statsmodels counts those too.
 *
 * @param x regressors [n x k], of comparable size: it decides when rows count as collinear
 * @param y [n]; a row with a missing value is passed over, the coefficients walk on
 * @throws RangeError if a variance is negative, or only states have one
 * @example
 * randomWalkFilter([1, 1, 1], [2, 4, 6], { k: 1, observation: 1, states: [0] }).coefficients; // [NaN, 2, 3, 4]
 * @see Durbin and Koopman (2012), Time Series Analysis by State Space Methods, sections 4.3, 5.2 and 7.2
 */
export function randomWalkFilter(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { k, observation, states }: RandomWalkVariances & { readonly k: number },
): RandomWalkFilter {
  const rows = observations("randomWalkFilter", x, y, k);
  if (
    states.length !== k ||
    ![observation, ...states].every((v) => v >= 0 && v < Infinity) ||
    (observation === 0 && states.some((v) => v > 0))
  )
    throw new RangeError(
      `randomWalkFilter: variances must be one of the observations above 0 and ${k} of states of at least 0, got ${observation} and ${states.join(", ")}; without noise, coefficients can't be told from it`,
    );
  const coefficients = new Float64Array((y.length + 1) * k).fill(NaN);
  const standardErrors = coefficients.slice();
  const ratios = states.map((v) => (v === 0 ? 0 : v / observation));
  const { path, squares, logVariances, used } = diffusePath(rows, ratios);
  for (let t = 0; t <= y.length; t++) {
    if (Number.isNaN(path[2 * k * t])) continue;
    for (let j = 0; j < k; j++) {
      coefficients[t * k + j] = path[2 * k * t + j]!;
      const variance = observation * path[2 * k * t + k + j]!;
      standardErrors[t * k + j] = Math.sqrt(Math.max(0, variance));
    }
  }
  const logLikelihood =
    -0.5 *
    (used * Math.log(2 * Math.PI) +
      used * Math.log(observation) +
      logVariances +
      squares / observation);
  return { coefficients, standardErrors, logLikelihood };
}

/**
 * Variances of greatest diffuse likelihood.
 *
 * The observation variance is concentrated out. Ratios of state to observation variance are found on a logarithmic scale by
 * `minimize`, with the exact gradient, and a look along every axis for a higher peak. A ratio that tends to 0, a constant
 * coefficient, ends as 0. What is not looked for is the peak without any observation noise that few rows can have.
 *
 * @param x regressors [n x k], of comparable size
 * @param y [n]; rows with a missing value are passed over
 * @returns NaN throughout if there are fewer than 2k + 1 complete rows, or the regressors are collinear
 * @example
 * const { observation, states } = randomWalkVariances([1, 1, 1, 1, 1, 1], [2, 1, 3, 6, 5, 7], 1);
 * [observation, ...states]; // [0.1809, 3.4355]
 * @see Durbin and Koopman (2012), section 7.3; tested against statsmodels
 */
export function randomWalkVariances(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  k: number,
): RandomWalkEstimate {
  const rows = observations("randomWalkVariances", x, y, k);
  const floor = Math.max(ROUNDING * rows.total, 1e-300);
  const filtered = (ratios: readonly number[], derivatives = false) =>
    k === 1
      ? diffuseFilterOfOne(rows, ratios[0]!, derivatives)
      : diffuseFilter(rows, ratios, derivatives);
  const objective = (logRatios: ArrayLike<number>, derivatives: boolean) => {
    const ratios = Array.from(logRatios, ratio);
    const { squares, logVariances, used, squaresBy, logVariancesBy } = filtered(
      ratios,
      derivatives,
    );
    const noise = squares > floor;
    const least = noise ? squares : floor;
    return {
      value: 0.5 * (used * Math.log(least / used) + logVariances),
      gradient: ratios.map((_, j) =>
        logRatios[j]! < LEAST || logRatios[j]! > MOST
          ? 0
          : 0.5 * ((noise ? (used * squaresBy[j]!) / squares : 0) + logVariancesBy[j]!),
      ),
    };
  };
  if (rows.complete < 2 * k + 1 || filtered(new Array<number>(k).fill(0)).diffuse)
    return {
      observation: NaN,
      states: new Array<number>(k).fill(NaN),
      logLikelihood: NaN,
      rows: rows.complete,
    };
  // The likelihood can have several peaks: from each, look along every axis for a higher one.
  const known = new Map<string, number>();
  const value = (at: readonly number[]) => {
    const place = at.join();
    const found = known.get(place) ?? objective(at, false).value;
    known.set(place, found);
    return found;
  };
  const descend = (from: Point) => minimize((at) => objective(at, true), from.at);
  const grid = GRID.map((log) => new Array<number>(k).fill(log));
  let end = descend(lowest(grid, value));
  for (;;) {
    const start = lowest(axes(end.at), value);
    if (!(start.value < end.value - 1e-6)) break;
    end = descend(start);
  }
  const { squares, used } = filtered(Array.from(end.at, ratio));
  const observation = squares > floor ? squares / used : 0;
  return {
    observation,
    states: Array.from(end.at, (log) => observation * ratio(log)),
    logLikelihood: -end.value - 0.5 * (used * Math.log(2 * Math.PI) + used),
    rows: rows.complete,
  };
}

function observations(
  where: string,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  k: number,
): Observations {
  checkInteger(where, "k", k, 1);
  const n = y.length;
  if (x.length !== n * k)
    throw new RangeError(
      `${where}: x must have ${k} regressors for each of the ${n} values of y, but it has ${x.length} numbers`,
    );
  let [complete, total] = [0, 0];
  const isComplete = new Uint8Array(n);
  for (let t = 0; t < n; t++) {
    let finite = Number.isFinite(y[t]);
    for (let j = 0; j < k; j++) finite &&= Number.isFinite(x[t * k + j]);
    if (!finite) continue;
    isComplete[t] = 1;
    complete++;
    total += y[t]! ** 2;
  }
  const rows = { x: new Float64Array(x), y: new Float64Array(y), isComplete };
  return { n, k, ...rows, complete, total };
}

const ratio = (log: number): number => (log < LEAST ? 0 : Math.exp(Math.min(MOST, log)));

/** Points that differ from one in a component, which is on the grid, or that of a constant coefficient. */
function axes(at: Float64Array): number[][] {
  return [...at.keys()].flatMap((j) =>
    [LEAST - 1, ...GRID].map((log) => Array.from(at, (other, i) => (i === j ? log : other))),
  );
}

interface Point {
  readonly at: readonly number[];
  readonly value: number;
}

function lowest(points: readonly number[][], value: (at: readonly number[]) => number): Point {
  const values = points.map(value);
  const least = Math.min(...values);
  return { at: points[values.indexOf(least)]!, value: least };
}
