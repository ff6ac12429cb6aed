import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { cachedTrainer } from "../lib/src/models/cache.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { searchNetworks } from "../lib/src/models/search.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import type {
  TrainedNetwork,
  Trainer,
  TrainingBlock,
  TrainingData,
  TrainingJob,
} from "../lib/src/models/trainer.js";
import { stream } from "../lib/src/random.js";
import { STUDY } from "../lib/src/study.js";
import { DataError } from "../lib/src/types.js";
// @ts-expect-error: plain JavaScript, since child processes run it as it is
import { jobs, longJobs, data as MANY_DATA } from "./fixtures/many-jobs.mjs";
import { studyPanel } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const SCRATCH = scratchFolder();
let folders = 0;
/** A folder that is not there yet. */
const newFolder = () => join(SCRATCH, `networks ${folders++}`);

const block = (rows: number, seed: number): TrainingBlock => {
  const draw = stream("cache", rows, seed);
  const numbers = (length: number) => Float32Array.from({ length }, () => draw.uniform() - 0.5);
  return {
    inputs: numbers(4 * rows),
    coinReturns: numbers(rows),
    marketReturns: numbers(rows),
  };
};
const dataOf = (seed: number): TrainingData => ({
  inSample: block(10, seed),
  validation: block(4, seed),
});
const DATA = dataOf(0);

function job(i: number, more: Partial<TrainingJob> = {}): TrainingJob {
  const draw = stream("cache job", i);
  return {
    label: `job ${i}`,
    shape: { inputs: 4, hidden: 2, markets: 1, activation: "tanh" },
    startWeights: Float32Array.from({ length: 13 }, () => draw.uniform() - 0.5),
    learningRate: 0.01,
    epochs: 6,
    ...more,
  };
}
const JOBS = [0, 1, 2, 3, 4].map((i) => job(i));
const LABELS = JOBS.map(({ label }) => label);

/** A trainer that writes down the labels of what it has trained; its networks say which job they are of. */
function stub(id: string = "stub") {
  const trained: string[] = [];
  const networkOf = ({ startWeights, epochs }: TrainingJob): TrainedNetwork => ({
    weights: startWeights.map((weight) => weight + 1),
    bestEpoch: 1,
    inSampleLoss: Float64Array.of(startWeights[0]!, epochs),
    validationLoss: Float64Array.of(1, startWeights[1]!),
  });
  const trainer: Trainer = {
    id,
    async train(_, given, { onProgress, onTrained } = {}) {
      return given.map((one, i) => {
        const network = networkOf(one);
        trained.push(one.label);
        onTrained?.(i, network);
        onProgress?.(i + 1, given.length);
        return network;
      });
    },
  };
  return { trainer, trained, networks: (of = JOBS) => of.map(networkOf) };
}

/** Labels of the jobs that a run on a folder trains; its networks must be the stub's. */
async function trainedOn(
  folder: string,
  given: readonly TrainingJob[] = JOBS,
  data: TrainingData = DATA,
  id: string = "stub",
): Promise<string[]> {
  const { trainer, trained, networks } = stub(id);
  const got = await cachedTrainer(trainer, folder).train(data, given);
  expect(got).toStrictEqual(networks([...given]));
  return trained;
}

/** A folder where all jobs are kept. */
async function filled(): Promise<string> {
  const folder = newFolder();
  expect(await trainedOn(folder)).toEqual(LABELS);
  return folder;
}

/** Paths of all files of a folder, in order. */
const filesIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(".networks"))
    .sort();

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
    const shifted = JOBS.map((one) => {
      const room = new Float32Array(20);
      room.set(one.startWeights, 3);
      return { ...one, startWeights: room.subarray(3, 16) };
    });
    expect(await trainedOn(folder, shifted)).toEqual([]);
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

describe("a damaged file", () => {
  /** Small records: every byte of theirs is tried. */
  const SMALL = [0, 1, 2].map((i) => job(i, { startWeights: Float32Array.of(i, 0.5) }));

  /** The bytes of three records, and a folder with one file of other bytes in their place. */
  async function records() {
    const folder = newFolder();
    await trainedOn(folder, SMALL);
    const [path] = filesIn(folder);
    const bytes = readFileSync(path!);
    expect(bytes.length % SMALL.length).toBe(0);
    const damaged = (content: Uint8Array) => {
      const copy = newFolder();
      write(join(copy, basename(dirname(path!)), "0.networks"), content);
      return copy;
    };
    return { bytes, size: bytes.length / SMALL.length, damaged };
  }

  it("is read up to where it was cut, whatever the place, and the rest is trained again", async () => {
    const { bytes, size, damaged } = await records();
    for (let length = 0; length <= bytes.length; length++) {
      const folder = damaged(bytes.subarray(0, length));
      expect(await trainedOn(folder, SMALL), `${length} bytes`).toEqual(
        LABELS.slice(Math.floor(length / size), 3),
      );
      if (length % 50 === 7) expect(await trainedOn(folder, SMALL)).toEqual([]);
    }
  });

  it("is never believed where a byte was changed, whatever the byte", async () => {
    const { bytes, size, damaged } = await records();
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= at % 3 === 0 ? 0xff : 1 << (at % 8);
      const trained = await trainedOn(damaged(changed), SMALL);
      expect(trained[0], `byte ${at}`).toBe(LABELS[Math.floor(at / size)]);
    }
  });

  it.each([
    ["empty", Buffer.alloc(0)],
    ["zeros", Buffer.alloc(4096)],
    ["ones", Buffer.alloc(4096, 0xff)],
    ["text", Buffer.from("networks ".repeat(500))],
  ])("of %s holds no network, and hides none in other files", async (_, bytes) => {
    const folder = await filled();
    const [path] = filesIn(folder);
    write(join(dirname(path!), "1.networks"), bytes);
    expect(await trainedOn(folder)).toEqual([]);
    writeFileSync(path!, bytes);
    expect(await trainedOn(folder)).toEqual(LABELS);
    expect(await trainedOn(folder)).toEqual([]);
  });
});

describe("a folder that cannot be written", () => {
  it.each([
    ["is a file", (path: string) => path],
    ["lies below a file", (path: string) => join(path, "networks")],
  ])("is refused when the first network is to be trained: it %s", async (_, below) => {
    const file = write(newFolder(), "");
    const { trainer, trained } = stub();
    const refused = cachedTrainer(trainer, below(file)).train(DATA, JOBS);
    await expect(refused).rejects.toThrow(DataError);
    await expect(refused).rejects.toThrow(
      /networks cannot be kept there \((ENOTDIR|EEXIST)\); free or unlock the folder, or train without the cache$/,
    );
    await expect(refused).rejects.toThrow(below(file));
    expect(trained).toEqual([]);
  });

  it("is refused where a file has the place of a data set", async () => {
    const folder = await filled();
    const [path] = filesIn(folder);
    const group = dirname(path!);
    rmSync(group, { recursive: true });
    write(group, "");
    await expect(cachedTrainer(stub().trainer, folder).train(DATA, JOBS)).rejects.toThrow(
      DataError,
    );
  });
});

describe("the limit", () => {
  const SETS = [1, 2, 3].map(dataOf);

  /** Three data sets of the same size, the first one the oldest; and the bytes of each. */
  async function threeSets() {
    const folder = newFolder();
    const groups: string[] = [];
    for (const data of SETS) {
      await trainedOn(folder, JOBS, data);
      const group = readdirSync(folder).find((name) => !groups.includes(name))!;
      groups.push(group);
      const hour = groups.length * 3600;
      utimesSync(join(folder, group), hour, hour);
    }
    const bytes = readFileSync(filesIn(folder)[0]!).length;
    return { folder, bytes };
  }
  const run = (folder: string, data: TrainingData, limit: number) =>
    cachedTrainer(stub().trainer, folder, { limit }).train(data, JOBS);
  /** Which of the three are kept. */
  const kept = async (folder: string) => {
    const found: number[] = [];
    for (const [i, data] of SETS.entries()) {
      const { trainer, trained } = stub();
      await cachedTrainer(trainer, folder).train(data, JOBS.slice(0, 1));
      if (trained.length === 0) found.push(i + 1);
    }
    return found;
  };

  it("forgets the oldest data sets, and no more of them than it must", async () => {
    for (const [sets, expected] of [
      [3, [1, 2, 3]],
      [2.99, [2, 3]],
      [2, [2, 3]],
      [1, [3]],
      [0.99, []],
    ] as const) {
      const { folder, bytes } = await threeSets();
      await run(folder, dataOf(4), sets * bytes);
      expect(await kept(folder), `room for ${sets}`).toEqual(expected);
    }
  });

  it("never forgets the data set in use", async () => {
    const { folder } = await threeSets();
    await cachedTrainer(stub().trainer, folder, { limit: 0 }).train(SETS[0]!, [...JOBS, job(9)]);
    expect(await kept(folder)).toEqual([1]);
    expect(await trainedOn(folder, [...JOBS, job(9)], SETS[0]!)).toEqual([]);
  });

  it("forgets nothing where nothing is to be trained", async () => {
    const { folder } = await threeSets();
    await run(folder, SETS[1]!, 0);
    expect(await kept(folder)).toEqual([1, 2, 3]);
  });

  it("takes a data set for younger that has grown since", async () => {
    const { folder, bytes } = await threeSets();
    await trainedOn(folder, [...JOBS, job(9)], SETS[0]!);
    await run(folder, dataOf(4), 3 * bytes);
    expect(await kept(folder)).toEqual([1, 3]);
  });
});

describe("several processes", () => {
  const FILE = fileURLToPath(new URL("fixtures/train-cached.mjs", import.meta.url));
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [FILE, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk;
    });
    return { child, out: () => out, ended: once(child, "close") };
  };
  const keptOf = (out: string) => [...out.matchAll(/^kept (\d+)$/gm)].map(([, i]) => Number(i));

  it("keep what was trained when one is killed in the middle; the next trains only the rest", async () => {
    const folder = newFolder();
    const all: TrainingJob[] = [...jobs, ...longJobs];
    const { child, out, ended } = start(folder, "long");
    child.stdout.on("data", () => {
      if (keptOf(out()).length >= 6) child.kill("SIGKILL");
    });
    await ended;
    expect(child.signalCode).toBe("SIGKILL");
    const seen = keptOf(out());
    // Stands in for the kernel, whose long jobs would take a minute.
    const simd = simdTrainer();
    const { trainer, trained } = stub(simd.id);
    const after = await cachedTrainer(trainer, folder).train(MANY_DATA, all);
    const kept = all.flatMap(({ label }, i) => (trained.includes(label) ? [] : [i]));
    expect(kept).toEqual(expect.arrayContaining(seen));
    expect(trained).toEqual(all.filter((_, i) => !kept.includes(i)).map(({ label }) => label));
    expect(trained.length).toBeGreaterThanOrEqual(longJobs.length);
    const some = seen.slice(0, 3);
    expect(some.map((i) => after[i])).toStrictEqual(
      await simd.train(
        MANY_DATA,
        some.map((i) => all[i]!),
      ),
    );
    trained.length = 0;
    await cachedTrainer(trainer, folder).train(MANY_DATA, all);
    expect(trained).toEqual([]);
  });

  it("train in one folder at once, and have the same bits", async () => {
    const folder = newFolder();
    const both = [start(folder), start(folder, "backwards")];
    await Promise.all(both.map(({ ended }) => ended));
    const hash = createHash("sha256");
    for (const network of await simdTrainer({ threads: 2 }).train(MANY_DATA, jobs))
      hash.update(network.weights).update(network.validationLoss);
    const expected = `hash ${hash.digest("hex")}\n`;
    for (const { child, out } of both) {
      expect(child.exitCode).toBe(0);
      expect(out().endsWith(expected)).toBe(true);
      expect(keptOf(out()).sort((a, b) => a - b)).toEqual([...jobs.keys()]);
    }
    const { trainer, trained } = stub(simdTrainer().id);
    await cachedTrainer(trainer, folder).train(MANY_DATA, jobs);
    expect(trained).toEqual([]);
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
    // The estimator's search is the one before it, and its first month's networks are among these.
    expect(first.train).toHaveBeenCalledTimes(1 + 11);
    expect(await run(cachedTrainer(second, folder))).toEqual(plain);
    expect(second.train).not.toHaveBeenCalled();
  });
});
