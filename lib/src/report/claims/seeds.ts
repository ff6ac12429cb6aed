/** Many networks of one configuration: what claims about training are tested with. */

import { fitNeuralBeta, type NeuralFit } from "../../models/neural-beta.js";
import { marketNames, selectMarkets } from "../../panel/panel.js";
import type { ClaimInputs, Configuration } from "./claim.js";

/** Networks per configuration: the search's are too few for a test by the ledger's rule. */
const SEEDS = 100;

/** A hundred networks of one configuration from the Glorot start, on the report's split; the first are the search's. */
export function seededFit(
  { panel, trainer, options }: Pick<ClaimInputs, "panel" | "trainer" | "options">,
  { marketSet, ...configuration }: Configuration,
): Promise<NeuralFit> {
  const { epochs, seed, lookback, split, batchSize } = options;
  return fitNeuralBeta(selectMarkets(panel, marketNames(marketSet)), trainer, {
    ...configuration,
    start: "glorot",
    replicates: SEEDS,
    epochs,
    seed,
    lookback,
    split,
    ...(batchSize === undefined ? {} : { batchSize }),
  });
}
