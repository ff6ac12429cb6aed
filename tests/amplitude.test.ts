/** Standard deviations and extremes of series, by hand. */

import { describe, expect, it } from "vitest";
import { amplitudes } from "../lib/src/panel/amplitude.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const PANEL: Panel = {
  frequency: "monthly",
  dates: ["2018-01-31", "2018-02-28", "2018-03-31"],
  coins: ["BTC", "ETH"],
  markets: ["FIAT"],
  coinLogReturns: Float64Array.of(1, 0, 2, 0, 3, 6),
  marketLogReturns: Float64Array.of(-2, 0, 2),
};

describe("amplitudes", () => {
  it("are sample standard deviation, lowest and highest return, coins first", () => {
    expect(amplitudes(PANEL)).toEqual([
      { series: "BTC", role: "coin", n: 3, std: 1, min: 1, max: 3 },
      { series: "ETH", role: "coin", n: 3, std: Math.sqrt(12), min: 0, max: 6 },
      { series: "FIAT", role: "market", n: 3, std: 2, min: -2, max: 2 },
    ]);
  });

  it("double when returns double, and turn around with their sign", () => {
    const panel = seededPanel(20, ["A", "B"], ["X", "Y"]);
    const times = (factor: number): Panel => ({
      ...panel,
      coinLogReturns: panel.coinLogReturns.map((r) => factor * r),
      marketLogReturns: panel.marketLogReturns.map((r) => factor * r),
    });
    const once = amplitudes(panel);
    expect(amplitudes(times(2))).toEqual(
      once.map((a) => ({
        ...a,
        std: 2 * a.std,
        min: 2 * a.min,
        max: 2 * a.max,
      })),
    );
    expect(amplitudes(times(-1))).toEqual(once.map((a) => ({ ...a, min: -a.max, max: -a.min })));
  });

  it("are of the returns that a series has, and say how many", () => {
    const [btc, eth] = amplitudes({
      ...PANEL,
      coinLogReturns: PANEL.coinLogReturns.with(0, Number.NaN),
    });
    expect(btc).toEqual({
      series: "BTC",
      role: "coin",
      n: 2,
      std: Math.sqrt(1 / 2),
      min: 2,
      max: 3,
    });
    expect(eth!.max).toBe(6);
  });

  it("leave the panel unchanged", () => {
    const before = structuredClone(PANEL);
    amplitudes(PANEL);
    expect(PANEL).toEqual(before);
  });
});
