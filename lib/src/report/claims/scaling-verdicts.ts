/** Under which scaling of the network a verdict holds. */

import { SCALINGS, type Scaling } from "../../models/network-inputs.js";
import type { Progress } from "../../types.js";
import type { Verdict } from "../verdict.js";
import type { ClaimInputs, MeasuredClaim, PrintedClaim } from "./claim.js";
import { type ClaimRow, claimLedger, measuredClaims } from "./ledger.js";

/** One claim about networks with its number and verdict under each scaling. */
export interface ScalingVerdict extends PrintedClaim {
  readonly measured: Readonly<Record<Scaling, number>>;
  readonly verdicts: Readonly<Record<Scaling, Verdict>>;
}

/** The steps whose claims are about the network. */
const STEPS = ["1", "2", "3", "4", "5"];

/**
 * Claims of Steps 1 to 5 that depend on the scaling, under each: the study's own as in the ledger, the others with few networks in the
 * search. Corrections are those of the whole ledger, whose other claims stay as they are.
 *
 * @param measured every claim of the ledger
 * @param options.replicates networks per configuration of the search under the other scalings
 * @example
 * (await scalingVerdicts(inputs, await measuredClaims(inputs), { replicates: 1 }))[0]!.verdicts.raw; // "supported"
 */
export async function scalingVerdicts(
  inputs: ClaimInputs,
  measured: readonly MeasuredClaim[],
  { replicates, onProgress }: Progress & { readonly replicates: number },
): Promise<ScalingVerdict[]> {
  const { options, claims } = inputs;
  const own = options.scaling ?? "beta-scaled";
  const others = SCALINGS.filter((scaling) => scaling !== own);
  const ledgers = { [own]: claimLedger(claims, measured) } as Record<Scaling, ClaimRow[]>;
  for (const [i, scaling] of others.entries()) {
    const grid = { ...options.grid, replicates };
    const again = await measuredClaims(
      { ...inputs, options: { ...options, scaling, grid } },
      { steps: STEPS },
    );
    const anew = new Map(again.map((claim) => [claim.id, claim]));
    ledgers[scaling] = claimLedger(
      claims,
      measured.map((claim) => anew.get(claim.id) ?? claim),
    );
    onProgress?.(i + 1, others.length);
  }
  return dependingClaims(claims, ledgers);
}

/** Claims of Steps 1 to 5 whose number is not the same under every scaling, from a ledger under each. */
export function dependingClaims(
  claims: readonly PrintedClaim[],
  ledgers: Readonly<Record<Scaling, Ledger>>,
): ScalingVerdict[] {
  const by = <T>(value: (row: Ledger[number]) => T, at: number) =>
    Object.fromEntries(
      SCALINGS.map((scaling) => [scaling, value(ledgers[scaling][at]!)]),
    ) as Record<Scaling, T>;
  return claims.flatMap((claim, at) => {
    const numbers = by((row) => row.measured, at);
    const depends = new Set(Object.values(numbers)).size > 1;
    return STEPS.includes(claim.step) && depends
      ? [{ ...claim, measured: numbers, verdicts: by((row) => row.verdict, at) }]
      : [];
  });
}

/** What of a ledger's rows counts, in the order of the printed claims. */
type Ledger = readonly Pick<ClaimRow, "measured" | "verdict">[];
