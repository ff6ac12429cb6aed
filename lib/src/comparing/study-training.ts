/** Everything that the notebooks train on a study's data, in one pass: what shards share between them. */

import { applicable, type Estimator } from "../betas/estimator.js";
import { chosenFits } from "../models/chosen-fits.js";
import { equalInformation } from "../models/equal-information.js";
import { ladder, type WholeLadderOptions } from "../models/ladder.js";
import { type RawNetworksOptions, rawNetworks } from "../models/raw-networks.js";
import { bestConfigurations, type SearchOptions, searchNetworks } from "../models/search.js";
import { LeftToOthers } from "../models/shard.js";
import type { Trainer } from "../models/trainer.js";
import { marketNames, selectMarkets } from "../panel/panel.js";
import type { Factors, Panel, Split } from "../types.js";
import { factorExperiments, factorPanel, gainCandidates } from "./gain-candidates.js";
import { simulatedBetas } from "./simulated-betas.js";
import { simulatedDesigns } from "./simulated-designs.js";
import { walkForward } from "./walk-forward.js";
import { overMarketSets } from "./walked.js";

/** A study with the test blocks of its walk forward; with factors that have every date of the panel, their experiments too. */
export interface StudyTrainingOptions
  extends SearchOptions,
    WholeLadderOptions,
    Pick<RawNetworksOptions, "baseline" | "budget"> {
  readonly splits: readonly Split[];
  /** Simulated panels per process; 0 for none. */
  readonly panels: number;
  readonly gainFactors?: Factors;
  /** Market in whose presence Mkt-RF is left out. */
  readonly equity: string;
}

/**
 * All training of a study, and the walks of its estimators, so that a cache has them.
 *
 * The grid on every market set, the chosen configurations with their curves, the networks in raw units, the ladder on the study's
 * split and on the walk forward, the networks of equal information, the factors' experiments, the rows of simulated panels.
 *
 * @param trainer a `cachedTrainer`, or a `shardTrainer`, which leaves the part of other shards out
 * @example
 * const all = cachedTrainer(trainer, join(folder, "all"));
 * await trainStudy(dollar, all, { ...study, ...small, marketSets: ["FIAT"], splits, equity: "EQUITY", panels: 0 });
 * const left = await networkCount(dollar, all, { ...study, ...small, marketSets: ["FIAT"], splits });
 * left.networks - left.kept; // 0
 */
export async function trainStudy(
  panel: Panel,
  trainer: Trainer,
  options: StudyTrainingOptions,
): Promise<void> {
  const { marketSets, split, splits, gainFactors } = options;
  for (const set of marketSets)
    await unlessLeft(async () => {
      const rows = await searchNetworks(panel, trainer, { ...options, marketSets: [set] });
      await chosenFits(panel, trainer, { ...options, rows: bestConfigurations(rows) });
    });
  await unlessLeft(() => rawNetworks(panel, trainer, options));
  // Sorts walk on every market alone.
  const sets = [...new Set([...marketSets, ...panel.markets])];
  const estimators = ladder(trainer, options);
  await overMarketSets(panel, sets, async (chosen) => {
    await walkAll(chosen, estimators(chosen.markets.length), [[split], splits]);
    await walkAll(chosen, equalInformation(trainer, options)(), [splits]);
  });
  if (gainFactors) await trainExperiments(panel, trainer, { ...options, gainFactors });
  if (options.panels > 0) await trainSimulated(trainer, options);
}

/** Networks with and without the factors, on the study's split and on the walk forward. */
async function trainExperiments(
  panel: Panel,
  trainer: Trainer,
  options: StudyTrainingOptions & { readonly gainFactors: Factors },
): Promise<void> {
  const { marketSets, split, splits, gainFactors, equity, grid } = options;
  const narrow = { ...options, grid: { ...grid, hidden: grid.hidden.slice(0, 1) } };
  for (const candidate of gainCandidates(trainer, narrow))
    for (const set of marketSets) {
      const base = selectMarkets(panel, marketNames(set));
      const { estimator, update } = candidate;
      const panels = [
        base,
        ...factorExperiments(candidate).map((experiment) =>
          factorPanel(base, gainFactors, { experiment, equity }),
        ),
      ];
      for (const chosen of panels)
        for (const blocks of [[split], splits])
          await walkForward(chosen, estimator, { splits: blocks, update });
    }
}

/** Rows of simulated panels, process by process: each is one shard's. */
async function trainSimulated(trainer: Trainer, options: StudyTrainingOptions): Promise<void> {
  for (const { estimators, options: design } of Object.values(simulatedDesigns(trainer, options)))
    for (const process of design.processes)
      await unlessLeft(() => simulatedBetas(estimators, { ...design, processes: [process] }));
}

/** Goes on where other shards have to come first. */
async function unlessLeft(train: () => Promise<unknown>): Promise<void> {
  try {
    await train();
  } catch (error) {
    if (!(error instanceof LeftToOthers)) throw error;
  }
}

async function walkAll(
  panel: Panel,
  ladder: readonly Estimator[],
  designs: readonly (readonly Split[])[],
): Promise<void> {
  for (const estimator of await applicable(ladder, panel))
    for (const splits of designs)
      for (const update of estimator.running
        ? (["updated"] as const)
        : (["updated", "frozen"] as const))
        if (estimator.key !== undefined) await walkForward(panel, estimator, { splits, update });
}
