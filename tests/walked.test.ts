/** Every estimator of a ladder on every market set: who stands twice, in which order, and how far it is. */

import { describe, expect, it, vi } from "vitest";
import { cutBeta } from "../lib/src/betas/assemble.js";
import { bankBeta } from "../lib/src/betas/bank.js";
import { type Estimator, pathEstimator, runningEstimator } from "../lib/src/betas/estimator.js";
import { oneBeta } from "../lib/src/betas/one.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { walkedEstimator, walkedLadder, walkedSets } from "../lib/src/comparing/walked.js";
import { walkedUpdated } from "../lib/src/comparing/walked-updated.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { betaPath } from "../lib/src/types.js";
import { historical, LADDER, PANEL, pooled, SPLITS, zero } from "./support/forecast-comparison.js";
import { builtIn } from "./support/helpers.js";

const TESTED = { from: "2021-01", through: "2023-12" };

describe("walkedEstimator", () => {
  it("keeps the tested dates of the panel and of the betas, and no others", async () => {
    const { panel, path } = await walkedEstimator(PANEL, zero, {
      splits: SPLITS,
      update: "frozen",
    });
    const tested = PANEL.dates.filter((date) => date >= "2021-01" && date < "2024-01");
    expect(tested).toHaveLength(36);
    expect(panel.dates).toEqual(tested);
    expect(path.dates).toEqual(tested);
    expect(path.values).toEqual(new Float64Array(36 * 3 * 2));
    const t = PANEL.dates.indexOf(tested[0]!);
    expect(panel.coinLogReturns).toEqual(PANEL.coinLogReturns.slice(t * 3, (t + 36) * 3));
    expect(panel.marketLogReturns).toEqual(PANEL.marketLogReturns.slice(t * 2, (t + 36) * 2));
  });

  it("keeps every date where none is tested", async () => {
    const split = { ...SPLITS[0]!, outOfSample: { from: "2030-01", through: "2030-12" } };
    const { panel, path } = await walkedEstimator(PANEL, zero, {
      splits: [split],
      update: "frozen",
    });
    expect(panel.dates).toEqual(PANEL.dates);
    expect(path.values.every(Number.isNaN)).toBe(true);
  });
});

describe("walkedLadder", () => {
  it("has every estimator frozen and updated, in the ladder's order; a constant stands once", async () => {
    const panel = selectMarkets(PANEL, ["X"]);
    const constant = builtIn(pathEstimator("one", oneBeta));
    const candidates = await walkedLadder(panel, [zero, constant, pooled, historical], {
      splits: SPLITS,
    });
    expect(candidates.map(({ estimator, update }) => `${estimator} ${update}`)).toEqual([
      ...["zero frozen", "one frozen", "pooled frozen", "pooled updated"],
      ...["historical frozen", "historical updated"],
    ]);
    for (const { estimator, update, path } of candidates) {
      const known = [zero, constant, pooled, historical].find(({ id }) => id === estimator)!;
      expect(path).toEqual(
        cutBeta(await walkForward(panel, known, { splits: SPLITS, update }), TESTED),
      );
    }
  });

  it("estimates once and has once what every date updates, as updated", async () => {
    const path = vi.fn(bankBeta);
    const bank = builtIn(runningEstimator("bank", path));
    const walked = await walkedLadder(PANEL, [bank], { splits: SPLITS });
    expect(path).toHaveBeenCalledTimes(SPLITS.length);
    expect(walked.map(({ estimator, update }) => `${estimator} ${update}`)).toEqual([
      "bank updated",
    ]);
  });

  it("keeps both where they differ on a single date", async () => {
    const nearly: Estimator = {
      id: "nearly",
      estimate: (panel, _, update) =>
        betaPath(panel, "walkForward", (coin, t) => [
          coin === 2 && panel.dates[t] === "2022-07-31" && update === "updated" ? 1.0000001 : 1,
          1,
        ]),
    };
    expect(await walkedLadder(PANEL, [nearly], { splits: SPLITS })).toHaveLength(2);
  });

  it("tells how many paths are done", async () => {
    const onProgress = vi.fn();
    await walkedLadder(PANEL, LADDER, { splits: SPLITS, onProgress });
    expect(onProgress.mock.calls).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });
});

describe("walkedSets", () => {
  it("walks every estimator of the ladder on every set, and says how far it is", async () => {
    const onProgress = vi.fn();
    const ladder = vi.fn(() => LADDER);
    const sets = await walkedSets(PANEL, ladder, {
      marketSets: ["X", "X+Y"],
      splits: SPLITS,
      onProgress,
    });
    expect(ladder.mock.calls).toEqual([[1], [2]]);
    expect(onProgress.mock.calls).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(sets.map(([first]) => first!.panel.markets)).toEqual([["X"], ["X", "Y"]]);
    expect(sets[0]!.map(({ estimator, update }) => [estimator, update])).toEqual([
      ["zero", "frozen"],
      ["pooled", "frozen"],
      ["pooled", "updated"],
      ["historical", "frozen"],
      ["historical", "updated"],
    ]);
    const run = { splits: SPLITS, update: "updated" } as const;
    const path = await walkForward(selectMarkets(PANEL, ["X"]), LADDER[1]!, run);
    expect(sets[0]![2]!.path).toEqual(cutBeta(path, TESTED));
  });
});

describe("walkedUpdated", () => {
  it("says how many panels are walked", async () => {
    const onProgress = vi.fn();
    const panels = ["X", "Y"].map((set) => ({ set, panel: selectMarkets(PANEL, [set]) }));
    await walkedUpdated(panels, () => [zero], { splits: SPLITS, onProgress });
    expect(onProgress.mock.calls).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  it("tells the failure that came first, when nothing runs on", async () => {
    const failed: string[] = [];
    const failing = (id: string, turns: number): Estimator => ({
      id,
      async estimate() {
        for (let turn = 0; turn < turns; turn++)
          await new Promise((resolve) => setImmediate(resolve));
        failed.push(id);
        throw new Error(`${id} has failed`);
      },
    });
    const network: Estimator = { ...failing("network", 9), networks: () => 1 };
    const walk = walkedUpdated(
      [{ set: "X", panel: selectMarkets(PANEL, ["X"]) }],
      () => [network, zero, failing("classical", 1)],
      { splits: SPLITS },
    );
    await expect(walk).rejects.toThrow("classical has failed");
    expect(failed).toEqual(["classical", "network"]);
  });
});
