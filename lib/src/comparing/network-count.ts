/** How many networks a study asks for, before any is trained. */

import type { Estimator } from "../betas/estimator.js";
import { type NeuralEstimatorOptions, neuralEstimator } from "../models/neural-estimator.js";
import { type SearchOptions, searchNetworks } from "../models/search.js";
import type { Trainer } from "../models/trainer.js";
import { inRange } from "../panel/calendar.js";
import { marketNames, selectMarkets } from "../panel/panel.js";
import { betaPath, type Panel, type Split } from "../types.js";
import { walkForward } from "./walk-forward.js";

/** A number of networks, and how many of them a cache has. */
export interface NetworkCount {
  readonly networks: number;
  readonly kept: number;
}

/** A study's search, and the splits that its networks walk through. */
export type NetworkCountOptions = SearchOptions &
  NeuralEstimatorOptions & {
    readonly splits?: readonly Split[];
    /** True for those of `equalInformation` too: estimators with `final`, on the splits alone. */
    readonly finals?: boolean;
  };

/**
 * Networks of the grid on the study's split and, with `splits`, those of the neural estimators, frozen and updated, on that
 * split and on these: what `searchNetworks` and `walkedSets` train on every market set. With `finals`, those of `equalInformation` too.
 *
 * @param trainer asked for what it has kept; it trains nothing
 * @example
 * await networkCount(panel, trainer, { ...small, splits }); // { networks: 116, kept: 0 }
 */
export async function networkCount(
  panel: Panel,
  trainer: Trainer,
  options: NetworkCountOptions,
): Promise<NetworkCount> {
  const count = { networks: 0, kept: 0 };
  const add = (networks: number, kept: number) => {
    count.networks += networks;
    count.kept += kept;
  };
  await searchNetworks(panel, counter(trainer, add), options);
  const { finals, splits, ...chosen } = options;
  if (!splits) return count;
  const last = { ...chosen, final: "fitAndValidation" } as const;
  for (const set of options.marketSets) {
    const markets = selectMarkets(panel, marketNames(set));
    const none = markets.markets.map(() => Number.NaN);
    for (const start of options.starts) {
      // Blocks whose grid is counted: the scores of one serve all paths that fit and select on the same dates.
      const searched = new Set([blocksOf(panel, chosen.split)]);
      for (const asked of finals ? [chosen, last] : [chosen]) {
        const estimator = neuralEstimator(start, trainer, asked);
        const counted: Estimator = {
          ...estimator,
          async estimate(known, split, update) {
            const isNew = update === "frozen" && !searched.has(blocksOf(known, split));
            if (isNew) searched.add(blocksOf(known, split));
            const networks =
              estimator.networks!(known, split, update) + (isNew ? gridSize(asked) : 0);
            add(networks, trainer.kept?.path(estimator, known, split, update).body ? networks : 0);
            return betaPath(known, "walkForward", () => none);
          },
        };
        for (const update of ["frozen", "updated"] as const)
          for (const blocks of asked === last ? [splits] : [[chosen.split], splits])
            await walkForward(markets, counted, { splits: blocks, update });
      }
    }
  }
  return count;
}

/** Networks of the grid from one start. */
const gridSize = ({ grid }: NetworkCountOptions): number =>
  grid.hidden.length * grid.learningRates.length * grid.activations.length * grid.replicates;

/** Names the dates that a split fits and selects on. */
function blocksOf({ dates }: Panel, { inSample, validation }: Split): string {
  return [inSample, validation]
    .map((range) => dates.filter((date) => inRange(date, range)).join(" "))
    .join(", ");
}

const NO_SCORE = {
  ...{ bestEpoch: NaN, inSampleLoss: NaN, validationLoss: NaN },
  ...{ trainedLoss: NaN, lastLoss: NaN },
};

/** A trainer that is asked, and trains nothing: every network it gives is its start. */
function counter(trainer: Trainer, add: (networks: number, kept: number) => void): Trainer {
  return {
    id: trainer.id,
    train: () => Promise.reject(new Error("networkCount: must train nothing")),
    async score(data, jobs) {
      const kept = trainer.kept?.jobs("scores", data, jobs) ?? [];
      add(jobs.length, kept.filter(({ body }) => body).length);
      return jobs.map(() => NO_SCORE);
    },
  };
}
