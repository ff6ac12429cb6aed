/** Claims about any study's data: the template, a study's own list, and what is measured of each. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { pathEstimator } from "../lib/src/betas/estimator.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { zeroBeta } from "../lib/src/betas/zero.js";
import { type Walked, walkedEstimator } from "../lib/src/comparing/walked.js";
import { readPanel } from "../lib/src/data/panel-file.js";
import { coinReturns, marketReturns, selectMarkets } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { readClaims } from "../lib/src/report/study-claims/claims-file.js";
import { studyLedger } from "../lib/src/report/study-claims/measures.js";
import { CLAIM_TEMPLATE, studyClaims } from "../lib/src/report/study-claims/template.js";
import { correlation } from "../lib/src/stats/correlation.js";
import { mean } from "../lib/src/stats/moments.js";
import { readStudy } from "../lib/src/study-file.js";
import type { BetaPath, Panel } from "../lib/src/types.js";
import { expectClose, reference } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const PLACES = { markets: ["A", "B"], marketSets: ["A", "A+B"] };

describe("studyClaims", () => {
  it("makes every claim of the template on each market set, and the co-movement on each market", () => {
    const claims = studyClaims(PLACES);
    expect(claims).toHaveLength(CLAIM_TEMPLATE.length * 2);
    const on = (statistic: string) =>
      claims.filter((claim) => claim.statistic === statistic).map((claim) => claim.on);
    expect(on("co-movement")).toEqual(["A", "B"]);
    expect(on("network-pooled")).toEqual(["A", "A+B"]);
  });

  it("lets gains lie below zero, and weak co-movements within a tenth of the variance", () => {
    const regions = CLAIM_TEMPLATE.map(({ statistic }) => {
      const { region } = studyClaims(PLACES).find((claim) => claim.statistic === statistic)!;
      return [statistic, region.lower, region.upper];
    });
    const gain = (statistic: string) => [statistic, Number.NEGATIVE_INFINITY, 0];
    expect(regions).toEqual([
      gain("network-pooled"),
      gain("network-classical"),
      gain("amortised-pooled"),
      gain("amortised-classical"),
      ["co-movement", -0.3, 0.3],
      gain("factor-gain"),
    ]);
  });

  it("puts a study's own claim in the place of the template's, that on one place before that on each", () => {
    const claims = studyClaims(PLACES, [
      { statistic: "co-movement", claim: "They move together", above: 0.5 },
      { statistic: "co-movement", on: "B", claim: "B moves against them", below: 0 },
    ]).filter(({ statistic }) => statistic === "co-movement");
    expect(claims.map(({ on, claim }) => [on, claim])).toEqual([
      ["A", "They move together"],
      ["B", "B moves against them"],
    ]);
    expect(claims.map(({ region }) => region)).toEqual([
      { lower: 0.5, upper: Infinity },
      { lower: -Infinity, upper: 0 },
    ]);
  });
});

describe("readClaims", () => {
  const folder = scratchFolder();
  const read = (claims: unknown) =>
    readClaims(write(join(folder, "claims.json"), JSON.stringify(claims)), PLACES);
  const usual = { statistic: "co-movement", claim: "They move together", above: 0.5 };

  it("reads a list of claims", () => {
    expect(read([usual, { ...usual, on: "B" }])).toEqual([usual, { ...usual, on: "B" }]);
  });

  it.each([
    [
      "a statistic that is none",
      { statistic: "beta" },
      /claims\.json: 0\.statistic: .*"network-pooled".*got "beta"; correct/,
    ],
    [
      "a market that the study has not",
      { on: "C" },
      /0\.on: must be one of A, B, got C; correct it/,
    ],
    [
      "a sample of what is no correlation",
      { range: { from: "2020", through: "2021" } },
      /0\.range/,
    ],
    [
      "a lead over nothing",
      { statistic: "correlation-lead" },
      /0\.than: must name one of A, B for a correlation-lead.*got nothing for a correlation-lead/,
    ],
    [
      "a rise from nothing",
      { statistic: "correlation-rise" },
      /0\.before: must give the earlier dates of a correlation-rise/,
    ],
    ["a set where a market is meant", { on: "A+B" }, /0\.on: must be one of A, B, got A\+B/],
    ["a number that is text", { above: "0.5" }, /0\.above: .*number.*got "0.5"; correct/],
    [
      "a key that is none",
      { from: 0.5 },
      /0\.from: unknown key, expected one of statistic, on, claim, above, below/,
    ],
    [
      "limits the wrong way round",
      { below: 0.1 },
      /0\.above: must be less than below, got 0.5 and 0.1; exchange/,
    ],
  ])("refuses %s, naming file, key, value and remedy", (_, keys, message) => {
    expect(() => read([{ ...usual, ...keys }])).toThrow(message as RegExp);
  });

  it("refuses a claim without a limit, and one that is made twice", () => {
    expect(() => read([{ statistic: "co-movement", claim: "They move" }])).toThrow(
      /0: must say for which numbers it is true; give above, below or both/,
    );
    expect(() => read([usual, usual])).toThrow(/1: co-movement on each must be claimed once/);
  });
});

describe("studyLedger", () => {
  const { panel: noisy, trueBeta } = simulatedPanel("random walk", {
    periods: 180,
    coins: 3,
    markets: 2,
    seed: 5,
    degreesOfFreedom: 8,
  });
  // Betas on the first market, and little besides them.
  const onFirst = trueBeta.values.filter((_, at) => at % 2 === 0);
  const panel: Panel = {
    ...noisy,
    coinLogReturns: noisy.coinLogReturns.map(
      (r, at) => onFirst[at]! * noisy.marketLogReturns[2 * Math.floor(at / 3)]! + 0.05 * r,
    ),
  };
  const [market, second] = panel.markets as [string, string];
  const range = { from: panel.dates[60]!.slice(0, 4), through: panel.dates.at(-1)!.slice(0, 4) };
  const splits = walkForwardSplits(panel.dates, {
    test: range,
    refit: "yearly",
    from: panel.dates[0]!,
    lookback: 12,
  });
  const bootstrap = { draws: 1999, seed: 1 };
  /** True betas under the name of an estimator: what hedges best. */
  const truth = (chosen: Panel): BetaPath => ({
    ...zeroBeta(chosen),
    values: onFirst,
  });
  const walk = async (chosen: Panel, best: string): Promise<Walked[]> => {
    const run = { splits, update: "updated" } as const;
    const known = [
      pathEstimator("zero", zeroBeta),
      pathEstimator("pooled", pooledBeta),
      pathEstimator(best, truth),
    ];
    return Promise.all(known.map((estimator) => walkedEstimator(chosen, estimator, run)));
  };
  const places = { markets: panel.markets, marketSets: [market] };

  it("finds that an estimator that knows the true betas beats the constant and every classical beta", async () => {
    const walked = [await walk(selectMarkets(panel, [market]), "neural-glorot")];
    const rows = await studyLedger(studyClaims(places), { panel, walked, range, bootstrap });
    const verdicts = Object.fromEntries(rows.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts[`network-pooled ${market}`]).toBe("supported");
    expect(verdicts[`network-classical ${market}`]).toBe("supported");
    const [pooled, classical] = rows;
    expect(pooled!.measured).toBeLessThan(0);
    // The pooled constant is among the classical betas.
    expect(classical!.measured).toBeGreaterThanOrEqual(pooled!.measured);
  });

  it("cannot test what the study has no betas or no factors for", async () => {
    const walked = [await walk(selectMarkets(panel, [market]), "amortised")];
    const rows = await studyLedger(studyClaims(places), { panel, walked, range, bootstrap });
    const untested = rows.filter(({ verdict }) => verdict === "cannot be tested");
    expect(untested.map(({ id }) => id)).toEqual([
      `network-pooled ${market}`,
      `network-classical ${market}`,
      `factor-gain ${market}`,
    ]);
  });

  it("cannot test a network that was walked alone", async () => {
    const [, , network] = await walk(selectMarkets(panel, [market]), "neural-glorot");
    const claims = studyClaims({ markets: [], marketSets: [market] });
    const rows = await studyLedger(claims, { panel, walked: [[network!]], range, bootstrap });
    expect(rows.map(({ n }) => n)).toEqual(rows.map(() => 0));
  });

  it("cannot test factors that lack a date of the panel", async () => {
    const claims = studyClaims(places).filter(({ statistic }) => statistic === "factor-gain");
    const dates = panel.dates.slice(12);
    const factors = {
      dates,
      names: ["Mkt-RF"],
      simpleReturns: new Float64Array(dates.length),
      riskFree: new Float64Array(dates.length),
    };
    const factorGain = { factors, estimator: pathEstimator("pooled", pooledBeta), splits };
    const given = { panel, walked: [], range, bootstrap, factorGain };
    const [row] = await studyLedger(claims, given);
    expect(row!.verdict).toBe("cannot be tested");
  });

  it("measures co-movement coin by coin on the dates that each has", async () => {
    const holes = panel.coinLogReturns.map((r, at) => (at % 3 === 0 && at < 270 ? Number.NaN : r));
    const late = { ...panel, coinLogReturns: holes };
    const claims = studyClaims({ markets: [second], marketSets: [] });
    const [row] = await studyLedger(claims, { panel: late, walked: [], range, bootstrap });
    const f = marketReturns(panel, second);
    const byCoin = panel.coins.map((coin, i) =>
      i === 0
        ? correlation(coinReturns(panel, coin).subarray(90), f.subarray(90))
        : correlation(coinReturns(panel, coin), f),
    );
    expect(row!.measured).toBeCloseTo(mean(byCoin), 12);
    expect(row!.n).toBe(180);
    expect(row!.lower).toBeLessThan(row!.measured);
    expect(row!.upper).toBeGreaterThan(row!.measured);
  });

  it("measures correlations by the dates and the returns that a claim names", async () => {
    const [from, middle] = [panel.dates[0]!.slice(0, 4), range.from];
    const before = { from, through: String(Number(middle) - 1) };
    const claims = studyClaims({ markets: [market, second], marketSets: [] }, [
      { statistic: "correlation", on: second, claim: "c", above: 0, simple: true },
      { statistic: "correlation-rise", on: second, claim: "c", above: 0, range, before },
      { statistic: "correlation-lead", on: second, claim: "c", above: 0, than: market },
      { statistic: "correlation-printed", on: second, claim: "c", below: 0.5, than: market },
    ]).filter(({ statistic }) => statistic.startsWith("correlation"));
    const rows = await studyLedger(claims, { panel, walked: [], range, bootstrap });
    const first = panel.dates.findIndex((date) => date >= middle);
    const mean3 = (a: Float64Array, t0: number, t1: number, change = (r: number) => r) =>
      mean(
        panel.coins.map((coin) =>
          correlation(
            coinReturns(panel, coin).subarray(t0, t1).map(change),
            a.subarray(t0, t1).map(change),
          ),
        ),
      );
    const [f, g] = [marketReturns(panel, second), marketReturns(panel, market)];
    const simple = mean3(f, 0, 180, (r) => Math.expm1(r));
    const rise = Math.abs(mean3(f, first, 180)) - Math.abs(mean3(f, 0, first));
    const lead = Math.abs(mean3(f, 0, 180)) - Math.abs(correlation(f, g));
    expectClose(
      rows.map(({ measured }) => measured),
      [simple, rise, lead, lead],
    );
    expect(rows[3]!.verdict).toBe("supported");
    expect(rows[3]!.method).toBe("arithmetic");
    expect(rows[1]!.n).toBe(Math.min(first, 180 - first));
  });

  it("finds the correlations of the second study as numpy does from the published prices", async () => {
    const { rows } = reference<{
      readonly rows: readonly Readonly<Record<"early" | "late" | "gold" | "dollar", number>>[];
    }>("imf-correlations");
    const note = await readStudy("data/studies/imf.json");
    const claims = studyClaims(note, readClaims(note.claims, note)).filter(
      ({ statistic }) => statistic === "correlation-printed",
    );
    const judged = await studyLedger(claims, {
      ...{ panel: await readPanel(note), walked: [], range, bootstrap },
    });
    const measured = judged.map((row) => row.measured);
    const lead = (over: "gold" | "dollar") =>
      rows.map((row) => Math.abs(row.late) - Math.abs(row[over]));
    const expected = [
      ...rows.map(({ early }) => early),
      ...rows.map(({ late }) => late),
      ...lead("gold"),
      ...lead("dollar"),
    ];
    measured.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
    expect(Math.min(...measured.slice(0, 4))).toBeGreaterThan(0.014);
    expect(Math.max(...measured.slice(0, 4))).toBeLessThan(0.05);
    const verdicts = judged.map(({ verdict }) => verdict);
    expect(verdicts.slice(8, 12)).toEqual(Array(4).fill("supported"));
    expect(verdicts.slice(12)).toEqual(Array(4).fill("contradicted"));
  });

  it("refuses a market set that was not walked", async () => {
    const claims = studyClaims({ markets: [], marketSets: [market] });
    await expect(studyLedger(claims, { panel, walked: [], range, bootstrap })).rejects.toThrow(
      `every market set of a claim must be walked, ${market} is not`,
    );
  });
});
