/** Claims of Step 7: what the Fama-French factors add. */

import { factorSeries, factorsOn } from "../../panel/factors.js";
import { coinReturns, column } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import type { Factors, Panel } from "../../types.js";
import { type Measurement, negated } from "../measurement.js";
import { above, below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { rmsePercent } from "./networks.js";
import { adjustedR2 } from "./samples.js";
import { printedDifference } from "./step-0.js";

const REDUCTION =
  "reduction of RMSE by the five factors among the inputs of the narrowest networks, %, all market sets, unseen months";

export const STEP_7: readonly Claim[] = [
  { id: "reduction", statistic: REDUCTION, region: between(2, 3), measure: factorReduction },
  { id: "marginal", statistic: REDUCTION, region: above(0), measure: factorReduction },
  {
    id: "small-effect",
    statistic: `${REDUCTION}; small: within 5 %`,
    region: between(-5, 5),
    measure: factorReduction,
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

/** By how many percent the factors reduce the RMSE of the narrowest networks, searched anew with them and without, as in notebook 07. */
async function factorReduction({ factorLosses, chance }: ClaimContext): Promise<Measurement> {
  return negated(rmsePercent(await factorLosses("with"), await factorLosses("without"), chance));
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
