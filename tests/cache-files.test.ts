/** The files of the cache: damaged, refused, forgotten, and shared by several processes. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CACHE_LIMIT, cachedTrainer } from "../lib/src/models/cache/trainer.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import type { TrainingData, TrainingJob } from "../lib/src/models/trainer.js";
import { DataError } from "../lib/src/types.js";
// @ts-expect-error: plain JavaScript, since child processes run it as it is
import { jobs, longJobs, data as MANY_DATA } from "./fixtures/many-jobs.mjs";
import {
  DATA,
  dataOf,
  filesIn,
  filled,
  JOBS,
  job,
  LABELS,
  newFolder,
  stub,
  trainedOn,
} from "./support/kept-networks.js";
import { write } from "./support/scratch.js";

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
      write(join(copy, basename(dirname(path!)), "0.records"), content);
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
    write(join(dirname(path!), "1.records"), bytes);
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
      /results cannot be kept there \((ENOTDIR|EEXIST)\); free or unlock the folder, or train without the cache$/,
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

  it("has room for a gibibyte where nobody has set a limit", () => {
    expect(CACHE_LIMIT).toBe(2 ** 30);
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
