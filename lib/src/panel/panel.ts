/** Parts of a panel. */

import { checkSameLength } from "../check.js";
import type { DatedSeries, Panel } from "../types.js";
import { inRange, isoDate } from "./calendar.js";

/**
 * Names of a market set: "FIAT+GOLD" is FIAT and GOLD.
 *
 * @example
 * marketNames("FIAT+GOLD"); // ["FIAT", "GOLD"]
 */
export function marketNames(marketSet: string): string[] {
  return marketSet.split("+");
}

/**
 * The same panel with some of its markets, in the order asked for.
 *
 * @throws RangeError if a name is not one of the panel's markets
 * @example
 * selectMarkets(panel, marketNames("FIAT+GOLD")).markets; // ["FIAT", "GOLD"]
 */
export function selectMarkets(panel: Panel, markets: readonly string[]): Panel {
  const columns = positions("selectMarkets", panel.markets, markets);
  const K = panel.markets.length;
  return {
    ...panel,
    markets,
    marketLogReturns: pick(panel.marketLogReturns, K, columns),
  };
}

/**
 * A panel from joined returns: which series are hedged, and which hedge them.
 *
 * @throws RangeError if a name is not one of the series
 * @example
 * panelOf(returnsOf(panel), "monthly", ["BTC", "ETH"], ["GOLD"]).coinLogReturns.length; // 166
 */
export function panelOf(
  returns: DatedSeries,
  frequency: Panel["frequency"],
  coins: readonly string[],
  markets: readonly string[],
): Panel {
  const { dates, names, values } = returns;
  const columns = (wanted: readonly string[]) =>
    pick(values, names.length, positions("panelOf", names, wanted));
  return {
    frequency,
    dates,
    coins,
    markets,
    coinLogReturns: columns(coins),
    marketLogReturns: columns(markets),
  };
}

/**
 * The panel through a date, inclusive: what is known at its end.
 *
 * @example
 * panelThrough(panel, "2018-12").dates.length; // 12
 */
export function panelThrough(panel: Panel, date: string): Panel {
  const T = panel.dates.filter((of) => inRange(of, { from: "", through: date })).length;
  return {
    ...panel,
    dates: panel.dates.slice(0, T),
    coinLogReturns: panel.coinLogReturns.subarray(0, T * panel.coins.length),
    marketLogReturns: panel.marketLogReturns.subarray(0, T * panel.markets.length),
    ...(panel.predictors
      ? {
          predictors: {
            ...panel.predictors,
            values: panel.predictors.values.subarray(0, T * panel.predictors.names.length),
          },
        }
      : {}),
  };
}

/**
 * All returns of a panel, coins first: the inverse of `panelOf`.
 *
 * @example
 * returnsOf(onePair([0.02, 0.04], [0.01, 0.02])).values; // [0.02, 0.01, 0.04, 0.02]
 */
export function returnsOf(panel: Panel): DatedSeries {
  const { dates, coins, markets, coinLogReturns, marketLogReturns } = panel;
  const [N, K] = [coins.length, markets.length];
  return {
    dates,
    names: [...coins, ...markets],
    values: Float64Array.from(
      dates.flatMap((_, t) => [
        ...coinLogReturns.subarray(t * N, (t + 1) * N),
        ...marketLogReturns.subarray(t * K, (t + 1) * K),
      ]),
    ),
  };
}

/**
 * One column of a row-major matrix.
 *
 * @example
 * column([1, 2, 3, 4, 5, 6], 3, 1); // [2, 5]
 */
export function column(values: ArrayLike<number>, width: number, index: number): Float64Array {
  return Float64Array.from(
    { length: values.length / width },
    (_, row) => values[row * width + index]!,
  );
}

/**
 * One series by its name.
 *
 * @throws RangeError if there is no such series
 * @example
 * seriesOf(returnsOf(onePair([0.02, 0.04], [0.01, 0.02])), "COIN"); // [0.02, 0.04]
 */
export function seriesOf(dated: DatedSeries, name: string): Float64Array {
  const [at] = positions("seriesOf", dated.names, [name]);
  return column(dated.values, dated.names.length, at!);
}

/**
 * True if two sets of series have a date in common: factors say nothing of a panel of other years, or of a simulated one.
 *
 * @example
 * sharesDates(factors, panel); // true
 * sharesDates(factors, onePair([0.02], [0.01])); // false: a month of the year 2000
 */
export function sharesDates(
  one: { readonly dates: readonly string[] },
  other: { readonly dates: readonly string[] },
): boolean {
  const known = new Set(other.dates);
  return one.dates.some((date) => known.has(date));
}

/**
 * Two sets of series side by side, on the dates that both have.
 *
 * @throws RangeError if they share no date
 * @example
 * mergedSeries(returnsOf(panel), await readDated(study.factors)).names.length; // 14: eight returns beside five factors and RF
 */
export function mergedSeries(one: DatedSeries, other: DatedSeries): DatedSeries {
  const rows = new Map(other.dates.map((date, row) => [date, row]));
  const shared = [...one.dates.keys()].filter((t) => rows.has(one.dates[t]!));
  if (shared.length === 0)
    throw new RangeError(
      `mergedSeries: both must share a date, but one has ${one.dates[0]} to ${one.dates.at(-1)}, the other ${other.dates[0]} to ${other.dates.at(-1)}; take series of one frequency`,
    );
  const row = ({ names, values }: DatedSeries, t: number) =>
    values.subarray(t * names.length, (t + 1) * names.length);
  return {
    dates: shared.map((t) => one.dates[t]!),
    names: [...one.names, ...other.names],
    values: Float64Array.from(
      shared.flatMap((t) => [...row(one, t), ...row(other, rows.get(one.dates[t]!)!)]),
    ),
  };
}

/**
 * Some of the series, in the order asked for.
 *
 * @throws RangeError if there is no such series
 * @example
 * selectSeries(returnsOf(panel), ["GOLD", "BTC"]).names; // ["GOLD", "BTC"]
 */
export function selectSeries(dated: DatedSeries, names: readonly string[]): DatedSeries {
  const columns = positions("selectSeries", dated.names, names);
  return {
    ...dated,
    names,
    values: pick(dated.values, dated.names.length, columns),
  };
}

function positions(where: string, names: readonly string[], wanted: readonly string[]): number[] {
  return wanted.map((name) => {
    const at = names.indexOf(name);
    if (at < 0)
      throw new RangeError(
        `${where}: there is no series ${name}, there are ${names.join(", ")}; name one of these`,
      );
    return at;
  });
}

function pick(values: Float64Array, width: number, columns: readonly number[]): Float64Array {
  const rows = values.length / width;
  const out = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    columns.forEach((c, j) => {
      out[row * columns.length + j] = values[row * width + c]!;
    });
  return out;
}

/**
 * A panel of one coin and one market, months from 2000-01: for examples and tests.
 *
 * @example
 * onePair([0.02], [0.01]).dates; // ["2000-01-31"]
 */
export function onePair(
  coinLogReturns: readonly number[],
  marketLogReturns: readonly number[],
): Panel {
  checkSameLength("onePair", { coinLogReturns, marketLogReturns });
  return {
    frequency: "monthly",
    dates: coinLogReturns.map((_, t) => isoDate(Date.UTC(2000, t + 1, 0) / 86_400_000)),
    coins: ["COIN"],
    markets: ["MARKET"],
    coinLogReturns: Float64Array.from(coinLogReturns),
    marketLogReturns: Float64Array.from(marketLogReturns),
  };
}
