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
  const sources = (readdirSync(SRC, { recursive: true }) as string[])
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && file !== "panel/panel.ts")
    .map((file) => ({ file, text: readFileSync(join(SRC, file), "utf8") }));
  const filesWith = (...patterns: readonly RegExp[]) =>
    sources
      .filter(({ text }) => patterns.some((pattern) => pattern.test(text)))
      .map(({ file }) => file)
      .sort();

  const LOOKUP = /(names|coins|markets)\.indexOf\(/i;
  /** Files that may look a name up by themselves, and why. */
  const LOOKUPS = {
    "betas/csv.ts": "leaves out what a file has for other panels",
    "data/daily-prices.ts": "finds a name that occurs twice",
    "data/readers/bare-bars.ts": "a cell that is not there is an empty text",
    "data/readers/csv.ts": "refuses an unknown column with its file and line",
    "data/readers/wide.ts": "finds a name that occurs twice",
    "figures/beta-distributions.ts": "the row of a coin among those that are drawn",
    "panel/factors.ts": "finds a name that occurs twice",
  };

  it("look a coin, a market or a series up in one place only, which refuses unknown ones", () => {
    expect(filesWith(LOOKUP)).toEqual(Object.keys(LOOKUPS));
  });

  it("take the returns of a coin or a market by its name", () => {
    expect(filesWith(/\bcolumn\(\s*[\w.]*(coin|market)LogReturns\b/)).toEqual([]);
  });

  const WIDTH = "(?:N|K|F|S|P|width|[\\w.]*(?:coins|markets|names)\\.length)";
  const PLACE = [
    // t * N + i and N * t + i
    new RegExp(`\\* ${WIDTH}\\s+\\+\\s+\\w`),
    new RegExp(`\\b${WIDTH} \\* [\\w.]+\\s+\\+\\s+\\w`),
    // values[a * b + c], whatever a row's length is called
    /[\w)!\]]\[(?=[^[\]]*(?:\b[a-z_]\w*|\)) \* [a-z_(])[^[\]]* \+ [^[\]]*\]/i,
    // values.subarray(t * n, (t + 1) * n)
    /\.(subarray|slice)\((?:[^()]|\([^()]*\))*\([\w.]+ \+ 1\) \* \w/,
  ];
  /** Rooms of plain matrices: statistics, and the rows, experts and layers of the amortised network and of the recurrent ones; their panels are read in one file each. */
  const PLAIN = /^(stats|models\/(amortised|recurrent))\/(?!(amortised|recurrent)-beta\.ts)/;
  /** Other files that may compute where a value stands in a row-major matrix, and why. */
  const PLACES = {
    "betas/bank.ts": "tight loop over the experts",
    "betas/bootstrap-beta.ts": "every row of every draw",
    "betas/filter-bank-learning.ts": "tight loop over filters and their K x K variances",
    "betas/filter-bank.ts": "tight loop over filters and their K x K variances",
    "betas/hedging.ts": "the innermost loop of every comparison",
    "betas/pooled.ts": "every row of every draw of a bootstrap",
    "betas/realised.ts": "diagonal of a K x K covariance",
    "betas/ridge-rows.ts": "every input of every row",
    "betas/ridge.ts": "tight loop over a market's inputs",
    "betas/scholes-williams.ts": "sums of K x K products",
    "comparing/common-errors.ts": "the innermost loop of every comparison",
    "data/readers/wide.ts": "fills columns of long files",
    "models/network.ts": "tight loop over weights of a layer",
    "models/simd/block-layout.ts": "transposes into the kernel's memory",
    "models/tfjs/row-layout.ts": "inputs of a network, by period within a row",
    "panel/returns.ts": "fills columns of long files",
    "panel/windows.ts": "tight loop that copies inputs of a network",
    "portfolios/weights.ts": "a coin held is known by its place",
    "report/claims/samples.ts": "tight loop over drawn rows",
  };

  it("compute where a value of a panel or a path stands in one place only, but for tight loops", () => {
    const found = filesWith(...PLACE).filter((file) => !PLAIN.test(file));
    expect(found).toEqual(Object.keys(PLACES));
  });

  it.each([
    "coinLogReturns[t * N + i]",
    "values[t * panel.coins.length + i]!",
    "values[i + t * n]",
    "values[(t - 1) * wide + i]",
    "const at = (t * N + i) * K + k;",
    "const at = names.length * t + i;",
    "values.subarray(t * n, (t + 1) * n)",
    "values.slice(\n  row * D,\n  (row + 1) * D,\n)",
  ])("are found out where they write %j", (line) => {
    expect(PLACE.some((pattern) => pattern.test(line))).toBe(true);
  });

  it.each(["rowAt(values, N, t)[i]", "new Float64Array((T + 1) * N)", "sum[1] * x[2] + y[3]"])(
    "are not where they write %j",
    (line) => {
      expect(PLACE.some((pattern) => pattern.test(line))).toBe(false);
    },
  );
});
