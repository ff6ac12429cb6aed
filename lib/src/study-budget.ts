/** A study within its budget: what its networks cost on a nominal machine, and a grid that is cut until they cost no more. */

import { parameterCount } from "./models/network.js";
import { marketNames } from "./panel/panel.js";
import { REFITS, type Refit } from "./panel/walk-forward.js";
import type { Study } from "./study.js";
import type { DateRange, Frequency } from "./types.js";

/** What a study trains, in seconds of one nominal core. */
export interface TrainingCost {
  readonly search: number;
  /** Chosen networks: frozen, updated, and trained once more. */
  readonly walk: number;
  /** Windows cut, scaled and laid out, before each of these is trained. */
  readonly prepare: number;
}

/**
 * Nanoseconds of a row in an epoch, and of each of its weights; of a row before it is trained on, and of each of its inputs. The same
 * numbers on every machine, so that a budget gives the same grid, and a report the same bytes; an ordinary core of 2024 keeps them.
 */
const NANOSECONDS = { row: 15, weight: 0.06, prepared: 2000, input: 12 };
/** A budget is minutes of two cores. */
const CORES = 2;
/** Chosen networks are trained once more for equal information: two for each that is walked. */
const FINALS = 2;
/** Data sets of each start: those of frozen networks and their search in each block, and of updated networks before each refit. */
const DATA_SETS = { block: 7, update: 3 };
const PERIODS: Readonly<Record<Frequency, number>> = { daily: 252, weekly: 52, monthly: 12 };
const BLOCKS_A_YEAR = { yearly: 1, quarterly: 4, monthly: 12 } as const;

/**
 * What a study's networks cost, from the keys of its file alone: networks x epochs x rows x time of a row, and data sets x rows x time
 * to prepare one.
 *
 * Of a panel that is unbalanced, or shorter than the study's dates, it is more than the truth.
 *
 * @returns seconds of one core
 * @example
 * const { search, walk, prepare } = trainingCost(study);
 * [search > 30, walk > search, prepare < 2]; // [true, true, true]
 */
export function trainingCost(study: Study): TrainingCost {
  const { grid, starts, marketSets, split, walkForward, frequency, coins, lookback } = study;
  const perYear = PERIODS[frequency];
  const rows = (range: DateRange) => perYear * coins.length * yearsOf(range);
  const tested = yearsOf(walkForward.test);
  const blocksOf = (refit: Study["walkForward"]["refit"]) =>
    refit === "periodically" ? perYear : BLOCKS_A_YEAR[refit];
  // Fitting blocks of the walk grow from the first target to the middle of the test range, and end a year before it.
  const until = yearsOf({ from: split.inSample.from, through: walkForward.test.from });
  const fitted = Math.min(walkForward.fitYears ?? Infinity, Math.max(1, until + tested / 2 - 1));
  const walkRows = perYear * coins.length * (3 * fitted + 1);
  const splitRows = 3 * rows(split.inSample) + rows(split.validation);
  const configurations = grid.learningRates.length * grid.activations.length;
  const seeds = starts.length * grid.replicates;
  let [search, walk, prepare] = [0, 0, 0];
  const blocks = tested * blocksOf(walkForward.refit);
  const updates = (tested + yearsOf(split.outOfSample)) * blocksOf(study.refit);
  const dataSets = starts.length * (DATA_SETS.block * (1 + blocks) + DATA_SETS.update * updates);
  const preparedRows = dataSets * perYear * coins.length * (fitted + 1);
  for (const set of marketSets) {
    const markets = marketNames(set).length;
    const inputs = lookback * (1 + markets) + (study.coinIdentity ? coins.length : 0);
    const time = (hidden: number) => {
      const weights = parameterCount({ inputs, hidden, markets, activation: "linear" });
      return (study.epochs * (NANOSECONDS.row + NANOSECONDS.weight * weights)) / 1e9;
    };
    const [narrow] = grid.hidden as [number];
    const all = grid.hidden.reduce((sum, hidden) => sum + time(hidden), 0) * configurations;
    search += all * seeds * splitRows;
    walk += seeds * walkRows * (all * blocks + FINALS * time(narrow) * (blocks + updates));
    prepare += (preparedRows * (NANOSECONDS.prepared + NANOSECONDS.input * inputs)) / 1e9;
  }
  return { search, walk, prepare };
}

/** Years of a range of months or days, the last one whole. */
function yearsOf({ from, through }: DateRange): number {
  const [first, last] = [from, through].map(
    (date) => Number(date.slice(0, 4)) + Number(date.slice(5, 7)) / 12,
  ) as [number, number];
  return last - first + 1 / 12;
}

/**
 * Minutes of two nominal cores that a study's networks take.
 *
 * @example
 * trainingMinutes(study) < 3; // true
 */
export const trainingMinutes = (study: Study): number => {
  const { search, walk, prepare } = trainingCost(study);
  return (search + walk + prepare) / CORES / 60;
};

const rarer = (...refits: [Refit, Refit]): Refit => REFITS.find((refit) => refits.includes(refit))!;

/** What is cut, in this order, until the networks are within the budget. */
const CUTS: readonly ((study: Study) => Study)[] = [
  (study) => withSeeds(study, 5),
  (study) => withGrid(study, { hidden: [Math.min(...study.grid.hidden)] }),
  (study) => withSeeds(study, 3),
  (study) => withGrid(study, { learningRates: [middleOf(study.grid.learningRates)] }),
  (study) => withGrid(study, { activations: study.grid.activations.slice(0, 2) }),
  (study) => ({ ...study, refit: rarer(study.refit, "quarterly") }),
  (study) => ({ ...study, walkForward: { ...study.walkForward, fitYears: fitYearsOf(study) } }),
  (study) => ({ ...study, refit: "yearly" }),
  (study) => withGrid(study, { activations: study.grid.activations.slice(0, 1) }),
  ...[100, 50, 25].map((most) => (study: Study) => ({
    ...study,
    epochs: Math.min(most, study.epochs),
  })),
  (study) => ({ ...study, starts: study.starts.slice(-1) }),
];

const withGrid = (study: Study, cut: Partial<Study["grid"]>): Study => ({
  ...study,
  grid: { ...study.grid, ...cut },
});

/** Of the grid, and of the network of Step 1, which TensorFlow.js trains. */
const withSeeds = (study: Study, most: number): Study => ({
  ...withGrid(study, { replicates: Math.min(most, study.grid.replicates) }),
  baseline: { ...study.baseline, replicates: Math.min(most, study.baseline.replicates) },
});

/** Of the walk: five at most. */
const fitYearsOf = ({ walkForward }: Study): number => Math.min(5, walkForward.fitYears ?? 5);

const middleOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/**
 * The study with as much of its grid as its `budget` pays for; the study itself if it has none, or costs no more.
 *
 * Cut in this order: seeds to five, widths to the narrowest, seeds to three, rates to the middle one, activations to two, refits to
 * quarters, fitting blocks of the walk to five years, refits to years, activations to one, epochs to 100, 50 and 25, starts to the last one. The rule knows the study's keys and no clock.
 *
 * @throws RangeError naming the key, if the smallest grid costs more
 * @example
 * const cut = withinBudget({ ...study, budget: 1 });
 * [cut.grid.replicates, trainingMinutes(cut) <= 1]; // [5, true]
 */
export function withinBudget(study: Study): Study {
  const { budget } = study;
  if (budget === undefined) return study;
  let fits = study;
  for (const cut of CUTS) {
    if (trainingMinutes(fits) <= budget) return fits;
    fits = cut(fits);
  }
  const least = trainingMinutes(fits);
  if (least <= budget) return fits;
  throw new RangeError(
    `budget: must pay for the smallest grid, which takes about ${least.toPrecision(2)} minutes, got ${budget}; raise it, shorten split and walkForward.test, or name fewer marketSets`,
  );
}

/**
 * The grid that a budget left, and what it costs, in words; nothing for a study without one.
 *
 * @example
 * budgetText(study); // undefined: the report has no budget
 * budgetText(withinBudget({ ...study, budget: 1 }))!.slice(0, 33); // "budget 1 minutes: widths 4, 8, 16"
 */
export function budgetText(study: Study): string | undefined {
  const { budget, grid, starts, epochs, refit } = study;
  if (budget === undefined) return undefined;
  return [
    `budget ${budget} minutes: widths ${grid.hidden.join(", ")}, rates ${grid.learningRates.join(", ")}`,
    `${grid.activations.join(", ")} units, ${grid.replicates} seeds, starts ${starts.join(", ")}`,
    `${epochs} epochs, updated ${refit}; about ${trainingMinutes(study).toPrecision(2)} minutes of training on two cores`,
  ].join("; ");
}
