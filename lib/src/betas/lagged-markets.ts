/** Markets with their earlier periods, for what reacts late. */

import { rowAt } from "../panel/panel.js";
import type { Panel } from "../types.js";

/**
 * The panel with K (1 + lags) markets: its own, and by how much each differed `lag` periods earlier, for every lag.
 *
 * sum_l b_l f[t-l] = (sum_l b_l) f[t] + sum_l b_l (f[t-l] - f[t]): the sum of the betas is a coefficient of the first K, and has its standard error.
 */
export function laggedMarkets(panel: Panel, lags: number): Panel {
  const { dates, markets, marketLogReturns } = panel;
  const K = markets.length;
  const width = K * (1 + lags);
  const returnAt = (t: number, k: number) => (t < 0 ? NaN : rowAt(marketLogReturns, K, t)[k]!);
  return {
    ...panel,
    markets: Array.from({ length: width }, (_, j) =>
      j < K ? markets[j]! : `${markets[j % K]} ${Math.floor(j / K)} earlier`,
    ),
    marketLogReturns: Float64Array.from({ length: dates.length * width }, (_, at) => {
      const [t, lag, k] = [Math.floor(at / width), Math.floor((at % width) / K), at % K];
      return lag === 0 ? returnAt(t, k) : returnAt(t - lag, k) - returnAt(t, k);
    }),
  };
}
