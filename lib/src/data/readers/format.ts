/** What every reader of prices must say: whether a file is of its layout, and what stands in it. */

import type { DateOptions } from "./dates.js";
import type { Source } from "./source.js";

/** How to read what the file itself leaves open. */
export interface ReadOptions extends DateOptions {
  /** Decimal mark, where the file does not show it. With a comma, points separate thousands. */
  readonly decimal?: "." | ",";
  /** Encoding of the text, where it is neither UTF-8 nor told by a byte-order mark: "latin1", "gbk". */
  readonly encoding?: string;
}

/** One series that a file holds. */
export interface PriceColumn {
  /** As the publisher calls it: Close, PriceUSD, DTWEXBGS. */
  readonly name: string;
  /** Where the file names it: BTC-USD. */
  readonly symbol?: string;
  /** Place in the table. */
  readonly at: number;
  /** Added to the date of a row, so that a price is dated by the day at whose end it was taken. */
  readonly dayShift?: number;
  readonly clock?: string;
}

/** One value per row, in the order of the file. */
export interface Observations {
  /** Days since 1970-01-01. */
  readonly days: Int32Array;
  /** NaN where missing. */
  readonly values: Float64Array;
  /** Where a row stands, for messages: file and line. */
  readonly place: (row: number) => string;
}

/** The series of a file. */
export interface PriceTable {
  readonly columns: readonly PriceColumn[];
  /** Observations of some columns, in their order. */
  readonly read: (columns: readonly PriceColumn[]) => Promise<readonly Observations[]>;
  /** What was left out of the file, in words; nothing by default. */
  readonly notes?: readonly string[];
}

/** One published layout: how to know it, and what it holds. */
export interface PriceFormat {
  /** Name as messages print it. */
  readonly name: string;
  /** True if a file is of this layout. */
  readonly recognises: (source: Source) => boolean;
  readonly open: (source: Source, options: ReadOptions) => PriceTable | Promise<PriceTable>;
}
