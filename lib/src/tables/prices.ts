/** The prices that returns are made of. */

import { isoDate } from "../panel/calendar.js";
import type { DailySeries } from "../panel/resample.js";
import { type Table, tableOf } from "./table.js";

/**
 * Prices by series: how many, from when to when, how far apart at most, and their largest move.
 *
 * @example
 * tablePrices(await studyPrices(study), "monthly").rows[0]!.slice(0, 5); // ["BTC", "2018-01-31", "2024-11-30", 83, 31]
 */
export function tablePrices(prices: ReadonlyMap<string, DailySeries>, sample: string): Table {
  const rows = [...prices].map(([series, { days, values }]) => ({
    series,
    from: days.length > 0 ? isoDate(days[0]!) : null,
    through: days.length > 0 ? isoDate(days.at(-1)!) : null,
    n: days.length,
    longestGap: steps(days).reduce((most, step) => Math.max(most, step), 0),
    largestMove: steps(values.map(Math.log)).reduce(
      (most, move) => (Math.abs(move) > Math.abs(most) ? move : most),
      0,
    ),
  }));
  return {
    id: "prices",
    caption: `Prices of which the returns are made; ${sample}`,
    ...tableOf(rows, [
      { key: "series", head: "Series", value: ({ series }) => series },
      { key: "from", head: "From", value: ({ from }) => from },
      { key: "through", head: "Through", value: ({ through }) => through },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      {
        key: "longestGap",
        head: "Longest gap, days",
        unit: "days",
        meaning: "most days from one price to the next",
        decimals: 0,
        value: ({ longestGap }) => longestGap,
      },
      {
        key: "largestMove",
        head: "Largest move",
        unit: "log return",
        meaning: "largest log return from one price to the next, in either direction",
        decimals: 4,
        value: ({ largestMove }) => largestMove,
      },
    ]),
  };
}

/** Differences of neighbours. */
const steps = (values: ArrayLike<number>): number[] =>
  Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => values[i + 1]! - values[i]!);
