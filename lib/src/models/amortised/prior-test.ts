/** The network, the bank and classical betas on fresh series whose betas are known. */

import { weightByGain, weightedBeta } from "../../betas/bank.js";
import { EXPERTS } from "../../betas/filter-bank.js";
import { checkSizes } from "../../check.js";
import { mean } from "../../stats/moments.js";
import type { AmortisedKernel } from "./kernel.js";
import { OUTSIDE_PROCESSES, outsideSeries } from "./outside.js";
import { priorSeries, type SimulatedSeries } from "./prior.js";
import { PRIOR_PROCESSES } from "./processes.js";
import { seriesBetas } from "./series-betas.js";

/** One estimator on some simulated series, at some numbers of rows seen. */
export interface TruthScore {
  readonly estimator: (typeof NAMES)[number];
  /** Mean over series and rows of the squared error of beta over one plus the mean square of beta, held within 25. */
  readonly mse: number;
  /** 1 - mse / that of least squares on all rows so far. */
  readonly share: number;
  /** Paired t statistic of the mse against that of the bank; NaN for the bank itself. */
  readonly tStat: number;
  /** Share of 95 % intervals that hold the true beta; NaN without intervals. */
  readonly coverage: number;
}

const LARGEST = 25;
const NAMES = ["historical", "ewma", "bank", "amortised"] as const;
const [HISTORICAL, EWMA, BANK, AMORTISED] = [0, 1, 2, 3];
/** Half-life of the exponentially weighted beta, in rows. */
const HALF_LIFE = 48;

/**
 * Scores on series of one market.
 *
 * @param lookbacks rows seen before the beta that is scored
 * @param network by default that of the shipped weights
 * @returns least squares, exponentially weighted with a half-life of 48 rows, the weighted bank and the network, in this order
 * @example
 * const fresh = Array.from({ length: 20 }, (_, i) => priorSeries("example", i, { rows: 121 }));
 * truthScores(fresh, [60, 120]).map(({ estimator }) => estimator); // ["historical", "ewma", "bank", "amortised"]
 */
export function truthScores(
  series: readonly SimulatedSeries[],
  lookbacks: readonly number[],
  network?: AmortisedKernel,
): TruthScore[] {
  return scoresOf(
    series.map((simulated) => truthLosses(simulated, lookbacks, network)),
    lookbacks.map((_, at) => at),
  );
}

/** What estimators lose on one series. */
interface TruthLosses {
  /** 1 over one plus the mean square of beta. */
  readonly scale: number;
  /** Squared errors of beta, held within 25, by estimator and look-back. */
  readonly losses: readonly Float64Array[];
  /** By look-back, 1 where the network's interval holds the true beta. */
  readonly held: Uint8Array;
}

/** Every look-back of a series from one walk of the bank. */
function truthLosses(
  { x, y, betas }: SimulatedSeries,
  lookbacks: readonly number[],
  network: AmortisedKernel | undefined,
): TruthLosses {
  const losses = NAMES.map(() => new Float64Array(lookbacks.length));
  const held = new Uint8Array(lookbacks.length);
  const lose = (name: number, t: number, beta: number) => {
    losses[name]![lookbacks.indexOf(t)] = Math.min(LARGEST, (betas[t]! - beta) ** 2);
  };
  const dates = Int32Array.from(y, (_, t) => t);
  const weights = new Float64Array(EXPERTS);
  const weighted = ewmaBetas(x, y);
  seriesBetas(
    { dates, x, y, first: 0, periods: y.length },
    {
      markets: 1,
      network,
      wanted: (t) => lookbacks.includes(t),
      onBank(bank, t) {
        weightByGain(bank, weights);
        lose(HISTORICAL!, t, bank.betas[0]!);
        lose(EWMA!, t, weighted[t]!);
        lose(BANK!, t, weightedBeta(bank, weights, 0));
      },
      visit({ t, betas: [beta], lower, upper }) {
        lose(AMORTISED!, t, beta!);
        const from = betas[t]! - beta!;
        if (from >= lower[0]! && from <= upper[0]!) held[lookbacks.indexOf(t)] = 1;
      },
    },
  );
  return { scale: 1 / (1 + mean(betas.map((b) => b ** 2))), losses, held };
}

/** Scores over series and the look-backs at some places. */
function scoresOf(series: readonly TruthLosses[], places: readonly number[]): TruthScore[] {
  const losses = NAMES.map((_, name) =>
    Float64Array.from(series, (lost) =>
      places.reduce((sum, at) => sum + (lost.scale / places.length) * lost.losses[name]![at]!, 0),
    ),
  );
  const held = series.reduce(
    (sum, lost) => sum + places.reduce((inside, at) => inside + lost.held[at]!, 0),
    0,
  );
  const bank = losses[BANK!]!;
  return NAMES.map((estimator, name) => {
    const mse = mean(losses[name]!);
    const difference = losses[name]!.map((loss, i) => loss - bank[i]!);
    const center = mean(difference);
    const spread = Math.sqrt(mean(difference.map((d) => (d - center) ** 2)) / series.length);
    return {
      estimator,
      mse,
      share: 1 - mse / mean(losses[HISTORICAL!]!),
      tStat: name === BANK ? NaN : center / spread,
      coverage: name === AMORTISED ? held / series.length / places.length : NaN,
    };
  });
}

/** Exponentially weighted least squares before every row. */
function ewmaBetas(x: Float64Array, y: Float64Array): Float64Array {
  const kept = Math.exp(-Math.LN2 / HALF_LIFE);
  let [above, below] = [0, 1e-300];
  return y.map((r, t) => {
    const beta = above / below;
    above = kept * above + x[t]! * r;
    below = kept * below + x[t]! ** 2;
    return beta;
  });
}

/** Scores of one process at one look-back. */
export interface ProcessScore extends TruthScore {
  readonly process: string;
  /** Whether the network was trained on the process. */
  readonly prior: "inside" | "outside";
  readonly lookback: number;
}

/**
 * Scores by process and look-back, inside the prior and outside it, on series that neither trained nor chose anything.
 *
 * @param count series per process
 * @example
 * processScores(2, [12]).length; // 60: four estimators on nine processes of the prior and six outside it
 */
export function processScores(count: number, lookbacks: readonly number[]): ProcessScore[] {
  const rows = Math.max(...lookbacks) + 1;
  checkSizes("processScores", { count, rows });
  const sets = [
    ...PRIOR_PROCESSES.map(({ name }, process) => ({
      process: name,
      prior: "inside" as const,
      series: (i: number) => priorSeries(`scores of ${name}`, i, { rows, process }),
    })),
    ...OUTSIDE_PROCESSES.map((process) => ({
      process,
      prior: "outside" as const,
      series: (i: number) => outsideSeries(process, i, rows),
    })),
  ];
  return sets.flatMap(({ series, ...set }) => {
    const losses = Array.from({ length: count }, (_, i) =>
      truthLosses(series(i), lookbacks, undefined),
    );
    return lookbacks.flatMap((lookback, at) =>
      scoresOf(losses, [at]).map((score) => ({ ...set, lookback, ...score })),
    );
  });
}
