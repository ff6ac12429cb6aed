/** Training of a recurrent network by the hedging loss: rounds of windows, passes over them, best validation kept. */

import { stream } from "../../random.js";
import { sine } from "../amortised/processes.js";
import { BLOCK, type RecurrentKernel, recurrentKernel, type Windows } from "./kernel.js";
import { type RecurrentShape, recurrentStart } from "./network.js";
import { type TrialProcess, trialSource, trialWindows } from "./synthetic.js";

/** How long and how fast a network is trained. */
export interface RecurrentPlan {
  /** Passes over the windows; the validation loss is measured after each. */
  readonly passes: number;
  /** Windows of a step. */
  readonly batch: number;
  /** Greatest rate of Adam, after a rise over `warmUp` steps, before a cosine to nothing. */
  readonly rate: number;
  readonly warmUp: number;
}

/** The plan of the published experiment: steps of 128 windows. */
export const RECURRENT_PLAN: RecurrentPlan = { passes: 4, batch: 128, rate: 2e-3, warmUp: 200 };

/** Series that are simulated where they are trained on: fresh ones in every round. */
export interface SimulatedSource {
  readonly process: TrialProcess;
  readonly rounds: number;
  /** Series of a round, and of the validation. */
  readonly series: number;
  readonly validation: number;
}

/** A network to be trained: everything that its weights depend on. */
export interface RecurrentJob {
  readonly shape: RecurrentShape;
  readonly seed: number;
  /** Betas that the start has [K]. */
  readonly prior: readonly number[];
  readonly plan: RecurrentPlan;
  readonly source: SimulatedSource | { readonly fit: Windows; readonly validation: Windows };
}

/** A trained network. */
export interface RecurrentNetwork {
  /** Weights of the lowest validation loss, those of the start among them. */
  readonly weights: Float32Array;
  /** Mean squared hedging error of the validation before training and after each pass. */
  readonly validationLoss: Float64Array;
  /** The pass with the lowest; 0 is the start. */
  readonly bestPass: number;
}

/** Trains a network in this thread. */
export function trainRecurrent(job: RecurrentJob): RecurrentNetwork {
  const { shape, seed, plan, source } = job;
  const simulated = "process" in source;
  const rounds = simulated ? source.rounds : 1;
  const windowsIn = ({ targets }: Windows) => targets.length / (shape.markets + 1);
  const count = simulated ? source.series : windowsIn(source.fit);
  const checked = simulated ? source.validation : windowsIn(source.validation);
  const batch = Math.min(plan.batch, count - (count % BLOCK));
  const kernel = recurrentKernel(shape, { windows: count + checked, batch });
  const fill = (use: string, place: number) => {
    let at = place;
    for (const part of partsOf(job, use)) {
      kernel.write(part, at);
      at += windowsIn(part);
    }
  };
  fill(VALIDATION, count);
  kernel.weights().set(recurrentStart(shape, seed, job.prior));
  const perPass = Math.floor(count / batch);
  const steps = { done: 0, total: rounds * plan.passes * perPass };
  const losses = [kernel.evaluate(count, checked).loss];
  let [best, bestPass] = [kernel.weights().slice(), 0];
  for (let round = 0; round < rounds; round++) {
    fill(`round ${round}`, 0);
    for (let pass = 0; pass < plan.passes; pass++) {
      const order = stream(seed, "recurrent", "order", round, pass).permutation(count);
      onePass(kernel, order, { plan, batch, steps });
      const { loss } = kernel.evaluate(count, checked);
      if (loss < losses[bestPass]!) [best, bestPass] = [kernel.weights().slice(), losses.length];
      losses.push(loss);
    }
  }
  return { weights: best, validationLoss: Float64Array.from(losses), bestPass };
}

interface Pass {
  readonly plan: RecurrentPlan;
  readonly batch: number;
  readonly steps: { done: number; readonly total: number };
}

function onePass(kernel: RecurrentKernel, order: Uint32Array, { plan, batch, steps }: Pass): void {
  for (let at = 0; at + batch <= order.length; at += batch, steps.done++) {
    const cosine = sine(steps.done / steps.total / 2 + 0.25);
    const rate = plan.rate * Math.min(1, (steps.done + 1) / plan.warmUp) * 0.5 * (1 + cosine);
    kernel.update(Int32Array.from(order.subarray(at, at + batch)), rate);
  }
}

/** The use of windows that choose the pass. */
const VALIDATION = "validation";
/** Series that are simulated at a time: those of a round at once are a hundred megabytes in every thread. */
const PART = 1024;

/** The windows of a job for a round of training, or for the validation, part by part. */
function* partsOf({ shape, seed, source }: RecurrentJob, use: string): Generator<Windows> {
  if (!("process" in source)) {
    yield use === VALIDATION ? source.validation : source.fit;
    return;
  }
  const { process, series, validation } = source;
  const next = trialSource({ process, lookback: shape.lookback, seed, use });
  const count = use === VALIDATION ? validation : series;
  for (let at = 0; at < count; at += PART)
    yield trialWindows(shape, next(Math.min(PART, count - at)));
}
