/** Price tables in CSV, read fast or cell by cell: rows that count, their days, their values and their lines. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { areaBelow, readTextTable } from "../lib/src/data/readers/csv.js";
import {
  type PriceLayout,
  priceTable,
  readRows,
  seriesColumns,
} from "../lib/src/data/readers/price-table.js";
import { readSource } from "../lib/src/data/readers/source.js";
import { dayNumber } from "../lib/src/panel/calendar.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const [MONDAY, TUESDAY] = ["2021-01-04", "2021-01-05"].map(dayNumber) as [number, number];
const A = { name: "A", at: 1 };
const B = { name: "B", at: 2 };

const sourceOf = (...lines: readonly string[]) =>
  readSource(write(join(folder, `${written++}.csv`), lines.join("\n")));

/** Columns of a table of dates, A and B, cell by cell. */
async function slow(
  lines: readonly string[],
  layout: Partial<PriceLayout> = {},
  options: Partial<Parameters<typeof readRows>[2]> = {},
) {
  const source = sourceOf(...lines);
  const area = layout.area ?? areaBelow(source, 1);
  const table = await readTextTable(source, area);
  const rows = readRows(table, { date: "Date", ...layout, area }, { wanted: [A], ...options });
  return rows.map(({ days, values, place }) => ({
    days: [...days],
    values: [...values],
    lines: [...days.keys()].map((row) => place(row).replace(`${source.file}:`, "")),
  }));
}

describe("rows that are read cell by cell", () => {
  it("are those with a date or a value: not a spreadsheet's filler", async () => {
    const lines = ["Date,A,B", "2021-01-04,1,", ",,", ", ,-", "2021-01-05,,2"];
    expect(await slow(lines)).toEqual([
      { days: [MONDAY, TUESDAY], values: [1, NaN], lines: ["2", "5"] },
    ]);
    await expect(slow([...lines, ",3,"])).rejects.toThrow(":6: has values but no date");
    // Of a value that is not asked for, nobody asks.
    expect(await slow([...lines, ",,3"])).toHaveLength(1);
    await expect(slow([...lines, ",,3"], {}, { wanted: [A, B] })).rejects.toThrow(":6: has values");
  });

  it("do not repeat the names, by whatever the dates are called", async () => {
    const joined = ["Date,A,B", "2021-01-04,1,2", "Date,A,B", "2021-01-05,3,4"];
    for (const date of ["Date", 0])
      await expect(slow(joined, { date })).rejects.toThrow(":3: repeats the column names");
    await expect(slow([",A,B", "2021-01-04,1,2", ",3,4"], { date: 0 })).rejects.toThrow(
      ":3: has values but no date",
    );
    const bare = { names: ["Date", "A", "B"], above: 0 };
    await expect(slow(["2021-01-04,1,2", "Date,3,4"], { area: bare })).rejects.toThrow(
      ":2: date must be YYYY-MM-DD",
    );
  });

  it("are some, where some are told", async () => {
    const lines = ["Date,A,B", "2021-01-04,1,2", "2021-01-05,3,4", "2021-01-06,5,6"];
    expect(await slow(lines, {}, { among: [1, 2], wanted: [B, A] })).toMatchObject([
      { days: [TUESDAY, TUESDAY + 1], values: [4, 6], lines: ["3", "4"] },
      { days: [TUESDAY, TUESDAY + 1], values: [3, 5], lines: ["3", "4"] },
    ]);
  });

  it("have days in the order that the publisher documents, shifted by column", async () => {
    const lines = ["Date,A,B", "04/01/2021,1,2", "05/01/2021,3,4"];
    const wanted = [A, { ...B, dayShift: -1 }];
    const found = await slow(lines, { order: "DMY" }, { wanted });
    expect(found.map(({ days }) => days)).toEqual([
      [MONDAY, TUESDAY],
      [MONDAY - 1, TUESDAY - 1],
    ]);
    await expect(slow(lines)).rejects.toThrow(":2: dates must show which number is the month");
  });

  it("have thousands commas where the publisher writes them, and the decimal mark that is told", async () => {
    const lines = ["Date,A,B", '2021-01-04,"1,234.5",x', '2021-01-05,"$2,000",x'];
    expect((await slow(lines, { thousands: true }))[0]!.values).toEqual([1234.5, 2000]);
    await expect(slow(lines)).rejects.toThrow(
      ':2: A must be a number, got "1,234.5"; delete the thousands commas',
    );
    const comma = ["Date,A,B", '2021-01-04,"1.234",x', '2021-01-05,"2,5",x'];
    expect((await slow(comma, {}, { decimal: "," }))[0]!.values).toEqual([1234, 2.5]);
    expect((await slow(comma))[0]!.values).toEqual([1234, 2.5]);
  });
});

describe("a table of prices", () => {
  const read = async (lines: readonly string[], layout: Partial<PriceLayout> = {}) => {
    const source = sourceOf(...lines);
    const area = areaBelow(source, lines.findIndex((line) => line.startsWith("Date")) + 1);
    const table = priceTable(source, { area, date: "Date", ...layout }, {});
    const observed = await table.read(layout.columns ?? table.columns);
    return observed.map(({ days, values, place }) => [
      [...days],
      [...values],
      place(1).replace(`${source.file}:`, ""),
    ]);
  };

  it.each([
    ["fast", "2021-01-05"],
    ["cell by cell", '"2021-01-05"'],
  ])("has every named column but the dates, with its lines: %s", async (_, tuesday) => {
    const lines = ["A title", "Date,A,B", "2021-01-04,1.25,2.5", `${tuesday},3.75,`];
    expect(await read(lines)).toEqual([
      [[MONDAY, TUESDAY], [1.25, 3.75], "4"],
      [[MONDAY, TUESDAY], [2.5, NaN], "4"],
    ]);
    const columns = [{ ...B, dayShift: 1 }, A, B];
    expect(
      (await read(lines, { columns, date: 0 })).map(([days, values]) => [days, values]),
    ).toEqual([
      [
        [MONDAY + 1, TUESDAY + 1],
        [2.5, NaN],
      ],
      [
        [MONDAY, TUESDAY],
        [1.25, 3.75],
      ],
      [
        [MONDAY, TUESDAY],
        [2.5, NaN],
      ],
    ]);
  });

  it("has no column where all are dates or have no name", () => {
    expect(seriesColumns({ names: ["Date", ""], above: 1 }, "Date")).toEqual([]);
  });
});
