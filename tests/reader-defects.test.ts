/** What can be wrong with a price file, one row each: the message names file, place, value and remedy. */

import { join } from "node:path";
import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type PriceOptions, readPrices } from "../lib/src/data/readers/prices.js";
import { hasColumns, namesAt, readSource } from "../lib/src/data/readers/source.js";
import { onlyMember } from "../lib/src/data/readers/unzip.js";
import { readWide, type WideOptions } from "../lib/src/data/readers/wide.js";
import { FILE_LIMITS } from "../lib/src/limits.js";
import { DataError } from "../lib/src/types.js";
import { type Defect, refusesAll } from "./support/defects.js";
import { LAYOUTS } from "./support/layouts.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) => write(join(folder, `${written++}`), content);

const text = (name: string) => LAYOUTS[name]!.text;
const YAHOO = text("Yahoo's former website");
const STOOQ = text("Stooq");
const WIDE = text("a wide panel");
const SEVERAL = text("yfinance download of several symbols");
const BULK = text("Stooq's bulk text");
const CLOSE: PriceOptions = { column: "Close" };

const zipped = (members: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(members).map(([n, t]) => [n, Buffer.from(t)])));
/** A zip with one byte of its content changed, stored without compression so that only the checksum can tell. */
const flipped = () => {
  const zip = zipSync({ "a.csv": [Buffer.from(STOOQ), { level: 0 }] });
  const at = Buffer.from(zip).indexOf("11.25");
  zip[at] = "9".charCodeAt(0);
  return zip;
};
const DATES = "dates such as 2021-01-29, 01/29/2021, 29.01.2021, 29 Jan 2021 or a Unix time";
const NO_TABLE = `a line of column names and a column of ${DATES} are needed, delete what stands above the names`;

const DEFECTS: readonly Defect[] = [
  // No table at all.
  ["an empty file", "", {}, ": is empty; download the file again"],
  ["a file of blank lines", " \r\n\n", {}, ": is empty; download the file again"],
  ["a byte-order mark alone", "\uFEFF", {}, ": is empty; download the file again"],
  [
    "a web page with status 200",
    "\n  <!doctype html><title>Sorry</title>",
    {},
    ':1: is a web page, not a table (begins with "<!doctype html>"); the publisher answered with an error page, download the file again',
  ],
  [
    "an XML error",
    '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>',
    {},
    ':1: is a web page, not a table (begins with "<?xml version=\\""); the publisher answered with an error page, download the file again',
  ],
  [
    "Stooq's sentence for an unknown symbol",
    "No data",
    {},
    ':1: is a message, not a table ("No data"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "Stooq's daily limit",
    "Exceeded the daily hits limit\n",
    {},
    ':1: is a message, not a table ("Exceeded the daily hits limit"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "Yahoo's limit in words",
    "Edge: Too Many Requests",
    {},
    ':1: is a message, not a table ("Edge: Too Many Requests"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "a sentence with commas",
    "Sorry, there is no such file, please go away.",
    {},
    `:1: is no table of dates and series (begins with "Sorry, there is no such file, please go away."); ${NO_TABLE}`,
  ],
  [
    "rows without column names",
    STOOQ.split("\n").slice(1).join("\n"),
    {},
    ':1: must be a line of column names, but is a row ("2021-02-26,10,11,9.5,10.5,100"); write the names above it, such as Date,Close',
  ],
  [
    "a table without dates",
    "Name,Close\nA,1\nB,2\n",
    {},
    `:1: is no table of dates and series (begins with "Name,Close"); ${NO_TABLE}`,
  ],
  [
    "quarters",
    "Date,X\n2021Q1,1\n2021Q2,2\n",
    {},
    `:2: Date must hold ${DATES}, got "2021Q1"; write them so, or delete the line if it is no row of data`,
  ],
  [
    "both closes of yfinance history, and neither named",
    "Date,Open,Close,Adj Close,Dividends,Stock Splits\n2021-03-01,1,1,1,0,0\n",
    {},
    ": has 2 columns that can be the price (yfinance history): Close (adjusted for splits), Adj Close (adjusted for splits and dividends: a total return); name one with column",
  ],
  [
    "a gzip file that is cut off",
    gzipSync(Buffer.from(STOOQ)).slice(0, 60),
    {},
    ": is a gzip file that is cut off or damaged (unexpected end of file); download the file again",
  ],
  [
    "an old Excel workbook",
    Buffer.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0, 0),
    {},
    ": is an Excel workbook, not a table of text; unpack it, or save it as CSV",
  ],
  [
    "a Parquet file",
    Buffer.from("PAR1\x15\x04"),
    {},
    ": is a Parquet file, not a table of text; unpack it, or save it as CSV",
  ],
  [
    "a zero byte",
    `${STOOQ}\n\0\0`,
    {},
    `: is not text (has a zero byte at ${STOOQ.length + 1}); the download is damaged, repeat it, or say encoding: "utf-16le" (an option, or a key of the file's entry in prices of the study) if that is its encoding`,
  ],
  [
    "a zero byte at the very beginning",
    `\0${STOOQ}`,
    {},
    ': is not text (has a zero byte at 0); the download is damaged, repeat it, or say encoding: "utf-16le" (an option, or a key of the file\'s entry in prices of the study) if that is its encoding',
  ],
  // Zips.
  [
    "a zip that is cut off",
    zipped({ "a.csv": STOOQ }).slice(0, 90),
    {},
    ": is a zip that is cut off or damaged (invalid zip data); download the file again",
  ],
  [
    "a zip with a changed byte",
    flipped(),
    {},
    ": is a zip that is damaged (the checksum of a.csv does not fit); download the file again",
  ],
  [
    "a zip of several files",
    zipped({ "BTC.csv": STOOQ, "ETH.csv": STOOQ }),
    {},
    ": must hold one file, but holds 2 (BTC.csv, ETH.csv); unpack it and name the file",
  ],
  [
    "a zip without a file",
    zipped({}),
    {},
    ": must hold one file, but holds 0 (); unpack it and name the file",
  ],
  [
    "an Excel workbook",
    zipped({
      "[Content_Types].xml": "<Types/>",
      "xl/workbook.xml": "<workbook/>",
    }),
    {},
    ": is an Excel workbook, not a table of text; save the sheet as CSV",
  ],
  [
    "an empty file in a zip",
    zipped({ "a.csv": "" }),
    {},
    "/a.csv: is empty; download the file again",
  ],
  [
    "a defect in a zip",
    zipped({ "a.csv": STOOQ.replace("11.25", "x") }),
    {},
    '/a.csv:3: Close must be a number, got "x"; correct the cell, or empty it if the value is missing',
  ],
  // Columns and symbols.
  [
    "both Close and Adj Close, and neither named",
    YAHOO,
    {},
    ": has 2 columns that can be the price (Yahoo website CSV): Close (adjusted for splits), Adj Close (adjusted for splits and dividends: a total return); name one with column",
  ],
  [
    "Close and Adj Close of one symbol",
    text("yfinance download"),
    {},
    ": has 2 columns that can be the price (yfinance download): Adj Close (adjusted for splits and dividends: a total return), Close (adjusted for splits); name one with column",
  ],
  [
    "several series of FRED, and none named",
    text("FRED graph of today with two series"),
    {},
    ": has 2 columns that can be the price (FRED graph CSV): XYZ, OTHER; name one with column",
  ],
  [
    "a wide panel, and no series named",
    WIDE,
    {},
    ": has 3 columns that can be the price (table of dates and series): ^CD, A-B, E; name one with column",
  ],
  [
    "a panel of more series than a message can hold",
    `Date,${Array.from({ length: 30 }, (_, i) => `S${i}`).join(",")}\n2021-03-01${",1".repeat(30)}\n`,
    {},
    ": has 30 columns that can be the price (table of dates and series): S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11 and 18 more; name one with column",
  ],
  [
    "a wrong column name",
    YAHOO,
    { column: "close" },
    ": has no column close, it has Open, High, Low, Close, Adj Close, Volume; name one of these",
  ],
  [
    "a column name that occurs twice",
    "Date,Close,Close,Volume\n2021-03-01,1,2,3",
    CLOSE,
    ": has several columns Close; rename or delete all but one",
  ],
  [
    "two price columns of one name",
    "Date,Close,Close,Volume\n2021-03-01,1,2,3",
    {},
    ": has 2 columns that can be the price (table of dates and series): Close (without dividends, and as traded or adjusted for splits), Close (without dividends, and as traded or adjusted for splits); name one with column",
  ],
  [
    "several symbols in a download, and none named",
    SEVERAL,
    {},
    ": holds several symbols (^CD, A-B); name one with symbol",
  ],
  [
    "a symbol that is not in the file",
    SEVERAL,
    { symbol: "EF" },
    ": has no symbol EF, it has ^CD, A-B; name one of these",
  ],
  [
    "several symbols in bulk text, and none named",
    BULK,
    {},
    ": holds several symbols (AB.US, CD.US); name one with symbol",
  ],
  [
    "a symbol asked of a file that names none",
    STOOQ,
    { symbol: "AB" },
    ": must be of symbol AB, but names no symbol; leave symbol out",
  ],
  [
    "a symbol asked of another symbol's file",
    text("charting export"),
    { symbol: "AB" },
    ": has no symbol AB, it has ZZZ; name one of these",
  ],
  [
    "Coin Metrics with no price",
    "time,PriceUSD,BlkCnt\n2021-03-01,,5\n2021-03-02,,6\n",
    {},
    ": column PriceUSD has no value in 2 rows; choose another column or download the file again",
  ],
  [
    "a column without any value",
    "DATE,XYZ\n2021-03-01,.\n2021-03-02,\n2021-03-03,NaN",
    {},
    ": column XYZ has no value in 3 rows; choose another column or download the file again",
  ],
];

describe("readPrices", () => {
  refusesAll(DEFECTS);

  it("refuses a file that is not there", async () => {
    const path = join(folder, "absent.csv");
    await expect(readPrices(path)).rejects.toThrow(
      new DataError(`${path}: cannot be read (ENOENT); check the path`),
    );
  });

  it("refuses a folder", async () => {
    await expect(readPrices(folder)).rejects.toThrow(
      new DataError(`${folder}: cannot be read (EISDIR); name a file, not a folder`),
    );
  });

  it.each(Object.entries(LAYOUTS))(
    "names the line of any price of %s that is no number",
    async (_, { text, options, header }) => {
      for (const price of ["10.5", "11.25", "9.75"]) {
        const lines = text.split("\n");
        const cell = new RegExp(
          `(^|[,;\\t"])${price.replace(".", options.decimal ?? "\\.")}(?=$|[,;\\t"0])`,
        );
        const at = lines.findIndex(
          (line, i) => i >= header && cell.test(line.replace(/^[^,;\t]*/, "")),
        );
        lines[at] = lines[at]!.replace(new RegExp(cell, "g"), "$1x");
        const path = file(lines.join("\r\n"));
        await expect(readPrices(path, options)).rejects.toThrow(
          new RegExp(`:${at + 1}: .* must be a number, got "x`),
        );
      }
    },
  );
});

describe("readWide", () => {
  const WIDE_DEFECTS: readonly (readonly [string, string, WideOptions, string])[] = [
    [
      "a series that is not in the file",
      WIDE,
      { series: ["A-B", "F"] },
      ": has no column F, it has ^CD, A-B, E; name one of these",
    ],
    [
      "two columns of one name",
      WIDE.replace("^CD", "E"),
      {},
      ": has several series E; rename or delete all but one",
    ],
    [
      "a cell that is no number",
      WIDE.replace("2e-3", "2%"),
      {},
      ':4: E must be a number, got "2%"; that is a percentage, choose another column or write decimals',
    ],
    [
      "a date that occurs twice",
      WIDE.replace("2021-03-02", "2021-03-01"),
      {},
      ":4: date 2021-03-01 stands already in line 3; delete one of the two rows",
    ],
    [
      "an infinite value",
      WIDE.replace("2e-3", "inf"),
      {},
      ':4: E must be a number, got "inf"; correct the cell, or empty it if the value is missing',
    ],
    [
      "a symbol that is not in the file",
      SEVERAL,
      { series: ["EF"] },
      ": has no symbol EF, it has ^CD, A-B; name one of these",
    ],
    [
      "a column that no symbol has",
      SEVERAL,
      { column: "Open" },
      ": has no column Open, it has Close, Volume; name one of these",
    ],
  ];

  it.each(WIDE_DEFECTS)("refuses %s", async (_, content, options, message) => {
    const path = file(content);
    await expect(readWide(path, options)).rejects.toThrow(new DataError(`${path}${message}`));
  });
});

describe("readSource", () => {
  it("is UTF-8 without its mark, with at most forty trimmed lines at the head", () => {
    const lines = ["a;b", ...Array.from({ length: 50 }, (_, i) => `${i};${i} `)];
    const path = file(`\uFEFF${lines.join("\r\n")}\r\n`);
    const { file: named, bytes, head, separator } = readSource(path);
    expect([named, separator]).toEqual([path, ";"]);
    expect(bytes.toString()).toBe(`${lines.join("\r\n")}\r\n`);
    expect(head).toEqual(lines.slice(0, 40).map((line) => line.trim()));
  });

  it("ends lines with LF where CR alone ends them, and keeps CR before LF", () => {
    expect(readSource(file("a,b\r1,2\r")).bytes.toString()).toBe("a,b\n1,2\n");
    expect(readSource(file("a,b\r\n1,2")).bytes.toString()).toBe("a,b\r\n1,2");
  });

  it("names columns by line and place, and knows whether all of some are there", () => {
    const source = readSource(file('above\nDate\t"A B"\tC\n1\t2\t3\n'));
    expect(source.separator).toBe("\t");
    expect(namesAt(source, 2)).toEqual(["Date", "A B", "C"]);
    expect(namesAt(source, 9)).toEqual([""]);
    expect(hasColumns(source, 2, "C", "Date")).toBe(true);
    expect(hasColumns(source, 2, "C", "D")).toBe(false);
    expect(hasColumns(source, 1, "C")).toBe(false);
  });

  it("has as many columns as a table may have, and no more", () => {
    const wide = (columns: number) => file(`${"a,".repeat(columns - 1)}a\n`);
    expect(namesAt(readSource(wide(FILE_LIMITS.columns)), 1)).toHaveLength(FILE_LIMITS.columns);
    expect(() => readSource(wide(FILE_LIMITS.columns + 1))).toThrow(
      `:1: must have at most ${FILE_LIMITS.columns} columns, got ${FILE_LIMITS.columns + 1};`,
    );
  });
});

describe("onlyMember", () => {
  const members = { "__MACOSX/._b.txt": "x", "folder/": "", "folder/b.txt": STOOQ };

  it("is the only file, whatever stands before it in the archive", () => {
    const { file: named, content } = onlyMember("z", Buffer.from(zipped(members)));
    expect([named, content.toString()]).toEqual(["z/folder/b.txt", STOOQ]);
  });

  it("is refused where the archive's directory says that it is encrypted, or has another checksum", () => {
    const last = (zip: Buffer) => zip.lastIndexOf("PK\x01\x02");
    const changed = (place: number) => {
      const zip = Buffer.from(zipped(members));
      zip[last(zip) + place]! ^= 1;
      return () => onlyMember("z", zip);
    };
    expect(changed(8)).toThrow("z/folder/b.txt: is encrypted; unpack it with its password");
    for (const place of [16, 19])
      expect(changed(place)).toThrow("z: is a zip that is damaged (the checksum of folder/b.txt");
  });
});
