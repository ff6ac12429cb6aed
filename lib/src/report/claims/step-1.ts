/** Claims of Step 1: the baseline network. */

import { hedgingRmse } from "../../betas/hedging.js";
import { zeroBeta } from "../../betas/zero.js";
import { learningCurves } from "../../models/ensemble.js";
import { marketNames, selectMarkets } from "../../panel/panel.js";
import { targetRange } from "../../panel/split.js";
import { seedMeasurement } from "../measurement.js";
import { above, below } from "./claim.js";
import type { Claim } from "./context.js";
import { rmsePercent } from "./networks.js";

export const STEP_1: readonly Claim[] = [
  {
    id: "smooth",
    statistic: "share of epochs in which the in-sample RMSE falls",
    region: above(0.95),
    async measure({ seeded, options }) {
      const { inSample } = learningCurves(await seeded(options.baseline));
      return seedMeasurement(inSample.map(fallingShare));
    },
  },
  {
    id: "overfitting",
    statistic: ({ options: { baseline, epochs } }) =>
      `validation over in-sample RMSE, against the same ratio without a hedge, %, ${baseline.marketSet}, epoch ${epochs}`,
    region: below(5),
    async measure({ panel, seeded, options }) {
      const hedged = selectMarkets(panel, marketNames(options.baseline.marketSet));
      const fit = await seeded(options.baseline);
      const { inSample, validation } = learningCurves(fit);
      const noHedge = (block: typeof fit.blocks.inSample) =>
        hedgingRmse(hedged, zeroBeta(hedged), targetRange(block, panel.dates));
      const gap = noHedge(fit.blocks.validation) / noHedge(fit.blocks.inSample);
      return seedMeasurement(
        validation.map((rmse, i) => 100 * (rmse.at(-1)! / inSample[i]!.at(-1)! / gap - 1)),
      );
    },
  },
  {
    id: "generalizes",
    statistic: "RMSE of the chosen networks against no hedge, %, all market sets, unseen months",
    region: below(0),
    measure: async ({ losses, nullLosses, chance }) =>
      rmsePercent(await losses("all"), await nullLosses("zero"), chance),
  },
  {
    id: "beats-constant",
    statistic:
      "RMSE of the chosen networks against one constant beta for all coins, %, all market sets, unseen months",
    region: below(0),
    measure: async ({ losses, nullLosses, chance }) =>
      rmsePercent(await losses("all"), await nullLosses("pooled"), chance),
  },
];

/** Share of the epochs after the first whose RMSE is below that of the epoch before. */
function fallingShare(rmse: Float64Array): number {
  const falls = rmse.slice(1).filter((value, before) => value < rmse[before]!);
  return falls.length / (rmse.length - 1);
}
