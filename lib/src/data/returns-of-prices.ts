/** Returns from a researcher's own price files. */

import {
  type PeriodReturns,
  type PeriodReturnsOptions,
  periodReturns,
} from "../panel/period-returns.js";
import type { SeriesEnd } from "../panel/resample.js";
import type { Frequency } from "../types.js";
import { type PriceOptions, type PriceSeries, readPriceSeries } from "./readers/prices.js";

/** One series: its name in the panel, and where its prices are. */
export interface PriceInput extends PriceOptions {
  readonly name: string;
  /** Path of a price file; several series may be columns of one. */
  readonly file: string;
  /** When a day's price is taken, where one knows it better than the file: "16:00 America/New_York". */
  readonly clock?: string;
  /** delisted: the asset died, and its last price is that of its last period. complete: the last period has no later day. */
  readonly ends?: SeriesEnd;
}

/**
 * Daily prices by name of the series, in the order of the inputs; each file is read once.
 *
 * @throws DataError if a file cannot be used: see `readPrices`
 * @throws RangeError if a name occurs twice
 * @example
 * const prices = await dailyPrices([{ name: "BTC", file: btc, column: "Close" }]);
 * prices.get("BTC")!.days.length; // 120
 */
export async function dailyPrices(
  inputs: readonly PriceInput[],
): Promise<ReadonlyMap<string, PriceSeries>> {
  const names = inputs.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(
      `dailyPrices: every name must occur once, ${twice} occurs twice; rename one`,
    );
  const files = new Map<string, PriceInput[]>();
  for (const input of inputs) {
    const key = JSON.stringify([
      input.file,
      input.dates,
      input.timeZone,
      input.decimal,
      input.encoding,
    ]);
    const together = files.get(key) ?? [];
    files.set(key, together);
    together.push(input);
  }
  const read = new Map<string, PriceSeries>();
  for (const together of files.values()) {
    const series = await readPriceSeries(together[0]!.file, together, together[0]);
    together.forEach(({ name, clock, ends }, i) => {
      read.set(name, {
        ...series[i]!,
        ...(clock === undefined ? {} : { clock }),
        ...(ends === undefined ? {} : { ends }),
      });
    });
  }
  return new Map(names.map((name) => [name, read.get(name)!]));
}

/** Returns with what was left out, and the prices behind them. */
export interface ReturnsOfPrices extends PeriodReturns {
  /** The prices that the returns were made from, with what their files say of them. */
  readonly prices: ReadonlyMap<string, PriceSeries>;
}

/**
 * Log returns on one date index from price files, with the periods that were left out and why.
 *
 * @param inputs price files, or columns of one wide file, by name of the series
 * @throws DataError if a file cannot be used; RangeError if its prices are rarer than the frequency asks for
 * @example
 * const { returns } = await returnsOfPrices([{ name: "BTC", file: btc, column: "Close" }], "weekly", { weekEnd: 3 });
 * returns.dates.slice(0, 2); // ["2018-01-10", "2018-01-17"]
 * @see `periodReturns` for the dates used
 */
export async function returnsOfPrices(
  inputs: readonly PriceInput[],
  frequency: Frequency,
  options: PeriodReturnsOptions = {},
): Promise<ReturnsOfPrices> {
  const prices = await dailyPrices(inputs);
  return { prices, ...periodReturns(prices, frequency, options) };
}
