/** Lines of estimators with one column for each value of another key. */

import type { Column, Table } from "./table.js";

interface Estimated {
  readonly estimator: string;
  readonly update: string;
}

/** What stands in the columns of a pivot. */
export interface PivotOptions<Row> {
  /** The value that heads a row's column. */
  readonly across: (row: Row) => string;
  readonly cell: (row: Row) => number;
  /** Head for readers; the value itself by default. */
  readonly head?: (across: string) => string;
  readonly decimals: number;
}

/**
 * One line per estimator and update in the order of their first rows, one column per value of `across`; NaN where there is
 * no row.
 */
export function pivotOf<Row extends Estimated>(
  rows: readonly Row[],
  { across, cell, head = (name) => name, decimals }: PivotOptions<Row>,
): Pick<Table, "columns" | "rows"> {
  const names = [...new Set(rows.map(across))];
  const lines: { first: Row; cells: Map<string, number> }[] = [];
  for (const row of rows) {
    let line = lines.find(
      ({ first }) => first.estimator === row.estimator && first.update === row.update,
    );
    if (!line) {
      line = { first: row, cells: new Map() };
      lines.push(line);
    }
    line.cells.set(across(row), cell(row));
  }
  const columns: Column[] = names.map((name) => ({ key: name, head: head(name), decimals }));
  return {
    columns: [
      { key: "estimator", head: "Estimator" },
      { key: "update", head: "Update" },
      ...columns,
    ],
    rows: lines.map(({ first, cells }) => [
      first.estimator,
      first.update,
      ...names.map((name) => cells.get(name) ?? Number.NaN),
    ]),
  };
}
