/** Claims of Step 7: what the Fama-French factors add. */

import { factorSeries, factorsOn } from "../../panel/factors.js";
import { coinReturns, column } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import type { Factors, Panel } from "../../types.js";
import type { Measurement } from "../measurement.js";
import { below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { rmsePercent } from "./networks.js";
import { adjustedR2 } from "./samples.js";
import { printedDifference } from "./step-0.js";

const CHANGE =
  "change of RMSE by the five factors among the inputs of the narrowest networks, %, all market sets, unseen months";

export const STEP_7: readonly Claim[] = [
  { id: "reduction", statistic: CHANGE, region: between(-3, -2), measure: factorChange },
  { id: "marginal", statistic: CHANGE, region: below(0), measure: factorChange },
  {
    id: "small-effect",
    statistic: `${CHANGE}; small: within 5 %`,
    region: between(-5, 5),
    measure: factorChange,
  },
  {
    id: "factor-rows",
    statistic: "largest difference of the printed factors from the published file, two months",
    region: below(0.0001),
    measure: ({ printedFactors, factors }) =>
      printedDifference(printedFactors, factorSeries(factors), printedFactors.names),
  },
  {
    id: "little",
    statistic: "adjusted R² of the coins' excess returns on the five factors, mean of coins",
    region: below(0.1),
    measure: ({ panel, factors, chance }) =>
      adjustedR2(excessReturns(panel, factors), factorColumns(panel, factors), chance),
  },
];

/** By how many percent the factors change the RMSE of the narrowest networks, searched anew with them and without, as in notebook 07. */
async function factorChange({ factorLosses, chance }: ClaimContext): Promise<Measurement> {
  return rmsePercent(await factorLosses("with"), await factorLosses("without"), chance);
}

/** Simple returns of the coins over the risk-free one. */
export function excessReturns(panel: Panel, factors: Factors): Float64Array[] {
  const { riskFree } = factorsOn(factors, panel);
  return panel.coins.map((coin) =>
    simpleReturns(coinReturns(panel, coin)).map((r, t) => r - riskFree[t]!),
  );
}

/** Simple returns of the factors on the panel's dates. */
export function factorColumns(panel: Panel, factors: Factors): Float64Array[] {
  const { names, simpleReturns: returns } = factorsOn(factors, panel);
  return names.map((_, f) => column(returns, names.length, f));
}
