/** Files as the field has them, small and made up: read with the right value, or refused with the way out. */

import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type PriceOptions, readPrices } from "../lib/src/data/readers/prices.js";
import { recogniseFormat } from "../lib/src/data/readers/recognise.js";
import { readWide } from "../lib/src/data/readers/wide.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) => write(join(folder, `${written++}`), content);

/** Prices by date. */
const prices = async (content: string | Uint8Array, options?: PriceOptions) => {
  const { days, values } = await readPrices(file(content), options);
  return Object.fromEntries([...days].map((day, i) => [isoDate(day), values[i]]));
};
const refusal = async (content: string | Uint8Array, options?: PriceOptions) =>
  readPrices(file(content), options).then(
    () => "read",
    (error: Error) => error.message.replace(/^.*?\/\d+:/, ":").replace(/ \(an option, .*\)$/, ""),
  );

describe("a close beside an adjusted close", () => {
  const ROWS = [
    ["2021-02-26", 420, 105],
    ["2021-03-31", 110, 110],
  ] as const;
  it.each([
    ["date,close,adjusted_close"],
    ["Date,Close,Adjusted_close"],
    ["Date,Close,AdjClose"],
    ["date,close,closeadj"],
    ["date,close,adjusted"],
    ["date,close,adjClose"],
    ["date,close,adj_close"],
    ["date,close,adjclose"],
    ["Date,CLOSE,Adj. Close"],
    ["Date,Close,Close (adjusted)"],
  ])("is refused with the choices under the names %s, and read by either", async (names) => {
    const text = [names, ...ROWS.map((row) => row.join(","))].join("\n");
    const [, close, adjusted] = names.split(",");
    expect(await refusal(text)).toMatch(
      new RegExp(
        `2 columns that can be the price .*: ${close} .*, ${adjusted!.replace(/[().]/g, "\\$&")} \\(adjusted for splits and dividends`,
      ),
    );
    expect(await prices(text, { column: adjusted! })).toEqual({
      "2021-02-26": 105,
      "2021-03-31": 110,
    });
    expect(await prices(text, { column: close! })).toEqual({
      "2021-02-26": 420,
      "2021-03-31": 110,
    });
  });

  it("is no choice where the other column is neither", async () => {
    const text = "ticker,date,close,closeunadj\nAB,2021-03-31,110,440\n";
    expect(await prices(text)).toEqual({ "2021-03-31": 110 });
  });

  it("is one layout of yfinance history without auto_adjust", async () => {
    const text =
      "Date,Open,High,Low,Close,Adj Close,Volume,Dividends,Stock Splits\n2021-01-29 00:00:00-05:00,1,1,1,10,9.5,9,0.0,0.0\n";
    expect((await recogniseFormat(file(text))).format).toBe("yfinance history");
    expect(await prices(text, { column: "Adj Close" })).toEqual({ "2021-01-29": 9.5 });
  });
});

describe("dates with times", () => {
  const LONDON = [
    "Date,Close,Dividends,Stock Splits",
    "2021-03-25 00:00:00+00:00,100,0,0",
    "2021-03-26 00:00:00+00:00,101,0,0",
    "2021-03-28 23:00:00+00:00,102,0,0",
    "2021-03-31 23:00:00+00:00,110,0,0",
  ].join("\n");
  const TOKYO =
    "Date,Close\n2021-03-28 15:00:00+00:00,103\n2021-03-29 15:00:00+00:00,104\n2021-03-31 15:00:00+00:00,111\n";
  const WAY_OUT =
    'say timeZone: "UTC" for days of UTC, or the zone of the exchange, such as timeZone: "Europe/London"';

  it("are refused where midnights of London are written in UTC, and put on London's days where that is said", async () => {
    expect(await refusal(LONDON)).toBe(
      `:4: times must show to which day a row belongs, but "2021-03-25 00:00:00+00:00" is before noon and "2021-03-28 23:00:00+00:00" after it; ${WAY_OUT}`,
    );
    expect(Object.keys(await prices(LONDON, { timeZone: "Europe/London" }))).toEqual([
      "2021-03-25",
      "2021-03-26",
      "2021-03-29",
      "2021-04-01",
    ]);
    expect(Object.keys(await prices(LONDON, { timeZone: "UTC" })).at(-1)).toBe("2021-03-31");
  });

  it("are refused where there are Sundays and no Fridays", async () => {
    expect(await refusal(TOKYO)).toBe(
      `:2: times must show to which day a row belongs, but "2021-03-28 15:00:00+00:00" is a Sunday and no row is a Friday; ${WAY_OUT}`,
    );
    expect(Object.keys(await prices(TOKYO, { timeZone: "Asia/Tokyo" }))).toEqual([
      "2021-03-29",
      "2021-03-30",
      "2021-04-01",
    ]);
  });

  it("are refused where an hour of UTC after noon is not known to be a close", async () => {
    expect(await refusal("Date,X\n2021-03-30T15:00:00Z,1\n2021-03-31T15:00:00Z,2\n")).toContain(
      '"2021-03-30T15:00:00Z" is neither a midnight nor surely a close',
    );
  });

  it.each([
    ["New York's midnights in UTC", ["2021-03-11 05:00:00+00:00", "2021-03-15 04:00:00+00:00"]],
    ["midnights of two offsets", ["2021-03-11 00:00:00-05:00", "2021-03-15 00:00:00-04:00"]],
    ["closes of a day and of half a day", ["3/11/2021 13:00:00", "3/15/2021 4:00 PM"]],
    ["closes in UTC with a Friday", ["2021-03-12T21:00:00Z", "2021-03-15T20:00:00Z"]],
    ["last moments of the day", ["2021-03-11T23:59:59.999Z", "2021-03-14T23:59:59.999Z"]],
    ["Unix times of an opening", ["1615559400", "1615815000"]],
  ])("are read as they are written where they are %s", async (_, [first, second]) => {
    const [earlier, later] = Object.keys(await prices(`Date,X\n${first},1\n${second},2\n`));
    expect([earlier!.slice(0, 9), later!.slice(0, 9)]).toEqual(["2021-03-1", "2021-03-1"]);
    expect(Number(later!.slice(-2)) - Number(earlier!.slice(-2))).toBeGreaterThan(2);
  });

  it.each([
    ["2021-03-29T23:30:00-05:30", "2021-03-30"],
    ["2021-03-29T18:29:59-05:30", "2021-03-29"],
    ["2021-03-29T18:30:00-05:30", "2021-03-30"],
    ["2021-03-29 05:29:59 +0530", "2021-03-28"],
    ["2021-03-29 05:30:00 +0530", "2021-03-29"],
    ["2021-03-29 12:30 AM GMT", "2021-03-29"],
    ["2021-03-29 11:59:59.9 PM", "2021-03-29"],
    ["2021-03-29 11:30 AM +1200", "2021-03-28"],
    ["2021-03-29 12:00 PM +1200", "2021-03-29"],
  ])("are put on days of UTC by their offset: %s", async (time, day) => {
    expect(Object.keys(await prices(`Date,X\n${time},1\n`, { timeZone: "UTC" }))).toEqual([day]);
  });

  it.each([
    ["2021-03-29T23:59:00Z", "2021-03-29", "2021-03-30"],
    ["2021-03-28T22:59:59Z", "2021-03-28", "2021-03-28"],
    ["2021-03-28T23:00:00Z", "2021-03-28", "2021-03-29"],
    ["2021-03-29 12:05 AM", "2021-03-29", "2021-03-29"],
    ["2021-03-29 12:05 PM", "2021-03-29", "2021-03-29"],
    ["2021-03-29 11:05 PM", "2021-03-29", "2021-03-30"],
  ])("are put on days of London too, summer time included: %s", async (time, utc, london) => {
    for (const [timeZone, day] of Object.entries({ UTC: utc, "Europe/London": london }))
      expect(Object.keys(await prices(`Date,X\n${time},1\n`, { timeZone }))).toEqual([day]);
  });

  it("are decided by no number of twelve, which can be a month", async () => {
    expect(await refusal("Date,X\n12/05/2021,1\n05/12/2021,2\n")).toContain(
      ':2: dates must show which number is the month, but "12/05/2021" can be 2021-12-05 or 2021-05-12',
    );
    expect(Object.keys(await prices("Date,X\n05/12/2021,2\n05/13/2021,1\n"))).toEqual([
      ...["2021-05-12", "2021-05-13"],
    ]);
    expect(Object.keys(await prices("Date,X\n12/05/2021,2\n13/05/2021,1\n"))).toEqual([
      ...["2021-05-12", "2021-05-13"],
    ]);
  });

  it("name a zone that is none", async () => {
    expect(await refusal(LONDON, { timeZone: "Europe/Londres" })).toBe(
      ': timeZone must be a zone such as "Europe/London" or "UTC", got "Europe/Londres"; correct the name',
    );
  });

  it("must show the century of a year of two digits", async () => {
    expect(await refusal("DATE,X\n29 Jan 45,1\n")).toBe(
      ':2: date must show its century, but the year of "29 Jan 45" can be 1945 or 2045; write years of four digits',
    );
  });
});

describe("decimal marks", () => {
  const german = (volume: string) =>
    `"Datum","Zuletzt","Vol."\n"26.02.2021","1.002","${volume}"\n"29.01.2021","998","1M"\n`;

  it("are those of another column where one can be read in two ways", async () => {
    expect(await prices(german("1,2M"))).toEqual({ "2021-01-29": 998, "2021-02-26": 1002 });
    expect(await prices(german("1.2M"))).toEqual({ "2021-01-29": 998, "2021-02-26": 1.002 });
  });

  it("are refused where nothing in the file shows them, and read where they are said", async () => {
    expect(await refusal(german("1M"))).toBe(
      ':2: numbers must show their decimal mark, but "1.002" beside "998" can have decimals or thousands; say decimal: "." or decimal: ","',
    );
    expect(await prices(german("1M"), { decimal: "," })).toEqual({
      "2021-01-29": 998,
      "2021-02-26": 1002,
    });
    // The fast reading of plain tables asks as well.
    expect(await refusal("Date,X\n2021-03-01,998\n2021-03-02,1.002\n")).toContain("must show");
  });

  it.each([
    ["three decimals beside others", "1.002", "9.98", [1.002, 9.98]],
    ["three decimals below one", "1.002", "0.998", [1.002, 0.998]],
    ["three decimals throughout", "1.002", "1.013", [1.002, 1.013]],
    ["thousands without a mark elsewhere", "1.002", "1998", [1.002, 1998]],
    ["a comma", "11,25", "9,75", [11.25, 9.75]],
    ["points of thousands and a comma", "1.311,25", "998", [1311.25, 998]],
    ["two points", "1.311.250", "998", [1311250, 998]],
  ])("are seen from %s", async (_, cell, next, values) => {
    const text = `Date;X\n2021-03-01;${cell}\n2021-03-02;${next}\n`;
    expect(Object.values(await prices(text))).toEqual(values);
  });
});

describe("symbols below each other", () => {
  const STACKED =
    "date,open,close,Name\n2021-01-29,1,10,AA\n2021-02-26,1,11,AA\n2021-03-31,1,55,BB\n";

  it("are one series each, never joined into one", async () => {
    expect(await refusal(STACKED)).toBe(": holds several symbols (AA, BB); name one with symbol");
    expect(await prices(STACKED, { symbol: "AA" })).toEqual({ "2021-01-29": 10, "2021-02-26": 11 });
    expect(await prices(STACKED, { symbol: "BB", column: "open" })).toEqual({ "2021-03-31": 1 });
    expect(await readWide(file(STACKED))).toMatchObject({ names: ["AA", "BB"] });
  });

  it("are told apart by their symbol rather than by a name that stands before it", async () => {
    const text = "date,Company Name,Ticker,close\n2021-01-29,Alpha,AA,10\n";
    expect((await recogniseFormat(file(text))).symbols).toEqual(["AA"]);
  });

  it.each([
    ["the symbol first", "ticker,date,close\nAA,2021-01-29,10\n"],
    ["a symbol of digits", "code,date,close\n600519,2021-01-29,10\n"],
    ["a Unix time first", "unix,date,symbol,close\n1611878400,2021-01-29,AA,10\n"],
    ["a data frame's index", ",date,symbol,close\n0,2021-01-29,AA,10\n"],
    ["an index that has a name", "Unnamed: 0,date,close\n7,2021-01-29,10\n"],
  ])("have their dates found by name behind %s", async (_, text) => {
    expect(await prices(text)).toEqual({ "2021-01-29": 10 });
  });
});

describe("headers", () => {
  it.each([
    ["yfinance until 2023", ",Adj Close,Adj Close,Close,Close\n,AA,BB,AA,BB\nDate,,,,"],
    [
      "pandas-datareader",
      "Attributes,Adj Close,Adj Close,Close,Close\nSymbols,AA,BB,AA,BB\nDate,,,,",
    ],
    ["tickers called as fields are", "Price,Close,Close\nTicker,LOW,OPEN\nDate,,"],
  ])("of two levels are read: %s", async (_, header) => {
    const symbols = header.split("\n")[1]!.split(",").slice(1);
    const row = symbols.map((_, i) => i + 1).join(",");
    const symbol = symbols.at(-1)!;
    expect(await prices(`${header}\n2021-01-29,${row}\n`, { symbol, column: "Close" })).toEqual({
      "2021-01-29": symbols.length,
    });
  });

  it("of yfinance until 2023 are read by ticker too, of tickers called as columns are", async () => {
    const text = ",TIME,COIN\n,Close,Close\nDate,,\n2021-01-29,1,2\n";
    expect(await prices(text, { symbol: "TIME" })).toEqual({ "2021-01-29": 1 });
    expect(await prices(text, { symbol: "COIN" })).toEqual({ "2021-01-29": 2 });
  });

  it.each([
    [
      "an address",
      "https://www.example.com\nUnix,Date,Symbol,Close\n1611878400000,2021-01-29,AB,10\n",
    ],
    ["a title", "Prices of AB\nDate,Close\n2021-01-29,10\n2021-02-26,11\n"],
    ["a title with a comma", "Kurse, täglich\nDatum;Wert\n29.01.2021;10\n"],
  ])("stand below %s, which is said", async (_, text) => {
    expect((await prices(text))["2021-01-29"]).toBe(10);
    expect((await readPrices(file(text))).notes).toEqual([
      `line 1 is no part of the table and is passed over (${JSON.stringify(text.split("\n")[0])})`,
    ]);
  });

  it("of one series end where a date stands, though its first value is missing", async () => {
    const text = ",ABC.USD\n,Made-up rate\n2021-01-29,\n2021-02-26,1.22\n";
    expect(await prices(text)).toEqual({ "2021-02-26": 1.22 });
  });

  it("of a central bank stand above a description of each series", async () => {
    const text =
      '"";ABC.USD;ABC.USD_FLAGS\n"";Made-up rate;\nDezimalstellen;4;\n2021-01-29;1,21;\n2021-01-30;.;Kein Wert vorhanden\n2021-02-26;1,22;\n';
    expect(await prices(text)).toEqual({ "2021-01-29": 1.21, "2021-02-26": 1.22 });
    expect((await readPrices(file(text))).notes).toHaveLength(3);
  });

  it.each([
    [
      "the European Central Bank's older layout",
      4,
      'Data Source in SDW: null\n,EXR.ABC\n,"Made-up rate, 2:15 pm (C.E.T.)"\nCollection:,Average of observations through period (A)\nPeriod\\Unit:,[US dollar ]\n2021-02-26,1.22\n2021-01-29,1.21\n',
      "EXR.ABC",
    ],
    [
      "the Bank of England's block of series",
      2,
      'SERIES,DESCRIPTION\nABC,"Made-up rate, US$ into Sterling"\n\nDATE,ABC\n29 Jan 2021,1.21\n26 Feb 2021,1.22\n',
      "ABC",
    ],
    [
      "its block of two series",
      3,
      '"SERIES","DESCRIPTION"\n"ABC","Made-up rate"\n"DEF","Another"\n\n"DATE","ABC","DEF"\n"29 Jan 2021",1.21,9\n"26 Feb 2021",1.22,9\n',
      "ABC",
    ],
  ])(
    "stand within %s, of which %i lines are passed over and said",
    async (_, lines, text, column) => {
      expect(await prices(text, { column })).toEqual({ "2021-01-29": 1.21, "2021-02-26": 1.22 });
      const { notes } = await readPrices(file(text), { column });
      expect(notes.filter((note) => /^line \d is no part of the table/.test(note))).toHaveLength(
        lines,
      );
    },
  );

  it("may not be followed by a line of units", async () => {
    expect(await refusal("Date,Close\n,USD\n2021-01-29,10\n")).toBe(
      ":2: has values but no date; correct or delete the row",
    );
  });
});

describe("publishers", () => {
  it.each([
    ["Kraken OHLCVT", "1611878400,9,11,9,10,5,3\n1614297600,10,12,9,11,5,3\n"],
    [
      "Nasdaq.com CSV",
      "Date,Close/Last,Volume,Open\n02/26/2021,$11.00,5,$1.00\n01/29/2021,$10.00,5,$1.00\n",
    ],
    [
      "Investing.com CSV",
      '"Date","Price","Vol.","Change %"\n"Feb 26, 2021","11.00","1K","1.00%"\n"Jan 29, 2021","10.00","1K","1.00%"\n',
    ],
    [
      "table of dates and series",
      '"Datum","Zuletzt","Vol.","+/- %"\n'.replace("+/- %", "Hoch") +
        '"26.02.2021","11,00","1,0K","12,0"\n"29.01.2021","10,00","1,0K","12,0"\n',
    ],
    [
      "Investing.com CSV",
      '"Data","Ultimo","Apertura","Var. %"\n"26.02.2021","11,00","1,00","1,00%"\n"29.01.2021","10,00","1,00","1,00%"\n',
    ],
    [
      "Investing.com CSV",
      '"日付け","終値","変化率 %"\n"2021年2月26日","11.00","1.00%"\n"2021年1月29日","10.00","1.00%"\n',
    ],
    ["FRED graph CSV", "DATE,XUDLUSS\n29 Jan 21,10\n26 Feb 21,11\n"],
    [
      "FRED graph CSV",
      'DATE,TIME PERIOD,"Dollar (EXR.D.USD)"\n2021-01-29,29 Jan 2021,10\n2021-02-26,26 Feb 2021,11\n',
    ],
    [
      "exchange CSV",
      "timestamp,open,high,low,close,volume\n1611878400.0,1,1,1,10,9\n1614297600.0,1,1,1,11,9\n",
    ],
    [
      "table of dates and series",
      "timeOpen;timeClose;name;close;timestamp\n2021-01-29T00:00:00.000Z;2021-01-29T23:59:59.999Z;2781;10;2021-01-29T23:59:59.999Z\n2021-02-26T00:00:00.000Z;2021-02-26T23:59:59.999Z;2781;11;2021-02-26T23:59:59.999Z\n",
    ],
  ])("are read: %s", async (format, text) => {
    const path = file(text);
    expect((await recogniseFormat(path)).format).toBe(format);
    expect(await prices(text)).toEqual({ "2021-01-29": 10, "2021-02-26": 11 });
  });

  it("have bars of one day: Kraken's minutes are refused", async () => {
    expect(await refusal("1611878400,9,11,9,10,5,3\n1611882000,10,12,9,11,5,3\n")).toBe(
      ":1: bars must be of one day, got 60 minutes; take the files of interval 1d",
    );
  });
});

describe("bytes", () => {
  const TEXT = "Datum;Höchst\n29.01.2021;10\n";

  it("are read from gzip and from UTF-16 of either order", async () => {
    const little = Buffer.from(`\uFEFF${TEXT}`, "utf16le");
    for (const bytes of [gzipSync(TEXT), little, Buffer.from(little).swap16()])
      expect(await prices(bytes, { column: "Höchst" })).toEqual({ "2021-01-29": 10 });
  });

  it("of another encoding are refused, and read where it is named", async () => {
    const latin = Buffer.from(TEXT, "latin1");
    expect(await refusal(latin)).toBe(
      ': must be UTF-8 or begin with a byte-order mark, but has other bytes; say its encoding, such as encoding: "latin1" or encoding: "gbk"',
    );
    expect(await prices(latin, { encoding: "latin1", column: "Höchst" })).toEqual({
      "2021-01-29": 10,
    });
    // 日期,收盘 in GBK.
    const chinese = Buffer.concat([
      Buffer.of(0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xca, 0xd5, 0xc5, 0xcc),
      Buffer.from("\n2021-01-29,10\n"),
    ]);
    expect((await readPrices(file(chinese), { encoding: "gbk" })).column).toBe("收盘");
    expect(await refusal(chinese, { encoding: "utf-8" })).toContain("is not utf-8");
    expect(await refusal(chinese, { encoding: "gkb" })).toContain('got "gkb"');
  });
});

describe("missing values", () => {
  it.each(["NA", "N/A", "#N/A", "#N/A N/A", "ND", "nd", "None", "null", "NaN", "<NA>", "-", "."])(
    "are left out and counted where they are marked %s",
    async (mark) => {
      const text = `Date,X\n2021-01-29,1\n2021-02-26,${mark}\n2021-03-31,2\n`;
      expect(await prices(text)).toEqual({ "2021-01-29": 1, "2021-03-31": 2 });
      expect((await readPrices(file(text))).notes).toEqual([
        "1 of 3 rows have no X and are left out",
      ]);
      expect((await readWide(file(text))).values[1]).toBeNaN();
    },
  );

  it("are told from a mark that is not known, whose row is not to be deleted", async () => {
    expect(await refusal("Date,X,Y\n2021-01-29,1,5\n2021-02-26,missing,6\n", { column: "X" })).toBe(
      ':3: X must be a number, got "missing"; correct the cell, or empty it if the value is missing',
    );
  });
});
