/** What stands beside the ladder so that sides know the same: networks trained to the last date, constants cut off with a network. */

import { betaWithin, heldBeta } from "../betas/assemble.js";
import type { Estimator } from "../betas/estimator.js";
import { pooledBeta } from "../betas/pooled.js";
import { walkBlocks } from "../betas/walk-blocks.js";
import { walkForwardSplits } from "../panel/walk-forward.js";
import type { Panel, Split } from "../types.js";
import type { Start } from "./network.js";
import { type NeuralEstimatorOptions, neuralEstimator } from "./neural-estimator.js";
import type { Trainer, TrainOptions } from "./trainer.js";

/** How the networks are trained whose information a constant shall have. */
export type InformationOptions = Pick<NeuralEstimatorOptions, "lookback" | "refit" | "final">;

/**
 * The pooled constant on a network's own information: on the targets that the network's weights are fitted on, and no later
 * ones; estimated anew when the networks are.
 *
 * @returns an estimator `pooled-network`, or `pooled-network-final` for networks with `final`
 * @example
 * const constant = networkPooled({ lookback: 12, refit: "quarterly" });
 * meanBeta(await constant.estimate(dollar, study.split, "frozen"), "FIAT"); // -4.6779
 */
export function networkPooled({ lookback, refit, final }: InformationOptions): Estimator {
  const constant = (panel: Panel, { inSample, validation, outOfSample }: Split) => {
    const { through } = final === undefined ? inSample : validation;
    const known = { from: inSample.from, through };
    return betaWithin(heldBeta(pooledBeta(panel, { from: known.from }), known), outOfSample);
  };
  return {
    id: `pooled-network${final === undefined ? "" : "-final"}`,
    key: JSON.stringify([lookback, refit ?? null, final ?? null]),
    builtIn: true,
    estimate(panel, split, update) {
      if (update === "frozen") return constant(panel, split);
      const refits = walkForwardSplits(panel.dates, {
        from: split.inSample.from,
        lookback,
        test: split.outOfSample,
        refit: refit ?? "periodically",
      });
      return walkBlocks(panel, refits, constant);
    },
  };
}

/**
 * Networks with `final` from every start, and the constants with the information of both kinds of networks.
 *
 * @returns estimators for `walkedSets`, beside those of the ladder
 * @example
 * equalInformation(trainer, study)().map(({ id }) => id);
 * // ["pooled-network", "pooled-network-final", "neural-glorot-final", "neural-ols-final"]
 */
export function equalInformation(
  trainer: Trainer,
  options: NeuralEstimatorOptions &
    Pick<TrainOptions, "signal"> & { readonly starts: readonly Start[] },
): () => Estimator[] {
  const final = { ...options, final: "fitAndValidation" } as const;
  const { paths = (estimator: Estimator) => estimator } = trainer;
  return () => [
    ...[options, final].map((each) => paths(networkPooled(each))),
    ...options.starts.map((start) => neuralEstimator(start, trainer, final)),
  ];
}
