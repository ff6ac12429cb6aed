/** Lives of a panel's coins: an asset begins and ends when it does, and has no return outside. */

import type { Panel } from "../types.js";
import { coinReturns } from "./panel.js";

/** First and last date on which a coin has a return. */
export interface CoinLife {
  readonly coin: string;
  /** Indices of these dates; -1 for a coin without a return. */
  readonly first: number;
  readonly last: number;
  /** Returns in between that are missing. */
  readonly gaps: number;
}

/**
 * When each coin begins and ends, in the order of the panel.
 *
 * @param panel log returns; NaN before a coin begins, after it ends, and where a return is missing
 * @example
 * coinLives(onePair([Number.NaN, 0.02, 0.01], [0.01, 0.01, 0.02])); // [{ coin: "COIN", first: 1, last: 2, gaps: 0 }]
 */
export function coinLives(panel: Panel): CoinLife[] {
  return panel.coins.map((coin) => {
    let [first, last, known] = [-1, -1, 0];
    coinReturns(panel, coin).forEach((value, t) => {
      if (Number.isNaN(value)) return;
      if (first < 0) first = t;
      last = t;
      known++;
    });
    return { coin, first, last, gaps: first < 0 ? 0 : last - first + 1 - known };
  });
}

/** The same lives on a part of the panel that begins with date `from`: below 0 is before it. */
export const livesFrom = (lives: readonly CoinLife[], from: number): CoinLife[] =>
  lives.map((life) => ({ ...life, first: life.first - from, last: life.last - from }));

/**
 * True if every coin has a return on the first and on the last date, and no gap between them.
 *
 * @example
 * isBalanced(panel); // true: the shipped coins are there in all months
 */
export const isBalanced = (panel: Panel): boolean =>
  !panel.coinLogReturns.some((value) => Number.isNaN(value));
