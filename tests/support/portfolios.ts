/** What the tests of portfolios share: tiny panels, and betas written down by hand. */

import { isoDate } from "../../lib/src/panel/calendar.js";
import type { BetaPath, Panel } from "../../lib/src/types.js";

/** Ends of months from 2020-01. */
export const monthEnds = (months: number): string[] =>
  Array.from({ length: months }, (_, t) => isoDate(Date.UTC(2020, t + 1, 0) / 86_400_000));

/** Months from 2020-01 of coins A, B, C … and one market, from simple returns by month. */
export function panelOfReturns(
  coins: readonly (readonly number[])[],
  market: readonly number[] = coins.map(() => 0),
): Panel {
  const log = (returns: readonly number[]) => Float64Array.from(returns, (r) => Math.log(1 + r));
  return {
    frequency: "monthly",
    dates: monthEnds(coins.length),
    coins: coinNames(coins[0]!.length),
    markets: ["X"],
    coinLogReturns: log(coins.flat()),
    marketLogReturns: log(market),
  };
}

export const coinNames = (coins: number): string[] =>
  Array.from({ length: coins }, (_, i) => String.fromCharCode(65 + i));

/** Walk-forward betas on the panel's one market, by month. */
export function betasOf(panel: Panel, betas: readonly (readonly number[])[]): BetaPath {
  const { dates, coins, markets } = panel;
  return {
    dates,
    coins,
    markets,
    values: Float64Array.from(betas.flat()),
    kind: "walkForward",
  };
}

/** A panel whose returns do not matter, with betas by month. */
export function sortable(betas: readonly (readonly number[])[]): {
  readonly panel: Panel;
  readonly path: BetaPath;
} {
  const panel = panelOfReturns(betas.map((row) => row.map(() => 0)));
  return { panel, path: betasOf(panel, betas) };
}
