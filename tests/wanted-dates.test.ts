/** Estimators that are asked for a block's dates only, against the same paths of all dates. */

import { describe, expect, it } from "vitest";
import { betaWithin, heldBeta } from "../lib/src/betas/assemble.js";
import { bankBeta } from "../lib/src/betas/bank.js";
import { blumeBeta } from "../lib/src/betas/blume.js";
import { dimsonBeta } from "../lib/src/betas/dimson.js";
import { ewmaBeta } from "../lib/src/betas/ewma.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { classicalLadder } from "../lib/src/betas/ladder.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { vasicekBeta } from "../lib/src/betas/vasicek.js";
import {
  amortisedEstimator,
  amortisedPanelBeta,
} from "../lib/src/models/amortised/amortised-beta.js";
import type { BetaPath, Panel, Split } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const SPLIT: Split = {
  inSample: { from: "2018-03", through: "2020-12" },
  validation: { from: "2021-01", through: "2021-12" },
  outOfSample: { from: "2022-01", through: "2022-12" },
};
const lookback = 12;
const halfLife = 24;
const { from } = SPLIT.inSample;

/** Every estimator that leaves out dates, computed on all. */
const WHOLE: Readonly<Record<string, (panel: Panel) => BetaPath>> = {
  pooled: (panel) => pooledBeta(panel, { from }),
  historical: (panel) => historicalBeta(panel, { from }),
  rolling: (panel) => rollingBeta(panel, { lookback }),
  ewma: (panel) => ewmaBeta(panel, { from, halfLife }),
  blume: (panel) => blumeBeta(panel, { from, lookback }),
  vasicek: (panel) => vasicekBeta(panel, { from }),
  dimson: (panel) => dimsonBeta(panel, { from }),
  bank: (panel) => bankBeta(panel, { from }),
  amortised: (panel) => amortisedPanelBeta(panel, { from }),
};

const withGap = (panel: Panel): Panel => ({
  ...panel,
  coinLogReturns: panel.coinLogReturns.map((r, at) => (at === 31 || at === 104 ? Number.NaN : r)),
});
const PANELS = [
  seededPanel(62, ["A", "B"], ["X"]),
  withGap(seededPanel(62, ["A", "B"], ["X"])),
  withGap(seededPanel(62, ["A", "B"], ["X", "Y"])),
];

describe.each(Object.keys(WHOLE))("%s", (id) => {
  it.each(["frozen", "updated"] as const)(
    "%s: has in a block the betas of all dates, bit by bit",
    async (update) => {
      for (const panel of PANELS) {
        const ladder = [
          ...classicalLadder(panel.markets.length, {
            lookback,
            windows: [lookback],
            halfLives: [halfLife],
          }),
          amortisedEstimator(),
        ];
        const estimator = ladder.find((other) => other.id === id)!;
        const whole = WHOLE[id]!(panel);
        const held = update === "frozen" && !estimator.running;
        const expected = betaWithin(
          held ? heldBeta(whole, SPLIT.inSample) : whole,
          SPLIT.outOfSample,
        );
        expect(expected.values.some(Number.isFinite)).toBe(true);
        expect(await estimator.estimate(panel, SPLIT, update)).toEqual(expected);
      }
    },
  );
});

describe("dates", () => {
  it("leaves out the betas of all other dates", () => {
    const dates = { from: "2021-05", through: "2021-06" };
    const { values, band, standardErrors } = historicalBeta(PANELS[0]!, { from, dates });
    const there = (numbers: Float64Array) =>
      [...numbers.keys()].filter((at) => !Number.isNaN(numbers[at]));
    for (const numbers of [values, standardErrors!, band!.lower, band!.upper])
      expect(there(numbers)).toEqual([80, 81, 82, 83]);
  });

  it("may be free of betas where earlier ones exist: only markets that are collinear throughout are refused", () => {
    const gone = {
      ...PANELS[0]!,
      marketLogReturns: PANELS[0]!.marketLogReturns.map((r, t) => (t < 40 ? r : 0)),
    };
    const dates = { from: "2022-05", through: "2022-06" };
    expect(rollingBeta(gone, { lookback, dates }).values.every(Number.isNaN)).toBe(true);
    const flat = { ...gone, marketLogReturns: gone.marketLogReturns.map(() => 0) };
    expect(() => rollingBeta(flat, { lookback, dates })).toThrow("collinear");
  });
});
