/** Tables: one object, and its forms for programs, screens and papers. */

import { describe, expect, it } from "vitest";
import { CHECKS, type Finding } from "../lib/src/data/audit/finding.js";
import { amplitudes } from "../lib/src/panel/amplitude.js";
import { onePair } from "../lib/src/panel/panel.js";
import { compareReported } from "../lib/src/report/reported.js";
import { tableAmplitude } from "../lib/src/tables/amplitude.js";
import { tableAudit } from "../lib/src/tables/audit.js";
import { tableLatex } from "../lib/src/tables/latex.js";
import { formatNumber } from "../lib/src/tables/number.js";
import {
  tableReportedDifferences,
  tableReportedReturns,
} from "../lib/src/tables/reported-returns.js";
import { tableReturns } from "../lib/src/tables/returns.js";
import { tableScores } from "../lib/src/tables/scores.js";
import {
  type Table,
  tableCsv,
  tableHtml,
  tableMarkdown,
  tableText,
} from "../lib/src/tables/table.js";
import type { DatedSeries } from "../lib/src/types.js";
import { TINY as TABLE } from "./support/tiny-table.js";

const FIRST_ONLY: Table = { ...TABLE, shown: 1 };
const SHOWN_NOTE = "1 of 3 rows; all of them in tables/tiny.csv.";

/** A table of one text cell. */
const single = (cell: string): Table => ({
  id: "single",
  caption: "One cell",
  columns: [{ key: "cell", head: "Cell" }],
  rows: [[cell]],
});

describe("formatNumber", () => {
  it.each([
    [1.25, 1, "1.3"],
    [-0.5, 2, "−0.50"],
    [-1234, 0, "−1234"],
    [0, 2, "0.00"],
  ])("writes %d with %d decimals as %s", (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });

  it("says where a number may have got lost", () => {
    expect(() => formatNumber(undefined as unknown as number, 2)).toThrow(
      "formatNumber: value must be a number, got undefined; the sample that it comes from may be empty",
    );
  });

  it("has no minus sign before a zero", () => {
    expect(formatNumber(-0.001, 2)).toBe("0.00");
    expect(formatNumber(-0.4, 0)).toBe("0");
    expect(formatNumber(-0.006, 2)).toBe("−0.01");
  });
});

describe("tableCsv", () => {
  it("has keys, full precision, a plain minus, and nothing where there is no value", () => {
    expect(tableCsv(TABLE)).toBe(
      "coin,meanBeta,n\nBTC,0.30000000000000004,12\nETH,-1.005,1234\nLTC,,\n",
    );
  });

  it("has every row, however many are shown", () => {
    expect(tableCsv(FIRST_ONLY)).toBe(tableCsv(TABLE));
  });

  it.each([
    ["a,b", '"a,b"'],
    ['say "a"', '"say ""a"""'],
    ["a\nb", '"a\nb"'],
    ["a b; c", "a b; c"],
  ])("writes the cell %j as %j", (cell, written) => {
    expect(tableCsv(single(cell))).toBe(`cell\n${written}\n`);
  });
});

describe("tableHtml", () => {
  const cells = (html: string, tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`, "g"))].map(
      (match) => match[1],
    );

  it("has heads, caption, notes, and fixed decimals with a true minus sign", () => {
    const html = tableHtml(TABLE);
    expect(cells(html, "th")).toEqual(["Coin", "Mean β", "N"]);
    expect(cells(html, "td")).toEqual([
      ...["BTC", "0.30", "12"],
      ...["ETH", "−1.00", "1234"],
      ...["LTC", "", ""],
    ]);
    expect(cells(html, "caption")).toEqual(["Made-up betas, decimals"]);
    expect(cells(html, "small")).toEqual(["N: months."]);
  });

  it("opens and closes each element", () => {
    const html = tableHtml(TABLE);
    for (const tag of ["table", "caption", "thead", "tbody", "tr", "th", "td"])
      expect(html.match(new RegExp(`<${tag}[ >]`, "g")), tag).toHaveLength(
        html.split(`</${tag}>`).length - 1,
      );
  });

  it("aligns numbers right and text left", () => {
    const [coin, beta] = tableHtml(TABLE).match(/<td style="[^"]*"/g)!;
    expect(coin).toContain("text-align:left");
    expect(beta).toContain("text-align:right");
  });

  it("wraps prose, and nothing else", () => {
    const prose = "a reason of more than thirty characters";
    expect(tableHtml(single(prose))).not.toContain("nowrap");
    expect(tableHtml(single("identified"))).toContain("nowrap");
  });

  it("escapes what HTML would read as markup", () => {
    const text = "S&P <b> 2 > 1";
    const html = tableHtml({
      ...single(text),
      caption: text,
      columns: [{ key: "cell", head: text }],
      notes: [text],
    });
    expect(html.split("S&amp;P &lt;b&gt; 2 &gt; 1")).toHaveLength(5);
    expect(html).not.toContain("<b>");
  });

  it("has the rows shown, and says where the others are", () => {
    const html = tableHtml(FIRST_ONLY);
    expect(cells(html, "td")).toEqual(["BTC", "0.30", "12"]);
    expect(cells(html, "small")).toEqual(["N: months.", SHOWN_NOTE]);
  });

  it.each([3, 4])("says nothing of that where %d of 3 rows are shown", (shown) => {
    expect(tableHtml({ ...TABLE, shown })).toBe(tableHtml(TABLE));
  });
});

describe("tableMarkdown", () => {
  it("has caption, heads, alignment, rows and notes", () => {
    expect(tableMarkdown(TABLE)).toBe(`**Made-up betas, decimals**

| Coin | Mean β | N |
| --- | ---: | ---: |
| BTC | 0.30 | 12 |
| ETH | −1.00 | 1234 |
| LTC |  |  |

N: months.
`);
  });

  it("has every row, however many are shown", () => {
    expect(tableMarkdown(FIRST_ONLY)).toBe(tableMarkdown(TABLE));
  });

  it("escapes the bar between cells", () => {
    expect(tableMarkdown(single("a|b"))).toContain("| a\\|b |\n");
  });
});

describe("tableText", () => {
  it("aligns text left and numbers right, without blanks at line ends", () => {
    expect(tableText(TABLE)).toBe(
      [
        "Made-up betas, decimals",
        "Coin  Mean β     N",
        "BTC     0.30    12",
        "ETH    −1.00  1234",
        "LTC",
        "N: months.",
      ].join("\n"),
    );
  });

  it("has the rows shown, and says where the others are", () => {
    const lines = tableText(FIRST_ONLY).split("\n");
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toBe(SHOWN_NOTE);
  });
});

const PAIR = onePair([0.1, -0.3, 0.2], [0.01, 0.03, -0.04]);
const COLUMN_KEYS = (table: Table) => table.columns.map(({ key }) => key);

describe("tableReturns", () => {
  it("has one row per date and one column per series, coins first", () => {
    const table = tableReturns(PAIR, "monthly");
    expect(table.id).toBe("returns");
    expect(COLUMN_KEYS(table)).toEqual(["date", "COIN", "MARKET"]);
    expect(table.rows).toEqual([
      ["2000-01-31", 0.1, 0.01],
      ["2000-02-29", -0.3, 0.03],
      ["2000-03-31", 0.2, -0.04],
    ]);
  });

  it("names unit and sample in its caption", () => {
    expect(tableReturns(PAIR, "simulated, monthly, n = 3").caption).toBe(
      "Log returns, decimals (0.01 = 1 %); simulated, monthly, n = 3",
    );
  });

  it("shows five rows on screen and has all of them in its file", () => {
    const panel = onePair(Array(7).fill(0.1), Array(7).fill(0.2));
    const table = tableReturns(panel, "monthly");
    expect(tableText(table)).toContain("5 of 7 rows");
    expect(tableCsv(table).trim().split("\n")).toHaveLength(1 + 7);
  });
});

describe("tableAmplitude", () => {
  it("has one row per series with its role, deviation and extremes", () => {
    const table = tableAmplitude(amplitudes(PAIR), "three months");
    expect(COLUMN_KEYS(table)).toEqual(["series", "role", "n", "std", "min", "max"]);
    // Deviations by hand: sqrt((0.1² + 0.3² + 0.2²) / 2) and sqrt((0.01² + 0.03² + 0.04²) / 2), means zero.
    expect(table.rows).toEqual([
      ["COIN", "coin", 3, expect.closeTo(Math.sqrt(0.07), 12), -0.3, 0.2],
      ["MARKET", "market", 3, expect.closeTo(Math.sqrt(0.0013), 12), -0.04, 0.03],
    ]);
    expect(table.caption).toMatch(/log returns.*three months$/);
  });
});

describe("tableAudit", () => {
  const FINDINGS: readonly Finding[] = [
    {
      series: "GOLD",
      check: "zeros",
      date: "2020-01-31",
      value: 4,
      threshold: 2,
      severity: "warning",
      remedy: "leave the cells empty, or take another file",
    },
    {
      series: "GOLD",
      check: "unit",
      date: null,
      value: 13.25,
      threshold: 3,
      severity: "error",
      remedy: "divide by 100",
      place: "/somewhere/prices/gold.csv:25",
    },
  ];

  it("has a row per finding in the columns that programs rely on", () => {
    expect(tableCsv(tableAudit(FINDINGS, "monthly"))).toBe(
      'series,check,date,value,threshold,severity,remedy,file\nGOLD,zeros,2020-01-31,4,2,warning,"leave the cells empty, or take another file",\nGOLD,unit,,13.25,3,error,divide by 100,gold.csv:25\n',
    );
  });

  it("shows readers the file and line of each finding without its folder, where one has a file", () => {
    const heads = (findings: readonly Finding[]) =>
      tableText(tableAudit(findings, "")).split("\n")[1];
    expect(heads(FINDINGS)).toMatch(/^Severity +File and line +Series +Date +Check +Value +Thres/);
    expect(heads(FINDINGS.slice(0, 1))).not.toContain("File");
    expect(tableHtml(tableAudit(FINDINGS, ""))).not.toContain("somewhere");
  });

  it("counts errors and warnings in its caption", () => {
    expect(tableAudit(FINDINGS, "monthly, n = 83").caption).toBe(
      "Audit of the data, errors: 1, warnings: 1; monthly, n = 83",
    );
  });

  it("says what the values of its checks mean, each once, and nothing of the others", () => {
    const { notes } = tableAudit([...FINDINGS, ...FINDINGS], "monthly");
    expect(notes).toEqual([`unit: ${CHECKS.unit}.`, `zeros: ${CHECKS.zeros}.`]);
  });

  it("may have an id of its own beside the panel's audit", () => {
    expect(tableAudit(FINDINGS, "five rows", "audit-reported").id).toBe("audit-reported");
  });

  it("says that there is no finding", () => {
    const table = tableAudit([], "monthly");
    expect(table.id).toBe("audit");
    expect(table.caption).toBe("Audit of the data, no finding; monthly");
    expect(tableText(table)).toContain("no finding");
    expect(tableHtml(table)).toContain("no finding");
  });
});

describe("tableScores", () => {
  it("has one row per beta with its validation range and out-of-sample RMSE", () => {
    const validation = { mean: 0.25, lowest: 0.24, highest: 0.27 };
    const table = tableScores([{ beta: "neural", validation, outOfSample: 0.21 }], "4 coins, 2022");
    expect(tableCsv(table)).toBe(
      "beta,validationRmse,validationLowest,validationHighest,outOfSampleRmse\nneural,0.25,0.24,0.27,0.21\n",
    );
    expect(table.caption).toMatch(/RMSE.*log returns; 4 coins, 2022$/);
    expect(table.notes!.join(" ")).toContain("selection score");
  });
});

const printed: DatedSeries = {
  dates: ["2018-01-31", "2018-02-28"],
  names: ["BTC", "GOLD"],
  values: Float64Array.of(-0.3167, 0.0237, 0.0203, -0.019),
};

describe("tableReportedReturns", () => {
  it("sets our row below each of the report's, by date and name", () => {
    const ours: DatedSeries = {
      dates: ["2017-12-31", "2018-01-31", "2018-02-28"],
      names: ["GOLD", "FIAT", "BTC"],
      values: Float64Array.of(9, 9, 9, 0.03, 9, -0.32, -0.02, 9, 0.02),
    };
    const table = tableReportedReturns(printed, ours);
    expect(COLUMN_KEYS(table)).toEqual(["date", "source", "BTC", "GOLD"]);
    expect(table.rows).toEqual([
      ["2018-01-31", "report", -0.3167, 0.0237],
      ["2018-01-31", "ours", -0.32, 0.03],
      ["2018-02-28", "report", 0.0203, -0.019],
      ["2018-02-28", "ours", 0.02, -0.02],
    ]);
  });

  it.each([
    [
      "a series",
      {
        dates: printed.dates,
        names: ["BTC"],
        values: Float64Array.of(-0.3, 0.02),
      },
      [
        ["2018-01-31", "ours", -0.3, null],
        ["2018-02-28", "ours", 0.02, null],
      ],
    ],
    [
      "a date",
      {
        dates: ["2018-02-28"],
        names: ["BTC", "GOLD"],
        values: Float64Array.of(0.02, -0.02),
      },
      [
        ["2018-01-31", "ours", null, null],
        ["2018-02-28", "ours", 0.02, -0.02],
      ],
    ],
  ])("leaves cells empty where ours lacks %s", (_, ours, rows) => {
    const table = tableReportedReturns(printed, ours);
    expect(table.rows.filter(([, source]) => source === "ours")).toEqual(rows);
  });
});

describe("tableReportedDifferences", () => {
  it("gives each series a verdict, and why ours differs", () => {
    const seriesOf = (...values: number[]): DatedSeries => ({
      dates: printed.dates,
      names: ["BTC", "GOLD"],
      values: Float64Array.from(values),
    });
    const none = Number.NaN;
    const ours = compareReported(printed, seriesOf(-0.32, 0.03, 0.02, -0.02));
    const refusal = (series: string, severity: Finding["severity"]): Finding => ({
      ...{ series, check: "outlier", date: null, value: 9, threshold: 4 },
      ...{ severity, remedy: "take another" },
    });
    const row = (identified: DatedSeries, findings: readonly Finding[] = [], mine = ours) =>
      tableReportedDifferences(mine, compareReported(printed, identified), {
        reasons: { BTC: "another exchange" },
        findings,
      }).rows.map((cells) => cells.slice(2));
    expect(row(seriesOf(-0.31672, none, 0.0203, none))).toEqual([
      [expect.closeTo(0.00002, 10), 2, "identified", "another exchange"],
      [none, 0, "not tested", ""],
    ]);
    expect(row(seriesOf(-0.31672, none, 0.0213, -0.02))).toEqual([
      [expect.closeTo(0.001, 10), 2, "explained", "another exchange"],
      [expect.closeTo(0.001, 10), 1, "not explained", ""],
    ]);
    const absent = seriesOf(-0.31672, none, 0.0203, none);
    expect(row(absent, [refusal("GOLD", "error")])[1]![2]).toBe("refused");
    expect(row(absent, [refusal("GOLD", "warning")])[1]![2]).toBe("not tested");
    expect(row(absent, [refusal("BTC", "error")]).map((cells) => cells[2])).toEqual([
      "identified",
      "not tested",
    ]);
    expect(row(absent, [], compareReported(printed, printed)).map((cells) => cells[2])).toEqual([
      "exact",
      "exact",
    ]);
  });
});

describe("an order of columns for readers", () => {
  const table = {
    id: "ordered",
    caption: "Ordered",
    columns: [
      { key: "a", head: "A" },
      { key: "b", head: "Bee", fileOnly: true },
      { key: "c", head: "C", decimals: 1 },
    ],
    order: ["c", "b", "a"],
    rows: [["x", "y", 2]],
  };
  it("leaves files as they are, and what files alone have", () => {
    expect(tableCsv(table)).toBe("a,b,c\nx,y,2\n");
    expect(tableText(table)).toBe("Ordered\n  C  A\n2.0  x");
    expect(tableMarkdown(table)).toContain("| C | A |\n| ---: | --- |");
  });
});

describe("a column for files only", () => {
  const table = {
    id: "wide",
    caption: "Wide",
    columns: [
      { key: "a", head: "A" },
      { key: "b", head: "Bee", decimals: 1, fileOnly: true },
      { key: "c", head: "C", decimals: 1 },
    ],
    rows: [["x", 1, 2]],
  };
  it("stands in the CSV, and in no form that readers see", () => {
    expect(tableCsv(table)).toBe("a,b,c\nx,1,2\n");
    for (const form of [tableHtml, tableMarkdown, tableLatex, tableText]) {
      expect(form(table)).not.toContain("Bee");
      expect(form(table)).not.toContain("1.0");
      expect(form(table)).toContain("2.0");
    }
  });
});
