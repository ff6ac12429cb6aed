/** CoinGecko's market chart: days that end at midnight, the pair of the moment, and lists that do not fit. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { coinGeckoChart } from "../lib/src/data/readers/coingecko-chart.js";
import { readSource } from "../lib/src/data/readers/source.js";
import { dayNumber } from "../lib/src/panel/calendar.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const sourceOf = (json: unknown) =>
  readSource(write(join(folder, `${written++}.json`), JSON.stringify(json)));
const FIRST = dayNumber("2021-06-01");
const midnight = (day: number) => 86_400_000 * (FIRST + day);

/** Columns by name of a chart; its notes. */
async function read(json: object) {
  const source = sourceOf(json);
  const { columns, notes = [], read } = await coinGeckoChart.open(source, {});
  const found = await read(columns);
  return {
    notes,
    columns: columns.map(({ name, at, clock }) => [name, at, clock]),
    days: found.map(({ days }) => [...days]),
    values: found.map(({ values }) => [...values]),
    second: found[0]!.place(1).replace(source.file, "FILE"),
  };
}

describe("CoinGecko's chart", () => {
  it("is known by its list of prices", () => {
    const known = [{ prices: [] }, { prices: 1 }, [], { market_caps: [] }].map((json) =>
      coinGeckoChart.recognises(sourceOf(json)),
    );
    expect(known).toEqual([true, false, false, false]);
  });

  it("dates a price by the day that ends there", async () => {
    const prices = [0, 1, 2].map((day) => [midnight(day), 10 + day]);
    const total_volumes = [0, 1, 2].map((day) => [midnight(day), day === 1 ? null : 100]);
    expect(await read({ prices, total_volumes })).toEqual({
      notes: [],
      columns: [
        ["price", 0, "24:00 UTC"],
        ["total_volume", 1, "24:00 UTC"],
      ],
      days: Array(2).fill([FIRST - 1, FIRST, FIRST + 1]),
      values: [
        [10, 11, 12],
        [100, NaN, 100],
      ],
      second: "FILE: prices, entry 2",
    });
  });

  it("leaves out the pair of the moment of the request, and says so", async () => {
    const prices = [
      [midnight(0), 10],
      [midnight(1), 11],
      [midnight(1) + 1, 12],
    ];
    const { notes, days, values } = await read({ prices });
    expect([days, values]).toEqual([[[FIRST - 1, FIRST]], [[10, 11]]]);
    expect(notes).toEqual(["the price of 2021-06-02T00:00:00.001Z, within a day, is left out"]);
  });

  it("refuses hours, the first and any other, and lists of nothing", async () => {
    const hours = (...times: number[]) => read({ prices: times.map((time) => [time, 1]) });
    await expect(hours(midnight(0) + 3_600_000, midnight(1))).rejects.toThrow(
      "prices must be stamped 00:00 UTC, got 2021-06-01T01:00:00.000Z in entry 1",
    );
    await expect(hours(midnight(0), midnight(0) + 1, midnight(1))).rejects.toThrow("in entry 2;");
    await expect(hours()).rejects.toThrow("prices has no rows; check the coin and the period");
  });

  it("refuses times that are none, by their entry", async () => {
    await expect(
      read({
        prices: [
          [midnight(0), 1],
          [null, 2],
        ],
      }),
    ).rejects.toThrow(
      "prices must hold a time in every entry, Unix milliseconds, got null in entry 2",
    );
  });
});
