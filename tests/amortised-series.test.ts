/** Betas, intervals and scores of the amortised network on series and panels, by hand from the bank and the network's outputs. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { weightByGain, weightedBeta } from "../lib/src/betas/bank.js";
import {
  type FilterBank,
  filterBank,
  noiseVariance,
  predict,
  STEP_VARIANCES,
} from "../lib/src/betas/filter-bank.js";
import { learn } from "../lib/src/betas/filter-bank-learning.js";
import { amortisedBeta, amortisedPanelBeta } from "../lib/src/models/amortised/amortised-beta.js";
import {
  EXPERT_GROUPS,
  GROUP_HALF_LIVES,
  groupWeights,
} from "../lib/src/models/amortised/expert-groups.js";
import { signs, watch, writeFeatures } from "../lib/src/models/amortised/features.js";
import { gate, mixtureWeights, quantileOffsets } from "../lib/src/models/amortised/network.js";
import { outsideSeries } from "../lib/src/models/amortised/outside.js";
import { priorSeries, type SimulatedSeries } from "../lib/src/models/amortised/prior.js";
import { processScores, truthScores } from "../lib/src/models/amortised/prior-test.js";
import {
  type DateBetas,
  networkOf,
  seriesBetas,
} from "../lib/src/models/amortised/series-betas.js";
import { WEIGHTS_FILE } from "../lib/src/models/amortised/weights.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
};
const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;

/** The shipped network: of its first matrix the file has the 217 inputs, not the three that are padding. */
function shippedNetwork() {
  const packed = new Float32Array(Uint8Array.from(readFileSync(WEIGHTS_FILE)).buffer);
  const first = 217 * 64;
  const weights = new Float32Array(packed.length + 3 * 64);
  weights.set(packed.subarray(0, first));
  weights.set(packed.subarray(first), first + 3 * 64);
  return networkOf([220, 64, 64, 72], weights);
}

const network = shippedNetwork();

/** What the network says before a row: its mixture of experts and terms, and bounds by the bank's fifth filter. */
function saidOf(bank: FilterBank, sign: ReturnType<typeof signs>) {
  const K = bank.markets;
  writeFeatures(bank, sign, network.rows().features, 0);
  const outputs = network.forward(0);
  const weights = new Float64Array(57);
  mixtureWeights(outputs, 0, weights);
  const offsets = new Float64Array(7);
  quantileOffsets(outputs, 0, offsets);
  const unit = (k: number) => Math.sqrt(noiseVariance(bank) / bank.marketVariances[k]!);
  // No part is larger than sixty units.
  const part = (value: number, k: number) => Math.max(-60 * unit(k), Math.min(60 * unit(k), value));
  const markets = Array.from({ length: K }, (_, k) => k);
  const terms = markets.map((k) =>
    [0, 1, 2, 3].reduce((sum, m) => sum + gate(outputs, 0, m) * part(bank.terms[m * K + k]!, k), 0),
  );
  const experts = [...bank.betas].map((value, i) => part(value, i % K));
  const betas = markets.map((k) =>
    [...weights].reduce((sum, w, j) => sum + w * experts[j * K + k]!, terms[k]!),
  );
  const sd = markets.map((k) =>
    Math.min(60 * unit(k), Math.sqrt(bank.variances[4 * K * K + k * K + k]!)),
  );
  const [lower, upper] = [offsets[0]!, offsets[6]!].map((offset) => sd.map((s) => s * offset));
  return { betas, lower: lower!, upper: upper!, weights: [...weights], experts, terms };
}

/** The same before every row from the sixth on, one row after the other. */
function saidBefore(y: Float64Array, x: Float64Array, change = (_: FilterBank, __: number) => {}) {
  const K = x.length / y.length;
  const [bank, sign] = [filterBank(x, y, K), signs(K)];
  return Array.from({ length: y.length + 1 }, (_, t) => {
    predict(bank);
    change(bank, t);
    const said = t < 5 ? undefined : saidOf(bank, sign);
    if (t < y.length) {
      watch(sign, bank, x, t * K, y[t]!);
      learn(bank, x, t * K, y[t]!);
    }
    return said;
  });
}

const NAMES = ["betas", "lower", "upper", "weights", "experts", "terms"] as const;

describe("a series", () => {
  const panel = seededPanel(70, ["A"], ["X", "Y"]);
  const [y, x] = [panel.coinLogReturns, panel.marketLogReturns];

  it("has the mixture of the bank's experts and terms that the network says, over more than one block", () => {
    const found = amortisedBeta(y, x);
    for (const [t, said] of saidBefore(y, x).entries())
      for (const name of NAMES) {
        const width = found[name].length / 71;
        const row = found[name].subarray(t * width, (t + 1) * width);
        if (!said) expect(row.every(Number.isNaN)).toBe(true);
        // Bounds are offsets, to which the beta is added.
        else if (name === "lower" || name === "upper")
          expect(
            furthest(
              row,
              said[name].map((offset, k) => said.betas[k]! + offset),
            ),
          ).toBeLessThan(1e-12);
        else expect(furthest(row, said[name])).toBeLessThan(1e-12);
      }
  });

  it("holds experts, terms and deviations within sixty units", () => {
    const wild = (bank: FilterBank, t: number) => {
      if (t !== 9) return;
      bank.betas[7] = 1e9;
      bank.betas[10] = -1e9;
      bank.terms[3] = 1e9;
      bank.variances[4 * 4] = 1e30;
    };
    const found: DateBetas[] = [];
    const rows = { dates: Int32Array.from(y.keys()), x, y, first: 0, periods: 70 };
    const wanted = (t: number) => t === 9 || t === 11;
    const visit = (dated: DateBetas) => found.push(dated);
    seriesBetas(rows, { markets: 2, network, wanted, onBank: wild, visit });
    expect(found.map(({ t }) => t)).toEqual([9, 11]);
    const said = saidBefore(y.slice(0, 9), x.slice(0, 18), wild)[9]!;
    for (const name of NAMES) expect(furthest(found[0]![name], said[name])).toBeLessThan(1e-9);
  });
});

describe("a panel", () => {
  const whole = seededPanel(14, ["A", "B"], ["X", "Y"]);
  const coinLogReturns = whole.coinLogReturns.slice();
  // B is missing on one date, both on another.
  for (const at of [2 * 3 + 1, 2 * 5, 2 * 5 + 1]) coinLogReturns[at] = NaN;
  const panel: Panel = { ...whole, coinLogReturns };
  const K = 2;
  const first = 1;

  /** Rows of a series before a date, and the same less a multiple of the markets. */
  const rowsOf = (series: (t: number) => number, before: number) => {
    const dates = [...panel.dates.keys()].filter(
      (t) => t >= first && t < before && Number.isFinite(series(t)),
    );
    const x = Float64Array.from(
      dates.flatMap((t) => [...panel.marketLogReturns.slice(K * t, K * (t + 1))]),
    );
    return { y: Float64Array.from(dates, series), x };
  };
  const meanOf = (t: number) =>
    mean([...coinLogReturns.slice(2 * t, 2 * t + 2)].filter(Number.isFinite));
  /** The last betas of a series. */
  const lastOf = ({ y, x }: { readonly y: Float64Array; readonly x: Float64Array }) => {
    if (y.length < 5) return undefined;
    const { betas, lower, upper } = amortisedBeta(y, x);
    return [betas, lower, upper].map((all) => [...all.slice(-K)]) as [number[], number[], number[]];
  };

  it.each([
    [1, (rows: number) => rows],
    // Rows grow by half: 5, 7, 10.
    [1.5, (rows: number) => [5, 7, 10].filter((from) => from <= rows).at(-1)!],
  ])(
    "adds a coin's beta beside the mean to the mean's, whose constant is renewed by a factor of %d",
    (renewal, rowsOfConstant) => {
      const { values, band } = amortisedPanelBeta(panel, { from: panel.dates[first]!, renewal });
      for (let t = 0; t < 14; t++) {
        const common = rowsOf(meanOf, t);
        for (const coin of [0, 1]) {
          const at = (t * 2 + coin) * K;
          const found = [values, band!.lower, band!.upper].map((all) => all.slice(at, at + K));
          const own = lastOf(rowsOf((s) => coinLogReturns[2 * s + coin]! - meanOf(s), t));
          if (!own || common.y.length < 5) {
            for (const row of found) expect(row.every(Number.isNaN)).toBe(true);
            continue;
          }
          const known = rowsOfConstant(common.y.length);
          const m = leastSquares(common.x.slice(0, K * known), common.y.slice(0, known));
          const rest = common.y.map(
            (r, i) => r - m[0]! * common.x[2 * i]! - m[1]! * common.x[2 * i + 1]!,
          );
          const shared = lastOf({ y: rest, x: common.x })!;
          const betas = own[0].map((b, k) => b + shared[0][k]! + m[k]!);
          const off = (bound: 1 | 2) =>
            own[0].map((b, k) => Math.hypot(own[bound][k]! - b, shared[bound][k]! - shared[0][k]!));
          const [below, above] = [off(1), off(2)];
          expect(furthest(found[0]!, betas)).toBeLessThan(1e-9);
          expect(
            furthest(
              found[1]!,
              betas.map((b, k) => b - below[k]!),
            ),
          ).toBeLessThan(1e-9);
          expect(
            furthest(
              found[2]!,
              betas.map((b, k) => b + above[k]!),
            ),
          ).toBeLessThan(1e-9);
        }
      }
    },
  );

  it("renews the constant when rows have grown by five per cent", () => {
    const long = seededPanel(44, ["A", "B"], ["X"]);
    const at = (renewal?: number) =>
      amortisedPanelBeta(long, { from: "", ...(renewal === undefined ? {} : { renewal }) }).values;
    expect(at()).toEqual(at(1.05));
  });
});

describe("groups of experts", () => {
  it("are no beta, a constant, and steps from slow to fast, whatever the prior and robust or not", () => {
    const groups = ["no beta", "constant", ...STEP_VARIANCES.slice(1).map((q) => `step ${q}`)];
    expect(EXPERT_GROUPS).toEqual(groups);
    // Weights of 0 to 55 by filter, and 1000 of zero: of a step, j + j + 7 + j + 14 + ... + j + 49.
    const weights = Float64Array.from({ length: 57 }, (_, j) => (j === 56 ? 1000 : j));
    const sums = Array.from({ length: 7 }, (_, j) => 8 * j + 7 * 28);
    expect([...groupWeights(weights)]).toEqual([1000, ...sums]);
  });

  it("halve a row's weight after as many rows as a steady filter does", () => {
    expect(GROUP_HALF_LIVES.slice(0, 2)).toEqual([Infinity, Infinity]);
    STEP_VARIANCES.slice(1).forEach((q, i) => {
      // The variance of a filter of noise 1 until it is steady: P becomes P / (P + 1) + q.
      let P = 1;
      for (let t = 0; t < 3000; t++) P = P / (P + 1) + q;
      const kept = 1 - P / (P + 1);
      expect(kept ** GROUP_HALF_LIVES[i + 2]!).toBeCloseTo(0.5, 9);
    });
  });
});

describe("truthScores", () => {
  const lookbacks = [8, 20];
  const some = Array.from({ length: 5 }, (_, i) => priorSeries("scores by hand", i, { rows: 24 }));
  // A beta that no estimator finds: what it costs is held at 25.
  const far: SimulatedSeries = { ...some[0]!, betas: some[0]!.betas.map((b) => b + 40) };
  const series = [...some.slice(1), far];

  it("are least squares, weighted least squares, the bank and the network by hand", () => {
    const losses: number[][] = [[], [], [], []];
    let held = 0;
    for (const { x, y, betas } of series) {
      const scale = 1 / (1 + mean([...betas].map((b) => b ** 2)));
      const own = [0, 0, 0, 0];
      for (const t of lookbacks) {
        let [above, below] = [0, 0];
        for (let s = 0; s < t; s++) {
          const weight = 0.5 ** ((t - 1 - s) / 48);
          above += weight * x[s]! * y[s]!;
          below += weight * x[s]! ** 2;
        }
        const bank = filterBank(x, y, 1);
        for (let s = 0; s < t; s++) {
          predict(bank);
          learn(bank, x, s, y[s]!);
        }
        predict(bank);
        const weights = new Float64Array(57);
        weightByGain(bank, weights);
        const said = amortisedBeta(y.slice(0, t), x.slice(0, t));
        const found = [
          // The filter that never forgets.
          bank.betas[0]!,
          above / below,
          weightedBeta(bank, weights, 0),
          said.betas[t]!,
        ];
        found.forEach((b, name) => {
          own[name]! += (scale * Math.min(25, (betas[t]! - b) ** 2)) / 2;
        });
        if (betas[t]! >= said.lower[t]! && betas[t]! <= said.upper[t]!) held++;
      }
      for (const [name, loss] of own.entries()) losses[name]!.push(loss);
    }
    expect(losses[0]![4]).toBeCloseTo(25 / (1 + mean([...far.betas].map((b) => b ** 2))), 12);
    const scores = truthScores(series, lookbacks);
    ["historical", "ewma", "bank", "amortised"].forEach((estimator, name) => {
      const { mse, share, tStat, coverage, ...rest } = scores[name]!;
      expect(rest).toEqual({ estimator });
      expect(mse).toBeCloseTo(mean(losses[name]!), 9);
      expect(share).toBeCloseTo(1 - mean(losses[name]!) / mean(losses[0]!), 9);
      const off = losses[name]!.map((loss, i) => loss - losses[2]![i]!);
      const center = mean(off);
      const spread = Math.sqrt(mean(off.map((d) => (d - center) ** 2)) / 5);
      if (estimator === "bank") expect(tStat).toBeNaN();
      else expect(tStat).toBeCloseTo(center / spread, 5);
      if (estimator === "amortised") expect(coverage).toBeCloseTo(held / 10, 12);
      else expect(coverage).toBeNaN();
    });
    expect(held).toBeGreaterThan(5);
    expect(held).toBeLessThan(10);
  });

  it("are those of each process at each look-back, on series as long as the longest asks", () => {
    const scores = processScores(2, [8, 12]);
    const rows = 13;
    const sets = [
      [
        "constant",
        "inside",
        (i: number) => priorSeries("scores of constant", i, { rows, process: 0 }),
      ],
      ["AR(1)", "inside", (i: number) => priorSeries("scores of AR(1)", i, { rows, process: 4 })],
      ["DCC", "outside", (i: number) => outsideSeries("DCC", i, rows)],
    ] as const;
    for (const [process, prior, seriesAt] of sets)
      for (const lookback of [8, 12])
        expect(
          scores.filter((row) => row.process === process && row.lookback === lookback),
        ).toEqual(
          truthScores([seriesAt(0), seriesAt(1)], [lookback]).map((row) => ({
            process,
            prior,
            lookback,
            ...row,
          })),
        );
  });
});
