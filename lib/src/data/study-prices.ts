/** A study's own prices, day by day or as its file has them. */

import { dayNumber, inRange, isoDate } from "../panel/calendar.js";
import { returnsOf, seriesOf } from "../panel/panel.js";
import type { DailySeries } from "../panel/resample.js";
import { dailyPrices } from "./daily-prices.js";
import { type PanelSource, priceInputs, readPanel } from "./panel-file.js";

/**
 * The prices that a study's returns are made of, within its range; where it has returns, levels that begin at 100 and have these returns.
 *
 * @returns by series, coins first
 * @throws DataError if a file cannot be used
 * @example
 * const prices = await studyPrices(study);
 * [prices.size, prices.get("BTC")!.values[0]]; // [8, 72.2013]
 */
export async function studyPrices(source: PanelSource): Promise<ReadonlyMap<string, DailySeries>> {
  const { range, coins, markets } = source;
  const inputs = priceInputs(source);
  if (inputs) {
    const prices = await dailyPrices(inputs);
    return new Map(
      [...coins, ...markets].map((name) => {
        const { days, values } = prices.get(name)!;
        const rows = [...days.keys()].filter((i) => !range || inRange(isoDate(days[i]!), range));
        return [
          name,
          {
            days: Int32Array.from(rows, (i) => days[i]!),
            values: Float64Array.from(rows, (i) => values[i]!),
          },
        ];
      }),
    );
  }
  const returns = returnsOf(await readPanel(source));
  return new Map(
    returns.names.map((name) => [name, levels(returns.dates, seriesOf(returns, name))]),
  );
}

/** Levels from 100 on the dates that have a return. */
function levels(dates: readonly string[], returns: Float64Array): DailySeries {
  const rows = [...returns.keys()].filter((t) => Number.isFinite(returns[t]!));
  let level = 100;
  return {
    days: Int32Array.from(rows, (t) => dayNumber(dates[t]!)),
    values: Float64Array.from(rows, (t) => {
      level *= Math.exp(returns[t]!);
      return level;
    }),
  };
}
