/** What monthly returns become if every month ends a day earlier or later: read from the shipped measurements. */

import type { DayShift } from "../panel/day-shift.js";
import { readRecords } from "./panel-file.js";

/**
 * The sensitivity to a one-day shift that was measured when the shipped panel was made: daily prices are not shipped.
 *
 * @param file such as `data/day-shift.csv`
 * @example
 * const [first] = await readDayShifts(shippedFile("day-shift.csv"));
 * first; // { series: "BTC", clock: "24:00 UTC", shift: -1, n: 83, correlation: 0.9747 }
 * @see dayShifts for own prices
 */
export async function readDayShifts(file: string): Promise<DayShift[]> {
  return (await readRecords(file)).map((row) => ({
    series: row.series!,
    ...(row.clock ? { clock: row.clock } : {}),
    shift: row.shift === "1" ? 1 : -1,
    n: Number(row.n),
    correlation: Number(row.correlation),
    rmsDifference: Number(row.rmsDifference),
    rmsReturn: Number(row.rmsReturn),
    largest: Number(row.largest),
    largestDate: row.largestDate!,
  }));
}
