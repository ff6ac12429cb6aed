/** Estimators on panels whose betas are known: how near they come, what that is worth, and whether their intervals hold. */

import { cutBeta } from "../betas/assemble.js";
import type { Estimator, Update } from "../betas/estimator.js";
import { hedgingErrors } from "../betas/hedging.js";
import { keptResult, withoutCache } from "../models/cache/results.js";
import { inRange } from "../panel/calendar.js";
import { panelWithin } from "../panel/cut.js";
import { rowAt } from "../panel/panel.js";
import { type BetaProcess, type SimulationOptions, simulatedPanel } from "../panel/simulate.js";
import { mean } from "../stats/moments.js";
import type { BetaPath, Panel, Progress, Split } from "../types.js";
import { testedRange, type Walked, walkedEstimator, walkedLadder } from "./walked.js";

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
  /**
   * Share of the oracle's gain over the base: 1 - L / L_base, with L the sum of ((beta - betaHat)' f)^2 over coins and tested
   * dates, that part of the squared hedging error which a better beta can take away. 1 for the true beta.
   */
  readonly oracleShare: number;
  /** Of the share, over panels; NaN for one panel. */
  readonly shareError: number;
  readonly interval: string;
  /** Share of intervals that hold the true beta; NaN without intervals. A seed band is none. */
  readonly coverage: number;
}

/** The simulated panels on which estimators are scored. */
export interface SimulatedBetasOptions extends Omit<SimulationOptions, "seed"> {
  /** Id of the estimator that shares are taken against, its last update; `historical` by default. */
  readonly base?: string;
  /** Updates in which an estimator is walked; both by default. */
  readonly updates?: (estimator: Estimator) => readonly Update[];
  readonly processes: readonly BetaProcess[];
  /** Seeds of the panels, one each. */
  readonly seeds: readonly number[];
  readonly splits: (dates: readonly string[]) => readonly Split[];
}

/**
 * Scores of every estimator on simulated panels, and of the true beta, in the test blocks.
 *
 * @param estimators with the base of the oracle share: without it the shares are NaN
 * @returns rows by process, the true beta first, then the estimators in the order of the ladder
 * @example
 * const [truth] = simulated.filter(({ process }) => process === "step");
 * [truth!.estimator, truth!.betaRmse, truth!.oracleShare]; // ["true beta", 0, 1]
 */
export async function simulatedBetas(
  estimators: readonly Estimator[],
  { onProgress, ...options }: SimulatedBetasOptions & Progress,
): Promise<SimulatedRow[]> {
  const { processes, seeds, splits, updates, ...plain } = options;
  const [seed] = seeds;
  if (seed === undefined) return [];
  const rows: SimulatedRow[] = [];
  for (const [p, process] of processes.entries()) {
    const { panel } = simulatedPanel(process, { ...options, seed });
    const walked = estimators.map((estimator) => updates?.(estimator) ?? "both");
    const blocks = splits(panel.dates);
    const content = [process, seeds, plain, panel, blocks, walked];
    const tell = (done: number) =>
      onProgress?.(p * seeds.length + done, processes.length * seeds.length);
    // Simulated panels are met once: their networks and paths are not kept beside the result.
    rows.push(
      ...(await keptResult(estimators, ["simulatedBetas", content], () =>
        processRows(process, withoutCache(estimators), { ...options, blocks, onProgress: tell }),
      )),
    );
    tell(seeds.length);
  }
  return rows;
}

/** The rows of one process; tells how many of its panels are done, but the last. */
async function processRows(
  process: BetaProcess,
  estimators: readonly Estimator[],
  {
    onProgress,
    ...options
  }: SimulatedBetasOptions & {
    readonly blocks: readonly Split[];
    readonly onProgress: (done: number) => void;
  },
): Promise<SimulatedRow[]> {
  const { seeds, blocks, base = "historical" } = options;
  const found = new Map<string, Measured[]>();
  for (const [i, seed] of seeds.entries()) {
    if (i > 0) onProgress(i);
    const simulated = simulatedPanel(process, { ...options, seed });
    const walks = await walkedBy(simulated.panel, estimators, {
      splits: blocks,
      updates: options.updates,
    });
    const range = testedRange(simulated.panel, blocks);
    const [panel, trueBeta] = [
      panelWithin(simulated.panel, range),
      cutBeta(simulated.trueBeta, range),
    ];
    const tested = panel.dates.map((date) =>
      blocks.some(({ outOfSample }) => inRange(date, outOfSample)),
    );
    const candidates = [{ estimator: "true beta", update: "" as const, path: trueBeta }, ...walks];
    for (const { estimator, update, path } of candidates) {
      const key = `${estimator} ${update}`;
      const measured = {
        estimator,
        update,
        interval: path.band?.interval ?? "none",
        hedgingErrors: onDates(hedgingErrors(panel, path), tested),
        loss: sumOf(onDates(avoidableErrors(panel, path, trueBeta), tested)),
        deviations: onDates(
          path.values.map((beta, at) => beta - trueBeta.values[at]!),
          tested,
        ),
        held: onDates(held(path, trueBeta), tested).filter((value) => !Number.isNaN(value)),
      };
      found.set(key, [...(found.get(key) ?? []), measured]);
    }
  }
  const against = found.get(`${base} updated`) ?? found.get(`${base} frozen`);
  return [...found.values()].map((parts) => rowOf(process, parts, against));
}

function rowOf(
  process: BetaProcess,
  parts: readonly Measured[],
  against: readonly Measured[] | undefined,
): SimulatedRow {
  const deviations = parts.flatMap((m) => m.deviations);
  return {
    process,
    estimator: parts[0]!.estimator,
    update: parts[0]!.update,
    n: deviations.length,
    betaRmse: Math.sqrt(mean(deviations.map(square))),
    rmse: Math.sqrt(mean(parts.flatMap((m) => m.hedgingErrors.map(square)))),
    ...oracleShare(parts, against),
    interval: parts[0]!.interval,
    coverage: mean(parts.flatMap((m) => m.held)),
  };
}

/** Every estimator in its updates; one whose updates agree stands once. */
async function walkedBy(
  panel: Panel,
  estimators: readonly Estimator[],
  {
    splits,
    updates,
  }: {
    readonly splits: readonly Split[];
    readonly updates: SimulatedBetasOptions["updates"] | undefined;
  },
): Promise<Walked[]> {
  if (!updates) return walkedLadder(panel, estimators, { splits });
  const walked: Walked[] = [];
  for (const estimator of estimators) {
    const [only, ...others] = updates(estimator);
    if (only && others.length === 0)
      walked.push(await walkedEstimator(panel, estimator, { splits, update: only }));
    else walked.push(...(await walkedLadder(panel, [estimator], { splits })));
  }
  return walked;
}

/** Ratio of sums over panels, with the standard error of its linear approximation. */
function oracleShare(parts: readonly Measured[], against: readonly Measured[] | undefined) {
  if (!against) return { oracleShare: Number.NaN, shareError: Number.NaN };
  const base = against.map(({ loss }) => loss);
  const total = sumOf(base);
  const ratio = sumOf(parts.map(({ loss }) => loss)) / total;
  const n = parts.length;
  const squares = sumOf(parts.map(({ loss }, panel) => square(loss - ratio * base[panel]!)));
  const shareError = n > 1 ? Math.sqrt((squares * n) / (n - 1)) / total : Number.NaN;
  return { oracleShare: 1 - ratio, shareError };
}

/** (beta - betaHat)' f by date and coin, squared. */
function avoidableErrors(panel: Panel, path: BetaPath, trueBeta: BetaPath): Float64Array {
  const [N, K] = [panel.coins.length, panel.markets.length];
  const errors = new Float64Array(panel.dates.length * N);
  let [cell, at] = [0, 0];
  for (let t = 0; t < panel.dates.length; t++) {
    const f = rowAt(panel.marketLogReturns, K, t);
    for (let i = 0; i < N; i++) {
      let sum = 0;
      for (let k = 0; k < K; k++, at++) sum += (trueBeta.values[at]! - path.values[at]!) * f[k]!;
      errors[cell++] = square(sum);
    }
  }
  return errors;
}

interface Measured {
  readonly estimator: string;
  readonly update: Update | "";
  readonly interval: string;
  readonly hedgingErrors: readonly number[];
  /** Sum of the squared errors that a better beta can take away. */
  readonly loss: number;
  readonly deviations: readonly number[];
  /** 1 where the interval holds the true beta, else 0. */
  readonly held: readonly number[];
}

const square = (x: number): number => x ** 2;
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Values of the tested dates. */
function onDates(values: Float64Array, tested: readonly boolean[]): number[] {
  const perDate = values.length / tested.length;
  return tested.flatMap((isTested, t) => (isTested ? [...rowAt(values, perDate, t)] : []));
}

/** 1 where the interval holds the true beta, 0 where not, NaN without one. */
function held({ values, band }: BetaPath, trueBeta: BetaPath): Float64Array {
  return values.map((_, at) => {
    if (!band || band.interval === "seed" || Number.isNaN(band.lower[at])) return Number.NaN;
    const beta = trueBeta.values[at]!;
    return Number(band.lower[at]! <= beta && beta <= band.upper[at]!);
  });
}
