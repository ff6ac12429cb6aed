/** NeuralBeta: betas of a recurrent network on the rows before each date, trained by the hedging loss on all coins together. */

import type { Estimator } from "../../betas/estimator.js";
import { blockRows } from "../../betas/rows.js";
import { checkInteger } from "../../check.js";
import { betaOffset, rowAt } from "../../panel/panel.js";
import type { BetaPath, Panel, Split } from "../../types.js";
import { BLOCK, recurrentKernel } from "./kernel.js";
import type { Head, RecurrentShape } from "./network.js";
import {
  completeCoinRows,
  type PanelWindows,
  panelWindows,
  type RecurrentScale,
  recurrentScale,
} from "./panel-windows.js";
import { trainRecurrents } from "./threads.js";
import type { RecurrentNetwork, RecurrentPlan } from "./training.js";

/** A recurrent network, and how it is trained. */
export interface RecurrentBetaOptions {
  /** nb: the betas are linear in the last state. nbi: a least squares whose weights by row the network gives. */
  readonly head: Head;
  /** Gated recurrent units, an even number. */
  readonly hidden: number;
  /** Rows of the window. */
  readonly lookback: number;
  /** Newest row first, with residuals of a backward least squares as further inputs; not by default. */
  readonly residuals?: boolean;
  /** Networks that differ by their seed, whose betas are averaged. */
  readonly replicates: number;
  readonly seed: number;
  readonly plan: RecurrentPlan;
  /** One per core by default. */
  readonly threads?: number;
}

/**
 * Betas on the test block of a split: trained on its fitting block, the pass chosen on its validation block, fresh rows before every date.
 *
 * Returns are scaled by the fitting block: markets to a mean square of 1, coins to what their least squares leaves. NBI's prior begins at the
 * pooled beta.
 *
 * @param panel log returns, decimals per period; rows in which the coin or a market is missing are passed over
 * @returns [T x N x K] mean betas of the replicates, their range as band; NaN outside the test block, before a window is full, and where
 * fewer than 16 windows can be fitted
 * @throws RangeError if a size is not an integer of its range
 * @example
 * const plan = { passes: 2, batch: 16, rate: 0.002, warmUp: 10 };
 * const options = { head: "nbi", hidden: 4, lookback: 6, replicates: 2, seed: 1, plan } as const;
 * const path = await recurrentBeta(dollar, study.split, options);
 * path.values.filter(Number.isFinite).length; // 48: four coins in twelve months
 * @see Liu, Lin and Gopal (2024), NeuralBeta: Estimating Beta Using Deep Learning, arXiv 2408.01387
 */
export async function recurrentBeta(
  panel: Panel,
  split: Split,
  options: RecurrentBetaOptions,
): Promise<BetaPath> {
  const { head, hidden, lookback, residuals = false, replicates, seed, plan, threads } = options;
  checkInteger("recurrentBeta", "hidden", hidden, 2, 64);
  if (hidden % 2 !== 0)
    throw new RangeError(`recurrentBeta: hidden must be even, got ${hidden}; take one more`);
  checkInteger("recurrentBeta", "lookback", lookback, 2);
  checkInteger("recurrentBeta", "replicates", replicates, 1);
  const { dates, coins, markets } = panel;
  const K = markets.length;
  const shape: RecurrentShape = { head, hidden, lookback, markets: K, residuals };
  const { first, after } = blockRows("recurrentBeta", panel, split.inSample);
  const rows = completeCoinRows(panel, first);
  const scale = recurrentScale(rows, after, K);
  const empty = () => new Float64Array(dates.length * coins.length * K).fill(NaN);
  const path: BetaPath = { dates, coins, markets, values: empty(), kind: "walkForward" };
  if (!scale) return path;
  const block = (range: Split["inSample"], targets: boolean) =>
    panelWindows(panel, rows, { shape, scale, range, targets });
  const fit = block(split.inSample, true);
  const validation = block(split.validation, true);
  if (fit.dated.length < BLOCK || validation.dated.length === 0) return path;
  const source = {
    fit: { windows: fit.windows, targets: fit.targets },
    validation: { windows: validation.windows, targets: validation.targets },
  };
  const networks = await trainRecurrents(
    Array.from({ length: replicates }, (_, replicate) => ({
      shape,
      plan,
      source,
      prior: scale.prior,
      seed: seed + replicate,
    })),
    threads === undefined ? {} : { threads },
  );
  return averaged(path, scale, {
    shape,
    networks,
    windows: block(split.outOfSample, false),
  });
}

interface Trained {
  readonly shape: RecurrentShape;
  readonly networks: readonly RecurrentNetwork[];
  readonly windows: PanelWindows;
}

/** Mean betas of the networks in returns, and their range. */
function averaged(
  path: BetaPath,
  { markets, coins }: RecurrentScale,
  { shape, networks, windows }: Trained,
): BetaPath {
  const K = shape.markets;
  const count = windows.dated.length;
  if (count === 0) return path;
  const kernel = recurrentKernel(shape, { windows: count, batch: BLOCK });
  kernel.write(windows, 0);
  const seeds = networks.map(({ weights }) => {
    kernel.weights().set(weights);
    const { betas } = kernel.evaluate(0, count);
    const values = path.values.slice();
    for (const [n, { coin, t }] of windows.dated.entries())
      for (let k = 0; k < K; k++)
        values[betaOffset(path, t, coin, k)] =
          (rowAt(betas, K, n)[k]! * coins[coin]!) / markets[k]!;
    return values;
  });
  const over = (combine: (values: readonly number[]) => number) =>
    path.values.map((_, at) => combine(seeds.map((values) => values[at]!)));
  return {
    ...path,
    values: over((values) => values.reduce((sum, b) => sum + b, 0) / values.length),
    band: {
      interval: "seed",
      lower: over((values) => Math.min(...values)),
      upper: over((values) => Math.max(...values)),
    },
    seeds,
  };
}

/**
 * NB or NBI among the estimators; frozen and updated are the same, as the weights of a split hold for its whole test block.
 *
 * @returns an estimator `nb` or `nbi`, with residuals `nbi-residuals`
 * @example
 * const plan = { passes: 2, batch: 16, rate: 0.002, warmUp: 10 };
 * recurrentEstimator({ head: "nb", hidden: 4, lookback: 6, replicates: 1, seed: 1, plan }).id; // "nb"
 */
export function recurrentEstimator(options: RecurrentBetaOptions): Estimator {
  const { threads: _, ...chosen } = options;
  return {
    id: `${options.head}${options.residuals ? "-residuals" : ""}`,
    key: JSON.stringify(chosen),
    builtIn: true,
    networks: () => options.replicates,
    estimate: (panel, split) => recurrentBeta(panel, split, options),
  };
}
