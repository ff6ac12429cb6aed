import type { SourceText, TextTable } from "./csv.js";

/** One published layout of daily prices: how to know it, and where its table stands. */
export interface PriceFormat {
  /** Name as messages print it. */
  readonly name: string;
  /** True if the first lines of a file are of this layout. */
  readonly recognises: (head: readonly string[]) => boolean;
  readonly read: (
    source: SourceText,
  ) => Promise<{ readonly table: TextTable; readonly dateColumn: string }>;
}
