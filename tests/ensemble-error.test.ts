/** Monte Carlo errors of ensembles, on networks whose betas are known. */

import { describe, expect, it } from "vitest";
import { ensembleError } from "../lib/src/report/claims/ensemble-error.js";
import { datedLosses, type NetworkChoice } from "../lib/src/report/claims/networks.js";
import { mean } from "../lib/src/stats/moments.js";
import { STUDY } from "../lib/src/study.js";
import { tableEnsembleErrors } from "../lib/src/tables/ensemble-errors.js";
import type { BetaPath } from "../lib/src/types.js";
import { alternating, claimContextOf, monthsOf, walkedOf } from "./support/claim-context.js";

const panel = monthsOf(
  (t) => 2 * alternating(t),
  (t) => alternating(t),
);

/** Networks whose seeds have betas one of which is left out in turn. */
function context(seeds: readonly number[]) {
  const networks = walkedOf(panel, "EQUITY", () => mean(seeds));
  const withSeeds = (path: BetaPath): BetaPath => ({
    ...path,
    seeds: seeds.map((beta) => path.values.map((value) => (Number.isNaN(value) ? value : beta))),
  });
  const paths = Object.fromEntries(
    Object.entries(networks.paths).map(([choice, path]) => [choice, withSeeds(path)]),
  ) as typeof networks.paths;
  const losses = async (choice: NetworkChoice) =>
    datedLosses(networks.panel, paths[choice], STUDY.walkForward.test);
  const nullLosses = async () => (await losses("all")).map(() => 4);
  return claimContextOf({ walked: async () => [{ ...networks, paths }], losses, nullLosses });
}

describe("ensembleError", () => {
  it("is the jackknife's over the seeds: RMSE 2 - beta against 2 of no hedge", async () => {
    const found = await ensembleError(context([0.2, 0.4, 0.9]), "all", "zero");
    // Means without one: 0.65, 0.55, 0.3; changes -50 times these, about their mean of -25.
    const sum = [-32.5, -27.5, -15].reduce((total, change) => total + (change + 25) ** 2, 0);
    expect(found.change).toBeCloseTo(-25, 10);
    expect(found.error).toBeCloseTo(Math.sqrt((2 / 3) * sum), 10);
    expect([found.networks, found.needed]).toEqual([
      3,
      expect.closeTo(3 * (found.error / 2.5) ** 2, 8),
    ]);
  });

  it("is 0 for networks that agree, and counts the seeds of both ensembles", async () => {
    expect((await ensembleError(context([0.5, 0.5]), "all", "zero")).error).toBeCloseTo(0, 10);
    const alone = await ensembleError(context([0.2, 0.9]), "all", "zero");
    const both = await ensembleError(context([0.2, 0.9]), "all", "baseline");
    expect(both.change).toBeCloseTo(0, 10);
    expect(both.error).toBeGreaterThan(1.4 * alone.error);
    expect(both.needed).toBeGreaterThan(1e6);
  });

  it("is unknown for a lone network, which has none beside it", async () => {
    const networks = walkedOf(panel, "EQUITY", () => 0.5);
    const losses = async () => [1];
    const alone = { walked: async () => [networks], losses, nullLosses: async () => [4] };
    const found = await ensembleError(claimContextOf(alone), "all", "zero");
    expect([found.networks, found.change, found.error]).toEqual([1, -50, Number.NaN]);
  });

  it("is a table", () => {
    const rows = [{ id: "tuning", networks: 20, change: -1, error: 0.5, needed: 500 }];
    expect(tableEnsembleErrors(rows).rows).toEqual([["tuning", 20, -1, 0.5, 500]]);
  });
});
