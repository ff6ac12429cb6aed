/** Blume's beta: shrunk to the lagged constant, on data through t - 1. */

import { describe, expect, it } from "vitest";
import { blumeBeta } from "../lib/src/betas/blume.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { onePair } from "../lib/src/panel/panel.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const NAN = Number.NaN;
const near = (values: readonly number[]) =>
  values.map((v) => (Number.isNaN(v) ? NAN : expect.closeTo(v, 12)));

/** Coins that are, window by window of two dates, their market times the beta of that window. */
function stepped(...betas: readonly (readonly number[])[]): Panel {
  const windows = betas[0]!.length;
  const f = Array.from({ length: 2 * windows + 1 }, () => 0.01);
  return {
    ...onePair(f, f),
    coins: betas.map((_, i) => `C${i}`),
    coinLogReturns: Float64Array.from(
      f.flatMap((market, t) => betas.map((levels) => market * (levels[Math.floor(t / 2)] ?? 0))),
    ),
  };
}

const OPTIONS = { from: "2000-01", lookback: 2 };
const lastRow = (panel: Panel, options = {}) =>
  blumeBeta(panel, { ...OPTIONS, ...options }).values.slice(
    -panel.coins.length * panel.markets.length,
  );

describe("blumeBeta", () => {
  it("draws the rolling beta a third of the way to the target, with too few windows to measure by", () => {
    const { values } = blumeBeta(onePair([0.02, -0.04, 0.06], [0.01, -0.02, 0.03]), {
      from: "2000-01",
      lookback: 1,
      target: 1,
    });
    expect([...values]).toEqual(near([NAN, 1 + 2 / 3, 1 + 2 / 3]));
    const panel = seededPanel(13, ["A", "B"], ["X", "Y"]);
    const options = { from: "2018-01", lookback: 6 };
    const rolling = rollingBeta(panel, { lookback: 6 }).values;
    const pooled = pooledBeta(panel, { from: "2018-01" }).values;
    expect([...blumeBeta(panel, options).values]).toEqual(
      near([...rolling].map((b, at) => pooled[at]! / 3 + (2 / 3) * b)),
    );
  });

  it("draws by the slope of later betas on earlier ones, around the target", () => {
    // Each window's beta is 1 + 0.4 (the one before - 1).
    const panel = stepped([2, 1.4, 1.16], [-1, 0.2, 0.68]);
    expect([...lastRow(panel, { target: 1 })]).toEqual(near([1 + 0.4 * 0.16, 1 - 0.4 * 0.32]));
  });

  it("draws around the pooled constant of the time between the windows", () => {
    const panel = stepped([2, 3, 1], [0, 1, 5]);
    const pooled = pooledBeta(panel, OPTIONS).values;
    const [p1, p2, p3] = [2, 4, 6].map((t) => pooled[2 * t]!);
    const xs = [2 - p1!, 0 - p1!, 3 - p2!, 1 - p2!];
    const ys = [3 - p1!, 1 - p1!, 1 - p2!, 5 - p2!];
    const product = xs.reduce((sum, x, i) => sum + x * ys[i]!, 0);
    const square = xs.reduce((sum, x) => sum + x ** 2, 0);
    const slope = Math.max(0, product / square);
    expect([...lastRow(panel)]).toEqual(near([p3! + slope * (1 - p3!), p3! + slope * (5 - p3!)]));
    expect(p3).toBeCloseTo(2, 12);
  });

  it.each([
    ["betas that move apart stay as they are", [[2, 3, 5]], 1, [5]],
    ["betas that change sides go to the target", [[2, 0, 2]], 1, [1]],
    ["betas on target stay there", [[1, 1, 1]], 1, [1]],
  ])("never draws beyond or away: %s", (_, betas, target, expected) => {
    expect([...lastRow(stepped(...betas), { target })]).toEqual(near(expected));
  });

  it("measures from minPairs pairs of windows on, none before from", () => {
    const panel = stepped([2, 1.4], [-1, 0.2]);
    const at = (options: object) => lastRow(panel, { target: 1, ...options })[0];
    expect(at({})).toBeCloseTo(1 + (2 / 3) * 0.4, 12);
    expect(at({ minPairs: 1 })).toBeCloseTo(1 + 0.4 * 0.4, 12);
    expect(at({ minPairs: 1, from: "2000-02" })).toBeCloseTo(1 + (2 / 3) * 0.4, 12);
  });

  it("leaves out windows in which a coin has no beta", () => {
    const panel = stepped([2, 1.4, 1.16], [-1, 0.2, 0.68], [NAN, 5, NAN]);
    expect([...lastRow(panel, { target: 1 }).slice(0, 2)]).toEqual(
      near([1 + 0.4 * 0.16, 1 - 0.4 * 0.32]),
    );
  });

  it("refuses minPairs below 1, and what rollingBeta refuses", () => {
    const panel = stepped([1, 2]);
    expect(() => lastRow(panel, { minPairs: 0 })).toThrow(
      "blumeBeta: minPairs must be an integer of at least 1, got 0",
    );
    expect(() => lastRow(panel, { lookback: 0 })).toThrow(RangeError);
    expect(() => lastRow(panel, { from: "2001" })).toThrow(
      "blumeBeta: from must not lie after the panel",
    );
  });
});
