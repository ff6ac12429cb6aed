/** npm run jobs: shards of a study as a cluster runs them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { namedShard, shardThreads } from "../tools/dist/jobs/environment.js";
import { ROOT, scratchFolder, write } from "./support/scratch.js";
import { tool } from "./support/tool.js";

const folder = scratchFolder();
const study = join(folder, "study.json");
write(
  study,
  JSON.stringify({
    ...{ coins: ["BTC", "ETH"], markets: ["FIAT"], starts: ["ols"], epochs: 2, refit: "quarterly" },
    grid: { hidden: [1], learningRates: [0.01], activations: ["tanh"], replicates: 2 },
    walkForward: { test: { from: "2023-01", through: "2023-12" } },
  }),
);
const jobs = (cache: string, ...args: string[]) =>
  tool("jobs", ["--study", study, ...args], {
    NEURAL_BETA_CACHE: join(folder, cache),
    // So small that anybody who forgets older data sets would forget all.
    NEURAL_BETA_CACHE_LIMIT: "1",
  });

describe("npm run jobs", () => {
  it("trains in two shards what one process trains, and says when all is there", async () => {
    const forecast = await jobs("shared", "--forecast");
    expect(forecast.out).toMatch(
      /^([\d,]+) networks and ([\d,]+) walks, of which \1 and \2 are missing\nabout [\d.e-]+ core-hours/,
    );
    expect((await jobs("shared", "--shard", "1/2")).code).toBe(0);
    const early = await jobs("shared", "--check");
    expect(early.code).toBe(1);
    expect(early.err).toMatch(/missing; run the shards again, they train what is missing only\n$/);
    for (const shard of ["2/2", "1/2"]) await jobs("shared", "--shard", shard);
    const again = await jobs("shared", "--shard", "1/2");
    expect(again.out).toMatch(/ 0 missing\n.*: 0 networks trained, 0 walks made\n$/);
    const alone = await jobs("alone");
    expect([alone.code, alone.err]).toEqual([0, ""]);
    const complete = await jobs("alone", "--check");
    expect(complete.out).toMatch(/^complete: \d+ results, fingerprint [0-9a-f]{16}\n$/);
    expect(await jobs("shared", "--check")).toEqual(complete);
    const merged = await jobs("merged", "--merge", join(folder, "shared"));
    expect(merged.out).toMatch(/merged: \d+ results added\n$/);
    expect(await jobs("merged", "--check")).toEqual(complete);
  }, 300_000);

  it("refuses what makes no sense, with its remedy", async () => {
    for (const [args, message] of [
      [["--shard", "17/16"], "--shard: must be a number and how many there are, 1/16 to 16/16"],
      [["--threads", "many"], "--threads: must be a whole number, got many"],
      [["--check", "--forecast"], "jobs: --forecast, --check and --merge exclude each other"],
      [["--merge", join(folder, "nowhere")], "nowhere: must hold a cache, but has no results"],
    ] as const) {
      const { code, err } = await jobs("refused", ...args);
      expect([code, err]).toEqual([1, expect.stringContaining(message)]);
    }
  });
});

it("the Jobs of cluster/kubernetes.yaml tell every pod how many there are", () => {
  const jobs = readFileSync(join(ROOT, "cluster", "kubernetes.yaml"), "utf8").split("---\n");
  expect(jobs).toHaveLength(2);
  for (const job of jobs) {
    const [, completions] = /^ {2}completions: (\d+)$/m.exec(job)!;
    expect(/JOB_COMPLETIONS\n +value: "(\d+)"/.exec(job)![1]).toBe(completions);
    for (const line of ["apiVersion: batch/v1", "kind: Job", "  completionMode: Indexed"])
      expect(job.split("\n")).toContain(line);
    expect(job).toMatch(/^ {2}backoffLimitPerIndex: \d+$/m);
    expect(job).not.toMatch(/^ {2}backoffLimit:/m);
  }
  expect(jobs[1]).toMatch(/^ {2}suspend: true$/m);
});

describe("the shard of a process", () => {
  it("is the one that is named, from 1 on", () => {
    expect(namedShard("3/16", { SLURM_ARRAY_TASK_ID: "9" })).toEqual({ index: 2, count: 16 });
  });

  it("is the task of a Slurm array, wherever the array begins", () => {
    const array = { SLURM_ARRAY_TASK_COUNT: "21", SLURM_ARRAY_TASK_MIN: "5" };
    expect(namedShard(undefined, { ...array, SLURM_ARRAY_TASK_ID: "5" })).toEqual({
      index: 0,
      count: 21,
    });
    expect(() => namedShard(undefined, { ...array, SLURM_ARRAY_TASK_ID: "26" })).toThrow(
      "SLURM_ARRAY_TASK_ID: the array must be without gaps, but task 26 is not among the 21 from 5 on",
    );
  });

  it("is the index of a Kubernetes Job, which must say how many there are", () => {
    const env = { JOB_COMPLETION_INDEX: "2", JOB_COMPLETIONS: "16" };
    expect(namedShard(undefined, env)).toEqual({ index: 2, count: 16 });
    expect(() => namedShard(undefined, { JOB_COMPLETION_INDEX: "2" })).toThrow(
      "JOB_COMPLETIONS: must be a whole number, got nothing; set it",
    );
    expect(() => namedShard(undefined, { ...env, JOB_COMPLETIONS: "2" })).toThrow(
      "JOB_COMPLETION_INDEX: must be below JOB_COMPLETIONS (2), got 2",
    );
  });

  it("is everything where nobody says anything", () => {
    expect(namedShard(undefined, {})).toEqual({ index: 0, count: 1 });
  });

  it("has the threads that it is told, else those of its Slurm task, else all", () => {
    expect(shardThreads("2", { SLURM_CPUS_PER_TASK: "4" })).toBe(2);
    expect(shardThreads(undefined, { SLURM_CPUS_PER_TASK: "4" })).toBe(4);
    expect(shardThreads(undefined, {})).toBeUndefined();
  });
});
