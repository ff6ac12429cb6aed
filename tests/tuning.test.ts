/** Tuned estimators: a choice from data before the date. */

import { describe, expect, it } from "vitest";
import { ewmaBeta } from "../lib/src/betas/ewma.js";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { classicalLadder } from "../lib/src/betas/ladder.js";
import { ridgeBeta } from "../lib/src/betas/ridge.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { tuned } from "../lib/src/betas/tuning.js";
import { marketNames } from "../lib/src/panel/panel.js";
import { STUDY } from "../lib/src/study.js";
import { type BetaPath, betaPath, type Panel } from "../lib/src/types.js";
import { seededPanel, studyPanel } from "./support/helpers.js";

const PANEL = seededPanel(24, ["A", "B"], ["X"]);
const YEAR = { from: "2019-01", through: "2019-12" };
const constant = (beta: number): BetaPath => betaPath(PANEL, "walkForward", () => [beta]);
/** The constant that hedges the panel best over the second year. */
const BEST = (() => {
  let [product, square] = [0, 0];
  for (let t = 12; t < 24; t++)
    for (const i of [0, 1]) {
      product += PANEL.coinLogReturns[2 * t + i]! * PANEL.marketLogReturns[t]!;
      square += PANEL.marketLogReturns[t]! ** 2;
    }
  return product / square;
})();

describe("tuned", () => {
  it("is the candidate of lowest RMSE in the block", () => {
    const candidates = [BEST - 1, BEST + 0.1, BEST + 0.2];
    expect(tuned(PANEL, candidates, { path: constant, block: YEAR })).toBe(BEST + 0.1);
    const scores = candidates.map((b) => hedgingRmse(PANEL, constant(b), YEAR));
    expect(scores.indexOf(Math.min(...scores))).toBe(1);
  });

  it("is the first of equals", () => {
    expect(tuned(PANEL, [3, 2, 1], { path: () => constant(1), block: YEAR })).toBe(3);
  });

  it("does not see other dates", () => {
    const other: Panel = {
      ...PANEL,
      coinLogReturns: PANEL.coinLogReturns.map((r, at) => (at < 24 ? -50 * r : r)),
    };
    const candidates = [-9, BEST, 9];
    expect(tuned(other, candidates, { path: constant, block: YEAR })).toBe(BEST);
  });

  it("compares on the dates that every candidate has", () => {
    // The better one has no beta in the month in which the other gains most.
    const path = (candidate: number) => {
      const { values, ...rest } = constant(candidate);
      return {
        ...rest,
        values: values.map((b, at) => (candidate === 5 && at < 40 ? NaN : b)),
      };
    };
    let [a, b] = [0, 0];
    for (let at = 40; at < 48; at++) {
      const [r, f] = [PANEL.coinLogReturns[at]!, PANEL.marketLogReturns[Math.floor(at / 2)]!];
      a += (r - 5 * f) ** 2;
      b += (r - 6 * f) ** 2;
    }
    expect(tuned(PANEL, [5, 6], { path, block: YEAR })).toBe(a <= b ? 5 : 6);
  });

  it.each([
    ["no candidate", []],
    ["a candidate without a beta", [NaN, 1]],
  ])("refuses %s", (_, candidates) => {
    expect(() => tuned(PANEL, candidates, { path: constant, block: YEAR })).toThrow(
      /^tuned: the block 2019-01 to 2019-12 must hold a date at which each of .* has a beta, but it holds none; lengthen/,
    );
  });
});

describe("the ladder's tuning", () => {
  const { split, lookback } = STUDY;
  const { inSample, validation, outOfSample } = split;
  const finite = ({ values }: BetaPath) => values.filter(Number.isFinite);
  const within = (panel: Panel, path: BetaPath) =>
    path.values.filter((_, at) => {
      const date = panel.dates[Math.floor(at / (panel.coins.length * panel.markets.length))]!;
      return date >= outOfSample.from && date < "2024";
    });
  const estimate = (panel: Panel, id: string) =>
    classicalLadder(panel.markets.length, { lookback })
      .find((candidate) => candidate.id === id)!
      .estimate(panel, split, "updated");

  it.each(STUDY.marketSets)(
    "takes half-life and penalty of lowest validation RMSE: %s",
    async (marketSet) => {
      const panel = await studyPanel(marketSet);
      expect(panel.markets).toEqual(marketNames(marketSet));
      const lowest = (candidates: readonly number[], path: (candidate: number) => BetaPath) =>
        candidates
          .map((candidate) => ({
            candidate,
            rmse: hedgingRmse(panel, path(candidate), validation),
          }))
          .reduce((a, b) => (b.rmse < a.rmse ? b : a)).candidate;
      const { from } = inSample;
      const halfLife = lowest([3, 6, 12, 24, 48, Infinity], (candidate) =>
        ewmaBeta(panel, { from, halfLife: candidate, intervals: false }),
      );
      expect(finite(await estimate(panel, "ewma"))).toEqual(
        within(panel, ewmaBeta(panel, { from, halfLife })),
      );
      const ridge = { fit: inSample, update: "frozen", lookback } as const;
      const penalty = lowest([0.1, 1, 10, 100, Infinity], (candidate) =>
        ridgeBeta(panel, { ...ridge, penalty: candidate }),
      );
      const fit = { from, through: validation.through };
      const update = "updated";
      const path = ridgeBeta(panel, { fit, update, lookback, penalty });
      expect(finite(await estimate(panel, "ridge"))).toEqual(within(panel, path));
    },
  );
});

describe("the rolling window", () => {
  const panel = seededPanel(60, ["A", "B"], ["X"]);
  const split = {
    inSample: { from: "2018-07", through: "2020-06" },
    validation: { from: "2020-07", through: "2021-06" },
    outOfSample: { from: "2021-07", through: "2022-12" },
  };
  const rolling = (windows: readonly number[]) =>
    classicalLadder(1, { lookback: 7, windows }).find(({ id }) => id === "rolling")!;
  const fixed = (lookback: number) => rollingBeta(panel, { lookback });
  const tested = ({ values }: BetaPath) => values.slice(42 * 2);

  it("has the lowest RMSE of the validation block, of the candidates that the dates before it fill", async () => {
    const scores = [5, 10, 30].map((window) => hedgingRmse(panel, fixed(window), split.validation));
    const best = [5, 10, 30][scores.indexOf(Math.min(...scores))]!;
    const betas = await rolling([5, 10, 30, 31]).estimate(panel, split, "updated");
    expect(tested(betas)).toEqual(tested(fixed(best)));
  });

  it("is the look-back where none is filled", async () => {
    const betas = await rolling([31, 40]).estimate(panel, split, "updated");
    expect(tested(betas)).toEqual(tested(fixed(7)));
  });
});
