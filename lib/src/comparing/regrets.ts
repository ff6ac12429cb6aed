/** What an estimator costs on real series against the best of some others in hindsight. */

import { hedgingErrors } from "../betas/hedging.js";
import { returnsOf, selectMarkets, seriesOf } from "../panel/panel.js";
import { rootMeanSquare } from "../stats/moments.js";
import type { Panel } from "../types.js";
import type { NamedEstimate } from "./panel-shares.js";

/** A panel under a name, for example `weekly coins on GOLD`. */
export interface NamedPanel {
  readonly set: string;
  readonly panel: Panel;
}

/** One estimator on one set. */
export interface Regret {
  readonly set: string;
  readonly estimator: string;
  /** Dates that are scored. */
  readonly n: number;
  /** Hedging RMSE over that of no hedge. */
  readonly ratio: number;
  /** Ratio less the lowest ratio of the rivals on the set. */
  readonly regret: number;
}

/**
 * Hedging RMSE over that of no hedge on each set after its first third, and the regret against the best rival of that set.
 *
 * @param rivals names of the paths whose best in hindsight is the measure
 * @example
 * const zero = { estimator: "zero", path: zeroBeta };
 * regrets([{ set: "dollar", panel: dollar }], [zero], ["zero"])[0]; // { set: "dollar", estimator: "zero", n: 56, ratio: 1, regret: 0 }
 */
export function regrets(
  sets: readonly NamedPanel[],
  paths: readonly NamedEstimate[],
  rivals: readonly string[],
): Regret[] {
  return sets.flatMap(({ set, panel }) => {
    const { dates, coins, coinLogReturns } = panel;
    const first = Math.floor(dates.length / 3);
    const width = coins.length;
    const rms = (errors: Float64Array) =>
      rootMeanSquare(errors.subarray(first * width).filter(Number.isFinite));
    const none = rms(coinLogReturns);
    const scored = { from: dates[first]!, through: dates.at(-1)! };
    const ratios = paths.map(
      ({ path }) => rms(hedgingErrors(panel, path(panel, dates[0]!, scored))) / none,
    );
    const best = Math.min(...ratios.filter((_, p) => rivals.includes(paths[p]!.estimator)));
    return paths.map(({ estimator }, p) => ({
      set,
      estimator,
      n: dates.length - first,
      ratio: ratios[p]!,
      regret: ratios[p]! - best,
    }));
  });
}

/**
 * Any series of a panel, coin or market, as the dependent one, hedged by any other.
 *
 * @throws RangeError if the panel has no such series
 * @example
 * seriesPair(panel, "GOLD", "FIAT").coins; // ["GOLD"]
 */
export function seriesPair(panel: Panel, dependent: string, market: string): Panel {
  const { frequency, dates } = panel;
  return {
    frequency,
    dates,
    coins: [dependent],
    markets: [market],
    coinLogReturns: seriesOf(returnsOf(panel), dependent),
    marketLogReturns: seriesOf(returnsOf(panel), market),
  };
}

/**
 * The coins on each market by itself, as sets to be compared.
 *
 * @example
 * singleMarkets(panel).map(({ set }) => set).slice(0, 2); // ["monthly coins on FIAT", "monthly coins on EQUITY"]
 */
export function singleMarkets(panel: Panel): NamedPanel[] {
  return panel.markets.map((market) => ({
    set: `${panel.frequency} coins on ${market}`,
    panel: selectMarkets(panel, [market]),
  }));
}
