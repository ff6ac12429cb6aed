/** Training of the amortised network from nothing: the same weights on every machine and for any number of threads. */

import { createHash } from "node:crypto";
import { stream } from "../../random.js";
import { type AmortisedKernel, amortisedKernel, BLOCK } from "./kernel.js";
import { HIDDEN, layerWidths, startWeights } from "./network.js";
import { processLosses } from "./process-losses.js";
import { sine } from "./processes.js";
import { CYCLE, CYCLE_ROWS, ROW, type Rows, simulatedRows } from "./rows.js";
import { rowsSource } from "./rows-source.js";
import { folded, type Scaler, scalerOf, standardise } from "./scaler.js";
import { type Score, scoreRows } from "./score.js";

/** How long and how fast the network is trained. */
export interface TrainingPlan {
  readonly hidden: readonly number[];
  readonly seed: number;
  /** Times the rows are simulated anew, cycles of chunks each time, and passes over them. */
  readonly rounds: number;
  readonly cycles: number;
  readonly passes: number;
  /** Blocks of 64 rows per step; they divide those of a round. */
  readonly batch: number;
  /** Greatest rate of AdamW, with a cosine down to a hundredth, and its weight decay. */
  readonly rate: number;
  readonly decay: number;
}

/** The plan of the shipped weights. */
export const TRAINING_PLAN: TrainingPlan = {
  hidden: HIDDEN,
  seed: 1,
  rounds: 32,
  cycles: 4,
  passes: 5,
  batch: 60,
  rate: 3e-3,
  decay: 1e-4,
};

/** A trained network and how it came about. */
export interface AmortisedTraining {
  /** Of each layer a matrix [inputs x outputs], then biases; they take features as they are. */
  readonly weights: Float32Array;
  readonly steps: number;
  readonly visits: number;
  /** Names the rows: SHA-256 of the first chunk. */
  readonly priorHash: string;
  /** After every round, on series that are never trained on. */
  readonly curve: readonly Score[];
}

/** How long the amortised network is trained, from which seed, and who hears of it. */
export interface AmortisedTrainingOptions {
  /** Threads that simulate, one per core by default; the weights do not depend on them. */
  readonly threads?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Trains the network: rounds of fresh rows of the prior, a few passes over each.
 *
 * From the second round on every row counts by one over what its process cost at its length in the round before.
 */
export async function trainAmortised(
  plan: TrainingPlan,
  options: AmortisedTrainingOptions = {},
): Promise<AmortisedTraining> {
  const { rounds, cycles } = plan;
  const source = rowsSource("training", rounds * cycles * CYCLE, cycles * CYCLE, options.threads);
  const rows: TrainingRows = {
    count: cycles * CYCLE_ROWS,
    next: source.next,
    validationCount: CYCLE_ROWS,
    validation: (chunk) => simulatedRows("validation", chunk),
  };
  try {
    return await trainOn(rows, plan, options);
  } finally {
    await source.close();
  }
}

/** What a network is trained on: chunk by chunk, each count a multiple of 64. */
export interface TrainingRows {
  /** Rows of a round, and the next chunk of them. */
  readonly count: number;
  readonly next: () => Promise<Rows>;
  /** Rows that are only scored, and a chunk of them. */
  readonly validationCount: number;
  readonly validation: (chunk: number) => Rows;
}

/** Trains on rows, whatever they are; `cycles` of the plan says nothing here. */
export async function trainOn(
  { count, next, validationCount, validation }: TrainingRows,
  plan: TrainingPlan,
  options: Omit<AmortisedTrainingOptions, "threads">,
): Promise<AmortisedTraining> {
  const { rounds, passes, batch, seed } = plan;
  const widths = layerWidths(plan.hidden);
  const blocks = count / BLOCK;
  const checked = validationCount / BLOCK;
  const kernel = amortisedKernel(widths, blocks + checked);
  kernel.weights().set(startWeights(widths, seed));
  const { features } = kernel.rows();
  const trained = count * ROW.features;
  const perRound = Math.floor(blocks / batch) * passes;
  const total = rounds * perRound;
  const costs = processLosses();
  const curve: Score[] = [];
  let scaler: Scaler | undefined;
  let priorHash = "";
  let step = 0;
  for (let round = 0; round < rounds; round++) {
    for (let at = 0; at < count; ) {
      const rows = await next();
      priorHash ||= rowsHash(rows);
      copyRows(kernel, rows, at);
      at += rows.count;
    }
    if (!scaler) {
      scaler = scalerOf(features.subarray(0, trained));
      for (let at = 0, chunk = 0; at < validationCount; chunk++) {
        const rows = validation(chunk);
        copyRows(kernel, rows, count + at);
        at += rows.count;
      }
      standardise(features.subarray(trained), scaler);
    }
    standardise(features.subarray(0, trained), scaler);
    const squares = costs.weigh(kernel.rows().targets, count);
    for (let pass = 0; pass < passes; pass++) {
      const order = stream(seed, "amortised", "order", round, pass).permutation(blocks);
      for (let at = 0; at + batch <= blocks; at += batch, step++) {
        kernel.step(
          Int32Array.from(order.subarray(at, at + batch)),
          rateAt(plan, step, total),
          plan.decay,
        );
        if (step % 10 === 0) {
          options.onProgress?.(step, total);
          await new Promise((resolve) => setImmediate(resolve));
          options.signal?.throwIfAborted();
        }
      }
    }
    costs.learn(kernel.rows().targets, kernel.losses(), squares);
    curve.push(scoreRows(kernel, blocks, checked));
  }
  options.onProgress?.(total, total);
  const weights = folded(kernel.weights(), widths[1]!, scaler!);
  return { weights, steps: step, visits: step * batch * BLOCK, priorHash, curve };
}

const rowsHash = ({ features, experts, targets }: Rows): string => {
  const hash = createHash("sha256");
  for (const values of [features, experts, targets]) hash.update(values);
  return hash.digest("hex");
};

function copyRows(kernel: AmortisedKernel, rows: Rows, at: number): void {
  for (const name of ["features", "experts", "targets"] as const)
    kernel.rows()[name].set(rows[name], at * ROW[name]);
}

/** A warm-up of fifty steps, then half a cosine down to a hundredth. */
export function rateAt({ rate }: Pick<TrainingPlan, "rate">, step: number, total: number): number {
  const cosine = sine(step / total / 2 + 0.25);
  return rate * Math.min(1, step / 50 + 0.02) * (0.5 * (1 + cosine) + 0.01);
}
