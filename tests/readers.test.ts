/** Readers of published prices: every layout gives the same series, however it is written; what is ambiguous is refused with the choices. */

import { join } from "node:path";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readDated } from "../lib/src/data/panel-file.js";
import { type PriceOptions, readPriceSeries, readPrices } from "../lib/src/data/readers/prices.js";
import { recogniseFormat } from "../lib/src/data/readers/recognise.js";
import { readWide } from "../lib/src/data/readers/wide.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import type { DailySeries } from "../lib/src/panel/resample.js";
import { RUNS } from "./support/helpers.js";
import { CHART, chartJson, LAYOUTS, type Layout, MARKET_CHART, PRICES } from "./support/layouts.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) => write(join(folder, `${written++}`), content);

const dated = ({ days, values }: DailySeries) =>
  [...days].map((day, i) => [isoDate(day), values[i]]);

const prices = async (content: string | Uint8Array, options?: PriceOptions) =>
  dated(await readPrices(file(content), options));

const each = Object.entries(LAYOUTS);
const text = (name: string) => LAYOUTS[name]!.text;

const separatorOf = (text: string) => [";", "\t"].find((s) => text.includes(s)) ?? ",";

/** Ways to write the same table: marks, line ends, order of rows and columns, blank lines. */
const writings = ({ text, header, fixed, places }: Layout) => {
  const lines = text.split("\n");
  const separator = separatorOf(text);
  // Cells may hold commas between quotation marks.
  const cells = lines.map((line) =>
    line.includes('"') ? line.match(/"[^"]*"/g)! : line.split(separator),
  );
  const others = cells
    .at(-1)!
    .map((_, i) => i)
    .slice(1);
  const rows = cells.slice(header);
  const all = (length: number) => ({ minLength: length, maxLength: length });
  return fc
    .record({
      mark: fc.constantFrom("", "\uFEFF"),
      lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
      fileEnd: fc.constantFrom("", "\n", "\n\n\n"),
      rows: fc.shuffledSubarray(rows, all(rows.length)),
      columns: places ? fc.constant(others) : fc.shuffledSubarray(others, all(others.length)),
      utf16: fc.boolean(),
    })
    .map((way) => {
      const table = [...cells.slice(fixed, header), ...way.rows].map((row) =>
        [0, ...way.columns].map((i) => row[i]).join(separator),
      );
      const body = `${[...lines.slice(0, fixed), ...table].join("\n")}${way.fileEnd}`;
      const written = body.replaceAll("\n", way.lineEnd);
      return way.utf16
        ? Buffer.from(`\uFEFF${written}`, "utf16le")
        : Buffer.from(way.mark + written);
    });
};

describe("readPrices", () => {
  it.each(each)("reads the prices of %s", async (_, { text, options }) => {
    expect(await prices(`${text}\n`, options)).toEqual(PRICES);
  });

  it.each(each)(
    "gives one series for %s, whatever the encoding, line ends, order of rows and columns, blank lines and final newline",
    async (_, layout) => {
      await fc.assert(
        fc.asyncProperty(writings(layout), async (bytes) => {
          expect(await prices(bytes, layout.options)).toEqual(PRICES);
        }),
        { ...RUNS, numRuns: 25 },
      );
    },
  );

  it.each(each)(
    "gives the same past of %s when the future is cut",
    async (name, { text, header, options }) => {
      const lines = text.split("\n");
      const rows = lines.slice(header);
      for (let kept = 1; kept <= rows.length; kept++) {
        const path = file([...lines.slice(0, header), ...rows.slice(0, kept), ""].join("\n"));
        const series = await readPrices(path, {
          dates: /day first|decimal commas/.test(name) ? "DMY" : "MDY",
          ...options,
        }).catch((error: Error) => {
          // Nothing but other symbols and rows without a price may be left.
          expect(error.message).toMatch(/has no value|no symbol/);
        });
        const days = series ? dated(series) : [];
        const newestFirst = rows[0]!.startsWith('"03');
        expect(days).toEqual(
          newestFirst ? PRICES.slice(PRICES.length - days.length) : PRICES.slice(0, days.length),
        );
      }
    },
  );

  it.each(each)(
    "allows blanks around the cells and names of %s",
    async (_, { text, options, header, fixed }) => {
      const separator = separatorOf(text);
      const lines = text.split("\n");
      const padded = lines.map((line, i) =>
        i < fixed || line.includes('"')
          ? line
          : ` ${line} `.replaceAll(separator, ` ${separator}  `),
      );
      expect(header).toBeLessThan(lines.length);
      expect(await prices(padded.join("\n"), options)).toEqual(PRICES);
    },
  );

  it.each(each)("reads %s out of a zip", async (_, { text, options }) => {
    const zip = zipSync({ "ANY.CSV": Buffer.from(text) });
    expect(await prices(zip, options)).toEqual(PRICES);
  });

  it.each(each.filter(([, { text }]) => !text.includes('"')))(
    "reads quoted cells in %s",
    async (_, { text, options, fixed }) => {
      const quoted = text
        .split("\n")
        .map((line, i) => (i < fixed ? line : line.replace(/[^,;\t\n]+/g, '"$&"')));
      expect(await prices(quoted.join("\n"), options)).toEqual(PRICES);
    },
  );

  it("reads Yahoo's chart JSON, null for a missing value, dated by the exchange's day", async () => {
    const path = file(chartJson(CHART));
    expect(dated(await readPrices(path, { column: "Close" }))).toEqual(PRICES);
    expect(dated(await readPrices(path, { column: "Adj Close" }))).toEqual([
      ["2021-02-26", 8.4],
      ["2021-03-01", 9],
      ["2021-03-03", 7.8],
    ]);
  });

  it("reads JSON over several lines", async () => {
    const pretty = JSON.stringify(JSON.parse(chartJson(CHART)), null, 2);
    expect(await prices(pretty, { column: "Close" })).toEqual(PRICES);
  });

  it("takes the close of chart JSON that has no adjusted one", async () => {
    const { adjclose, ...parts } = CHART;
    expect(adjclose).toBeDefined();
    expect(await prices(chartJson(parts))).toEqual(PRICES);
  });

  it("dates a bar that begins at midnight by its exchange's day in summer and winter", async () => {
    // London: 23:00 UTC of the day before in July, 00:00 UTC in January.
    const times = ["2021-06-30T23:00Z", "2021-07-01T23:00Z", "2022-01-05T00:00Z"];
    const days = async (zone: object) =>
      (
        await prices(
          chartJson({
            meta: { gmtoffset: 0, ...zone },
            timestamp: times.map((t) => Date.parse(t) / 1000),
            quote: { close: [1, 2, 3] },
          }),
        )
      ).map(([day]) => day);
    expect(await days({ exchangeTimezoneName: "Europe/London" })).toEqual([
      "2021-07-01",
      "2021-07-02",
      "2022-01-05",
    ]);
    // Without a zone there is only the offset.
    expect(await days({ gmtoffset: 3600 })).toEqual(["2021-07-01", "2021-07-02", "2022-01-05"]);
    await expect(days({ exchangeTimezoneName: "No/Where" })).rejects.toThrow(
      'meta.exchangeTimezoneName must be a time zone such as America/New_York, got "No/Where"',
    );
  });

  it("leaves out the running price of chart JSON, a second bar of its day, and says so", async () => {
    const series = await readPrices(
      file(
        chartJson({
          ...CHART,
          timestamp: [...CHART.timestamp, 1614799800],
          quote: { close: [10.5, 11.25, null, 9.75, 9.9] },
          adjclose: [8.4, 9, null, 7.8, 7.9],
        }),
      ),
      { column: "Close" },
    );
    expect(dated(series)).toEqual(PRICES);
    expect(series.notes).toEqual([
      "the last bar, a second one of its day, is left out",
      "1 of 4 rows have no Close and are left out",
    ]);
    // On the first day there is no bar of another one before them.
    const first = chartJson({
      ...CHART,
      timestamp: [CHART.timestamp[0]!, CHART.timestamp[0]! + 60],
      quote: { close: [10.5, 10.6] },
      adjclose: [8.4, 8.5],
    });
    expect((await readPrices(file(first), { column: "Close" })).values).toEqual(
      Float64Array.of(10.5),
    );
  });

  it("reads CoinGecko's API, and leaves out the price of the moment, and says so", async () => {
    const series = await readPrices(file(JSON.stringify(MARKET_CHART)));
    expect(dated(series)).toEqual(PRICES);
    expect(series.notes).toEqual([
      "the price of 2021-03-04T12:03:04.123Z, within a day, is left out",
      "1 of 4 rows have no price and are left out",
    ]);
    expect(series.clock).toBe("24:00 UTC");
  });

  it("dates CoinGecko's price of 00:00 UTC, Coin Metrics' PriceUSD and a Binance close of one instant by one day", async () => {
    const instant = Date.parse("2021-03-02T00:00Z");
    const sources: readonly string[] = [
      "snapped_at,price,market_cap,total_volume\n2021-03-02 00:00:00 UTC,5,1,1\n",
      JSON.stringify({ prices: [[instant, 5]] }),
      "time,PriceUSD\n2021-03-01,5\n",
      "time,ReferenceRateUSD\n2021-03-02,5\n",
      `${instant - 86_400_000},1,1,1,5,1,${instant - 1},1,1,1,1,0\n`,
    ];
    for (const source of sources) {
      const series = await readPrices(file(source));
      expect(dated(series)).toEqual([["2021-03-01", 5]]);
      expect(series.clock).toBe("24:00 UTC");
    }
  });

  it("takes PriceUSD where Coin Metrics has a reference rate too, and dates both by the day that ends", async () => {
    const path = file(text("Coin Metrics"));
    const [price, rate] = await readPriceSeries(path, [{}, { column: "ReferenceRateUSD" }]);
    expect(price!.column).toBe("PriceUSD");
    // The rate of 2 March is the price of 1 March.
    expect(dated(rate!)).toEqual([
      ["2021-02-25", 10.1],
      ["2021-02-28", 10.5],
      ["2021-03-01", 11.25],
    ]);
  });

  it("tells milliseconds from microseconds in every row", async () => {
    const [first, ...others] = text("Binance klines in milliseconds").split("\n");
    const micro = others.map((row) => row.replace(/\d{13}/g, "$&000"));
    expect(await prices([first, ...micro].join("\n"))).toEqual(PRICES);
  });

  it("takes the date as written, not converted to UTC", async () => {
    expect(await prices("Date,Open,Close\n2021-03-01 00:00:00+09:00,1,2\n")).toEqual([
      ["2021-03-01", 2],
    ]);
  });

  it("finds a column by its name, not by its place", async () => {
    expect(await prices(text("Yahoo's former website"), { column: "Adj Close" })).toEqual([
      ["2021-02-26", 8.4],
      ["2021-03-01", 9],
      ["2021-03-03", 7.8],
    ]);
  });

  it("reads any column of any symbol where several stand side by side", async () => {
    const path = file(text("yfinance download of several symbols"));
    expect(dated(await readPrices(path, { symbol: "^CD", column: "Volume" }))).toEqual([
      ["2021-02-26", 1],
      ["2021-03-01", 2],
      ["2021-03-02", 3],
    ]);
  });

  it("reads thousands commas where Investing.com writes them", async () => {
    const path = file(text("Investing.com"));
    expect(dated(await readPrices(path, { column: "High" }))[0]).toEqual(["2021-02-26", 1100.95]);
  });

  it("reads 01/03/2021 by the row that decides, and by what one says where none does", async () => {
    const rows = (last: string) => `Date,X\n01/03/2021,1\n03/03/2021,2\n${last},3\n`;
    expect((await prices(rows("25/03/2021")))[0]).toEqual(["2021-03-01", 1]);
    expect((await prices(rows("03/25/2021")))[0]).toEqual(["2021-01-03", 1]);
    expect((await prices(rows("05/03/2021"), { dates: "DMY" })).map(([d]) => d)).toEqual([
      "2021-03-01",
      "2021-03-03",
      "2021-03-05",
    ]);
    expect((await prices(rows("05/03/2021"), { dates: "MDY" })).map(([d]) => d)).toEqual([
      "2021-01-03",
      "2021-03-03",
      "2021-05-03",
    ]);
  });

  it("needs no choice for dates whose day is their month", async () => {
    expect(await prices("Date,X\n1/1/2021,1\n2/2/2021,2\n")).toEqual([
      ["2021-01-01", 1],
      ["2021-02-02", 2],
    ]);
  });

  it.each([
    ["2021/03/01", "2021-03-01"],
    ["2021.3.1", "2021-03-01"],
    ["20210301", "2021-03-01"],
    ["2021-03", "2021-03-31"],
    ["1833-01", "1833-01-31"],
    ["2021-03-01T05:00:00Z", "2021-03-01"],
    ["25.03.2021", "2021-03-25"],
    ["3/25/69", "1969-03-25"],
    ["3/25/29", "2029-03-25"],
    ["Mar 02, 2021", "2021-03-02"],
    ["March 2, 2021", "2021-03-02"],
    ["29-Jan-2021", "2021-01-29"],
    ["29 Jan 21", "2021-01-29"],
    ["29JAN2021", "2021-01-29"],
    ["Mar 2021", "2021-03-31"],
    ["2021年1月29日", "2021-01-29"],
    ["1/29/2021 16:00:00", "2021-01-29"],
    ["1614297600", "2021-02-26"],
    ["1614297600.0", "2021-02-26"],
    ["1614297600000", "2021-02-26"],
    ["1614297600000000", "2021-02-26"],
    ["1614297600000000000", "2021-02-26"],
  ])("reads the date %s as %s", async (written, iso) => {
    expect(await prices(`Date,X\n"${written}",1\n`)).toEqual([[iso, 1]]);
  });

  it("counts what a publisher calls missing as missing", async () => {
    const marks = ["", ".", "null", "NULL", "NaN", "nan", "n/a", "N/A"];
    const rows = marks.map((mark, i) => `2021-03-0${i + 1},${mark}`);
    expect(await prices(`DATE,X\n${rows.join("\n")}\n2021-03-09,5\n`)).toEqual([["2021-03-09", 5]]);
  });

  it("skips the filler rows of a spreadsheet", async () => {
    const filled = `${text("Stooq").replace("\n2021-03-01", "\n,,,,,\n2021-03-01")}\n,,,,,\n`;
    expect(await prices(filled)).toEqual(PRICES);
  });

  it("takes a file for its text even if that ends like a path", async () => {
    expect(
      await prices("DATE,XYZ,NOTE\n2021-03-01,11.25,from old.csv", {
        column: "XYZ",
      }),
    ).toEqual([["2021-03-01", 11.25]]);
  });

  it("keeps format, column, symbol and clock beside the prices", async () => {
    const read = async (name: string) => {
      const { days, values, ...rest } = await readPrices(file(text(name)), LAYOUTS[name]!.options);
      return rest;
    };
    expect(await read("yfinance download")).toEqual({
      format: "yfinance download",
      column: "Close",
      symbol: "A-B",
      notes: [],
    });
    expect(await read("charting export")).toMatchObject({ symbol: "ZZZ" });
    expect(await read("yfinance history")).toMatchObject({
      clock: "UTC+09:00",
    });
    expect(await read("CoinGecko")).toMatchObject({ clock: "24:00 UTC" });
    const chart = await readPrices(file(chartJson(CHART)), {
      column: "Close",
    });
    expect(chart).toMatchObject({ symbol: "A-B", clock: "America/New_York" });
    const fred = await readPrices(file("DATE,CBBTCUSD\n2021-03-01,5\n"));
    expect(fred.clock).toBe("17:00 America/Los_Angeles");
  });

  it("gives the exact double of every decimal that JavaScript gives", async () => {
    const decimals = fc.array(fc.double({ min: 1e-8, max: 1e12, noNaN: true }), {
      minLength: 1,
      maxLength: 50,
    });
    await fc.assert(
      fc.asyncProperty(decimals, async (values) => {
        const rows = values.map((v, i) => `${isoDate(18_000 + i)},${v}`);
        expect((await prices(`Date,X\n${rows.join("\n")}\n`)).map(([, v]) => v)).toEqual(values);
      }),
      RUNS,
    );
  });
});

describe("readPriceSeries", () => {
  it("reads several columns of one file, in the order asked for, each as readPrices does", async () => {
    for (const name of ["Yahoo's former website", "Investing.com", "charting export"]) {
      const path = file(text(name));
      const columns =
        name === "Investing.com" ? ["High", "Price"] : ["High", "Close", "Open", "High"];
      const together = await readPriceSeries(
        path,
        columns.map((column) => ({ column })),
      );
      for (const [i, column] of columns.entries())
        expect(together[i]).toEqual(await readPrices(path, { column }));
    }
  });
});

describe("recogniseFormat", () => {
  it.each(each)("knows %s from its content", async (_, { text, format }) => {
    expect((await recogniseFormat(file(text))).format).toBe(format);
  });

  it("knows JSON", async () => {
    const format = async (json: string) => (await recogniseFormat(file(json))).format;
    expect(await format(chartJson(CHART))).toBe("Yahoo chart JSON");
    expect(await format(JSON.stringify(MARKET_CHART))).toBe("CoinGecko JSON");
  });

  it("lists columns and symbols to choose from, each once", async () => {
    expect(await recogniseFormat(file(text("yfinance download of several symbols")))).toEqual({
      format: "yfinance download",
      columns: ["Close", "Volume"],
      symbols: ["^CD", "A-B"],
    });
    expect(await recogniseFormat(file(text("a wide panel")))).toEqual({
      format: "table of dates and series",
      columns: ["^CD", "A-B", "E"],
      symbols: [],
    });
  });
});

describe("readWide", () => {
  it("reads every series of a wide panel, any number, NaN for an empty cell", async () => {
    expect(await readWide(file(text("a wide panel")))).toEqual({
      dates: ["2021-02-26", "2021-03-01", "2021-03-02", "2021-03-03"],
      names: ["^CD", "A-B", "E"],
      values: Float64Array.of(
        ...[300, 10.5, -1],
        ...[310, 11.25, 0],
        ...[320, NaN, 0.002],
        ...[NaN, 9.75, NaN],
      ),
    });
  });

  it("reads some series, in the order asked for", async () => {
    const wide = await readWide(file(text("a wide panel")), {
      series: ["E", "^CD"],
    });
    expect(wide.names).toEqual(["E", "^CD"]);
    expect([...wide.values.subarray(0, 4)]).toEqual([-1, 300, 0, 310]);
  });

  it("orders rows by date", async () => {
    const [names, ...rows] = text("a wide panel").split("\n");
    const shuffled = file([names, ...rows.reverse()].join("\n"));
    expect(await readWide(shuffled)).toEqual(await readWide(file(text("a wide panel"))));
  });

  it("has one column per symbol of a file with several, on the union of their days", async () => {
    expect(await readWide(file(text("Stooq's bulk text")))).toEqual({
      dates: ["2021-02-26", "2021-03-01", "2021-03-02", "2021-03-03"],
      names: ["AB.US", "CD.US"],
      values: Float64Array.of(10.5, 1, 11.25, NaN, NaN, 2, 9.75, NaN),
    });
    const volumes = await readWide(file(text("yfinance download of several symbols")), {
      column: "Volume",
    });
    expect(volumes.names).toEqual(["^CD", "A-B"]);
    expect([...volumes.values]).toEqual([1, 100, 2, 120, 3, NaN, NaN, 90]);
  });

  it("reads the series of FRED side by side", async () => {
    const wide = await readWide(file(text("FRED graph of today with two series")));
    expect(wide.names).toEqual(["XYZ", "OTHER"]);
    expect([...wide.values]).toEqual([10.5, 3, 11.25, NaN, NaN, 3.5, 9.75, 4]);
  });

  it("reads what the project itself writes", async () => {
    const path = file("date,A,B\n2021-01-31,0.1,\n2021-02-28,-0.2,3e-7\n");
    expect(await readWide(path)).toEqual(await readDated(path));
  });
});
