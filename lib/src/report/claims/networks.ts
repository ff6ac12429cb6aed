/** The report's networks, walk-forward: what several claims are tested with. */

import { stitchedBeta } from "../../betas/assemble.js";
import { ensembleBeta } from "../../models/ensemble.js";
import { fitChosen, searchStart } from "../../models/neural-estimator.js";
import { bestConfigurations, type SearchRow } from "../../models/search.js";
import { panelThrough } from "../../panel/panel.js";
import { walkForwardSplits } from "../../panel/walk-forward.js";
import { defaultBlockLength } from "../../stats/block-length.js";
import { lossDifferential } from "../../stats/diebold-mariano.js";
import type { BetaPath, DateRange, Panel, Split } from "../../types.js";
import { commonErrors, dateLosses } from "../../comparing/common-errors.js";
import { bootstrapMeasurement, type Measurement } from "../measurement.js";
import type { ClaimInputs, Configuration } from "./claim.js";

type Choice = (row: SearchRow) => boolean;

/** What a configuration was chosen among: all of them, activations of one kind, or the baseline alone. */
export type NetworkChoice =
  | "all"
  | "linear"
  | "curved"
  | "relu"
  | "notRelu"
  | "smooth"
  | "notSmooth"
  | "baseline";

/** Betas of the networks on one market set, by what the choice was made among. */
export interface WalkedNetworks {
  readonly marketSet: string;
  /** The panel with these markets. */
  readonly panel: Panel;
  readonly splits: readonly Split[];
  readonly paths: Readonly<Record<NetworkChoice, BetaPath>>;
}

/** What each choice allows; the one with the lowest mean validation RMSE is taken. */
export function networkChoices(baseline: Configuration): Readonly<Record<NetworkChoice, Choice>> {
  const { hidden, learningRate, activation } = baseline;
  const linear: Choice = (row) => row.activation === "linear";
  const relu: Choice = (row) => row.activation === "relu";
  const smooth: Choice = (row) => ["linear", "tanh"].includes(row.activation);
  return {
    all: () => true,
    linear,
    curved: (row) => !linear(row),
    relu,
    notRelu: (row) => !relu(row),
    smooth,
    notSmooth: (row) => !smooth(row),
    baseline: (row) =>
      row.hidden === hidden && row.learningRate === learningRate && row.activation === activation,
  };
}

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

/** Walk-forward betas of the configurations that several choices come to, by the choice's name: one search per split serves all. */
export async function chosenPaths<Name extends string>(
  panel: Panel,
  { trainer, options }: Pick<ClaimInputs, "trainer" | "options">,
  splits: readonly Split[],
  choices: Readonly<Record<Name, Choice>>,
): Promise<Record<Name, BetaPath>> {
  const names = Object.keys(choices) as Name[];
  const blocks = names.map((): { path: BetaPath; range: DateRange }[] => []);
  for (const split of splits) {
    const range = split.outOfSample;
    const known = panelThrough(panel, range.through);
    const rows = await searchStart(known, trainer, options, split, "glorot");
    for (const [i, name] of names.entries()) {
      const [row] = bestConfigurations(rows.filter(choices[name]!));
      if (!row)
        throw new RangeError(
          `chosenPaths: the grid must hold a configuration for ${name}, but it has none; add it to the grid`,
        );
      const fit = await fitChosen(known, trainer, options, split, row);
      blocks[i]!.push({ path: ensembleBeta(known, fit, "walkForward"), range });
    }
  }
  const paths = names.map((name, i) => [name, stitchedBeta(panel, blocks[i]!)] as const);
  return Object.fromEntries(paths) as Record<Name, BetaPath>;
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
  { draws, seed }: { readonly draws: number; readonly seed: number },
): Measurement {
  const total = (losses: readonly number[], rows: Uint32Array) => {
    let sum = 0;
    for (const t of rows) sum += losses[t]!;
    return sum;
  };
  return bootstrapMeasurement(
    a.length,
    (rows) => 100 * (Math.sqrt(total(a, rows) / total(b, rows)) - 1),
    {
      draws,
      seed,
      blockLength: defaultBlockLength(lossDifferential(a, b)),
    },
  );
}
