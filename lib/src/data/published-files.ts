/** The published files that a panel is made of: where they lie, and what is known of them. */

import { join } from "node:path";
import type { DateRange } from "../types.js";
import type { PanelAuditOptions } from "./audit/options.js";
import type { PriceInput } from "./daily-prices.js";
import type { ReadOptions } from "./readers/format.js";

/** One published file: where it lies below the folder of raw files, and what is known of it. */
export interface RawFile {
  readonly file: string;
  readonly what: string;
  /** Date on which the copy was made. */
  readonly obtained: string;
  /** Key into `licences`. */
  readonly licence: string;
  readonly download?: PublisherFile;
}

/** The same data as their publisher serves them; what is left out is as in the file at hand. */
export interface PublisherFile {
  readonly url: string;
  /** Where the copy is kept, below the folder of downloads; sources may share a file. */
  readonly file: string;
  /** Price column by its name in this format. */
  readonly column?: string;
  readonly what?: string;
  readonly licence?: string;
  /** SHA-256 of the one copy that will do, for a study that must not move. */
  readonly sha256?: string;
}

/** A published file of prices, with the series that it gives the panel. */
export interface PriceSource extends RawFile, ReadOptions {
  /** Name of the series in the panel. */
  readonly name: string;
  /** Price column by its name in the file. */
  readonly column: string;
  /** When the day's price is taken, with its time zone. */
  readonly close: string;
}

/** A source as its reader takes it. */
export function priceInput(
  folder: string,
  { name, file, column, close, dates, timeZone, decimal, encoding }: PriceSource,
): PriceInput {
  const options = { dates, timeZone, decimal, encoding };
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { name, file: join(folder, file), column, clock: close, ...Object.fromEntries(given) };
}

/** A published file of factors, with its vintage. */
export interface FactorSource extends RawFile {
  readonly vintage: string;
}

/** What the panel is made of: `data/sources.json`. */
export interface Sources {
  readonly range: DateRange;
  readonly factorRange: DateRange;
  /** Of the days on which all `series` have a price, and of the daily factors. */
  readonly dailyRange: DateRange;
  readonly fundsRange: DateRange;
  readonly licences: Readonly<Record<string, string>>;
  readonly series: readonly PriceSource[];
  /** Funds whose betas on each other and on the dollar are known to move: where methods can be told apart. */
  readonly funds: readonly PriceSource[];
  /** The series of a published note on crypto and stocks, and its days; without them its study has no data. */
  readonly note?: { readonly range: DateRange; readonly series: readonly PriceSource[] };
  readonly replicationRange: DateRange;
  /** The series of the report that were identified, on the few months it prints. */
  readonly replication: readonly PriceSource[];
  readonly factors: {
    readonly monthly: FactorSource;
    readonly daily: FactorSource;
  };
  /** Another vintage of the monthly factors, which its publisher has replaced since: derived where its file is at hand. */
  readonly earlierFactors?: FactorSource;
  /** How strict the audit is; its own defaults where left out. */
  readonly audit?: PanelAuditOptions;
}
