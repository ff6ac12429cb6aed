/** The measures of the claims of Steps 7 and 9 and of the Discussion on made-up inputs whose answer is known. */

import { describe, expect, it } from "vitest";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { withPredictors } from "../lib/src/panel/factors.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import type { ClaimContext } from "../lib/src/report/claims/context.js";
import { DISCUSSION } from "../lib/src/report/claims/discussion.js";
import { claimSplits, datedLosses, narrowLosses } from "../lib/src/report/claims/networks.js";
import { STEP_7 } from "../lib/src/report/claims/step-7.js";
import { STEP_9 } from "../lib/src/report/claims/step-9.js";
import { STUDY } from "../lib/src/study.js";
import type { Factors, Panel } from "../lib/src/types.js";
import { claimContextOf, MONTHS, monthsOf, sign, walkedOf } from "./support/claim-context.js";

const CLAIMS = [...STEP_7, ...STEP_9, ...DISCUSSION];
const measured = async (id: string, parts: Partial<ClaimContext>) =>
  CLAIMS.find((claim) => claim.id === id)!.measure(claimContextOf(parts));

const { coins, markets } = STUDY;
const RISK_FREE = 0.002;

/** A market factor and a size factor of ten and five percent, with independent signs, on a panel's dates. */
function factorsOf({ dates }: Panel): Factors {
  return {
    dates,
    names: ["Mkt-RF", "SMB"],
    simpleReturns: Float64Array.from(
      dates.flatMap((_, t) => [0.1 * sign(t, "BTC"), 0.05 * sign(t, "LTC")]),
    ),
    riskFree: new Float64Array(MONTHS).fill(RISK_FREE),
  };
}

describe("the claims of Step 7 measure", () => {
  const panel = monthsOf(
    (t, name) => Math.log(1 + RISK_FREE + (name === "BTC" ? 2 : 1) * 0.1 * sign(t, "BTC")),
    (t, name) => 0.02 * sign(t, name),
  );
  const factors = factorsOf(panel);

  it("how much of the coins' variance the factors explain", async () => {
    expect((await measured("little", { panel, factors })).estimate).toBeCloseTo(1, 8);
  });

  it("what the factors among the inputs take off the RMSE of the narrowest networks", async () => {
    const trainer = simdTrainer();
    const grid = {
      hidden: [2],
      learningRates: [0.01],
      activations: ["tanh"],
      replicates: 2,
    } as const;
    const options = {
      ...STUDY,
      grid: { ...grid, hidden: [2, 3] },
      epochs: 5,
      bootstrap: { draws: 99 },
    };
    const chosen = selectMarkets(panel, ["GOLD"]);
    const splits = claimSplits(chosen, options).slice(0, 2);
    const walked = async () => [{ ...walkedOf(panel, "GOLD", () => 1), panel: chosen, splits }];
    const range = options.walkForward.test;
    const total = async (known: Panel) => {
      const estimator = neuralEstimator("glorot", trainer, { ...options, grid });
      const path = await walkForward(known, estimator, { splits, update: "frozen" });
      return datedLosses(known, path, range).reduce((sum, loss) => sum + loss, 0);
    };
    const ratio = (await total(withPredictors(chosen, factors))) / (await total(chosen));
    const factorLosses = async (known: "with" | "without") =>
      narrowLosses(await walked(), { trainer, options }, known === "with" ? factors : undefined);
    const parts = { panel, factors, options, factorLosses };
    const change = await measured("reduction", parts);
    expect(change.estimate).toBeCloseTo(100 * (Math.sqrt(ratio) - 1), 8);
    expect(change.lower).toBeLessThanOrEqual(change.estimate);
    expect(change.upper).toBeGreaterThanOrEqual(change.estimate);
    expect(change.pValue(change.estimate)).toBeGreaterThan(change.pValue(1000));
    expect((await measured("marginal", parts)).estimate).toBe(change.estimate);
    expect((await measured("small-effect", parts)).estimate).toBe(change.estimate);
  });
});

describe("the printed rows of Steps 7 and 9 are held", () => {
  const panel = monthsOf(
    (t, name) => 0.1 * sign(t, name),
    () => 0.02,
  );

  it("against the published factors of the same months", async () => {
    const factors = factorsOf(panel);
    const printedFactors = {
      dates: panel.dates.slice(0, 1),
      names: ["SMB", "RF"],
      values: Float64Array.from([0.05 * sign(0, "LTC"), RISK_FREE + 0.0003]),
    };
    const { estimate, n, exact } = await measured("factor-rows", { factors, printedFactors });
    expect([estimate, n, exact]).toEqual([expect.closeTo(0.0003, 12), 2, true]);
  });

  it("against the nearest coin's return over the market", async () => {
    const excess = 0.1 * sign(60, "BTC") - 0.02;
    const date = panel.dates[60]!;
    const row = { date, market: "FIAT", quantile: "1", meanBeta: "0" };
    const printedSorts = [
      { ...row, excessReturn: String(excess) },
      { ...row, excessReturn: String(excess + 0.004) },
    ];
    const { estimate, n } = await measured("sorts-printed", { printedSorts, panel });
    expect([estimate, n]).toEqual([expect.closeTo(0.004, 12), 2]);
    const none = await measured("sorts-printed", { printedSorts: [], panel });
    expect([none.estimate, none.exact]).toEqual([Number.NaN, false]);
  });
});

describe("the claims of Step 9 measure", () => {
  // The coin of place i earns i percent, and has the beta i.
  const panel = monthsOf(
    (_, name) => 0.01 * (1 + coins.indexOf(name)),
    (t, name) => 0.02 * sign(t, name),
  );
  const walkedOn = async (marketSet: string) => walkedOf(panel, marketSet, (_, __, coin) => coin);
  const updatedOn = async (marketSet: string) => {
    const { panel: chosen, paths } = await walkedOn(marketSet);
    return { panel: chosen, path: paths.all };
  };
  const parts = { panel, factors: factorsOf(panel), updatedOn };

  it("what the fourth of the report's quartiles earns beyond the first, and each beyond the one before", async () => {
    const { estimate, n } = await measured("dispersion", parts);
    expect([estimate, n]).toEqual([expect.closeTo(0.03, 12), 47]);
    expect((await measured("flat-slope", parts)).estimate).toBeCloseTo(0.01, 12);
  });

  it("what two coins of high betas earn beyond two of low ones, in simple returns", async () => {
    const simple = coins.map((_, i) => Math.exp(0.01 * (1 + i)) - 1);
    const spread = (simple[2]! + simple[3]! - simple[0]! - simple[1]!) / 2;
    expect((await measured("stratification", parts)).estimate).toBeCloseTo(spread, 12);
  });

  it("how much of the squared returns the coins' own betas on all markets hedge", async () => {
    const exact = monthsOf(
      (t) => markets.reduce((sum, name, k) => sum + (k + 1) * 0.02 * sign(t, name), 0),
      (t, name) => 0.02 * sign(t, name),
    );
    const splits = claimSplits(exact, STUDY);
    const all = async (marketSet: string) => ({ ...walkedOf(exact, marketSet, () => 0), splits });
    const { estimate } = await measured("low-power", { panel: exact, walkedOn: all });
    expect(estimate).toBeCloseTo(1, 10);
  });
});

describe("the claims of the Discussion measure", () => {
  it("correlations with each market, and the lowest of them", async () => {
    const panel = monthsOf((t) => -3 * sign(t, "FIAT"), sign);
    expect((await measured("comovement-fiat-returns", { panel })).estimate).toBeCloseTo(-1, 12);
    expect((await measured("negative-returns", { panel })).estimate).toBeCloseTo(-1, 12);
    for (const market of ["EQUITY", "GOLD", "ENERGY"]) {
      const { estimate } = await measured(`comovement-${market.toLowerCase()}-returns`, {
        panel: monthsOf((t) => 2 * sign(t, market), sign),
      });
      expect(estimate).toBeCloseTo(1, 12);
    }
  });

  it("how much factors, dollar, gold and energy explain together", async () => {
    const market = (t: number, name: string) => Math.log(1 + 0.02 * sign(t, name));
    const sum = (t: number, names: readonly string[]) =>
      names.reduce((total, name) => total + 0.02 * sign(t, name), 0);
    const panel = monthsOf(
      (t) => Math.log(1 + RISK_FREE + 0.1 * sign(t, "BTC") + sum(t, ["FIAT", "GOLD", "ENERGY"])),
      market,
    );
    const { estimate } = await measured("classical", { panel, factors: factorsOf(panel) });
    expect(estimate).toBeCloseTo(1, 8);
  });
});
