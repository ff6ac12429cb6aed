/** Panels with Fama-French factors: on the same dates, as something that a network sees, or as further hedges. */

import type { Factors, Panel } from "../types.js";

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
  const K = panel.markets.length;
  const F = names.length;
  const values = onDates("withFactorMarkets", panel, factors, names);
  const marketLogReturns = new Float64Array(panel.dates.length * (K + F));
  panel.dates.forEach((_, t) => {
    marketLogReturns.set(panel.marketLogReturns.subarray(t * K, (t + 1) * K), t * (K + F));
    for (let f = 0; f < F; f++)
      marketLogReturns[t * (K + F) + K + f] = Math.log(1 + values[t * F + f]!);
  });
  return { ...panel, markets, marketLogReturns };
}

/**
 * The factors on other dates, matched by date, not by row.
 *
 * @returns NaN where the factors have no such date
 * @throws RangeError if they have none of the dates
 * @example
 * factorsOn(factors, ["2024-11-30", "2030-01-31"]).riskFree; // [0.004, NaN]
 */
export function factorsOn(
  { names, dates: known, simpleReturns, riskFree }: Factors,
  dates: readonly string[],
): Factors {
  const F = names.length;
  const rows = new Map(known.map((date, row) => [date, row]));
  if (!dates.some((date) => rows.has(date)))
    throw new RangeError(
      `factorsOn: the factors must have dates of ${dates[0]} to ${dates.at(-1)}, but they have ${known[0]} to ${known.at(-1)}; take factors of the panel's frequency`,
    );
  const none = new Array<number>(F).fill(Number.NaN);
  const at = dates.map((date) => rows.get(date));
  return {
    dates,
    names,
    simpleReturns: Float64Array.from(
      at.flatMap((row) =>
        row === undefined ? none : [...simpleReturns.subarray(row * F, (row + 1) * F)],
      ),
    ),
    riskFree: Float64Array.from(at, (row) => (row === undefined ? Number.NaN : riskFree[row]!)),
  };
}

/** Simple returns of some factors on the panel's dates [T x F]. */
function onDates(
  where: string,
  panel: Panel,
  { dates, names, simpleReturns }: Factors,
  wanted: readonly string[],
): Float64Array {
  const columns = wanted.map((name) => names.indexOf(name));
  const unknown = columns.indexOf(-1);
  if (unknown >= 0)
    throw new RangeError(
      `${where}: there is no factor ${wanted[unknown]}, there are ${names.join(", ")}; name one of these`,
    );
  const rowOf = new Map(dates.map((date, row) => [date, row]));
  return Float64Array.from(
    panel.dates.flatMap((date) => {
      const row = rowOf.get(date);
      if (row === undefined)
        throw new RangeError(
          `${where}: the factors must have every date of the panel, but they have ${dates[0]} to ${dates.at(-1)} without ${date}; use factors of the same frequency that reach as far`,
        );
      return columns.map((c) => simpleReturns[row * names.length + c]!);
    }),
  );
}
