/** Claims of Step 3: the learning curves of the report's own configurations. */

import { type LearningCurves, learningCurves } from "../../models/ensemble.js";
import { mean } from "../../stats/moments.js";
import { meanByDate } from "../../comparing/common-errors.js";
import { seedMeasurement } from "../measurement.js";
import { above, below, between, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import { rmsePercent, type WalkedNetworks } from "./networks.js";
import { walkedLosses } from "./samples.js";
import { seededFit } from "./seeds.js";

export async function step3Claims(
  inputs: ClaimInputs,
  walked: readonly WalkedNetworks[],
): Promise<MeasuredClaim[]> {
  const { configurations, options } = inputs;
  const curves: (LearningCurves & { readonly marketSet: string })[] = [];
  for (const configuration of configurations) {
    const fit = await seededFit(inputs, configuration);
    curves.push({
      marketSet: configuration.marketSet,
      ...learningCurves(fit),
    });
  }
  const joint = (marketSet: string) => marketSet.includes("+");
  /** Mean over market sets, network by network. */
  const bySeed = (
    of: typeof curves,
    value: (curve: (typeof curves)[number], seed: number) => number,
  ) => curves[0]!.bestEpochs.map((_, seed) => mean(of.map((curve) => value(curve, seed))));
  const epochs = (wanted: (marketSet: string) => boolean) =>
    bySeed(
      curves.filter(({ marketSet }) => wanted(marketSet)),
      ({ bestEpochs }, seed) => bestEpochs[seed]!,
    );
  const later = (a: readonly number[], b: readonly number[]) =>
    seedMeasurement(a.map((epoch, seed) => epoch - b[seed]!));
  const fast = ["ENERGY", "GOLD"];
  const losses = (several: boolean) =>
    meanByDate(
      walkedLosses(
        walked.filter(({ marketSet }) => joint(marketSet) === several),
        "all",
        options.walkForward.test,
      ),
    );
  return [
    {
      id: "minima-100",
      statistic:
        "share of market sets whose lowest validation RMSE lies within 100 epochs, the report's configurations",
      region: above(0.5),
      measurement: seedMeasurement(
        bySeed(curves, ({ bestEpochs }, seed) => (bestEpochs[seed]! <= 100 ? 1 : 0)),
      ),
    },
    {
      id: "minima-stable",
      statistic: `validation RMSE at epoch ${options.epochs} over the lowest, mean of market sets, the report's configurations`,
      region: below(1.02),
      measurement: seedMeasurement(
        bySeed(
          curves,
          ({ validation, selected }, seed) => validation[seed]!.at(-1)! / selected[seed]!,
        ),
      ),
    },
    {
      id: "fastest",
      statistic:
        "best epoch with ENERGY and GOLD minus that with the other single markets, the report's configurations",
      region: below(0),
      measurement: later(
        epochs((set) => fast.includes(set)),
        epochs((set) => !joint(set) && !fast.includes(set)),
      ),
    },
    {
      id: "multi-slower",
      statistic:
        "best epoch with several markets minus that with one, the report's configurations; slightly: by at most 50",
      region: between(0, 50),
      measurement: later(
        epochs(joint),
        epochs((set) => !joint(set)),
      ),
    },
    {
      id: "multi-general",
      statistic:
        "RMSE of the chosen networks with several markets against those with one, %, unseen months",
      region: below(0),
      measurement: rmsePercent(losses(true), losses(false), {
        draws: options.bootstrap.draws,
        seed: options.seed,
      }),
    },
  ];
}
