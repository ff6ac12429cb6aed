/** Estimators on panels whose betas are known: how near they come, what that is worth, and whether their intervals hold. */

import type { Estimator, Update } from "../betas/estimator.js";
import { hedgingErrors } from "../betas/hedging.js";
import { inRange } from "../panel/calendar.js";
import { type BetaProcess, type SimulationOptions, simulatedPanel } from "../panel/simulate.js";
import { mean } from "../stats/moments.js";
import type { BetaPath, Progress, Split } from "../types.js";
import { walkedLadder } from "./walked.js";

/** One estimator under one process, over all simulated panels. */
export interface SimulatedRow {
  readonly process: BetaProcess;
  readonly estimator: string;
  readonly update: Update | "";
  /** Betas compared. */
  readonly n: number;
  /** Root mean square of beta - trueBeta. */
  readonly betaRmse: number;
  /** Hedging RMSE in log returns. */
  readonly rmse: number;
  /** (MSE_OLS - MSE) / (MSE_OLS - MSE_trueBeta), with OLS the historical beta, updated; 1 for the true beta. */
  readonly oracleShare: number;
  readonly interval: string;
  /** Share of intervals that hold the true beta; NaN without intervals. A seed band is none. */
  readonly coverage: number;
}

/** The simulated panels on which estimators are scored. */
export interface SimulatedBetasOptions extends Omit<SimulationOptions, "seed"> {
  readonly processes: readonly BetaProcess[];
  /** Seeds of the panels, one each. */
  readonly seeds: readonly number[];
  readonly splits: (dates: readonly string[]) => readonly Split[];
}

/**
 * Scores of every estimator on simulated panels, and of the true beta, in the test blocks.
 *
 * @param estimators with `historical`, whose updated beta is the OLS of the oracle share: without it the shares are NaN
 * @returns rows by process, the true beta first, then the estimators in the order of the ladder
 * @example
 * const [truth] = simulated.filter(({ process }) => process === "step");
 * [truth!.estimator, truth!.betaRmse, truth!.oracleShare]; // ["true beta", 0, 1]
 */
export async function simulatedBetas(
  estimators: readonly Estimator[],
  { onProgress, ...options }: SimulatedBetasOptions & Progress,
): Promise<SimulatedRow[]> {
  const { processes, seeds, splits } = options;
  const rows: SimulatedRow[] = [];
  let done = 0;
  for (const process of processes) {
    const found = new Map<string, Measured[]>();
    for (const seed of seeds) {
      const { panel, trueBeta } = simulatedPanel(process, { ...options, seed });
      const blocks = splits(panel.dates);
      const tested = panel.dates.map((date) =>
        blocks.some(({ outOfSample }) => inRange(date, outOfSample)),
      );
      const candidates = [
        { estimator: "true beta", update: "" as const, path: trueBeta },
        ...(await walkedLadder(panel, estimators, { splits: blocks })),
      ];
      for (const { estimator, update, path } of candidates) {
        const key = `${estimator} ${update}`;
        const measured = {
          estimator,
          update,
          interval: path.band?.interval ?? "none",
          hedgingErrors: onDates(hedgingErrors(panel, path), tested),
          deviations: onDates(
            path.values.map((beta, at) => beta - trueBeta.values[at]!),
            tested,
          ),
          held: onDates(held(path, trueBeta), tested).filter((value) => !Number.isNaN(value)),
        };
        found.set(key, [...(found.get(key) ?? []), measured]);
      }
      onProgress?.(++done, processes.length * seeds.length);
    }
    const mse = (key: string) =>
      mean((found.get(key) ?? []).flatMap((m) => m.hedgingErrors.map(square)));
    const [best, ols] = [mse("true beta "), mse("historical updated")];
    for (const [key, parts] of found) {
      const deviations = parts.flatMap((m) => m.deviations);
      rows.push({
        process,
        estimator: parts[0]!.estimator,
        update: parts[0]!.update,
        n: deviations.length,
        betaRmse: Math.sqrt(mean(deviations.map(square))),
        rmse: Math.sqrt(mse(key)),
        oracleShare: (ols - mse(key)) / (ols - best),
        interval: parts[0]!.interval,
        coverage: mean(parts.flatMap((m) => m.held)),
      });
    }
  }
  return rows;
}

interface Measured {
  readonly estimator: string;
  readonly update: Update | "";
  readonly interval: string;
  readonly hedgingErrors: readonly number[];
  readonly deviations: readonly number[];
  /** 1 where the interval holds the true beta, else 0. */
  readonly held: readonly number[];
}

const square = (x: number): number => x ** 2;

/** Values of the tested dates. */
function onDates(values: Float64Array, tested: readonly boolean[]): number[] {
  const perDate = values.length / tested.length;
  return Array.from(values).filter((_, at) => tested[Math.floor(at / perDate)]);
}

/** 1 where the interval holds the true beta, 0 where not, NaN without one. */
function held({ values, band }: BetaPath, trueBeta: BetaPath): Float64Array {
  return values.map((_, at) => {
    if (!band || band.interval === "seed" || Number.isNaN(band.lower[at])) return Number.NaN;
    const beta = trueBeta.values[at]!;
    return Number(band.lower[at]! <= beta && beta <= band.upper[at]!);
  });
}
