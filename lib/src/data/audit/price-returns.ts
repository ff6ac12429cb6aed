/** The audit of prices and of the returns that were made from them. */

import { dayNumber, FRIDAY, periodStart } from "../../panel/calendar.js";
import { panelOf } from "../../panel/panel.js";
import type { PeriodReturnsOptions } from "../../panel/period-returns.js";
import type { DatedSeries, Frequency } from "../../types.js";
import type { PriceInput } from "../daily-prices.js";
import type { PriceSeries } from "../readers/prices.js";
import { fieldReturns } from "./fields.js";
import type { Finding } from "./finding.js";
import { type PanelAuditOptions, priceRules } from "./options.js";
import { auditPanel } from "./panel.js";
import { auditReadPrices, LONGEST_PERIOD, placed } from "./prices.js";

/** Returns with the prices behind them, and where these are. */
export interface ReturnsWithPrices {
  readonly inputs: readonly PriceInput[];
  readonly prices: ReadonlyMap<string, PriceSeries>;
  readonly returns: DatedSeries;
}

/** How the returns were made, and how strict the audit is. */
export interface PriceReturnsAudit extends PeriodReturnsOptions {
  readonly frequency: Frequency;
  readonly audit: PanelAuditOptions;
}

/**
 * Findings on prices of the range, then on their returns: those that a study with these prices would have.
 *
 * An outer join asks for dates on which some series have no return: these are no fault.
 */
export async function auditPriceReturns(
  { inputs, prices, returns }: ReturnsWithPrices,
  { frequency, weekEnd = FRIDAY, how, range, audit }: PriceReturnsAudit,
): Promise<Finding[]> {
  const { dates, names } = returns;
  const rules = priceRules(audit);
  const days =
    range && dates.length > 0
      ? {
          from: periodStart(dayNumber(dates[0]!), frequency) - LONGEST_PERIOD,
          through: dayNumber(dates.at(-1)!),
        }
      : undefined;
  const { findings, bars, placeOf } = await auditReadPrices(
    inputs.map((input) => ({ ...input, audit: rules })),
    prices,
    { frequency, ...(days ? { range: days } : {}) },
  );
  // Daily returns of a panel run over days that only some series have: they are not those of one file.
  const fields = frequency === "daily" ? {} : fieldReturns(bars, frequency, weekEnd);
  const panel = panelOf(returns, { frequency, coins: names, markets: [] });
  const found = auditPanel(panel, { fields }, { ...audit, weekEnd });
  const all = [...findings];
  for (const finding of found)
    if (how !== "outer" || !["missing", "begins", "ends"].includes(finding.check))
      all.push(await placed(finding, placeOf));
  return all;
}
