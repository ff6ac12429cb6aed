/** What several test files need: seeded panels, the panel of the study, and the slow obvious trainer. */

import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { heldBeta } from "../../lib/src/betas/assemble.js";
import type { Estimator } from "../../lib/src/betas/estimator.js";
import { pooledBeta } from "../../lib/src/betas/pooled.js";
import { readPanel } from "../../lib/src/data/panel-file.js";
import type { NetworkShape } from "../../lib/src/models/network.js";
import type {
  TrainedNetwork,
  Trainer,
  TrainingBlock,
  TrainingData,
  TrainingJob,
} from "../../lib/src/models/trainer.js";
import { isoDate } from "../../lib/src/panel/calendar.js";
import { marketNames, selectMarkets } from "../../lib/src/panel/panel.js";
import { stream } from "../../lib/src/random.js";
import { STUDY } from "../../lib/src/study.js";
import type { BetaPath, DateRange, Panel } from "../../lib/src/types.js";

/** Property tests draw the same cases on every run. */
export const RUNS = { seed: 20180131, numRuns: 100 } as const;

/** An estimator under a name of the ladder. */
export const builtIn = (estimator: Estimator): Estimator => ({ ...estimator, builtIn: true });

/** What a script of tests/reference wrote, with its inputs. */
export function reference<T>(name: string): T {
  const file = new URL(`../fixtures/reference/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Agreement with a reference that has all its digits, relative. */
export const AGREEMENT = 1e-8;

/** Expects agreement with a reference, number by number. */
export function expectClose(
  actual: number | ArrayLike<number>,
  expected: number | ArrayLike<number>,
): void {
  const [ours, theirs] = [actual, expected].map((values) =>
    typeof values === "number" ? [values] : Array.from(values),
  );
  expect(ours).toHaveLength(theirs!.length);
  theirs!.forEach((value, i) => {
    expect(Math.abs(ours![i]! - value)).toBeLessThanOrEqual(AGREEMENT * Math.abs(value));
  });
}

/** The committed monthly panel with one of its market sets. */
export async function studyPanel(marketSet: string = STUDY.markets.join("+")): Promise<Panel> {
  return selectMarkets(await readPanel(STUDY), marketNames(marketSet));
}

/** The pooled constant of a block, held after it. */
export const frozenPooled = (panel: Panel, block: DateRange): BetaPath =>
  heldBeta(pooledBeta(panel, block), block);

/** Months from 2018-01 with seeded returns; coins follow the markets, with noise. */
export function seededPanel(
  months: number,
  coins: readonly string[],
  markets: readonly string[],
): Panel {
  const draw = stream("seededPanel", months, coins.length, markets.length);
  const swing = (size: number) => size * (2 * draw.uniform() - 1);
  const marketLogReturns = Float64Array.from({ length: months * markets.length }, () =>
    swing(0.06),
  );
  const coinLogReturns = Float64Array.from(
    { length: months * coins.length },
    (_, at) => swing(0.2) + 1.5 * marketLogReturns[Math.floor(at / coins.length) * markets.length]!,
  );
  return {
    frequency: "monthly",
    dates: Array.from({ length: months }, (_, t) => isoDate(Date.UTC(2018, t + 1, 0) / 86_400_000)),
    coins,
    markets,
    coinLogReturns,
    marketLogReturns,
  };
}

/** Loss of some rows and its gradient by the chain rule, in float64. */
function lossAndGradient(
  shape: NetworkShape,
  weights: Float64Array,
  { inputs, coinReturns, marketReturns }: TrainingBlock,
  rows: readonly number[],
): { loss: number; gradient: Float64Array } {
  const { inputs: D, hidden: H, markets: K } = shape;
  const [b1, w2, b2] = [D * H, D * H + H, D * H + H + H * K];
  const gradient = new Float64Array(weights.length);
  let loss = 0;
  for (const row of rows) {
    const units = Array.from({ length: H }, (_, h) => {
      let sum = weights[b1 + h]!;
      for (let d = 0; d < D; d++) sum += inputs[row * D + d]! * weights[d * H + h]!;
      return UNIT[shape.activation](sum);
    });
    let error = coinReturns[row]!;
    for (let k = 0; k < K; k++) {
      let beta = weights[b2 + k]!;
      for (let h = 0; h < H; h++) beta += units[h]![0] * weights[w2 + h * K + k]!;
      error -= beta * marketReturns[row * K + k]!;
    }
    loss += error ** 2 / rows.length;
    for (let k = 0; k < K; k++) {
      const byBeta = (-2 * error * marketReturns[row * K + k]!) / rows.length;
      gradient[b2 + k]! += byBeta;
      for (let h = 0; h < H; h++) {
        const [unit, slope] = units[h]!;
        gradient[w2 + h * K + k]! += byBeta * unit;
        const bySum = byBeta * weights[w2 + h * K + k]! * slope;
        gradient[b1 + h]! += bySum;
        for (let d = 0; d < D; d++) gradient[d * H + h]! += bySum * inputs[row * D + d]!;
      }
    }
  }
  return { loss, gradient };
}

/** Value and slope of a hidden unit. */
const UNIT: Readonly<Record<NetworkShape["activation"], (sum: number) => [number, number]>> = {
  linear: (sum) => [sum, 1],
  sigmoid: (sum) => {
    const unit = 1 / (1 + Math.exp(-sum));
    return [unit, unit * (1 - unit)];
  },
  tanh: (sum) => [Math.tanh(sum), 1 - Math.tanh(sum) ** 2],
  relu: (sum) => (sum > 0 ? [sum, 1] : [0, 0]),
};

/** Adam as published (Kingma and Ba 2015), decay as in AdamW (Loshchilov and Hutter 2019); patience is ignored. */
function trainPlainly(data: TrainingData, job: TrainingJob): TrainedNetwork {
  const { shape, learningRate, batches, weightDecay = 0 } = job;
  const weights = Float64Array.from(job.startWeights);
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const all = [...data.inSample.coinReturns.keys()];
  const H = shape.hidden;
  const b1 = shape.inputs * H;
  const b2 = b1 + H + H * shape.markets;
  const lossOf = (block: TrainingBlock) =>
    lossAndGradient(shape, weights, block, [...block.coinReturns.keys()]).loss;
  const isBias = (i: number) => (i >= b1 && i < b1 + H) || i >= b2;
  const inSampleLoss: number[] = [];
  const validationLoss: number[] = [];
  let best = { epoch: 0, weights: Float32Array.from(weights) };
  let [power1, power2] = [1, 1];
  for (let epoch = 0; epoch <= job.epochs; epoch++) {
    const order = epoch === 0 ? [] : batches ? [...batches.order(epoch)] : [...all];
    while (order.length > 0) {
      const rows = order.splice(0, batches?.size ?? all.length);
      const { gradient } = lossAndGradient(shape, weights, data.inSample, rows);
      power1 *= 0.9;
      power2 *= 0.999;
      gradient.forEach((g, i) => {
        first[i] = 0.9 * first[i]! + 0.1 * g;
        second[i] = 0.999 * second[i]! + 0.001 * g ** 2;
        const step = first[i]! / (1 - power1) / (Math.sqrt(second[i]! / (1 - power2)) + 1e-7);
        const decay = isBias(i) ? 0 : weightDecay * weights[i]!;
        weights[i]! -= learningRate * (step + decay);
      });
    }
    inSampleLoss.push(lossOf(data.inSample));
    validationLoss.push(lossOf(data.validation));
    if (validationLoss[epoch]! < validationLoss[best.epoch]!)
      best = { epoch, weights: Float32Array.from(weights) };
  }
  return {
    weights: best.weights,
    bestEpoch: best.epoch,
    inSampleLoss: Float64Array.from(inSampleLoss),
    validationLoss: Float64Array.from(validationLoss),
  };
}

/** The slow obvious trainer, without a library: what the fast ones are tested against. */
export const plainTrainer: Trainer = {
  id: "plain",
  train: async (data, jobs) => jobs.map((job) => trainPlainly(data, job)),
};
