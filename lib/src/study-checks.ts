/** What must hold between the keys of a study, and between a study and its data. */

import { isBuiltIn } from "./betas/check-estimator.js";
import { printable } from "./check.js";
import type { PriceInput } from "./data/daily-prices.js";
import { megabytes } from "./data/read-file.js";
import { listed } from "./data/readers/csv.js";
import { STUDY_LIMITS } from "./limits.js";
import { parameterCount } from "./models/network.js";
import { checkSplit, panelWindows } from "./panel/split.js";
import { walkForwardSplits } from "./panel/walk-forward.js";
import { STUDY, type Study } from "./study.js";
import { DataError, type Panel } from "./types.js";

/**
 * What no single key can be wrong in: names that must fit together, blocks in time, sizes.
 *
 * @throws RangeError beginning with the key
 */
export function checkStudy(study: Study): void {
  const names = [...study.coins, ...study.markets];
  const twice = repeated(names);
  if (twice !== undefined)
    throw new RangeError(
      `coins, markets: every name must occur once, ${twice} occurs twice; rename or remove one`,
    );
  const markets = new Set(study.markets);
  for (const [key, sets] of [
    ["marketSets", study.marketSets],
    ["baseline.marketSet", [study.baseline.marketSet]],
  ] as const)
    for (const name of sets.flatMap((set) => set.split("+")))
      if (!markets.has(name))
        throw new RangeError(
          `${key}: ${printable(name)} must be one of the markets ${listed(study.markets)}; correct the set or add the market`,
        );
  for (const list of [
    study.marketSets,
    ...[...study.marketSets, study.baseline.marketSet].map((set) => set.split("+")),
  ])
    if (repeated(list) !== undefined)
      throw new RangeError(
        `marketSets: no set and no market of a set may occur twice, got ${repeated(list)} in ${listed(list)}; remove the second`,
      );
  checkSplit(study.split);
  checkSearch(study);
  checkLevel(study.bootstrap);
  if (study.prices) checkPrices(study.prices, names);
  checkSpan(study, names);
  checkEstimatorFiles(study);
  if (study.kind === "prices" && study.returns === STUDY.returns)
    throw new RangeError(
      "returns: must name the file of prices when kind is prices, but it is the shipped panel, which holds returns; name your file",
    );
  const { from, through } = study.walkForward.test;
  if (from.slice(0, through.length) > through)
    throw new RangeError(
      `walkForward.test: from (${from}) must not lie after through (${through}); exchange them`,
    );
}

/** The dates that a panel is cut to, and how its series end. */
function checkSpan({ range, ends = {}, prices, kind }: Study, names: readonly string[]): void {
  if (range && range.from.slice(0, range.through.length) > range.through)
    throw new RangeError(
      `range: from (${range.from}) must not lie after through (${range.through}); exchange them`,
    );
  const [unknown] = Object.keys(ends).filter((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new RangeError(
      `ends: every name must be a coin or a market of ${listed(names)}, got ${printable(unknown)}; correct it`,
    );
  if (Object.keys(ends).length > 0 && !prices && kind !== "prices")
    throw new RangeError(
      'ends: is of price series, but the study has returns, whose last one counts; remove it, or give prices with kind "prices"',
    );
}

/** Every series has prices, once; a file of no series would be read for nothing. */
function checkPrices(prices: readonly PriceInput[], names: readonly string[]): void {
  const given = prices.map(({ name }) => name);
  const [has, wanted] = [new Set(given), new Set(names)];
  const missing = names.find((name) => !has.has(name));
  if (missing !== undefined)
    throw new RangeError(
      `prices: must hold every coin and market, but ${missing} has no file; add it, or take it out of coins and markets`,
    );
  const wrong = repeated(given) ?? given.find((name) => !wanted.has(name));
  if (wrong !== undefined)
    throw new RangeError(
      `prices: every name must be one of the coins and markets, and occur once, got ${wrong}; rename or remove the entry`,
    );
}

/** Files of betas stand beside the ladder's own estimators. */
function checkEstimatorFiles({ estimators = [] }: Study): void {
  const ids = estimators.map(({ id }) => id);
  const wrong = repeated(ids) ?? ids.find(isBuiltIn);
  if (wrong !== undefined)
    throw new RangeError(
      `estimators: every id must be its own, but ${wrong} ${isBuiltIn(wrong) ? "is that of a built-in one" : "occurs twice"}; rename it`,
    );
}

/** The networks of one market set are held at once. */
function checkSearch(study: Study): void {
  const { coins, marketSets, lookback, grid, starts, epochs, coinIdentity } = study;
  const markets = Math.max(...marketSets.map((set) => set.split("+").length));
  const inputs = lookback * (1 + markets) + (coinIdentity ? coins.length : 0);
  const perWidth = grid.learningRates.length * grid.activations.length * starts.length;
  const bytes = grid.hidden.reduce((sum, hidden) => {
    const shape = { inputs, hidden, markets, activation: "linear" } as const;
    return sum + perWidth * grid.replicates * (4 * parameterCount(shape) + 16 * epochs);
  }, 0);
  if (bytes > STUDY_LIMITS.search)
    throw new RangeError(
      `grid: the networks of one market set must fit into ${megabytes(STUDY_LIMITS.search)}, but take ${megabytes(bytes)}; reduce grid.hidden, grid.replicates, epochs or lookback`,
    );
}

/** An interval's ends are among the draws: no further out than the first and the last. */
function checkLevel({ draws, level }: Study["bootstrap"]): void {
  if (((1 - level) / 2) * (draws + 1) < 1)
    throw new RangeError(
      `bootstrap.level: must be at most ${1 - 2 / (draws + 1)} with ${draws} draws, got ${level}; lower it or raise bootstrap.draws`,
    );
}

/** What may be asked of a study's dates: blocks to fit, validate and test on; test years with blocks before each. */
export const STUDY_NEEDS = ["split", "walkForward"] as const;
/** One of `STUDY_NEEDS`. */
export type StudyNeed = (typeof STUDY_NEEDS)[number];

/**
 * Nothing, if the panel has the dates that the study names: otherwise a notebook would stop halfway.
 *
 * @param needs what is asked of the dates; all that can be by default
 * @throws DataError naming the key
 * @example
 * checkStudyDates(study, panel); // undefined
 * checkStudyDates({ ...study, lookback: 83 }, panel); // DataError: lookback: must be below the number of periods
 * checkStudyDates({ ...study, lookback: 24 }, panel, ["split"]); // undefined: no walk-forward year is asked for
 */
export function checkStudyDates(
  study: Study,
  panel: Panel,
  needs: readonly StudyNeed[] = STUDY_NEEDS,
): void {
  const { lookback, split, walkForward } = study;
  const { dates } = panel;
  if (needs.length > 0 && lookback >= dates.length)
    throw new DataError(
      `lookback: must be below the number of periods of the panel, ${dates.length}, got ${lookback}; shorten it`,
    );
  const { from } = split.inSample;
  const checks = {
    split: () => panelWindows(panel, lookback, split),
    walkForward: () => walkForwardSplits(dates, { ...walkForward, from, lookback }),
  };
  for (const key of needs)
    try {
      checks[key]();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new DataError(error.message.replace(/^\w+:/, `${key}:`));
    }
}

/** The first name that occurs a second time. */
function repeated(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.size === seen.add(name).size);
}
