/** Reading a study file: what it leaves out is the report's choice, what it gets wrong is named by its key. */

import { dirname, resolve } from "node:path";
import { z } from "zod";
import { ESTIMATOR_ID } from "./betas/check-estimator.js";
import { monthOrDay, plainText, readJson, seriesName } from "./data/json-file.js";
import { auditSchema, readKeys } from "./data/schemas.js";
import { STUDY_LIMITS } from "./limits.js";
import { ACTIVATIONS, STARTS } from "./models/network.js";
import { SCALINGS } from "./models/network-inputs.js";
import { BACKENDS } from "./models/tfjs/backend.js";
import { frequencyDefaults } from "./panel/frequency-defaults.js";
import { REFITS } from "./panel/walk-forward.js";
import { usualQuantiles } from "./portfolios/sort.js";
import { readClaims } from "./report/study-claims/claims-file.js";
import { FACTORS, STUDY, type Study } from "./study.js";
import { withinBudget } from "./study-budget.js";
import { checkStudy } from "./study-checks.js";
import { DataError, type DateRange } from "./types.js";

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
  const { factors: _, riskFree, estimators, claims, ...rest } = given;
  const usual = frequencyDefaults[given.frequency];
  const study: Study = {
    ...rest,
    lookback: given.lookback ?? usual.lookback,
    refit: given.refit ?? usual.refit,
    walkForward: { ...given.walkForward, refit: given.walkForward.refit ?? usual.walkForward },
    sorts: {
      ...given.sorts,
      quantiles: given.sorts.quantiles ?? usualQuantiles(given.coins.length),
    },
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
    ...(claims === undefined ? {} : { claims: resolve(dirname(file), claims) }),
    ...(estimators
      ? {
          estimators: estimators.map((entry) => ({
            ...entry,
            file: resolve(dirname(file), entry.file),
          })),
        }
      : {}),
  };
  const affordable = checked(study, file);
  readClaims(affordable.claims, affordable);
  return affordable;
}

/** The study within its budget, if its keys fit together. */
function checked(study: Study, file: string): Study {
  try {
    const affordable = withinBudget(study);
    checkStudy(affordable);
    return affordable;
  } catch (error) {
    throw new DataError(`${file}: ${(error as Error).message}`);
  }
}

const range = (fallback: DateRange) =>
  z
    .strictObject({
      from: monthOrDay.default(fallback.from),
      through: monthOrDay.default(fallback.through),
    })
    .prefault({});
const names = (fallback: readonly string[], most: number) =>
  z
    .array(seriesName)
    .min(1)
    .max(most)
    .default([...fallback]);
const count = (most: number) => z.int().min(1).max(most);
const rate = z.number().positive().max(STUDY_LIMITS.learningRate);
const estimatorId = z
  .string()
  .regex(ESTIMATOR_ID, "expected an id of letters, digits, points and hyphens");
const activation = z.enum(ACTIVATIONS);
/** Values of a dimension of the grid: one that stands there twice would count twice. */
const values = <T extends z.ZodType>(value: T) =>
  z
    .array(value)
    .min(1)
    .max(STUDY_LIMITS.values)
    .refine((list) => new Set(list).size === list.length, "expected every value once");

/** Every key, its limits, and what stands there if it is left out. */
const schema = z.strictObject({
  returns: plainText.optional(),
  kind: z.enum(["returns", "prices"]).exactOptional(),
  prices: z
    .array(
      z.strictObject({
        name: seriesName,
        file: plainText,
        column: plainText.exactOptional(),
        symbol: plainText.exactOptional(),
        clock: plainText.exactOptional(),
        ends: z.enum(["delisted", "complete"]).exactOptional(),
        ...readKeys,
      }),
    )
    .min(1)
    .exactOptional(),
  factors: plainText.optional(),
  riskFree: plainText.exactOptional(),
  frequency: z.enum(["daily", "weekly", "monthly"]).default(STUDY.frequency),
  range: z.strictObject({ from: monthOrDay, through: monthOrDay }).exactOptional(),
  ends: z.record(seriesName, z.enum(["delisted", "complete"])).exactOptional(),
  label: plainText.exactOptional(),
  coins: names(STUDY.coins, STUDY_LIMITS.coins),
  markets: names(STUDY.markets, STUDY_LIMITS.markets),
  marketSets: z.array(plainText).min(1).max(STUDY_LIMITS.marketSets).optional(),
  lookback: count(STUDY_LIMITS.lookback).optional(),
  baseline: z
    .strictObject({
      marketSet: z.string().optional(),
      hidden: count(STUDY_LIMITS.hidden).default(STUDY.baseline.hidden),
      learningRate: rate.default(STUDY.baseline.learningRate),
      activation: activation.default(STUDY.baseline.activation),
      replicates: count(STUDY_LIMITS.replicates).default(STUDY.baseline.replicates),
    })
    .prefault({}),
  grid: z
    .strictObject({
      hidden: values(count(STUDY_LIMITS.hidden)).default([...STUDY.grid.hidden]),
      learningRates: values(rate).default([...STUDY.grid.learningRates]),
      activations: values(activation).default([...STUDY.grid.activations]),
      replicates: count(STUDY_LIMITS.replicates).default(STUDY.grid.replicates),
    })
    .prefault({}),
  starts: values(z.enum(STARTS)).default([...STUDY.starts]),
  scaling: z.enum(SCALINGS).default(STUDY.scaling),
  backend: z.enum(BACKENDS).default(STUDY.backend),
  coinIdentity: z.boolean().default(STUDY.coinIdentity),
  epochs: count(STUDY_LIMITS.epochs).default(STUDY.epochs),
  budget: z.number().positive().max(STUDY_LIMITS.budget).exactOptional(),
  batchSize: count(STUDY_LIMITS.batchSize).exactOptional(),
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
      refit: z.enum(REFITS).optional(),
      fitYears: count(STUDY_LIMITS.fitYears).exactOptional(),
    })
    .prefault({}),
  refit: z.enum(REFITS).optional(),
  bootstrap: z
    .strictObject({
      draws: z.int().min(99).max(STUDY_LIMITS.draws).default(STUDY.bootstrap.draws),
      level: z.number().gt(0).lt(1).default(STUDY.bootstrap.level),
    })
    .prefault({}),
  sorts: z
    .strictObject({
      quantiles: z.int().min(2).max(STUDY_LIMITS.quantiles).optional(),
      cost: z.number().min(0).lt(1).default(STUDY.sorts.cost),
    })
    .prefault({}),
  estimators: z
    .array(z.strictObject({ id: estimatorId, file: plainText }))
    .max(STUDY_LIMITS.estimators)
    .exactOptional(),
  claims: plainText.exactOptional(),
  betaSeeds: z.boolean().exactOptional(),
  audit: auditSchema.exactOptional(),
});
