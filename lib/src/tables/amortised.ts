/** The amortised network: its prior, and how near it comes on simulated and on real series. */

import type { PanelShare } from "../comparing/panel-shares.js";
import type { Regret } from "../comparing/regrets.js";
import { PRIOR_SETTING } from "../models/amortised/prior.js";
import type { ProcessScore } from "../models/amortised/prior-test.js";
import { PRIOR_PROCESSES } from "../models/amortised/processes.js";
import { type Cell, type Table, tableOf } from "./table.js";

/**
 * The prior: processes of beta with their shares, then what returns, noise and levels are drawn from.
 *
 * @example
 * tablePrior().rows[0]; // ["constant", 0.2, "none"]
 */
export function tablePrior(): Table {
  return {
    id: "amortised-prior",
    caption:
      "What the amortised network is trained on: simulated series, one draw of everything each",
    columns: [
      { key: "part", head: "Part" },
      { key: "share", head: "Share", decimals: 2 },
      { key: "draws", head: "Draws" },
    ],
    rows: [
      ...PRIOR_PROCESSES.map(({ name, share, movement }): Cell[] => [name, share, movement]),
      ...PRIOR_SETTING.map(([part, draws]): Cell[] => [part, null, draws]),
    ],
    notes: [
      "Beta is in units of the noise over the market's standard deviation; a is log-uniform from 0.05 to 1.2, n a standard normal number. The six processes of the simulated panels are relatives of these.",
    ],
  };
}

/**
 * Shares by process and look-back, with the coverage of the network's intervals.
 *
 * @example
 * tableProcessScores(processScores(2, [12]), 2).rows.length; // 60
 */
export function tableProcessScores(rows: readonly ProcessScore[], series: number): Table {
  return {
    id: "amortised-shares",
    caption: `Share of the squared error of least squares that is taken off, 1 − MSE(β) / MSE(β, OLS); simulated, ${series} series a process`,
    ...tableOf(rows, [
      { key: "prior", head: "Prior", value: ({ prior }) => prior },
      { key: "process", head: "True beta", value: ({ process }) => process },
      { key: "lookback", head: "Rows seen", decimals: 0, value: ({ lookback }) => lookback },
      { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
      { key: "mse", head: "MSE", decimals: 4, value: ({ mse }) => mse },
      { key: "share", head: "Share", decimals: 2, value: ({ share }) => share },
      { key: "coverage", head: "Coverage", decimals: 3, value: ({ coverage }) => coverage },
    ]),
    shown: 4,
    notes: [
      "ewma: half-life of 48 rows. Errors are divided by one plus the mean square of beta and held within 25. Coverage: share of 95 % intervals that hold the true beta.",
    ],
  };
}

/**
 * Shares on one line per process and look-back, one column per estimator.
 *
 * @example
 * tableSharesByLookback(processScores(2, [12])).rows.length; // 2: inside and outside the prior
 */
export function tableSharesByLookback(rows: readonly ProcessScore[]): Table {
  const names = [...new Set(rows.map(({ estimator }) => estimator))];
  const lines = (["inside", "outside"] as const).flatMap((prior) =>
    [...new Set(rows.map(({ lookback }) => lookback))].map((lookback): Cell[] => {
      const all = rows.filter((row) => row.prior === prior && row.lookback === lookback);
      const total = (name: string) =>
        all.reduce((sum, row) => sum + (row.estimator === name ? row.mse : 0), 0);
      const held = all.filter((row) => Number.isFinite(row.coverage));
      const coverage = held.reduce((sum, row) => sum + row.coverage, 0) / held.length;
      const shares = names.slice(1).map((name) => 1 - total(name) / total(names[0]!));
      return [prior, lookback, ...shares, coverage];
    }),
  );
  return {
    id: "amortised-lookbacks",
    caption:
      "Share of the squared error of least squares that is taken off, processes pooled; simulated",
    columns: [
      { key: "prior", head: "Prior" },
      { key: "lookback", head: "Rows seen", decimals: 0 },
      ...names.slice(1).map((name) => ({ key: name, head: name, decimals: 2 })),
      { key: "coverage", head: "Coverage", decimals: 3 },
    ],
    rows: lines,
    notes: [
      "Outside: processes that the network was never trained on. Coverage: of the network's 95 % intervals.",
    ],
  };
}

/**
 * Shares on simulated panels with standard errors.
 *
 * @example
 * const shares = panelShares([{ estimator: "zero", path: zeroBeta }], ["constant"], { seeds: [1], from: 0, scored: 20, periods: 40, coins: 2, markets: 1 });
 * tablePanelShares(shares, "one panel").rows.length; // 2
 */
export function tablePanelShares(rows: readonly PanelShare[], sample: string): Table {
  return {
    id: "amortised-panels",
    caption: `Share of the oracle's gain over the historical beta, without the noise of the returns; simulated, ${sample}`,
    ...tableOf(rows, [
      { key: "process", head: "True beta", value: ({ process }) => process },
      { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
      { key: "share", head: "Share", decimals: 3, value: ({ share }) => share },
      {
        key: "standardError",
        head: "Standard error",
        decimals: 3,
        value: ({ standardError }) => standardError,
      },
      { key: "coverage", head: "Coverage", decimals: 3, value: ({ coverage }) => coverage },
    ]),
    notes: [
      "1 − Σ((β − β̂) f)² / Σ((β − β̂_OLS) f)²: 1 is the true beta, 0 the historical beta, below 0 is worse. Standard errors over panels.",
    ],
  };
}

/**
 * Regrets on real series: one line per estimator, its mean and greatest regret, then its ratio on every set.
 *
 * @example
 * const paths = [{ estimator: "zero", path: zeroBeta }];
 * tableRegrets(regrets([{ set: "dollar", panel: dollar }], paths, ["zero"]), "monthly").rows; // [["zero", 1, 0, 0, 1]]
 */
export function tableRegrets(rows: readonly Regret[], sample: string): Table {
  const sets = [...new Set(rows.map(({ set }) => set))];
  const names = [...new Set(rows.map(({ estimator }) => estimator))];
  const rowsOf = (name: string) => rows.filter(({ estimator }) => estimator === name);
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  return {
    id: "amortised-regrets",
    caption: `Hedging RMSE over that of no hedge, and the regret against the best classical estimator of each set in hindsight; ${sample}`,
    columns: [
      { key: "estimator", head: "Estimator" },
      { key: "ratio", head: "Mean ratio", decimals: 4 },
      { key: "regret", head: "Mean regret", decimals: 4 },
      { key: "greatest", head: "Greatest regret", decimals: 4 },
      ...sets.map((set) => ({ key: set, head: set, decimals: 4, fileOnly: true })),
    ],
    rows: names.map((name) => [
      name,
      mean(rowsOf(name).map(({ ratio }) => ratio)),
      mean(rowsOf(name).map(({ regret }) => regret)),
      Math.max(...rowsOf(name).map(({ regret }) => regret)),
      ...rowsOf(name).map(({ ratio }) => ratio),
    ]),
    notes: [
      `Sets: ${sets.join(", ")}; each from a third of its dates on. The file has the ratio of every set.`,
    ],
  };
}
