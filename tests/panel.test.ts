/** Parts of a panel: markets, periods, returns and names. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { panelThrough } from "../lib/src/panel/cut.js";
import {
  column,
  marketNames,
  onePair,
  panelOf,
  returnsOf,
  selectMarkets,
  seriesOf,
} from "../lib/src/panel/panel.js";
import { mergedSeries, selectSeries } from "../lib/src/panel/series.js";
import type { DatedSeries, Panel } from "../lib/src/types.js";
import { RUNS } from "./support/helpers.js";

const RETURNS: DatedSeries = {
  dates: ["2018-01-31", "2018-02-28"],
  names: ["GOLD", "BTC", "FIAT", "ETH"],
  values: Float64Array.of(1, 2, 3, 4, 10, 20, 30, 40),
};

const PANEL: Panel = {
  frequency: "monthly",
  dates: RETURNS.dates,
  coins: ["BTC", "ETH"],
  markets: ["FIAT", "GOLD"],
  coinLogReturns: Float64Array.of(2, 4, 20, 40),
  marketLogReturns: Float64Array.of(3, 1, 30, 10),
};

const panels = fc
  .record({
    T: fc.nat({ max: 5 }),
    N: fc.integer({ min: 1, max: 4 }),
    K: fc.integer({ min: 1, max: 4 }),
  })
  .chain(({ T, N, K }) =>
    fc.record({
      coins: fc.constant(Array.from({ length: N }, (_, i) => `C${i}`)),
      markets: fc.constant(Array.from({ length: K }, (_, k) => `M${k}`)),
      values: fc.float64Array({
        minLength: T * (N + K),
        maxLength: T * (N + K),
      }),
      dates: fc.constant(Array.from({ length: T }, (_, t) => `20${10 + t}`)),
    }),
  );

describe("marketNames", () => {
  it("splits a market set at its plus signs, in order", () => {
    expect(marketNames("FIAT")).toEqual(["FIAT"]);
    expect(marketNames("GOLD+FIAT+ENERGY")).toEqual(["GOLD", "FIAT", "ENERGY"]);
  });
});

describe("panelOf", () => {
  it("takes coins and markets by name, in the order asked for", () => {
    expect(
      panelOf(RETURNS, { frequency: "monthly", coins: ["BTC", "ETH"], markets: ["FIAT", "GOLD"] }),
    ).toEqual(PANEL);
  });

  it("refuses a name that is not there, and says which are", () => {
    expect(() =>
      panelOf(RETURNS, { frequency: "monthly", coins: ["BTC", "XRP"], markets: [] }),
    ).toThrow(
      new RangeError(
        "panelOf: there is no series XRP, there are GOLD, BTC, FIAT, ETH; name one of these",
      ),
    );
  });
});

describe("panelThrough", () => {
  const later: Panel = {
    ...PANEL,
    dates: [...PANEL.dates, "2018-03-31"],
    coinLogReturns: Float64Array.of(2, 4, 20, 40, 200, 400),
    marketLogReturns: Float64Array.of(3, 1, 30, 10, 300, 100),
  };
  const none: Panel = {
    ...PANEL,
    dates: [],
    coinLogReturns: new Float64Array(),
    marketLogReturns: new Float64Array(),
  };

  it.each([
    ["a day of the panel", "2018-02-28", PANEL],
    ["a month", "2018-02", PANEL],
    ["a day after the month's end", "2018-03-30", PANEL],
    ["the last day", "2018-03-31", later],
    ["a month after the panel", "2030-01", later],
    ["a day before the panel", "2018-01-30", none],
    ["a month before the panel", "2017-12", none],
  ])("keeps the dates through %s, inclusive", (_, date, expected) => {
    expect(panelThrough(later, date)).toEqual(expected);
  });

  it("cuts predictors too", () => {
    const predictors = {
      names: ["P", "Q", "R"],
      values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
    };
    expect(panelThrough({ ...later, predictors }, "2018-02")).toEqual({
      ...PANEL,
      predictors: { ...predictors, values: predictors.values.slice(0, 6) },
    });
  });

  it("is the same whether the panel is cut once or twice", () => {
    expect(panelThrough(panelThrough(later, "2018-02"), "2018-03")).toEqual(
      panelThrough(later, "2018-02"),
    );
  });

  it("leaves the panel unchanged", () => {
    const before = structuredClone(later);
    panelThrough(later, "2018-01");
    expect(later).toEqual(before);
  });
});

describe("returnsOf", () => {
  it("puts the coins first", () => {
    expect(returnsOf(PANEL)).toEqual({
      dates: PANEL.dates,
      names: ["BTC", "ETH", "FIAT", "GOLD"],
      values: Float64Array.of(2, 4, 3, 1, 20, 40, 30, 10),
    });
  });

  it("is the inverse of panelOf", () => {
    fc.assert(
      fc.property(panels, ({ dates, coins, markets, values }) => {
        const returns = { dates, names: [...coins, ...markets], values };
        expect(returnsOf(panelOf(returns, { frequency: "monthly", coins, markets }))).toEqual(
          returns,
        );
      }),
      RUNS,
    );
  });
});

describe("selectMarkets", () => {
  it("keeps some markets in the order asked for, and the coins as they are", () => {
    const gold = selectMarkets(PANEL, ["GOLD"]);
    expect(gold.markets).toEqual(["GOLD"]);
    expect(gold.marketLogReturns).toEqual(Float64Array.of(1, 10));
    expect(gold.coinLogReturns).toEqual(PANEL.coinLogReturns);
    const turned = selectMarkets(PANEL, ["GOLD", "FIAT"]);
    expect(turned.marketLogReturns).toEqual(Float64Array.of(1, 3, 10, 30));
  });

  it("changes nothing when all markets are named, and undoes itself", () => {
    fc.assert(
      fc.property(panels, ({ dates, coins, markets, values }) => {
        const returns = { dates, names: [...coins, ...markets], values };
        const panel = panelOf(returns, { frequency: "weekly", coins, markets });
        expect(selectMarkets(panel, markets)).toEqual(panel);
        const turned = selectMarkets(panel, [...markets].reverse());
        expect(selectMarkets(turned, markets)).toEqual(panel);
      }),
      RUNS,
    );
  });

  it("refuses a coin as a market", () => {
    expect(() => selectMarkets(PANEL, ["BTC"])).toThrow(
      new RangeError(
        "selectMarkets: there is no market BTC, there are FIAT, GOLD; name one of these",
      ),
    );
  });

  it("leaves the panel unchanged", () => {
    const before = structuredClone(PANEL);
    selectMarkets(PANEL, ["GOLD"]).marketLogReturns.fill(0);
    expect(PANEL).toEqual(before);
  });
});

describe("column and seriesOf", () => {
  it("read one series, by position and by name", () => {
    expect(column(RETURNS.values, 4, 2)).toEqual(Float64Array.of(3, 30));
    expect(seriesOf(RETURNS, "FIAT")).toEqual(Float64Array.of(3, 30));
  });

  it("give a copy", () => {
    seriesOf(RETURNS, "GOLD").fill(0);
    expect(RETURNS.values[0]).toBe(1);
  });

  it("refuse a series that is not there", () => {
    expect(() => seriesOf(RETURNS, "SILVER")).toThrow(
      new RangeError(
        "seriesOf: there is no series SILVER, there are GOLD, BTC, FIAT, ETH; name one of these",
      ),
    );
  });
});

describe("selectSeries", () => {
  it("gives series in the order asked for, on the same dates", () => {
    expect(selectSeries(RETURNS, ["FIAT", "GOLD"])).toEqual({
      dates: RETURNS.dates,
      names: ["FIAT", "GOLD"],
      values: Float64Array.of(3, 1, 30, 10),
    });
  });

  it("refuses a series that is not there", () => {
    expect(() => selectSeries(RETURNS, ["SILVER"])).toThrow(
      new RangeError(
        "selectSeries: there is no series SILVER, there are GOLD, BTC, FIAT, ETH; name one of these",
      ),
    );
  });
});

describe("onePair", () => {
  it("is one coin and one market by months from 2000-01", () => {
    const panel = onePair(Array(14).fill(0.02), Array(14).fill(0.01));
    expect(panel.coins).toEqual(["COIN"]);
    expect(panel.markets).toEqual(["MARKET"]);
    expect(panel.dates.slice(0, 3)).toEqual(["2000-01-31", "2000-02-29", "2000-03-31"]);
    expect(panel.dates.at(-1)).toBe("2001-02-28");
  });

  it("refuses series of different lengths", () => {
    expect(() => onePair([1, 2], [1])).toThrow(
      new RangeError(
        "onePair: arrays must have one length, but coinLogReturns has 2, marketLogReturns has 1",
      ),
    );
  });
});

describe("mergedSeries", () => {
  const dated = (dates: string[], names: string[], values: number[]): DatedSeries => ({
    dates,
    names,
    values: Float64Array.from(values),
  });

  it("has the series of both on the dates of both", () => {
    const merged = mergedSeries(
      dated(["2020-01-31", "2020-02-29", "2020-03-31"], ["A", "B"], [1, 2, 3, 4, 5, 6]),
      dated(["2020-02-29", "2020-03-31", "2020-04-30"], ["C"], [7, 8, 9]),
    );
    expect(merged).toEqual(
      dated(["2020-02-29", "2020-03-31"], ["A", "B", "C"], [3, 4, 7, 5, 6, 8]),
    );
  });

  it("refuses series of two frequencies, though some of their dates are the same", () => {
    const weeks = ["2018-08-17", "2018-08-24", "2018-08-31", "2018-09-07"];
    const months = ["2018-07-31", "2018-08-31"];
    expect(() =>
      mergedSeries(dated(months, ["A"], [1, 2]), dated(weeks, ["B"], [1, 2, 3, 4])),
    ).toThrow(
      new RangeError(
        "mergedSeries: both must have one frequency, but one is monthly, the other weekly; resample one of them",
      ),
    );
  });

  it("refuses series that share no date", () => {
    expect(() =>
      mergedSeries(dated(["2020-01-31"], ["A"], [1]), dated(["2020-01-24"], ["B"], [2])),
    ).toThrow(
      new RangeError(
        "mergedSeries: both must share a date, but one has 2020-01-31 to 2020-01-31, the other 2020-01-24 to 2020-01-24; take series of one frequency",
      ),
    );
  });
});
