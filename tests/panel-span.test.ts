/** Dates that markets share, missing periods, and gaps of coins, on a panel of six months. */

import { describe, expect, it } from "vitest";
import { checkGaps, checkPeriods, withinMarkets } from "../lib/src/data/panel-span.js";
import type { Frequency } from "../lib/src/types.js";

const dates = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30"].map((end) => `2021-${end}`);
const dated = (names: readonly string[], columns: readonly (readonly number[])[]) => ({
  dates,
  names,
  values: Float64Array.from(dates.flatMap((_, t) => columns.map((own) => own[t]!))),
});

describe("withinMarkets", () => {
  const coin = [1, 2, 3, 4, 5, 6];
  const x = [NaN, NaN, 3, NaN, 5, NaN];
  const y = [NaN, 2, 3, 4, 5, 6];
  const all = dated(["A", "X", "Y"], [coin, x, y]);

  it("keeps what lies from the first to the last date of all markets, and names who lacks the rest", () => {
    const { kept, edges } = withinMarkets(all, { markets: ["X", "Y"] });
    expect(kept.dates).toEqual(dates.slice(2, 5));
    expect([...kept.values]).toEqual([3, 3, 3, 4, NaN, 4, 5, 5, 5]);
    expect(edges.map(({ series, from, through }) => [series, from, through])).toEqual([
      ["X, Y", dates[0], dates[1]],
      ["X", dates[5], dates[5]],
    ]);
  });

  it("keeps to the range, and has no edges where nothing is missing", () => {
    const range = { from: "2021-02", through: "2021-04" };
    const { kept, edges } = withinMarkets(all, { markets: ["Y"], range });
    expect([kept.dates, edges]).toEqual([dates.slice(1, 4), []]);
    const inner = withinMarkets(all, { markets: ["X"], range });
    expect(inner.kept.dates).toEqual([dates[2]]);
    expect(inner.edges.map(({ from, through }) => [from, through])).toEqual([
      [dates[1], dates[1]],
      [dates[3], dates[3]],
    ]);
  });

  it("keeps nothing where the markets share no date", () => {
    const none = dated(["A", "X"], [coin, coin.map(() => NaN)]);
    const { kept, edges } = withinMarkets(none, { markets: ["X"] });
    expect(kept.dates).toEqual([]);
    expect(kept.values).toHaveLength(0);
    expect(edges.map(({ from, through }) => [from, through])).toEqual([[dates[0], dates[5]]]);
  });
});

describe("checkPeriods", () => {
  const check = (own: readonly string[], frequency: Frequency) => () =>
    checkPeriods("made.csv", own, frequency);

  it("accepts each end of a period once", () => {
    expect(check(dates, "monthly")).not.toThrow();
    expect(check(["2021-01-01", "2021-01-08"], "weekly")).not.toThrow();
    expect(check(["2021-01-01", "2021-01-04", "2021-01-05", "2021-01-08"], "daily")).not.toThrow();
    expect(check(["2021-01-01"], "daily")).not.toThrow();
  });

  it("names the line of a date that ends no period, and of one that follows a hole", () => {
    expect(check([dates[0]!, "2021-02-27"], "monthly")).toThrow(
      `made.csv:3: must be 2021-02-28, the period after 2021-01-31, but is 2021-02-27`,
    );
    expect(check(["2021-01-30", dates[1]!], "monthly")).toThrow(
      "made.csv:2: date 2021-01-30 must end a period of the study's frequency, monthly, which is 2021-01-31",
    );
    expect(check([dates[0]!, dates[1]!, dates[3]!], "monthly")).toThrow(
      "made.csv:4: must be 2021-03-31, the period after 2021-02-28, but is 2021-04-30",
    );
    expect(check(["2021-01-01", "2021-01-15"], "weekly")).toThrow("made.csv:3: must be 2021-01-08");
  });

  it("asks daily dates of a daily study", () => {
    expect(check(dates, "daily")).toThrow(
      "made.csv: dates must be daily, the study's frequency, but they are monthly (2021-01-31, 2021-02-28, 2021-03-31 …)",
    );
    expect(check(["2019-12-31", "2020-12-31", "2021-12-31"], "daily")).toThrow(
      "they are rarer than monthly",
    );
  });
});

describe("checkGaps", () => {
  const check = (own: readonly number[]) => () =>
    checkGaps("made.csv", {
      kept: dated(["X", "A"], [[1, 2, 3, 4, 5, 6], own]),
      names: ["X", "A"],
      line: (date) => dates.indexOf(date) + 2,
    });

  it("lets a series begin late and end early", () => {
    expect(check([1, 2, 3, 4, 5, 6])).not.toThrow();
    expect(check([NaN, NaN, 3, 4, NaN, NaN])).not.toThrow();
    expect(check([NaN, NaN, NaN, NaN, NaN, 6])).not.toThrow();
  });

  it("names the first date without a return in between", () => {
    expect(check([NaN, 2, NaN, NaN, 5, NaN])).toThrow(
      "made.csv:4: A has no return on 2021-03-31, between its first and its last",
    );
    expect(check([1, 2, 3, 4, NaN, 6])).toThrow("made.csv:6: A has no return on 2021-05-31");
    expect(check(dates.map(() => NaN))).toThrow(
      "made.csv: A has no return from 2021-01-31 to 2021-06-30",
    );
  });
});
