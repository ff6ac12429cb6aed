/** Claims of Step 1: the baseline network. */

import { pathEstimator } from "../../betas/estimator.js";
import { hedgingRmse } from "../../betas/hedging.js";
import { pooledBeta } from "../../betas/pooled.js";
import { zeroBeta } from "../../betas/zero.js";
import { learningCurves } from "../../models/ensemble.js";
import { marketNames, selectMarkets } from "../../panel/panel.js";
import { targetRange } from "../../panel/split.js";
import { meanByDate } from "../../comparing/common-errors.js";
import { seedMeasurement } from "../measurement.js";
import { above, below, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import { rmsePercent, type WalkedNetworks } from "./networks.js";
import { nullLosses, walkedLosses } from "./samples.js";
import { seededFit } from "./seeds.js";

export async function step1Claims(
  inputs: ClaimInputs,
  walked: readonly WalkedNetworks[],
): Promise<MeasuredClaim[]> {
  const { options } = inputs;
  const { test } = options.walkForward;
  const chance = { draws: options.bootstrap.draws, seed: options.seed };
  const panel = selectMarkets(inputs.panel, marketNames(options.baseline.marketSet));
  const fit = await seededFit(inputs, options.baseline);
  const { inSample, validation } = learningCurves(fit);
  const noHedge = (block: typeof fit.blocks.inSample) =>
    hedgingRmse(panel, zeroBeta(panel), targetRange(block, panel.dates));
  const gap = noHedge(fit.blocks.validation) / noHedge(fit.blocks.inSample);
  const falling = inSample.map(
    (rmse) =>
      rmse.filter((value, epoch) => epoch > 0 && value < rmse[epoch - 1]!).length /
      (rmse.length - 1),
  );
  const networks = meanByDate(walkedLosses(walked, "all", test));
  const last = `${options.baseline.marketSet}, epoch ${options.epochs}`;
  return [
    {
      id: "smooth",
      statistic: "share of epochs in which the in-sample RMSE falls",
      region: above(0.95),
      measurement: seedMeasurement(falling),
    },
    {
      id: "overfitting",
      statistic: `validation over in-sample RMSE, against the same ratio without a hedge, %, ${last}`,
      region: below(5),
      measurement: seedMeasurement(
        validation.map((rmse, i) => 100 * (rmse.at(-1)! / inSample[i]!.at(-1)! / gap - 1)),
      ),
    },
    {
      id: "generalizes",
      statistic: "RMSE of the chosen networks against no hedge, %, all market sets, unseen months",
      region: below(0),
      measurement: rmsePercent(
        networks,
        await nullLosses(walked, pathEstimator("zero", zeroBeta), test),
        chance,
      ),
    },
    {
      id: "beats-constant",
      statistic:
        "RMSE of the chosen networks against one constant beta for all coins, %, all market sets, unseen months",
      region: below(0),
      measurement: rmsePercent(
        networks,
        await nullLosses(walked, pathEstimator("pooled", pooledBeta), test),
        chance,
      ),
    },
  ];
}
