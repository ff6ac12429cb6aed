/** Tables of the comparison of estimators, and of simulated betas. */

import { describe, expect, it } from "vitest";
import type { FactorGainRow } from "../lib/src/comparing/factor-gain.js";
import type { ComparisonRow } from "../lib/src/comparing/forecast-comparison.js";
import type { OutOfSampleTest } from "../lib/src/comparing/out-of-sample-tests.js";
import type { SimulatedRow } from "../lib/src/comparing/simulated-betas.js";
import { tableFactorGain } from "../lib/src/tables/factor-gain.js";
import { tableForecastComparison, tableLadderRmse } from "../lib/src/tables/forecast-comparison.js";
import { tableLatex } from "../lib/src/tables/latex.js";
import { tableOutOfSampleTests, tableRmseByYear } from "../lib/src/tables/out-of-sample-tests.js";
import {
  tableCoverage,
  tableOracleShare,
  tableSimulatedBetas,
} from "../lib/src/tables/simulated-betas.js";
import {
  type Table,
  tableCsv,
  tableHtml,
  tableMarkdown,
  tableText,
} from "../lib/src/tables/table.js";

const NONE = Number.NaN;
const keys = ({ columns }: Table) => columns.map(({ key }) => key);
const csvLines = (table: Table) => tableCsv(table).trimEnd().split("\n");
/** Body cells of the HTML, row by row. */
const body = (table: Table) =>
  [...tableHtml(table).matchAll(/<tr>(<td.*?)<\/tr>/g)].map(([, cells]) =>
    [...cells!.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text),
  );

const comparison = (more: Partial<ComparisonRow> = {}): ComparisonRow => ({
  frequency: "monthly",
  sample: "walk-forward",
  marketSet: "FIAT",
  coin: "all",
  estimator: "pooled",
  update: "frozen",
  benchmark: "zero",
  n: 47,
  missing: 0,
  rmse: 0.20004,
  rmseLower: 0.18,
  rmseUpper: 0.22,
  hedgingR2: 0.1236,
  dmStatistic: -1.2345,
  dmPValue: 0.2221,
  cwStatistic: 1.9,
  cwPValue: 0.0287,
  mcs: 0.75,
  rmseChange: -0.0123456,
  changeLower: -0.02,
  changeUpper: 0.004,
  ...more,
});
const SHOWN = {
  frequency: "monthly",
  sample: "walk-forward",
  marketSet: "FIAT",
  benchmark: "zero",
} as const;
/** Every row but the first, third and last differs from what is shown in one thing. */
const COMPARISON: readonly ComparisonRow[] = [
  comparison({ rmse: 0.1 }),
  comparison({ frequency: "weekly", rmse: 0.2 }),
  comparison({ update: "updated", rmse: 0.3 }),
  comparison({ sample: "last year", rmse: 0.4 }),
  comparison({ marketSet: "GOLD", rmse: 0.5 }),
  comparison({ coin: "BTC", rmse: 0.6 }),
  comparison({ benchmark: "pooled", rmse: 0.7 }),
  comparison({ estimator: "kalman", rmse: 0.8 }),
];

describe("tableForecastComparison", () => {
  const table = tableForecastComparison(COMPARISON, SHOWN, "4 coins, 2021-2024");

  it("has the columns that programs rely on first, in their order, then the change", () => {
    expect(table.id).toBe("forecast-comparison");
    expect(csvLines(table)[0]).toBe(
      "frequency,sample,marketSet,coin,estimator,update,benchmark,n,rmse,rmseLower,rmseUpper,hedgingR2,dmStatistic,dmPValue,cwStatistic,cwPValue,mcs,rmseChange,changeLower,changeUpper",
    );
  });

  it("writes every value of a row below its column, in full", () => {
    const row = comparison();
    // Its note says what is missing.
    const { missing: _, ...printed } = row;
    const { rows, columns } = tableForecastComparison([row], SHOWN, "");
    expect(Object.fromEntries(columns.map(({ key }, i) => [key, rows[0]![i]]))).toEqual(printed);
    expect(csvLines(tableForecastComparison([row], SHOWN, ""))[1]).toBe(
      "monthly,walk-forward,FIAT,all,pooled,frozen,zero,47,0.20004,0.18,0.22,0.1236,-1.2345,0.2221,1.9,0.0287,0.75,-0.0123456,-0.02,0.004",
    );
  });

  it("shows one frequency, sample, market set and benchmark, all coins; the file has the rest below", () => {
    const rmse = keys(table).indexOf("rmse");
    expect(table.shown).toBe(3);
    expect(table.rows.map((row) => row[rmse])).toEqual([
      ...[0.1, 0.3, 0.8],
      ...[0.2, 0.4, 0.5, 0.6, 0.7],
    ]);
    expect(csvLines(table)).toHaveLength(1 + 8);
    expect(body(table)).toHaveLength(3);
    expect(tableText(table)).toContain(
      "3 of 8 rows; all of them in tables/forecast-comparison.csv.",
    );
  });

  it("rounds for readers, and spares them what is the same in every row", () => {
    const [row] = body(tableForecastComparison([comparison()], SHOWN, ""));
    expect(row).toEqual([
      ...["FIAT", "pooled", "frozen", "47", "0.2000", "0.1800", "0.2200"],
      ...["0.124", "−1.23", "0.222", "1.90", "0.029", "0.750"],
    ]);
  });

  it("leaves cells empty where there is no test, in every form", () => {
    const few = comparison({
      n: 12,
      rmseLower: NONE,
      rmseUpper: NONE,
      dmStatistic: NONE,
      dmPValue: NONE,
      cwStatistic: NONE,
      cwPValue: NONE,
      mcs: NONE,
      changeLower: NONE,
      changeUpper: NONE,
    });
    const descriptive = tableForecastComparison([few], SHOWN, "");
    expect(body(descriptive)[0]).toEqual([
      ...["FIAT", "pooled", "frozen", "12", "0.2000", "", ""],
      ...["0.124", "", "", "", "", ""],
    ]);
    for (const form of [tableHtml, tableCsv, tableLatex, tableMarkdown])
      expect(form(descriptive)).not.toContain("NaN");
  });

  it("says in its caption what is shown, in its notes how to read it", () => {
    expect(table.caption).toBe(
      "Hedging errors of every estimator with FIAT, walk-forward, against zero, all coins; 4 coins, 2021-2024",
    );
    const notes = table.notes!.join(" ");
    for (const said of [
      ...["log returns", "1 − SSE(β)/SSE(0)", "Harvey-Leybourne-Newbold"],
      ...["two-sided", "one-sided", "approximate", "24 dates", "frozen"],
    ])
      expect(notes).toContain(said);
  });
});

describe("tableLadderRmse", () => {
  const ROWS: readonly ComparisonRow[] = [
    comparison({ estimator: "zero", benchmark: "pooled", rmse: 0.25 }),
    comparison({ estimator: "one", rmse: 0.24 }),
    comparison({ estimator: "one", benchmark: "pooled", rmse: 0.24 }),
    comparison({ estimator: "pooled", rmse: 0.23 }),
    comparison({ estimator: "pooled", update: "updated", rmse: 0.22 }),
    comparison({ coin: "BTC", estimator: "kalman", rmse: 9 }),
    comparison({ sample: "last year", estimator: "ewma", rmse: 9, n: 11 }),
    ...["FIAT+GOLD", "FIAT+EQUITY+GOLD+ENERGY"].flatMap((marketSet, s) => [
      comparison({ marketSet, estimator: "zero", rmse: 0.25 }),
      comparison({ marketSet, estimator: "pooled", rmse: 0.25 - s / 8 }),
    ]),
  ];
  const table = tableLadderRmse(ROWS, "monthly", { sampleName: "walk-forward" });

  it("has a line per estimator and update and a column per market set, of one sample, all coins together", () => {
    expect(tableCsv(table)).toBe(
      [
        "estimator,update,FIAT,FIAT+GOLD,FIAT+EQUITY+GOLD+ENERGY",
        "zero,frozen,0.25,0.25,0.25",
        "one,frozen,0.24,,",
        "pooled,frozen,0.23,0.25,0.125",
        "pooled,updated,0.22,,",
        "",
      ].join("\n"),
    );
  });

  it("heads a column of three markets or more with the first and the last", () => {
    expect(table.columns.map(({ head }) => head)).toEqual([
      ...["Estimator", "Update", "FIAT", "FIAT+GOLD", "FIAT+…+ENERGY"],
    ]);
    expect(body(table)[1]).toEqual(["one", "frozen", "0.2400", "", ""]);
    expect(tableHtml(table)).not.toContain("NaN");
    expect(table.notes!.join(" ")).toContain("Empty: ");
  });

  it("says in its caption the unit, the sample and its dates", () => {
    expect(table.caption).toBe(
      "Hedging RMSE in log returns by market set, walk-forward, all coins, 47 dates; monthly",
    );
    expect(tableLadderRmse(ROWS, "monthly", { sampleName: "last year" }).caption).toContain(
      "last year, all coins, 11 dates",
    );
  });

  it("may have an id of its own for other weeks or months", () => {
    expect(table.id).toBe("ladder-rmse");
    const { id } = tableLadderRmse(ROWS, "", { sampleName: "walk-forward", id: "ladder-weekly" });
    expect(id).toBe("ladder-weekly");
  });
});

const simulated = (more: Partial<SimulatedRow> = {}): SimulatedRow => ({
  process: "constant",
  estimator: "historical",
  update: "updated",
  n: 240,
  betaRmse: 0.12345,
  rmse: 0.15,
  oracleShare: 0,
  shareError: 0.05,
  interval: "hc3",
  coverage: 0.9512,
  ...more,
});
const SIMULATED: readonly SimulatedRow[] = (["step", "cycle"] as const).flatMap((process, p) => [
  simulated({
    process,
    estimator: "true beta",
    update: "",
    betaRmse: 0,
    oracleShare: 1,
    interval: "none",
    coverage: NONE,
  }),
  simulated({
    process,
    estimator: "pooled",
    oracleShare: -0.25 - p,
    interval: "none",
    coverage: NONE,
  }),
  simulated({
    process,
    update: "frozen",
    oracleShare: 0.5,
    coverage: 0.8 + p / 10,
  }),
  simulated({ process }),
  ...(p === 0 ? [] : [simulated({ process, estimator: "kalman", oracleShare: 0.75 })]),
]);

describe("tableSimulatedBetas", () => {
  const table = tableSimulatedBetas(SIMULATED, "5 panels");

  it("writes every value of a row, and shows the first process", () => {
    expect(table.id).toBe("simulated-betas");
    expect(keys(table)).toEqual([
      ...["process", "estimator", "update", "n", "betaRmse", "rmse"],
      ...["oracleShare", "shareError", "interval", "coverage"],
    ]);
    expect(csvLines(table)).toHaveLength(1 + 9);
    expect(csvLines(table)[4]).toBe("step,historical,updated,240,0.12345,0.15,0,0.05,hc3,0.9512");
    expect(table.shown).toBe(4);
    expect(body(table)).toEqual([
      ["step", "true beta", "", "0.000", "0.1500", "1.00", "0.05", "none", ""],
      ["step", "pooled", "updated", "0.123", "0.1500", "−0.25", "0.05", "none", ""],
      ["step", "historical", "frozen", "0.123", "0.1500", "0.50", "0.05", "hc3", "0.800"],
      ["step", "historical", "updated", "0.123", "0.1500", "0.00", "0.05", "hc3", "0.951"],
    ]);
    expect(tableHtml(table)).not.toContain("NaN");
  });

  it("says that it is simulated, and what share and coverage are", () => {
    expect(table.caption).toMatch(/simulated, 5 panels$/);
    const notes = table.notes!.join(" ");
    expect(notes).toContain("1 − L / L_OLS, with L the sum of ((β − β̂) f)²");
    expect(notes).toContain("seed band is no interval");
  });

  it("stands empty where there is no row", () => {
    expect(csvLines(tableSimulatedBetas([], ""))).toHaveLength(1);
  });
});

describe("tableOracleShare", () => {
  it("has a line per estimator and update, and a column per process with its error, without the true beta", () => {
    const table = tableOracleShare(SIMULATED, "5 panels");
    expect(table.id).toBe("oracle-share");
    expect(table.caption).toMatch(/oracle.*OLS; simulated, 5 panels$/);
    expect(tableCsv(table)).toBe(
      [
        "estimator,update,step,step error,cycle,cycle error",
        "pooled,updated,-0.25,0.05,-1.25,0.05",
        "historical,frozen,0.5,0.05,0.5,0.05",
        "historical,updated,0,0.05,0,0.05",
        "kalman,updated,,,0.75,0.05",
        "",
      ].join("\n"),
    );
    expect(body(table)[3]).toEqual(["kalman", "updated", "", "", "0.75", "0.05"]);
  });
});

describe("tableCoverage", () => {
  it("has a line per estimator that has intervals, and a column per process", () => {
    const table = tableCoverage(SIMULATED, "5 panels");
    expect(table.id).toBe("coverage");
    expect(table.caption).toMatch(/95 % intervals.*simulated, 5 panels$/);
    expect(tableCsv(table)).toBe(
      [
        "estimator,update,step,cycle",
        "historical,frozen,0.8,0.9",
        "historical,updated,0.9512,0.9512",
        "kalman,updated,,0.9512",
        "",
      ].join("\n"),
    );
    expect(body(table)[0]).toEqual(["historical", "frozen", "0.80", "0.90"]);
    expect(tableHtml(table)).not.toContain("NaN");
  });
});

describe("tableFactorGain", () => {
  const gain = (more: Partial<FactorGainRow> = {}): FactorGainRow => ({
    sample: "walk-forward",
    marketSet: "FIAT",
    estimator: "neural-glorot",
    update: "frozen",
    experiment: "A",
    n: 47,
    rmseBase: 0.25,
    rmse: 0.24,
    change: -0.04,
    lower: -0.1234,
    upper: 0.0567,
    dmStatistic: -1.5,
    dmPValue: 0.1404,
    holmPValue: 0.9,
    cwStatistic: 1.9,
    cwPValue: 0.0287,
    seedsBetter: 0.65,
    seedError: 0.0123,
    ...more,
  });
  const table = tableFactorGain(
    {
      shown: [gain()],
      others: [
        gain({
          sample: "split",
          n: 12,
          lower: NONE,
          upper: NONE,
          dmPValue: NONE,
        }),
        gain({ estimator: "ridge", update: "updated", seedsBetter: NONE, seedError: NONE }),
      ],
      level: 0.95,
    },
    "monthly",
  );

  it("shows changes in percent, with the interval's coverage in its head", () => {
    expect(table.id).toBe("fama-french");
    expect(body(table)).toEqual([
      [
        ...["FIAT", "neural-glorot", "A", "47", "0.2500", "0.2400"],
        ...["−4.0", "−12.3", "5.7", "−1.50", "0.140", "0.900", "1.2", "0.65"],
      ],
    ]);
    const heads = table.columns.map(({ head }) => head);
    expect(heads).toContain("95 % from");
    expect(
      tableFactorGain({ shown: [gain()], level: 0.9 }, "").columns.map(({ head }) => head),
    ).toContain("90 % from");
  });

  it("writes every row and column to files", () => {
    expect(keys(table)).toEqual([
      ...["sample", "marketSet", "estimator", "update", "experiment", "n"],
      ...["rmseBase", "rmse", "changePercent", "lowerPercent", "upperPercent"],
      ...["dmStatistic", "dmPValue", "holmPValue", "cwStatistic", "cwPValue"],
      ...["seedErrorPercent", "seedsBetter"],
    ]);
    expect(csvLines(table)).toHaveLength(4);
    expect(csvLines(table)[2]).toBe(
      "split,FIAT,neural-glorot,frozen,A,12,0.25,0.24,-4,,,-1.5,,0.9,1.9,0.0287,1.23,0.65",
    );
  });
});

describe("tableOutOfSampleTests", () => {
  const test = (more: Partial<OutOfSampleTest> = {}): OutOfSampleTest => ({
    ...comparison({ benchmark: "pooled", estimator: "neural-ols" }),
    hacStatistic: -1.1,
    hacPValue: 0.2771,
    hacLags: 3,
    seedError: 0.0042,
    detectable: 0.0312,
    ...more,
  });
  const table = tableOutOfSampleTests(
    [test(), test({ marketSet: "GOLD", detectable: NONE })],
    [test({ estimator: "zero" })],
    "monthly",
  );

  it("shows change, both p-values and what could be found; files have the rest", () => {
    expect(table.id).toBe("out-of-sample-tests");
    expect(body(table)).toEqual([
      [
        ...["FIAT", "neural-ols", "frozen", "0.2000", "0.0042", "0.124", "−0.0123"],
        ...["−0.0200", "0.0040", "−1.23", "0.222", "0.277", "0.029", "0.750"],
        ...["0.0312"],
      ],
      [
        ...["GOLD", "neural-ols", "frozen", "0.2000", "0.0042", "0.124", "−0.0123"],
        ...["−0.0200", "0.0040", "−1.23", "0.222", "0.277", "0.029", "0.750"],
        ...[""],
      ],
    ]);
    expect(csvLines(table)).toHaveLength(4);
    expect(csvLines(table)[0]).toContain("hacStatistic,hacPValue,hacLags");
  });
});

describe("tableRmseByYear", () => {
  it("has a column per year, a line per estimator and update; the shown set first", () => {
    const rows = [
      ...["2023", "2024"].flatMap((sample, y) => [
        comparison({ sample, n: 12 - y, rmse: 0.2 + y / 10 }),
        comparison({ sample, n: 12 - y, rmse: 9, coin: "BTC" }),
        comparison({
          sample,
          n: 12 - y,
          benchmark: "zero",
          rmse: 0.2 + y / 10,
        }),
        comparison({
          sample,
          n: 12 - y,
          marketSet: "GOLD",
          rmse: 0.5 + y / 10,
        }),
      ]),
      comparison({ sample: "2024", update: "updated", rmse: 0.7 }),
    ];
    const table = tableRmseByYear(rows, "GOLD", "monthly");
    expect(table.id).toBe("rmse-by-year");
    expect(table.columns.map(({ head }) => head)).toEqual([
      ...["Markets", "Estimator", "Update", "2023 (n = 12)", "2024 (n = 11)"],
    ]);
    expect(table.shown).toBe(1);
    expect(csvLines(table)).toEqual([
      "marketSet,estimator,update,2023,2024",
      "GOLD,pooled,frozen,0.5,0.6",
      "FIAT,pooled,frozen,0.2,0.30000000000000004",
      "FIAT,pooled,updated,,0.7",
    ]);
    expect(table.caption).toContain("GOLD");
  });
});
