/** No verdict of the ledger depends on the seed of its bootstrap. */

import { beforeAll, describe, expect, it } from "vitest";
import { readFactors, readPanel } from "../lib/src/data/panel-file.js";
import { HALVINGS } from "../lib/src/panel/events.js";
import { LEDGER_DRAWS } from "../lib/src/report/claims/claim.js";
import type { Claim, ClaimContext } from "../lib/src/report/claims/context.js";
import { DISCUSSION } from "../lib/src/report/claims/discussion.js";
import { claimLedger, measuredClaim } from "../lib/src/report/claims/ledger.js";
import type { NetworkChoice } from "../lib/src/report/claims/networks.js";
import { STEP_0 } from "../lib/src/report/claims/step-0.js";
import { STEP_1 } from "../lib/src/report/claims/step-1.js";
import { STEP_2 } from "../lib/src/report/claims/step-2.js";
import { STEP_5 } from "../lib/src/report/claims/step-5.js";
import { STUDY, shippedFile } from "../lib/src/study.js";
import losses from "./fixtures/claim-losses.json" with { type: "json" };
import { claimContextOf } from "./support/claim-context.js";

/** Bootstrapped claims that are not far from a verdict, from the data that are shipped and from kept losses of networks. */
const BOOTSTRAPPED = [
  ["0", STEP_0, ["volatility-typical", "scales"]],
  ["0", STEP_0, ["nonlinear", "nonlinear-later", "nonlinear-constant"]],
  ["1", STEP_1, ["generalizes", "beats-constant"]],
  ["2", STEP_2, ["tuning"]],
  ["5", STEP_5, ["early-regression"]],
  ["Discussion", DISCUSSION, ["comovement-fiat-returns", "comovement-equity-returns"]],
  ["Discussion", DISCUSSION, ["comovement-gold-returns", "comovement-energy-returns"]],
  ["Discussion", DISCUSSION, ["negative-returns"]],
] as const satisfies readonly (readonly [string, readonly Claim[], readonly string[]])[];

describe("the verdicts of bootstrapped claims", () => {
  let parts: Partial<ClaimContext>;
  beforeAll(async () => {
    parts = {
      panel: await readPanel(STUDY),
      weekly: await readPanel({
        ...STUDY,
        returns: shippedFile("weekly.csv"),
        frequency: "weekly",
      }),
      factors: await readFactors(STUDY),
      halvings: HALVINGS,
      losses: async (choice: NetworkChoice) => losses.losses[choice as keyof typeof losses.losses],
      nullLosses: async (model) => losses.nullLosses[model],
    };
  });

  const verdictsOf = async (seed: number): Promise<string[]> => {
    const context = claimContextOf({ ...parts, chance: { draws: LEDGER_DRAWS, seed } });
    const steps = BOOTSTRAPPED.flatMap(([step, claims, ids]) =>
      ids.map((id) => ({ step, claim: claims.find((known) => known.id === id)! })),
    );
    const measured = [];
    for (const { claim } of steps) measured.push(await measuredClaim(claim, context));
    const printed = steps.map(({ step, claim }) => ({
      ...{ id: claim.id, step, claim: "", about: "" },
      reported: Number.NaN,
    }));
    return claimLedger(printed, measured).map(({ id, verdict }) => `${id}: ${verdict}`);
  };

  it("are the same with eleven seeds", async () => {
    const first = await verdictsOf(STUDY.seed);
    expect(first).toHaveLength(14);
    for (let seed = 1; seed <= 10; seed++) expect(await verdictsOf(seed)).toEqual(first);
  }, 120_000);
});
