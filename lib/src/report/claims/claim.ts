/** What a claim is: words of the report, a number that they are about, and the numbers for which they are true. */

import type { Activation } from "../../models/network.js";
import type { NeuralEstimatorOptions } from "../../models/neural-estimator.js";
import type { Trainer } from "../../models/trainer.js";
import type { WalkForwardOptions } from "../../panel/walk-forward.js";
import type { DatedSeries, Factors, Panel, Split } from "../../types.js";
import type { Measurement } from "../measurement.js";
import type { ReportedStatistics } from "../reported-statistics.js";
import type { Region } from "../verdict.js";

/** One claim, measured. */
export interface MeasuredClaim {
  readonly id: string;
  /** What is measured, with its unit and sample. */
  readonly statistic: string;
  /** Chosen before the measurement. */
  readonly region: Region;
  readonly measurement: Measurement;
}

/** One network of Step 2. */
export interface Configuration {
  readonly marketSet: string;
  readonly hidden: number;
  readonly learningRate: number;
  readonly activation: Activation;
}

/** What the claims are tested with. */
export interface ClaimInputs {
  /** Monthly log returns, as in the report. */
  readonly panel: Panel;
  /** The same series in weeks: an episode of a few months has too few months. */
  readonly weekly: Panel;
  readonly factors: Factors;
  readonly trainer: Trainer;
  /** Step 0's series as the report seems to have used them, where they are known; what is left out cannot be tested. */
  readonly replication?: DatedSeries;
  /** What the report prints: Step 0's returns, Step 4's statistics, */
  readonly returns: DatedSeries;
  readonly statistics: readonly ReportedStatistics[];
  /** Step 7's two rows of factors, */
  readonly printedFactors?: DatedSeries;
  /** Step 9's sorted portfolios, */
  readonly printedSorts?: Records;
  /** the best configurations of Step 2, */
  readonly configurations: readonly Configuration[];
  /** Days on which Bitcoin's block reward was halved; `HALVINGS` by default. */
  readonly halvings?: readonly string[];
  /** The claims themselves. */
  readonly claims: readonly PrintedClaim[];
  readonly options: ClaimOptions;
}

/** The choices of a study that claims depend on. */
export interface ClaimOptions extends NeuralEstimatorOptions {
  readonly marketSets: readonly string[];
  readonly split: Split;
  readonly walkForward: Pick<WalkForwardOptions, "test" | "refit" | "fitYears">;
  readonly baseline: Configuration;
  /** Draws of every bootstrap, and their seed where it is not the study's. */
  readonly bootstrap: { readonly draws: number; readonly seed?: number };
  readonly sorts: { readonly quantiles: number; readonly cost: number };
}

/** Draws of the ledger's bootstraps: so many that no verdict depends on their seed. */
export const LEDGER_DRAWS = 9_999;

/** Regions of one end. */
export const above = (lower: number): Region => ({ lower, upper: Infinity });
export const below = (upper: number): Region => ({ lower: -Infinity, upper });
export const between = (lower: number, upper: number): Region => ({
  lower,
  upper,
});

/** Our words about a claim: what a reader needs to follow its verdict back to the data. */
export interface ClaimEvidence {
  /** The claim in a few words, unique in the ledger. */
  readonly name: string;
  /** Unit of the measured number. */
  readonly unit: string;
  /** Dates, networks or rows that it is measured on. */
  readonly sample: string;
  /** Why the claim is true for the numbers of its region. */
  readonly why: string;
  /** Ids of the figure and the table that show it; "" where there is none. */
  readonly figure: string;
  readonly table: string;
  /** Files in `data/` that it is measured from, separated by blanks. */
  readonly data: string;
}

/** One claim as it stands in the report, with our words about it; rows of `reported/claims.csv`. */
export interface PrintedClaim {
  readonly id: string;
  /** "0" to "9", or "Discussion". */
  readonly step: string;
  /** The report's words. */
  readonly claim: string;
  /** Which of several things that the words speak of; "" where there is one. */
  readonly about: string;
  /** The report's number; NaN where it gives none. */
  readonly reported: number;
  /** Left out where the file has no such columns. */
  readonly evidence?: ClaimEvidence;
}

/**
 * Rows of `reported/claims.csv` as claims.
 *
 * @example
 * printedClaims([{ id: "reduction", step: "7", claim: "RMSE reduction", about: "", reported: "2.5" }])[0]!.reported; // 2.5
 */
export function printedClaims(records: Records): PrintedClaim[] {
  return records.map(({ id, step, claim, about, reported, ...evidence }) => ({
    id: id!,
    step: step!,
    claim: claim!,
    about: about!,
    reported: reported === "" ? Number.NaN : Number(reported),
    ...("name" in evidence && { evidence: evidence as unknown as ClaimEvidence }),
  }));
}

/**
 * Rows of `reported/search-best.csv` as configurations.
 *
 * @example
 * printedConfigurations(await readRecords(shippedFile("reported/search-best.csv")))[0]!.hidden; // 4
 */
export function printedConfigurations(records: Records): Configuration[] {
  return records.map(({ marketSet, hidden, learningRate, activation }) => ({
    marketSet: marketSet!,
    hidden: Number(hidden),
    learningRate: Number(learningRate),
    activation: activation as Activation,
  }));
}

type Records = readonly Readonly<Record<string, string>>[];
