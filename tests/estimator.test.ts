/** What all estimators share: frozen beside updated. */

import { describe, expect, it, vi } from "vitest";
import { type FittedOptions, fittedEstimator, pathEstimator } from "../lib/src/betas/estimator.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { oneBeta } from "../lib/src/betas/one.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { onePair } from "../lib/src/panel/panel.js";
import { type BetaPath, betaPath, type Panel, type Split } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

/** Fitting from 2018-03 through 2018-06, test 2018-09 and 2018-10: gaps on every side. */
const SPLIT: Split = {
  inSample: { from: "2018-03", through: "2018-06" },
  validation: { from: "2018-07", through: "2018-08" },
  outOfSample: { from: "2018-09", through: "2018-10" },
};
const PANEL = seededPanel(12, ["A", "B"], ["X"]);

/** Values by date, of both coins. */
const rows = ({ values }: BetaPath) =>
  PANEL.dates.map((_, t) => [...values.slice(2 * t, 2 * t + 2)]);
const NONE = [Number.NaN, Number.NaN];

describe("pathEstimator", () => {
  it("has the name that it is given", () => {
    expect(pathEstimator("pooled", pooledBeta).id).toBe("pooled");
  });

  it("gives its path the panel, the fitting block with the dates that count, and the split", async () => {
    const path = vi.fn(pooledBeta);
    await pathEstimator("spy", path).estimate(PANEL, SPLIT, "updated");
    const sample = { ...SPLIT.inSample, dates: SPLIT.outOfSample };
    expect(path.mock.calls).toEqual([[PANEL, sample, SPLIT]]);
  });

  it("updated: is the path in the test block, with all data before each date, and NaN elsewhere", async () => {
    const path = historicalBeta(PANEL, { from: "2018-03" });
    const updated = await pathEstimator("x", historicalBeta).estimate(PANEL, SPLIT, "updated");
    const whole = rows(path);
    expect(rows(updated)).toEqual(whole.map((row, t) => (t === 8 || t === 9 ? row : NONE)));
    expect(whole[9]).not.toEqual(whole[8]);
  });

  it("frozen: is the estimate at the end of the fitting block, held through the test block", async () => {
    const whole = rows(historicalBeta(PANEL, { from: "2018-03" }));
    const frozen = await pathEstimator("x", historicalBeta).estimate(PANEL, SPLIT, "frozen");
    expect(rows(frozen)).toEqual(whole.map((_, t) => (t === 8 || t === 9 ? whole[6]! : NONE)));
    expect(whole[6]).not.toEqual(whole[8]);
  });

  it("frozen: does not see the validation block, updated does", async () => {
    const estimator = pathEstimator("pooled", pooledBeta);
    // 2018-07 and 2018-08 are rows 6 and 7.
    const changed: Panel = {
      ...PANEL,
      coinLogReturns: PANEL.coinLogReturns.map((r, at) => (at >= 12 && at < 16 ? r + 1 : r)),
    };
    for (const update of ["frozen", "updated"] as const) {
      const before = await estimator.estimate(PANEL, SPLIT, update);
      const after = await estimator.estimate(changed, SPLIT, update);
      if (update === "frozen") expect(after).toEqual(before);
      else expect(after).not.toEqual(before);
    }
  });
});

describe("fittedEstimator", () => {
  /** Betas that say which block they were fitted on, and when. */
  const told = (panel: Panel, { fit, update }: FittedOptions): BetaPath =>
    betaPath(panel, "walkForward", () => [
      Number(fit.through.slice(5)) + (update === "frozen" ? 0 : 100),
    ]);

  it("frozen: runs on from the fitting block, in the test block", async () => {
    const path = await fittedEstimator("x", told).estimate(PANEL, SPLIT, "frozen");
    expect(rows(path)).toEqual(PANEL.dates.map((_, t) => (t === 8 || t === 9 ? [6, 6] : NONE)));
  });

  it("updated: runs on from the validation block", async () => {
    const path = await fittedEstimator("x", told).estimate(PANEL, SPLIT, "updated");
    expect(rows(path)[8]).toEqual([108, 108]);
  });

  it("gives its path the panel, the block from the first date of the fit, and the split", async () => {
    const path = vi.fn(told);
    const estimator = fittedEstimator("x", path);
    expect(estimator.id).toBe("x");
    await estimator.estimate(PANEL, SPLIT, "frozen");
    await estimator.estimate(PANEL, SPLIT, "updated");
    expect(path.mock.calls).toEqual([
      [PANEL, { fit: SPLIT.inSample, update: "frozen" }, SPLIT],
      [PANEL, { fit: { from: "2018-03", through: "2018-08" }, update: "updated" }, SPLIT],
    ]);
  });
});

describe("oneBeta", () => {
  it("is one for every date and coin", () => {
    expect(oneBeta(PANEL)).toEqual({
      dates: PANEL.dates,
      coins: PANEL.coins,
      markets: PANEL.markets,
      values: new Float64Array(24).fill(1),
      kind: "walkForward",
    });
  });

  it("refuses several markets, and none", () => {
    expect(() => oneBeta(seededPanel(3, ["A"], ["X", "Y"]))).toThrow(
      new RangeError("oneBeta: the panel must have one market, got 2 (X, Y); select one"),
    );
    expect(() => oneBeta({ ...onePair([1], [1]), markets: [] })).toThrow(RangeError);
  });
});
