/** Claims of Step 2: the search. */

import { hedgingRmse } from "../../betas/hedging.js";
import { zeroBeta } from "../../betas/zero.js";
import { learningCurves } from "../../models/ensemble.js";
import type { Activation } from "../../models/network.js";
import { loneMeasurement, type Measurement, seedMeasurement } from "../measurement.js";
import type { Region } from "../verdict.js";
import { above, below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { datedLosses, type NetworkChoice, rmsePercent } from "./networks.js";
import { rowsIn } from "./samples.js";

export const STEP_2: readonly Claim[] = [
  {
    id: "tuning",
    statistic:
      "RMSE of the chosen networks against the baseline network, %, all market sets, unseen months",
    region: below(0),
    measure: async ({ losses, chance }) =>
      rmsePercent(await losses("all"), await losses("baseline"), chance),
  },
  {
    id: "linear-4-8",
    statistic:
      "validation RMSE of linear networks of 4 units minus that of 8 units, FIAT, rate 0.001",
    region: (context) => nearPrinted(context, "linear-4-8"),
    measure: (context) => difference(context, [4, "linear"], [8, "linear"]),
  },
  {
    id: "linear-tanh",
    statistic: "validation RMSE of linear minus that of tanh networks, 4 units, FIAT, rate 0.001",
    region: (context) => nearPrinted(context, "linear-tanh"),
    measure: (context) => difference(context, [4, "linear"], [4, "tanh"]),
  },
  ...["EQUITY", "GOLD"].map(
    (market): Claim => ({
      id: `relu-${market.toLowerCase()}`,
      statistic: `RMSE of the best ReLU network against the best of all others, %, ${market}, unseen months`,
      region: below(0),
      measure: (context) => choiceGain(context, market, "relu", "notRelu"),
    }),
  ),
  ...["FIAT", "ENERGY"].map(
    (market): Claim => ({
      id: `smooth-${market.toLowerCase()}`,
      statistic: `RMSE of the best linear or tanh network against the best of all others, %, ${market}, unseen months`,
      region: below(0),
      measure: (context) => choiceGain(context, market, "smooth", "notSmooth"),
    }),
  ),
  {
    id: "optimal",
    statistic: "RMSE of no hedge in the validation year: an optimum should lie below it",
    region: (context) => above(printedNumber(context, "optimal")),
    measure: ({ panel, options: { split } }) =>
      loneMeasurement(
        hedgingRmse(panel, zeroBeta(panel), split.validation),
        rowsIn(panel, split.validation).length,
      ),
  },
];

const printedNumber = ({ claims }: ClaimContext, id: string): number =>
  claims.find((claim) => claim.id === id)!.reported;

/** From half of the printed number to twice it. */
function nearPrinted(context: ClaimContext, id: string): Region {
  const reported = printedNumber(context, id);
  return between(reported / 2, 2 * reported);
}

/** Validation RMSE of one kind of network minus that of another, paired by seed. */
async function difference(
  { seeded }: ClaimContext,
  ...pair: readonly (readonly [hidden: number, activation: Activation])[]
): Promise<Measurement> {
  const selected: (readonly number[])[] = [];
  for (const [hidden, activation] of pair) {
    const fit = await seeded({ marketSet: "FIAT", hidden, learningRate: 0.001, activation });
    selected.push(learningCurves(fit).selected);
  }
  const [first, second] = selected;
  return seedMeasurement(first!.map((rmse, i) => rmse - second![i]!));
}

/** RMSE of one choice of networks against another's, on one market. */
async function choiceGain(
  { walkedOn, options, chance }: ClaimContext,
  market: string,
  choice: NetworkChoice,
  other: NetworkChoice,
): Promise<Measurement> {
  const { panel, paths } = await walkedOn(market);
  const [ours, theirs] = [choice, other].map((name) =>
    datedLosses(panel, paths[name], options.walkForward.test),
  );
  return rmsePercent(ours!, theirs!, chance);
}
