/** Rows, dates and numbers that are wrong, one row each: the message names file, line, value and remedy. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cellsOf } from "../lib/src/data/readers/cells.js";
import { areaBelow, columnAt, listed, readTextTable } from "../lib/src/data/readers/csv.js";
import type { PriceOptions } from "../lib/src/data/readers/prices.js";
import { readSource } from "../lib/src/data/readers/source.js";
import { type Defect, refusesAll } from "./support/defects.js";
import { LAYOUTS } from "./support/layouts.js";
import { scratchFolder, write } from "./support/scratch.js";

const text = (name: string) => LAYOUTS[name]!.text;
const YAHOO = text("Yahoo's former website");
const STOOQ = text("Stooq");
const FRED = text("FRED graph until 2024");
const BULK = text("Stooq's bulk text");
const KLINES = text("Binance klines in milliseconds");
const CLOSE: PriceOptions = { column: "Close" };

const DEFECTS: readonly Defect[] = [
  // Rows.
  [
    "column names without a row",
    `${STOOQ.split("\n")[0]}\n`,
    {},
    ":1: has column names but no row of data; download the file again",
  ],
  [
    "three header lines without a row",
    "Price,Close\r\nTicker,A-B\r\nDate,\r\n",
    {},
    ":3: has column names but no row of data; download the file again",
  ],
  [
    "a last row that is cut off before its price",
    `${STOOQ}\n2021-03-04,11,12`,
    {},
    ":5: the last row is cut off (3 of 6 cells); download the file again, or delete the row",
  ],
  [
    "a last row that is cut off within its price",
    `${STOOQ}\n2021-03-04,11,12,9,1`,
    {},
    ":5: the last row is cut off (5 of 6 cells); download the file again, or delete the row",
  ],
  [
    "column names that are repeated in the middle",
    `${STOOQ}\n${STOOQ}`,
    {},
    ":5: repeats the column names; two files were joined, delete the line",
  ],
  [
    "a thousands comma that is not quoted",
    STOOQ.replace("11.25", "1,125.5"),
    {},
    ':3: has 7 cells for 6 columns; put a cell that holds "," between quotation marks, or delete what is too much',
  ],
  [
    "a decimal comma that is not quoted",
    STOOQ.replace("11.25", "11,25"),
    {},
    ':3: has 7 cells for 6 columns; put a cell that holds "," between quotation marks, or delete what is too much',
  ],
  [
    "a comment below the rows",
    `${STOOQ}\nSource: somebody, somewhere\n`,
    {},
    ":5: has 2 cells for 6 columns; write a separator for every cell that is empty, or delete the row",
  ],
  [
    "a quotation mark that is never closed",
    `${STOOQ}\n2021-03-04,"11,12,9,10,5\n`,
    {},
    ":5: a quotation mark is opened and not closed in the line; correct the row",
  ],
  [
    "a quotation mark that is closed rows later",
    STOOQ.replace("10.6", '"10.6').replace("9.75", '"9.75'),
    {},
    ":3: a quotation mark is opened and not closed in the line; correct the row",
  ],
  // Dates.
  [
    "a date that occurs twice",
    `${STOOQ}\n2021-03-01,1,1,1,1,1`,
    {},
    ":5: date 2021-03-01 stands already in line 3; delete one of the two rows",
  ],
  [
    "a date that occurs twice, once without a price",
    `${YAHOO}\n2021-03-02,1,1,1,1,1,1`,
    CLOSE,
    ":6: date 2021-03-02 stands already in line 4; delete one of the two rows",
  ],
  [
    "a day twice in one zone's hours",
    "Date,Close,Dividends,Stock Splits\n2021-03-01 00:00:00-05:00,1,0,0\n2021-03-01 12:00:00-05:00,1,0,0\n",
    {},
    ":3: date 2021-03-01 stands already in line 2; delete one of the two rows",
  ],
  [
    "rows within a day",
    "Price,Close\nTicker,AB\nDatetime,\n2021-03-01 14:30:00+00:00,1\n",
    {},
    ':3: holds rows within a day (Datetime); download with interval="1d"',
  ],
  [
    "a date that is not in the calendar",
    STOOQ.replace("2021-03-01", "2021-02-29"),
    {},
    ':3: date must be YYYY-MM-DD, got "2021-02-29"; correct the date, or delete the line if it is no row of data',
  ],
  [
    "a date in another notation",
    STOOQ.replace("2021-03-01", "3/1/21"),
    {},
    ':3: date must be YYYY-MM-DD, got "3/1/21"; correct the date, or delete the line if it is no row of data',
  ],
  [
    "a date with something behind it",
    STOOQ.replace("2021-03-01", "2021-03-01*"),
    {},
    ':3: date must be YYYY-MM-DD, got "2021-03-01*"; correct the date, or delete the line if it is no row of data',
  ],
  [
    "a price without a date",
    STOOQ.replace("2021-03-01", ""),
    {},
    ":3: has values but no date; correct or delete the row",
  ],
  [
    "dates that can be read two ways throughout",
    "Date,X\n03/03/2021,1\n03/04/2021,2\n03/05/2021,3\n",
    {},
    `:3: dates must show which number is the month, but "03/04/2021" can be 2021-03-04 or 2021-04-03 and no row decides it; say dates: "MDY" or dates: "DMY" (an option, or a key of the file's entry in prices of the study)`,
  ],
  [
    "dates with dots that can be read two ways",
    "Date;X\n3.4.2021;1\n",
    {},
    `:2: dates must show which number is the month, but "3.4.2021" can be 2021-03-04 or 2021-04-03 and no row decides it; say dates: "MDY" or dates: "DMY" (an option, or a key of the file's entry in prices of the study)`,
  ],
  [
    "days and months that change places",
    "Date,X\n03/25/2021,1\n26/03/2021,2\n",
    {},
    ':3: date must be month/day/year, got "26/03/2021"; correct the date, or delete the line if it is no row of data',
  ],
  [
    "an order of day and month that the dates contradict",
    "Date,X\n03/25/2021,1\n",
    { dates: "DMY" },
    ':2: date must be day/month/year, got "03/25/2021"; correct the date, or delete the line if it is no row of data',
  ],
  [
    "a month among days",
    "Date,X\n2021-03-01,1\n2021-04,2\n",
    {},
    ':3: date must be YYYY-MM-DD, got "2021-04"; correct the date, or delete the line if it is no row of data',
  ],
  [
    "a kline without a time",
    KLINES.replace("1614556800000", "16145568"),
    {},
    ':2: date must be a Unix time of 10, 13, 16 or 19 digits, got "16145568"; correct the date, or delete the line if it is no row of data',
  ],
  [
    "klines of an hour",
    KLINES.replace("1614383999999", "1614301199999"),
    {},
    ":1: bars must be of one day, got 60 minutes; take the files of interval 1d",
  ],
  [
    "Stooq's bulk text of five minutes",
    BULK.replace(",D,20210301", ",5,20210301"),
    { symbol: "AB.US" },
    ':3: <PER> must be D, a day, got "5"; take the daily files',
  ],
  // Numbers.
  [
    "prices of which more than a quarter are zero",
    STOOQ.replace("11.25", "0"),
    {},
    ":3: Close must be above 0 for a log return, got 0 on 2021-03-01 (1 of 3 values are not); choose a column of prices",
  ],
  [
    "prices of which more than a quarter are negative",
    FRED.replace("11.25", "-36.98"),
    {},
    ":3: XYZ must be above 0 for a log return, got -36.98 on 2021-03-01 (1 of 3 values are not); choose a column of prices",
  ],
  [
    "a price that is no number",
    STOOQ.replace("11.25", "1 1/2"),
    {},
    ':3: Close must be a number, got "1 1/2"; correct the cell, or empty it if the value is missing',
  ],
  [
    "an infinite price",
    STOOQ.replace("11.25", "Infinity"),
    {},
    ':3: Close must be a number, got "Infinity"; correct the cell, or empty it if the value is missing',
  ],
  [
    "a price beyond all numbers",
    STOOQ.replace("11.25", "1e400"),
    {},
    ':3: Close must be a number, got "1e400"; correct the cell, or empty it if the value is missing',
  ],
  [
    "a price in hexadecimal",
    STOOQ.replace("11.25", "0x1F"),
    {},
    ':3: Close must be a number, got "0x1F"; correct the cell, or empty it if the value is missing',
  ],
  [
    "a price with thousands commas",
    STOOQ.replace("11.25", '"1,125.50"'),
    {},
    ':3: Close must be a number, got "1,125.50"; delete the thousands commas',
  ],
  [
    "a comma that may be one of thousands or of decimals",
    STOOQ.replace("11.25", '"1,125"'),
    {},
    `:3: Close must be a number, got "1,125"; say decimal: "," (an option, or a key of the file's entry in prices of the study) if that is its decimal comma, or delete the thousands commas`,
  ],
  [
    "numbers that may have decimals or thousands throughout",
    "Date;X\n2021-03-01;998\n2021-03-02;1.002\n",
    {},
    `:3: numbers must show their decimal mark, but "1.002" beside "998" can have decimals or thousands; say decimal: "." or decimal: "," (an option, or a key of the file's entry in prices of the study)`,
  ],
  [
    "points of thousands and a decimal comma where points are decimal",
    "Date;X\n2021-03-01;1.5\n2021-03-02;1.311,25\n",
    {},
    `:3: X must be a number, got "1.311,25"; say decimal: "," (an option, or a key of the file's entry in prices of the study)`,
  ],
  [
    "a decimal point where commas were announced",
    "Date;X\n2021-03-01;11.25\n",
    { decimal: "," },
    ':2: X must be a number, got "11.25"; correct the cell, or empty it if the value is missing',
  ],
  [
    "thousands commas in the wrong places",
    text("Investing.com").replace('"11.25"', '"11,25.5"'),
    {},
    ':3: Price must be a number, got "11,25.5"; correct the cell, or empty it if the value is missing',
  ],
  [
    "a percentage",
    text("Investing.com"),
    { column: "Change %" },
    ':2: Change % must be a number, got "-13.33%"; that is a percentage, choose another column or write decimals',
  ],
  [
    "an abbreviated volume",
    text("Investing.com"),
    { column: "Vol." },
    ':2: Vol. must be a number, got "0.09K"; that is an abbreviated number, choose another column',
  ],
  [
    "a price with a currency sign",
    STOOQ.replace("11.25", "$11.25"),
    {},
    ':3: Close must be a number, got "$11.25"; delete the sign of the currency',
  ],
  [
    "a price with a currency code",
    STOOQ.replace("11.25", "11.25 USD"),
    {},
    ':3: Close must be a number, got "11.25 USD"; delete the sign of the currency',
  ],
  [
    "a defect below blank lines",
    `${STOOQ.replace("\n2021-03-01", "\n\n\n2021-03-01").replace("9.75", "x")}`,
    {},
    ':6: Close must be a number, got "x"; correct the cell, or empty it if the value is missing',
  ],
  [
    "a defect in the third header's file",
    text("yfinance download").replace(",11.25", ",x"),
    CLOSE,
    ':5: Close must be a number, got "x"; correct the cell, or empty it if the value is missing',
  ],
];

describe("readPrices", () => {
  refusesAll(DEFECTS);
});

describe("readTextTable", () => {
  const folder = scratchFolder();
  let written = 0;
  const table = (content: string, line = 1, rows?: number) => {
    const source = readSource(write(join(folder, `${written++}`), content));
    const area = { ...areaBelow(source, line), ...(rows === undefined ? {} : { rows }) };
    return readTextTable(source, area);
  };

  it("has trimmed cells by name and by place, with their lines in the file", async () => {
    const found = await table('above,it\nDate,"A, B"\n1,"x, ""y"" "\n"2",\n,,\n3,z\n\n', 2);
    expect(found.columns).toEqual(["Date", "A, B"]);
    expect(found.cells("Date")).toEqual(["1", "2", "", "3"]);
    expect(found.cells(1)).toEqual(found.cells("A, B"));
    expect(found.cells(1)).toEqual(['x, "y"', "", "", "z"]);
    expect([0, 3].map(found.line)).toEqual([3, 6]);
  });

  it("reads as many rows as it is told to, and no wrong one below them", async () => {
    const text = "a,b\n1,2\n3,4\n5,6,7\n";
    expect((await table(text, 1, 2)).cells("b")).toEqual(["2", "4"]);
    expect((await table(text, 1, 1)).cells("b")).toEqual(["2"]);
    await expect(table(text, 1, 3)).rejects.toThrow(":4: has 3 cells for 2 columns");
    // The last row that is asked for is not the file's last, and so is not cut off.
    await expect(table("a,b\n1,2\n3", 1, 2)).rejects.toThrow(":3: has 1 cells for 2 columns");
    await expect(table("a,b\n1,2\n3")).rejects.toThrow(
      ":3: the last row is cut off (1 of 2 cells)",
    );
    await expect(table("a,b\n1\n3,4")).rejects.toThrow(":2: has 1 cells for 2 columns");
    await expect(table("a,b\n1,2\n3\n")).rejects.toThrow(":3: has 1 cells for 2 columns");
  });

  it("refuses an odd number of quotation marks in a line, not an even one", async () => {
    expect((await table('a,b\n"1,5",2\n')).cells("a")).toEqual(["1,5"]);
    await expect(table('a,b\n1,2\n"3,""4,5\n')).rejects.toThrow(
      ":3: a quotation mark is opened and not closed",
    );
  });

  it("knows the place of a column, and names the first dozen where it is none or several", () => {
    const names = Array.from({ length: 14 }, (_, i) => `c${i}`);
    expect([columnAt("f:1", names, "c0"), columnAt("f:1", names, "c13")]).toEqual([0, 13]);
    expect(() => columnAt("f:7", names, "d")).toThrow(
      `f:7: has no column d, it has ${names.slice(0, 12).join(", ")} and 2 more; name one of these`,
    );
    expect(listed(["", ...names.slice(0, 12)])).toBe(names.slice(0, 12).join(", "));
    for (const twice of [
      ["c", "c"],
      ["a", "c", "b", "c"],
    ])
      expect(() => columnAt("f:7", twice, "c")).toThrow("f:7: has several columns c; rename");
  });
});

describe("cellsOf", () => {
  it.each([
    ["", [""]],
    [" a , b\t,", ["a", "b", ""]],
    ["a,b\r", ["a", "b"]],
    ['"a,b",c', ["a,b", "c"]],
    ['c, "a,b" ,d\r', ["c", "a,b", "d"]],
    ['"a ""b"", c" ,', ['a "b", c', ""]],
    ['"a" b,c', ['"a" b', "c"]],
    ['"a,b', ['"a', "b"]],
    ['5" disk,7', ['5" disk', "7"]],
  ])("parts %j", (line, cells) => {
    expect(cellsOf(line, ",")).toEqual(cells);
  });

  it("takes no tab for a blank where tabs part cells", () => {
    expect(cellsOf('a\t"b\tc"\t\t"d"', "\t")).toEqual(["a", "b\tc", "", "d"]);
  });
});

it("keeps every row where blanks stand around quotation marks", async () => {
  const rows = [
    '2021-01-29,1, "a, b"',
    "2021-02-26,2,",
    '2021-03-31,3,"a ""b"" " ',
    "2021-04-30,4,",
  ];
  const file = write(join(scratchFolder(), "blanks.csv"), `Date,Close,N\n${rows.join("\n")}\n`);
  const source = readSource(file);
  const table = await readTextTable(source, areaBelow(source, 1));
  expect(table.cells("Close")).toEqual(["1", "2", "3", "4"]);
  expect(table.cells("N")).toEqual(["a, b", "", 'a "b"', ""]);
});
