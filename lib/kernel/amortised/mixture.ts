/** The heads of the amortised network: weights of experts, gates of state terms, quantiles; their losses and gradients. */

import { activate, exp2, SIGMOID, total } from "../vector";

/** Outputs: logits of 57 experts and three that are empty, four gates, seven gaps between quantiles and their scale. */
export const OUTPUTS: i32 = 72;
const EXPERTS: i32 = 57;
const EXPERT_ROW: usize = 60 << 2;
const TARGET_ROW: usize = 12 << 2;
const GATES: usize = 60 << 2;
const QUANTILES: usize = 64 << 2;
const LOG2E: f32 = 1.4426950408889634;
/** Weight of the quantiles' mean absolute loss beside the squared one. */
const QUANTILE_WEIGHT: f32 = 0.3 / 7;

/** Room for a row: weights [60], gates [4], sigmoids of the gaps [8], quantile offsets [8]. */
const ROOM: usize = memory.data(80 << 2, 16);

/**
 * Losses of some rows, and their gradients in the place of the outputs.
 *
 * @param losses [rows x 2]: squared error of the beta without its weight, weighted sum of both losses
 * @param scale one over the rows of the batch
 */
export function heads(outputs: usize, experts: usize, targets: usize, losses: usize, rows: i32, scale: f32): void {
  for (let row = 0; row < rows; row++) {
    const o = outputs + <usize>(row * OUTPUTS << 2);
    const e = experts + <usize>row * EXPERT_ROW;
    const target = targets + <usize>row * TARGET_ROW;
    softmax(o);
    const gates = activate(v128.load(o + GATES), SIGMOID);
    v128.store(ROOM + GATES, gates);
    let sum = f32x4.mul(gates, v128.load(target));
    const ofTerms = total(sum);
    sum = f32x4.splat(0);
    for (let at: usize = 0; at < EXPERT_ROW; at += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(ROOM + at), v128.load(e + at)));
    const ofExperts = total(sum);
    const beta = ofExperts + ofTerms;
    const error = beta - f32.load(target, 16);
    const square = f32.load(target, 24);
    const slope: f32 = <f32>2 * square * error * scale;
    const bend = quantiles(o, beta, target, scale);
    f32.store(losses + (<usize>row << 3), error * error);
    f32.store(losses + (<usize>row << 3), square * error * error + bend, 4);
    const center = f32x4.splat(ofExperts);
    const s = f32x4.splat(slope);
    for (let at: usize = 0; at < EXPERT_ROW; at += 16)
      v128.store(o + at, f32x4.mul(f32x4.mul(v128.load(ROOM + at), f32x4.sub(v128.load(e + at), center)), s));
    const rest = f32x4.sub(f32x4.splat(1), gates);
    v128.store(o + GATES, f32x4.mul(f32x4.mul(f32x4.mul(gates, rest), v128.load(target)), s));
  }
}

/** Weights of the experts, into ROOM. */
function softmax(o: usize): void {
  let most: f32 = -Infinity;
  for (let j = 0; j < EXPERTS; j++) most = max(most, f32.load(o + (<usize>j << 2)));
  const m = f32x4.splat(most);
  const log2e = f32x4.splat(LOG2E);
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < EXPERT_ROW; at += 16) {
    let w = exp2(f32x4.mul(f32x4.sub(v128.load(o + at), m), log2e));
    if (at == EXPERT_ROW - 16) w = v128.and(w, i32x4(-1, 0, 0, 0));
    v128.store(ROOM + at, w);
    sum = f32x4.add(sum, w);
  }
  const inverse = f32x4.splat(1 / total(sum));
  for (let at: usize = 0; at < EXPERT_ROW; at += 16) v128.store(ROOM + at, f32x4.mul(v128.load(ROOM + at), inverse));
}

/**
 * Mean absolute loss of seven quantiles: beta + sd e^a (median + gaps outward), gaps the softplus of an output plus 0.3, the median 0.3
 * times its output. The beta is held: quantiles do not pull it. Writes the gradient of the eight outputs; returns the weighted loss.
 */
function quantiles(o: usize, beta: f32, target: usize, scale: f32): f32 {
  const slopes = ROOM + QUANTILES;
  const offsets = slopes + 32;
  const shift = f32x4.splat(0.3);
  v128.store(slopes, activate(f32x4.add(v128.load(o + QUANTILES), shift), SIGMOID));
  v128.store(slopes, activate(f32x4.add(v128.load(o + QUANTILES, 16), shift), SIGMOID), 16);
  const median: f32 = 0.3 * f32.load(o + QUANTILES, 12);
  f32.store(offsets, median, 12);
  let down = median;
  for (let i = 2; i >= 0; i--) {
    down -= softplus(f32.load(o + QUANTILES + (<usize>i << 2)) + 0.3);
    f32.store(offsets + (<usize>i << 2), down);
  }
  let up = median;
  for (let i = 4; i < 7; i++) {
    up += softplus(f32.load(o + QUANTILES + (<usize>i << 2)) + 0.3);
    f32.store(offsets + (<usize>i << 2), up);
  }
  const width = f32.load(target, 20) * Mathf.exp(f32.load(o + QUANTILES, 28));
  const truth = f32.load(target, 16);
  const weight = f32.load(target, 28) * QUANTILE_WEIGHT;
  let loss: f32 = 0;
  let toScale: f32 = 0;
  let all: f32 = 0;
  for (let i = 0; i < 7; i++) {
    const offset = f32.load(offsets + (<usize>i << 2));
    const difference = truth - (beta + width * offset);
    const level = tau(i);
    const side: f32 = difference < 0 ? level - 1 : level;
    loss += side * difference;
    // Of the loss by this offset, times its width.
    const slope = -side * weight * scale * width;
    f32.store(offsets + (<usize>i << 2), slope);
    toScale += slope * offset;
    all += slope;
  }
  let outward: f32 = 0;
  for (let i: usize = 0; i < 3; i++) {
    outward -= f32.load(offsets + (i << 2));
    f32.store(o + QUANTILES + (i << 2), outward * f32.load(slopes + (i << 2)));
  }
  outward = 0;
  for (let i: usize = 6; i > 3; i--) {
    outward += f32.load(offsets + (i << 2));
    f32.store(o + QUANTILES + (i << 2), outward * f32.load(slopes + (i << 2)));
  }
  f32.store(o + QUANTILES, 0.3 * all, 12);
  f32.store(o + QUANTILES, toScale, 28);
  return loss * weight;
}

// @ts-ignore: decorator
@inline
function softplus(x: f32): f32 {
  return x > 20 ? x : Mathf.log(1 + Mathf.exp(x));
}

function tau(i: i32): f32 {
  if (i == 0) return 0.025;
  if (i == 1) return 0.1;
  if (i == 2) return 0.25;
  if (i == 3) return 0.5;
  if (i == 4) return 0.75;
  if (i == 5) return 0.9;
  return 0.975;
}
