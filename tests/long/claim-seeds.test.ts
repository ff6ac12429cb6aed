/** No verdict of the ledger depends on the seed of its bootstrap. */

import { beforeAll, describe, expect, it } from "vitest";
import { readFactors, readPanel } from "../../lib/src/data/panel-file.js";
import { shippedFile } from "../../lib/src/data/shipped.js";
import { inRange } from "../../lib/src/panel/calendar.js";
import { HALVINGS } from "../../lib/src/panel/events.js";
import { marketNames, selectMarkets } from "../../lib/src/panel/panel.js";
import { LEDGER_DRAWS, type MeasuredClaim } from "../../lib/src/report/claims/claim.js";
import type { ClaimContext } from "../../lib/src/report/claims/context.js";
import { CLAIMS, measuredClaim } from "../../lib/src/report/claims/ledger.js";
import {
  claimSplits,
  type NetworkChoice,
  type WalkedNetworks,
} from "../../lib/src/report/claims/networks.js";
import { regionPValue, verdict } from "../../lib/src/report/verdict.js";
import { benjaminiYekutieliPValues, holmPValues } from "../../lib/src/stats/multiple-testing.js";
import { STUDY } from "../../lib/src/study.js";
import { betaPath, type Panel } from "../../lib/src/types.js";
import kept from "../fixtures/claim-losses.json" with { type: "json" };
import { claimContextOf } from "../support/claim-context.js";

/** p-values of the claims that have no bootstrap, as they were measured; null where nothing is tested. */
const OTHERS = new Map(Object.entries<number | null>(kept.pValues));

/** Claims by id and step, in the order of the ledger. */
const ALL = Object.entries(CLAIMS).flatMap(([step, claims]) =>
  claims.map((claim) => ({ step, claim })),
);

/** Kept betas of networks on one market set, in unseen months. */
function walkedFrom(panel: Panel, marketSet: string): WalkedNetworks {
  const chosen = selectMarkets(panel, marketNames(marketSet));
  const { test } = STUDY.walkForward;
  const unseen = chosen.dates.filter((date) => inRange(date, test));
  const [N, K] = [chosen.coins.length, chosen.markets.length];
  const choices = kept.paths[marketSet as keyof typeof kept.paths];
  const paths = Object.entries(choices).map(([choice, values]) => [
    choice,
    betaPath(chosen, "walkForward", (coin, t) => {
      const at = unseen.indexOf(chosen.dates[t]!);
      return Array.from({ length: K }, (_, k) =>
        at < 0 ? Number.NaN : values[(at * N + coin) * K + k]!,
      );
    }),
  ]);
  const splits = claimSplits(panel, { ...STUDY, bootstrap: { draws: 1 } });
  return { marketSet, panel: chosen, splits, paths: Object.fromEntries(paths) };
}

describe("the verdicts of bootstrapped claims", () => {
  let parts: Partial<ClaimContext>;
  beforeAll(async () => {
    const panel = await readPanel(STUDY);
    const returns = shippedFile("weekly.csv");
    parts = {
      panel,
      weekly: await readPanel({ ...STUDY, returns, frequency: "weekly" }),
      factors: await readFactors(STUDY),
      halvings: HALVINGS,
      walked: async () => STUDY.marketSets.map((marketSet) => walkedFrom(panel, marketSet)),
      walkedOn: async (marketSet) => walkedFrom(panel, marketSet),
      losses: async (choice: NetworkChoice) => kept.losses[choice as keyof typeof kept.losses],
      nullLosses: async (model) => kept.nullLosses[model],
      factorLosses: async (inputs) => kept.factorLosses[inputs],
    };
  });

  const verdictsOf = async (seed: number): Promise<string[]> => {
    const context = claimContextOf({ ...parts, chance: { draws: LEDGER_DRAWS, seed } });
    const measured = new Map<string, MeasuredClaim>();
    for (const { claim } of ALL)
      if (!OTHERS.has(claim.id)) measured.set(claim.id, await measuredClaim(claim, context));
    const raw = ALL.map(({ claim: { id } }) => {
      const anew = measured.get(id);
      return anew ? regionPValue(anew.measurement, anew.region) : (OTHERS.get(id) ?? Number.NaN);
    });
    const ledger = benjaminiYekutieliPValues(raw);
    return ALL.flatMap(({ step, claim: { id } }, i) => {
      const anew = measured.get(id);
      if (!anew) return [];
      const own = [...ALL.keys()].filter((other) => ALL[other]!.step === step);
      const holm = holmPValues(own.map((other) => raw[other]!))[own.indexOf(i)]!;
      return [`${id}: ${verdict(anew.measurement, anew.region, { holm, ledger: ledger[i]! })}`];
    });
  };

  it("are the same with five seeds, among the p-values of the whole ledger", async () => {
    const first = await verdictsOf(STUDY.seed);
    expect(first).toHaveLength(38);
    for (let seed = 1; seed <= 4; seed++) expect(await verdictsOf(seed)).toEqual(first);
  }, 900_000);
});
