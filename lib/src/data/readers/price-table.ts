/** Price tables in CSV: a column of dates, and series beside it. */

import { DataError } from "../../types.js";
import {
  columnAt,
  isMissing,
  numberOf,
  readTextTable,
  type TableArea,
  type TextTable,
} from "./csv.js";
import { type DateOrder, daysOfDates } from "./dates.js";
import type { Observations, PriceColumn, PriceTable, ReadOptions } from "./format.js";
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
  /** Day of a date cell that is no calendar date; NaN if it is none. */
  readonly dayOf?: (cell: string) => number;
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
      (await readFast(source, layout, options, wanted)) ??
      readRows(await readTextTable(source, area), layout, options, wanted),
  };
}

async function readFast(
  source: Source,
  layout: PriceLayout,
  { decimal }: ReadOptions,
  wanted: readonly PriceColumn[],
): Promise<Observations[] | undefined> {
  const { area, dayOf, thousands } = layout;
  if (dayOf || thousands || decimal === ",") return undefined;
  const places = [...new Set(wanted.map(({ at }) => at))];
  const date =
    typeof layout.date === "number"
      ? layout.date
      : columnAt(source.file, area.above, area.names, layout.date);
  const typed = await typedColumns(source, area, date, places);
  if (!typed) return undefined;
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
 * @param keep rows to read; all by default
 */
export function readRows(
  table: TextTable,
  layout: PriceLayout,
  options: ReadOptions,
  wanted: readonly PriceColumn[],
  keep: (row: number) => boolean = () => true,
): Observations[] {
  const dates = table.cells(layout.date);
  const cells = wanted.map(({ at }) => table.cells(at));
  // A spreadsheet's filler: a row without a date and without values.
  const rows = [...dates.keys()].filter(
    (row) => keep(row) && (dates[row] !== "" || cells.some((column) => !isMissing(column[row]!))),
  );
  checkRows(table, layout, dates, rows);
  const at = { file: table.file, line: (i: number) => table.line(rows[i]!) };
  const kept = rows.map((row) => dates[row]!);
  const days = layout.dayOf
    ? Float64Array.from(kept, (cell, i) => {
        const day = layout.dayOf!(cell);
        if (Number.isNaN(day)) throw noDate(at, i, cell);
        return day;
      })
    : daysOfDates(at, kept, options.dates ?? layout.order);
  const clean = cleaner(layout.thousands ?? false, options.decimal ?? ".");
  return wanted.map((column, k) => ({
    days: shifted(Int32Array.from(days), column),
    values: Float64Array.from(rows, (row, i) => {
      const cell = cells[k]![row]!;
      return isMissing(cell) ? Number.NaN : numberOf(at, column.name, i, cell, clean(cell));
    }),
    place: (i) => `${table.file}:${at.line(i)}`,
  }));
}

function checkRows(
  table: TextTable,
  { date, area }: PriceLayout,
  dates: readonly string[],
  rows: readonly number[],
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

const noDate = (
  { file, line }: Pick<TextTable, "file" | "line">,
  row: number,
  cell: string,
): DataError =>
  new DataError(
    `${file}:${line(row)}: date must be a Unix time of 10, 13 or 16 digits, got ${JSON.stringify(cell)}; correct or delete the row`,
  );

/** A cell without its thousands marks, and with a decimal point; "" if it is not so written. */
function cleaner(thousands: boolean, decimal: "." | ","): (cell: string) => string {
  if (decimal === ",")
    return (cell) =>
      /^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(cell)
        ? cell.replaceAll(".", "").replace(",", ".")
        : "";
  if (thousands)
    return (cell) =>
      /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(cell) ? cell.replaceAll(",", "") : cell;
  return (cell) => cell;
}

const shifted = (days: Int32Array, { dayShift = 0 }: PriceColumn): Int32Array =>
  dayShift === 0 ? days : days.map((day) => day + dayShift);
