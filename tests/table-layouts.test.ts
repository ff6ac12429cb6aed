/** Publishers' tables by their names: which layout each is, and when its prices are taken. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { seriesColumns } from "../lib/src/data/readers/price-table.js";
import { pricePlace, readPrices } from "../lib/src/data/readers/prices.js";
import { recogniseFormat } from "../lib/src/data/readers/recognise.js";
import { dayNumber } from "../lib/src/panel/calendar.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
/** A file of names with a first row and a second. */
const fileOf = (names: string, ...dates: readonly string[]) => {
  const count = names.split(",").length - 1;
  const rows = dates.map((date, row) => [date, ...Array(count).fill(`${row + 1}.25`)].join(","));
  return write(join(folder, `${written++}.csv`), [names, ...rows].join("\n"));
};
const DATES = ["2021-01-04", "2021-01-05"];
const PLAIN = "table of dates and series";

describe("a table's layout", () => {
  it.each([
    ["Date,Open,High,Low,Close", "Stooq CSV"],
    ["Date,Open,High,Low,Close,Volume", "Stooq CSV"],
    ["Date,Open,High,Low,Close,Volume,Extra", PLAIN],
    ["Date,Open,High,Low", PLAIN],
    ["Date,Price", "DataHub CSV"],
    ["Date,Price,Extra", PLAIN],
    ["DATE,SP500", "FRED graph CSV"],
    ["observation_date,SP500", "FRED graph CSV"],
    ["time,PriceUSD", "Coin Metrics CSV"],
    ["time,ReferenceRateUSD,Extra", "Coin Metrics CSV"],
    ["time,PriceEUR", PLAIN],
    ["Time,PriceUSD", PLAIN],
    ["snapped_at,price", "CoinGecko CSV"],
    ["Date,Close,Adj Close", "Yahoo website CSV"],
    ["Date,Close,Dividends,Stock Splits", "yfinance history"],
    ["Date,Close,Dividends", PLAIN],
    ["Date,Price,Change %", "Investing.com CSV"],
    ["Date,Price,+/- %", "Investing.com CSV"],
    ["date,open,high,low,close", "exchange CSV"],
    ["timestamp,open,high,low,close,volume", "exchange CSV"],
    ["day,open,high,low,close", PLAIN],
    ["date,open,high,low", PLAIN],
  ])("of %s is %s", async (names, format) => {
    expect((await recogniseFormat(fileOf(names, ...DATES))).format).toBe(format);
  });

  it("of Nasdaq.com has the month first, whatever the rows show", async () => {
    const file = fileOf("Date,Close/Last", "01/04/2021", "01/05/2021");
    expect((await recogniseFormat(file)).format).toBe("Nasdaq.com CSV");
    expect([...(await readPrices(file)).days]).toEqual(DATES.map(dayNumber));
  });
});

describe("the clock of a price", () => {
  const clockOf = async (names: string, column: string, ...dates: readonly string[]) =>
    (await readPrices(fileOf(names, ...dates), { column })).clock;

  it.each([
    ["CBBTCUSD", "17:00 America/Los_Angeles"],
    ["DTWEXBGS", "12:00 America/New_York"],
    ["DEXUSEU", "12:00 America/New_York"],
    ["SP500", "16:00 America/New_York"],
    ["NASDAQCOM", "16:00 America/New_York"],
    ["SP5000", undefined],
    ["GOLD", undefined],
  ])("is FRED's for %s", async (column, clock) => {
    expect(await clockOf(`DATE,${column}`, column, ...DATES)).toBe(clock);
  });

  it("is the offset behind the date of yfinance's history", async () => {
    const names = "Date,Close,Dividends,Stock Splits";
    const at = (time: string) => DATES.map((date) => `${date}${time}`);
    expect(await clockOf(names, "Close", ...at(" 00:00:00-05:00"))).toBe("UTC-05:00");
    expect(await clockOf(names, "Close", ...at(" 00:00:00+00:00"))).toBe("UTC+00:00");
    expect(await clockOf(names, "Close", ...DATES)).toBeUndefined();
  });

  it("is the end of the UTC day at CoinGecko and Coin Metrics, which date some prices by the next", async () => {
    const first = async (names: string, column: string) => {
      const { days, clock } = await readPrices(fileOf(names, ...DATES), { column });
      expect(clock).toBe("24:00 UTC");
      return days[0]! - dayNumber(DATES[0]!);
    };
    const metrics = "time,PriceUSD,ReferenceRateUSD";
    expect(await first("snapped_at,price,total_volume", "price")).toBe(-1);
    expect(await first(metrics, "PriceUSD")).toBe(0);
    expect(await first(metrics, "ReferenceRateUSD")).toBe(-1);
  });
});

it.each([
  ["plain", "1.25", "2.25", "3.25"],
  ["read as text, for a sign of the dollar", "1.25", "$2.25", "3.25"],
])("a price has its line in the file: %s", async (name, ...prices) => {
  const rows = prices.map((price, i) => `2021-01-0${i + 4},${price}`);
  const names = name === "plain" ? "Date,Close" : "Date,Close/Last";
  const file = write(join(folder, `${written++}.csv`), ["A title", "", names, ...rows].join("\n"));
  const places = await Promise.all(
    [4, 5, 6, 7].map((day) => pricePlace(file, {}, dayNumber(`2021-01-0${day}`))),
  );
  expect(places).toEqual([`${file}:4`, `${file}:5`, `${file}:6`, file]);
});

it("seriesColumns are those with a name, but the dates by name or by place", () => {
  const area = { names: ["Date", "", "A", "B"], above: 1 };
  const [a, b] = [
    { name: "A", at: 2 },
    { name: "B", at: 3 },
  ];
  expect(seriesColumns(area, "Date")).toEqual([a, b]);
  expect(seriesColumns(area, 0)).toEqual([a, b]);
  expect(seriesColumns(area, 2, { clock: "noon" })).toEqual([
    { name: "Date", at: 0, clock: "noon" },
    { ...b, clock: "noon" },
  ]);
});
