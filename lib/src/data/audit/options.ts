/** What every audit may be told, and what it takes for granted otherwise. */

import { dayNumber } from "../../panel/calendar.js";

/** How strict an audit is. */
export interface AuditOptions {
  /**
   * Chance of a false finding per series and check, 0.01 by default: under Student t with 4 degrees of freedom for sizes,
   * under independence for runs, signs and ranks; tails of 3 degrees of freedom have an outlier in 0.06 of series of 83 returns. What chance cannot
   * make (a date that stands there twice) has none.
   */
  readonly falseAlarms?: number;
  /**
   * Day on which the panel or the prices were obtained, ISO: periods not over by then are refused. Not checked by default, and
   * never the clock; factors have a vintage of their own.
   */
  readonly asOf?: string;
  /**
   * Largest believable robust standard deviation of log returns per year, 3 by default: an ordinary year would multiply or
   * divide the price by 20. Percent taken for decimals lie beyond it for any asset of more than 3 % a year.
   */
  readonly annualScale?: number;
}

/** How strict the audit of a panel is, and which of its series are equity markets. */
export interface PanelAuditOptions extends AuditOptions {
  /** Series that are equity markets; by default those named EQUITY, in capitals or not. */
  readonly equity?: readonly string[];
}

/** Options with their defaults. */
export type Rules = Required<Omit<AuditOptions, "asOf">> & Pick<AuditOptions, "asOf">;

/** @throws RangeError if an option is out of its range */
export function rulesOf(where: string, options: AuditOptions): Rules {
  const { falseAlarms = 0.01, annualScale = 3, asOf } = options;
  if (!(falseAlarms > 0 && falseAlarms < 0.5))
    throw new RangeError(
      `${where}: falseAlarms must be a chance above 0 and below 0.5, got ${falseAlarms}`,
    );
  if (!(annualScale > 0))
    throw new RangeError(`${where}: annualScale must be above 0, got ${annualScale}`);
  if (asOf !== undefined && Number.isNaN(dayNumber(asOf)))
    throw new RangeError(
      `${where}: asOf must be a day YYYY-MM-DD of the calendar, got ${JSON.stringify(asOf)}`,
    );
  return { falseAlarms, annualScale, ...(asOf === undefined ? {} : { asOf }) };
}

/** The rules of a panel that hold for prices too. */
export function priceRules({ equity: _, ...rules }: PanelAuditOptions = {}): AuditOptions {
  return rules;
}
