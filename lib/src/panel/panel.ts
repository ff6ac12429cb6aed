/** Parts of a panel. */

import { checkSameLength } from "../check.js";
import type { BetaPath, DatedSeries, Panel } from "../types.js";
import { isoDate } from "./calendar.js";

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
  const columns = positions("selectMarkets", "market", panel.markets, markets);
  return {
    ...panel,
    markets,
    marketLogReturns: pickColumns(panel.marketLogReturns, panel.markets.length, columns),
  };
}

/**
 * A panel from joined returns: which series are hedged, and which hedge them.
 *
 * @throws RangeError if a name is not one of the series
 * @example
 * panelOf(returnsOf(panel), { frequency: "monthly", coins: ["BTC", "ETH"], markets: ["GOLD"] }).coinLogReturns.length; // 166
 */
export function panelOf(
  returns: DatedSeries,
  { frequency, coins, markets }: Pick<Panel, "frequency" | "coins" | "markets">,
): Panel {
  const { dates, names, values } = returns;
  const columns = (wanted: readonly string[]) =>
    pickColumns(values, names.length, positions("panelOf", "series", names, wanted));
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
 * All returns of a panel, coins first: the inverse of `panelOf`.
 *
 * @example
 * returnsOf(onePair([0.02, 0.04], [0.01, 0.02])).values; // [0.02, 0.01, 0.04, 0.02]
 */
export function returnsOf(panel: Panel): DatedSeries {
  const { dates, coins, markets, coinLogReturns, marketLogReturns } = panel;
  return {
    dates,
    names: [...coins, ...markets],
    values: sideBySide(dates.length, coinLogReturns, marketLogReturns),
  };
}

/**
 * Log returns of one coin [T].
 *
 * @throws RangeError if the panel has no such coin
 * @example
 * coinReturns(onePair([0.02, 0.04], [0.01, 0.03]), "COIN"); // [0.02, 0.04]
 */
export function coinReturns({ coins, coinLogReturns }: Panel, coin: string): Float64Array {
  return column(coinLogReturns, coins.length, position("coinReturns", "coin", coins, coin));
}

/**
 * Log returns of one market [T].
 *
 * @throws RangeError if the panel has no such market
 * @example
 * marketReturns(onePair([0.02, 0.04], [0.01, 0.03]), "MARKET"); // [0.01, 0.03]
 */
export function marketReturns({ markets, marketLogReturns }: Panel, market: string): Float64Array {
  return column(
    marketLogReturns,
    markets.length,
    position("marketReturns", "market", markets, market),
  );
}

/**
 * Where the beta of coin i on market k at date index t stands among the values [T x N x K] of a path, of its errors or bounds.
 *
 * @param axes a path, or the panel that it is made from
 * @example
 * path.values[betaOffset(path, 5, 2, 0)]; // 2: LTC's
 */
export function betaOffset(
  { coins, markets }: Pick<BetaPath, "coins" | "markets">,
  t: number,
  i: number,
  k: number,
): number {
  return (t * coins.length + i) * markets.length + k;
}

/** Row t of a row-major matrix, as a view. */
export function rowAt<
  Values extends Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array,
>(values: Values, width: number, t: number): Values {
  return values.subarray(t * width, (t + 1) * width) as Values;
}

/**
 * One column of a row-major matrix.
 *
 * @example
 * column([1, 2, 3, 4, 5, 6], 3, 1); // [2, 5]
 */
export function column(values: ArrayLike<number>, width: number, index: number): Float64Array {
  const out = new Float64Array(values.length / width);
  for (let row = 0; row < out.length; row++) out[row] = values[row * width + index]!;
  return out;
}

/**
 * One series by its name.
 *
 * @throws RangeError if there is no such series
 * @example
 * seriesOf(returnsOf(onePair([0.02, 0.04], [0.01, 0.02])), "COIN"); // [0.02, 0.04]
 */
export function seriesOf(dated: DatedSeries, name: string): Float64Array {
  const at = position("seriesOf", "series", dated.names, name);
  return column(dated.values, dated.names.length, at);
}

/** Where a name stands among others; refuses one that is not there, naming what there is. */
export function position(
  where: string,
  kind: string,
  names: readonly string[],
  name: string,
): number {
  const at = names.indexOf(name);
  if (at < 0)
    throw new RangeError(
      `${where}: there is no ${kind} ${name}, there are ${names.join(", ")}; name one of these`,
    );
  return at;
}

/** The same for several names. */
export function positions(
  where: string,
  kind: string,
  names: readonly string[],
  wanted: readonly string[],
): number[] {
  return wanted.map((name) => position(where, kind, names, name));
}

/** Some columns of a row-major matrix, in the order asked for. */
export function pickColumns(
  values: Float64Array,
  width: number,
  columns: readonly number[],
): Float64Array {
  const rows = values.length / width;
  const out = new Float64Array(rows * columns.length);
  for (let row = 0; row < rows; row++)
    columns.forEach((c, j) => {
      out[row * columns.length + j] = values[row * width + c]!;
    });
  return out;
}

/** Row-major matrices of the same rows, side by side. */
export function sideBySide(rows: number, ...parts: readonly Float64Array[]): Float64Array {
  const widths = parts.map((part) => (rows === 0 ? 0 : part.length / rows));
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (let row = 0; row < rows; row++)
    parts.forEach((part, p) => {
      out.set(rowAt(part, widths[p]!, row), at);
      at += widths[p]!;
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
