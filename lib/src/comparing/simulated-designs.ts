/** The simulated panels on which a study's estimators are scored: a notebook shows them, and shards of a cluster compute them. */

import type { Estimator } from "../betas/estimator.js";
import { ladder, type WholeLadderOptions } from "../models/ladder.js";
import { neuralEstimator } from "../models/neural-estimator.js";
import type { Trainer } from "../models/trainer.js";
import { BETA_PROCESSES } from "../panel/simulate.js";
import type { SimulatedBetasOptions } from "./simulated-betas.js";

/** Estimators, and the panels that `simulatedBetas` scores them on. */
export interface SimulatedDesign {
  readonly estimators: readonly Estimator[];
  readonly options: SimulatedBetasOptions;
}

/** A study's estimators, and how many panels each process has. */
export interface SimulatedDesignsOptions extends WholeLadderOptions {
  readonly panels: number;
}

/** Rates and activation of the networks; the narrowest width of the study's grid. */
const TANH = { activations: ["tanh"], learningRates: [0.01, 0.1], replicates: 3 } as const;
const SIZES = { periods: 180, coins: 4, markets: 1, degreesOfFreedom: 5 };
/** Fitted once per panel, as the report's networks are. */
const FROZEN = () => ["frozen"] as const;

/**
 * Three designs: coins of different levels under every process; coins of one level, against the pooled constant; and one long
 * panel, where a network has months enough to learn a beta that depends on a state.
 *
 * @param options the study's; its look-back is a year of months here, its grid one width, two rates, three seeds
 * @example
 * const { levels, oneLevel } = simulatedDesigns(trainer, { ...study, panels: 4 });
 * [levels.options.seeds, oneLevel.estimators.map(({ id }) => id)];
 * // [[1, 2, 3, 4], ["pooled", "ridge", "neural-glorot", "neural-ols"]]
 */
export function simulatedDesigns(
  trainer: Trainer,
  { panels, estimators: _, ...study }: SimulatedDesignsOptions,
): Readonly<Record<"levels" | "oneLevel" | "long", SimulatedDesign>> {
  const grid = { ...study.grid, ...TANH, hidden: study.grid.hidden.slice(0, 1) };
  const plain = { ...study, lookback: 12, grid };
  const told = neuralEstimator("ols", trainer, { ...plain, coinIdentity: true });
  const all = [...ladder(trainer, plain)(1), { ...told, id: "neural-ols, coin known" }];
  const pooling = ["pooled", "ridge", ...study.starts.map((start) => `neural-${start}`)];
  const few = all.filter(({ id }) => pooling.includes(id));
  const narrow = { ...grid, learningRates: [0.01], replicates: 4 };
  const seeds = Array.from({ length: panels }, (__, i) => i + 1);
  const short = { ...SIZES, seeds, splits: () => [SPLIT] };
  return {
    levels: {
      estimators: all,
      options: { ...short, processes: BETA_PROCESSES, updates: updatesOf },
    },
    oneLevel: {
      estimators: few,
      options: {
        ...{ ...short, commonLevel: true, base: "pooled", updates: FROZEN },
        processes: ["constant", "two regimes", "state-dependent"],
      },
    },
    long: {
      estimators: [...few.slice(0, 2), neuralEstimator("ols", trainer, { ...plain, grid: narrow })],
      options: {
        ...{ ...SIZES, periods: 5000, seeds: seeds.slice(0, Math.ceil(panels / 10)) },
        ...{ commonLevel: true, base: "pooled", processes: ["state-dependent"], updates: FROZEN },
        splits: longSplits,
      },
    },
  };
}

/** Fifteen years of months: the last third is tested, the year before it selects. */
const SPLIT = {
  inSample: { from: "2001-01", through: "2008-12" },
  validation: { from: "2009-01", through: "2009-12" },
  outOfSample: { from: "2010-01", through: "2014-12" },
};

const longSplits = (dates: readonly string[]) => [
  {
    inSample: { from: dates[12]!, through: dates[2999]! },
    validation: { from: dates[3000]!, through: dates[3999]! },
    outOfSample: { from: dates[4000]!, through: dates[4999]! },
  },
];

/** Networks once per panel; what runs on by itself, and the amortised beta, before every date alone. */
function updatesOf({ id, running }: Estimator) {
  if (id.startsWith("neural")) return FROZEN();
  return running || id === "amortised" ? (["updated"] as const) : (["frozen", "updated"] as const);
}
