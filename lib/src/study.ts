/** The study: every choice in one place, with where the report makes it; reading a study file. */

import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import {
  ACTIVATIONS,
  type Activation,
  STARTS,
  type Start,
} from "./models/network.js";
import { checkSplit } from "./panel/split.js";
import {
  DataError,
  type DateRange,
  type Frequency,
  type Split,
} from "./types.js";

export interface Study {
  /** Path of the panel file: log returns, one column per series. */
  readonly returns: string;
  /** Path of the factor file: simple returns of the Fama-French factors and RF. */
  readonly factors: string;
  readonly frequency: Frequency;
  readonly coins: readonly string[];
  readonly markets: readonly string[];
  /** Sets of markets that hedge together, names joined by "+". */
  readonly marketSets: readonly string[];
  readonly lookback: number;
  /** The one network of Step 1. */
  readonly baseline: {
    readonly marketSet: string;
    readonly hidden: number;
    readonly learningRate: number;
    readonly activation: Activation;
    readonly replicates: number;
  };
  /** The networks of Step 2: every combination. */
  readonly grid: {
    readonly hidden: readonly number[];
    readonly learningRates: readonly number[];
    readonly activations: readonly Activation[];
    readonly replicates: number;
  };
  readonly starts: readonly Start[];
  readonly epochs: number;
  /** Fitting rows per step; null for all. */
  readonly batchSize: number | null;
  readonly seed: number;
  readonly split: Split;
}

const DATA = fileURLToPath(new URL("../../data/", import.meta.url));

/** The report's study, on the panel that the project ships. */
export const STUDY: Study = {
  returns: join(DATA, "monthly.csv"),
  factors: join(DATA, "factors-monthly.csv"),
  // Step 0: data resampled to a monthly frequency.
  frequency: "monthly",
  coins: ["BTC", "ETH", "LTC", "BCH"],
  markets: ["FIAT", "EQUITY", "GOLD", "ENERGY"],
  // Step 2, Best Configurations by Market.
  marketSets: [
    "FIAT",
    "EQUITY",
    "GOLD",
    "ENERGY",
    "FIAT+EQUITY",
    "FIAT+GOLD",
    "FIAT+EQUITY+GOLD+ENERGY",
  ],
  // Step 1: a 12-month look-back window.
  lookback: 12,
  // Step 2: the report's best network for FIAT. Ten replicates show the spread between seeds.
  baseline: {
    marketSet: "FIAT",
    hidden: 4,
    learningRate: 0.001,
    activation: "tanh",
    replicates: 10,
  },
  // Step 2: "hidden units (4, 8, 16), learning rates (0.001-0.1), and activations (linear, sigmoid, tanh, ReLU)".
  grid: {
    hidden: [4, 8, 16],
    learningRates: [0.001, 0.01, 0.1],
    activations: ACTIVATIONS,
    replicates: 20,
  },
  starts: STARTS,
  // Step 3 speaks of minima within 100 epochs; twice that shows whether they are.
  epochs: 200,
  batchSize: null,
  // Any number: every result is shown over several replicates of it.
  seed: 20180131,
  // Step 4 has twelve months, N = 12: 2023, the year of the sorts of Step 9.
  split: {
    inSample: { from: "2019-01", through: "2021-12" },
    validation: { from: "2022-01", through: "2022-12" },
    outOfSample: { from: "2023-01", through: "2023-12" },
  },
};

/**
 * The study of a file; keys that it leaves out are the report's. Paths are relative to the file.
 *
 * @param file path of a JSON file; by default that of the environment variable NEURAL_BETA_STUDY, else the report's study
 * @throws DataError naming the key's path, what was expected and what came
 * @example
 * const study = { ...(await readStudy()), lookback: 24 };
 */
export async function readStudy(
  file: string | undefined = process.env.NEURAL_BETA_STUDY || undefined,
): Promise<Study> {
  if (file === undefined) return STUDY;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new DataError(
      `${file}: must be a JSON file that can be read (${(error as Error).message}); correct the path or the text`,
    );
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success)
    throw new DataError(
      parsed.error.issues
        .map(
          (issue) =>
            `${file}: ${issue.path.join(".") || "the study"}: ${issue.message}`,
        )
        .join("\n"),
    );
  const given = parsed.data;
  const { markets } = given;
  const reports = STUDY.markets.every((name) => markets.includes(name));
  const all = markets.length > 1 ? [markets.join("+")] : [];
  const study: Study = {
    ...given,
    // Other markets than the report's: each alone, and all together.
    marketSets:
      given.marketSets ?? (reports ? STUDY.marketSets : [...markets, ...all]),
    baseline: {
      ...given.baseline,
      marketSet:
        given.baseline.marketSet ??
        (reports ? STUDY.baseline.marketSet : markets[0]!),
    },
    returns:
      given.returns === undefined
        ? STUDY.returns
        : resolve(dirname(file), given.returns),
    factors:
      given.factors === undefined
        ? STUDY.factors
        : resolve(dirname(file), given.factors),
  };
  try {
    checkStudy(study);
  } catch (error) {
    throw new DataError(`${file}: ${(error as Error).message}`);
  }
  return study;
}

/** Path of a file that the project ships, for example `reported/returns.csv`, the report's rows of Step 0. */
export const shippedFile = (name: string): string => join(DATA, name);

/** True if the report's printed numbers can be set beside this study's: same data, names, look-back and split. */
export function isReportStudy(study: Study): boolean {
  const identity = (s: Study) =>
    JSON.stringify([
      s.returns,
      s.frequency,
      s.coins,
      s.markets,
      s.lookback,
      s.split,
    ]);
  return identity(study) === identity(STUDY);
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
  checkSplit(study.split);
}

const date = z
  .string()
  .regex(
    /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/,
    "expected a month YYYY-MM or a day YYYY-MM-DD",
  );
const range = (fallback: DateRange) =>
  z
    .strictObject({
      from: date.default(fallback.from),
      through: date.default(fallback.through),
    })
    .prefault({});
const names = (fallback: readonly string[]) =>
  z
    .array(z.string().min(1))
    .min(1)
    .default([...fallback]);
const count = z.int().min(1);
const rate = z.number().positive();
const activation = z.enum(ACTIVATIONS);

const schema = z.strictObject({
  returns: z.string().min(1).optional(),
  factors: z.string().min(1).optional(),
  frequency: z.enum(["daily", "weekly", "monthly"]).default(STUDY.frequency),
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
  batchSize: count.nullable().default(STUDY.batchSize),
  seed: z.int().default(STUDY.seed),
  split: z
    .strictObject({
      inSample: range(STUDY.split.inSample),
      validation: range(STUDY.split.validation),
      outOfSample: range(STUDY.split.outOfSample),
    })
    .prefault({}),
});
