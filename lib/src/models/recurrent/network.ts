/** A network of gated recurrent units over a window, with the head NB or NBI: its shape and its start. */

import { stream } from "../../random.js";

/** What makes betas of the states: a linear layer on the last one, or weights of a least squares by row. */
export type Head = "nb" | "nbi";

/** The sizes of a network; equal shapes have equal weights. */
export interface RecurrentShape {
  readonly head: Head;
  /** Units, an even number. */
  readonly hidden: number;
  /** K */
  readonly markets: number;
  /** L: rows of the window. */
  readonly lookback: number;
  /** Newest row first, with what a least squares of the newer rows makes of each: a sign that beta has jumped. */
  readonly residuals: boolean;
}

/** Numbers by row: the markets' returns, the coin's, with residuals log(1 + e²) and K of e x; padded to an even number. */
export const inputWidth = ({ markets, residuals }: RecurrentShape): number => {
  const width = (markets + 1) * (residuals ? 2 : 1);
  return width + (width % 2);
};

/** Where the parts of all weights begin: inputs' weights [3 H x I], states' [3 H x H], biases [4 H], the head's. */
export function weightPlaces(shape: RecurrentShape): {
  readonly recurrent: number;
  readonly biases: number;
  readonly head: number;
  readonly count: number;
} {
  const { head, hidden: H, markets: K } = shape;
  const recurrent = 3 * H * inputWidth(shape);
  const biases = recurrent + 3 * H * H;
  const at = biases + 4 * H;
  const count = at + (head === "nb" ? K * (H + 1) : H + 1 + 2 * K);
  return { recurrent, biases, head: at, count };
}

/** Logit whose softplus is 1: the least squares that NBI starts near. */
const ONE = 0.5413248546129181;

/**
 * Weights before training: uniform within one over the root of H, those of the head a tenth of it.
 *
 * @param prior betas that NBI's prior, and NB's bias, begin at [K]
 * @returns float32; NBI's prior precisions are 1
 */
export function recurrentStart(
  shape: RecurrentShape,
  seed: number,
  prior: readonly number[],
): Float32Array {
  const { head, hidden: H, markets: K } = shape;
  const places = weightPlaces(shape);
  const chance = stream(seed, "recurrent", "start");
  const bound = 1 / Math.sqrt(H);
  const next = () => bound * (2 * chance.uniform() - 1);
  const weights = Float32Array.from({ length: places.count }, (_, at) =>
    at < places.head ? next() : 0,
  );
  const slopes = head === "nb" ? K * H : H;
  for (let i = 0; i < slopes; i++) weights[places.head + i] = 0.1 * next();
  if (head === "nbi") weights[places.head + H] = ONE;
  weights.set(prior, places.head + slopes + (head === "nb" ? 0 : 1));
  return weights;
}
