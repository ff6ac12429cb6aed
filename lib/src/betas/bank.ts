/** The exponentially weighted bank: filters mixed by what they have lost, without a network. */

import { betaOffset, rowAt } from "../panel/panel.js";
import { recursiveOls } from "../stats/recursive-ols.js";
import type { BetaPath, Panel } from "../types.js";
import { EXPERTS, FIRST_ROWS, type FilterBank, filterBank, predict } from "./filter-bank.js";
import { learn } from "./filter-bank-learning.js";
import type { ExpandingOptions } from "./regression-betas.js";
import { firstRow, refuseCollinear, wantedDates } from "./rows.js";

/** Weight that a unit of gain over least squares gives in the exponent. */
const RATE = 0.25;

/**
 * Betas of the experts of a filter bank, weighted by exp(gain / 4): gain is what an expert has lost less than least squares, each
 * squared error in units of the noise variance and held within 12.
 *
 * The bank has seven random-walk filters, plain and robust to large errors, each under four priors around zero, and zero itself: 57
 * experts, one pass over the dates. Nothing is tuned. The beta at t uses the dates from `from` through t - 1.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out
 * @returns [T x N x K] betas; NaN until a coin has five rows
 * @throws RangeError if the markets are collinear
 * @example
 * const pair = onePair([0.02, -0.04, 0.01, 0.03, -0.02, 0.02], [0.01, -0.02, 0.005, 0.015, -0.01, 0.01]);
 * bankBeta(pair, { from: "2000-01" }).values.at(-1); // 1.1569
 * @see Cesa-Bianchi and Lugosi (2006), Prediction, Learning, and Games, section 2.1: the weights
 */
export function bankBeta(panel: Panel, options: Omit<ExpandingOptions, "minObs">): BetaPath {
  const { from } = options;
  const first = firstRow("bankBeta", panel, from);
  const isWanted = wantedDates(panel, options);
  const N = panel.coins.length;
  const K = panel.markets.length;
  const values = new Float64Array(panel.dates.length * N * K).fill(NaN);
  for (const coin of panel.coins.keys()) {
    const weights = new Float64Array(EXPERTS);
    walkBank(coinRows(panel, coin, first), K, (bank, t) => {
      if (!isWanted(t)) return;
      const to = betaOffset(panel, t, coin, 0);
      weightByGain(bank, weights);
      for (let k = 0; k < K; k++) values[to + k] = weightedBeta(bank, weights, k);
    });
  }
  refuseCollinearMarkets("bankBeta", panel, from);
  const { dates, coins, markets } = panel;
  return { dates, coins, markets, values, kind: "walkForward" };
}

/** Complete rows of one series, by date. */
export interface SeriesRows {
  /** Index of the date of every row [n]. */
  readonly dates: Int32Array;
  /** Market returns [n x K] and returns of the series [n]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** First date and the number of dates: a beta is due on every one of them. */
  readonly first: number;
  readonly periods: number;
}

/** Rows in which a series and all markets have returns. */
export function seriesRows(panel: Panel, first: number, series: (t: number) => number): SeriesRows {
  const K = panel.markets.length;
  const { marketLogReturns } = panel;
  const isComplete = (t: number) =>
    Number.isFinite(series(t)) && rowAt(marketLogReturns, K, t).every(Number.isFinite);
  const dates = [...panel.dates.keys()].filter((t) => t >= first && isComplete(t));
  const x = new Float64Array(dates.length * K);
  const y = new Float64Array(dates.length);
  dates.forEach((t, row) => {
    x.set(rowAt(marketLogReturns, K, t), row * K);
    y[row] = series(t);
  });
  return { dates: Int32Array.from(dates), x, y, first, periods: panel.dates.length };
}

const coinRows = (panel: Panel, coin: number, first: number): SeriesRows =>
  seriesRows(panel, first, (t) => rowAt(panel.coinLogReturns, panel.coins.length, t)[coin]!);

/**
 * Runs a bank over a series, and visits every date after the fifth row: `visit` sees the bank predict the date from the rows
 * before it.
 *
 * @param onRow sees a row after the bank's prediction for it and before the bank learns it
 */
export function walkBank(
  rows: SeriesRows,
  markets: number,
  visit: (bank: FilterBank, t: number) => void,
  onRow: (bank: FilterBank, at: number, y: number) => void = () => {},
): void {
  const { dates, x, y } = rows;
  if (dates.length < FIRST_ROWS) return;
  const bank = filterBank(x, y, markets);
  let row = 0;
  for (let t = rows.first; t < rows.periods; t++) {
    const present = dates[row] === t;
    if (present || row >= FIRST_ROWS) predict(bank);
    if (row >= FIRST_ROWS) visit(bank, t);
    if (!present) continue;
    onRow(bank, row * markets, y[row]!);
    learn(bank, x, row * markets, y[row]!);
    row++;
  }
}

/** Fills weights [57] that sum to one. */
export function weightByGain({ gains }: FilterBank, weights: Float64Array): void {
  let most = -Infinity;
  for (let j = 0; j < EXPERTS; j++) most = Math.max(most, gains[2 * EXPERTS + j]!);
  let sum = 0;
  for (let j = 0; j < EXPERTS; j++) {
    weights[j] = Math.exp(RATE * (gains[2 * EXPERTS + j]! - most));
    sum += weights[j]!;
  }
  for (let j = 0; j < EXPERTS; j++) weights[j]! /= sum;
}

/** Beta on market k under some weights of the experts. */
export function weightedBeta(bank: FilterBank, weights: Float64Array, k: number): number {
  const { betas, markets: K } = bank;
  let sum = 0;
  for (let j = 0; j < EXPERTS; j++) sum += weights[j]! * betas[j * K + k]!;
  return sum;
}

/** Throws a RangeError if no rows of a panel tell its markets apart: a bank would share one beta among them. */
export function refuseCollinearMarkets(where: string, panel: Panel, from: string): void {
  const K = panel.markets.length;
  const ols = recursiveOls(K);
  const first = firstRow(where, panel, from);
  for (const t of panel.dates.keys()) if (t >= first) ols.add(panel.marketLogReturns, 0, t * K);
  const { dates, markets } = panel;
  const values = Float64Array.from(ols.coefficients());
  refuseCollinear(where, { dates, markets, values }, from);
}
