/** The series that a panel's amortised betas are made of: the mean of the coins less its constant, and every coin less that mean. */

import { refuseCollinearMarkets, seriesRows } from "../../betas/bank.js";
import type { DatesOptions } from "../../betas/regression-betas.js";
import { firstRow, wantedDates } from "../../betas/rows.js";
import { rowAt } from "../../panel/panel.js";
import { recursiveOls } from "../../stats/recursive-ols.js";
import type { Panel } from "../../types.js";
import { type DateBetas, seriesBetas } from "./series-betas.js";

/** First date whose return is used, the dates that need a beta, and how often the mean's series is rerun. */
export interface PanelSeriesOptions extends DatesOptions {
  readonly from: string;
  /** Growth of the rows after which the mean's constant is renewed; 1.05 by default. */
  readonly renewal?: number;
}

/** Rows by which the mean's constant may grow older: the bank of the mean runs anew when rows have grown by this factor. */
const RENEWAL = 1.05;

/**
 * What the network says of a panel's series.
 *
 * @returns `common`: of the mean coin by date, with its constant; undefined for a single coin. `visit`: of a coin less that mean,
 * date by date
 */
export function panelSeries(
  where: string,
  panel: Panel,
  options: PanelSeriesOptions,
): {
  readonly common: readonly (DateBetas | undefined)[] | undefined;
  readonly visit: (coin: number, visit: (dated: DateBetas) => void) => void;
} {
  const { from, renewal = RENEWAL } = options;
  const { dates, coins, markets, coinLogReturns } = panel;
  const [N, K] = [coins.length, markets.length];
  const isWanted = wantedDates(panel, options);
  const first = firstRow(where, panel, from);
  refuseCollinearMarkets(where, panel, from);
  const mean = Float64Array.from(dates, (_, t) => meanOf(rowAt(coinLogReturns, N, t)));
  return {
    common: N > 1 ? meanBetas(panel, { first, mean, renewal, isWanted }) : undefined,
    visit(coin, visit) {
      const own = seriesRows(
        panel,
        first,
        (t) => rowAt(coinLogReturns, N, t)[coin]! - (N > 1 ? mean[t]! : 0),
      );
      seriesBetas(own, { markets: K, visit, wanted: isWanted });
    },
  };
}

/** Mean of the returns that are there; NaN if there is none. */
function meanOf(returns: Float64Array): number {
  const known = returns.filter(Number.isFinite);
  return known.length === 0 ? NaN : known.reduce((sum, r) => sum + r, 0) / known.length;
}

/** The mean's series, from which date on, how often it is rerun, and for which dates. */
interface MeanOptions {
  readonly first: number;
  readonly mean: Float64Array;
  readonly renewal: number;
  readonly isWanted: (t: number) => boolean;
}

/** m + N(mean - m f) by date: m is renewed, and the series rerun, when rows have grown by a factor. */
function meanBetas(
  panel: Panel,
  { first, mean, renewal, isWanted }: MeanOptions,
): (DateBetas | undefined)[] {
  const K = panel.markets.length;
  const found: (DateBetas | undefined)[] = new Array(panel.dates.length).fill(undefined);
  const { dates, x, y } = seriesRows(panel, first, (t) => mean[t]!);
  const ols = recursiveOls(K);
  let taken = 0;
  for (let row = 5; row <= dates.length; ) {
    const next = Math.max(row + 1, Math.floor(row * renewal));
    // Dates after row - 1 rows are known and before next - 1 are.
    const from = dates[row - 1]! + 1;
    const until = dates[next - 1] ?? panel.dates.length - 1;
    const due = (t: number) => t >= from && t <= until && isWanted(t);
    for (; taken < row; taken++) ols.add(x, y[taken]!, taken * K);
    row = next;
    if (!panel.dates.some((_, t) => due(t))) continue;
    const constant = ols.coefficients().map((m) => (Number.isNaN(m) ? 0 : m));
    const rest = y.map((r, at) => constant.reduce((sum, m, k) => sum - m * rowAt(x, K, at)[k]!, r));
    const segment = { dates, x, y: rest, first, periods: until + 1 };
    seriesBetas(segment, {
      markets: K,
      visit(dated) {
        found[dated.t] = { ...dated, betas: dated.betas.map((b, k) => b + constant[k]!) };
      },
      wanted: due,
    });
  }
  return found;
}
