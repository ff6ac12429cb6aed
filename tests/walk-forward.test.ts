/** Estimators walked forward: frozen by the year, updated by the period. */

import { describe, expect, it, vi } from "vitest";
import type { Estimator, Update } from "../lib/src/betas/estimator.js";
import { pathEstimator } from "../lib/src/betas/estimator.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { panelThrough } from "../lib/src/panel/cut.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { type BetaPath, betaPath, type Panel, type Split } from "../lib/src/types.js";
import { frozenPooled, seededPanel } from "./support/helpers.js";

/** Five years from 2018-01; test years 2020 to 2022. */
const PANEL = seededPanel(60, ["A", "B"], ["X"]);
const SPLITS = walkForwardSplits(PANEL.dates, {
  from: "2018-01",
  lookback: 0,
  test: { from: "2020-01", through: "2022-12" },
  refit: "yearly",
});

const UPDATES: readonly Update[] = ["frozen", "updated"];
const pooled = pathEstimator("pooled", pooledBeta);

/** The part of a path in one calendar year. */
const inYear = ({ values, dates }: BetaPath, year: number) =>
  values.filter((_, at) => dates[Math.floor(at / 2)]!.startsWith(String(year)));

/** An estimator that writes down what it is given, and gives the same beta everywhere. */
function spy(beta: number = 1) {
  const estimate = vi.fn(
    (panel: Panel, _split: Split, _update: Update): BetaPath =>
      betaPath(panel, "walkForward", () => [beta]),
  );
  return { id: "spy", estimate };
}

describe("walkForward", () => {
  it("is, in every test year, the estimator on that year's split", async () => {
    for (const estimator of [pooled, pathEstimator("h", historicalBeta)])
      for (const update of UPDATES) {
        const path = await walkForward(PANEL, estimator, { splits: SPLITS, update });
        for (const [i, year] of [2020, 2021, 2022].entries()) {
          const alone = await estimator.estimate(PANEL, SPLITS[i]!, update);
          expect(inYear(path, year)).toEqual(inYear(alone, year));
          expect(inYear(path, year).every(Number.isFinite)).toBe(true);
        }
      }
  });

  it("frozen: holds the pooled constant of the fitting block through the test year", async () => {
    const path = await walkForward(PANEL, pooled, { splits: SPLITS, update: "frozen" });
    for (const [year, through] of [
      [2020, "2018-12"],
      [2021, "2019-12"],
      [2022, "2020-12"],
    ] as const) {
      const constant = frozenPooled(PANEL, { from: "2018-01", through });
      expect(inYear(path, year)).toEqual(new Float64Array(24).fill(constant.values.at(-1)!));
    }
  });

  it("updated: is the expanding path itself in the test years", async () => {
    const path = await walkForward(PANEL, pooled, { splits: SPLITS, update: "updated" });
    const expanding = pooledBeta(PANEL, { from: "2018-01" });
    for (const year of [2020, 2021, 2022])
      expect(inYear(path, year)).toEqual(inYear(expanding, year));
  });

  it("has the panel's axes, is walk-forward, and is NaN outside the test blocks", async () => {
    const path = await walkForward(PANEL, spy(), { splits: SPLITS.slice(1, 2), update: "frozen" });
    const { dates, coins, markets } = PANEL;
    expect(path).toEqual({
      dates,
      coins,
      markets,
      values: Float64Array.from({ length: 120 }, (_, at) => (at >= 72 && at < 96 ? 1 : Number.NaN)),
      kind: "walkForward",
    });
  });

  it("shows an estimator the panel through the last date of the test block and no further", async () => {
    const estimator = spy();
    await walkForward(PANEL, estimator, { splits: SPLITS, update: "updated" });
    expect(estimator.estimate.mock.calls).toEqual(
      SPLITS.map((split) => [panelThrough(PANEL, split.outOfSample.through), split, "updated"]),
    );
    expect(estimator.estimate.mock.calls.map(([{ dates }]) => dates.at(-1))).toEqual([
      "2020-12-31",
      "2021-12-31",
      "2022-12-31",
    ]);
    for (const [{ dates, coinLogReturns, marketLogReturns }] of estimator.estimate.mock.calls) {
      expect(coinLogReturns).toHaveLength(2 * dates.length);
      expect(marketLogReturns).toHaveLength(dates.length);
    }
  });

  it("tells every estimate whether it is frozen or updated", async () => {
    for (const update of UPDATES) {
      const { estimate, id } = spy();
      await walkForward(PANEL, { estimate, id }, { splits: SPLITS, update });
      expect(estimate.mock.calls.map(([, , asked]) => asked)).toEqual([update, update, update]);
    }
  });

  it("keeps the band and the standard errors of an estimator", async () => {
    const banded: Estimator = {
      id: "banded",
      async estimate(panel) {
        const path = betaPath(panel, "walkForward", (_, t) => [t]);
        return {
          ...path,
          standardErrors: path.values.map((t) => t / 10),
          band: {
            interval: "kalman",
            lower: path.values.map((t) => t - 1),
            upper: path.values.map((t) => t + 1),
          },
        };
      },
    };
    const { values, standardErrors, band } = await walkForward(PANEL, banded, {
      splits: SPLITS,
      update: "frozen",
    });
    expect(band?.interval).toBe("kalman");
    expect(standardErrors).toEqual(values.map((t) => t / 10));
    expect(band?.lower).toEqual(values.map((t) => t - 1));
    expect(band?.upper).toEqual(values.map((t) => t + 1));
  });

  it("runs one block after the other, and tells how many are done", async () => {
    const seen: string[] = [];
    const slow: Estimator = {
      id: "slow",
      async estimate(panel, split) {
        seen.push(`begins ${split.outOfSample.from}`);
        await new Promise((resolve) => setImmediate(resolve));
        seen.push("ends");
        return betaPath(panel, "walkForward", () => [1]);
      },
    };
    await walkForward(PANEL, slow, {
      splits: SPLITS,
      update: "frozen",
      onProgress: (done, total) => seen.push(`${done} of ${total}`),
    });
    expect(seen).toEqual([
      "begins 2020-01-31",
      "ends",
      "1 of 3",
      "begins 2021-01-31",
      "ends",
      "2 of 3",
      "begins 2022-01-31",
      "ends",
      "3 of 3",
    ]);
  });

  it("does not depend on the order of the splits, and is NaN throughout without any", async () => {
    const run = (splits: readonly Split[]) =>
      walkForward(PANEL, pooled, { splits, update: "updated" });
    expect(await run([...SPLITS].reverse())).toEqual(await run(SPLITS));
    expect((await run([])).values.every(Number.isNaN)).toBe(true);
  });

  it("refuses test blocks that overlap, before it estimates any", async () => {
    const estimator = spy();
    const overlapping = SPLITS.map((split, i) =>
      i === 1
        ? {
            ...split,
            outOfSample: { from: "2021-01-31", through: "2022-01" },
          }
        : split,
    );
    await expect(
      walkForward(PANEL, estimator, { splits: overlapping, update: "frozen" }),
    ).rejects.toThrow(
      new RangeError(
        "walkForward: every date must lie in one test block at most, but 2022-01-31 lies in several; keep the splits' test blocks apart",
      ),
    );
    expect(estimator.estimate).not.toHaveBeenCalled();
  });

  it("passes on what an estimator refuses", async () => {
    const refusing: Estimator = {
      id: "refusing",
      estimate: () => {
        throw new RangeError("no");
      },
    };
    await expect(
      walkForward(PANEL, refusing, { splits: SPLITS, update: "frozen" }),
    ).rejects.toThrow("no");
  });

  it("leaves panel and splits unchanged", async () => {
    const before = structuredClone({ PANEL, SPLITS });
    const path = await walkForward(PANEL, pooled, { splits: SPLITS, update: "updated" });
    path.values.fill(0);
    expect({ PANEL, SPLITS }).toEqual(before);
  });
});
