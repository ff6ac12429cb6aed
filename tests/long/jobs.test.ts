/** npm run jobs: shards of a study as a cluster runs them. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder, write } from "../support/scratch.js";
import { tool } from "../support/tool.js";

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
    expect(again.out).toMatch(
      / 0 missing\n.*: 0 networks trained, 0 walks and 0 sets of simulated panels made\n$/,
    );
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
