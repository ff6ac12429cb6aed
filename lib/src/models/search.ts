/** The search: every configuration of a grid on every market set, from several seeds. */

import { marketNames, selectMarkets } from "../panel/panel.js";
import { rmseOfLoss } from "../panel/scale.js";
import { mean, standardDeviation } from "../stats/moments.js";
import type { Panel, Split } from "../types.js";
import { type Activation, parameterCount, type Start } from "./network.js";
import type { NetworkInputOptions } from "./network-inputs.js";
import { type NetworkScore, scoreNetworks, type Trainer, type TrainOptions } from "./trainer.js";
import { checkStarted, type PreparedPanel, preparePanel, trainingJobs } from "./training-jobs.js";

/** The grid of a search, and what each of its networks is trained on. */
export interface SearchOptions extends NetworkInputOptions {
  readonly marketSets: readonly string[];
  readonly lookback: number;
  readonly split: Split;
  readonly grid: {
    readonly hidden: readonly number[];
    readonly learningRates: readonly number[];
    readonly activations: readonly Activation[];
    /** Networks per configuration, each from its own start. */
    readonly replicates: number;
  };
  readonly starts: readonly Start[];
  readonly epochs: number;
  readonly seed: number;
  readonly batchSize?: number;
}

/** One configuration on one market set, over its seeds. RMSE in log returns, over coin-periods. */
export interface SearchRow {
  readonly marketSet: string;
  readonly lookback: number;
  readonly hidden: number;
  readonly learningRate: number;
  readonly activation: Activation;
  readonly start: Start;
  readonly seeds: number;
  /** Mean in-sample RMSE at the best epoch. */
  readonly trainRmse: number;
  /** Mean validation RMSE at the best epoch: a selection score, chosen on the same periods. */
  readonly valRmse: number;
  /** Standard deviation (n - 1) of the validation RMSE over seeds; NaN for one seed. */
  readonly valRmseSd: number;
  /** Mean over seeds of the lowest validation RMSE after the start: epoch 0 is no candidate. NaN if a network has none. */
  readonly valRmseTrained: number;
  /** Mean validation RMSE after the last epoch: no epoch is chosen. NaN if a network has none. */
  readonly valRmseLast: number;
  /** Mean best epoch. */
  readonly bestEpoch: number;
  /** Share of networks whose best epoch is the start. */
  readonly bestEpochFirst: number;
  /** Share of networks whose best epoch is the last: they are not finished. */
  readonly bestEpochLast: number;
  readonly parameters: number;
  /** Fitting rows. */
  readonly rows: number;
}

/**
 * Trains the whole grid.
 *
 * Fits on the fitting block and scores on the validation block; no later return is touched.
 *
 * @param panel log returns with all markets that the sets name
 * @returns rows by market set, start, width, rate and activation, in the order of the options
 * @throws RangeError naming the job if a network's loss is not finite at its start
 * @example
 * const found = await searchNetworks(panel, trainer, small);
 * found.map(({ marketSet, valRmse }) => [marketSet, valRmse]); // [["FIAT", 0.2724], ["GOLD", 0.2695]]
 * @see report, Step 2
 */
export async function searchNetworks(
  panel: Panel,
  trainer: Trainer,
  { onProgress, signal, ...options }: SearchOptions & Pick<TrainOptions, "onProgress" | "signal">,
): Promise<SearchRow[]> {
  const configurations = configurationsOf(options);
  const { replicates } = options.grid;
  const perSet = configurations.length * replicates;
  const rows: SearchRow[] = [];
  for (const [i, marketSet] of options.marketSets.entries()) {
    const prepared = preparePanel(selectMarkets(panel, marketNames(marketSet)), options);
    const jobs = configurations.flatMap((configuration) => trainingJobs(prepared, configuration));
    const networks = await scoreNetworks(trainer, prepared.data, jobs, {
      onProgress: (done) => onProgress?.(i * perSet + done, options.marketSets.length * perSet),
      ...(signal ? { signal } : {}),
    });
    checkStarted(jobs, networks);
    configurations.forEach((configuration, c) => {
      const first = c * replicates;
      const { shape } = jobs[first]!;
      rows.push({
        marketSet,
        lookback: options.lookback,
        hidden: shape.hidden,
        learningRate: configuration.learningRate,
        activation: shape.activation,
        start: configuration.start,
        ...summary(networks.slice(first, first + replicates), prepared, options.epochs),
        parameters: parameterCount(shape),
        rows: prepared.blocks.inSample.target.length,
      });
    });
  }
  return rows;
}

/**
 * The chosen configuration of every market set and start: lowest mean validation RMSE; ties go to fewer parameters,
 * then to the lower rate, then to the order of the rows.
 *
 * @example
 * bestConfigurations(rows).map(({ marketSet, activation }) => [marketSet, activation]);
 * // [["FIAT", "tanh"], ["GOLD", "tanh"]]
 */
export function bestConfigurations(rows: readonly SearchRow[]): SearchRow[] {
  const best = new Map<string, SearchRow>();
  for (const row of rows) {
    const key = `${row.marketSet} ${row.start}`;
    const lowest = best.get(key);
    const better =
      lowest === undefined ||
      row.valRmse - lowest.valRmse ||
      row.parameters - lowest.parameters ||
      row.learningRate - lowest.learningRate;
    if (better === true || better < 0) best.set(key, row);
  }
  return [...best.values()];
}

function configurationsOf(options: SearchOptions) {
  const { grid, starts, epochs, seed, batchSize } = options;
  return starts.flatMap((start) =>
    grid.hidden.flatMap((hidden) =>
      grid.learningRates.flatMap((learningRate) =>
        grid.activations.map((activation) => ({
          hidden,
          learningRate,
          activation,
          start,
          epochs,
          seed,
          replicates: grid.replicates,
          ...(batchSize === undefined ? {} : { batchSize }),
        })),
      ),
    ),
  );
}

function summary(networks: readonly NetworkScore[], { scale }: PreparedPanel, epochs: number) {
  const rmse = (loss: number) => rmseOfLoss(scale, loss);
  const validation = networks.map((n) => rmse(n.validationLoss));
  const share = (epoch: number) =>
    networks.filter((n) => n.bestEpoch === epoch).length / networks.length;
  return {
    seeds: networks.length,
    trainRmse: mean(networks.map((n) => rmse(n.inSampleLoss))),
    valRmse: mean(validation),
    valRmseSd: standardDeviation(validation, 1),
    valRmseTrained: mean(networks.map((n) => rmse(n.trainedLoss))),
    valRmseLast: mean(networks.map((n) => rmse(n.lastLoss))),
    bestEpoch: mean(networks.map((n) => n.bestEpoch)),
    bestEpochFirst: share(0),
    bestEpochLast: share(epochs),
  };
}
