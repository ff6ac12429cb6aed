/** Betas of a panel with gaps, date by date, by statsmodels and numpy: see reference/betas.py. */

import { describe, expect, it } from "vitest";
import { dimsonBeta } from "../lib/src/betas/dimson.js";
import { ewmaBeta } from "../lib/src/betas/ewma.js";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { ridgeBeta } from "../lib/src/betas/ridge.js";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { scholesWilliamsBeta } from "../lib/src/betas/scholes-williams.js";
import { vasicekBeta } from "../lib/src/betas/vasicek.js";
import type { BetaPath, Panel } from "../lib/src/types.js";
import { reference, seededPanel } from "./support/helpers.js";

/** Relative to the size of a beta of one. */
const AGREES = 1e-8;
/** The network's inputs, which ridge shares, are of single precision. */
const SINGLE = 1e-6;

type Listed = readonly (number | null)[];

interface Reference {
  readonly dates: number;
  readonly coinLogReturns: Listed;
  readonly marketLogReturns: Listed;
  readonly options: {
    readonly lookback: number;
    readonly minObs: number;
    readonly halfLife: number;
    readonly lags: number;
    readonly ridge: {
      readonly penalty: number;
      readonly first: number;
      readonly after: number;
    };
  };
  readonly [estimator: string]: unknown;
}

const written = reference<Reference>("betas");
const nan = (values: Listed) => Float64Array.from(values, (v) => v ?? NaN);

const panel: Panel = {
  ...seededPanel(written.dates, ["A", "B", "C"], ["X", "Y"]),
  coinLogReturns: nan(written.coinLogReturns),
  marketLogReturns: nan(written.marketLogReturns),
};
const { lookback, minObs, halfLife, lags, ridge } = written.options;
const from = panel.dates[0]!;
const fit = {
  from: panel.dates[ridge.first]!,
  through: panel.dates[ridge.after - 1]!,
};
const { penalty } = ridge;

const CASES: readonly (readonly [string, BetaPath, number])[] = [
  ["rolling", rollingBeta(panel, { lookback, minObs }), AGREES],
  ["historical", historicalBeta(panel, { from, minObs: 3 }), AGREES],
  ["ewma", ewmaBeta(panel, { from, halfLife, minObs }), AGREES],
  ["dimson", dimsonBeta(panel, { from, lags, minObs: 7 }), AGREES],
  ["scholesWilliams", scholesWilliamsBeta(panel, { from }), AGREES],
  ["pooled", pooledBeta(panel, { from }), AGREES],
  ["vasicek", vasicekBeta(panel, { from, minObs }), AGREES],
  ["ridgeFrozen", ridgeBeta(panel, { fit, update: "frozen", lookback, penalty }), SINGLE],
  ["ridgeUpdated", ridgeBeta(panel, { fit, update: "updated", lookback, penalty }), SINGLE],
];

describe("a panel with gaps", () => {
  it.each(CASES)(
    "has the betas of statsmodels and numpy, with errors and bounds where there are any: %s",
    (name, path, tolerance) => {
      const theirs = written[name] as Readonly<Record<string, Listed>>;
      const ours: Readonly<Record<string, Float64Array | undefined>> = {
        values: path.values,
        standardErrors: path.standardErrors,
        lower: path.band?.lower,
        upper: path.band?.upper,
      };
      for (const [part, expected] of Object.entries(theirs)) {
        const actual = ours[part]!;
        expect(actual, part).toHaveLength(expected.length);
        const where = (missing: (at: number) => boolean) =>
          expected.map((_, at) => at).filter(missing);
        expect(
          where((at) => Number.isNaN(actual[at])),
          part,
        ).toEqual(where((at) => expected[at] === null));
        expect(where((at) => expected[at] !== null).length).toBeGreaterThan(30);
        expected.forEach((value, at) => {
          if (value === null) return;
          const off = Math.abs(actual[at]! - value) / (1 + Math.abs(value));
          expect(off, `${part} at ${at}`).toBeLessThanOrEqual(tolerance);
        });
      }
      expect(path.kind).toBe("walkForward");
    },
  );
});
