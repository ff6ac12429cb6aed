/** What can be wrong with a price file, one row each: the message names file, place, value and remedy. */

import { join } from "node:path";
import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { type PriceOptions, readPrices } from "../lib/src/data/readers/prices.js";
import { readWide, type WideOptions } from "../lib/src/data/readers/wide.js";
import { DataError } from "../lib/src/types.js";
import { CHART, type ChartParts, chartJson, LAYOUTS } from "./support/layouts.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) => write(join(folder, `${written++}`), content);

const text = (name: string) => LAYOUTS[name]!.text;
const YAHOO = text("Yahoo's former website");
const STOOQ = text("Stooq");
const FRED = text("FRED graph until 2024");
const WIDE = text("a wide panel");
const SEVERAL = text("yfinance download of several symbols");
const BULK = text("Stooq's bulk text");
const KLINES = text("Binance klines in milliseconds");
const CLOSE: PriceOptions = { column: "Close" };

const chart = (change: Partial<ChartParts>) => chartJson({ ...CHART, ...change });
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

/** What is wrong, the content, what is asked for, and the message after the file's path. */
type Defect = readonly [
  what: string,
  content: string | Uint8Array,
  options: PriceOptions,
  message: string,
];

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
  // JSON.
  [
    "JSON that is cut off",
    chart({}).slice(0, 300),
    {},
    ": is JSON that is cut off or damaged (<reason>); download the file again",
  ],
  [
    "Yahoo's error in JSON",
    '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}',
    {},
    ': is an error message, not prices ("No data found, symbol may be delisted"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "Yahoo's refusal in JSON",
    '{"finance":{"result":null,"error":{"code":"Unauthorized","description":"Invalid Crumb"}}}',
    {},
    ': is an error message, not prices ("Invalid Crumb"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "CoinGecko's limit in JSON",
    '{"status":{"error_code":429,"error_message":"You\'ve exceeded the Rate Limit"}}',
    {},
    ': is an error message, not prices ("You\'ve exceeded the Rate Limit"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "CoinGecko's unknown coin",
    '{"error":"coin not found"}',
    {},
    ': is an error message, not prices ("coin not found"); the publisher has no such series or serves no more today, check the symbol or download the file later',
  ],
  [
    "chart JSON with null for a time",
    chart({ timestamp: [1614349800, null as never, 1614695400, 1614781800] }),
    CLOSE,
    ": timestamp must hold a time in every entry, Unix seconds, got null in entry 2; download the file again",
  ],
  [
    "chart JSON without prices",
    chart({ quote: {}, adjclose: undefined as never }),
    {},
    ": is Yahoo chart JSON without a column of values that has a name; download the file again, or name the columns",
  ],
  [
    "CoinGecko with null for a time",
    '{"prices":[[null,1]]}',
    {},
    ": prices must hold a time in every entry, Unix milliseconds, got null in entry 1; download the file again",
  ],
  [
    "a column of values without a name",
    "DATE,\n2021-03-01,1\n",
    {},
    ": is FRED graph CSV without a column of values that has a name; download the file again, or name the columns",
  ],
  [
    "rows that repeat a header without names for the dates",
    ",A\n2021-03-01,1\n,A\n2021-03-02,2\n",
    {},
    ":3: has values but no date; correct or delete the row",
  ],
  [
    "unknown JSON",
    '{"bars":[1,2]}',
    {},
    ':1: is in no known format (begins with "{\\"bars\\":[1,2]}"); expected Yahoo chart JSON or CoinGecko JSON, or a table of text',
  ],
  [
    "chart JSON without a result or an error",
    '{"chart":{"result":null,"error":null}}',
    {},
    ": chart.result must hold one chart, got null; download the file again",
  ],
  [
    "chart JSON without bars",
    '{"chart":{"result":[{"meta":{},"indicators":{"quote":[{}]}}],"error":null}}',
    {},
    ": has no bars; check symbol and period, and download the file again",
  ],
  [
    "chart JSON of minutes",
    chart({ meta: { dataGranularity: "5m" } }),
    CLOSE,
    ': bars must be of one day or longer, got "5m"; download with interval=1d',
  ],
  [
    "chart JSON with both closes, and neither named",
    chart({}),
    {},
    ": has 2 columns that can be the price (Yahoo chart JSON): Close (adjusted for splits), Adj Close (adjusted for splits and dividends: a total return); name one with column",
  ],
  [
    "chart JSON with fewer closes than times",
    chart({ quote: { close: [1, 2] } }),
    CLOSE,
    ": close must be a list of 4 numbers, one per time, got a list of 2; download the file again",
  ],
  [
    "chart JSON with a word for a price",
    chart({ quote: { close: [1, "x", 3, 4] } }),
    CLOSE,
    ': close must hold numbers, got "x" in entry 2; download the file again',
  ],
  [
    "chart JSON with a day twice",
    chart({ timestamp: [1614349800, 1614350000, 1614695400, 1614781800] }),
    CLOSE,
    ": entry 2: date 2021-02-26 stands already in entry 1; delete one of the two rows",
  ],
  [
    "chart JSON with prices of zero",
    chart({ quote: { close: [1, 0, 0, 4] } }),
    CLOSE,
    ": entry 2: Close must be above 0 for a log return, got 0 on 2021-03-01 (2 of 4 values are not); choose a column of prices",
  ],
  [
    "CoinGecko's hours",
    JSON.stringify({
      prices: [
        [1614384000000, 1],
        [1614387600000, 2],
        [1614391200000, 3],
      ],
    }),
    {},
    ": prices must be stamped 00:00 UTC, got 2021-02-27T01:00:00.000Z in entry 2; ask the API for interval=daily",
  ],
  [
    "CoinGecko without rows",
    '{"prices":[]}',
    {},
    ": prices has no rows; check the coin and the period, and download the file again",
  ],
  [
    "CoinGecko with a pair that is none",
    '{"prices":[[1614384000000,1],["x",2]]}',
    {},
    ': prices must hold numbers, got "x" in entry 2; download the file again',
  ],
];

describe("readPrices", () => {
  it("is tested on sixty defects at least, each of another kind", () => {
    expect(DEFECTS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(DEFECTS.map(([what]) => what)).size).toBe(DEFECTS.length);
  });

  it.each(DEFECTS)("refuses %s", async (_, content, options, message) => {
    const path = file(content);
    const error = await readPrices(path, options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DataError);
    // What the parser of JSON says differs between versions of V8.
    const { message: said } = error as DataError;
    expect(
      said.replace(
        /(damaged \().*(\); download)/,
        message.includes("<reason>") ? "$1<reason>$2" : "$&",
      ),
    ).toBe(`${path}${message}`);
  });

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
