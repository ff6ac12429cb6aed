/** Panels with Fama-French factors: on the same dates, as something that a network sees, or as further hedges. */

import type { DatedSeries, Factors, Frequency, Panel } from "../types.js";
import { datesFrequency } from "./calendar.js";
import { pickColumns, positions, rowAt, sideBySide } from "./panel.js";

/** What a study without a factor file has: nothing, which every use of factors refuses. */
export const NO_FACTORS: Factors = {
  dates: [],
  names: [],
  simpleReturns: new Float64Array(),
  riskFree: new Float64Array(),
};

/**
 * Why factors say nothing of a panel: there are none, or they have none of its dates.
 *
 * @returns a sentence without its stop; undefined where they have one
 * @throws RangeError if the factors are of another frequency than the panel
 * @example
 * factorGap(panel, factors); // undefined
 * factorGap(onePair([0.02], [0.01]), factors)!.slice(0, 30); // "no date of this study's panel,"
 */
export function factorGap(panel: Dated, factors: Factors): string | undefined {
  const { dates, frequency } = panel;
  if (factors.dates.length === 0)
    return `this study has no ${frequency} factors; name a file in \`factors\``;
  checkFactors("factorGap", panel, factors);
  const known = new Set(factors.dates);
  return dates.some((date) => known.has(date))
    ? undefined
    : `no date of this study's panel, ${dates[0]} to ${dates.at(-1)}, is among those of its factors, ${factors.dates[0]} to ${factors.dates.at(-1)}`;
}

/**
 * A riskless return of zero and no factors, for dates that no factor file covers: returns over it are the returns themselves.
 *
 * @example
 * zeroRates(onePair([0.02, 0.01], [0.01, 0])).riskFree; // [0, 0]
 */
export const zeroRates = ({ dates }: Dated): Factors => ({
  ...NO_FACTORS,
  dates,
  riskFree: new Float64Array(dates.length),
});

/** A panel's dates and how far they lie apart. */
type Dated = Pick<Panel, "dates" | "frequency">;

/** Throws a RangeError in the caller's name unless there are factors, of the panel's frequency. */
function checkFactors(where: string, { frequency }: Dated, { dates }: Factors): void {
  if (dates.length === 0)
    throw new RangeError(
      `${where}: there must be ${frequency} factors, but this study has none; name a file in \`factors\``,
    );
  const own = datesFrequency(dates);
  if (own !== undefined && own !== frequency)
    throw new RangeError(`${where}: ${otherFrequency(own, dates, frequency)}`);
}

/** What is wrong with factors of another frequency than the study's returns. */
export function otherFrequency(
  own: NonNullable<ReturnType<typeof datesFrequency>>,
  dates: readonly string[],
  frequency: Frequency,
): string {
  return `the factors must be ${frequency}, as the returns are, but they are ${own === "rarer" ? "rarer than monthly" : own} (${dates.slice(0, 3).join(", ")} …); name a file of ${frequency} factors in \`factors\``;
}

/**
 * The factors and the risk-free return RF as series, RF last.
 *
 * @example
 * factorSeries(factors).names; // ["Mkt-RF", "SMB", "HML", "RMW", "CMA", "RF"]
 */
export function factorSeries({ dates, names, simpleReturns, riskFree }: Factors): DatedSeries {
  return {
    dates,
    names: [...names, "RF"],
    values: sideBySide(dates.length, simpleReturns, riskFree),
  };
}

/**
 * The panel with factors as predictors: a network sees their last simple returns, and hedges with the markets alone.
 *
 * @throws RangeError if the factors lack a date of the panel
 * @example
 * withPredictors(panel, factors).predictors!.names; // ["Mkt-RF", "SMB", "HML", "RMW", "CMA"]
 * @see report, Step 7
 */
export function withPredictors(panel: Panel, factors: Factors): Panel {
  return {
    ...panel,
    predictors: {
      names: factors.names,
      values: onDates("withPredictors", panel, factors, factors.names),
    },
  };
}

/**
 * The panel with factors as further markets, by their log returns log(1 + f): each is hedged with as if it were traded.
 *
 * @param names which factors; leave out Mkt-RF where an equity market is among the hedges already
 * @throws RangeError if the factors lack a date of the panel or one of the names, or a name occurs twice
 * @example
 * withFactorMarkets(panel, factors, ["SMB", "HML"]).markets; // ["FIAT", "EQUITY", "GOLD", "ENERGY", "SMB", "HML"]
 * @see report, Step 7
 */
export function withFactorMarkets(panel: Panel, factors: Factors, names: readonly string[]): Panel {
  const markets = [...panel.markets, ...names];
  const twice = markets.find((name, i) => markets.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(
      `withFactorMarkets: every market must occur once, ${twice} occurs twice; leave one out`,
    );
  const values = onDates("withFactorMarkets", panel, factors, names);
  return {
    ...panel,
    markets,
    marketLogReturns: sideBySide(
      panel.dates.length,
      panel.marketLogReturns,
      values.map((f) => Math.log(1 + f)),
    ),
  };
}

/**
 * The factors on the dates of a panel, matched by date, not by row.
 *
 * @returns NaN where the factors have no such date
 * @throws RangeError if they have none of the dates, or are of another frequency than the panel
 * @example
 * factorsOn(factors, { frequency: "monthly", dates: ["2024-11-30", "2030-01-31"] }).riskFree; // [0.004, NaN]
 */
export function factorsOn(factors: Factors, panel: Dated): Factors {
  checkFactors("factorsOn", panel, factors);
  const { names, dates: known, simpleReturns, riskFree } = factors;
  const { dates } = panel;
  const rows = new Map(known.map((date, row) => [date, row]));
  if (dates.length > 0 && !dates.some((date) => rows.has(date)))
    throw new RangeError(
      `factorsOn: the factors must have dates of ${dates[0]} to ${dates.at(-1)}, but they have ${known[0]} to ${known.at(-1)}; take factors of these dates`,
    );
  const none = new Array<number>(names.length).fill(Number.NaN);
  const at = dates.map((date) => rows.get(date));
  return {
    dates,
    names,
    simpleReturns: Float64Array.from(
      at.flatMap((row) =>
        row === undefined ? none : [...rowAt(simpleReturns, names.length, row)],
      ),
    ),
    riskFree: Float64Array.from(at, (row) => (row === undefined ? Number.NaN : riskFree[row]!)),
  };
}

/** Simple returns of some factors on every date of the panel [T x F]. */
function onDates(
  where: string,
  panel: Panel,
  factors: Factors,
  wanted: readonly string[],
): Float64Array {
  checkFactors(where, panel, factors);
  const { dates, names, simpleReturns } = factors;
  const columns = positions(where, "factor", names, wanted);
  const known = new Set(dates);
  const gap = panel.dates.find((date) => !known.has(date));
  if (gap !== undefined)
    throw new RangeError(
      `${where}: the factors must have every date of the panel, but they have ${dates[0]} to ${dates.at(-1)} without ${gap}; use factors that reach as far`,
    );
  const chosen = {
    ...factors,
    names: wanted,
    simpleReturns: pickColumns(simpleReturns, names.length, columns),
  };
  return factorsOn(chosen, panel).simpleReturns;
}
