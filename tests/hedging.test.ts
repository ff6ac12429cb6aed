/** Hedging errors and their root mean square, by hand. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hedgingErrors, hedgingRmse } from "../lib/src/betas/hedging.js";
import { onePair } from "../lib/src/panel/panel.js";
import { type BetaPath, betaPath, type Panel } from "../lib/src/types.js";
import { RUNS, seededPanel } from "./support/helpers.js";

const ROUNDING = 1e-12;

const constant = (panel: Panel, ...betas: number[]): BetaPath =>
  betaPath(panel, "walkForward", () => betas);

/** Two months, two coins, two markets; every return is another power of ten. */
const PANEL: Panel = {
  frequency: "monthly",
  dates: ["2018-01-31", "2018-02-28"],
  coins: ["A", "B"],
  markets: ["X", "Y"],
  coinLogReturns: Float64Array.of(1000, 2000, 3000, 4000),
  marketLogReturns: Float64Array.of(1, 10, 2, 20),
};

describe("hedgingErrors", () => {
  it("are the coin's return minus each beta times its market's return of the same month", () => {
    const path: BetaPath = {
      ...constant(PANEL, 0, 0),
      values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    };
    expect([...hedgingErrors(PANEL, path)]).toEqual([
      1000 - 1 * 1 - 2 * 10,
      2000 - 3 * 1 - 4 * 10,
      3000 - 5 * 2 - 6 * 20,
      4000 - 7 * 2 - 8 * 20,
    ]);
  });

  it("vanish if a coin is its market times the beta", () => {
    const panel = seededPanel(20, ["A"], ["X"]);
    const itself = {
      ...panel,
      coinLogReturns: panel.marketLogReturns.map((f) => -1.5 * f),
    };
    expect(hedgingErrors(itself, constant(itself, -1.5))).toEqual(new Float64Array(20));
  });

  it("are linear in beta", () => {
    const panel = seededPanel(6, ["A", "B"], ["X", "Y"]);
    const betas = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(betas, betas, betas, betas, (a, b, c, d) => {
        const errors = (x: number, y: number) => hedgingErrors(panel, constant(panel, x, y));
        const [first, second] = [errors(a, b), errors(c, d)];
        errors((a + c) / 2, (b + d) / 2).forEach((error, at) => {
          expect(Math.abs(error - (first[at]! + second[at]!) / 2)).toBeLessThanOrEqual(ROUNDING);
        });
      }),
      RUNS,
    );
  });

  it("are NaN where a beta is missing, and only there", () => {
    const path = constant(PANEL, 0, 0);
    const gap = { ...path, values: path.values.with(3, Number.NaN) };
    expect([...hedgingErrors(PANEL, gap)]).toEqual([1000, Number.NaN, 3000, 4000]);
  });

  it("are refused for a fitted path, which saw the returns it would be scored on", () => {
    const fitted = betaPath(PANEL, "fitted", () => [0, 0]);
    expect(() => hedgingErrors(PANEL, fitted)).toThrow(
      new RangeError(
        "hedgingErrors: path must be walkForward, got fitted; a fitted beta saw the returns it would be scored on",
      ),
    );
    expect(() => hedgingRmse(PANEL, fitted, { from: "2018", through: "2018" })).toThrow(RangeError);
  });

  it.each([
    ["dates", { dates: ["2018-01-31", "2018-03-31"] }],
    ["coins", { coins: ["B", "A"] }],
    ["markets", { markets: ["Y", "X"] }],
  ])("are refused if path and panel differ in their %s", (axis, other) => {
    const path = constant({ ...PANEL, ...other }, 0, 0);
    expect(() => hedgingErrors(PANEL, path)).toThrow(
      new RegExp(`^hedgingErrors: path and panel must share ${axis}`),
    );
  });

  it("leave panel and path unchanged", () => {
    const path = constant(PANEL, 1, 2);
    const before = structuredClone([PANEL, path]);
    hedgingErrors(PANEL, path).fill(0);
    expect([PANEL, path]).toEqual(before);
  });
});

describe("hedgingRmse", () => {
  const panel = onePair([3, 4, 5, 100], [1, 1, 1, 1]);

  it("is the root mean square of the errors within the range", () => {
    const months = { from: "2000-01", through: "2000-02" };
    expect(hedgingRmse(panel, constant(panel, 0), months)).toBe(Math.sqrt((9 + 16) / 2));
    expect(hedgingRmse(panel, constant(panel, 3), months)).toBe(Math.sqrt((0 + 1) / 2));
  });

  it("takes every coin of a month into the mean", () => {
    const both = { from: "2018-02", through: "2018-02" };
    expect(hedgingRmse(PANEL, constant(PANEL, 0, 0), both)).toBe(
      Math.sqrt((3000 ** 2 + 4000 ** 2) / 2),
    );
  });

  it("is NaN if a beta is missing within the range, and not if it is outside", () => {
    const path = constant(panel, 0);
    const gap = { ...path, values: path.values.with(0, Number.NaN) };
    const rmse = (from: string) => hedgingRmse(panel, gap, { from, through: "2000-03" });
    expect(rmse("2000-01")).toBeNaN();
    expect(rmse("2000-03")).toBe(5);
  });

  it("is NaN if the range holds no date", () => {
    const later = { from: "2001-01", through: "2001-12" };
    expect(hedgingRmse(panel, constant(panel, 0), later)).toBeNaN();
  });

  it("is least at the pooled beta of its own months", () => {
    const sample = seededPanel(24, ["A", "B"], ["X"]);
    const range = { from: "2018-01", through: "2019-12" };
    let [product, square] = [0, 0];
    sample.coinLogReturns.forEach((r, at) => {
      const f = sample.marketLogReturns[Math.floor(at / 2)]!;
      product += r * f;
      square += f * f;
    });
    const best = hedgingRmse(sample, constant(sample, product / square), range);
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), (beta) => {
        const rmse = hedgingRmse(sample, constant(sample, beta), range);
        expect(rmse).toBeGreaterThanOrEqual(best - ROUNDING);
      }),
      RUNS,
    );
  });
});
