/** Made-up inputs of claims: months, networks' betas, and a context of which a test says only the parts that its claim asks for. */

import { isoDate } from "../../lib/src/panel/calendar.js";
import { stream } from "../../lib/src/random.js";
import type { PrintedClaim } from "../../lib/src/report/claims/claim.js";
import type { ClaimContext } from "../../lib/src/report/claims/context.js";
import type { NetworkChoice, WalkedNetworks } from "../../lib/src/report/claims/networks.js";
import { STUDY } from "../../lib/src/study.js";
import { betaPath, type Panel } from "../../lib/src/types.js";

/** The given parts, few draws, and the report's study; a part that is not given fails when it is asked for. */
export function claimContextOf(parts: Partial<ClaimContext>): ClaimContext {
  const missing = (name: string) => async () => {
    throw new Error(`the test's context has no ${name}`);
  };
  return {
    chance: { draws: 199, seed: 1 },
    options: { ...STUDY, bootstrap: { draws: 199 } },
    walked: missing("walked networks"),
    walkedOn: missing("walked networks"),
    updatedOn: missing("updated networks"),
    losses: missing("losses"),
    nullLosses: missing("losses of null models"),
    factorLosses: missing("losses with factors"),
    seeded: missing("seeded networks"),
    ...parts,
  } as ClaimContext;
}

/** Months of the report's panel. */
export const MONTHS = 83;

/** Months of the study with returns by date and name. */
export function monthsOf(
  coin: (t: number, name: string) => number,
  market: (t: number, name: string) => number,
): Panel {
  const dates = Array.from({ length: MONTHS }, (_, t) =>
    isoDate(Date.UTC(2018, t + 1, 0) / 86_400_000),
  );
  const values = (names: readonly string[], value: (t: number, name: string) => number) =>
    Float64Array.from(dates.flatMap((_, t) => names.map((name) => value(t, name))));
  return {
    frequency: "monthly",
    dates,
    coins: STUDY.coins,
    markets: STUDY.markets,
    coinLogReturns: values(STUDY.coins, coin),
    marketLogReturns: values(STUDY.markets, market),
  };
}

/** Returns of size 1 whose signs are independent of each other, by name. */
const signs = new Map(
  [...STUDY.coins, ...STUDY.markets].map((name) => {
    const draw = stream("signs", name);
    return [name, Array.from({ length: MONTHS }, () => (draw.uniform() < 0.5 ? -1 : 1))];
  }),
);
export const sign = (t: number, name: string) => signs.get(name)![t]!;

/** Networks on one market set whose betas are given by choice and month. */
export function walkedOf(
  panel: Panel,
  marketSet: string,
  beta: (choice: NetworkChoice, t: number, coin: number) => number,
): WalkedNetworks {
  const names = marketSet.split("+");
  const columns = names.map((name) => panel.markets.indexOf(name));
  const chosen: Panel = {
    ...panel,
    markets: names,
    marketLogReturns: Float64Array.from(
      panel.dates.flatMap((_, t) => columns.map((k) => panel.marketLogReturns[t * 4 + k]!)),
    ),
  };
  const tested = (t: number) => panel.dates[t]! >= "2021" && panel.dates[t]! < "2024-12";
  const choices: NetworkChoice[] = ["all", "linear", "curved", "relu", "notRelu", "smooth"];
  const path = (choice: NetworkChoice) =>
    betaPath(chosen, "walkForward", (coin, t) =>
      names.map(() => (tested(t) ? beta(choice, t, coin) : Number.NaN)),
    );
  const paths = [...choices, "notSmooth", "baseline"].map((choice) => [
    choice,
    path(choice as NetworkChoice),
  ]);
  return { marketSet, panel: chosen, splits: [], paths: Object.fromEntries(paths) };
}

/** Alternating signs: widths of all series are their sizes times one factor. */
export const alternating = (t: number): number => (t % 2 ? 1 : -1);

/** A sentence of the report, without a number. */
export const printed = (id: string, step: string, about = ""): PrintedClaim => ({
  id,
  step,
  claim: `words of ${id}`,
  about,
  reported: Number.NaN,
});
