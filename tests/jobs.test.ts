/** Shards of a study as schedulers start them. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { namedShard, shardThreads } from "../tools/dist/jobs/environment.js";
import { ROOT } from "./support/scratch.js";

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
