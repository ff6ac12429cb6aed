/** Readers of published files: every layout gives the same series, every defect a message with place and remedy. */

import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type FactorFile,
  readFactorFile,
} from "../lib/src/data/readers/ken-french.js";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { DataError } from "../lib/src/types.js";
import { RUNS } from "./helpers.js";
import { scratchFolder, write } from "./scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) =>
  write(join(folder, `${written++}.txt`), content);

/** The same made-up prices in every layout; the second of March has none. */
const PRICES = [
  ["2021-02-26", 10.5],
  ["2021-03-01", 11.25],
  ["2021-03-03", 9.75],
];

interface Layout {
  readonly column: string;
  /** Lines above the rows; the first `fixed` of them are no table. */
  readonly header: number;
  readonly fixed: number;
  readonly text: string;
}

const LAYOUTS: Readonly<Record<string, Layout>> = {
  "yfinance history": {
    column: "Close",
    header: 1,
    fixed: 0,
    text: `Date,Open,High,Low,Close,Volume,Dividends,Stock Splits
2021-02-26 00:00:00+09:00,10,11,9.5,10.5,100,0.0,0.0
2021-03-01 00:00:00+09:00,10.6,11.5,10.25,11.25,120,0.0,0.0
2021-03-03 00:00:00+09:00,11,11.125,9.5,9.75,90,0.25,0.0`,
  },
  "Yahoo's former website": {
    column: "Close",
    header: 1,
    fixed: 0,
    text: `Date,Open,High,Low,Close,Adj Close,Volume
2021-02-26,10,11,9.5,10.5,8.4,100
2021-03-01,10.6,11.5,10.25,11.25,9,120
2021-03-02,null,null,null,null,null,null
2021-03-03,11,11.125,9.5,9.75,7.8,90`,
  },
  "yfinance download": {
    column: "Close",
    header: 3,
    fixed: 0,
    text: `Price,Adj Close,Close,High,Low,Open,Volume
Ticker,A-B,A-B,A-B,A-B,A-B,A-B
Date,,,,,,
2021-02-26,8.4,10.5,11,9.5,10,100
2021-03-01,9,11.25,11.5,10.25,10.6,120
2021-03-03,7.8,9.75,11.125,9.5,11,90`,
  },
  "FRED graph until 2024": {
    column: "XYZ",
    header: 1,
    fixed: 0,
    text: `DATE,XYZ
2021-02-26,10.5
2021-03-01,11.25
2021-03-02,.
2021-03-03,9.75`,
  },
  "FRED graph of today": {
    column: "XYZ",
    header: 1,
    fixed: 0,
    text: `observation_date,XYZ,OTHER
2021-02-26,10.5,3
2021-03-01,11.25,
2021-03-02,,3.5
2021-03-03,9.75,4`,
  },
  "charting export": {
    column: "Close",
    header: 2,
    fixed: 1,
    text: `Symbol: ZZZ,,,,,Study: VOL (LikeMain)
Date Time,Open,High,Low,Close,Volume
2021-02-26,10,11,9.5,10.5,100
2021-03-01,10.6,11.5,10.25,11.25,120
2021-03-03,11,11.125,9.5,9.75,90`,
  },
};

const each = Object.entries(LAYOUTS);
const HISTORY = LAYOUTS["Yahoo's former website"]!.text;

const prices = async (content: string | Uint8Array, column: string) => {
  const { days, values } = await readPrices(file(content), column);
  return [...days].map((day, i) => [isoDate(day), values[i]]);
};

/** Ways to write the same table: marks, line ends, order of rows and columns. */
const writings = ({ text, header, fixed }: Layout) => {
  const lines = text.split("\n");
  const cells = lines.map((line) => line.split(","));
  const others = cells.at(-1)!.map((_, i) => i);
  const rows = cells.slice(header);
  const all = (length: number) => ({ minLength: length, maxLength: length });
  return fc
    .record({
      mark: fc.constantFrom("", "\uFEFF"),
      lineEnd: fc.constantFrom("\n", "\r\n"),
      fileEnd: fc.boolean(),
      rows: fc.shuffledSubarray(rows, all(rows.length)),
      columns: fc.shuffledSubarray(others.slice(1), all(others.length - 1)),
    })
    .map((way) => {
      const table = [...cells.slice(fixed, header), ...way.rows].map((row) =>
        [0, ...way.columns].map((i) => row[i]).join(","),
      );
      const body = [...lines.slice(0, fixed), ...table].join(way.lineEnd);
      return `${way.mark}${body}${way.fileEnd ? way.lineEnd : ""}`;
    });
};

describe("readPrices", () => {
  it.each(each)(
    "reads the prices of a file from %s",
    async (_, { text, column }) => {
      expect(await prices(`${text}\n`, column)).toEqual(PRICES);
    },
  );

  it.each(each)(
    "gives one series for %s, whatever the byte-order mark, line ends, order of rows and columns, and final newline",
    async (_, layout) => {
      await fc.assert(
        fc.asyncProperty(writings(layout), async (text) => {
          expect(await prices(text, layout.column)).toEqual(PRICES);
        }),
        { ...RUNS, numRuns: 25 },
      );
    },
  );

  it.each(each)(
    "allows blanks around the cells of %s",
    async (_, { text, column, header }) => {
      const lines = text.split("\n");
      const padded = lines
        .slice(header)
        .map((l) => ` ${l} `.replaceAll(",", " ,  "));
      expect(
        await prices([...lines.slice(0, header), ...padded].join("\n"), column),
      ).toEqual(PRICES);
    },
  );

  it("allows blanks around the column names", async () => {
    for (const [, { text, column, fixed, header }] of each) {
      const lines = text
        .split("\n")
        .map((l, i) =>
          i >= fixed && i < header ? l.replaceAll(",", " , ") : l,
        );
      expect(await prices(lines.join("\n"), column)).toEqual(PRICES);
    }
  });

  it("takes the date as written, not converted to UTC", async () => {
    const text = "Date,Open,Close,Volume\n2021-03-01 00:00:00+09:00,1,2,3\n";
    expect(await prices(text, "Close")).toEqual([["2021-03-01", 2]]);
  });

  it("finds a column by its name, not by its place", async () => {
    expect(await prices(HISTORY, "Adj Close")).toEqual([
      ["2021-02-26", 8.4],
      ["2021-03-01", 9],
      ["2021-03-03", 7.8],
    ]);
  });

  it("reads quoted cells", async () => {
    const quoted = HISTORY.replace(/[^,\n]+/g, '"$&"');
    expect(await prices(quoted, "Close")).toEqual(PRICES);
  });

  it("leaves out a row that is cut off before its price", async () => {
    expect(await prices(`${HISTORY}\n2021-03-04,11,12`, "Close")).toEqual(
      PRICES,
    );
  });

  it("takes a file for its text even if that ends like a path", async () => {
    const text = "DATE,XYZ,NOTE\n2021-03-01,11.25,from old.csv";
    expect(await prices(text, "XYZ")).toEqual([["2021-03-01", 11.25]]);
  });

  it.each(each)(
    "names the line of any cell of %s that is no number",
    async (_, { text, column, header }) => {
      for (const price of ["10.5", "11.25", "9.75"]) {
        const lines = text.split("\n");
        const at = lines.findIndex((line) => line.includes(`,${price}`));
        lines[at] = lines[at]!.replace(`,${price}`, ",1 1/2");
        expect(at).toBeGreaterThanOrEqual(header);
        const path = file(lines.join("\r\n"));
        await expect(readPrices(path, column)).rejects.toThrow(
          new DataError(
            `${path}:${at + 1}: ${column} must be a number, got "1 1/2"; correct or delete the row`,
          ),
        );
      }
    },
  );

  it("counts blank lines when it names a line", async () => {
    const path = file(`${HISTORY.replace("\n2021-03-01", "\n\n2021-03-01")}x`);
    await expect(readPrices(path, "Volume")).rejects.toThrow(
      `${path}:6: Volume must be a number, got "90x"`,
    );
  });

  /** What is wrong, the file, the column asked for, and the message after the file's path. */
  const DEFECTS: readonly (readonly [string, string, string, string])[] = [
    [
      "an empty file",
      " \r\n\n",
      "Close",
      ": is empty; download the file again",
    ],
    [
      "a web page",
      "\n  <!doctype html><title>Sorry</title>",
      "Close",
      ':1: is a web page, not a table (begins with "<!doctype html>"); the publisher answered with an error page, download the file again',
    ],
    [
      "an unknown layout",
      "Exceeded the daily hits limit",
      "Close",
      ':1: is in no known format (begins with "Exceeded the daily hits limit"); expected one of yfinance history, yfinance download, FRED graph CSV, charting-platform export',
    ],
    [
      "a wrong column name",
      HISTORY,
      "close",
      ":1: has no column close, it has Date, Open, High, Low, Close, Adj Close, Volume; name one of these",
    ],
    [
      "a column name that occurs twice",
      "Date,Close,Close,Volume\n2021-03-01,1,2,3",
      "Close",
      ":1: has several columns Close; keep one symbol per file",
    ],
    [
      "a date that occurs twice",
      `${HISTORY}\n2021-03-01,1,1,1,1,1,1`,
      "Close",
      ":6: date 2021-03-01 stands already in line 3; delete one of the two rows",
    ],
    [
      "a date that occurs twice, once without a price",
      `${HISTORY}\n2021-03-02,1,1,1,1,1,1`,
      "Close",
      ":6: date 2021-03-02 stands already in line 4; delete one of the two rows",
    ],
    [
      "a price of zero",
      HISTORY.replace("11.25", "0"),
      "Close",
      ":3: Close must be above 0 for a log return, got 0 on 2021-03-01; delete the row or choose another series",
    ],
    [
      "a negative price",
      HISTORY.replace("11.25", "-36.5"),
      "Close",
      ":3: Close must be above 0 for a log return, got -36.5 on 2021-03-01; delete the row or choose another series",
    ],
    [
      "a price with a thousands comma",
      HISTORY.replace("11.25", '"1,125"'),
      "Close",
      ':3: Close must be a number, got "1,125"; correct or delete the row',
    ],
    [
      "an infinite price",
      HISTORY.replace("11.25", "Infinity"),
      "Close",
      ':3: Close must be a number, got "Infinity"; correct or delete the row',
    ],
    [
      "column names without a row",
      HISTORY.split("\n")[0]!,
      "Close",
      ":1: has column names but no row of data; download the file again",
    ],
    [
      "three header lines without a row",
      "Price,Close\r\nTicker,A-B\r\nDate,\r\n",
      "Close",
      ":3: has column names but no row of data; download the file again",
    ],
    [
      "a column without any value",
      "DATE,XYZ\n2021-03-01,.\n2021-03-02,\n2021-03-03,NaN",
      "XYZ",
      ": column XYZ has no value in 3 rows; choose another column or download the file again",
    ],
    [
      "several symbols in one file",
      "Price,Close,Close\nTicker,A-B,CD\nDate,,\n2021-03-01,1,2",
      "Close",
      ":2: holds several symbols (A-B, CD); save one symbol per file",
    ],
    [
      "a date that is not in the calendar",
      HISTORY.replace("2021-03-01", "2021-02-29"),
      "Close",
      ':3: date must be YYYY-MM-DD, got "2021-02-29"; correct or delete the row',
    ],
    [
      "a date in another notation",
      HISTORY.replace("2021-03-01", "3/1/21"),
      "Close",
      ':3: date must be YYYY-MM-DD, got "3/1/21"; correct or delete the row',
    ],
    [
      "a price without a date",
      HISTORY.replace("2021-03-01", ""),
      "Close",
      ':3: date must be YYYY-MM-DD, got ""; correct or delete the row',
    ],
  ];

  it.each(DEFECTS)("refuses %s", async (_, content, column, message) => {
    const path = file(content);
    await expect(readPrices(path, column)).rejects.toThrow(
      new DataError(`${path}${message}`),
    );
  });

  it("refuses a file that is not there", async () => {
    const path = join(folder, "absent.csv");
    await expect(readPrices(path, "Close")).rejects.toThrow(
      new DataError(
        `${path}: cannot be read (ENOENT); check the path, or download the file again`,
      ),
    );
  });

  it.each([
    ["is never closed", '"10.5', "11.25"],
    [
      "is closed rows later, so that the rows between would vanish",
      '"10.5',
      '11.25"',
    ],
  ])("names the line of a quotation mark that %s", async (_, first, second) => {
    const path = file(
      `Date,Open,High,Close\n2021-02-26,1,2,${first}\n2021-03-01,1,2,${second}\n2021-03-03,1,2,9.75\n`,
    );
    await expect(readPrices(path, "Open")).rejects.toThrow(`${path}:2`);
  });
});

/** Made-up percent; RMW of the third month is missing. */
const MONTHLY = `,Mkt-RF,SMB,RMW,RF
202101,   -0.39,    0.34,  -99.99,    0.27
202102,    5.08,   -0.80,    1.70,    0.25
202103,  -11.57,    0.03, -999,       0.00`;
const PREAMBLE = `This file was created by SOME_PROGRAM using the 202408 CRSP database.
Bill rates until 202405, and later, are from A, B and C.

`;
const ANNUAL = `

 Annual Factors: January-December 
,Mkt-RF,SMB,RMW,RF
  2020,   12.59,   -4.10,   11.10,    1.43
  2021,   20.00,    1.00,    2.00,    0.05
`;
const FOOTER = `
Copyright 2024 Some Body and Some Else
`;

/** Factors by name, so that the order of columns does not matter. */
const byName = (factors: FactorFile) =>
  factors.dates.map((date, t) => ({
    date,
    RF: factors.riskFree[t],
    ...Object.fromEntries(
      factors.names.map((name, f) => [
        name,
        factors.simpleReturns[t * factors.names.length + f],
      ]),
    ),
  }));
const MONTHS = [
  { date: "2021-01-31", "Mkt-RF": -0.0039, SMB: 0.0034, RMW: NaN, RF: 0.0027 },
  { date: "2021-02-28", "Mkt-RF": 0.0508, SMB: -0.008, RMW: 0.017, RF: 0.0025 },
  { date: "2021-03-31", "Mkt-RF": -0.1157, SMB: 0.0003, RMW: NaN, RF: 0 },
];

describe("readFactorFile", () => {
  it("reads months as decimals, dated by their last day, and missing codes as NaN", async () => {
    const factors = await readFactorFile(file(MONTHLY));
    expect(factors.frequency).toBe("monthly");
    expect(factors.names).toEqual(["Mkt-RF", "SMB", "RMW"]);
    expect(byName(factors)).toEqual(MONTHS);
  });

  it("reads days", async () => {
    const factors = await readFactorFile(
      file(`${PREAMBLE},Mkt-RF,SMB,RF
20210226,   -0.67,    0.02,   0.012
20210301,    0.79,   -0.28,   0.012
${FOOTER}`),
    );
    expect(factors.frequency).toBe("daily");
    expect(byName(factors)).toEqual([
      { date: "2021-02-26", "Mkt-RF": -0.0067, SMB: 0.0002, RF: 0.00012 },
      { date: "2021-03-01", "Mkt-RF": 0.0079, SMB: -0.0028, RF: 0.00012 },
    ]);
  });

  it.each([
    ["of a program", "created by SOME_PROGRAM using the 202408", "2024-08"],
    ["without a program", "created using the 202504", "2025-04"],
  ])("takes the vintage from a preamble %s", async (_, words, vintage) => {
    const text = `This file was ${words} CRSP database.\nMore, free text.\n\n${MONTHLY}`;
    const factors = await readFactorFile(file(text));
    expect(factors.vintage).toBe(vintage);
    expect(byName(factors)).toEqual(MONTHS);
  });

  it("has no vintage where the preamble was cut off", async () => {
    expect(await readFactorFile(file(MONTHLY))).not.toHaveProperty("vintage");
  });

  it("gives the same months with any preamble, annual block, footer, line end, mark, filler and order of columns", async () => {
    const cells = MONTHLY.split("\n").map((line) => line.split(","));
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          mark: fc.constantFrom("", "\uFEFF"),
          preamble: fc.constantFrom("", PREAMBLE),
          below: fc.constantFrom(
            "",
            "\n",
            ANNUAL,
            ANNUAL + FOOTER,
            `\n${FOOTER}`,
          ),
          filler: fc.constantFrom("", ",,,,"),
          lineEnd: fc.constantFrom("\n", "\r\n"),
          columns: fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
        }),
        async (way) => {
          const table = cells
            .map((row) => [0, ...way.columns].map((i) => row[i]).join(","))
            .join("\n");
          // A spreadsheet writes its blank lines and free text with commas.
          const below = way.below.replace(/^\n\n/, `\n${way.filler}\n`);
          const text = way.mark + way.preamble + table + below;
          const path = file(text.replaceAll("\n", way.lineEnd));
          expect(byName(await readFactorFile(path))).toEqual(MONTHS);
        },
      ),
      { ...RUNS, numRuns: 60 },
    );
  });

  it("gives the months in order, whatever the order of the rows", async () => {
    const [names, ...rows] = MONTHLY.split("\n");
    const path = file([names, ...rows.reverse()].join("\n"));
    expect(byName(await readFactorFile(path))).toEqual(MONTHS);
  });

  const DEFECTS: readonly (readonly [string, string, string])[] = [
    ["an empty file", "", ": is empty; download the file again"],
    [
      "a web page",
      "<html>Moved</html>",
      ':1: is a web page, not a table (begins with "<html>Moved</ht"); the publisher answered with an error page, download the file again',
    ],
    [
      "a file without column names",
      MONTHLY.split("\n").slice(1).join("\n"),
      ': has no line of column names such as ",Mkt-RF,SMB,HML,RMW,CMA,RF"; expected a factor CSV of the Ken French data library',
    ],
    [
      "a file without RF",
      MONTHLY.replace(",RF", ",RX"),
      ":1: has no column RF, it has Mkt-RF, SMB, RMW, RX; name one of these",
    ],
    [
      "column names without a row",
      `${PREAMBLE}${MONTHLY.split("\n")[0]}\n`,
      ":4: has column names but no row of data; download the file again",
    ],
    [
      "a month that is not in the calendar",
      MONTHLY.replace("202102", "202113"),
      ':3: date must be a month YYYYMM that occurs once, got "202113"; download the file again',
    ],
    [
      "a month that occurs twice",
      MONTHLY.replace("202103", "202101"),
      ':4: date must be a month YYYYMM that occurs once, got "202101"; download the file again',
    ],
    [
      "a day among months",
      MONTHLY.replace("202103", "20210301"),
      ':4: date must be a month YYYYMM that occurs once, got "20210301"; download the file again',
    ],
    [
      "a month among days",
      ",Mkt-RF,RF\r\n20210301,1,0\r\n202103,1,0\r\n",
      ':3: date must be a day YYYYMMDD that occurs once, got "202103"; download the file again',
    ],
    [
      "a value that is no number",
      PREAMBLE + MONTHLY.replace("5.08", "5.0.8"),
      ':6: Mkt-RF must be a number, got "5.0.8"; correct or delete the row',
    ],
    [
      "a cell without a value",
      MONTHLY.replace("   -0.80", ""),
      ':3: SMB must be a number, got ""; correct or delete the row',
    ],
  ];

  it.each(DEFECTS)("refuses %s", async (_, content, message) => {
    const path = file(content);
    await expect(readFactorFile(path)).rejects.toThrow(
      new DataError(`${path}${message}`),
    );
  });
});
