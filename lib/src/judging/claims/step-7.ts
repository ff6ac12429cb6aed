/** Claims of Step 7: what the Fama-French factors add. */

import { factorsOn, withPredictors } from "../../panel/factors.js";
import { column } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import type { Factors, Panel } from "../../types.js";
import {
  above,
  below,
  between,
  type ClaimInputs,
  type MeasuredClaim,
} from "./claim.js";
import {
  averaged,
  chosenPaths,
  datedLosses,
  rmsePercent,
  type WalkedNetworks,
} from "./networks.js";
import { adjustedR2, walkedLosses } from "./samples.js";

export async function step7Claims(
  inputs: ClaimInputs,
  walked: readonly WalkedNetworks[],
): Promise<MeasuredClaim[]> {
  const { panel, factors, options } = inputs;
  const { test } = options.walkForward;
  const chance = { draws: options.bootstrap.draws, seed: options.seed };
  const informed: number[][] = [];
  for (const of of walked) {
    const seeing = withPredictors(of.panel, factors);
    const { all } = await chosenPaths(seeing, inputs, of.splits, {
      all: () => true,
    });
    informed.push(datedLosses(of.panel, all!, test));
  }
  const change = rmsePercent(
    averaged(informed),
    averaged(walkedLosses(walked, "all", test)),
    chance,
  );
  const reduction = {
    ...change,
    estimate: -change.estimate,
    lower: -change.upper,
    upper: -change.lower,
    pValue: (truth: number) => change.pValue(-truth),
  };
  const statistic =
    "reduction of RMSE by the five factors among the networks' inputs, %, all market sets, unseen months";
  return [
    {
      id: "reduction",
      statistic,
      region: between(1.5, 3.5),
      measurement: reduction,
    },
    { id: "marginal", statistic, region: above(0), measurement: reduction },
    {
      id: "little",
      statistic:
        "adjusted R² of the coins' excess returns on the five factors, mean of coins",
      region: below(0.1),
      measurement: adjustedR2(
        excessReturns(panel, factors),
        factorColumns(panel, factors),
        chance,
      ),
    },
  ];
}

/** Simple returns of the coins over the risk-free one. */
export function excessReturns(panel: Panel, factors: Factors): Float64Array[] {
  const { riskFree } = factorsOn(factors, panel.dates);
  return panel.coins.map((_, i) =>
    simpleReturns(column(panel.coinLogReturns, panel.coins.length, i)).map(
      (r, t) => r - riskFree[t]!,
    ),
  );
}

/** Simple returns of the factors on the panel's dates. */
export function factorColumns(panel: Panel, factors: Factors): Float64Array[] {
  const { names, simpleReturns: returns } = factorsOn(factors, panel.dates);
  return names.map((_, f) => column(returns, names.length, f));
}
