/** Estimators on many simulated panels: shares of the oracle's gain without the noise of the returns, with standard errors. */

import { historicalBeta } from "../betas/historical.js";
import { betaOffset, rowAt } from "../panel/panel.js";
import { type BetaProcess, type SimulationOptions, simulatedPanel } from "../panel/simulate.js";
import { mean } from "../stats/moments.js";
import type { BetaPath, DateRange, Panel, Progress } from "../types.js";

/** A named path of betas, walk-forward by construction. */
export interface NamedEstimate {
  readonly estimator: string;
  /** @param dates those that are scored: a path may leave out the betas of the others */
  readonly path: (panel: Panel, from: string, dates: DateRange) => BetaPath;
}

/** One estimator under one process, over all panels; process `all` pools them. */
export interface PanelShare {
  readonly process: BetaProcess | "all";
  readonly estimator: string;
  /** 1 - sum of ((beta - betaHat) f)^2 over that of the historical beta; 1 for the true beta. */
  readonly share: number;
  /** Over panels; NaN for all processes. */
  readonly standardError: number;
  /** Share of 95 % intervals that hold the true beta; NaN without intervals. */
  readonly coverage: number;
}

/** Panels, and the dates on which they are scored. */
export interface PanelSharesOptions extends Omit<SimulationOptions, "seed">, Progress {
  readonly seeds: readonly number[];
  /** Index of the first date whose return is used, and of the first that is scored. */
  readonly from: number;
  readonly scored: number;
}

/**
 * Shares of the oracle's gain over the historical beta, process by process, then pooled.
 *
 * @example
 * const zero = { estimator: "zero", path: zeroBeta };
 * const options = { seeds: [1], from: 0, scored: 20, periods: 40, coins: 2, markets: 1 };
 * panelShares([zero], ["constant"], options).map(({ process }) => process); // ["constant", "all"]
 */
export function panelShares(
  paths: readonly NamedEstimate[],
  processes: readonly BetaProcess[],
  options: PanelSharesOptions,
): PanelShare[] {
  const sums = paths.map(() => ({ ours: 0, ols: 0 }));
  let done = 0;
  const rows = processes.flatMap((process) => {
    const scores = paths.map(() => [] as PanelScore[]);
    for (const seed of options.seeds) {
      const { panel, trueBeta } = simulatedPanel(process, { ...options, seed });
      const score = scorer(panel, trueBeta, options.scored);
      const from = panel.dates[options.from]!;
      const dates = { from: panel.dates[options.scored]!, through: panel.dates.at(-1)! };
      const found = paths.map(({ path }) => score(path(panel, from, dates)));
      const ols = score(historicalBeta(panel, { from, intervals: false })).loss;
      found.forEach((own, p) => {
        scores[p]!.push({ ...own, ols });
      });
      options.onProgress?.(++done, processes.length * options.seeds.length);
    }
    return paths.map(({ estimator }, p) => {
      const losses = scores[p]!.map(({ loss }) => loss);
      const ols = mean(scores[p]!.map((s) => s.ols!));
      sums[p]!.ours += mean(losses);
      sums[p]!.ols += ols;
      const ratio = mean(losses) / ols;
      const spread = mean(scores[p]!.map((s) => (s.loss - ratio * s.ols!) ** 2));
      const coverage = mean(scores[p]!.map((s) => s.coverage));
      const standardError = Math.sqrt(spread / losses.length) / ols;
      return { process, estimator, share: 1 - ratio, standardError, coverage };
    });
  });
  const pooled = paths.map(({ estimator }, p) => ({
    process: "all" as const,
    estimator,
    share: 1 - sums[p]!.ours / sums[p]!.ols,
    standardError: NaN,
    coverage: mean(rows.filter((row) => row.estimator === estimator).map((row) => row.coverage)),
  }));
  return [...rows, ...pooled];
}

interface PanelScore {
  readonly loss: number;
  readonly coverage: number;
  readonly ols?: number;
}

/** Loss and coverage of a path on the scored dates of one panel. */
const scorer =
  (panel: Panel, trueBeta: BetaPath, scored: number) =>
  ({ values, band }: BetaPath): PanelScore => {
    const [N, K] = [panel.coins.length, panel.markets.length];
    let [loss, held, count] = [0, 0, 0];
    for (let t = scored; t < panel.dates.length; t++) {
      const f = rowAt(panel.marketLogReturns, K, t);
      for (let i = 0; i < N; i++) {
        let error = 0;
        for (let k = 0; k < K; k++) {
          const at = betaOffset(panel, t, i, k);
          const truth = trueBeta.values[at]!;
          error += (truth - values[at]!) * f[k]!;
          if (band && band.lower[at]! <= truth && truth <= band.upper[at]!) held++;
          count++;
        }
        loss += error ** 2;
      }
    }
    return { loss, coverage: band ? held / count : NaN };
  };
