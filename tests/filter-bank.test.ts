/** The bank of filters: random walks of several speeds, weighed by what they foretold. */

import { describe, expect, it } from "vitest";
import { bankBeta, weightByGain, weightedBeta } from "../lib/src/betas/bank.js";
import {
  EXPERTS,
  FIRST_ROWS,
  filterBank,
  noiseVariance,
  predict,
} from "../lib/src/betas/filter-bank.js";
import { learn } from "../lib/src/betas/filter-bank-learning.js";
import { FEATURES, signs, watch, writeFeatures } from "../lib/src/models/amortised/features.js";
import { onePair } from "../lib/src/panel/panel.js";
import { reference } from "./support/helpers.js";

interface Case {
  readonly markets: number;
  readonly x: number[];
  readonly y: number[];
  readonly times: number[];
  readonly rows: Record<"features" | "experts" | "terms" | "unit" | "weighted", number[]>[];
}

const { cases } = reference<{ cases: Case[] }>("filter-bank");

/** Runs the bank over a case; what it says before each of some rows. */
function run({ markets: K, x, y, times }: Omit<Case, "rows">): Case["rows"] {
  const bank = filterBank(Float64Array.from(x), Float64Array.from(y), K);
  const sign = signs(K);
  const out: Case["rows"] = [];
  const weights = new Float64Array(EXPERTS);
  for (let t = 0; t <= y.length; t++) {
    predict(bank);
    if (times.includes(t)) {
      const features = new Float64Array(FEATURES);
      writeFeatures(bank, sign, features, 0);
      weightByGain(bank, weights);
      out.push({
        features: [...features],
        experts: [...bank.betas],
        terms: [...bank.terms],
        unit: [...bank.marketVariances].map((v) => Math.sqrt(noiseVariance(bank) / v)),
        weighted: Array.from({ length: K }, (_, k) => weightedBeta(bank, weights, k)),
      });
    }
    if (t === y.length) break;
    watch(sign, bank, Float64Array.from(x), t * K, y[t]!);
    learn(bank, Float64Array.from(x), t * K, y[t]!);
  }
  return out;
}

const NAMES = ["features", "experts", "terms", "unit", "weighted"] as const;
const PARITY = 1e-6;

const furthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe("filterBank", () => {
  it.each(cases)("agrees with numpy, features included, K = $markets", (given) => {
    const rows = run(given);
    given.rows.forEach((wanted, i) => {
      for (const name of NAMES) {
        expect(rows[i]![name], name).toHaveLength(wanted[name].length);
        expect(furthest(rows[i]![name], wanted[name]), name).toBeLessThan(PARITY);
      }
    });
  });

  it.each(cases)(
    "has features without scale, and betas in that of the series, K = $markets",
    (given) => {
      const scaled = run({
        ...given,
        x: given.x.map((f) => 1000 * f),
        y: given.y.map((r) => 7 * r),
      });
      run(given).forEach((row, i) => {
        expect(furthest(scaled[i]!.features, row.features)).toBeLessThan(PARITY);
        const betas = scaled[i]!.experts.map((b) => (b * 1000) / 7);
        expect(furthest(betas, row.experts)).toBeLessThan(PARITY);
      });
    },
  );

  it.each(cases)("predicts a row from those before it, K = $markets", (given) => {
    const changed = {
      ...given,
      x: given.x.map((f, at) => (at >= 77 * given.markets ? 9 : f)),
      y: given.y.map((r, t) => (t >= 77 ? -9 : r)),
    };
    expect(run(changed).slice(0, 5)).toEqual(run(given).slice(0, 5));
  });

  it("gives each market its beta in any order", () => {
    const [, given] = cases;
    const order = [2, 0, 1];
    const turned = run({
      ...given!,
      x: given!.x.map((_, at) => given!.x[at - (at % 3) + order[at % 3]!]!),
    });
    run(given!).forEach((row, i) => {
      const betas = row.weighted.map((_, k) => row.weighted[order[k]!]!);
      expect(furthest(turned[i]!.weighted, betas)).toBeLessThan(PARITY);
      expect(furthest(turned[i]!.features, row.features)).toBeLessThan(PARITY);
    });
  });
});

describe("bankBeta", () => {
  const x = cases[0]!.x.slice(0, 40);
  const y = cases[0]!.y.slice(0, 40);
  const gaps = y.map((r, t) => (t === 3 || t === 20 ? NaN : r));

  it("is NaN until the series has five rows, and runs on over a missing return", () => {
    const { values } = bankBeta(onePair(gaps, x), { from: "2000-01" });
    expect([...values].findIndex(Number.isFinite)).toBe(FIRST_ROWS + 1);
    expect(values[21]).toBe(values[20]);
    const kept = (_: number, t: number) => t !== 3 && t !== 20;
    const short = bankBeta(onePair(y.filter(kept), x.filter(kept)), { from: "2000-01" });
    expect(values.at(-1)).toBe(short.values.at(-1));
  });

  it("nears the beta of a coin that is twice its market", () => {
    const { values } = bankBeta(
      onePair(
        x.map((f) => 2 * f),
        x,
      ),
      { from: "2000-01" },
    );
    expect(Math.abs(values.at(-1)! - 2)).toBeLessThan(0.1);
  });

  it("refuses markets that cannot be told apart", () => {
    const zero = onePair(
      y,
      x.map(() => 0),
    );
    expect(() => bankBeta(zero, { from: "2000-01" })).toThrow(
      /^bankBeta: the markets .* collinear/,
    );
  });
});
