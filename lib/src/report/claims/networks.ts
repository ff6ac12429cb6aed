/** The report's networks, walk-forward: what several claims are tested with. */

import { commonErrors, dateLosses, meanByDate } from "../../comparing/common-errors.js";
import { walkForward } from "../../comparing/walk-forward.js";
import { ACTIVATIONS, type Activation } from "../../models/network.js";
import { neuralEstimator } from "../../models/neural-estimator.js";
import { withPredictors } from "../../panel/factors.js";
import { walkForwardSplits } from "../../panel/walk-forward.js";
import { defaultBlockLength } from "../../stats/block-length.js";
import { lossDifferential } from "../../stats/diebold-mariano.js";
import type { BetaPath, DateRange, Factors, Panel, Split } from "../../types.js";
import { bootstrapMeasurement, type Measurement } from "../measurement.js";
import type { ClaimInputs } from "./claim.js";

/** What a configuration was chosen among: all of them, activations of one kind, or the baseline alone. */
export const NETWORK_CHOICES = [
  "all",
  "linear",
  "curved",
  "relu",
  "notRelu",
  "smooth",
  "notSmooth",
  "baseline",
] as const;
export type NetworkChoice = (typeof NETWORK_CHOICES)[number];

/** Betas of the networks on one market set, by what the choice was made among. */
export interface WalkedNetworks {
  readonly marketSet: string;
  /** The panel with these markets. */
  readonly panel: Panel;
  readonly splits: readonly Split[];
  readonly paths: Readonly<Record<NetworkChoice, BetaPath>>;
}

/** The part of the grid that a choice is among: the same networks, fewer of them. */
export function choiceGrid(choice: NetworkChoice, { grid, baseline }: GridOptions): Grid {
  const within = choice === "baseline" ? [baseline.activation] : ACTIVATIONS_OF[choice];
  const only = <T>(values: readonly T[], chosen: T) =>
    choice === "baseline" ? values.filter((value) => value === chosen) : values;
  const part = {
    ...grid,
    hidden: only(grid.hidden, baseline.hidden),
    learningRates: only(grid.learningRates, baseline.learningRate),
    activations: grid.activations.filter((activation) => within.includes(activation)),
  };
  if ([part.hidden, part.learningRates, part.activations].some(({ length }) => length === 0))
    throw new RangeError(
      `measuredClaims: the grid must hold a configuration for ${choice}, but it has none; add it to the grid`,
    );
  return part;
}

type Grid = ClaimInputs["options"]["grid"];
type GridOptions = Pick<ClaimInputs["options"], "grid" | "baseline">;

const ACTIVATIONS_OF: Readonly<Record<Exclude<NetworkChoice, "baseline">, readonly Activation[]>> =
  {
    all: ACTIVATIONS,
    linear: ["linear"],
    curved: ACTIVATIONS.filter((activation) => activation !== "linear"),
    relu: ["relu"],
    notRelu: ACTIVATIONS.filter((activation) => activation !== "relu"),
    smooth: ["linear", "tanh"],
    notSmooth: ACTIVATIONS.filter((activation) => !["linear", "tanh"].includes(activation)),
  };

/** The yearly splits of the walk forward. */
export function claimSplits(
  panel: Panel,
  { walkForward, split, lookback }: ClaimInputs["options"],
): Split[] {
  return walkForwardSplits(panel.dates, {
    ...walkForward,
    from: split.inSample.from,
    lookback,
  });
}

/** Walk-forward betas of the networks from the Glorot start by choice: of those it allows, the lowest mean validation RMSE. */
export async function chosenPaths<Choice extends NetworkChoice>(
  panel: Panel,
  { trainer, options }: Pick<ClaimInputs, "trainer" | "options">,
  { splits, choices }: { readonly splits: readonly Split[]; readonly choices: readonly Choice[] },
): Promise<Record<Choice, BetaPath>> {
  const paths: (readonly [Choice, BetaPath])[] = [];
  for (const choice of choices) {
    const grid = choiceGrid(choice, options);
    const estimator = neuralEstimator("glorot", trainer, { ...options, grid });
    paths.push([choice, await walkForward(panel, estimator, { splits, update: "frozen" })]);
  }
  return Object.fromEntries(paths) as Record<Choice, BetaPath>;
}

/** Squared errors by unseen date of the narrowest networks, searched anew, mean over market sets; with factors among their inputs if given. */
export async function narrowLosses(
  walked: readonly Pick<WalkedNetworks, "panel" | "splits">[],
  { trainer, options }: Pick<ClaimInputs, "trainer" | "options">,
  factors?: Factors,
): Promise<number[]> {
  const grid = { ...options.grid, hidden: options.grid.hidden.slice(0, 1) };
  const losses: number[][] = [];
  for (const { panel, splits } of walked) {
    const known = factors ? withPredictors(panel, factors) : panel;
    const inputs = { trainer, options: { ...options, grid } };
    const { all } = await chosenPaths(known, inputs, { splits, choices: ["all"] });
    losses.push(datedLosses(known, all, options.walkForward.test));
  }
  return meanByDate(losses);
}

/** Squared hedging errors, averaged over coins by date, on the dates of a range. */
export function datedLosses(panel: Panel, path: BetaPath, range: DateRange): number[] {
  const { errors } = commonErrors("datedLosses", [{ panel, path }], range);
  return dateLosses(errors[0]!);
}

/**
 * By how many percent the RMSE of a differs from that of b; below 0 where a is better.
 *
 * @param a squared errors by date
 * @param b of the same dates
 */
export function rmsePercent(
  a: readonly number[],
  b: readonly number[],
  chance: { readonly draws: number; readonly seed: number },
): Measurement {
  return rmsePercentOfBest(a, [b], chance);
}

/**
 * By how many percent the RMSE of a differs from that of the best of several: the largest of the differences, in the sample and in
 * every draw. Below 0 only where a is better than each.
 */
export function rmsePercentOfBest(
  a: readonly number[],
  rivals: readonly (readonly number[])[],
  { draws, seed }: { readonly draws: number; readonly seed: number },
): Measurement {
  const total = (losses: readonly number[], rows: Uint32Array) => {
    let sum = 0;
    for (const t of rows) sum += losses[t]!;
    return sum;
  };
  return bootstrapMeasurement(
    a.length,
    (rows) =>
      Math.max(...rivals.map((b) => 100 * (Math.sqrt(total(a, rows) / total(b, rows)) - 1))),
    {
      draws,
      seed,
      blockLength: Math.max(...rivals.map((b) => defaultBlockLength(lossDifferential(a, b)))),
    },
  );
}
