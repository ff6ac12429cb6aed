/** Yahoo's chart JSON: days of its exchange, a running bar, and answers without bars. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { recogniseFormat } from "../lib/src/data/readers/recognise.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const DAY = 86_400;
/** Noon of a day in UTC, in seconds. */
const NOON = dayNumber("2021-06-01") * DAY + DAY / 2;

function chart(times: unknown, meta: object = {}, more: object = {}): string {
  const close = Array.isArray(times) ? times.map((_, i) => 10 + i) : [];
  const result = { meta, timestamp: times, indicators: { quote: [{ close }], ...more } };
  return write(
    join(folder, `${written++}.json`),
    JSON.stringify({ chart: { result: [result], error: null } }),
  );
}
const datesOf = async (file: string) => [...(await readPrices(file)).days].map(isoDate);

describe("Yahoo's chart", () => {
  it("dates a bar by the day of its exchange", async () => {
    const at = async (meta: object, seconds = NOON) => (await datesOf(chart([seconds], meta)))[0];
    expect(await at({})).toBe("2021-06-01");
    expect(await at({ gmtoffset: 12 * 3600 - 1 })).toBe("2021-06-01");
    expect(await at({ gmtoffset: 12 * 3600 })).toBe("2021-06-02");
    expect(await at({ gmtoffset: -12 * 3600 })).toBe("2021-06-01");
    expect(await at({ gmtoffset: -12 * 3600 - 1 })).toBe("2021-05-31");
    // The zone counts before the offset.
    expect(await at({ exchangeTimezoneName: "Asia/Tokyo", gmtoffset: 0 }, NOON + 3 * 3600)).toBe(
      "2021-06-02",
    );
    expect(await at({ exchangeTimezoneName: "UTC", gmtoffset: -1 }, NOON - DAY / 2)).toBe(
      "2021-05-31",
    );
  });

  it("refuses an offset that no place on Earth has, and a zone that is none", async () => {
    for (const gmtoffset of [50_400, -50_400])
      expect(await datesOf(chart([NOON], { gmtoffset }))).toHaveLength(1);
    for (const gmtoffset of [50_401, -50_401, "0"])
      await expect(readPrices(chart([NOON], { gmtoffset }))).rejects.toThrow(
        "meta.gmtoffset must be seconds east of Greenwich, got",
      );
    await expect(readPrices(chart([NOON], { exchangeTimezoneName: "Mars" }))).rejects.toThrow(
      'meta.exchangeTimezoneName must be a time zone such as America/New_York, got "Mars"',
    );
  });

  it("leaves out a last bar that is the second of its day", async () => {
    const running = await readPrices(chart([NOON, NOON + DAY, NOON + DAY + 60]));
    expect([...running.values]).toEqual([10, 11]);
    expect(running.notes).toEqual(["the last bar, a second one of its day, is left out"]);
    const whole = await readPrices(chart([NOON, NOON + DAY]));
    expect([[...whole.values], whole.notes]).toEqual([[10, 11], []]);
    expect(await datesOf(chart([NOON]))).toEqual(["2021-06-01"]);
    const both = await readPrices(chart([NOON, NOON + 60]));
    expect([...both.values]).toEqual([10]);
  });

  it.each([undefined, null, [], {}])("has no bars without times: %j", async (times) => {
    await expect(readPrices(chart(times))).rejects.toThrow(
      "has no bars; check symbol and period, and download the file again",
    );
  });

  it("is of days or longer", async () => {
    for (const dataGranularity of ["1d", "5d", "1wk", "1mo"])
      expect(await datesOf(chart([NOON], { dataGranularity }))).toHaveLength(1);
    await expect(readPrices(chart([NOON], { dataGranularity: "1h" }))).rejects.toThrow(
      'bars must be of one day or longer, got "1h"',
    );
  });

  it("has the columns that stand in it, with its symbol", async () => {
    const more = { adjclose: [{ adjclose: [9] }] };
    expect(await recogniseFormat(chart([NOON], { symbol: "X" }, more))).toEqual({
      format: "Yahoo chart JSON",
      columns: ["Close", "Adj Close"],
      symbols: ["X"],
    });
    const { values, clock } = await readPrices(
      chart([NOON], { exchangeTimezoneName: "UTC" }, more),
      { column: "Adj Close" },
    );
    expect([[...values], clock]).toEqual([[9], "24:00 UTC"]);
  });

  it("names the entry of a value that is none", async () => {
    const file = chart([NOON, NOON + DAY], {}, { quote: [{ close: [1, "2"] }] });
    await expect(readPrices(file)).rejects.toThrow('close must hold numbers, got "2" in entry 2');
    const twice = chart([NOON, NOON + 60, NOON + DAY]);
    await expect(readPrices(twice)).rejects.toThrow(
      `${twice}: entry 2: date 2021-06-01 stands already in entry 1; delete one of the two rows`,
    );
  });
});
