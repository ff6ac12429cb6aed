/** The fast reading of plain tables against the slow one that defines what a table holds. */

import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areaBelow, readTextTable } from "../lib/src/data/readers/csv.js";
import { readRows } from "../lib/src/data/readers/price-table.js";
import { readSource } from "../lib/src/data/readers/source.js";
import { typedColumns } from "../lib/src/data/readers/typed-columns.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { RUNS } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
const PATH = join(folder, "table.csv");
const NAMES = ["Date", "A", "B", "C"];

/** Both readings of column B, alone or with all others; the slow one as a message where it refuses. */
async function readings(content: string | Uint8Array, all = false) {
  const source = readSource(write(PATH, content));
  const area = areaBelow(source, 1);
  const found = await typedColumns(source, area, { date: 0, places: all ? [3, 2, 1] : [2] });
  const typed = found && {
    days: found.days,
    values: [found.values[all ? 1 : 0]!],
  };
  let text: { days: Int32Array; values: Float64Array } | string;
  try {
    const table = await readTextTable(source, area);
    text = readRows(table, { area, date: "Date" }, { wanted: [{ name: "B", at: 2 }] })[0]!;
  } catch (error) {
    text = (error as Error).message;
  }
  return { typed, text };
}

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom("1e3", "5.", ".5", "+2", "007", "1E-5", "0"),
);
const missing = fc.constantFrom("", ".", "null", "NaN", "n/a");
const cell = fc.oneof({ arbitrary: number, weight: 9 }, { arbitrary: missing, weight: 1 });

/** Rows of a plain table: ISO dates with small steps, three cells. */
const rows = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 26 }), cell, cell, cell), {
    minLength: 1,
    maxLength: 30,
  })
  .map((steps) => {
    let day = 18_000;
    return steps.map(([step, ...cells]) => {
      day += step;
      return [isoDate(day), ...cells];
    });
  });

const lineEnd = fc.constantFrom("\n", "\r\n");
const written = (table: readonly (readonly string[])[], end: string) =>
  [NAMES, ...table].map((row) => row.join(",")).join(end) + end;

/** What a row can become. */
const ODD = [
  ...["05/06/2021", "6.5.2021", "05-06-2021", "2021/05/06", "2021-5-6", "20210506"],
  ...["Date", "", " ", " 1", "1 ", '"1"', '"1,5"', "1,234.5", "1_000", "0x10", "1e400"],
  ...["inf", "-inf", "nan", "NULL", "N/A", "-", "1 1/2", "٣", "é", "5%", "#", "1\t2"],
];

describe("typedColumns", () => {
  it("leaves steps in which day and month can be swapped to the text reader", async () => {
    const after = (date: string) =>
      readings(`Date,A,B,C\n2021-02-03,1,2,3\n${date},1,2,3\n2021-03-03,1,2,3\n`);
    // 2 March is 3 February, read the other way round.
    expect((await after("2021-03-02")).typed).toBeUndefined();
    expect((await after("2021-03-01")).typed).toBeDefined();
  });

  it("reads every plain table, bit for bit as the text reader does", async () => {
    await fc.assert(
      fc.asyncProperty(rows, lineEnd, fc.boolean(), async (table, end, all) => {
        const { typed, text } = await readings(written(table, end), all);
        expect(typed).toBeDefined();
        const { days, values } = text as {
          days: Int32Array;
          values: Float64Array;
        };
        expect({ days: typed!.days, values: typed!.values[0] }).toEqual({
          days,
          values,
        });
      }),
      RUNS,
    );
  });

  it("knows the whole of the last line, with a line end or without", async () => {
    for (const end of ["", "\n", "\r\n"]) {
      const source = readSource(write(PATH, `A,Date\n4,2021-02-03\n6,2021-02-04${end}`));
      const found = await typedColumns(source, areaBelow(source, 1), { date: 1, places: [0] });
      expect(found?.values).toEqual([Float64Array.of(4, 6)]);
    }
  });

  it("begins where it is told to: at the first line, below several, or nowhere", async () => {
    const rows = "2021-02-03,4\n2021-02-04,6\n";
    const read = (text: string, above: number) =>
      typedColumns(
        readSource(write(PATH, text)),
        { names: ["Date", "A"], above },
        { date: 0, places: [1] },
      );
    expect((await read(rows, 0))?.values).toEqual([Float64Array.of(4, 6)]);
    expect((await read(rows, 1))?.values).toEqual([Float64Array.of(6)]);
    expect((await read(`a title\n\nDate,A\n${rows}`, 3))?.values).toEqual([Float64Array.of(4, 6)]);
    expect((await read(`\nDate,A\n${rows}`, 2))?.values).toEqual([Float64Array.of(4, 6)]);
    expect(await read(rows, 2)).toBeUndefined();
    expect(await read(rows, 3)).toBeUndefined();
  });

  it("leaves other letters than those of English to the text reader", async () => {
    const read = async (word: string) => {
      const rows = `1,2021-02-03,${word},2\n3,2021-02-04,long enough to be counted,4\n`;
      const source = readSource(write(PATH, `A,Date,Word,B\n${rows}`));
      return typedColumns(source, areaBelow(source, 1), { date: 1, places: [0] });
    };
    expect((await read("a longer word: ete"))?.values).toEqual([Float64Array.of(1, 3)]);
    expect(await read("a longer word: été")).toBeUndefined();
  });

  it("counts separators once, wherever the first row begins in a word of memory", async () => {
    for (const name of ["A", "AA", "AAA", "AAAA"])
      for (const cell of ["1", "12", "123"]) {
        const text = `${name},Date,B,C\n${cell},2021-02-03,4,5\n${cell},2021-02-04,6,7\n`;
        const source = readSource(write(PATH, text));
        const found = await typedColumns(source, areaBelow(source, 1), { date: 1, places: [2] });
        expect(found?.values).toEqual([Float64Array.of(4, 6)]);
      }
  });

  it("agrees with the text reader, or leaves the table to it, whatever one cell becomes", async () => {
    const change = fc.record({
      row: fc.nat(),
      column: fc.nat({ max: 3 }),
      odd: fc.constantFrom(...ODD),
    });
    let left = 0;
    await fc.assert(
      fc.asyncProperty(
        rows,
        change,
        lineEnd,
        fc.boolean(),
        async (table, { row, column, odd }, end, all) => {
          const changed = table.map((cells) => [...cells]);
          changed[row % table.length]![column] = odd;
          const { typed, text } = await readings(written(changed, end), all);
          if (!typed) {
            left++;
            return;
          }
          expect(text).toEqual(
            expect.objectContaining({
              days: typed.days,
              values: typed.values[0],
            }),
          );
        },
      ),
      { ...RUNS, numRuns: 400 },
    );
    expect(left).toBeGreaterThan(100);
    expect(left).toBeLessThan(350);
  });

  it.each([
    ["a row with a cell too many", 7, (r: string[]) => [...r, "9"]],
    ["a row with a blank cell too many", 7, (r: string[]) => [...r, ""]],
    ["a row with a cell too few", 7, (r: string[]) => r.slice(0, 3)],
    ["a blank line", 7, () => []],
    ["a day that goes back", 7, ([, ...r]: string[]) => ["2019-04-01", ...r]],
    ["a step of four weeks", 19, ([, ...r]: string[]) => ["2019-06-01", ...r]],
    ["American dates to the end", 19, ([, ...r]: string[]) => ["05/01/2019", ...r]],
  ])("leaves a table with %s to the text reader", async (_, at, change) => {
    const table = Array.from({ length: 20 }, (_, i) => [isoDate(18_000 + i), "1", "2", "3"]);
    const changed = table.map((row, i) => (i === at ? change(row) : row));
    for (const all of [false, true]) {
      expect((await readings(written(table, "\n"), all)).typed).toBeDefined();
      expect((await readings(written(changed, "\n"), all)).typed).toBeUndefined();
    }
  });

  it.each([
    ["in between", ["2021-06-04", "05/06/2021", "2021-06-07"], 3],
    // Polars reads this one by itself, as 5 June.
    ["at the end", ["2021-06-04", "2021-06-05", "06/06/2021"], 4],
  ])("takes no other notation among ISO dates, %s", async (_, dates, line) => {
    const table = dates.map((date) => [date, "1", "2", "3"]);
    const whole = written(table, "\n");
    for (const content of [whole, whole.slice(0, -1)]) {
      const { typed, text } = await readings(content);
      expect(typed).toBeUndefined();
      expect(text).toContain(`:${line}: date must be YYYY-MM-DD`);
    }
  });
});
