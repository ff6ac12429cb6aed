/** The cache of a trainer: the same bits, what a network is known by, scores, progress. */

import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { counts } from "../lib/src/models/cache/counts.js";
import { cachedTrainer } from "../lib/src/models/cache/trainer.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { searchNetworks } from "../lib/src/models/search.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import {
  type NetworkScore,
  scoreNetworks,
  type TrainedNetwork,
  type Trainer,
  type TrainingJob,
} from "../lib/src/models/trainer.js";
import { stream } from "../lib/src/random.js";
import { STUDY } from "../lib/src/study.js";
import { studyPanel } from "./support/helpers.js";
import {
  DATA,
  filesIn,
  filled,
  JOBS,
  job,
  LABELS,
  newFolder,
  stub,
  trainedOn,
} from "./support/kept-networks.js";

describe("cachedTrainer", () => {
  it("has the name of the trainer: results are the same", () => {
    expect(cachedTrainer(stub("simd 7").trainer, newFolder()).id).toBe("simd 7");
  });

  it("gives the bits that the trainer gives, trained now or kept", async () => {
    const folder = newFolder();
    const given = [
      ...JOBS,
      job(5, { patience: 1, weightDecay: 0.5 }),
      job(6, {
        batches: {
          size: 3,
          order: (epoch) => stream("order", epoch).permutation(10),
        },
      }),
      job(7, { epochs: 1 }),
    ];
    const simd = simdTrainer();
    const plain = await simd.train(DATA, given);
    for (const _ of ["trained", "kept"])
      expect(await cachedTrainer(simd, folder).train(DATA, given)).toStrictEqual(plain);
  });

  it("trains nothing the second time, wherever the numbers lie in memory", async () => {
    const folder = await filled();
    expect(await trainedOn(folder)).toEqual([]);
    expect(await trainedOn(folder, structuredClone(JOBS), structuredClone(DATA))).toEqual([]);
    // The same numbers within a longer array.
    const shifted = JOBS.map((given) => {
      const room = new Float32Array(20);
      room.set(given.startWeights, 3);
      return { ...given, startWeights: room.subarray(3, 16) };
    });
    expect(await trainedOn(folder, shifted)).toEqual([]);
  });

  it("counts what it has trained, and what it has read", async () => {
    const folder = newFolder();
    const before = { ...counts };
    await trainedOn(folder, [JOBS[3]!, JOBS[1]!]);
    await trainedOn(folder);
    expect(counts).toEqual({
      ...before,
      trained: before.trained + JOBS.length,
      read: before.read + 2,
    });
  });

  it("gives results in the order of the jobs, whichever of them are kept", async () => {
    const folder = newFolder();
    await trainedOn(folder, [JOBS[3]!, JOBS[1]!]);
    expect(await trainedOn(folder)).toEqual(["job 0", "job 2", "job 4"]);
    expect(await trainedOn(folder, [...JOBS].reverse())).toEqual([]);
  });

  it("keeps the epoch of a divergence, and that there was none", async () => {
    const networks = [0, 3, undefined].map((divergedAt) => ({
      weights: Float32Array.of(1, 2),
      bestEpoch: 0,
      inSampleLoss: Float64Array.of(),
      validationLoss: Float64Array.of(),
      ...(divergedAt === undefined ? {} : { divergedAt }),
    }));
    const train = vi.fn<Trainer["train"]>(async (_, given, options) =>
      given.map((__, i) => {
        options?.onTrained?.(i, networks[i]!);
        return networks[i]!;
      }),
    );
    const cached = cachedTrainer({ id: "diverging", train }, newFolder());
    const given = JOBS.slice(0, 3);
    await cached.train(DATA, given);
    expect(await cached.train(DATA, given)).toStrictEqual(networks);
    expect(train).toHaveBeenCalledOnce();
  });

  it("keeps every bit of weights and curves, whatever the number", async () => {
    const network: TrainedNetwork = {
      weights: Float32Array.of(-0, 1e-45, Number.POSITIVE_INFINITY, 0.1),
      bestEpoch: 2,
      inSampleLoss: Float64Array.of(5e-324, Number.NaN, 0.1),
      validationLoss: Float64Array.of(-0, Number.MAX_VALUE, 1 / 3),
    };
    const train = vi.fn<Trainer["train"]>(async (_, __, options) => {
      options?.onTrained?.(0, network);
      return [network];
    });
    const cached = cachedTrainer({ id: "odd", train }, newFolder());
    await cached.train(DATA, [JOBS[0]!]);
    expect(await cached.train(DATA, [JOBS[0]!])).toStrictEqual([network]);
    expect(train).toHaveBeenCalledOnce();
  });

  it("makes no folder before there is something to train", async () => {
    const folder = newFolder();
    expect(await trainedOn(folder, [])).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it("trains anew where the folder was deleted", async () => {
    const folder = await filled();
    rmSync(folder, { recursive: true });
    expect(await trainedOn(folder)).toEqual(LABELS);
    expect(await trainedOn(folder)).toEqual([]);
  });

  it("never writes to a file of another run, whatever files there are", async () => {
    const folder = newFolder();
    for (const i of [0, 1, 2]) await trainedOn(folder, [JOBS[i]!]);
    rmSync(filesIn(folder)[0]!);
    await trainedOn(folder, [JOBS[3]!]);
    expect(await trainedOn(folder)).toEqual(["job 0", "job 4"]);
  });

  it("may be used twice at once", async () => {
    const folder = newFolder();
    const { trainer, trained, networks } = stub();
    const slow: Trainer = {
      ...trainer,
      async train(...args) {
        await new Promise((resolve) => setImmediate(resolve));
        return trainer.train(...args);
      },
    };
    const cached = cachedTrainer(slow, folder);
    expect(await Promise.all([cached.train(DATA, JOBS), cached.train(DATA, JOBS)])).toStrictEqual([
      networks(),
      networks(),
    ]);
    expect(trained).toHaveLength(10);
    expect(await trainedOn(folder)).toEqual([]);
  });

  it("leaves no file open, also after a failure", async (ctx) => {
    const OPEN = "/proc/self/fd";
    ctx.skip(!existsSync(OPEN), `counts open files in ${OPEN}`);
    const folder = newFolder();
    const before = readdirSync(OPEN).length;
    for (const i of [0, 1, 2, 3, 4])
      await cachedTrainer(stub().trainer, folder)
        .train(DATA, [JOBS[i]!], {
          onTrained: () => {
            if (i > 2) throw new Error("no more");
          },
        })
        .catch(() => undefined);
    expect(readdirSync(OPEN)).toHaveLength(before);
  });

  it("leaves data and jobs unchanged", async () => {
    const folder = newFolder();
    const before = structuredClone({ DATA, JOBS });
    for (const _ of ["trained", "kept"]) {
      const [first] = await cachedTrainer(simdTrainer(), folder).train(DATA, JOBS);
      first!.weights.fill(0);
    }
    expect({ DATA, JOBS }).toEqual(before);
  });

  it("does not let what is done to a result reach the next one", async () => {
    const folder = await filled();
    const [first] = await cachedTrainer(stub().trainer, folder).train(DATA, JOBS);
    first!.weights.fill(0);
    expect(await trainedOn(folder)).toEqual([]);
  });
});

describe("scores", () => {
  const scoresOf = (networks: readonly TrainedNetwork[]): NetworkScore[] =>
    networks.map(({ bestEpoch, inSampleLoss, validationLoss }) => ({
      bestEpoch,
      inSampleLoss: inSampleLoss[bestEpoch]!,
      validationLoss: validationLoss[bestEpoch]!,
      trainedLoss: Math.min(...validationLoss.subarray(1)),
      lastLoss: validationLoss.at(-1)!,
    }));

  it("are those of the networks, computed now or kept, in a record of 64 bytes", async () => {
    const folder = newFolder();
    const simd = simdTrainer();
    const plain = scoresOf(await simd.train(DATA, JOBS));
    const train = vi.fn(simd.train);
    const cached = cachedTrainer({ ...simd, train }, folder);
    for (const _ of ["computed", "kept"])
      expect(await scoreNetworks(cached, DATA, JOBS)).toStrictEqual(plain);
    expect(train).toHaveBeenCalledOnce();
    expect(filesIn(folder).map((file) => statSync(file).size)).toEqual([80 * JOBS.length]);
  });

  it("say where a network diverged", async () => {
    const lost: TrainedNetwork = {
      weights: Float32Array.of(1),
      bestEpoch: 1,
      inSampleLoss: Float64Array.of(4, 3),
      validationLoss: Float64Array.of(6, 5),
      divergedAt: 2,
    };
    const cached = cachedTrainer({ id: "lost", train: async () => [lost] }, newFolder());
    const losses = { inSampleLoss: 3, validationLoss: 5, trainedLoss: 5, lastLoss: 5 };
    const score = { bestEpoch: 1, ...losses, divergedAt: 2 };
    for (const _ of ["computed", "kept"])
      expect(await scoreNetworks(cached, DATA, [JOBS[0]!])).toStrictEqual([score]);
  });

  it("are told one by one, with progress", async () => {
    const folder = newFolder();
    const { trainer } = stub();
    const onTrained = vi.fn();
    const onProgress = vi.fn();
    await scoreNetworks(cachedTrainer(trainer, folder), DATA, JOBS.slice(0, 2), {
      onTrained,
      onProgress,
    });
    const [first, second] = scoresOf(stub().networks(JOBS.slice(0, 2)));
    expect(onTrained.mock.calls).toEqual([
      [0, first],
      [1, second],
    ]);
    expect(onProgress.mock.calls).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it("are no networks: whoever asks for these later gets them trained", async () => {
    const folder = newFolder();
    await scoreNetworks(cachedTrainer(stub().trainer, folder), DATA, JOBS);
    expect(await trainedOn(folder)).toEqual(LABELS);
  });
});

it("keeps no networks that nobody asks for again", async () => {
  const folder = newFolder();
  const { trainer, trained } = stub();
  await cachedTrainer(trainer, folder).train(DATA, JOBS, { keep: false });
  expect(trained).toEqual(LABELS);
  expect(existsSync(folder)).toBe(false);
});

it("knows a named order by its name and its first epoch, and asks for no other", async () => {
  const folder = newFolder();
  const named = (name: string, seed: string) => {
    const order = vi.fn((epoch: number) => stream(seed, epoch).permutation(10));
    return { order, ordered: job(0, { batches: { size: 5, order, name } }) };
  };
  const { order, ordered } = named("a", "order");
  expect(await trainedOn(folder, [ordered])).toEqual(["job 0"]);
  expect(order.mock.calls).toEqual([[1]]);
  expect(await trainedOn(folder, [named("a", "order").ordered])).toEqual([]);
  expect(await trainedOn(folder, [named("b", "order").ordered])).toEqual(["job 0"]);
  expect(await trainedOn(folder, [named("a", "another").ordered])).toEqual(["job 0"]);
});

describe("a network is trained anew where", () => {
  /** The same numbers but for the lowest bit of one. */
  const oneBit = (values: Float32Array, at: number): Float32Array => {
    const copy = values.slice();
    new Uint32Array(copy.buffer)[at]! ^= 1;
    return copy;
  };

  it.each(
    (["inSample", "validation"] as const).flatMap((name) =>
      (["inputs", "coinReturns", "marketReturns"] as const).flatMap((key) =>
        (["first", "last"] as const).map((end) => [name, key, end] as const),
      ),
    ),
  )("one bit of the data is another: %s, %s, %s", async (name, key, end) => {
    const folder = await filled();
    const values = DATA[name][key];
    const at = end === "first" ? 0 : values.length - 1;
    const other = {
      ...DATA,
      [name]: { ...DATA[name], [key]: oneBit(values, at) },
    };
    expect(await trainedOn(folder, JOBS, other)).toEqual(LABELS);
    // Both are kept from then on.
    expect(await trainedOn(folder, JOBS, other)).toEqual([]);
    expect(await trainedOn(folder)).toEqual([]);
  });

  it("the data have the same bytes, but divided otherwise", async () => {
    const folder = await filled();
    const { inSample, validation } = DATA;
    const { inputs, coinReturns, marketReturns } = inSample;
    const row = Float32Array.from([...inputs, ...coinReturns]);
    const moved = {
      ...inSample,
      inputs: row.slice(0, 41),
      coinReturns: row.slice(41),
      marketReturns,
    };
    for (const other of [
      { inSample: moved, validation },
      { inSample: validation, validation: inSample },
    ])
      expect(await trainedOn(folder, JOBS, other)).toEqual(LABELS);
  });

  const order = (epoch: number) => stream("order", epoch).permutation(10);
  const base = job(0, {
    batches: { size: 5, order },
    patience: 3,
    weightDecay: 0.1,
  });
  const { patience: _, ...impatient } = base;
  const { weightDecay: __, ...undecayed } = base;
  const { batches: ___, ...whole } = base;
  it.each<[string, TrainingJob]>([
    ["the start has another bit", { ...base, startWeights: oneBit(base.startWeights, 12) }],
    ["the rate is the next number", { ...base, learningRate: 0.01 + 2e-18 }],
    ["there is one epoch more", { ...base, epochs: 7 }],
    ["patience is longer", { ...base, patience: 4 }],
    ["there is no patience", impatient],
    ["weights decay faster", { ...base, weightDecay: 0.2 }],
    ["weights do not decay", undecayed],
    ["batches are larger", { ...base, batches: { size: 6, order } }],
    ["there are no batches", whole],
    [
      "two rows change places in the last epoch",
      {
        ...base,
        batches: {
          size: 5,
          order: (epoch) => (epoch < 6 ? order(epoch) : Uint32Array.from([...order(6)].reverse())),
        },
      },
    ],
    ["units are others", { ...base, shape: { ...base.shape, activation: "relu" } }],
    [
      "the network has another shape with as many weights",
      { ...base, shape: { ...base.shape, inputs: 2, hidden: 3 } },
    ],
  ])("%s", async (_, other) => {
    const folder = newFolder();
    expect(await trainedOn(folder, [base])).toEqual(["job 0"]);
    expect(await trainedOn(folder, [other])).toEqual(["job 0"]);
    expect(await trainedOn(folder, [base, other])).toEqual([]);
  });

  it("the trainer is another", async () => {
    const folder = await filled();
    expect(await trainedOn(folder, JOBS, DATA, "stub 2")).toEqual(LABELS);
    expect(await trainedOn(folder, JOBS, DATA, "stub 2")).toEqual([]);
    expect(await trainedOn(folder)).toEqual([]);
  });

  it("but not for another label, nor for another function that gives the same order", async () => {
    const folder = newFolder();
    await trainedOn(folder, [base]);
    const renamed: TrainingJob = {
      ...base,
      label: "renamed",
      batches: { size: 5, order: (epoch) => order(epoch) },
    };
    expect(await trainedOn(folder, [renamed])).toEqual([]);
  });
});

describe("progress and signals", () => {
  it("counts kept networks as done at once, then each that is trained", async () => {
    const folder = newFolder();
    await trainedOn(folder, [JOBS[1]!, JOBS[4]!]);
    const progress: [number, number][] = [];
    const run = () =>
      cachedTrainer(stub().trainer, folder).train(DATA, JOBS, {
        onProgress: (done, total) => progress.push([done, total]),
      });
    await run();
    expect(progress).toEqual([
      [2, 5],
      [3, 5],
      [4, 5],
      [5, 5],
    ]);
    progress.length = 0;
    await run();
    expect(progress).toEqual([[5, 5]]);
  });

  it("gives every network once with its place among the jobs, kept ones first", async () => {
    const folder = newFolder();
    await trainedOn(folder, [JOBS[1]!, JOBS[4]!]);
    const { trainer, networks } = stub();
    const onTrained = vi.fn();
    await cachedTrainer(trainer, folder).train(DATA, JOBS, { onTrained });
    expect(onTrained.mock.calls).toEqual([1, 4, 0, 2, 3].map((i) => [i, networks()[i]]));
  });

  it("keeps what was trained before a signal ended the run, with its reason", async () => {
    const folder = newFolder();
    const control = new AbortController();
    const simd = simdTrainer();
    const ended = cachedTrainer(simd, folder).train(DATA, JOBS, {
      signal: control.signal,
      onProgress: (done) => {
        if (done === 2) control.abort(new Error("enough"));
      },
    });
    await expect(ended).rejects.toThrow("enough");
    const onTrained = vi.fn();
    const train = vi.fn(simd.train);
    const rest = await cachedTrainer({ ...simd, train }, folder).train(DATA, JOBS, { onTrained });
    expect(train.mock.calls.map(([, given]) => given)).toEqual([JOBS.slice(2)]);
    expect(rest).toEqual(await simd.train(DATA, JOBS));
  });

  it("keeps what was trained before an exception, and passes it on", async () => {
    const folder = newFolder();
    const failing = cachedTrainer(stub().trainer, folder).train(DATA, JOBS, {
      onTrained: (i) => {
        if (i === 2) throw new Error("no more");
      },
    });
    await expect(failing).rejects.toThrow("no more");
    expect(await trainedOn(folder)).toEqual(["job 3", "job 4"]);
  });
});

describe("what is built on a trainer", () => {
  const OPTIONS = {
    lookback: 12,
    grid: {
      hidden: [2],
      learningRates: [0.01, 0.1],
      activations: ["linear", "tanh"],
      replicates: 2,
    },
    epochs: 5,
    seed: 5,
  } as const;
  const counted = (trainer: Trainer) => ({
    ...trainer,
    train: vi.fn(trainer.train),
  });

  it("is the same with a cache: a search, and the neural estimator, which train nothing the second time", async () => {
    const folder = newFolder();
    const panel = await studyPanel("GOLD");
    const run = async (trainer: Trainer) => [
      await searchNetworks(panel, trainer, {
        ...OPTIONS,
        marketSets: ["GOLD"],
        starts: ["glorot"],
        split: STUDY.split,
      }),
      await neuralEstimator("glorot", trainer, OPTIONS).estimate(panel, STUDY.split, "updated"),
    ];
    const simd = simdTrainer();
    const plain = await run(simd);
    const [first, second] = [counted(simd), counted(simd)];
    expect(await run(cachedTrainer(first, folder))).toEqual(plain);
    // The estimator's search is the one before it.
    expect(first.train).toHaveBeenCalledTimes(1 + 12);
    expect(await run(cachedTrainer(second, folder))).toEqual(plain);
    expect(second.train).not.toHaveBeenCalled();
  });
});
