/** Returns from a researcher's own price files. */

import {
  type PeriodReturns,
  type PeriodReturnsOptions,
  periodReturns,
} from "../panel/period-returns.js";
import type { Frequency } from "../types.js";
import { type Finding, stopOnErrors } from "./audit/finding.js";
import type { PanelAuditOptions } from "./audit/options.js";
import { auditPriceReturns } from "./audit/price-returns.js";
import { dailyPrices, type PriceInput } from "./daily-prices.js";
import type { PriceSeries } from "./readers/prices.js";

/** How periods are cut and joined, and how strictly prices and returns are audited. */
export interface ReturnsOfPricesOptions extends PeriodReturnsOptions {
  /** The audit's options, its own defaults where left out; false for no audit, where prices are audited elsewhere. */
  readonly audit?: PanelAuditOptions | false;
}

/** Returns with what was left out, what the audit found, and the prices behind them. */
export interface ReturnsOfPrices extends PeriodReturns {
  /** Warnings on the prices and on their returns, each with file and line; none where `audit` is false. */
  readonly findings: readonly Finding[];
  /** The prices that the returns were made from, with what their files say of them. */
  readonly prices: ReadonlyMap<string, PriceSeries>;
}

/**
 * Log returns on one date index from price files, with the periods that were left out and why, and the findings of the audit
 * that a study's prices have.
 *
 * @param inputs price files, or columns of one wide file, by name of the series
 * @throws DataError if a file cannot be used, or the audit finds an error; RangeError if prices are rarer than the frequency
 * @example
 * const inputs = [{ name: "BTC", file: btc, column: "Close" }];
 * const { returns, findings } = await returnsOfPrices(inputs, "monthly");
 * returns.dates; // ["2018-02-28", "2018-03-31", "2018-04-30"]
 * findings; // []: nothing to say of these prices
 * const weekly = await returnsOfPrices(inputs, "weekly", { weekEnd: 3, audit: false });
 * weekly.returns.dates.slice(0, 2); // ["2018-01-10", "2018-01-17"]: the audit refuses weeks that rise by one sum each
 * @see `periodReturns` for the dates used, `auditPrices` and `auditPanel` for the findings
 */
export async function returnsOfPrices(
  inputs: readonly PriceInput[],
  frequency: Frequency,
  options: ReturnsOfPricesOptions = {},
): Promise<ReturnsOfPrices> {
  const { audit = {}, ...periods } = options;
  const prices = await dailyPrices(inputs);
  const made = periodReturns(prices, frequency, periods);
  if (audit === false) return { prices, findings: [], ...made };
  const findings = await auditPriceReturns(
    { inputs, prices, returns: made.returns },
    { ...periods, frequency, audit },
  );
  stopOnErrors(findings);
  return { prices, findings, ...made };
}
