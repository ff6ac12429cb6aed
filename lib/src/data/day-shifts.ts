/** What monthly returns become if every month ends a day earlier or later: read from the shipped measurements. */

import { datesFrequency, isoDate } from "../panel/calendar.js";
import { type DayShift, dayShifts } from "../panel/day-shift.js";
import { dailyPrices } from "./daily-prices.js";
import { type PanelSource, priceInputs, readRecords } from "./panel-file.js";

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

/**
 * The same for a study's own prices, where these are daily and cut into weeks or months.
 *
 * @returns none for a study of returns, of daily returns, or of prices that are rarer than days
 * @throws DataError if a file cannot be used
 * @example
 * await studyDayShifts(study); // []: the report's study has returns
 */
export async function studyDayShifts(study: PanelSource): Promise<DayShift[]> {
  const { frequency, range } = study;
  const inputs = priceInputs(study);
  if (!inputs || frequency === "daily") return [];
  const prices = [...(await dailyPrices(inputs))].filter(
    ([, { days }]) => datesFrequency(Array.from(days, isoDate)) === "daily",
  );
  return dayShifts(new Map(prices), frequency, range ? { range } : {});
}
