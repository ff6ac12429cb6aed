/** The measures of the claims of Steps 0 to 4 on made-up inputs whose answer is known: the right series, the right sign, the right unit. */

import { describe, expect, it } from "vitest";
import type { NeuralFit } from "../lib/src/models/neural-beta.js";
import type { Configuration } from "../lib/src/report/claims/claim.js";
import type { Claim, ClaimContext } from "../lib/src/report/claims/context.js";
import type { NetworkChoice } from "../lib/src/report/claims/networks.js";
import { STEP_0 } from "../lib/src/report/claims/step-0.js";
import { STEP_1 } from "../lib/src/report/claims/step-1.js";
import { gapShare, STEP_2 } from "../lib/src/report/claims/step-2.js";
import { STEP_3 } from "../lib/src/report/claims/step-3.js";
import { STEP_4 } from "../lib/src/report/claims/step-4.js";
import { STUDY } from "../lib/src/study.js";
import type { Factors } from "../lib/src/types.js";
import {
  alternating,
  claimContextOf,
  MONTHS,
  monthsOf,
  sign,
  walkedOf,
} from "./support/claim-context.js";

const CLAIMS = [STEP_0, STEP_1, STEP_2, STEP_3, STEP_4].flat();

/** What a fit's learning curves are made from: losses by network and epoch, in units of the scale. */
const fitOf = (
  networks: readonly { inSample: number[]; validation: number[]; bestEpoch: number }[],
): NeuralFit =>
  ({
    scale: { coinRms: 1 },
    networks: networks.map(({ inSample, validation, bestEpoch }) => ({
      weights: new Float32Array(),
      bestEpoch,
      inSampleLoss: Float64Array.from(inSample, (rmse) => rmse ** 2),
      validationLoss: Float64Array.from(validation, (rmse) => rmse ** 2),
    })),
  }) as unknown as NeuralFit;

const { coins, markets } = STUDY;

const claimOf = (id: string): Claim => CLAIMS.find((claim) => claim.id === id)!;
const measure = async (id: string, parts: Partial<ClaimContext>) =>
  claimOf(id).measure(claimContextOf(parts));
const estimate = async (id: string, parts: Partial<ClaimContext>): Promise<number> =>
  (await measure(id, parts)).estimate;

const SIZES = new Map([
  ...coins.map((name, i) => [name, [0.4, 0.5, 0.6, 0.8][i]!] as const),
  ...markets.map((name, k) => [name, [0.01, 0.05, 0.1, 0.1][k]!] as const),
]);
const sized = (t: number, name: string) => SIZES.get(name)! * alternating(t);

/** Squared errors by month whose ratio is known. */
const LOSSES = Array.from({ length: 47 }, (_, t) => 1 + 0.1 * (t % 5));
const times = (factor: number) => LOSSES.map((loss) => factor * loss);

describe("the claims of Step 0 measure", () => {
  const panel = monthsOf(sized, sized);

  it("ratios of the coins' and the markets' widths", async () => {
    expect(await estimate("volatility", { panel })).toBeCloseTo(4, 12);
    expect(await estimate("volatility-typical", { panel })).toBeCloseTo(0.575 / 0.065, 12);
    expect(await estimate("amplitude", { panel })).toBeCloseTo(4, 12);
    expect(await estimate("scales", { panel })).toBeCloseTo(80, 12);
  });

  it("what curved networks change of the linear ones' RMSE, and of one constant's", async () => {
    const losses = async (choice: NetworkChoice) => (choice === "curved" ? LOSSES : times(4));
    const nullLosses = async (model: string) => times(model === "pooled" ? 0.25 : 9);
    expect(await estimate("nonlinear", { losses, nullLosses })).toBeCloseTo(-50, 12);
    // The rival that is hardest to beat counts: no hedge, here.
    const unhedged = async () => times(0.25);
    expect(await estimate("nonlinear", { losses, nullLosses: unhedged })).toBeCloseTo(100, 12);
    const later = async (choice: NetworkChoice) =>
      choice === "curved" ? LOSSES.map((loss, t) => (t < 12 ? 100 : 0.25) * loss) : LOSSES;
    const parts = { panel, losses: later, nullLosses };
    expect(await estimate("nonlinear-later", parts)).toBeCloseTo(-50, 12);
    expect((await measure("nonlinear-later", parts)).n).toBe(35);
    expect(await estimate("nonlinear-constant", { losses, nullLosses })).toBeCloseTo(100, 12);
  });

  it("the largest slope on the period before", async () => {
    const fading = monthsOf(
      (t) => alternating(t),
      (t, name) => (name === "GOLD" ? 0.9 : 0.5) ** t,
    );
    expect(await estimate("stationarity", { panel: fading })).toBeCloseTo(0.9, 8);
  });

  it("the correlation of the printed EQUITY with the market factor, on the dates of both", async () => {
    const dates = panel.dates.slice(0, 5);
    const printed = [0.1, -0.2, 0.3, 0.1, 0.2];
    const returns = { dates, names: ["EQUITY"], values: Float64Array.from(printed) };
    const factors: Factors = {
      dates: panel.dates.slice(1),
      names: ["SMB", "Mkt-RF"],
      simpleReturns: Float64Array.from(panel.dates.slice(1), (_, t) => -printed[t + 1]!).reduce(
        (values, r, t) => {
          values.set([t % 3, r], 2 * t);
          return values;
        },
        new Float64Array(2 * (MONTHS - 1)),
      ),
      riskFree: new Float64Array(MONTHS - 1),
    };
    const { estimate: found, n } = await claimOf("equity-column").measure(
      claimContextOf({ returns, factors }),
    );
    expect([found, n]).toEqual([expect.closeTo(-1, 12), 4]);
  });
});

describe("the printed rows are held", () => {
  it("against the same month of the same series", async () => {
    const panel = monthsOf(sized, sized);
    const returns = {
      dates: panel.dates.slice(3, 5),
      names: ["BTC", "GOLD"],
      values: Float64Array.from([3, 4].flatMap((t) => [sized(t, "BTC"), sized(t, "GOLD") + 0.1])),
    };
    const replication = {
      dates: returns.dates,
      names: ["BTC"],
      values: Float64Array.from([sized(3, "BTC"), sized(4, "BTC") - 0.2]),
    };
    const parts = { panel, returns, replication };
    expect(await measure("row-btc", parts)).toMatchObject({
      estimate: expect.closeTo(0.2, 12),
      n: 2,
      exact: true,
    });
    // Nobody knows the series that it was made of: the panel's says how far they are apart, and tests nothing.
    const unknown = await measure("row-gold", parts);
    expect([unknown.estimate, unknown.exact]).toEqual([expect.closeTo(0.1, 12), false]);
  });
});

describe("the claims of Step 1 measure", () => {
  const { baseline } = STUDY;
  const seeded = async (configuration: Configuration) => {
    expect(configuration).toEqual(baseline);
    return {
      ...fitOf([
        { inSample: [5, 4, 3, 3, 2], validation: [2, 2, 2, 2, 3.6], bestEpoch: 4 },
        { inSample: [6, 5, 4, 3, 2], validation: [2, 2, 2, 2, 3], bestEpoch: 4 },
      ]),
      blocks: {
        inSample: { target: Int32Array.from({ length: 36 }, (_, row) => 12 + row) },
        validation: { target: Int32Array.from({ length: 12 }, (_, row) => 48 + row) },
      },
    } as unknown as NeuralFit;
  };

  it("the share of epochs in which the in-sample RMSE falls", async () => {
    // An epoch that stays where it was does not fall.
    expect(await estimate("smooth", { seeded })).toBeCloseTo((0.75 + 1) / 2, 12);
  });

  it("the gap of validation and in-sample RMSE beyond that without a hedge", async () => {
    // Without a hedge, the validation year is 1.5 times as wild.
    const panel = monthsOf((t) => (t >= 48 && t < 60 ? 0.3 : 0.2) * alternating(t), sized);
    expect(await estimate("overfitting", { seeded, panel })).toBeCloseTo((20 + 0) / 2, 10);
  });

  it("what the networks change of the RMSE of no hedge, and of one constant's", async () => {
    const losses = async (choice: NetworkChoice) => (choice === "all" ? LOSSES : times(9));
    const nullLosses = async (model: string) => times(model === "zero" ? 4 : 0.25);
    expect(await estimate("generalizes", { losses, nullLosses })).toBeCloseTo(-50, 12);
    expect(await estimate("beats-constant", { losses, nullLosses })).toBeCloseTo(100, 12);
  });
});

describe("the claims of Step 2 measure", () => {
  it("what the search changes of the baseline's RMSE", async () => {
    const losses = async (choice: NetworkChoice) => times(choice === "baseline" ? 4 : 1);
    expect(await estimate("tuning", { losses })).toBeCloseTo(-50, 12);
  });

  it("how often two single networks are as far apart as printed, over all pairs", async () => {
    // Of the pairs of 0.3, 0.4 and 0.25, 0.37, half are 0.06 apart: 0.3 - 0.25 and 0.4 - 0.37 are not.
    const rmses = new Map([
      [4, [0.3, 0.4]],
      [8, [0.25, 0.37]],
    ]);
    const seeded = async ({ hidden }: Configuration) =>
      fitOf(
        rmses.get(hidden)!.map((rmse) => ({ inSample: [1], validation: [rmse], bestEpoch: 0 })),
      );
    const claims = [{ id: "linear-4-8", step: "2", claim: "", about: "", reported: 0.06 }];
    expect(await estimate("linear-4-8", { seeded, claims })).toBeCloseTo(0.5, 12);
  });

  it("have the error of a U-statistic: Mann and Whitney's by hand", () => {
    const { estimate: share, standardError } = gapShare([0, 0, 1], [0, 2], 1);
    // Shares by row 1/2, 1/2, 1; by column 1/3, 1.
    expect(share).toBeCloseTo(2 / 3, 12);
    expect(standardError).toBeCloseTo(Math.sqrt(1 / 12 / 3 + 2 / 9 / 2), 12);
  });

  it("how many networks lie below a printed RMSE, and whether units help more with some markets", async () => {
    const curve = (rmse: number) => ({ inSample: [1], validation: [rmse], bestEpoch: 0 });
    const configurations = [{ ...STUDY.baseline, marketSet: "FIAT+GOLD" }];
    const claims = [{ id: "best-fiat-gold", step: "2", claim: "", about: "", reported: 0.25 }];
    const four = async () => fitOf([0.24, 0.24, 0.24, 0.26].map(curve));
    expect(await estimate("best-fiat-gold", { seeded: four, configurations, claims })).toBeCloseTo(
      0.75,
      12,
    );
    const better: Readonly<Record<string, number>> = { EQUITY: 0.03, GOLD: 0.01, FIAT: 0.005 };
    const seeded = async ({ marketSet, hidden }: Configuration) =>
      fitOf([0.3, 0.4].map((rmse) => curve(rmse - { 16: better[marketSet]!, 4: 0 }[hidden]!)));
    const grown = { ...better, ENERGY: -0.005 };
    Object.assign(better, grown);
    expect(await estimate("interaction", { seeded })).toBeCloseTo(-0.02, 12);
  });

  it("differences of kinds of networks, paired by seed, near the printed one", async () => {
    const selected = new Map([
      ["4 linear", [0.3, 0.4]],
      ["8 linear", [0.25, 0.37]],
      ["4 tanh", [0.2, 0.2]],
    ]);
    const seeded = async ({ marketSet, hidden, learningRate, activation }: Configuration) => {
      expect([marketSet, learningRate]).toEqual(["FIAT", 0.001]);
      const rmses = selected.get(`${hidden} ${activation}`)!;
      return fitOf(rmses.map((rmse) => ({ inSample: [1], validation: [rmse], bestEpoch: 0 })));
    };
    expect(await estimate("linear-tanh", { seeded })).toBeCloseTo(0.15, 12);
    const claims = [{ id: "linear-tanh", step: "2", claim: "", about: "", reported: 0.06 }];
    const { region } = claimOf("linear-tanh");
    expect(typeof region === "function" && region(claimContextOf({ claims }))).toEqual({
      lower: 0.03,
      upper: 0.12,
    });
  });

  it.each([
    ["relu-equity", "EQUITY", "relu"],
    ["relu-gold", "GOLD", "relu"],
    ["smooth-fiat", "FIAT", "smooth"],
    ["smooth-energy", "ENERGY", "smooth"],
  ])("%s: the choice's RMSE against that of all others", async (id, market, choice) => {
    const panel = monthsOf(
      (t) => 2 * sized(t, market),
      (t, name) => sized(t, name),
    );
    const walkedOn = async (marketSet: string) =>
      walkedOf(panel, marketSet, (given) => (given === choice ? 1.5 : 1));
    expect(await estimate(id, { walkedOn })).toBeCloseTo(-50, 10);
    const elsewhere = async () => walkedOf(panel, "EQUITY", () => 1);
    expect(await estimate(id, { walkedOn: elsewhere })).toBeCloseTo(0, 10);
  });

  it("the RMSE of no hedge in the validation year", async () => {
    const panel = monthsOf((t) => (t >= 48 && t < 60 ? 0.3 : 0.2) * alternating(t), sized);
    expect(await claimOf("optimal").measure(claimContextOf({ panel }))).toMatchObject({
      estimate: expect.closeTo(0.3, 12),
      n: 12,
    });
  });
});

describe("the claims of Step 3 measure", () => {
  const best = new Map([
    ["ENERGY", 10],
    ["GOLD", 20],
    ["FIAT", 50],
    ["EQUITY", 150],
  ]);
  const configurations = STUDY.marketSets.map((marketSet) => ({ ...STUDY.baseline, marketSet }));
  const seeded = async ({ marketSet }: Configuration) => {
    const bestEpoch = best.get(marketSet) ?? 120;
    const validation = Array.from({ length: 201 }, (_, epoch) =>
      epoch === bestEpoch ? 1 : 1 + epoch / 1000,
    );
    return fitOf([1, 2].map(() => ({ inSample: [1], validation, bestEpoch })));
  };
  const parts = { configurations, seeded };

  it("when the minima come, and whether they stay", async () => {
    expect(await estimate("minima-100", parts)).toBeCloseTo(3 / 7, 12);
    expect(await estimate("minima-stable", parts)).toBeCloseTo(1.2, 12);
  });

  it("how many epochs later some market sets are than others", async () => {
    expect(await estimate("fastest", parts)).toBeCloseTo(15 - 100, 12);
    expect(await estimate("multi-slower", parts)).toBeCloseTo(120 - 57.5, 12);
    // A higher printed rate is faster: it is not counted.
    const rates = configurations.map((printed) => ({ ...printed, learningRate: 0.01 }));
    const atRate = async (configuration: Configuration) => {
      expect(configuration.learningRate).toBe(STUDY.baseline.learningRate);
      return seeded(configuration);
    };
    const mixed = { configurations: rates, seeded: atRate };
    expect(await estimate("multi-slower", mixed)).toBeCloseTo(120 - 57.5, 12);
  });

  it("what several markets change of the RMSE with one", async () => {
    const panel = monthsOf(
      (t) => 2 * sized(t, "EQUITY"),
      (t, name) => (name === "FIAT" ? 0 : sized(t, name)),
    );
    const walked = async () => [
      walkedOf(panel, "EQUITY", () => 1),
      walkedOf(panel, "FIAT+EQUITY", () => 1.5),
    ];
    expect(await estimate("multi-general", { walked })).toBeCloseTo(-50, 10);
  });
});

describe("the claims of Step 4 measure", () => {
  const panel = monthsOf(sign, sign);
  const in2023 = (t: number) => panel.dates[t]!.startsWith("2023");
  const walkedOn = async (marketSet: string) => {
    expect(markets).toContain(marketSet);
    return walkedOf(
      panel,
      marketSet,
      (choice, t, coin) =>
        (choice === "all" ? 1 : 99) * (in2023(t) ? 0.3 : 0.1) + 0.02 * (coin - 1.5),
    );
  };

  it.each(["mean-equity-2023", "mean-energy-2023"])(
    "%s: the mean of the year's betas",
    async (id) => {
      expect(await claimOf(id).measure(claimContextOf({ panel, walkedOn }))).toMatchObject({
        estimate: expect.closeTo(0.3, 12),
        n: 12,
      });
    },
  );

  it.each(["mean-fiat", "mean-equity", "mean-gold", "mean-energy"])(
    "%s: the mean over all unseen months",
    async (id) => {
      const mean = (35 * 0.1 + 12 * 0.3) / 47;
      expect(await estimate(id, { panel, walkedOn })).toBeCloseTo(mean, 12);
    },
  );

  it("means with the error of a pooled beta for that of the weights", async () => {
    const constant = async (marketSet: string) => walkedOf(panel, marketSet, () => 0.1);
    const found = await measure("mean-gold", { panel, walkedOn: constant });
    // Betas that never vary leave the pooled regression's error alone: 36 months whose factor has size 1.
    const rows = panel.dates.flatMap((date, t) => (date >= "2019" && date < "2022" ? [t] : []));
    const coin = (t: number) => coins.reduce((sum, name) => sum + sign(t, name), 0) / 4;
    const beta = rows.reduce((sum, t) => sum + coin(t) * sign(t, "GOLD"), 0) / 36;
    const scores = rows.map((t) => sign(t, "GOLD") * (coin(t) - beta * sign(t, "GOLD")));
    const weight = [1, 3 / 4, 2 / 4, 1 / 4];
    const longRun = weight.reduce(
      (sum, w, lag) =>
        sum +
        (lag === 0 ? 1 : 2) * w * scores.reduce((s, v, t) => s + v * (scores[t - lag] ?? 0), 0),
      0,
    );
    expect(found.standardError).toBeCloseTo(Math.sqrt((longRun * 36) / 35) / 36, 10);
  });

  it("what is printed, as arithmetic", async () => {
    const statistics = [
      { n: 12, mean: -0.3, kurtosis: 3 },
      { n: 12, mean: 0.1, kurtosis: 1.5 },
    ] as never;
    expect(await measure("means-printed", { statistics })).toMatchObject({
      estimate: 0.3,
      exact: true,
    });
    expect(await estimate("kurtosis-printed", { statistics })).toBe(0.5);
  });

  it("how much of the coins' variance the markets explain", async () => {
    const sum = monthsOf((t) => markets.reduce((total, name) => total + sign(t, name), 0), sign);
    expect(await estimate("alignment", { panel: sum })).toBeCloseTo(1, 10);
  });

  it("kurtosis beyond that of normal samples of the same size", async () => {
    const statistics = [3, 4].map((kurtosis) => ({ n: 12, kurtosis })) as never;
    expect(await estimate("kurtosis-2023", { statistics })).toBeCloseTo(3.5 - 33 / 13, 12);
    const turning = async (marketSet: string) =>
      walkedOf(panel, marketSet, (_, t) => alternating(t));
    const twoPoints = (47 * 47) / (24 * 23) - 3;
    const normal = (3 * 46) / 48;
    expect(await estimate("kurtosis", { panel, walkedOn: turning })).toBeCloseTo(
      twoPoints - normal,
      10,
    );
  });
});
