/** Look-back windows with their targets, and rows chosen of them. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lookbackWindows, selectRows } from "../lib/src/panel/windows.js";
import type { Panel } from "../lib/src/types.js";
import { RUNS, seededPanel } from "./support/helpers.js";

/** Returns that name themselves: 10 t + coin, and minus that for markets. */
const PANEL: Panel = {
  frequency: "monthly",
  dates: ["2018-01-31", "2018-02-28", "2018-03-31", "2018-04-30"],
  coins: ["A", "B"],
  markets: ["X", "Y"],
  coinLogReturns: Float64Array.of(0, 1, 10, 11, 20, 21, 30, 31),
  marketLogReturns: Float64Array.of(-100, -101, -110, -111, -120, -121, -130, -131),
};

describe("lookbackWindows", () => {
  it("has one row per target date and coin, ordered by date, then by coin", () => {
    const { target, coin } = lookbackWindows(PANEL, 2);
    expect([...target]).toEqual([2, 2, 3, 3]);
    expect([...coin]).toEqual([0, 1, 0, 1]);
  });

  it("lists the coin's last returns, oldest first, and then each market's", () => {
    const { inputs } = lookbackWindows(PANEL, 2);
    expect([...inputs.slice(0, 6)]).toEqual([0, 10, -100, -110, -101, -111]);
    expect([...inputs.slice(18)]).toEqual([11, 21, -110, -120, -111, -121]);
  });

  it("lists predictors of the window's dates after the markets, each oldest first", () => {
    const values = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const { series, inputs } = lookbackWindows(
      { ...PANEL, predictors: { names: ["P", "Q"], values } },
      2,
    );
    expect(series).toBe(5);
    expect([...inputs.slice(0, 10)]).toEqual([0, 10, -100, -110, -101, -111, 1, 3, 2, 4]);
    expect([...inputs.slice(30)]).toEqual([11, 21, -110, -120, -111, -121, 3, 5, 4, 6]);
  });

  it("keeps the returns of the target apart", () => {
    const windows = lookbackWindows(PANEL, 2);
    expect([...windows.coinLogReturns]).toEqual([20, 21, 30, 31]);
    expect([...windows.marketLogReturns]).toEqual([-120, -121, -120, -121, -130, -131, -130, -131]);
  });

  it("has N (T - lookback) rows of lookback (1 + K) inputs", () => {
    const sizes = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(sizes, sizes, sizes, sizes, (T, N, K, lookback) => {
        const names = (n: number) => Array.from({ length: n }, (_, i) => `${i}`);
        const windows = lookbackWindows(seededPanel(T, names(N), names(K)), lookback);
        const rows = N * Math.max(0, T - lookback);
        expect(windows.target).toHaveLength(rows);
        expect(windows.coin).toHaveLength(rows);
        expect(windows.coinLogReturns).toHaveLength(rows);
        expect(windows.marketLogReturns).toHaveLength(rows * K);
        expect(windows.inputs).toHaveLength(rows * lookback * (1 + K));
      }),
      RUNS,
    );
  });

  it("does not see the target's returns or later ones", () => {
    const panel = seededPanel(20, ["A", "B"], ["X"]);
    for (let t = 4; t < 20; t++) {
      const changed = {
        ...panel,
        coinLogReturns: panel.coinLogReturns.map((r, at) => (at < t * 2 ? r : 1 - r)),
        marketLogReturns: panel.marketLogReturns.map((r, at) => (at < t ? r : 1 - r)),
      };
      const through = (whole: Panel) =>
        selectRows(lookbackWindows(whole, 4), (target) => target <= t).inputs;
      expect(through(changed)).toEqual(through(panel));
    }
  });

  it("does see the return just before the target, and the oldest of the window", () => {
    for (const date of [0, 1]) {
      const changed = {
        ...PANEL,
        coinLogReturns: PANEL.coinLogReturns.with(date * 2, 99),
      };
      expect(lookbackWindows(changed, 2).inputs[date]).toBe(99);
    }
  });

  it("has no rows while the panel is not longer than the window", () => {
    expect(lookbackWindows(PANEL, 4).target).toHaveLength(0);
    expect(lookbackWindows(PANEL, 9).inputs).toHaveLength(0);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses a look-back of %d", (lookback) => {
    expect(() => lookbackWindows(PANEL, lookback)).toThrow(
      new RangeError(`lookbackWindows: lookback must be an integer of at least 1, got ${lookback}`),
    );
  });

  it("leaves the panel unchanged", () => {
    const before = structuredClone(PANEL);
    lookbackWindows(PANEL, 2).inputs.fill(0);
    expect(PANEL).toEqual(before);
  });
});

describe("selectRows", () => {
  const windows = lookbackWindows(PANEL, 1);

  it("keeps whole rows by the date of their target", () => {
    const last = selectRows(windows, (t) => t === 3);
    expect([...last.target]).toEqual([3, 3]);
    expect([...last.coin]).toEqual([0, 1]);
    expect([...last.inputs]).toEqual([20, -120, -121, 21, -120, -121]);
    expect([...last.coinLogReturns]).toEqual([30, 31]);
    expect([...last.marketLogReturns]).toEqual([-130, -131, -130, -131]);
  });

  it("is everything or nothing if all or none pass", () => {
    expect(selectRows(windows, () => true)).toEqual(windows);
    expect(selectRows(windows, () => false).inputs).toHaveLength(0);
  });

  it("gives copies", () => {
    const before = structuredClone(windows);
    selectRows(windows, () => true).inputs.fill(0);
    expect(windows).toEqual(before);
  });
});
