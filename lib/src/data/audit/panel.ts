/** The audit of a panel. */

import { FRIDAY, type Weekday } from "../../panel/calendar.js";
import { type CoinLife, coinLives } from "../../panel/lives.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import type { DatedSeries, Factors, Frequency, Panel } from "../../types.js";
import { dateFindings } from "./dates.js";
import { coverageFindings, factorFindings } from "./factors.js";
import { fieldFindings } from "./fields.js";
import type { Check, Finding } from "./finding.js";
import { marketFindings } from "./market.js";
import type { SeriesReturns } from "./observed.js";
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
  const columns: SeriesReturns[] = [
    ...coins.map((series) => ({ series, dates, returns: coinReturns(panel, series) })),
    ...markets.map((series) => ({ series, dates, returns: marketReturns(panel, series) })),
  ];
  const { asOf: _, ...undated } = rules;
  const ofFactors = factors ? factorFindings(factors, frequency, undated) : [];
  const sound = !ofFactors.some(
    ({ series, check }) => ["Mkt-RF", "RF"].includes(series) && UNIT_FAULTS.includes(check),
  );
  return [
    ...dateFindings("panel", dates, { ...rules, frequency, weekEnd }),
    ...columns.flatMap((column, i) => {
      const own = ownFindings(column, lives[i], { ...rules, frequency });
      const found = (...checks: readonly Check[]) =>
        own.some(({ check }) => checks.includes(check));
      const comparable = !found(...UNIT_FAULTS);
      return [
        ...own,
        // What stands still is near to the last as well.
        ...(comparable && !found("zeros", "stale") ? averageFindings(column, rules) : []),
        ...sameFindings(columns, i, rules),
        ...(comparable && sound && factors && equity.includes(column.series)
          ? marketFindings(column, factors, rules)
          : []),
        ...(comparable ? fieldFindings(column, fields, rules) : []),
      ];
    }),
    ...ofFactors,
    ...(factors && sound ? coverageFindings(dates, factors) : []),
  ];
}

/** A coin has no return outside its life: what is missing there is no fault of its returns. */
function ownFindings(
  column: SeriesReturns,
  life: CoinLife | undefined,
  { frequency, ...rules }: Rules & { readonly frequency: Frequency },
): Finding[] {
  if (!life || life.first < 0) return returnFindings(column, frequency, rules);
  const { series, dates, returns } = column;
  const within = [life.first, life.last + 1] as const;
  const lived = { series, dates: dates.slice(...within), returns: returns.subarray(...within) };
  return [...spanFindings(series, dates, life), ...returnFindings(lived, frequency, rules)];
}

/** Runs of dates on which a series has the very returns of one before it: a file read twice, or a block pasted over. */
function sameFindings(
  columns: readonly SeriesReturns[],
  own: number,
  { falseAlarms }: Rules,
): Finding[] {
  const { series, dates, returns: values } = columns[own]!;
  return columns.slice(0, own).flatMap(({ series: first, returns: other }) =>
    longRuns(dates.length, (t) => values[t] === other[t] && values[t] !== 0, falseAlarms).map(
      ({ from, length, bound }): Finding => ({
        series,
        check: "same",
        date: dates[from]!,
        value: length,
        threshold: bound,
        severity: "error",
        remedy: `the returns are those of ${first}: read each series from its own file`,
      }),
    ),
  );
}
