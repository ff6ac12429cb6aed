/** Scores of the null betas, and the targets that they are scored on. */

import { describe, expect, it } from "vitest";
import { meanBeta } from "../lib/src/betas/mean-beta.js";
import { nullScores } from "../lib/src/comparing/nulls.js";
import { splitWindows, targetRange } from "../lib/src/panel/split.js";
import { lookbackWindows } from "../lib/src/panel/windows.js";
import { STUDY } from "../lib/src/study.js";
import { betaPath } from "../lib/src/types.js";
import { frozenPooled, seededPanel, studyPanel } from "./support/helpers.js";

describe("nullScores", () => {
  it("has the known RMSE of the report's split, to four decimals", async () => {
    const { zero, pooled } = nullScores(await studyPanel(), STUDY);
    expect(zero.toFixed(4)).toBe("0.2463");
    const four = ["FIAT", "EQUITY", "GOLD", "ENERGY", "FIAT+EQUITY+GOLD+ENERGY"].map((set) =>
      pooled[set]!.toFixed(4),
    );
    expect(four).toEqual(["0.2353", "0.1957", "0.2401", "0.2415", "0.1966"]);
  });
  it("fits on the targets that the networks have, whatever the split asks for", async () => {
    const early = {
      ...STUDY.split,
      inSample: { from: "2018-01", through: "2021-12" },
    };
    const panel = await studyPanel();
    expect(nullScores(panel, { ...STUDY, split: early })).toEqual(nullScores(panel, STUDY));
  });
});

describe("targetRange", () => {
  it("is the first and last target of a block, not the range asked for", () => {
    const panel = seededPanel(60, ["A"], ["M"]);
    const { inSample } = splitWindows(lookbackWindows(panel, 12), panel.dates, {
      ...STUDY.split,
      inSample: { from: "2018-01", through: "2020-06" },
      validation: { from: "2020-07", through: "2021-06" },
      outOfSample: { from: "2021-07", through: "2030-12" },
    });
    expect(targetRange(inSample, panel.dates)).toEqual({
      from: "2019-01-31",
      through: "2020-06-30",
    });
  });
});

describe("meanBeta", () => {
  const panel = seededPanel(3, ["A", "B"], ["M", "N"]);
  it("is the mean over coins and dates of one market, not of all", () => {
    const path = betaPath(panel, "walkForward", (coin, t) => [coin + t, 100]);
    expect(meanBeta(path, "M")).toBe(1.5);
    expect(meanBeta(path, "N")).toBe(100);
  });
  it("leaves out what has no estimate", () => {
    const path = betaPath(panel, "walkForward", (_, t) =>
      t === 0 ? [Number.NaN, Number.NaN] : [2, 4],
    );
    expect(meanBeta(path, "M")).toBe(2);
    expect(
      meanBeta(
        betaPath(panel, "walkForward", () => [Number.NaN, 1]),
        "M",
      ),
    ).toBeNaN();
  });
  it("is the constant of a pooled path", async () => {
    const study = await studyPanel("FIAT+GOLD");
    const path = frozenPooled(study, STUDY.split.inSample);
    const last = path.values.length - 2;
    expect(meanBeta(path, "FIAT")).toBeCloseTo(path.values[last]!, 12);
    expect(meanBeta(path, "GOLD")).toBeCloseTo(path.values[last + 1]!, 12);
  });
  it("refuses a market that the path has not", () => {
    expect(() =>
      meanBeta(
        betaPath(panel, "walkForward", () => [1, 1]),
        "Q",
      ),
    ).toThrow("there is no market Q, there are M, N");
  });
});
