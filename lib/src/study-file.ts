/** Reading a study file: what it leaves out is the report's choice, what it gets wrong is named by its key. */

import { dirname, resolve } from "node:path";
import { z } from "zod";
import { monthOrDay, plainText, readJson, seriesName } from "./data/json-file.js";
import { ACTIVATIONS, STARTS } from "./models/network.js";
import { checkSplit, splitWindows } from "./panel/split.js";
import { walkForwardSplits } from "./panel/walk-forward.js";
import { lookbackWindows } from "./panel/windows.js";
import { FACTORS, STUDY, type Study } from "./study.js";
import { DataError, type DateRange, type Panel } from "./types.js";

/**
 * The study of a file; keys that it leaves out are the report's. Paths are relative to the file.
 *
 * @param file path of a JSON file; by default that of the environment variable NEURAL_BETA_STUDY, else the report's study
 * @throws DataError naming the key's path, what was expected and what came
 * @example
 * const study = { ...(await readStudy()), lookback: 24 };
 * [study.lookback, study.markets.length]; // [24, 4]
 */
export async function readStudy(
  file: string | undefined = process.env.NEURAL_BETA_STUDY || undefined,
): Promise<Study> {
  if (file === undefined) return STUDY;
  const given = readJson(file, schema, "the study");
  const { markets } = given;
  const reports = STUDY.markets.every((name) => markets.includes(name));
  const all = markets.length > 1 ? [markets.join("+")] : [];
  const factors = given.factors ? resolve(dirname(file), given.factors) : FACTORS[given.frequency];
  const { factors: _, riskFree, ...rest } = given;
  const study: Study = {
    ...rest,
    // Other markets than the report's: each alone, and all together.
    marketSets: given.marketSets ?? (reports ? STUDY.marketSets : [...markets, ...all]),
    baseline: {
      ...given.baseline,
      marketSet: given.baseline.marketSet ?? (reports ? STUDY.baseline.marketSet : markets[0]!),
    },
    returns: given.returns === undefined ? STUDY.returns : resolve(dirname(file), given.returns),
    ...(given.prices
      ? {
          prices: given.prices.map((input) => ({
            ...input,
            file: resolve(dirname(file), input.file),
          })),
        }
      : {}),
    ...(factors === undefined ? {} : { factors }),
    ...(riskFree === undefined ? {} : { riskFree: resolve(dirname(file), riskFree) }),
  };
  try {
    checkStudy(study);
  } catch (error) {
    throw new DataError(`${file}: ${(error as Error).message}`);
  }
  return study;
}

function checkStudy(study: Study): void {
  const names = [...study.coins, ...study.markets];
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new RangeError(
      `coins, markets: every name must occur once, ${twice} occurs twice; rename or remove one`,
    );
  for (const [key, sets] of [
    ["marketSets", study.marketSets],
    ["baseline.marketSet", [study.baseline.marketSet]],
  ] as const)
    for (const name of sets.flatMap((set) => set.split("+")))
      if (!study.markets.includes(name))
        throw new RangeError(
          `${key}: ${name} must be one of the markets ${study.markets.join(", ")}; correct the set or add the market`,
        );
  for (const set of [...study.marketSets, study.baseline.marketSet])
    if (hasTwice(set.split("+")) || hasTwice(study.marketSets))
      throw new RangeError(
        `marketSets: no set and no market of a set may occur twice, got ${study.marketSets.join(", ")}; remove the second`,
      );
  checkSplit(study.split);
  const missing = study.prices
    ? names.find((name) => !study.prices?.some((input) => input.name === name))
    : undefined;
  if (missing !== undefined)
    throw new RangeError(
      `prices: must hold every coin and market, but ${missing} has no file; add it, or take it out of coins and markets`,
    );
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

/** What may be asked of a study's dates: blocks to fit, validate and test on; test years with blocks before each. */
export const STUDY_NEEDS = ["split", "walkForward"] as const;
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
    split: () => splitWindows(lookbackWindows(panel, lookback), dates, split),
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

const hasTwice = (names: readonly string[]): boolean => new Set(names).size < names.length;

const range = (fallback: DateRange) =>
  z
    .strictObject({
      from: monthOrDay.default(fallback.from),
      through: monthOrDay.default(fallback.through),
    })
    .prefault({});
const names = (fallback: readonly string[]) =>
  z
    .array(seriesName)
    .min(1)
    .default([...fallback]);
const count = z.int().min(1);
const rate = z.number().positive();
const activation = z.enum(ACTIVATIONS);

const schema = z.strictObject({
  returns: z.string().min(1).optional(),
  kind: z.enum(["returns", "prices"]).exactOptional(),
  prices: z
    .array(
      z.strictObject({
        name: seriesName,
        file: z.string().min(1),
        column: z.string().min(1).exactOptional(),
        symbol: z.string().min(1).exactOptional(),
        clock: z.string().min(1).exactOptional(),
        ends: z.enum(["delisted", "complete"]).exactOptional(),
        dates: z.enum(["MDY", "DMY"]).exactOptional(),
        timeZone: z.string().min(1).exactOptional(),
        decimal: z.enum([".", ","]).exactOptional(),
        encoding: z.string().min(1).exactOptional(),
      }),
    )
    .min(1)
    .exactOptional(),
  factors: z.string().min(1).optional(),
  riskFree: z.string().min(1).exactOptional(),
  frequency: z.enum(["daily", "weekly", "monthly"]).default(STUDY.frequency),
  label: plainText.exactOptional(),
  coins: names(STUDY.coins),
  markets: names(STUDY.markets),
  marketSets: z.array(z.string().min(1)).min(1).optional(),
  lookback: count.default(STUDY.lookback),
  baseline: z
    .strictObject({
      marketSet: z.string().optional(),
      hidden: count.default(STUDY.baseline.hidden),
      learningRate: rate.default(STUDY.baseline.learningRate),
      activation: activation.default(STUDY.baseline.activation),
      replicates: count.default(STUDY.baseline.replicates),
    })
    .prefault({}),
  grid: z
    .strictObject({
      hidden: z
        .array(count)
        .min(1)
        .default([...STUDY.grid.hidden]),
      learningRates: z
        .array(rate)
        .min(1)
        .default([...STUDY.grid.learningRates]),
      activations: z
        .array(activation)
        .min(1)
        .default([...STUDY.grid.activations]),
      replicates: count.default(STUDY.grid.replicates),
    })
    .prefault({}),
  starts: z
    .array(z.enum(STARTS))
    .min(1)
    .default([...STUDY.starts]),
  epochs: count.default(STUDY.epochs),
  batchSize: count.exactOptional(),
  seed: z.int().default(STUDY.seed),
  split: z
    .strictObject({
      inSample: range(STUDY.split.inSample),
      validation: range(STUDY.split.validation),
      outOfSample: range(STUDY.split.outOfSample),
    })
    .prefault({}),
  walkForward: z
    .strictObject({
      test: range(STUDY.walkForward.test),
      refit: z.enum(["yearly", "monthly", "periodically"]).default(STUDY.walkForward.refit),
      fitYears: count.exactOptional(),
    })
    .prefault({}),
  refit: z
    .strictObject({
      schedule: z.enum(["monthly", "periodically"]),
      epochs: count.exactOptional(),
    })
    .default(STUDY.refit),
  bootstrap: z
    .strictObject({
      draws: z.int().min(99).default(STUDY.bootstrap.draws),
      level: z.number().gt(0).lt(1).default(STUDY.bootstrap.level),
    })
    .prefault({}),
  sorts: z
    .strictObject({
      quantiles: z.int().min(2).default(STUDY.sorts.quantiles),
      cost: z.number().min(0).default(STUDY.sorts.cost),
    })
    .prefault({}),
});
