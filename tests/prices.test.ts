/** Prices of a small table: their order, missing values, values that no price has, and days that occur twice. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pricePlace, readPrices } from "../lib/src/data/readers/prices.js";
import { dayNumber } from "../lib/src/panel/calendar.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const fileOf = (...values: readonly string[]) =>
  write(
    join(folder, `${written++}.csv`),
    ["Date,Close", ...values.map((value, i) => `2021-02-0${i + 1},${value}`)].join("\n"),
  );
const day = dayNumber("2021-02-01");

describe("readPrices", () => {
  it("has rows in order whatever their order in the file, without those that have no value", async () => {
    const rows = ["2021-02-03,3.5", "2021-02-01,1.5", "2021-02-04,", "2021-02-02,2.5"];
    const file = write(join(folder, "order.csv"), ["Date,Close", ...rows].join("\n"));
    const { days, values, notes } = await readPrices(file);
    expect([...days]).toEqual([day, day + 1, day + 2]);
    expect([...values]).toEqual([1.5, 2.5, 3.5]);
    expect(notes).toEqual(["1 of 4 rows have no Close and are left out"]);
    expect(await pricePlace(file, {}, day + 2)).toBe(`${file}:2`);
    expect(await pricePlace(file, {}, day)).toBe(`${file}:3`);
    expect(await pricePlace(file, {}, day + 9)).toBe(file);
  });

  it("has the decimal mark that another column shows, or that it is told", async () => {
    const named = (name: string, ...rows: string[]) =>
      write(join(folder, name), ["Date;Close;High", ...rows].join("\n"));
    const comma = named("comma.csv", "2021-02-01;1.002;1.002,5", "2021-02-02;2.003;2.003,5");
    expect([...(await readPrices(comma, { column: "Close" })).values]).toEqual([1002, 2003]);
    const point = named("point.csv", "2021-02-01;1.002;1.0025", "2021-02-02;2.003;2.0035");
    expect([...(await readPrices(point, { column: "Close" })).values]).toEqual([1.002, 2.003]);
    const open = named("open.csv", "2021-02-01;1.002;", "2021-02-02;2.003;");
    const read = async (decimal: "." | ",") => [
      ...(await readPrices(open, { column: "Close", decimal })).values,
    ];
    expect([await read("."), await read(",")]).toEqual([
      [1.002, 2.003],
      [1002, 2003],
    ]);
  });

  it("names both rows of a day that occurs twice", async () => {
    const rows = ["2021-02-03,3.5", "2021-02-01,1.5", "2021-02-02,2.5", "2021-02-01,4.5"];
    const file = write(join(folder, "twice.csv"), ["Date,Close", ...rows].join("\n"));
    await expect(readPrices(file)).rejects.toThrow(
      `${file}:5: date 2021-02-01 stands already in line 3; delete one of the two rows`,
    );
    const next = write(join(folder, "next.csv"), "Date,Close\n2021-02-01,1.5\n2021-02-01,2.5\n");
    await expect(readPrices(next)).rejects.toThrow(`${next}:3: date 2021-02-01 stands already`);
  });

  it("has a note of values that are not above zero, up to a quarter of them", async () => {
    const { values, notes } = await readPrices(fileOf("1.5", "0", "2.5", "3.5"));
    expect([...values]).toEqual([1.5, 0, 2.5, 3.5]);
    expect(notes).toEqual([
      "Close is not above 0 in 1 of 4 rows (0 on 2021-02-02): a period that ends on such a price has no return",
    ]);
    const file = fileOf("1.5", "-2.5", "3.5", "");
    await expect(readPrices(file)).rejects.toThrow(
      `${file}:3: Close must be above 0 for a log return, got -2.5 on 2021-02-02 (1 of 3 values are not)`,
    );
    const none = fileOf("", "");
    await expect(readPrices(none)).rejects.toThrow("column Close has no value in 2 rows");
    // A price of the moment of the request alone.
    const running = write(join(folder, "running.json"), '{"prices": [[1622548800001, 5]]}');
    await expect(readPrices(running)).rejects.toThrow("column price has no value in 0 rows");
    expect((await readPrices(fileOf("1.5", "2.5"))).notes).toEqual([]);
    for (const first of ["", "0"])
      expect((await readPrices(fileOf(first, "1", "2", "3"))).notes).toHaveLength(1);
    expect([...(await readPrices(fileOf("2.5"))).values]).toEqual([2.5]);
  });
});
