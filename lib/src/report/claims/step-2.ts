/** Claims of Step 2: the search. */

import { hedgingRmse } from "../../betas/hedging.js";
import { zeroBeta } from "../../betas/zero.js";
import { learningCurves } from "../../models/ensemble.js";
import type { Activation } from "../../models/network.js";
import { mean, standardDeviation } from "../../stats/moments.js";
import {
  exactMeasurement,
  type Measurement,
  seedMeasurement,
  studentMeasurement,
} from "../measurement.js";
import type { Region } from "../verdict.js";
import { above, below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { datedLosses, type NetworkChoice, rmsePercent } from "./networks.js";
import { rowsIn } from "./samples.js";

/** Market sets whose best configuration the report prints. */
const BEST_SETS = [
  "FIAT",
  "EQUITY",
  "GOLD",
  "ENERGY",
  "FIAT+EQUITY",
  "FIAT+GOLD",
  "FIAT+EQUITY+GOLD+ENERGY",
];

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
      "share of pairs of a linear network of 4 units and one of 8 whose validation RMSEs are as far apart as the printed ones, FIAT, rate 0.001; a gap that says something of units: rarer than one in twenty",
    region: below(0.05),
    async measure(context) {
      const [narrow, wide] = await selectedOf(context, [4, "linear"], [8, "linear"]);
      return gapShare(narrow!, wide!, printedNumber(context, "linear-4-8"));
    },
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
      measure: (context) => choiceGain(context, market, ["relu", "notRelu"]),
    }),
  ),
  ...["FIAT", "ENERGY"].map(
    (market): Claim => ({
      id: `smooth-${market.toLowerCase()}`,
      statistic: `RMSE of the best linear or tanh network against the best of all others, %, ${market}, unseen months`,
      region: below(0),
      measure: (context) => choiceGain(context, market, ["smooth", "notSmooth"]),
    }),
  ),
  ...BEST_SETS.map(
    (marketSet): Claim => ({
      id: `best-${marketSet.toLowerCase().replaceAll("+", "-")}`,
      statistic: `share of networks of the printed configuration whose validation RMSE is below the printed one, ${marketSet}; one of their kind: 2.5 to 97.5 %`,
      region: between(0.025, 0.975),
      measure: (context) => shareBelow(context, marketSet),
    }),
  ),
  {
    id: "interaction",
    statistic:
      "validation RMSE of 16 minus that of 4 units with EQUITY and GOLD, minus the same with FIAT and ENERGY, tanh, rate 0.001",
    region: below(0),
    measure: unitsByMarket,
  },
  {
    id: "optimal",
    statistic: "RMSE of no hedge in the validation year: an optimum should lie below it",
    region: (context) => above(printedNumber(context, "optimal")),
    measure: ({ panel, options: { split } }) =>
      exactMeasurement(
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

type Kind = readonly [hidden: number, activation: Activation];

/** Validation RMSE of each network of some kinds, on FIAT, in the order of their seeds. */
async function selectedOf(
  { seeded }: ClaimContext,
  ...kinds: readonly Kind[]
): Promise<(readonly number[])[]> {
  const selected: (readonly number[])[] = [];
  for (const [hidden, activation] of kinds) {
    const fit = await seeded({ marketSet: "FIAT", hidden, learningRate: 0.001, activation });
    selected.push(learningCurves(fit).selected);
  }
  return selected;
}

/** Validation RMSE of one kind of network minus that of another, paired by seed. */
async function difference(context: ClaimContext, ...pair: readonly Kind[]): Promise<Measurement> {
  const [first, second] = await selectedOf(context, ...pair);
  return seedMeasurement(first!.map((rmse, i) => rmse - second![i]!));
}

/**
 * Share of pairs, one network of each kind, that are at least so far apart. The error is that of a two-sample U-statistic: the
 * variances of each network's own share, over the numbers of networks.
 */
export function gapShare(
  first: readonly number[],
  second: readonly number[],
  gap: number,
): Measurement {
  const shares = (own: readonly number[], others: readonly number[]) =>
    own.map((a) => mean(others.map((b) => (Math.abs(a - b) >= gap ? 1 : 0))));
  const [rows, columns] = [shares(first, second), shares(second, first)];
  const variance = (values: readonly number[]) => standardDeviation(values, 1) ** 2 / values.length;
  const n = Math.min(first.length, second.length);
  return studentMeasurement({
    estimate: mean(rows),
    standardError: Math.sqrt(variance(rows) + variance(columns)),
    degreesOfFreedom: n - 1,
    n,
    method: `U-statistic over pairs of ${n} networks, narrower with more of them`,
  });
}

/** Share of a hundred networks of the printed configuration with a lower validation RMSE than the printed one. */
async function shareBelow(context: ClaimContext, marketSet: string): Promise<Measurement> {
  const configuration = context.configurations.find((known) => known.marketSet === marketSet)!;
  const { selected } = learningCurves(await context.seeded(configuration));
  const id = `best-${marketSet.toLowerCase().replaceAll("+", "-")}`;
  const printed = printedNumber(context, id);
  return seedMeasurement(selected.map((rmse) => (rmse < printed ? 1 : 0)));
}

/** What twelve more units change with EQUITY and GOLD, beyond what they change with FIAT and ENERGY, paired by seed. */
async function unitsByMarket({ seeded, options }: ClaimContext): Promise<Measurement> {
  const { learningRate, activation } = options.baseline;
  const change = async (marketSet: string) => {
    const selected = async (hidden: number) =>
      learningCurves(await seeded({ marketSet, hidden, learningRate, activation })).selected;
    const [wide, narrow] = [await selected(16), await selected(4)];
    return wide.map((rmse, i) => rmse - narrow[i]!);
  };
  const [equity, gold] = [await change("EQUITY"), await change("GOLD")];
  const [fiat, energy] = [await change("FIAT"), await change("ENERGY")];
  return seedMeasurement(equity.map((value, i) => (value + gold[i]! - fiat[i]! - energy[i]!) / 2));
}

/** RMSE of one choice of networks against another's, on one market. */
async function choiceGain(
  { walkedOn, options, chance }: ClaimContext,
  market: string,
  choices: readonly [NetworkChoice, NetworkChoice],
): Promise<Measurement> {
  const { panel, paths } = await walkedOn(market);
  const [ours, theirs] = choices.map((name) =>
    datedLosses(panel, paths[name], options.walkForward.test),
  );
  return rmsePercent(ours!, theirs!, chance);
}
