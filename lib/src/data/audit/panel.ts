/** The audit of a panel. */

import { FRIDAY, type Weekday } from "../../panel/calendar.js";
import { type CoinLife, coinLives } from "../../panel/lives.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import type { DatedSeries, Factors, Panel } from "../../types.js";
import { dateFindings } from "./dates.js";
import { coverageFindings, factorFindings } from "./factors.js";
import { fieldFindings } from "./fields.js";
import type { Check, Finding } from "./finding.js";
import { marketFindings } from "./market.js";
import { type PanelAuditOptions, type Rules, rulesOf } from "./options.js";
import { averageFindings, returnFindings } from "./returns.js";
import { longRuns, spanFindings } from "./runs.js";

/** What a panel is held against; each is optional. */
export interface AuditReferences {
  /** Simple returns of the Fama-French factors, of the panel's frequency: audited themselves. */
  readonly factors?: Factors;
  /** Log returns by price field (open, close …), each with columns named as in the panel: see `fieldReturns`. */
  readonly fields?: Readonly<Record<string, DatedSeries>>;
}

/** What is in another unit contradicts everything that it is compared with: one finding is enough. */
const UNIT_FAULTS: readonly Check[] = ["constant", "levels", "unit", "unit-change", "rate-unit"];

/**
 * Everything in a panel that is wrong or may be; nothing is changed.
 *
 * @param options its own defaults where left out; `weekEnd` is the day on which weeks end, Friday by default
 * @returns findings on the panel's dates, then by series, coins first, then on the factors; an empty list if there are none
 * @throws RangeError if an option is out of its range, or an equity market is not in the panel
 * @example
 * auditPanel(panel, { factors }); // []: nothing to say of the shipped panel
 * const percent = { ...dollar, marketLogReturns: dollar.marketLogReturns.map((r) => 100 * r) };
 * auditPanel(percent).map(({ series, check, severity }) => [series, check, severity]); // [["FIAT", "unit", "error"]]
 * @see report, Step 0: its EQUITY fails against Mkt-RF + RF, its ENERGY is made from opening prices
 */
export function auditPanel(
  panel: Panel,
  references: AuditReferences = {},
  options: PanelAuditOptions & { readonly weekEnd?: Weekday } = {},
): Finding[] {
  const { frequency, dates, coins, markets } = panel;
  const { factors, fields = {} } = references;
  const { weekEnd = FRIDAY } = options;
  const rules = rulesOf("auditPanel", options);
  const names = [...coins, ...markets];
  const equity = options.equity ?? names.filter((name) => /^equity$/i.test(name));
  const unknown = equity.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new RangeError(
      `auditPanel: equity must name series of the panel (${names.join(", ")}), got ${unknown}; correct the name`,
    );

  const lives = coinLives(panel);
  const columns = [
    ...coins.map((coin) => coinReturns(panel, coin)),
    ...markets.map((market) => marketReturns(panel, market)),
  ];
  const { asOf: _, ...undated } = rules;
  const ofFactors = factors ? factorFindings(factors, frequency, undated) : [];
  const sound = !ofFactors.some(
    ({ series, check }) => ["Mkt-RF", "RF"].includes(series) && UNIT_FAULTS.includes(check),
  );
  return [
    ...dateFindings("panel", dates, frequency, { ...rules, weekEnd }),
    ...names.flatMap((series, i) => {
      const returns = columns[i]!;
      const own = ownFindings(series, panel, { life: lives[i], returns, rules });
      const found = (...checks: readonly Check[]) =>
        own.some(({ check }) => checks.includes(check));
      const comparable = !found(...UNIT_FAULTS);
      return [
        ...own,
        // What stands still is near to the last as well.
        ...(comparable && !found("zeros", "stale")
          ? averageFindings(series, dates, returns, rules)
          : []),
        ...sameFindings(names, dates, columns, i, rules),
        ...(comparable && sound && factors && equity.includes(series)
          ? marketFindings(series, dates, returns, factors, rules)
          : []),
        ...(comparable ? fieldFindings(series, dates, returns, fields, rules) : []),
      ];
    }),
    ...ofFactors,
    ...(factors && sound ? coverageFindings(dates, factors) : []),
  ];
}

/** A coin has no return outside its life: what is missing there is no fault of its returns. */
function ownFindings(
  series: string,
  { dates, frequency }: Panel,
  {
    life,
    returns,
    rules,
  }: {
    readonly life: CoinLife | undefined;
    readonly returns: Float64Array;
    readonly rules: Rules;
  },
): Finding[] {
  if (!life || life.first < 0) return returnFindings(series, dates, returns, frequency, rules);
  const within = [life.first, life.last + 1] as const;
  return [
    ...spanFindings(series, dates, life),
    ...returnFindings(
      series,
      dates.slice(...within),
      returns.subarray(...within),
      frequency,
      rules,
    ),
  ];
}

/** Runs of dates on which a series has the very returns of one before it: a file read twice, or a block pasted over. */
function sameFindings(
  names: readonly string[],
  dates: readonly string[],
  columns: readonly Float64Array[],
  own: number,
  { falseAlarms }: Rules,
): Finding[] {
  const values = columns[own]!;
  return columns.slice(0, own).flatMap((other, i) =>
    longRuns(dates.length, (t) => values[t] === other[t] && values[t] !== 0, falseAlarms).map(
      ({ from, length, bound }): Finding => ({
        series: names[own]!,
        check: "same",
        date: dates[from]!,
        value: length,
        threshold: bound,
        severity: "error",
        remedy: `the returns are those of ${names[i]}: read each series from its own file`,
      }),
    ),
  );
}
