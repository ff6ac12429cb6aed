/** The network, the bank and least squares on fresh series whose betas are known. */

import { walkBank, weightByGain, weightedBeta } from "../../betas/bank.js";
import { EXPERTS } from "../../betas/filter-bank.js";
import { mean } from "../../stats/moments.js";
import type { AmortisedKernel } from "./kernel.js";
import type { SimulatedSeries } from "./prior.js";
import { seriesBetas } from "./series-betas.js";

/** One estimator on some simulated series, at some numbers of rows seen. */
export interface TruthScore {
  readonly estimator: "historical" | "bank" | "amortised";
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
const NAMES = ["historical", "bank", "amortised"] as const;

/**
 * Scores on series of one market.
 *
 * @param lookbacks rows seen before the beta that is scored
 * @param network by default that of the shipped weights
 * @returns least squares, the exponentially weighted bank and the network, in this order
 * @example
 * const fresh = Array.from({ length: 20 }, (_, i) => priorSeries("example", i, { rows: 121 }));
 * truthScores(fresh, [60, 120]).map(({ estimator }) => estimator); // ["historical", "bank", "amortised"]
 */
export function truthScores(
  series: readonly SimulatedSeries[],
  lookbacks: readonly number[],
  network?: AmortisedKernel,
): TruthScore[] {
  const losses = NAMES.map(() => new Float64Array(series.length));
  let held = 0;
  series.forEach(({ x, y, betas }, i) => {
    const scale = 1 / (1 + mean(betas.map((b) => b ** 2))) / lookbacks.length;
    const cost = (name: number, t: number, beta: number) => {
      losses[name]![i]! += scale * Math.min(LARGEST, (betas[t]! - beta) ** 2);
    };
    const dates = Int32Array.from(y, (_, t) => t);
    const rows = { dates, x, y, first: 0, periods: y.length };
    const weights = new Float64Array(EXPERTS);
    walkBank(rows, 1, (bank, t) => {
      if (!lookbacks.includes(t)) return;
      weightByGain(bank, weights);
      cost(0, t, bank.betas[0]!);
      cost(1, t, weightedBeta(bank, weights, 0));
    });
    const visit = ({
      t,
      betas: [beta],
      lower,
      upper,
    }: Parameters<Parameters<typeof seriesBetas>[2]>[0]) => {
      cost(2, t, beta!);
      const from = betas[t]! - beta!;
      if (from >= lower[0]! && from <= upper[0]!) held++;
    };
    seriesBetas(rows, 1, visit, (t) => lookbacks.includes(t), network);
  });
  const [ols, bank] = losses.map((values) => mean(values));
  return NAMES.map((estimator, name) => {
    const mse = mean(losses[name]!);
    const difference = losses[name]!.map((loss, i) => loss - losses[1]![i]!);
    const center = mse - bank!;
    const spread = Math.sqrt(mean(difference.map((d) => (d - center) ** 2)) / series.length);
    const coverage = held / series.length / lookbacks.length;
    return {
      estimator,
      mse,
      share: 1 - mse / ols!,
      tStat: estimator === "bank" ? NaN : center / spread,
      coverage: estimator === "amortised" ? coverage : NaN,
    };
  });
}
