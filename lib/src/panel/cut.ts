/** Dates of a panel without all others. */

import type { DateRange, Panel } from "../types.js";
import { inRange } from "./calendar.js";

/**
 * The panel through a date, inclusive: what is known at its end.
 *
 * @example
 * panelThrough(panel, "2018-12").dates.length; // 12
 */
export function panelThrough(panel: Panel, date: string): Panel {
  return panelWithin(panel, { from: "", through: date });
}

/** The dates of a panel that lie in a range, without all others. */
export function panelWithin(panel: Panel, range: DateRange): Panel {
  const rows = rowsWithin(panel.dates, range);
  const { coins, markets, predictors } = panel;
  return {
    ...panel,
    dates: panel.dates.slice(rows.from, rows.end),
    coinLogReturns: cutRows(panel.coinLogReturns, coins.length, rows),
    marketLogReturns: cutRows(panel.marketLogReturns, markets.length, rows),
    ...(predictors && {
      predictors: {
        ...predictors,
        values: cutRows(predictors.values, predictors.names.length, rows),
      },
    }),
  };
}

/** Indices of dates in order: from the first in a range to the one after its last. */
export function rowsWithin(dates: readonly string[], range: DateRange): Rows {
  const first = dates.findIndex((date) => inRange(date, range));
  const from = first < 0 ? dates.length : first;
  return { from, end: dates.findLastIndex((date) => inRange(date, range)) + 1 || from };
}

interface Rows {
  readonly from: number;
  readonly end: number;
}

/** A view of rows that follow each other. */
export const cutRows = (values: Float64Array, width: number, { from, end }: Rows): Float64Array =>
  values.subarray(from * width, end * width);
