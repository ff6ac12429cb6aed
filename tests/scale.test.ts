/** Scales of the network's inputs, from fitting dates alone. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { onePair } from "../lib/src/panel/panel.js";
import { betaOfOutput, fittingScale, scaledInputs } from "../lib/src/panel/scale.js";
import { splitWindows } from "../lib/src/panel/split.js";
import { lookbackWindows, selectRows } from "../lib/src/panel/windows.js";
import { mean, standardDeviation } from "../lib/src/stats/moments.js";
import { STUDY } from "../lib/src/study.js";
import { RUNS, seededPanel, studyPanel } from "./support/helpers.js";

/** Inputs are float32: 24 bits of a number around 1, averaged over hundreds. */
const FLOAT32 = 1e-6;

/** The scaled inputs of one group: 0 is the own coin, k + 1 is market k. */
const groupOf = (
  scaled: Float32Array,
  lookback: number,
  markets: number,
  group: number,
): Float32Array =>
  scaled.filter((_, at) => Math.floor((at % (lookback * (1 + markets))) / lookback) === group);

describe("fittingScale", () => {
  it("pools the moments of a hand-made block over rows and lags", () => {
    const block = lookbackWindows(onePair([1, 3, 1, 3], [0, 2, 4, -2]), 2);
    const scale = fittingScale(block);
    // Coin inputs 1, 3, 3, 1; market inputs 0, 2, 2, 4; targets 1, 3 and 4, -2.
    expect(scale.inputMean).toEqual([2, 2]);
    expect(scale.inputSd).toEqual([1, Math.sqrt(2)]);
    expect(scale.coinRms).toBeCloseTo(Math.sqrt(5), 14);
    expect(scale.marketRms[0]).toBeCloseTo(Math.sqrt(10), 14);
  });

  it("has moments and a root mean square for each market", () => {
    const pair = onePair([1, 3, 1], [0, 2, 4]);
    const block = lookbackWindows(
      {
        ...pair,
        markets: ["X", "Y"],
        marketLogReturns: Float64Array.of(0, 50, 2, 30, 4, 10),
      },
      1,
    );
    const scale = fittingScale(block);
    expect(scale.inputMean).toEqual([2, 1, 40]);
    expect(scale.inputSd).toEqual([1, 1, 10]);
    expect(scale.marketRms).toEqual([Math.sqrt(10), Math.sqrt(500)]);
  });

  it("depends on the rows of its block only", () => {
    const panel = seededPanel(40, ["A", "B"], ["X", "Y"]);
    const last = 19;
    const changed = {
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r, at) => (at < (last + 1) * 2 ? r : 9 - r)),
      marketLogReturns: panel.marketLogReturns.map((r, at) => (at < (last + 1) * 2 ? r : 9 - r)),
    };
    const scaleOf = (whole: typeof panel) =>
      fittingScale(selectRows(lookbackWindows(whole, 5), (target) => target <= last));
    expect(scaleOf(changed)).toEqual(scaleOf(panel));
    expect(fittingScale(lookbackWindows(changed, 5))).not.toEqual(
      fittingScale(lookbackWindows(panel, 5)),
    );
  });

  it.each([
    ["zero", 0],
    ["an exact binary fraction", 0.25],
    ["0.1, whose mean rounds", 0.1],
  ])("refuses a market that is constant at %s", (_, value) => {
    const coin = [0.1, -0.2, 0.3, 0.1, 0.4, -0.2, 0.1, 0.2];
    const block = lookbackWindows(
      onePair(
        coin,
        coin.map(() => value),
      ),
      3,
    );
    expect(() => fittingScale(block)).toThrow(
      /^fittingScale: every series must move within the fitting block/,
    );
  });

  it("refuses a missing return", () => {
    const block = lookbackWindows(onePair([0.1, Number.NaN, 0.3, 0.2], [0.1, 0.2, 0.3, 0.1]), 2);
    expect(() => fittingScale(block)).toThrow(RangeError);
  });
});

describe("scaledInputs", () => {
  it("have mean 0 and standard deviation 1 in every group of the fitting block", async () => {
    const panel = await studyPanel();
    const { inSample } = splitWindows(
      lookbackWindows(panel, STUDY.lookback),
      panel.dates,
      STUDY.split,
    );
    const scaled = scaledInputs(inSample, fittingScale(inSample));
    for (let group = 0; group <= panel.markets.length; group++) {
      const values = groupOf(scaled, STUDY.lookback, panel.markets.length, group);
      expect(values).toHaveLength(144 * 12);
      expect(Math.abs(mean(values))).toBeLessThanOrEqual(FLOAT32);
      expect(Math.abs(standardDeviation(values, 0) - 1)).toBeLessThanOrEqual(FLOAT32);
    }
  });

  it("use the moments they are given for rows of any block", () => {
    const windows = lookbackWindows(onePair([1, 3, 9], [0, 2, 9]), 1);
    const scaled = scaledInputs(windows, {
      inputMean: [1, 2],
      inputSd: [2, 4],
      coinRms: 1,
      marketRms: [1],
    });
    expect([...scaled]).toEqual([0, -0.5, 1, 0]);
  });

  it("do not change when a series changes its unit", () => {
    const panel = seededPanel(30, ["A", "B"], ["X", "Y"]);
    const windows = lookbackWindows(panel, 4);
    const scaled = scaledInputs(windows, fittingScale(windows));
    // A power of two scales without rounding.
    const units = fc.integer({ min: -10, max: 10 }).map((e) => 2 ** e);
    fc.assert(
      fc.property(units, units, (u, v) => {
        const other = lookbackWindows(
          {
            ...panel,
            coinLogReturns: panel.coinLogReturns.map((r) => u * r),
            marketLogReturns: panel.marketLogReturns.map((r) => v * r),
          },
          4,
        );
        const scale = fittingScale(other);
        expect(scaledInputs(other, scale)).toEqual(scaled);
        expect(scale.coinRms).toBe(u * fittingScale(windows).coinRms);
      }),
      RUNS,
    );
  });

  it("leave the windows unchanged", () => {
    const windows = lookbackWindows(seededPanel(10, ["A"], ["X"]), 2);
    const before = structuredClone(windows);
    scaledInputs(windows, fittingScale(windows)).fill(0);
    expect(windows).toEqual(before);
  });
});

describe("betaOfOutput", () => {
  it("is b s_r / s_f of the market", () => {
    const scale = {
      inputMean: [],
      inputSd: [],
      coinRms: 0.2,
      marketRms: [0.04, 0.5],
    };
    expect(betaOfOutput(scale, 3, 0)).toBeCloseTo(15, 12);
    expect(betaOfOutput(scale, 3, 1)).toBeCloseTo(1.2, 12);
  });
});
