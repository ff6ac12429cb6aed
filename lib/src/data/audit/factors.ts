/** Factor files: their own dates and columns, the periods that they cover, and what another vintage says. */

import { factorSeries } from "../../panel/factors.js";
import { column, seriesOf } from "../../panel/panel.js";
import { highest } from "../../stats/moments.js";
import { median } from "../../stats/robust.js";
import type { Factors, Frequency, Panel } from "../../types.js";
import { dateFindings } from "./dates.js";
import { FEWEST, type Finding } from "./finding.js";
import { stockMarket } from "./market.js";
import { observed } from "./observed.js";
import type { Rules } from "./options.js";
import { returnFindings } from "./returns.js";
import { missingFindings } from "./runs.js";

/** Values are printed with few decimals: a smaller difference is the arithmetic of reading them. */
const ROUNDING = 1e-9;

/** Findings on the dates and columns of a factor file. RF is a rate, of one sign and near the last one: it has checks of its own. */
export function factorFindings(factors: Factors, frequency: Frequency, rules: Rules): Finding[] {
  const { dates, names, simpleReturns, riskFree } = factors;
  return [
    ...dateFindings("factors", dates, { ...rules, frequency }),
    ...names.flatMap((name, f) =>
      returnFindings(
        { series: name, dates, returns: column(simpleReturns, names.length, f) },
        frequency,
        rules,
      ),
    ),
    ...missingFindings("RF", dates, riskFree),
    ...rateFindings(factors),
  ];
}

/** RF in percent beside factors in decimals: a riskless return would be larger than what the market typically moves. */
function rateFindings(factors: Factors): Finding[] {
  const { dates, names, riskFree } = factors;
  if (!names.includes("Mkt-RF")) return [];
  const excess = observed(dates, seriesOf(factorSeries(factors), "Mkt-RF"));
  const rates = observed(dates, riskFree).values;
  const value = median(rates.map(Math.abs)) / median(excess.values.map(Math.abs));
  if (rates.length < FEWEST || !(value > 1)) return [];
  return [
    {
      series: "RF",
      check: "rate-unit",
      date: null,
      value,
      threshold: 1,
      severity: "error",
      remedy:
        "RF looks like percent, or like a rate per year: give it the unit and the period of the factors",
    },
  ];
}

/** Periods of a panel for which the factors have no stock market; an error if that is all of them. */
export function coverageFindings(dates: readonly string[], factors: Factors): Finding[] {
  const covered = new Set(stockMarket(factors).dates);
  const absent = dates.filter((date) => !covered.has(date));
  return absent.slice(0, 1).map((date) => ({
    series: "factors",
    check: "coverage",
    date,
    value: absent.length,
    threshold: 0,
    severity: absent.length === dates.length ? "error" : "warning",
    remedy:
      absent.length === dates.length
        ? "take factors of the panel's frequency and dates, with the columns Mkt-RF and RF"
        : `the factors have ${factors.dates[0] ?? "no dates"} to ${factors.dates.at(-1) ?? ""}: take a later vintage, or leave these periods out where factors are used`,
  }));
}

/** Factors that have none of the panel's dates: a fault of their own dates may be the reason, or one of the panel's. */
export function unusedFactorFindings(
  { dates, frequency }: Pick<Panel, "dates" | "frequency">,
  factors: Factors,
  { falseAlarms, annualScale }: Rules,
): Finding[] {
  const [first, last] = [dates[0], factors.dates.at(-1)];
  const found = dateFindings("factors", factors.dates, { frequency, falseAlarms, annualScale });
  if (first === undefined || last === undefined || first <= last || found.length > 0) return found;
  return [
    {
      series: "factors",
      check: "coverage",
      date: first,
      value: dates.length,
      threshold: 0,
      severity: "warning",
      remedy: `the panel begins after the last factors, of ${last}: correct its dates if they are a slip, or take later factors`,
    },
  ];
}

/**
 * Where two vintages of a factor file differ: its publisher revises the whole history.
 *
 * @returns for each factor, and RF, that differs on a common date: the largest absolute difference, as a warning
 * @example
 * const earlier = await readFactors({ ...study, factors: shippedFile("factors-monthly-2024-08.csv") });
 * const [first] = factorRevisions(factors, earlier);
 * [first!.series, first!.value]; // ["Mkt-RF", 0.0014]
 */
export function factorRevisions(factors: Factors, other: Factors): Finding[] {
  const rowOf = new Map(other.dates.map((date, t) => [date, t]));
  const byName = (from: Factors) =>
    new Map([
      ...from.names.map(
        (name, f) => [name, column(from.simpleReturns, from.names.length, f)] as const,
      ),
      ["RF", from.riskFree] as const,
    ]);
  const others = byName(other);
  return [...byName(factors)].flatMap(([series, values]): Finding[] => {
    const theirs = others.get(series) ?? [];
    const differences = factors.dates.map((date, t) => {
      const row = rowOf.get(date);
      return row === undefined ? Number.NaN : Math.abs(values[t]! - (theirs[row] ?? Number.NaN));
    });
    const known = differences.filter((d) => !Number.isNaN(d));
    const changed = known.filter((d) => d > ROUNDING);
    if (changed.length === 0) return [];
    const value = highest(changed);
    return [
      {
        series,
        check: "revision",
        date: factors.dates[differences.indexOf(value)]!,
        value,
        threshold: ROUNDING,
        severity: "warning",
        remedy: `${changed.length} of ${known.length} values differ: name the vintage beside every result, and take one vintage for all`,
      },
    ];
  });
}
