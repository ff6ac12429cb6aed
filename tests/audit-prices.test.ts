/** Which prices are audited: those of days, within a range, with the line of each fault. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditPrices } from "../lib/src/data/audit/prices.js";
import { pricePlace, readPrices } from "../lib/src/data/readers/prices.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
const first = dayNumber("2021-01-01");
/** Forty prices some days apart, near 100; those of some rows are zero. */
const fileOf = (step: number, ...zeros: readonly number[]) => {
  const rows = Array.from(
    { length: 40 },
    (_, i) => `${isoDate(first + step * i)},${zeros.includes(i) ? 0 : 100 + (i % 3)}`,
  );
  const name = `${step} ${zeros.join(" ")}.csv`;
  return write(join(folder, name), `Date,Close\n${rows.join("\n")}\n`);
};
const zerosIn = async (file: string, range?: { from: number; through: number }) =>
  (await auditPrices([{ name: "A", file, column: "Close" }], "monthly", range)).findings
    .filter(({ check }) => check === "non-positive")
    .map(({ date, place }) => [date, place]);

describe("auditPrices", () => {
  it.each([1, 2, 3, 4])("looks at prices that are %d days apart", async (step) => {
    const file = fileOf(step, 20);
    expect(await zerosIn(file)).toEqual([[isoDate(first + 20 * step), `${file}:22`]]);
  });

  it.each([5, 7])(
    "leaves prices that are %d days apart to the audit of the panel",
    async (step) => {
      expect(await zerosIn(fileOf(step, 20))).toEqual([]);
    },
  );

  it("keeps to its range, both days included", async () => {
    const file = fileOf(1, 9, 10, 30, 31);
    const range = { from: first + 10, through: first + 30 };
    expect((await zerosIn(file, range)).map(([date]) => date)).toEqual(
      [10, 30].map((i) => isoDate(first + i)),
    );
    expect(await zerosIn(file)).toHaveLength(4);
  });

  it("places a finding at the last price on or before its date", async () => {
    const file = fileOf(3);
    const { placeOf } = await auditPrices([{ name: "A", file, column: "Close" }], "monthly");
    expect(await placeOf("A", isoDate(first + 6))).toBe(`${file}:4`);
    expect(await placeOf("A", isoDate(first + 8))).toBe(`${file}:4`);
    expect(await placeOf("A", isoDate(first - 1))).toBe(file);
    expect(await placeOf("A", null)).toBe(file);
    expect(await placeOf("B", isoDate(first))).toBeUndefined();
  });
});

it("pricePlace is the line of a day in a table whose rows are in order", async () => {
  const file = fileOf(1);
  expect(await pricePlace(file, {}, first)).toBe(`${file}:2`);
  expect(await pricePlace(file, {}, first + 39)).toBe(`${file}:41`);
});

it("a price at midnight is dated by the day that ends there", async () => {
  const rows = ["2021-01-02 00:00:00 UTC,10,1", "2021-01-03 00:00:00 UTC,11,1"];
  const file = write(
    join(folder, "gecko.csv"),
    `snapped_at,price,market_cap\n${rows.join("\n")}\n`,
  );
  const { days } = await readPrices(file, { column: "price" });
  expect([...days]).toEqual([first, first + 1]);
});
