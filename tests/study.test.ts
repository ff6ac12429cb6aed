/** The study: the report's defaults, and a file that changes some of them. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { readPanel } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { isReportStudy, STUDY } from "../lib/src/study.js";
import { checkStudyDates } from "../lib/src/study-checks.js";
import { readStudy } from "../lib/src/study-file.js";
import { DataError } from "../lib/src/types.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: unknown) =>
  write(
    join(folder, `${written++}.json`),
    typeof content === "string" ? content : JSON.stringify(content),
  );
const study = (content: unknown) => readStudy(file(content));

afterEach(() => vi.unstubAllEnvs());

describe("STUDY", () => {
  it("is the study of the report", () => {
    expect(STUDY).toMatchObject({
      frequency: "monthly",
      coins: ["BTC", "ETH", "LTC", "BCH"],
      markets: ["FIAT", "EQUITY", "GOLD", "ENERGY"],
      lookback: 12,
      grid: {
        hidden: [4, 8, 16],
        learningRates: [0.001, 0.01, 0.1],
        activations: ["linear", "sigmoid", "tanh", "relu"],
      },
      starts: ["glorot", "ols"],
      epochs: 200,
      split: {
        inSample: { from: "2019-01", through: "2021-12" },
        validation: { from: "2022-01", through: "2022-12" },
        outOfSample: { from: "2023-01", through: "2023-12" },
      },
      walkForward: {
        test: { from: "2021-01", through: "2024-12" },
        refit: "yearly",
      },
      bootstrap: { draws: 1999, level: 0.95 },
      sorts: { quantiles: 2, cost: 0.002 },
    });
    expect(STUDY.marketSets).toHaveLength(7);
  });

  it("names files that the project ships", () => {
    expect(STUDY.returns).toBe(shippedFile("monthly.csv"));
    expect(STUDY.factors).toBe(shippedFile("factors-monthly.csv"));
    expect(existsSync(STUDY.returns)).toBe(true);
    expect(existsSync(STUDY.factors!)).toBe(true);
  });
});

describe("readStudy", () => {
  it("gives the report's study where no file is named", async () => {
    vi.stubEnv("NEURAL_BETA_STUDY", "");
    expect(await readStudy()).toBe(STUDY);
  });

  it("reads the file that NEURAL_BETA_STUDY names", async () => {
    vi.stubEnv("NEURAL_BETA_STUDY", file({ lookback: 24 }));
    expect(await readStudy()).toEqual({ ...STUDY, lookback: 24 });
  });

  it("reads the file it is given rather than that of the environment", async () => {
    vi.stubEnv("NEURAL_BETA_STUDY", file({ lookback: 24 }));
    expect(await study({ lookback: 6 })).toHaveProperty("lookback", 6);
  });

  it("gives the report's study for an empty object", async () => {
    expect(await study({})).toEqual(STUDY);
  });

  it("keeps every default that a file leaves out, at any depth", async () => {
    expect(
      await study({
        epochs: 50,
        batchSize: 16,
        scaling: "raw",
        coinIdentity: true,
        grid: { hidden: [2] },
        baseline: { hidden: 8 },
        split: { validation: { through: "2022-06" } },
      }),
    ).toEqual({
      ...STUDY,
      epochs: 50,
      batchSize: 16,
      scaling: "raw",
      coinIdentity: true,
      grid: { ...STUDY.grid, hidden: [2] },
      baseline: { ...STUDY.baseline, hidden: 8 },
      split: {
        ...STUDY.split,
        validation: { from: "2022-01", through: "2022-06" },
      },
    });
  });

  it("walks forward over other years, by period, on a rolling window, as the file says", async () => {
    expect(
      (
        await study({
          walkForward: {
            test: { from: "2022-06-30" },
            refit: "periodically",
            fitYears: 3,
          },
        })
      ).walkForward,
    ).toEqual({
      test: { from: "2022-06-30", through: "2024-12" },
      refit: "periodically",
      fitYears: 3,
    });
    const { walkForward } = await study({ walkForward: {} });
    expect(walkForward).toStrictEqual(STUDY.walkForward);
  });

  it("cuts the panel to a range, and says how price series end, where the file does", async () => {
    const range = { from: "2019-01", through: "2023-12-31" };
    expect((await study({ range })).range).toEqual(range);
    expect("range" in (await study({}))).toBe(false);
    const prices = { kind: "prices", returns: "p.csv", ends: { BTC: "delisted" } };
    expect((await study(prices)).ends).toEqual({ BTC: "delisted" });
    for (const [keys, fault] of [
      [{ range: { from: "2024-01", through: "2023" } }, /json: range\.through: expected a month/],
      [
        { range: { from: "2024-01", through: "2023-12" } },
        /range: from \(2024-01\) must not lie after through \(2023-12\); exchange them/,
      ],
      [
        { ...prices, ends: { DOGE: "delisted" } },
        /ends: every name must be a coin or a market of BTC, .*, got DOGE; correct it/,
      ],
      [{ ...prices, ends: { BTC: "dead" } }, /json: ends\.BTC: /],
      [{ ends: { BTC: "delisted" } }, /ends: is of price series, but the study has returns/],
    ] as const)
      await expect(study(keys)).rejects.toThrow(fault);
  });

  it("refits updated networks as often as the file says", async () => {
    expect((await study({})).refit).toBe("quarterly");
    expect((await study({ refit: "periodically" })).refit).toBe("periodically");
    expect((await study({ refit: "yearly" })).refit).toBe("yearly");
    await expect(study({ refit: "weekly" })).rejects.toThrow(/refit: .*"yearly"\|"quarterly"/);
  });

  it("draws as often, and covers as much, as the file says", async () => {
    expect((await study({ bootstrap: { draws: 99 } })).bootstrap).toEqual({
      draws: 99,
      level: 0.95,
    });
    expect((await study({ bootstrap: { level: 0.9 } })).bootstrap).toEqual({
      draws: 1999,
      level: 0.9,
    });
  });

  it("takes paths relative to the file", async () => {
    const { returns, factors } = await study({
      returns: "own/panel.csv",
      factors: "../other/factors.csv",
    });
    expect(returns).toBe(join(folder, "own", "panel.csv"));
    expect(factors).toBe(join(folder, "..", "other", "factors.csv"));
  });

  it("takes the shipped factors of its frequency: unless it names a file", async () => {
    const factors = async (choices: object) => (await study(choices)).factors;
    expect(await factors({})).toBe(shippedFile("factors-monthly.csv"));
    expect(await factors({ frequency: "weekly" })).toBe(shippedFile("factors-weekly.csv"));
    expect(await factors({ frequency: "daily" })).toBe(shippedFile("factors-daily.csv"));
    expect(await factors({ frequency: "daily", factors: "own.csv" })).toBe(join(folder, "own.csv"));
  });

  it("leaves absolute paths as they are", async () => {
    const path = join(folder, "panel.csv");
    expect((await study({ returns: path })).returns).toBe(path);
  });

  it("hedges with each of its own markets and with all of them, where they are not the report's", async () => {
    expect(await study({ markets: ["OIL", "GOLD", "YEN"] })).toMatchObject({
      marketSets: ["OIL", "GOLD", "YEN", "OIL+GOLD+YEN"],
      baseline: { ...STUDY.baseline, marketSet: "OIL" },
    });
    expect((await study({ markets: ["OIL"] })).marketSets).toEqual(["OIL"]);
  });

  it("keeps the report's market sets where the report's markets are among its own", async () => {
    const { marketSets } = await study({ markets: [...STUDY.markets, "OIL"] });
    expect(marketSets).toEqual(STUDY.marketSets);
  });

  it("takes market sets as they are given", async () => {
    const given = {
      markets: ["OIL", "YEN"],
      marketSets: ["YEN+OIL"],
      baseline: { marketSet: "YEN" },
    };
    expect(await study(given)).toMatchObject(given);
  });

  it("allows days as well as months in the split", async () => {
    const split = {
      inSample: { from: "2019-01-31", through: "2021-12-15" },
      validation: { from: "2021-12-16", through: "2022-12" },
      outOfSample: { from: "2023-01-01", through: "2023-01-01" },
    };
    expect((await study({ split })).split).toEqual(split);
  });

  it.each([
    ["a text that is not JSON", "{lookback: 12}", /^must be a JSON file .*; correct the text$/],
    ["a list", [], /^the study: .*expected object, received array/],
    [
      "an unknown key",
      { lookbak: 24 },
      /^lookbak: unknown key, expected one of returns, .*lookback/,
    ],
    [
      "an unknown key in a group",
      { grid: { hiden: [4] } },
      /^grid\.hiden: unknown key, expected one of hidden, learningRates/,
    ],
    [
      "an unknown key two groups deep",
      { split: { inSample: { form: "2019-01" } } },
      /^split\.inSample\.form: unknown key, expected one of from, through; correct or remove it$/,
    ],
    [
      "a month that is not in the calendar",
      { split: { inSample: { from: "2019-13" } } },
      /^split\.inSample\.from: expected a month YYYY-MM or a day YYYY-MM-DD/,
    ],
    [
      "a date in another notation",
      { split: { validation: { from: "1/2022" } } },
      /^split\.validation\.from: expected a month/,
    ],
    [
      "a date that is no text",
      { split: { validation: { from: 2022 } } },
      /^split\.validation\.from: .*expected string, received number/,
    ],
    [
      "a block that ends before it begins",
      { split: { inSample: { from: "2022-01" } } },
      /^split: inSample\.from \(2022-01\) must lie before inSample\.through \(2021-12\); order the blocks/,
    ],
    [
      "blocks that overlap",
      { split: { validation: { from: "2021-12" } } },
      /^split: inSample\.through \(2021-12\) must lie before validation\.from \(2021-12\); order the blocks/,
    ],
    [
      "blocks out of order",
      { split: { outOfSample: { from: "2018-01", through: "2018-12" } } },
      /^split: validation\.through \(2022-12\) must lie before outOfSample\.from \(2018-01\)/,
    ],
    ["a number as text", { lookback: "12" }, /^lookback: .*expected number, received string/],
    [
      "an unknown key of the walk-forward evaluation",
      { walkForward: { refits: "yearly" } },
      /^walkForward\.refits: unknown key, expected one of test, refit.*; correct or remove it$/,
    ],
    [
      "an unknown key of its test range",
      { walkForward: { test: { to: "2024-12" } } },
      /^walkForward\.test\.to: unknown key, expected one of from, through; correct or remove it$/,
    ],
    [
      "an unknown frequency of refitting",
      { walkForward: { refit: "weekly" } },
      /^walkForward\.refit: .*"yearly"\|"quarterly"\|"monthly"\|"periodically"/,
    ],
    [
      "a rolling window of no year",
      { walkForward: { fitYears: 0 } },
      /^walkForward\.fitYears: .*>=1/,
    ],
    [
      "a rolling window of half a year",
      { walkForward: { fitYears: 0.5 } },
      /^walkForward\.fitYears: .*expected int/,
    ],
    [
      "a test that begins in no month of the calendar",
      { walkForward: { test: { from: "2021-13" } } },
      /^walkForward\.test\.from: expected a month YYYY-MM or a day YYYY-MM-DD/,
    ],
    [
      "a test that ends in a year",
      { walkForward: { test: { through: "2024" } } },
      /^walkForward\.test\.through: expected a month YYYY-MM or a day YYYY-MM-DD/,
    ],
    [
      "an unknown key of the bootstrap",
      { bootstrap: { seed: 1 } },
      /^bootstrap\.seed: unknown key, expected one of draws, level; correct or remove it$/,
    ],
    [
      "fewer draws than a p-value of one in a hundred takes",
      { bootstrap: { draws: 98 } },
      /^bootstrap\.draws: .*>=99/,
    ],
    ["half a draw", { bootstrap: { draws: 999.5 } }, /^bootstrap\.draws: .*expected int/],
    [
      "draws as text",
      { bootstrap: { draws: "999" } },
      /^bootstrap\.draws: .*expected number, received string/,
    ],
    ["a level of nothing", { bootstrap: { level: 0 } }, /^bootstrap\.level: .*>0/],
    ["a level of certainty", { bootstrap: { level: 1 } }, /^bootstrap\.level: .*<1/],
    ["a level in percent", { bootstrap: { level: 95 } }, /^bootstrap\.level: .*<1/],
    [
      "a bootstrap that is no group of keys",
      { bootstrap: 999 },
      /^bootstrap: .*expected object, received number/,
    ],
    ["a fraction of a period", { lookback: 1.5 }, /^lookback: .*expected int/],
    ["a look-back of nothing", { lookback: 0 }, /^lookback: .*>=1/],
    ["an empty list of coins", { coins: [] }, /^coins: .*>=1/],
    ["a list with a wrong item", { coins: ["BTC", 7] }, /^coins\.1: .*expected string/],
    ["an unknown frequency", { frequency: "yearly" }, /^frequency: .*"daily"\|"weekly"\|"monthly"/],
    [
      "an unknown activation",
      { grid: { activations: ["tanh", "swish"] } },
      /^grid\.activations\.1: .*"linear"\|"sigmoid"\|"tanh"\|"relu"/,
    ],
    ["an unknown scaling", { scaling: "z" }, /^scaling: .*"raw"\|"standardised"\|"beta-scaled"/],
    ["a word for the coins' identity", { coinIdentity: "yes" }, /^coinIdentity: .*boolean/],
    ["an unknown start", { starts: ["warm"] }, /^starts\.0: .*"glorot"\|"ols"/],
    ["a learning rate of zero", { grid: { learningRates: [0] } }, /^grid\.learningRates\.0: .*>0/],
    ["a sort into one portfolio", { sorts: { quantiles: 1 } }, /^sorts\.quantiles: .*>=2/],
    ["trading that pays", { sorts: { cost: -0.001 } }, /^sorts\.cost: .*>=0/],
    [
      "a market set with an unknown market",
      { marketSets: ["FIAT", "GOLD+OIL"] },
      /^marketSets: OIL must be one of the markets FIAT, EQUITY, GOLD, ENERGY; correct the set or add the market$/,
    ],
    [
      "a baseline with an unknown market",
      { baseline: { marketSet: "OIL" } },
      /^baseline\.marketSet: OIL must be one of the markets FIAT/,
    ],
    [
      "a coin named twice",
      { coins: ["BTC", "BTC"] },
      /^coins, markets: every name must occur once, BTC occurs twice; rename or remove one$/,
    ],
    ["a coin that is also a market", { coins: ["GOLD"] }, /^coins, markets: .*GOLD occurs twice/],
  ])("refuses %s, and names its path and what was expected", async (_, content, message) => {
    const path = file(content);
    const refused = await readStudy(path).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataError);
    const [said, ...more] = (refused as Error).message.split("\n");
    expect(more).toEqual([]);
    expect(said!.startsWith(`${path}: `)).toBe(true);
    expect(said!.slice(path.length + 2)).toMatch(message);
  });

  it.each(["2019-02-30", "2021-11-31"])(
    "refuses the day %s, which is not in the calendar",
    async (day) => {
      await expect(
        study({ split: { inSample: { from: day, through: "2021-12" } } }),
      ).rejects.toThrow("split.inSample.from: expected a month");
    },
  );

  it("says which keys there are where one is unknown", async () => {
    await expect(study({ lookbak: 24 })).rejects.toThrow("lookback");
    await expect(study({ grid: { hiden: [4] } })).rejects.toThrow("hidden");
  });

  it("refuses a market that stands twice in one set", async () => {
    await expect(study({ marketSets: ["FIAT+FIAT"] })).rejects.toThrow("marketSets");
  });

  it("names every fault of a file, one per line", async () => {
    const path = file({ lookback: 0, coins: "BTC" });
    const refused = await readStudy(path).catch((error: Error) => error);
    const lines = (refused as Error).message.split("\n");
    expect(lines).toHaveLength(2);
    for (const key of ["lookback", "coins"])
      expect(lines.some((l) => l.startsWith(`${path}: ${key}: `))).toBe(true);
  });

  it("refuses a file that is not there", async () => {
    const path = join(folder, "absent.json");
    await expect(readStudy(path)).rejects.toThrow(
      /absent\.json: cannot be read \(ENOENT\); check the path$/,
    );
  });
});

describe("isReportStudy", () => {
  it("is true of the report's study, also with another network, epochs or seed", async () => {
    expect(isReportStudy(STUDY)).toBe(true);
    expect(
      isReportStudy(
        await study({
          seed: 7,
          epochs: 10,
          grid: { hidden: [2] },
          marketSets: ["GOLD"],
          walkForward: { refit: "periodically" },
        }),
      ),
    ).toBe(true);
  });

  it.each([
    ["returns", { returns: "own.csv" }],
    ["frequency", { frequency: "weekly" }],
    ["coins", { coins: ["BTC"] }],
    ["order of the coins", { coins: ["ETH", "BTC", "LTC", "BCH"] }],
    ["markets", { markets: ["FIAT"] }],
    ["look-back", { lookback: 24 }],
    ["split", { split: { outOfSample: { through: "2024-11" } } }],
  ])("is false where the %s are others", async (_, content) => {
    expect(isReportStudy(await study(content))).toBe(false);
  });
});

describe("checkStudyDates", () => {
  const panel = readPanel(STUDY);
  const check = async (content: unknown) => checkStudyDates(await study(content), await panel);
  const years = (from: string, through: string) => ({ from, through });

  it("passes the report's study", async () => {
    await check({});
  });

  it.each([
    ["lookback: must be below the number of periods of the panel, 83, got 83", { lookback: 83 }],
    [
      "split: block outOfSample (2030-01 to 2030-12) must hold a target",
      { split: { outOfSample: years("2030-01", "2030-12") } },
    ],
    [
      "walkForward: the test range 2030-01 to 2030-12 must hold a date",
      { walkForward: { test: years("2030-01", "2030-12") } },
    ],
    [
      "walkForward: the test block from 2020-01-31 must have a target",
      { walkForward: { test: years("2020-01", "2024-12") } },
    ],
  ])("begins with the key that is wrong: %s", async (message, content) => {
    await expect(check(content)).rejects.toThrow(DataError);
    await expect(check(content)).rejects.toThrow(message);
  });
});

describe("CACHE", () => {
  it("is in the project, or the folder that NEURAL_BETA_CACHE names", async () => {
    const folder = async (named: string) => {
      vi.stubEnv("NEURAL_BETA_CACHE", named);
      vi.resetModules();
      return (await import("../lib/src/study.js")).CACHE;
    };
    expect(await folder("")).toBe(join(import.meta.dirname, "..", ".cache", "networks"));
    expect(await folder("elsewhere")).toBe("elsewhere");
  });
});
