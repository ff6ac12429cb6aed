/** Every estimator without a network, in the order in which tables list them. */

import type { Estimator } from "./estimator.js";
import { pathEstimator } from "./estimator.js";
import { historicalBeta } from "./historical.js";
import { oneBeta } from "./one.js";
import { pooledBeta } from "./pooled.js";
import { zeroBeta } from "./zero.js";

/**
 * The estimators that apply to a number of markets.
 *
 * @param markets K: `one` is an estimator for a single market only
 */
export function classicalLadder(markets: number): Estimator[] {
  return [
    pathEstimator("zero", zeroBeta),
    ...(markets === 1 ? [pathEstimator("one", oneBeta)] : []),
    pathEstimator("pooled", pooledBeta),
    pathEstimator("historical", historicalBeta),
  ];
}
