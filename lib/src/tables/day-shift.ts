/** What a day earlier or later does to returns. */

import type { DayShift } from "../panel/day-shift.js";
import { type Table, tableOf } from "./table.js";

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
    ...tableOf(shifts, [
      { key: "series", head: "Series", value: ({ series }) => series },
      { key: "clock", head: "Close", value: (row) => row.clock ?? null },
      { key: "shift", head: "Shift, days", decimals: 0, value: ({ shift }) => shift },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      {
        key: "correlation",
        head: "Correlation",
        decimals: 3,
        value: ({ correlation }) => correlation,
      },
      {
        key: "rmsDifference",
        head: "RMS difference",
        decimals: 4,
        value: ({ rmsDifference }) => rmsDifference,
      },
      { key: "rmsReturn", head: "RMS return", decimals: 4, value: ({ rmsReturn }) => rmsReturn },
      { key: "largest", head: "Largest", decimals: 4, value: ({ largest }) => largest },
      { key: "largestDate", head: "in the period to", value: ({ largestDate }) => largestDate },
    ]),
    notes: [
      "Correlation and differences compare the shifted returns with those of the study. Closes differ by hours; a whole day shows the scale of their effect, and is no bound.",
    ],
  };
}
