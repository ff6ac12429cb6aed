/** What claims are measured with: the inputs, and what several claims share, computed once. */

import { type Estimator, pathEstimator } from "../../betas/estimator.js";
import { pooledBeta } from "../../betas/pooled.js";
import { zeroBeta } from "../../betas/zero.js";
import { meanByDate } from "../../comparing/common-errors.js";
import { walkForward } from "../../comparing/walk-forward.js";
import { fitNeuralBeta, type NeuralFit } from "../../models/neural-beta.js";
import { neuralEstimator } from "../../models/neural-estimator.js";
import { HALVINGS } from "../../panel/events.js";
import { marketNames, selectMarkets } from "../../panel/panel.js";
import type { BetaPath, DatedSeries, Panel } from "../../types.js";
import type { BootstrapMeasure, Measurement } from "../measurement.js";
import type { Region } from "../verdict.js";
import type { ClaimInputs, Configuration } from "./claim.js";
import {
  chosenPaths,
  claimSplits,
  datedLosses,
  NETWORK_CHOICES,
  type NetworkChoice,
  narrowLosses,
  type WalkedNetworks,
} from "./networks.js";

/** Networks per configuration: the search's are too few for a test by the ledger's rule. */
const SEEDS = 100;

/** Series of a study that has none. */
const NOTHING: DatedSeries = { dates: [], names: [], values: new Float64Array() };

/** A null model that networks are held against. */
export type NullModel = "zero" | "pooled";

const NULLS: Readonly<Record<NullModel, Estimator>> = {
  zero: pathEstimator("zero", zeroBeta),
  pooled: pathEstimator("pooled", pooledBeta),
};

/** Inputs of the claims, and what several of them share. */
export interface ClaimContext extends Required<ClaimInputs> {
  /** Draws and seed of every bootstrap. */
  readonly chance: Pick<BootstrapMeasure, "draws" | "seed">;
  /** Walk-forward betas of the networks from the Glorot start on every market set, frozen per test year. */
  readonly walked: () => Promise<readonly WalkedNetworks[]>;
  /** Those on one market set. */
  readonly walkedOn: (marketSet: string) => Promise<WalkedNetworks>;
  /** Those of networks that are trained again before each date, as notebook 09 sorts by them. */
  readonly updatedOn: (
    market: string,
  ) => Promise<{ readonly panel: Panel; readonly path: BetaPath }>;
  /** Squared errors of a choice by unseen date, averaged over coins and market sets. */
  readonly losses: (choice: NetworkChoice) => Promise<number[]>;
  /** The same of a null model, frozen like the networks. */
  readonly nullLosses: (model: NullModel) => Promise<number[]>;
  /** Squared errors by unseen date of the narrowest networks, mean over market sets: with the factors among their inputs, and without. */
  readonly factorLosses: (inputs: "with" | "without") => Promise<number[]>;
  /** A hundred networks of one configuration from the Glorot start, on the report's split; the first are the search's. */
  readonly seeded: (configuration: Configuration) => Promise<NeuralFit>;
}

/** A claim before it is measured; where a part depends on the study, it is a function of the context. */
export interface Claim {
  readonly id: string;
  readonly statistic: string | ((context: ClaimContext) => string);
  readonly region: Region | ((context: ClaimContext) => Region);
  readonly measure: (context: ClaimContext) => Measurement | Promise<Measurement>;
}

/** A context in which every shared part is computed when a claim first asks for it. */
export function claimContext(inputs: ClaimInputs): ClaimContext {
  const { panel, trainer, options } = inputs;
  const range = options.walkForward.test;
  const splits = claimSplits(panel, options);
  const walkedOn = remembered(async (marketSet: string): Promise<WalkedNetworks> => {
    const chosen = selectMarkets(panel, marketNames(marketSet));
    const paths = await chosenPaths(chosen, inputs, { splits, choices: NETWORK_CHOICES });
    return { marketSet, panel: chosen, splits, paths };
  });
  const walked = () => each(options.marketSets, walkedOn);
  const frozen = async (networks: WalkedNetworks, estimator: Estimator) => {
    const path = await walkForward(networks.panel, estimator, { splits, update: "frozen" });
    return datedLosses(networks.panel, path, range);
  };
  return {
    replication: NOTHING,
    printedFactors: NOTHING,
    printedSorts: [],
    halvings: HALVINGS,
    ...inputs,
    chance: { draws: options.bootstrap.draws, seed: options.bootstrap.seed ?? options.seed },
    walked,
    walkedOn,
    updatedOn: remembered(async (market) => {
      const chosen = selectMarkets(panel, [market]);
      const estimator = neuralEstimator("glorot", trainer, options);
      return {
        panel: chosen,
        path: await walkForward(chosen, estimator, { splits, update: "updated" }),
      };
    }),
    losses: remembered(async (choice) =>
      meanByDate(
        (await walked()).map((networks) =>
          datedLosses(networks.panel, networks.paths[choice], range),
        ),
      ),
    ),
    nullLosses: remembered(async (model) =>
      meanByDate(await each(await walked(), (networks) => frozen(networks, NULLS[model]))),
    ),
    factorLosses: remembered(async (known) =>
      narrowLosses(await walked(), inputs, known === "with" ? inputs.factors : undefined),
    ),
    seeded: remembered((configuration) => seededFit(inputs, configuration)),
  };
}

function seededFit(
  { panel, trainer, options }: ClaimInputs,
  { marketSet, ...configuration }: Configuration,
): Promise<NeuralFit> {
  const { epochs, seed, lookback, split, batchSize, scaling, coinIdentity } = options;
  return fitNeuralBeta(selectMarkets(panel, marketNames(marketSet)), trainer, {
    ...configuration,
    start: "glorot",
    replicates: SEEDS,
    epochs,
    seed,
    lookback,
    split,
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(scaling === undefined ? {} : { scaling }),
    ...(coinIdentity === undefined ? {} : { coinIdentity }),
  });
}

/** Results in order, one after the other: training has all cores to itself. */
async function each<A, R>(items: readonly A[], compute: (item: A) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await compute(item));
  return results;
}

/** A function that computes each argument's value once. */
function remembered<A, R>(compute: (argument: A) => Promise<R>): (argument: A) => Promise<R> {
  const known = new Map<string, Promise<R>>();
  return (argument) => {
    const key = JSON.stringify(argument);
    const value = known.get(key) ?? compute(argument);
    known.set(key, value);
    return value;
  };
}
