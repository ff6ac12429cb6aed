/**
 * Minimum of a smooth function of a few variables by the method of Broyden, Fletcher, Goldfarb and Shanno.
 *
 * Own code, as npm's `fmin`, the library in use, stops after 20 n steps and at a slope of 1e-5: four digits of a variance, where
 * eight can be had.
 */

export interface Objective {
  readonly value: number;
  /** [n] */
  readonly gradient: ArrayLike<number>;
}

export interface Minimum {
  /** [n] */
  readonly at: Float64Array;
  readonly value: number;
}

/** Largest component of a gradient that counts as none. */
const FLAT = 1e-8;
const [ITERATIONS, TRIALS] = [200, 100];
/** Armijo's and Wolfe's constants: how much of the decrease that the slope promises, how much less steep. */
const [DECREASE, FLATTER] = [1e-4, 0.9];
/** Relative decrease that cannot be told from rounding. */
const ROUNDING = 1e-16;
/** Longest first trial of a component. */
const STEP = 2;

/**
 * A local minimum, from a start downhill.
 *
 * Every step satisfies the weak Wolfe conditions, so that the inverse Hessian stays positive definite.
 *
 * @param objective value and gradient; a value that is not finite counts as too high
 * @returns the start itself if its value is not finite
 * @example
 * minimize(([x]) => ({ value: (x - 3) ** 2, gradient: [2 * (x - 3)] }), [0]).at; // [3]
 * @see Nocedal and Wright (2006), Numerical Optimization, chapter 6; Lewis and Overton (2013), the line search
 */
export function minimize(
  objective: (x: Float64Array) => Objective,
  start: ArrayLike<number>,
): Minimum {
  const n = start.length;
  let at: Float64Array = Float64Array.from(start);
  let here = objective(at);
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * (n + 1)] = 1;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    if (!(largest(here.gradient) > FLAT)) break;
    const direction = new Float64Array(n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) direction[i]! -= inverse[i * n + j]! * here.gradient[j]!;
    const found = wolfe(objective, at, here, direction);
    if (!found) break;
    const step = found.at.map((v, i) => v - at[i]!);
    const change = step.map((_, i) => found.next.gradient[i]! - here.gradient[i]!);
    // The first step tells the scale of the Hessian.
    if (iteration === 0)
      for (let i = 0; i < n; i++) inverse[i * (n + 1)] = dot(step, change) / dot(change, change);
    update(inverse, step, change);
    [at, here] = [found.at, found.next];
  }
  return { at, value: here.value };
}

/** A point along a direction that is low enough and flat enough, by bisection; undefined if rounding hides the decrease. */
function wolfe(
  objective: (x: Float64Array) => Objective,
  at: Float64Array,
  here: Objective,
  direction: Float64Array,
): { readonly at: Float64Array; readonly next: Objective } | undefined {
  const slope = dot(here.gradient, direction);
  let length = Math.min(1, STEP / largest(direction));
  let [below, above] = [0, Infinity];
  for (let trial = 0; trial < TRIALS; trial++) {
    if (!(-length * slope > ROUNDING * Math.abs(here.value))) break;
    const to = at.map((v, i) => v + length * direction[i]!);
    const next = objective(to);
    if (!(next.value <= here.value + DECREASE * length * slope)) above = length;
    else if (dot(next.gradient, direction) < FLATTER * slope) below = length;
    else return { at: to, next };
    length = above === Infinity ? 2 * length : (below + above) / 2;
  }
  return undefined;
}

/** The inverse Hessian after a step and the change of the gradient along it. */
function update(inverse: Float64Array, step: Float64Array, change: Float64Array): void {
  const n = step.length;
  // Above 0, as the weak Wolfe conditions hold.
  const along = dot(step, change);
  const turned = step.map((_, i) => dot(inverse.subarray(i * n, (i + 1) * n), change));
  const factor = (1 + dot(change, turned) / along) / along;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      inverse[i * n + j]! +=
        factor * step[i]! * step[j]! - (turned[i]! * step[j]! + step[i]! * turned[j]!) / along;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}
