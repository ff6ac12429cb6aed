/** The ridge beta on the network's inputs. */

import { describe, expect, it } from "vitest";
import { heldBeta } from "../lib/src/betas/assemble.js";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { frozenRidge, ridgeBeta, rowsBetween } from "../lib/src/betas/ridge.js";
import { fittingBlock } from "../lib/src/betas/ridge-rows.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const FIT = { from: "2018-07", through: "2021-12" };
const OPTIONS = { fit: FIT, update: "frozen", lookback: 3 } as const;
/** Inputs are of single precision. */
const SINGLE = 1e-6;

const AFTER = 48;
const PANEL = seededPanel(72, ["A", "B"], ["X", "Y"]);

const fitRmse = (panel: Panel, penalty: number) => {
  // In-sample: the frozen coefficients' betas within the block, by fitting on the block and running the panel again after it.
  const twice = repeated(panel);
  const path = ridgeBeta(twice, { ...OPTIONS, penalty });
  return hedgingRmse(twice, path, { from: "2024-07", through: "2027-12" });
};

/** The panel, and the same months again six years later. */
function repeated(panel: Panel): Panel {
  const join = (values: Float64Array) => Float64Array.of(...values, ...values);
  return {
    ...panel,
    dates: [...panel.dates, ...panel.dates.map((d) => `${Number(d.slice(0, 4)) + 6}${d.slice(4)}`)],
    coinLogReturns: join(panel.coinLogReturns),
    marketLogReturns: join(panel.marketLogReturns),
  };
}

describe("ridgeBeta", () => {
  it("finds betas that are linear in the last returns of coin and markets", () => {
    const panel = seededPanel(120, ["A", "B"], ["X"]);
    const f = panel.marketLogReturns;
    const coinLogReturns = new Float64Array(240);
    const truth = (t: number, i: number) =>
      1 + 3 * (coinLogReturns[2 * (t - 1) + i] ?? 0) - 5 * (f[t - 3] ?? 0) + 2 * (f[t - 2] ?? 0);
    for (let t = 0; t < 120; t++)
      for (const i of [0, 1]) coinLogReturns[2 * t + i] = truth(t, i) * f[t]!;
    const { values } = ridgeBeta({ ...panel, coinLogReturns }, { ...OPTIONS, penalty: 0 });
    let seen = 0;
    for (let t = AFTER; t < 120; t++)
      for (const i of [0, 1]) {
        seen++;
        expect(Math.abs(values[2 * t + i]! - truth(t, i))).toBeLessThan(SINGLE);
      }
    expect(seen).toBe(144);
  });

  it("is NaN through the end of the fitting block, and moves with its inputs after it", () => {
    const { values, kind } = ridgeBeta(PANEL, { ...OPTIONS, penalty: 0.1 });
    expect(kind).toBe("walkForward");
    expect(values.slice(0, AFTER * 4).every(Number.isNaN)).toBe(true);
    const after = values.slice(AFTER * 4);
    expect(after.every(Number.isFinite)).toBe(true);
    expect(new Set(after).size).toBe(after.length);
  });

  it("frozen: does not learn from returns after the block, updated does", () => {
    // The last date but one has returns that are inputs of the last date too: compare the betas of its own.
    const t = 60;
    const changed = {
      ...PANEL,
      coinLogReturns: PANEL.coinLogReturns.map((r, at) =>
        at >= AFTER * 2 && at < (t - 3) * 2 ? 3 - r : r,
      ),
    };
    for (const update of ["frozen", "updated"] as const) {
      const [before, after] = [PANEL, changed].map((panel) =>
        ridgeBeta(panel, { ...OPTIONS, update, penalty: 0.1 }).values.slice(t * 4, (t + 1) * 4),
      );
      if (update === "frozen") expect(after).toEqual(before);
      else expect(after).not.toEqual(before);
    }
  });

  it("updated: is at every date as if the block ended before it, but for the units and the weight of the penalty", () => {
    const updated = ridgeBeta(PANEL, {
      ...OPTIONS,
      update: "updated",
      penalty: Infinity,
    });
    const pooled = pooledBeta(PANEL, { from: FIT.from });
    for (let at = AFTER * 4; at < updated.values.length; at++)
      expect(Math.abs(updated.values[at]! - pooled.values[at]!)).toBeLessThan(1e-9);
    const first = ridgeBeta(PANEL, {
      ...OPTIONS,
      update: "updated",
      penalty: 1,
    });
    const frozen = ridgeBeta(PANEL, { ...OPTIONS, penalty: 1 });
    const row = AFTER * 4;
    expect(first.values.slice(row, row + 4)).toEqual(frozen.values.slice(row, row + 4));
    expect(first.values.slice(row + 4)).not.toEqual(frozen.values.slice(row + 4));
  });

  it("is the same for many penalties at once", () => {
    const candidates = frozenRidge(PANEL, OPTIONS);
    for (const penalty of [0, 0.1, 1, 10, Infinity]) {
      const [found, expected] = [candidates(penalty), ridgeBeta(PANEL, { ...OPTIONS, penalty })];
      found.values.forEach((value, at) => {
        if (at < AFTER * 4) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(expected.values[at]!, 10);
      });
    }
  });

  it("has no beta where the wanted dates lack inputs, and calls nothing collinear for that", () => {
    const marketLogReturns = PANEL.marketLogReturns.map((value, cell) =>
      cell >= 2 * AFTER && cell % 4 === 0 ? NaN : value,
    );
    const dates = { from: PANEL.dates[AFTER + 4]!, through: PANEL.dates[AFTER + 8]! };
    const path = frozenRidge({ ...PANEL, marketLogReturns }, { ...OPTIONS, dates })(0.1);
    expect(path.values.every(Number.isNaN)).toBe(true);
  });

  it("sums in an order that nothing after its block decides", () => {
    const dates = PANEL.dates.slice(0, AFTER + 3);
    const cut = {
      ...PANEL,
      dates,
      coinLogReturns: PANEL.coinLogReturns.slice(0, 2 * dates.length),
      marketLogReturns: PANEL.marketLogReturns.slice(0, 2 * dates.length),
    };
    const between = [PANEL, cut].map((panel) =>
      rowsBetween(panel, fittingBlock(panel, OPTIONS), "yearly"),
    );
    expect(between[0]).toBe(between[1]);
    expect(between[0]).toBe(84 / 3);
  });

  it("fits its block the better, the lower the penalty, and never worse than the pooled constant", () => {
    const scores = [0, 0.01, 0.1, 1, 10, Infinity].map((penalty) => fitRmse(PANEL, penalty));
    scores.slice(1).forEach((score, i) => {
      expect(score).toBeGreaterThan(scores[i]!);
    });
    const held = heldBeta(pooledBeta(PANEL, FIT), FIT);
    const constant = {
      ...held,
      values: held.values.map((_, at) => held.values[AFTER * 4 + (at % 4)]!),
    };
    expect(scores.at(-1)).toBeCloseTo(hedgingRmse(PANEL, constant, FIT), 9);
  });

  it("sees predictors as the network does", () => {
    const values = Float64Array.from(PANEL.dates, (_, t) => Math.sin(t));
    const seeing = { ...PANEL, predictors: { names: ["P"], values } };
    const [with_, without] = [seeing, PANEL].map((panel) =>
      ridgeBeta(panel, { ...OPTIONS, penalty: 0.1 }).values.slice(AFTER * 4),
    );
    expect(with_).not.toEqual(without);
    const constant = { ...OPTIONS, penalty: Infinity };
    expect(ridgeBeta(seeing, constant)).toEqual(ridgeBeta(PANEL, constant));
  });

  it("leaves out rows with a missing input, and has no beta where one is missing", () => {
    const gap = 55;
    const coinLogReturns = PANEL.coinLogReturns.slice();
    coinLogReturns[gap * 2] = NaN;
    coinLogReturns[30 * 2 + 1] = NaN;
    const { values } = ridgeBeta({ ...PANEL, coinLogReturns }, { ...OPTIONS, penalty: 0.1 });
    for (let t = AFTER; t < 72; t++)
      for (const i of [0, 1])
        expect(Number.isNaN(values[(t * 2 + i) * 2])).toBe(i === 0 && t > gap && t <= gap + 3);
  });

  it.each([
    [
      "a negative penalty",
      { penalty: -1 },
      "ridgeBeta: penalty must be at least 0, got -1; Infinity gives the pooled constant",
    ],
    ["no number", { penalty: NaN }, "ridgeBeta: penalty must be at least 0, got NaN"],
    [
      "a block before the first whole look-back",
      { fit: { from: "2018-01", through: "2018-03" } },
      "ridgeBeta: the fitting block 2018-01 to 2018-03 must hold a target with 3 complete periods before it, but it holds none",
    ],
    [
      "a block outside the panel",
      { fit: { from: "2010-01", through: "2010-12" } },
      "ridgeBeta: the fitting block 2010-01 to 2010-12 must hold a date of the panel",
    ],
    [
      "a look-back of nothing",
      { lookback: 0 },
      "ridgeBeta: lookback must be an integer of at least 1, got 0",
    ],
  ])("refuses %s", (_, options, message) => {
    expect(() => ridgeBeta(PANEL, { ...OPTIONS, penalty: 1, ...options })).toThrow(message);
  });

  it("refuses a series that does not move in the block", () => {
    const still = {
      ...PANEL,
      coinLogReturns: PANEL.coinLogReturns.map(() => 0),
    };
    expect(() => ridgeBeta(still, { ...OPTIONS, penalty: 1 })).toThrow(
      "fittingScale: every series must move within the fitting block",
    );
  });
});
