/** Betas of other programs: the file, what is refused and reported, and the estimator that they become. */

import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { checkEstimator } from "../lib/src/betas/check-estimator.js";
import { csvEstimator } from "../lib/src/betas/csv.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { betaSeries } from "../lib/src/betas/series.js";
import { portfolioSorts } from "../lib/src/comparing/portfolio-sorts.js";
import { walkedLadder, walkedSets } from "../lib/src/comparing/walked.js";
import { auditBetas } from "../lib/src/data/audit/betas.js";
import { auditStudy } from "../lib/src/data/audit/study.js";
import { readBetaFile } from "../lib/src/data/beta-file.js";
import { readFactors, readPanel } from "../lib/src/data/panel-file.js";
import { ladder } from "../lib/src/models/ladder.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { STUDY, studySplits, weeklyStudy } from "../lib/src/study.js";
import { readStudy } from "../lib/src/study-file.js";
import type { BetaPath, Panel } from "../lib/src/types.js";
import { plainTrainer, studyPanel } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let panel: Panel;
let dollar: Panel;
let rolling: BetaPath;
let lines: string[];

beforeAll(async () => {
  panel = await studyPanel();
  dollar = selectMarkets(panel, ["FIAT"]);
  rolling = rollingBeta(dollar, { lookback: 12 });
  lines = linesOf(rolling);
});

/** Rows of a file: what a program would write that estimates the same. */
const linesOf = (path: BetaPath): string[] =>
  path.markets.flatMap((market) =>
    path.coins.flatMap((coin) =>
      betaSeries(path, coin, market).map(({ date, beta }) => `${date},${coin},${market},${beta}`),
    ),
  );

const HEAD = "date,coin,market,beta";
let files = 0;
const fileOf = (rows: readonly string[], head = HEAD): string =>
  write(join(folder, `betas-${files++}.csv`), `${[head, ...rows].join("\n")}\n`);

describe("readBetaFile", () => {
  it("reads columns and rows in any order, and missing cells as NaN", async () => {
    const rows = await readBetaFile(
      fileOf(
        ["0.5,GOLD,BTC,2024-02-29,,", "NA,GOLD,ETH,2024-01-31,,"],
        "beta,market,coin,date,lower,upper",
      ),
    );
    expect(rows).toEqual([
      {
        date: "2024-02-29",
        coin: "BTC",
        market: "GOLD",
        beta: 0.5,
        lower: NaN,
        upper: NaN,
        line: 2,
      },
      {
        date: "2024-01-31",
        coin: "ETH",
        market: "GOLD",
        beta: NaN,
        lower: NaN,
        upper: NaN,
        line: 3,
      },
    ]);
  });

  const row = "2024-01-31,BTC,GOLD,0.5";
  it.each<[string, string[], string, RegExp]>([
    ["a column is missing", ["2024-01-31,BTC,1"], "date,coin,beta", /:1: .* has no market/],
    ["a column is unknown", [`${row},1`], `${HEAD},weight`, /:1: .* has weight; rename or delete/],
    ["a bound is alone", [`${row},1`], `${HEAD},lower`, /:1: lower and upper .* lower alone/],
    [
      "a date is none",
      ["2024-13-31,BTC,GOLD,1"],
      HEAD,
      /:2: date must be YYYY-MM-DD, got "2024-13-31"/,
    ],
    ["a name is empty", ["2024-01-31,,GOLD,1"], HEAD, /:2: must name a coin/],
    ["a beta is no number", ["2024-01-31,BTC,GOLD,high"], HEAD, /:2: .*high/],
    ["a row stands twice", [row, row], HEAD, /:3: .* stands in line 2 already/],
    [
      "bounds do not hold the beta",
      [`${row},0.6,0.7`],
      `${HEAD},lower,upper`,
      /:2: lower and upper must hold/,
    ],
    ["one bound is empty", [`${row},0.4,`], `${HEAD},lower,upper`, /:2: lower and upper must hold/],
    [
      "the market is none of its set",
      [`${row},FIAT+ENERGY`],
      `${HEAD},marketSet`,
      /:2: market must be one of/,
    ],
    ["there is no row", [], HEAD, /no row of data/],
  ])("refuses a file in which %s", async (_, rows, head, message) => {
    await expect(readBetaFile(fileOf(rows, head))).rejects.toThrow(message);
  });
});

describe("csvEstimator", () => {
  it("gives the betas of the file on the dates of the test block, frozen and updated alike", async () => {
    const mine = csvEstimator("mine", fileOf(lines));
    const [walked, ...others] = await walkedLadder(dollar, [mine], { splits: [STUDY.split] });
    expect(others).toEqual([]);
    expect([walked!.estimator, walked!.update, walked!.path.kind]).toEqual([
      "mine",
      "updated",
      "walkForward",
    ]);
    expect(walked!.path.dates).toEqual(dollar.dates.filter((date) => date.startsWith("2023")));
    const first = 4 * dollar.dates.findIndex((date) => date.startsWith("2023"));
    expect(walked!.path.values).toEqual(rolling.values.slice(first, first + 4 * 12));
  });

  it("keeps bounds, and calls them given", async () => {
    const file = fileOf(["2023-01-31,ETH,FIAT,1,0.5,1.5"], `${HEAD},lower,upper`);
    const path = await csvEstimator("mine", file).estimate(dollar, STUDY.split, "frozen");
    expect(path.band?.interval).toBe("given");
    expect(betaSeries(path, "ETH", "FIAT")).toEqual([
      { date: "2023-01-31", beta: 1, lower: 0.5, upper: 1.5 },
    ]);
  });

  it("passes checkEstimator on every test year", async () => {
    const mine = csvEstimator("mine", fileOf(lines));
    await checkEstimator(mine, dollar, studySplits(STUDY, panel.dates));
  });

  it("applies to sets whose markets all have betas, and to panels of its frequency", async () => {
    const both = csvEstimator("both", fileOf(linesOf(rollingBeta(panel, { lookback: 12 }))));
    const sets = await walkedSets(panel, () => [both, csvEstimator("mine", fileOf(lines))], {
      marketSets: ["FIAT", "GOLD", "FIAT+GOLD"],
      splits: [STUDY.split],
    });
    expect(sets.map((set) => set.map(({ estimator }) => estimator))).toEqual([
      ["both", "mine"],
      ["both"],
      ["both"],
    ]);
    const weeks = selectMarkets(await readPanel(weeklyStudy(STUDY)), ["FIAT"]);
    expect(await both.applies!(weeks)).toBe(false);
  });

  it("takes rows that name a set for that set alone, in any order of its markets", async () => {
    const file = fileOf(
      [
        ...["2023-01-31,BTC,FIAT,1,GOLD+FIAT", "2023-01-31,BTC,GOLD,2,GOLD+FIAT"],
        "2023-01-31,BTC,EQUITY,3,FIAT+EQUITY",
      ],
      `${HEAD},marketSet`,
    );
    const mine = csvEstimator("mine", file);
    const pair = selectMarkets(panel, ["FIAT", "GOLD"]);
    const other = selectMarkets(panel, ["FIAT", "EQUITY"]);
    const applies = await Promise.all([pair, dollar, other].map((each) => mine.applies!(each)));
    expect(applies).toEqual([true, false, false]);
    const { values } = await mine.estimate(pair, STUDY.split, "updated");
    expect([...values].filter(Number.isFinite)).toEqual([1, 2]);
  });

  it("has no beta of a coin and date that lacks one of the set's", async () => {
    const file = fileOf([
      "2023-01-31,BTC,FIAT,1",
      "2023-02-28,BTC,FIAT,1",
      "2023-02-28,BTC,GOLD,2",
    ]);
    const pair = selectMarkets(panel, ["FIAT", "GOLD"]);
    const path = await csvEstimator("mine", file).estimate(pair, STUDY.split, "updated");
    expect(betaSeries(path, "BTC", "FIAT").map(({ date }) => date)).toEqual(["2023-02-28"]);
  });

  it("refuses a date within the panel that is none of its periods", async () => {
    const mine = csvEstimator("mine", fileOf(["2023-01-30,BTC,FIAT,1"]));
    await expect(walkedLadder(dollar, [mine], { splits: [STUDY.split] })).rejects.toThrow(
      /:2: date must be one of the panel's, got 2023-01-30, before 2023-01-31; date each beta/,
    );
  });

  it("may have rows before and after the panel", async () => {
    const file = fileOf([
      "1999-01-30,BTC,FIAT,1",
      "2023-01-31,BTC,FIAT,1",
      "2055-01-30,BTC,FIAT,1",
    ]);
    const path = await csvEstimator("mine", file).estimate(dollar, STUDY.split, "updated");
    expect(betaSeries(path, "BTC", "FIAT")).toHaveLength(1);
  });

  it("sorts coins like any other", async () => {
    const mine = csvEstimator("mine", fileOf(lines));
    const design = {
      splits: [STUDY.split],
      samples: [{ name: "split", range: STUDY.split.outOfSample }],
    };
    const sorts = await portfolioSorts(
      selectMarkets(panel, ["FIAT", "GOLD"]),
      await readFactors(STUDY),
      { estimators: [mine], design, update: "updated", quantiles: 2, cost: 0, draws: 99, seed: 1 },
    );
    expect(
      sorts.map(({ estimator, market, sort }) => [estimator, market, sort.counts.sorted]),
    ).toEqual([
      ["mine", "FIAT", 12],
      ["mine", "FIAT", 12],
    ]);
  });
});

describe("auditBetas", () => {
  const place = { id: "mine", file: "mine.csv" };
  const audited = async (rows: readonly string[]) =>
    auditBetas(panel, await readBetaFile(fileOf(rows)), place);

  it("has nothing to say of betas that use data through t - 1", async () => {
    expect(await audited(lines)).toEqual([]);
    expect(await audited(linesOf(rollingBeta(panel, { lookback: 24 })))).toEqual([]);
  });

  it("warns of betas that are dated by the last return that they use", async () => {
    const early = lines.map((line) => {
      const [date, ...rest] = line.split(",");
      return [panel.dates[panel.dates.indexOf(date!) - 1]!, ...rest].join(",");
    });
    const [finding, ...others] = await audited(early);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ series: "mine", check: "same-date", severity: "warning" });
    expect(finding!.value).toBeGreaterThan(0.5);
    expect(finding!.remedy).toMatch(/with those of the date before by -?0\.\d\d.*one period later/);
  });

  it("reports names, dates, gaps and coins that do not fit, with their line", async () => {
    const wrong = lines
      .filter((line) => !line.includes("LTC"))
      .filter((line) => !/^2023-0[234].*BTC/.test(line))
      .concat("2023-03-30,BTC,FIAT,1", "2023-03-31,DOGE,FIAT,1");
    const found = (await audited(wrong)).map(({ check, severity, value, date }) => [
      check,
      severity,
      value,
      date,
    ]);
    expect(found).toEqual([
      ["invalid-date", "error", 1, "2023-03-30"],
      ["unknown-name", "warning", 1, null],
      ["no-beta", "error", 1, null],
      ["gap", "warning", 3, "2023-02-28"],
    ]);
  });

  it("calls a test year without a beta an error, and a whole one nothing", async () => {
    const tested = [2021, 2024].map((year) => ({ from: `${year}`, through: `${year}` }));
    const ending = await readBetaFile(fileOf(lines.filter((line) => line < "2024")));
    const found = auditBetas(panel, ending, { ...place, tested });
    expect(found.map(({ check, severity, date, value }) => [check, severity, date, value])).toEqual(
      [["gap", "error", "2024-01-31", 11]],
    );
  });

  it("calls a file an error from which nothing would be left", async () => {
    const found = await audited(["2055-01-31,btc,dollar,1"]);
    expect(found.map(({ check, severity }) => `${check} ${severity}`)).toEqual([
      "invalid-date error",
      "unknown-name error",
      "unknown-name error",
    ]);
  });
});

describe("a study's estimators", () => {
  const studyWith = (estimators: unknown, name = "study.json") =>
    write(join(folder, name), JSON.stringify({ estimators }));

  it("are read relative to its file, join the ladder, and are audited", async () => {
    write(
      join(folder, "sub", "mine.csv"),
      `${[HEAD, ...lines, "2023-03-31,DOGE,FIAT,1"].join("\n")}\n`,
    );
    const study = await readStudy(studyWith([{ id: "mine", file: "sub/mine.csv" }]));
    expect(study.estimators).toEqual([{ id: "mine", file: join(folder, "sub", "mine.csv") }]);
    expect(ladder(plainTrainer, study)(1).at(-1)!.id).toBe("mine");
    expect((await auditStudy(study)).map(({ series, check }) => [series, check])).toEqual([
      ["mine", "unknown-name"],
    ]);
  });

  it("need a beta in every year of the walk", async () => {
    const some = lines.filter((line) => !line.startsWith("2022"));
    write(join(folder, "some.csv"), `${[HEAD, ...some].join("\n")}\n`);
    const study = await readStudy(studyWith([{ id: "some", file: "some.csv" }], "some.json"));
    const errors = (await auditStudy(study)).filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ check: "gap", date: "2022-01-31", value: 12 }]);
    expect(errors[0]!.remedy).toContain("compared from 2022 to 2022:");
  });

  it.each([
    [
      [
        { id: "mine", file: "a.csv" },
        { id: "mine", file: "b.csv" },
      ],
      /estimators: .* mine occurs twice/,
    ],
    [[{ id: "kalman", file: "a.csv" }], /estimators: .* kalman is that of a built-in one/],
    [[{ id: "my beta", file: "a.csv" }], /estimators\.0\.id: .*letters, digits/],
    [[{ id: "mine" }], /estimators\.0\.file/],
    [["neural-gru"], /estimators\.0: /],
  ])("are refused by their key: %j", async (estimators, message) => {
    await expect(readStudy(studyWith(estimators))).rejects.toThrow(message);
  });
});
