/** Price tables in CSV: a column of dates, and series beside it. */

import { DataError } from "../../types.js";
import { columnAt, readTextTable, type TableArea, type TextTable } from "./csv.js";
import { type DateOrder, daysOfDates } from "./dates.js";
import type { Observations, PriceColumn, PriceTable, ReadOptions } from "./format.js";
import { cleaner, decimalOf, isMissing, numbersIn, pointsAreDecimals } from "./numbers.js";
import type { Source } from "./source.js";
import { typedColumns } from "./typed-columns.js";

/** What is particular to a publisher's table. */
export interface PriceLayout {
  readonly area: TableArea;
  /** Name or place of the column of dates. */
  readonly date: string | number;
  /** Series by their place; by default every named column but the dates. */
  readonly columns?: readonly PriceColumn[];
  /** Order of day and month that the publisher documents. */
  readonly order?: DateOrder;
  /** Numbers have thousands commas, as the publisher writes them. */
  readonly thousands?: boolean;
}

/** Every named column but the dates. */
export function seriesColumns(
  { names }: TableArea,
  date: string | number,
  more: Omit<PriceColumn, "name" | "at"> = {},
): PriceColumn[] {
  return names.flatMap((name, at) =>
    name === "" || name === date || at === date ? [] : [{ name, at, ...more }],
  );
}

/** A table of prices; nothing of it is read before its columns are asked for. */
export function priceTable(source: Source, layout: PriceLayout, options: ReadOptions): PriceTable {
  const { area, date, columns = seriesColumns(area, date) } = layout;
  return {
    columns,
    read: async (wanted) =>
      (await readFast(source, layout, { ...options, wanted })) ??
      readRows(await readTextTable(source, area), layout, { ...options, wanted }),
  };
}

/** Columns to read, and how. */
interface Wanted extends ReadOptions {
  readonly wanted: readonly PriceColumn[];
}

async function readFast(
  source: Source,
  layout: PriceLayout,
  { decimal, wanted }: Wanted,
): Promise<Observations[] | undefined> {
  const { area } = layout;
  if (decimal === ",") return undefined;
  const places = [...new Set(wanted.map(({ at }) => at))];
  const date =
    typeof layout.date === "number"
      ? layout.date
      : columnAt(`${source.file}:${area.above}`, area.names, layout.date);
  const typed = await typedColumns(source, area, { date, places });
  if (!typed || (decimal === undefined && !pointsAreDecimals(source.head, typed.values)))
    return undefined;
  const values = new Map(places.map((at, i) => [at, typed.values[i]!]));
  return wanted.map((column) => ({
    days: shifted(typed.days, column),
    values: values.get(column.at)!,
    place: (row) => `${source.file}:${area.above + 1 + row}`,
  }));
}

/**
 * The reading that defines what a table holds: cell by cell, each defect with its line.
 *
 * @param options.among rows to read; all by default
 */
export function readRows(
  table: TextTable,
  layout: PriceLayout,
  options: Wanted & { readonly among?: readonly number[] },
): Observations[] {
  const { wanted } = options;
  const dates = table.cells(layout.date);
  const cells = wanted.map(({ at }) => table.cells(at));
  // A spreadsheet's filler: a row without a date and without values.
  const rows = (options.among ?? [...dates.keys()]).filter(
    (row) => dates[row] !== "" || cells.some((column) => !isMissing(column[row]!)),
  );
  checkRows(table, layout, { dates, rows });
  const at = { file: table.file, line: (i: number) => table.line(rows[i]!) };
  const days = daysOfDates(
    at,
    rows.map((row) => dates[row]!),
    { ...options, ...(layout.order ? { order: layout.order } : {}) },
  );
  const clean = cleaner(
    layout.thousands ?? false,
    options.decimal ??
      decimalOf(table, cells, function* () {
        for (const place of table.columns.keys()) yield table.cells(place);
      }),
  );
  return wanted.map((column, k) => {
    const numberOf = numbersIn(at, column.name);
    return {
      days: shifted(days, column),
      values: Float64Array.from(rows, (row, i) => {
        const cell = cells[k]![row]!;
        return isMissing(cell) ? Number.NaN : numberOf(cell, i, clean(cell));
      }),
      place: (i) => `${table.file}:${at.line(i)}`,
    };
  });
}

function checkRows(
  table: TextTable,
  { date, area }: PriceLayout,
  { dates, rows }: { readonly dates: readonly string[]; readonly rows: readonly number[] },
): void {
  const name = typeof date === "number" ? area.names[date] : date;
  for (const row of rows) {
    if (dates[row] === name && name !== "" && area.above > 0)
      throw new DataError(
        `${table.file}:${table.line(row)}: repeats the column names; two files were joined, delete the line`,
      );
    if (dates[row] === "")
      throw new DataError(
        `${table.file}:${table.line(row)}: has values but no date; correct or delete the row`,
      );
  }
}

const shifted = (days: Int32Array, { dayShift = 0 }: PriceColumn): Int32Array =>
  dayShift === 0 ? days : days.map((day) => day + dayShift);
