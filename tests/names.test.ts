/** Series by their names: one that is not there is an error that says what there is, never the column before the first. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { betaOffset, coinReturns, marketReturns } from "../lib/src/panel/panel.js";
import { multiverse } from "../lib/src/report/multiverse/multiverse.js";
import { betaPath, type Factors } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";
import { ROOT } from "./support/scratch.js";

const PANEL = seededPanel(5, ["A", "B"], ["X", "Y", "Z"]);

describe("coinReturns and marketReturns", () => {
  it("are the columns of a name", () => {
    PANEL.coins.forEach((coin, i) => {
      expect([...coinReturns(PANEL, coin)]).toEqual(
        PANEL.dates.map((_, t) => PANEL.coinLogReturns[2 * t + i]),
      );
    });
    PANEL.markets.forEach((market, k) => {
      expect([...marketReturns(PANEL, market)]).toEqual(
        PANEL.dates.map((_, t) => PANEL.marketLogReturns[3 * t + k]),
      );
    });
  });

  it("refuse a name that the panel lacks, and say which there are", () => {
    expect(() => coinReturns(PANEL, "X")).toThrow(
      new RangeError("coinReturns: there is no coin X, there are A, B; name one of these"),
    );
    expect(() => marketReturns(PANEL, "EQUTIY")).toThrow(
      new RangeError(
        "marketReturns: there is no market EQUTIY, there are X, Y, Z; name one of these",
      ),
    );
  });
});

describe("betaOffset", () => {
  it("is where a path has the beta of a date, coin and market", () => {
    const path = betaPath(PANEL, "walkForward", (i, t) =>
      [0, 1, 2].map((k) => 100 * t + 10 * i + k),
    );
    for (const t of PANEL.dates.keys())
      for (const i of [0, 1])
        for (const k of [0, 1, 2])
          expect(path.values[betaOffset(path, t, i, k)]).toBe(100 * t + 10 * i + k);
  });
});

describe("a multiverse of a misspelt market", () => {
  it("is refused, for the co-movement alone as well", async () => {
    const factors: Factors = {
      dates: PANEL.dates,
      names: ["Mkt-RF"],
      simpleReturns: new Float64Array(5).fill(0.01),
      riskFree: new Float64Array(5),
    };
    const crossed = multiverse(PANEL, factors, {
      market: "EQUTIY",
      marketSets: [],
      windows: [2],
      inputs: [],
      years: ["2018"],
      testYears: [],
      fitFrom: "2018-01",
      through: "2018-05",
      draws: 9,
      seed: 1,
    });
    await expect(crossed).rejects.toThrow("there is no market EQUTIY, there are X, Y, Z");
  });
});

describe("the sources", () => {
  const SRC = join(ROOT, "lib", "src");
  const lines = (readdirSync(SRC, { recursive: true }) as string[])
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) =>
      readFileSync(join(SRC, file), "utf8")
        .split("\n")
        .map((line) => ({ file, line })),
    );
  const filesWith = (pattern: RegExp) =>
    [...new Set(lines.filter(({ line }) => pattern.test(line)).map(({ file }) => file))].sort();

  it("look a coin or a market up in one place only, which refuses unknown ones", () => {
    // Those two find a name that occurs twice, and the row of a coin among those that are drawn.
    expect(filesWith(/\b(coins|markets)\.indexOf\(/)).toEqual([
      "figures/beta-distributions.ts",
      "panel/factors.ts",
    ]);
  });

  it("compute where a beta stands in one place only, but for loops that write whole paths", () => {
    expect(filesWith(/\(\w+ \* [\w.]+ \+ \w+\) \* (K|[\w.]*markets\.length)/)).toEqual([
      "betas/bank.ts",
      "betas/blume.ts",
      "betas/filter-bank.ts",
      "betas/kalman.ts",
      "betas/vasicek.ts",
      "comparing/panel-shares.ts",
      "models/amortised/features.ts",
      "models/amortised/series-betas.ts",
      "panel/panel.ts",
      "panel/simulate.ts",
      "types.ts",
    ]);
  });
});
