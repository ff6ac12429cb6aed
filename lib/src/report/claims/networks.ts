/** The report's networks, walk-forward: what several claims are tested with. */

import { stitchedBeta } from "../../betas/assemble.js";
import { ensembleBeta } from "../../models/ensemble.js";
import { fitChosen, searchStart } from "../../models/neural-estimator.js";
import { bestConfigurations, type SearchRow } from "../../models/search.js";
import { marketNames, panelThrough, selectMarkets } from "../../panel/panel.js";
import { walkForwardSplits } from "../../panel/walk-forward.js";
import { defaultBlockLength } from "../../stats/block-length.js";
import { lossDifferential } from "../../stats/diebold-mariano.js";
import type { BetaPath, DateRange, Panel, Split } from "../../types.js";
import { commonErrors, dateLosses } from "../../comparing/common-errors.js";
import { bootstrapMeasurement, type Measurement } from "../measurement.js";
import type { ClaimInputs } from "./claim.js";

type Choice = (row: SearchRow) => boolean;

/** Betas of the networks on one market set, by what the choice was made among. */
export interface WalkedNetworks {
  readonly marketSet: string;
  /** The panel with these markets. */
  readonly panel: Panel;
  readonly splits: readonly Split[];
  /** `all` configurations; `linear`, `curved`, `relu`, `notRelu`, `smooth`, `notSmooth` activations; `baseline`. */
  readonly paths: Readonly<Record<string, BetaPath>>;
}

/**
 * Walk-forward betas of the networks from the Glorot start, frozen per test year, on every market set.
 *
 * Each choice is the configuration with the lowest mean validation RMSE among those it allows.
 */
export async function walkedNetworks({
  panel,
  options,
  ...inputs
}: ClaimInputs): Promise<WalkedNetworks[]> {
  const { hidden, learningRate, activation } = options.baseline;
  const curved: Choice = (row) => row.activation !== "linear";
  const relu: Choice = (row) => row.activation === "relu";
  const smooth: Choice = (row) => ["linear", "tanh"].includes(row.activation);
  const choices: Readonly<Record<string, Choice>> = {
    all: () => true,
    linear: (row) => !curved(row),
    curved,
    relu,
    notRelu: (row) => !relu(row),
    smooth,
    notSmooth: (row) => !smooth(row),
    baseline: (row) =>
      row.hidden === hidden && row.learningRate === learningRate && row.activation === activation,
  };
  const splits = claimSplits(panel, options);
  const walked: WalkedNetworks[] = [];
  for (const marketSet of options.marketSets) {
    const chosen = selectMarkets(panel, marketNames(marketSet));
    const paths = await chosenPaths(chosen, { ...inputs, options }, splits, choices);
    walked.push({ marketSet, panel: chosen, splits, paths });
  }
  return walked;
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
export async function chosenPaths(
  panel: Panel,
  { trainer, options }: Pick<ClaimInputs, "trainer" | "options">,
  splits: readonly Split[],
  choices: Readonly<Record<string, Choice>>,
): Promise<Record<string, BetaPath>> {
  const names = Object.keys(choices);
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
  return Object.fromEntries(names.map((name, i) => [name, stitchedBeta(panel, blocks[i]!)]));
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
