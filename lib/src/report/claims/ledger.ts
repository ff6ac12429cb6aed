/** The ledger: every claim of the report with our number, its interval and a verdict. */

import { benjaminiYekutieliPValues, holmPValues } from "../../stats/multiple-testing.js";
import type { Progress } from "../../types.js";
import { detectableEffect } from "../detectable-effect.js";
import {
  decidingInterval,
  type Interval,
  type Region,
  regionPValue,
  type Verdict,
  verdict,
} from "../verdict.js";
import type { ClaimInputs, MeasuredClaim, PrintedClaim } from "./claim.js";
import { type Claim, type ClaimContext, claimContext } from "./context.js";
import { DISCUSSION } from "./discussion.js";
import { STEP_0 } from "./step-0.js";
import { STEP_1 } from "./step-1.js";
import { STEP_2 } from "./step-2.js";
import { STEP_3 } from "./step-3.js";
import { STEP_4 } from "./step-4.js";
import { STEP_5 } from "./step-5.js";
import { STEP_7 } from "./step-7.js";
import { STEP_9 } from "./step-9.js";

/** Every claim of the report by its step. */
export const CLAIMS: Readonly<Record<string, readonly Claim[]>> = {
  0: STEP_0,
  1: STEP_1,
  2: STEP_2,
  3: STEP_3,
  4: STEP_4,
  5: STEP_5,
  7: STEP_7,
  9: STEP_9,
  Discussion: DISCUSSION,
};

/** One claim with its verdict. */
export interface ClaimRow extends PrintedClaim {
  readonly statistic: string;
  readonly region: Region;
  readonly measured: number;
  readonly lower: number;
  readonly upper: number;
  readonly method: string;
  /** `regionPValue` of the claim alone; NaN if untested. */
  readonly ownPValue: number;
  /** Whether the true value could lie across the claim's nearest limit, after Holm's correction over the claims of the step; NaN if untested. */
  readonly pValue: number;
  /** The same after Benjamini and Yekutieli's correction over the whole ledger: claims share their data in ways nobody knows. */
  readonly qValue: number;
  readonly n: number;
  readonly verdict: Verdict;
  /** Distance from the claim's limit that would be noticed with 80 % power, in the unit of the measurement. */
  readonly detectable: number;
  /** The interval that decides: of 90 % for two one-sided tests; one point where nothing is estimated. */
  readonly deciding: Interval;
}

/**
 * Measures every claim of the report.
 *
 * Networks are trained on the way: some minutes, or seconds where the trainer remembers them.
 *
 * @param options.steps whose claims are measured; all by default
 * @example
 * (await measuredClaims(inputs))[0]!.id; // "volatility"
 */
export async function measuredClaims(
  inputs: ClaimInputs,
  {
    steps = Object.keys(CLAIMS),
    onProgress,
  }: Progress & { readonly steps?: readonly string[] } = {},
): Promise<MeasuredClaim[]> {
  const context = claimContext(inputs);
  const claims = steps.flatMap((step) => CLAIMS[step]!);
  const measured: MeasuredClaim[] = [];
  for (const claim of claims) {
    measured.push(await measuredClaim(claim, context));
    onProgress?.(measured.length, claims.length);
  }
  return measured;
}

/**
 * The numbers for which a claim is true: written down before anything was measured, but for those that notebook 10 names.
 *
 * @throws RangeError if there is no such claim, or its region comes from a printed number
 * @example
 * claimRegion("reduction"); // { lower: -3, upper: -2 }
 */
export function claimRegion(id: string): Region {
  const region = Object.values(CLAIMS)
    .flat()
    .find((claim) => claim.id === id)?.region;
  if (region === undefined || typeof region === "function")
    throw new RangeError(
      `claimRegion: there is no claim ${id} with a region of its own; name one of the table claim-rules`,
    );
  return region;
}

/** One claim with its measurement. */
export async function measuredClaim(
  { id, statistic, region, measure }: Claim,
  context: ClaimContext,
): Promise<MeasuredClaim> {
  return {
    id,
    statistic: typeof statistic === "string" ? statistic : statistic(context),
    region: typeof region === "function" ? region(context) : region,
    measurement: await measure(context),
  };
}

/**
 * The ledger, in the order of the printed claims.
 *
 * @throws RangeError unless every printed claim is measured once, and no other is
 * @example
 * ledger.map(({ id, verdict }) => [id, verdict]); // [["smooth", "supported"], ["overfitting", "contradicted"]]
 * @see report, all steps
 */
export function claimLedger(
  printed: readonly PrintedClaim[],
  measured: readonly MeasuredClaim[],
): ClaimRow[] {
  const measurementOf = (id: string) => {
    const found = measured.filter((claim) => claim.id === id);
    if (found.length !== 1)
      throw new RangeError(
        `claimLedger: every printed claim must be measured once, but ${id} is ${found.length} times; measure it, or take it out of the file`,
      );
    return found[0]!;
  };
  const claims = printed.map((claim) => ({ ...claim, ...measurementOf(claim.id) }));
  const unknown = measured.find(({ id }) => !claims.some((c) => c.id === id));
  if (unknown)
    throw new RangeError(
      `claimLedger: every measured claim must be printed, but ${unknown.id} is not; add it to the file`,
    );
  const raw = claims.map(({ measurement, region }) => regionPValue(measurement, region));
  const qValues = benjaminiYekutieliPValues(raw);
  return claims.map(({ measurement, ...claim }, i) => {
    const step = [...claims.keys()].filter((other) => claims[other]!.step === claim.step);
    const pValue = holmPValues(step.map((other) => raw[other]!))[step.indexOf(i)]!;
    const qValue = qValues[i]!;
    const { estimate, method, n, exact } = measurement;
    const inferred = !exact && !Number.isNaN(pValue);
    return {
      ...claim,
      measured: estimate,
      lower: inferred ? measurement.lower : Number.NaN,
      upper: inferred ? measurement.upper : Number.NaN,
      method,
      ownPValue: raw[i]!,
      pValue,
      qValue,
      n,
      verdict: verdict(measurement, claim.region, { holm: pValue, ledger: qValue }),
      detectable: inferred ? detectableEffect(measurement) : Number.NaN,
      deciding:
        inferred || exact
          ? decidingInterval(measurement, claim.region)
          : { lower: Number.NaN, upper: Number.NaN },
    };
  });
}
