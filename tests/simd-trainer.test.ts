/** The training kernel against a slow trainer and TensorFlow.js. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Worker } from "node:worker_threads";
import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  ACTIVATIONS,
  type NetworkShape,
  networkOutputs,
  parameterCount,
} from "../lib/src/models/network.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import { simdKernel } from "../lib/src/models/simd/kernel.js";
import { kernelCode, kernelModule } from "../lib/src/models/simd/kernel-file.js";
import { kernelTraining } from "../lib/src/models/simd/kernel-training.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { tfjsTrainer } from "../lib/src/models/tfjs/trainer.js";
import type {
  TrainedNetwork,
  TrainingBlock,
  TrainingData,
  TrainingJob,
} from "../lib/src/models/trainer.js";
import { stream } from "../lib/src/random.js";
import { STUDY } from "../lib/src/study.js";
import { plainTrainer, RUNS, studyPanel } from "./support/helpers.js";

/** Worker threads that this process has started. */
const started: Worker[] = [];
process.on("worker", (worker) => started.push(worker));
beforeEach(() => started.splice(0));
/** How many of them have not ended. */
const alive = () => started.filter(({ threadId }) => threadId !== -1).length;

/** Largest relative difference of two trainers' losses over the first epochs. */
const PARITY = 1e-4;
const PARITY_EPOCHS = 20;
/** Largest errors of the kernel's functions: relative for exp, absolute for sigmoid and tanh. */
const FUNCTION = 2.5e-7;

function seededData(
  inputs: number,
  markets: number,
  fitRows: number,
  validationRows: number,
): TrainingData {
  const draw = stream("simd data", inputs, markets, fitRows);
  const numbers = (length: number) =>
    Float32Array.from({ length }, () => 3.4 * draw.uniform() - 1.7);
  const block = (rows: number): TrainingBlock => ({
    inputs: numbers(rows * inputs),
    coinReturns: numbers(rows),
    marketReturns: numbers(rows * markets),
  });
  return { inSample: block(fitRows), validation: block(validationRows) };
}

function seededJob(shape: NetworkShape, more: Partial<TrainingJob> = {}): TrainingJob {
  const draw = stream("simd job", shape.hidden, shape.activation);
  return {
    label: `${shape.hidden} ${shape.activation}`,
    shape,
    startWeights: Float32Array.from(
      { length: parameterCount(shape) },
      () => 0.8 * draw.uniform() - 0.4,
    ),
    learningRate: 0.01,
    epochs: PARITY_EPOCHS,
    ...more,
  };
}

/** In the calling thread: a thread for each would take longer to start than to train. */
const few = simdTrainer();
const train = async (data: TrainingData, job: TrainingJob): Promise<TrainedNetwork> =>
  (await few.train(data, [job]))[0]!;

function expectParity(ours: TrainedNetwork, theirs: TrainedNetwork): void {
  for (const curve of ["inSampleLoss", "validationLoss"] as const) {
    expect(ours[curve]).toHaveLength(theirs[curve].length);
    ours[curve].forEach((loss, epoch) => {
      expect(
        Math.abs(loss / theirs[curve][epoch]! - 1),
        `${curve}, epoch ${epoch}`,
      ).toBeLessThanOrEqual(PARITY);
    });
  }
}

describe("the kernel's functions", () => {
  const kernel = simdKernel(kernelModule());
  const values = Float32Array.from({ length: 40_000 }, (_, i) => (i - 20_000) / 400);
  const worst = (kind: number, error: (x: number, y: number) => number) =>
    kernel
      .evaluate(kind, values)
      .reduce((largest, y, i) => Math.max(largest, error(values[i]!, y)), 0);

  it("sigmoid and tanh are within their stated error on [-50, 50]", () => {
    expect(worst(1, (x, y) => Math.abs(y - 1 / (1 + Math.exp(-x))))).toBeLessThanOrEqual(FUNCTION);
    expect(worst(2, (x, y) => Math.abs(y - Math.tanh(x)))).toBeLessThanOrEqual(FUNCTION);
  });
  it("linear and relu are exact", () => {
    expect(worst(0, (x, y) => Math.abs(y - x))).toBe(0);
    expect(worst(3, (x, y) => Math.abs(y - Math.max(0, x)))).toBe(0);
  });
  it("hold at infinity, and keep what is no number", () => {
    const far = Float32Array.of(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0);
    expect([...kernel.evaluate(1, far)]).toEqual([1, expect.closeTo(0, 30), Number.NaN, 0.5]);
    expect([...kernel.evaluate(2, far)]).toEqual([1, -1, Number.NaN, 0]);
    expect([...kernel.evaluate(3, far)]).toEqual([Number.POSITIVE_INFINITY, 0, Number.NaN, 0]);
  });
});

describe("the kernel against the slow trainer", () => {
  const SHAPES = ACTIVATIONS.flatMap((activation) =>
    [1, 3, 4, 8, 13, 16].flatMap((hidden) =>
      [1, 2, 4].map(
        (markets) =>
          ({
            inputs: 12 * (1 + markets),
            hidden,
            markets,
            activation,
          }) as const,
      ),
    ),
  );

  it.each(SHAPES)("has its losses: $activation, $hidden units, $markets markets", async (shape) => {
    const data = seededData(shape.inputs, shape.markets, 23, 9);
    const job = seededJob(shape);
    const [plain] = await plainTrainer.train(data, [job]);
    expectParity(await train(data, job), plain!);
  });

  it("has its losses for any number of rows, inputs and units", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 2, max: 19 }),
        fc.constantFrom(...ACTIVATIONS),
        async (inputs, hidden, markets, rows, activation) => {
          const data = seededData(inputs, markets, rows, 5);
          const job = seededJob({ inputs, hidden, markets, activation }, { epochs: 4 });
          const [plain] = await plainTrainer.train(data, [job]);
          expectParity(await train(data, job), plain!);
        },
      ),
      { ...RUNS, numRuns: 25 },
    );
  });

  it.each([1, 5, 8, 23])(
    "has its losses in batches of %d rows in a new order each epoch",
    async (size) => {
      const shape = {
        inputs: 6,
        hidden: 5,
        markets: 2,
        activation: "tanh",
      } as const;
      const data = seededData(6, 2, 23, 9);
      const order = (epoch: number) => stream("simd order", epoch).permutation(23);
      const job = seededJob(shape, { batches: { size, order } });
      const [plain] = await plainTrainer.train(data, [job]);
      expectParity(await train(data, job), plain!);
    },
  );

  it("has its losses with weight decay", async () => {
    const data = seededData(6, 2, 23, 9);
    const job = seededJob(
      { inputs: 6, hidden: 5, markets: 2, activation: "tanh" },
      { weightDecay: 3 },
    );
    const [plain] = await plainTrainer.train(data, [job]);
    expectParity(await train(data, job), plain!);
  });
});

describe("the kernel against TensorFlow.js on the study's panel", () => {
  it.each(
    ACTIVATIONS.flatMap((activation) =>
      STUDY.marketSets.slice(-2).map((set) => [activation, set] as const),
    ),
  )("agrees: %s on %s", async (activation, marketSet) => {
    const panel = await studyPanel(marketSet);
    const options = {
      ...STUDY.baseline,
      activation,
      lookback: STUDY.lookback,
      split: STUDY.split,
      learningRate: 0.01,
      epochs: PARITY_EPOCHS,
      seed: 1,
      replicates: 2,
      start: "glorot" as const,
    };
    const [ours, theirs] = await Promise.all(
      [simdTrainer(), tfjsTrainer()].map((trainer) => fitNeuralBeta(panel, trainer, options)),
    );
    ours!.networks.forEach((network, i) => {
      expectParity(network, theirs!.networks[i]!);
    });
  });
});

describe("a network trained by the kernel", () => {
  const shape = {
    inputs: 6,
    hidden: 4,
    markets: 2,
    activation: "tanh",
  } as const;
  const data = seededData(6, 2, 30, 12);

  it("has the weights of its best epoch: their loss is that epoch's", async () => {
    const network = await train(data, seededJob(shape, { epochs: 60, learningRate: 0.05 }));
    expect(network.validationLoss[network.bestEpoch]).toBe(Math.min(...network.validationLoss));
    const { inputs, coinReturns, marketReturns } = data.validation;
    const outputs = networkOutputs(shape, network.weights, inputs);
    const loss =
      coinReturns.reduce(
        (sum, r, row) =>
          sum +
          (r -
            outputs[2 * row]! * marketReturns[2 * row]! -
            outputs[2 * row + 1]! * marketReturns[2 * row + 1]!) **
            2,
        0,
      ) / coinReturns.length;
    expect(network.validationLoss[network.bestEpoch]).toBeCloseTo(loss, 5);
  });
  it("stops when patience is at its end", async () => {
    const network = await train(
      data,
      seededJob(shape, { epochs: 400, learningRate: 0.1, patience: 7 }),
    );
    expect(network.validationLoss.length - 1).toBe(network.bestEpoch + 7);
    expect(network.divergedAt).toBeUndefined();
  });
  it("says at which epoch its loss was no longer finite, and keeps finite weights", async () => {
    const steep = { ...shape, activation: "linear" } as const;
    const network = await train(data, seededJob(steep, { epochs: 50, learningRate: 1e19 }));
    expect(network.divergedAt).toBe(network.validationLoss.length);
    expect(network.divergedAt).toBeGreaterThan(0);
    expect([...network.validationLoss, ...network.weights].every(Number.isFinite)).toBe(true);
  });
  it("leaves start weights and data as they were", async () => {
    const job = seededJob(shape);
    const before = JSON.stringify([job.startWeights, data]);
    await train(data, job);
    expect(JSON.stringify([job.startWeights, data])).toBe(before);
  });
});

describe("the pool", () => {
  const shape = {
    inputs: 6,
    hidden: 4,
    markets: 2,
    activation: "sigmoid",
  } as const;
  const data = seededData(6, 2, 30, 12);
  const jobs = Array.from({ length: 23 }, (_, i) =>
    seededJob(shape, {
      label: `job ${i}`,
      epochs: 5 + (i % 7),
      learningRate: 0.001 * (1 + i),
    }),
  );

  it("gives the same bytes on 1, 2 and 4 threads, and twice", async () => {
    const results = [];
    for (const threads of [1, 2, 4, 2])
      results.push(await simdTrainer({ threads }).train(data, jobs));
    for (const result of results.slice(1)) expect(result).toEqual(results[0]);
  });
  it("gives a job recomputed alone the same bits", async () => {
    const together = await simdTrainer({ threads: 2 }).train(data, jobs);
    expect(await train(data, jobs[17]!)).toEqual(together[17]);
  });
  it("tells how many jobs are done, up to all", async () => {
    const onProgress = vi.fn();
    await simdTrainer({ threads: 2 }).train(data, jobs, { onProgress });
    const done = onProgress.mock.calls.map(([count]) => count as number);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(onProgress.mock.lastCall).toEqual([23, 23]);
  });
  it("sends a thread a sixteenth of the jobs that are left, at most 32 and at least two", async () => {
    const many = Array.from({ length: 600 }, () => ({ ...jobs[0]!, epochs: 1 }));
    const told: number[] = [0];
    await simdTrainer({ threads: 1 }).train(data, many, { onProgress: (done) => told.push(done) });
    const sizes = told.slice(1).map((done, i) => done - told[i]!);
    expect(sizes.slice(0, 6)).toEqual([32, 32, 32, 32, 30, 28]);
    expect(sizes.slice(-3, -1)).toEqual([2, 2]);
  });
  it("has nothing to do without jobs", async () => {
    expect(await simdTrainer({ threads: 2 }).train(data, [])).toEqual([]);
  });
  it("ends with the signal's reason, in the middle of its jobs", async () => {
    const control = new AbortController();
    const long = jobs.map((job) => ({ ...job, epochs: 20_000 }));
    const training = simdTrainer({ threads: 2 }).train(data, long, {
      signal: control.signal,
      onProgress: () => control.abort(new Error("enough")),
    });
    await expect(training).rejects.toThrow("enough");
  });
  it("refuses a job by its label before any thread starts, and a number of threads below one", async () => {
    await expect(
      simdTrainer().train(data, [...jobs, { ...jobs[0]!, label: "bad", epochs: 0 }]),
    ).rejects.toThrow("train (bad): epochs must be an integer of at least 1, got 0");
    expect(() => simdTrainer({ threads: 0 })).toThrow(
      "simdTrainer: threads must be an integer of at least 1, got 0",
    );
  });
  it("gives every network once as soon as it is trained, with its place among the jobs", async () => {
    const given = new Map<number, TrainedNetwork>();
    const onTrained = vi.fn((job: number, network: TrainedNetwork) => {
      given.set(job, network);
    });
    const onProgress = vi.fn(() =>
      // Networks are there when they are counted.
      expect(onProgress.mock.lastCall).toEqual([given.size, 23]),
    );
    const networks = await simdTrainer({ threads: 2 }).train(data, jobs, {
      onTrained,
      onProgress,
    });
    expect(onTrained).toHaveBeenCalledTimes(23);
    expect(jobs.map((_, i) => given.get(i))).toEqual(networks);
  });
  it.each(["onTrained", "onProgress"] as const)(
    "ends with what is thrown in %s, calls nothing after it, and leaves no thread",
    async (name) => {
      const callback = vi.fn(() => {
        expect(alive()).toBe(2);
        throw new Error("no more");
      });
      const long = jobs.map((job) => ({ ...job, epochs: 2000 }));
      await expect(
        simdTrainer({ threads: 2 }).train(data, long, { [name]: callback }),
      ).rejects.toThrow("no more");
      expect([started.length, alive()]).toEqual([2, 0]);
      expect(callback).toHaveBeenCalledOnce();
    },
  );
  it("starts no job where the signal has ended it before, and leaves no thread", async () => {
    const onTrained = vi.fn();
    await expect(
      simdTrainer({ threads: 2 }).train(data, jobs, {
        signal: AbortSignal.abort(new Error("enough")),
        onTrained,
      }),
    ).rejects.toThrow("enough");
    expect(onTrained).not.toHaveBeenCalled();
    expect(alive()).toBe(0);
  });
  it("is ended by SIGINT, with its threads, in plain Node", async () => {
    const file = fileURLToPath(new URL("fixtures/train-long.mjs", import.meta.url));
    const child = spawn(process.execPath, [file]);
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk;
      if (out.includes("started") && !out.includes("interrupted")) child.kill("SIGINT");
    });
    const [code] = await once(child, "exit");
    expect(out).toContain("training was interrupted");
    expect(code).toBe(0);
  });
});

describe("few jobs", () => {
  const shape = {
    inputs: 6,
    hidden: 4,
    markets: 2,
    activation: "relu",
  } as const;
  const data = seededData(6, 2, 30, 12);
  const jobs = Array.from({ length: 6 }, (_, i) =>
    seededJob(shape, {
      label: `job ${i}`,
      epochs: 5 + i,
      learningRate: 0.001 * (1 + i),
      ...(i % 2 === 0
        ? {}
        : {
            batches: {
              size: 7,
              order: (epoch: number) => stream("few", i, epoch).permutation(30),
            },
          }),
    }),
  );
  /** Multiply-adds: epochs, three passes over the fitting rows and one over the others, weights. */
  const work = (epochs: number) => epochs * (3 * 30 + 12) * 38;

  it("have the bits that they have on threads", async () => {
    expect(await simdTrainer().train(data, jobs)).toEqual(
      await simdTrainer({ threads: 2 }).train(data, jobs),
    );
  });

  it("have them from the kernel's code alone, as a browser trains", async () => {
    expect(await kernelTraining(kernelCode())(data, jobs)).toEqual(
      await simdTrainer({ threads: 2 }).train(data, jobs),
    );
  });

  it("are trained in the calling thread: no thread is started, and all is told in order", async () => {
    const seen: unknown[] = [];
    const networks = await simdTrainer().train(data, jobs, {
      onTrained: (job, network) => seen.push([job, network]),
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen).toEqual(
      networks.flatMap((network, i) => [
        [i, network],
        [i + 1, 6],
      ]),
    );
    expect(started).toEqual([]);
  });

  it("are trained on threads where their number is asked for, which wait a second for more, then end", async () => {
    const onTrained = vi.fn(() => expect(alive()).toBe(1));
    const trainer = simdTrainer({ threads: 1 });
    for (const _ of ["begun", "going on"]) await trainer.train(data, jobs, { onTrained });
    expect(onTrained).toHaveBeenCalledTimes(12);
    expect([started.length, alive()]).toEqual([1, 1]);
    await vi.waitFor(() => expect(alive()).toBe(0), { timeout: 5000 });
    await trainer.train(data, jobs);
    expect(started.length).toBe(2);
  });

  it("may be asked for twice at once, on threads of their own", async () => {
    const trainer = simdTrainer({ threads: 1 });
    const both = await Promise.all([trainer.train(data, jobs), trainer.train(data, jobs)]);
    expect(both[1]).toEqual(both[0]);
    expect(alive()).toBe(1);
  });

  it.each([
    ["fewer than", 0.99, 0],
    ["more than", 1.01, availableParallelism()],
  ])(
    "are %s a billion multiply-adds: %d times as many take %d threads",
    async (_, share, threads) => {
      const epochs = Math.round((share * 1e9) / 100 / work(1));
      const first = simdTrainer().train(
        data,
        Array.from({ length: 100 }, () => seededJob(shape, { epochs })),
        {
          onTrained: () => {
            throw new Error(`${alive()} threads`);
          },
        },
      );
      await expect(first).rejects.toThrow(`${threads} threads`);
    },
  );

  it("end between two jobs with the signal's reason", async () => {
    const control = new AbortController();
    const onTrained = vi.fn((job: number) => {
      if (job === 1) control.abort(new Error("enough"));
    });
    const run = () => simdTrainer().train(data, jobs, { signal: control.signal, onTrained });
    await expect(run()).rejects.toThrow("enough");
    expect(onTrained).toHaveBeenCalledTimes(2);
    await expect(run()).rejects.toThrow("enough");
    expect(onTrained).toHaveBeenCalledTimes(2);
  });

  it.each(["onTrained", "onProgress"] as const)("end with what is thrown in %s", async (name) => {
    const callback = vi.fn(() => {
      throw new Error("no more");
    });
    await expect(simdTrainer().train(data, jobs, { [name]: callback })).rejects.toThrow("no more");
    expect(callback).toHaveBeenCalledOnce();
  });

  it("are refused by their label, and none is nothing to do", async () => {
    await expect(
      simdTrainer().train(data, [{ ...jobs[0]!, label: "bad", epochs: 0 }]),
    ).rejects.toThrow("train (bad): epochs must be an integer");
    expect(await simdTrainer().train(data, [])).toEqual([]);
  });
});
