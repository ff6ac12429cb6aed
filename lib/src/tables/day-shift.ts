import type { DayShift } from "../panel/day-shift.js";
import type { Table } from "./table.js";

/**
 * What returns become if every period ends a day earlier or later.
 *
 * @example
 * tableDayShift(await readDayShifts(shippedFile("day-shift.csv")), "monthly").rows[0]!.slice(0, 3);
 * // ["BTC", "24:00 UTC", -1]
 */
export function tableDayShift(shifts: readonly DayShift[], sample: string): Table {
  return {
    id: "day-shift",
    caption: `Sensitivity of log returns to periods that end one day earlier or later; ${sample}`,
    columns: [
      { key: "series", head: "Series" },
      { key: "clock", head: "Close" },
      { key: "shift", head: "Shift, days", decimals: 0 },
      { key: "n", head: "N", decimals: 0 },
      { key: "correlation", head: "Correlation", decimals: 3 },
      { key: "rmsDifference", head: "RMS difference", decimals: 4 },
      { key: "rmsReturn", head: "RMS return", decimals: 4 },
      { key: "largest", head: "Largest", decimals: 4 },
      { key: "largestDate", head: "in the period to" },
    ],
    rows: shifts.map((row) => [
      row.series,
      row.clock ?? null,
      row.shift,
      row.n,
      row.correlation,
      row.rmsDifference,
      row.rmsReturn,
      row.largest,
      row.largestDate,
    ]),
    notes: [
      "Correlation and differences of the shifted returns with those of the study. The true differences between closes are of hours: a day bounds them.",
    ],
  };
}
