/** Claims of Step 2: the search. */

import { hedgingRmse } from "../../betas/hedging.js";
import { zeroBeta } from "../../betas/zero.js";
import { learningCurves } from "../../models/ensemble.js";
import { meanByDate } from "../../comparing/common-errors.js";
import { loneMeasurement, seedMeasurement } from "../measurement.js";
import {
  above,
  below,
  between,
  type ClaimInputs,
  type Configuration,
  type MeasuredClaim,
} from "./claim.js";
import { datedLosses, rmsePercent, type WalkedNetworks } from "./networks.js";
import { rowsIn, walkedLosses } from "./samples.js";
import { seededFit } from "./seeds.js";

export async function step2Claims(
  inputs: ClaimInputs,
  walked: readonly WalkedNetworks[],
): Promise<MeasuredClaim[]> {
  const { panel, options } = inputs;
  const { test } = options.walkForward;
  const chance = { draws: options.bootstrap.draws, seed: options.seed };
  const selected = async (hidden: number, activation: Configuration["activation"]) => {
    const fit = await seededFit(inputs, {
      marketSet: "FIAT",
      hidden,
      learningRate: 0.001,
      activation,
    });
    return learningCurves(fit).selected;
  };
  const linear4 = await selected(4, "linear");
  const linear8 = await selected(8, "linear");
  const tanh4 = await selected(4, "tanh");
  const difference = (other: readonly number[]) =>
    seedMeasurement(linear4.map((rmse, i) => rmse - other[i]!));
  const reported = (id: string) => inputs.claims.find((claim) => claim.id === id)!.reported;
  const printed = (id: string) => between(reported(id) / 2, 2 * reported(id));
  const against = (market: string, choice: string, other: string) => {
    const of = walked.find(({ marketSet }) => marketSet === market)!;
    const losses = (name: string) => datedLosses(of.panel, of.paths[name]!, test);
    return rmsePercent(losses(choice), losses(other), chance);
  };
  const overSets = (choice: string) => meanByDate(walkedLosses(walked, choice, test));
  return [
    {
      id: "tuning",
      statistic:
        "RMSE of the chosen networks against the baseline network, %, all market sets, unseen months",
      region: below(0),
      measurement: rmsePercent(overSets("all"), overSets("baseline"), chance),
    },
    {
      id: "linear-4-8",
      statistic:
        "validation RMSE of linear networks of 4 units minus that of 8 units, FIAT, rate 0.001",
      region: printed("linear-4-8"),
      measurement: difference(linear8),
    },
    {
      id: "linear-tanh",
      statistic: "validation RMSE of linear minus that of tanh networks, 4 units, FIAT, rate 0.001",
      region: printed("linear-tanh"),
      measurement: difference(tanh4),
    },
    ...["EQUITY", "GOLD"].map((market) => ({
      id: `relu-${market.toLowerCase()}`,
      statistic: `RMSE of the best ReLU network against the best of all others, %, ${market}, unseen months`,
      region: below(0),
      measurement: against(market, "relu", "notRelu"),
    })),
    ...["FIAT", "ENERGY"].map((market) => ({
      id: `smooth-${market.toLowerCase()}`,
      statistic: `RMSE of the best linear or tanh network against the best of all others, %, ${market}, unseen months`,
      region: below(0),
      measurement: against(market, "smooth", "notSmooth"),
    })),
    {
      id: "optimal",
      statistic: "RMSE of no hedge in the validation year: an optimum should lie below it",
      region: above(reported("optimal")),
      measurement: loneMeasurement(
        hedgingRmse(panel, zeroBeta(panel), options.split.validation),
        rowsIn(panel, options.split.validation).length,
      ),
    },
  ];
}
