/** Daily prices of several series, each file read once. */

import type { SeriesEnd } from "../panel/resample.js";
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

/** The same for series that one reading of a file gives. */
export const readingKey = ({ file, dates, timeZone, decimal, encoding }: PriceInput): string =>
  JSON.stringify([file, dates, timeZone, decimal, encoding]);

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
    const key = readingKey(input);
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
