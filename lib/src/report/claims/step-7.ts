/** Claims of Step 7: what the Fama-French factors add. */

import { factorsOn, withPredictors } from "../../panel/factors.js";
import { column } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import type { Factors, Panel } from "../../types.js";
import { meanByDate } from "../../comparing/common-errors.js";
import { above, below, between, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import { chosenPaths, datedLosses, rmsePercent, type WalkedNetworks } from "./networks.js";
import { adjustedR2 } from "./samples.js";

export async function step7Claims(
  inputs: ClaimInputs,
  walked: readonly WalkedNetworks[],
): Promise<MeasuredClaim[]> {
  const { panel, factors, options } = inputs;
  const { test } = options.walkForward;
  const chance = { draws: options.bootstrap.draws, seed: options.seed };
  // As in notebook 07: the narrowest networks, searched anew with the factors and without.
  const hidden = options.grid.hidden.slice(0, 1);
  const narrow = { ...options, grid: { ...options.grid, hidden } };
  const losses = async (of: WalkedNetworks, panel: Panel) => {
    const { all } = await chosenPaths(panel, { ...inputs, options: narrow }, of.splits, {
      all: () => true,
    });
    return datedLosses(panel, all!, test);
  };
  const plain: number[][] = [];
  const informed: number[][] = [];
  for (const of of walked) {
    plain.push(await losses(of, of.panel));
    informed.push(await losses(of, withPredictors(of.panel, factors)));
  }
  const change = rmsePercent(meanByDate(informed), meanByDate(plain), chance);
  const reduction = {
    ...change,
    estimate: -change.estimate,
    lower: -change.upper,
    upper: -change.lower,
    pValue: (truth: number) => change.pValue(-truth),
  };
  const statistic =
    "reduction of RMSE by the five factors among the inputs of the narrowest networks, %, all market sets, unseen months";
  return [
    {
      id: "reduction",
      statistic,
      region: between(2, 3),
      measurement: reduction,
    },
    { id: "marginal", statistic, region: above(0), measurement: reduction },
    {
      id: "little",
      statistic: "adjusted R² of the coins' excess returns on the five factors, mean of coins",
      region: below(0.1),
      measurement: adjustedR2(excessReturns(panel, factors), factorColumns(panel, factors), chance),
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
