/** Bars of exchanges without names of columns, and the charts of two publishers: days by hand. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { binanceKlines, krakenBars } from "../lib/src/data/readers/bare-bars.js";
import { coinGeckoChart } from "../lib/src/data/readers/coingecko-chart.js";
import type { PriceFormat } from "../lib/src/data/readers/format.js";
import { readSource } from "../lib/src/data/readers/source.js";
import { yahooChart } from "../lib/src/data/readers/yahoo-chart.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const sourceOf = (text: string) => readSource(write(join(folder, `${written++}`), text));
/** 2021-01-01 is day 18,628. */
const DAY = 18_628;
const MS = 86_400_000;

/** The first column of a name, with days, values and the place of the second row. */
async function readIn(format: PriceFormat, text: string, name: string) {
  const source = sourceOf(text);
  expect(format.recognises(source)).toBe(true);
  const table = await format.open(source, {});
  const column = table.columns.find((own) => own.name === name)!;
  const [found] = await table.read([column]);
  const { days, values, place } = found!;
  return { table, days: [...days], values: [...values], place: place(1), column };
}

describe("binanceKlines", () => {
  const row = (day: number, close: number, length = MS, unit = 1) =>
    [day * MS * unit, 1, 4, 0.5, close, 9, (day * MS + length) * unit - 1, 8, 7, 6, 5, 0].join(",");

  it("are dated by the day on which they open, in milliseconds or microseconds", async () => {
    const { days, values, table } = await readIn(
      binanceKlines,
      `${row(DAY, 2)}\n${row(DAY + 1, 3, MS, 1000)}\n`,
      "close",
    );
    expect([days, values]).toEqual([
      [DAY, DAY + 1],
      [2, 3],
    ]);
    expect(table.columns.map(({ name, clock }) => [name, clock])).toEqual(
      ["open", "high", "low", "close", "volume", "quote_volume"].map((name) => [name, "24:00 UTC"]),
    );
  });

  it("have a header in some files, and one day each", async () => {
    const head = "open_time,open,high,low,close,volume,close_time,quote_volume,count,a,b,ignore";
    const found = await readIn(
      binanceKlines,
      `${head}\n${row(DAY, 2)}\n${row(DAY + 1, 3)}\n`,
      "close",
    );
    expect(found.days).toEqual([DAY, DAY + 1]);
    const hour = sourceOf(`${row(DAY, 2, 3_600_000)}\n`);
    expect(() => binanceKlines.open(hour, {})).toThrow(
      ":1: bars must be of one day, got 60 minutes",
    );
    const below = sourceOf(`${head}\n${row(DAY, 2, 3_600_000)}\n`);
    expect(() => binanceKlines.open(below, {})).toThrow(":2: bars must be of one day, got 60");
  });
});

describe("krakenBars", () => {
  const row = (seconds: number, close: number) => [seconds, 1, 4, 0.5, close, 9, 3].join(",");
  const second = MS / 1000;

  it("are of one day, some of which can be missing", async () => {
    const text = `${row(DAY * second, 2)}\n${row((DAY + 3) * second, 3)}\n`;
    const { days, values } = await readIn(krakenBars, text, "close");
    expect([days, values]).toEqual([
      [DAY, DAY + 3],
      [2, 3],
    ]);
    const hours = sourceOf(`${row(DAY * second, 2)}\n${row(DAY * second + 7200, 3)}\n`);
    expect(() => krakenBars.open(hours, {})).toThrow("must be of one day, got 120 minutes");
    expect((await readIn(krakenBars, `${row(DAY * second, 2)}\n`, "close")).days).toEqual([DAY]);
  });

  it("are no other bare rows", () => {
    expect(krakenBars.recognises(sourceOf("time,open,high,low,close,volume,count\n"))).toBe(false);
    expect(krakenBars.recognises(sourceOf(`${row(DAY * second, 2)},8\n`))).toBe(false);
  });
});

describe("coinGeckoChart", () => {
  const chart = (times: readonly number[]) =>
    JSON.stringify({
      prices: times.map((time, i) => [time, 10 + i]),
      total_volumes: times.map((time, i) => [time, 20 + i]),
    });

  it("is dated by the day that ends at its stamp, without the moment of the request", async () => {
    const times = [DAY, DAY + 1, DAY + 2.5].map((day) => day * MS);
    const { days, values, place, table } = await readIn(coinGeckoChart, chart(times), "price");
    expect([days, values]).toEqual([
      [DAY - 1, DAY],
      [10, 11],
    ]);
    expect(place).toMatch(/prices, entry 2$/);
    expect(table.notes).toEqual([
      "the price of 2021-01-03T12:00:00.000Z, within a day, is left out",
    ]);
    expect(table.columns.map(({ name, at }) => [name, at])).toEqual([
      ["price", 0],
      ["total_volume", 1],
    ]);
    const volume = await readIn(coinGeckoChart, chart(times), "total_volume");
    expect(volume.values).toEqual([20, 21]);
    const whole = await readIn(coinGeckoChart, chart(times.slice(0, 2)), "price");
    expect([whole.values, whole.table.notes]).toEqual([[10, 11], []]);
  });

  it("refuses hours, and no rows", () => {
    const hours = [DAY, DAY + 0.5, DAY + 1].map((day) => day * MS);
    expect(() => coinGeckoChart.open(sourceOf(chart(hours)), {})).toThrow(
      "must be stamped 00:00 UTC, got 2021-01-01T12:00:00.000Z in entry 2",
    );
    expect(() => coinGeckoChart.open(sourceOf(chart([])), {})).toThrow("has no rows");
  });
});

describe("yahooChart", () => {
  const chart = (meta: Record<string, unknown>, times: readonly number[]) =>
    JSON.stringify({
      chart: {
        result: [
          {
            meta: { symbol: "A", ...meta },
            timestamp: times,
            indicators: {
              quote: [{ close: times.map((_, i) => 10 + i) }],
              adjclose: [{ adjclose: times.map((_, i) => 5 + i) }],
            },
          },
        ],
      },
    });
  const HOUR = 3600;
  const at = (day: number, hour: number) => (day * 24 + hour) * HOUR;

  it("is dated by the day of its zone, or by its offset", async () => {
    const open = [at(DAY, 23), at(DAY + 1, 23)];
    const days = async (meta: Record<string, unknown>) =>
      (await readIn(yahooChart, chart(meta, open), "Close")).days;
    expect(await days({})).toEqual([DAY, DAY + 1]);
    expect(await days({ gmtoffset: HOUR })).toEqual([DAY + 1, DAY + 2]);
    expect(await days({ gmtoffset: -23.5 * HOUR + 10 * HOUR })).toEqual([DAY, DAY + 1]);
    expect(await days({ exchangeTimezoneName: "UTC", gmtoffset: 0 })).toEqual([DAY, DAY + 1]);
    const zone = { exchangeTimezoneName: "Europe/Berlin", gmtoffset: 0 };
    expect(await days(zone)).toEqual([DAY + 1, DAY + 2]);
    expect(await days({ gmtoffset: 14 * HOUR })).toEqual([DAY + 1, DAY + 2]);
    for (const gmtoffset of [14 * HOUR + 1, -14 * HOUR - 1, "1"])
      expect(() => yahooChart.open(sourceOf(chart({ gmtoffset }, open)), {})).toThrow(
        "meta.gmtoffset must be seconds east of Greenwich",
      );
  });

  it("leaves out a second bar of the last day", async () => {
    const times = [at(DAY, 14), at(DAY + 1, 14), at(DAY + 1, 20)];
    const running = await readIn(yahooChart, chart({}, times), "Adj Close");
    expect([running.days, running.values]).toEqual([
      [DAY, DAY + 1],
      [5, 6],
    ]);
    expect(running.table.notes).toEqual(["the last bar, a second one of its day, is left out"]);
    expect(running.place).toMatch(/: entry 2$/);
    const whole = await readIn(yahooChart, chart({}, times.slice(0, 2)), "Close");
    expect([whole.values, whole.table.notes]).toEqual([[10, 11], undefined]);
    const single = await readIn(yahooChart, chart({}, times.slice(0, 1)), "Close");
    expect(single.days).toEqual([DAY]);
  });
});
