/** The beta of Scholes and Williams, for prices that trade late. */

import { describe, expect, it } from "vitest";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { scholesWilliamsBeta } from "../lib/src/betas/scholes-williams.js";
import { onePair } from "../lib/src/panel/panel.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const NAN = Number.NaN;
const FROM = "2018-01";

/** A long panel whose coin follows its market half at once, a part late and a part early. */
const PANEL: Panel = (() => {
  const panel = seededPanel(600, ["A"], ["X"]);
  const f = panel.marketLogReturns;
  return {
    ...panel,
    coinLogReturns: f.map((now, t) => 0.5 * now + 0.4 * (f[t - 1] ?? 0) + 0.3 * (f[t + 1] ?? 0)),
  };
})();

const last = (values: Float64Array) => values.at(-1)!;

describe("scholesWilliamsBeta", () => {
  it("is sum(z r) / sum(z f), z the markets of three periods, up to the last but one before the date", () => {
    const panel = onePair([9, 0.02, 0.01, 0.03, 9, 9], [0.01, 0.01, 0.02, -0.01, 0.03, 9]);
    const z = [0.04, 0.02, 0.04];
    const f = [0.01, 0.02, -0.01];
    const r = [0.02, 0.01, 0.03];
    const at = (rows: number) => {
      const sum = (series: readonly number[]) =>
        series.slice(0, rows).reduce((a, v, t) => a + z[t]! * v, 0);
      return expect.closeTo(sum(r) / sum(f), 12);
    };
    const { values } = scholesWilliamsBeta(panel, { from: "2000-01" });
    expect([...values]).toEqual([NAN, NAN, NAN, at(1), at(2), at(3)]);
  });

  it("is the quotient of Scholes and Williams, (b[-1] + b[0] + b[+1]) / (1 + 2 rho), but for the rows at the ends", () => {
    const [r, f] = [PANEL.coinLogReturns, PANEL.marketLogReturns];
    const slope = (y: Float64Array, lead: number) => {
      let [product, square] = [0, 0];
      for (let t = 1; t < 598; t++) {
        product += y[t]! * f[t + lead]!;
        square += f[t + lead]! ** 2;
      }
      return product / square;
    };
    const sum = slope(r, -1) + slope(r, 0) + slope(r, 1);
    const { values } = scholesWilliamsBeta(PANEL, { from: FROM });
    expect(Math.abs(last(values) - sum / (1 + 2 * slope(f, 1)))).toBeLessThan(0.02);
  });

  it("finds what the historical beta of a coin out of step misses", () => {
    const { values } = scholesWilliamsBeta(PANEL, { from: FROM });
    expect(Math.abs(last(values) - 1.2)).toBeLessThan(0.1);
    const historical = historicalBeta(PANEL, { from: FROM }).values;
    expect(Math.abs(last(historical) - 0.5)).toBeLessThan(0.1);
  });

  it("begins at from, with the market one period before, where minObs rows are there", () => {
    const panel = seededPanel(20, ["A"], ["X"]);
    const options = { from: "2018-05", minObs: 3 };
    const { values } = scholesWilliamsBeta(panel, options);
    // Rows 4, 5 and 6, the last of which needs the market of row 7.
    expect(values.findIndex(Number.isFinite)).toBe(8);
    const changed = (t: number) => ({
      ...panel,
      marketLogReturns: panel.marketLogReturns.with(t, 1),
    });
    expect(scholesWilliamsBeta(changed(2), options).values).toEqual(values);
    expect(scholesWilliamsBeta(changed(3), options).values).not.toEqual(values);
  });

  it("is NaN while the instruments don't tell the markets", () => {
    // Nothing but rounding errors is left of the market over three periods.
    const f = Array.from({ length: 12 }, (_, t) => [0.1, 0.2, -0.3][t % 3]!);
    const panel = onePair(f, f);
    expect(() => scholesWilliamsBeta(panel, { from: "2000-01" })).toThrow(
      "scholesWilliamsBeta: the markets MARKET must not be collinear",
    );
  });

  it("refuses minObs below the number of markets", () => {
    const panel = seededPanel(9, ["A"], ["X", "Y"]);
    expect(() => scholesWilliamsBeta(panel, { from: FROM, minObs: 1 })).toThrow(
      "scholesWilliamsBeta: minObs must be an integer of at least 2, got 1",
    );
  });
});
