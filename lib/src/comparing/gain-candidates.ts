/** The estimators that are run with and without factors, and the panels they are run on. */

import type { Estimator, Update } from "../betas/estimator.js";
import { classicalLadder, type LadderOptions } from "../betas/ladder.js";
import type { Start } from "../models/network.js";
import { type NeuralEstimatorOptions, neuralEstimator } from "../models/neural-estimator.js";
import type { Trainer } from "../models/trainer.js";
import { withFactorMarkets, withPredictors } from "../panel/factors.js";
import type { Factors, Panel } from "../types.js";

/**
 * A: the factors are lagged inputs, the hedges stay. B: the factors are hedges too, with their returns of the date itself, and, as
 * every hedge, inputs.
 */
export type FactorExperiment = "A" | "B";

/** An estimator that is run with and without factors. */
export interface GainCandidate {
  readonly estimator: Estimator;
  readonly update: Update;
  /** Whether its betas depend on inputs: experiment A leaves the others as they are, so that they have no row of it. */
  readonly hasInputs: boolean;
}

/**
 * Networks of every start, frozen in each test block, and the classical counterparts: a ridge on the same inputs and the pooled
 * constant, both updated before every date.
 *
 * @example
 * gainCandidates(trainer, study).map(({ estimator }) => estimator.id); // ["neural-glorot", "neural-ols", "ridge", "pooled"]
 */
export function gainCandidates(
  trainer: Trainer,
  options: NeuralEstimatorOptions & LadderOptions & { readonly starts: readonly Start[] },
): GainCandidate[] {
  // Neither depends on the number of markets that the ladder is asked for.
  const { paths = (estimator: Estimator) => estimator } = trainer;
  const ladder = classicalLadder(1, options).map((estimator) => paths(estimator));
  const classical = (id: string, hasInputs: boolean): GainCandidate => ({
    estimator: ladder.find((estimator) => estimator.id === id)!,
    update: "updated",
    hasInputs,
  });
  return [
    ...options.starts.map(
      (start): GainCandidate => ({
        estimator: neuralEstimator(start, trainer, options),
        update: "frozen",
        hasInputs: true,
      }),
    ),
    classical("ridge", true),
    classical("pooled", false),
  ];
}

/** The panel of an experiment: factors as predictors, or as hedges, without Mkt-RF where its stand-in is among the markets. */
export function factorPanel(
  base: Panel,
  factors: Factors,
  { experiment, equity }: { readonly experiment: FactorExperiment; readonly equity: string },
): Panel {
  if (experiment === "A") return withPredictors(base, factors);
  const hedges = factors.names.filter(
    (name) => name !== "Mkt-RF" || !base.markets.includes(equity),
  );
  return withFactorMarkets(base, factors, hedges);
}

/** The experiments of a candidate: A leaves betas without inputs as they are. */
export const factorExperiments = ({ hasInputs }: GainCandidate): readonly FactorExperiment[] =>
  hasInputs ? ["A", "B"] : ["B"];
