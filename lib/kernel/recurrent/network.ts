/** What the host lays out for a network of gated recurrent units: sizes, and addresses of its arrays. */

/** Series of a block; four stand side by side in a vector. */
export const SERIES: i32 = 16;
/** Bytes of one number of all series of a block. */
export const ROW: usize = 64;

@unmanaged
export class Network {
  hidden: i32;
  inputs: i32;
  markets: i32;
  lookback: i32;
  /** Whether the head weighs the rows of a least squares; else it is linear in the last state. */
  weighing: i32;
  count: i32;
  /** Weights, gradient, and the two moments of Adam [count each]; the gradient by lanes [count x 4]. */
  weights: usize;
  gradient: usize;
  moments: usize;
  lanes: usize;
  /** Of a block, by row of the window: inputs [L x I], states [L + 1 x H], gates n, r, z and the recurrent part of n [L x 4 H]; each number for all series. */
  inputsAt: usize;
  states: usize;
  gates: usize;
  /** Of a block: logits of the rows and the slopes of their weights [L], targets [K + 1], betas [K], gradient of the state [H] and its next [H]. */
  logits: usize;
  slopes: usize;
  targets: usize;
  betas: usize;
  toState: usize;
  nextToState: usize;
  /** Room for the normal equations of the head [K x K + K]. */
  equations: usize;
  /** Powers of the decay rates of the moments. */
  power1: f32;
  power2: f32;
}

/** Windows [N x L x I] and what comes after them [N x K + 1]: the markets, then the coin. */
@unmanaged
export class Data {
  windows: usize;
  targets: usize;
  count: i32;
}

/** Address of the recurrent weights [3 H x H], after those of the inputs [3 H x I]. */
// @ts-ignore: decorator
@inline
export function recurrentAt(net: Network): usize {
  return <usize>(3 * net.hidden * net.inputs) << 2;
}

/** Address of the biases [4 H]: of n, r, z, and of the recurrent part of n. */
// @ts-ignore: decorator
@inline
export function biasesAt(net: Network): usize {
  return recurrentAt(net) + (<usize>(3 * net.hidden * net.hidden) << 2);
}

/** Address of the head's weights: [H] and a bias, then prior means [K] and log precisions [K]; or [K x H] and biases [K]. */
// @ts-ignore: decorator
@inline
export function headAt(net: Network): usize {
  return biasesAt(net) + (<usize>(4 * net.hidden) << 2);
}

/** Adds a product of all series to a weight's gradient, lane by lane. */
// @ts-ignore: decorator
@inline
export function addLanes(net: Network, at: usize, value: v128): void {
  const to = net.lanes + (at << 2);
  v128.store(to, f32x4.add(v128.load(to), value));
}

/** Writes one number of all series of a block. */
// @ts-ignore: decorator
@inline
export function store4(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, d, 48);
}
