/** Claims about neural betas over time: networks with made-up betas, and the report's own, trained a little. */

import { beforeAll, describe, expect, it } from "vitest";
import { fitNeuralBeta, type NeuralFit } from "../lib/src/models/neural-beta.js";
import { stressDates } from "../lib/src/panel/events.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { type ClaimContext, claimContext } from "../lib/src/report/claims/context.js";
import { DISCUSSION } from "../lib/src/report/claims/discussion.js";
import { type DatedMeans, reportedPath } from "../lib/src/report/claims/neural-paths.js";
import { STEP_5 } from "../lib/src/report/claims/step-5.js";
import { mean } from "../lib/src/stats/moments.js";
import { STUDY } from "../lib/src/study.js";
import type { Panel } from "../lib/src/types.js";
import { alternating, claimContextOf, monthsOf, sign, walkedOf } from "./support/claim-context.js";
import { plainTrainer } from "./support/helpers.js";

const CLAIMS = [...STEP_5, ...DISCUSSION];
const claimOf = (id: string) => CLAIMS.find((claim) => claim.id === id)!;
const measured = async (id: string, parts: Partial<ClaimContext>) =>
  claimOf(id).measure(claimContextOf(parts));

/** Mean over four coins of their signs. */
const coinMean = (t: number) => mean(STUDY.coins.map((name) => 0.1 * sign(t, name)));

describe("walked networks", () => {
  const panel = monthsOf((t, name) => 0.1 * sign(t, name), sign);

  it("co-move by the mean of their betas in standard deviations", async () => {
    // Coins of 0.4, 0.5, 0.8 and 1 beside a market of 0.2: a beta of 1 is 0.5, 0.4, 0.25 and 0.2 deviations.
    const widths = new Map(STUDY.coins.map((name, i) => [name, [0.4, 0.5, 0.8, 1][i]!]));
    const sized = monthsOf(
      (t, name) => widths.get(name)! * alternating(t),
      (t) => 0.2 * alternating(t),
    );
    const walkedOn = async (set: string) => walkedOf(sized, set, () => 2);
    const { estimate, n } = await measured("comovement-gold", { panel: sized, walkedOn });
    expect([estimate, n]).toEqual([expect.closeTo((2 * (0.5 + 0.4 + 0.25 + 0.2)) / 4, 12), 47]);
  });

  it("are negative by the share of betas below zero, where zero is not", async () => {
    // The first coin's beta is -1 in every month, the second's 0, the third's 0.5, the fourth's -1 after an even month.
    const betas = (t: number) => [-1, 0, 0.5, alternating(t)];
    const walkedOn = async (set: string) => walkedOf(panel, set, (_, t, coin) => betas(t)[coin]!);
    const { estimate } = await measured("negative", { panel, walkedOn });
    // Of the 47 months from t = 36 on, 24 are even.
    expect(estimate).toBeCloseTo((47 + 24) / (4 * 47), 12);
  });

  it("are bullish by the slope on the three months before", async () => {
    const before = (t: number) => (coinMean(t - 3) + coinMean(t - 2) + coinMean(t - 1)) / 3;
    const walkedOn = async (set: string) => walkedOf(panel, set, (_, t) => 1 + 2 * before(t));
    const { estimate } = await measured("bullish-energy", { panel, walkedOn });
    expect(estimate).toBeCloseTo(2, 8);
  });
});

describe("the report's networks", () => {
  /** Months of a crisis: some follow one another, and the first months of the path follow none. */
  const CRISES = [15, 16, 30, 41, 43, 58, 59, 60, 75];
  const panel: Panel = monthsOf(
    (t, name) => (0.05 + 0.002 * t) * sign(t, name),
    (t, name) => (name === "EQUITY" && CRISES.includes(t) ? -0.5 : 0.05 * sign(t, name)),
  );
  const configurations = [{ ...STUDY.baseline, marketSet: "EQUITY" }];
  let fit: NeuralFit;
  let path: DatedMeans;
  let parts: Partial<ClaimContext>;
  beforeAll(async () => {
    const { lookback, split, seed } = STUDY;
    fit = await fitNeuralBeta(selectMarkets(panel, ["EQUITY"]), plainTrainer, {
      ...{ hidden: 2, activation: "tanh", learningRate: 0.01, start: "glorot" },
      ...{ replicates: 2, epochs: 3, lookback, split, seed },
    });
    parts = { panel, configurations, seeded: async () => fit, halvings: ["2020-05-11"] };
    path = await reportedPath(claimContextOf(parts), "EQUITY");
  });

  /** Mean beta of the dates for which a condition holds of their month. */
  const meanWhere = (holds: (t: number) => boolean): [number, number] => {
    const values = path.values.filter((_, i) => holds(panel.dates.indexOf(path.dates[i]!)));
    return [mean(values), values.length];
  };
  /** Months since the last crisis before; Infinity where there was none. */
  const since = (t: number) =>
    t - Math.max(Number.NEGATIVE_INFINITY, ...CRISES.filter((c) => c < t));

  it("see a crisis in its two months after, and in the four months after these", async () => {
    expect(stressDates(panel, "EQUITY", 0.1)).toEqual(CRISES.map((t) => panel.dates[t]));
    const [calm, calmCount] = meanWhere((t) => since(t) >= 7);
    for (const [id, first, last] of [
      ["contagion", 1, 2],
      ["contagion-short", 3, 6],
    ] as const) {
      const [near, count] = meanWhere((t) => since(t) >= first && since(t) <= last);
      const { estimate, n } = await measured(id, parts);
      expect(estimate).toBeCloseTo(near - calm, 10);
      expect(n).toBe(Math.min(count, calmCount));
    }
    expect(claimOf("contagion-short").statistic).toContain("in months 3 to 6 after");
  });

  it("rise with the root mean square of the three months before", async () => {
    const coin = (t: number) => mean(STUDY.coins.map((name) => (0.05 + 0.002 * t) * sign(t, name)));
    const x = path.dates.map((date) => {
      const t = panel.dates.indexOf(date);
      return Math.sqrt((coin(t - 3) ** 2 + coin(t - 2) ** 2 + coin(t - 1) ** 2) / 3);
    });
    const [mx, my] = [mean(x), mean(path.values)];
    const slope =
      x.reduce((sum, v, i) => sum + (v - mx) * (path.values[i]! - my), 0) /
      x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
    expect((await measured("rising-volatility", parts)).estimate).toBeCloseTo(slope, 8);
  });

  it("are compared in the first year after a halving with all others, and in the second with the first", async () => {
    const dated = (from: string, through: string) => (t: number) =>
      panel.dates[t]! >= from && panel.dates[t]! <= through;
    const [first, firstCount] = meanWhere(dated("2020-05-31", "2021-04-30"));
    const [second] = meanWhere(dated("2021-05-31", "2022-04-30"));
    const [others] = meanWhere((t) => !dated("2020-05-31", "2021-04-30")(t));
    const rising = await measured("rising-halving", parts);
    expect([rising.estimate, rising.n]).toEqual([expect.closeTo(first - others, 10), firstCount]);
    expect((await measured("decoupling", parts)).estimate).toBeCloseTo(second - first, 10);
  });
});

describe("correlations of returns", () => {
  it("are drawn as they are for one market, and moved to the estimate where the lowest is sought", async () => {
    // Against ENERGY, the last of the markets.
    const panel = monthsOf((t) => -sign(t, "ENERGY"), sign);
    const lowest = await measured("negative-returns", { panel });
    expect(lowest.estimate).toBeCloseTo(-1, 12);
    expect(lowest.method).toMatch(/^recentred bootstrap/);
    const single = await measured("comovement-gold-returns", { panel });
    expect(single.method).toMatch(/^bootstrap/);
  });
});

describe("the context of claims", () => {
  const panel = monthsOf(sign, sign);

  it("has a hundred networks of a configuration, by the choices of the study", async () => {
    const options = {
      ...STUDY,
      epochs: 1,
      scaling: "raw",
      batchSize: 16,
      coinIdentity: true,
    } as const;
    const inputs = { panel, trainer: plainTrainer, options } as unknown as Parameters<
      typeof claimContext
    >[0];
    const configuration = { ...STUDY.baseline, marketSet: "GOLD" };
    const fit = await claimContext(inputs).seeded(configuration);
    expect(fit.networks).toHaveLength(100);
    expect(fit.options).toMatchObject({ scaling: "raw", batchSize: 16, coinIdentity: true });
  });
});
