/** Claims of Step 3: the learning curves of the report's own configurations. */

import { meanByDate } from "../../comparing/common-errors.js";
import { type LearningCurves, learningCurves } from "../../models/ensemble.js";
import { mean } from "../../stats/moments.js";
import { type Measurement, seedMeasurement } from "../measurement.js";
import { above, below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { datedLosses, rmsePercent } from "./networks.js";

type SetCurves = LearningCurves & { readonly marketSet: string };

/** Market sets whose minima the report calls the fastest. */
const FAST = ["ENERGY", "GOLD"];

const several = (marketSet: string): boolean => marketSet.includes("+");

export const STEP_3: readonly Claim[] = [
  {
    id: "minima-100",
    statistic:
      "share of market sets whose lowest validation RMSE lies within 100 epochs, the report's configurations",
    region: above(0.5),
    measure: async (context) =>
      seedMeasurement(
        bySeed(await reportedCurves(context), ({ bestEpochs }, seed) =>
          bestEpochs[seed]! <= 100 ? 1 : 0,
        ),
      ),
  },
  {
    id: "minima-stable",
    statistic: ({ options }) =>
      `validation RMSE at epoch ${options.epochs} over the lowest, mean of market sets, the report's configurations`,
    region: below(1.02),
    measure: async (context) =>
      seedMeasurement(
        bySeed(
          await reportedCurves(context),
          ({ validation, selected }, seed) => validation[seed]!.at(-1)! / selected[seed]!,
        ),
      ),
  },
  {
    id: "fastest",
    statistic:
      "best epoch with ENERGY and GOLD minus that with the other single markets, the report's configurations at one rate, 0.001",
    region: below(0),
    measure: (context) =>
      later(
        context,
        (set) => FAST.includes(set),
        (set) => !several(set) && !FAST.includes(set),
      ),
  },
  {
    id: "multi-slower",
    statistic:
      "best epoch with several markets minus that with one, the report's configurations at one rate, 0.001; slightly: by at most 50",
    region: between(0, 50),
    measure: (context) => later(context, several, (set) => !several(set)),
  },
  {
    id: "multi-general",
    statistic:
      "RMSE of the chosen networks with several markets against those with one, %, unseen months",
    region: below(0),
    async measure({ walked, options, chance }) {
      const networks = await walked();
      const losses = (joint: boolean) =>
        meanByDate(
          networks
            .filter(({ marketSet }) => several(marketSet) === joint)
            .map(({ panel, paths }) => datedLosses(panel, paths.all, options.walkForward.test)),
        );
      return rmsePercent(losses(true), losses(false), chance);
    },
  },
];

/** Learning curves of the configurations that the report calls best, a hundred networks each; with a rate, all at that one. */
async function reportedCurves(
  { configurations, seeded }: ClaimContext,
  rate?: { readonly learningRate: number },
): Promise<SetCurves[]> {
  const curves: SetCurves[] = [];
  for (const configuration of configurations.map((printed) => ({ ...printed, ...rate }))) {
    const { marketSet } = configuration;
    curves.push({ marketSet, ...learningCurves(await seeded(configuration)) });
  }
  return curves;
}

/** Mean over market sets, network by network. */
function bySeed(
  curves: readonly SetCurves[],
  value: (curve: SetCurves, seed: number) => number,
): number[] {
  return curves[0]!.bestEpochs.map((_, seed) => mean(curves.map((curve) => value(curve, seed))));
}

type Wanted = (marketSet: string) => boolean;

/** Best epoch on some market sets minus that on others, network by network, all at the baseline's rate: a higher one is faster. */
async function later(context: ClaimContext, wanted: Wanted, others: Wanted): Promise<Measurement> {
  const { learningRate } = context.options.baseline;
  const curves = await reportedCurves(context, { learningRate });
  const epochs = (chosen: Wanted) =>
    bySeed(
      curves.filter(({ marketSet }) => chosen(marketSet)),
      ({ bestEpochs }, seed) => bestEpochs[seed]!,
    );
  const before = epochs(others);
  return seedMeasurement(epochs(wanted).map((epoch, seed) => epoch - before[seed]!));
}
