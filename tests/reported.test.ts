/** The report's printed values against ours, to its last decimal. */

import { describe, expect, it } from "vitest";
import { compareReported } from "../lib/src/report/reported.js";
import type { DatedSeries } from "../lib/src/types.js";

const dated = (
  dates: readonly string[],
  columns: Readonly<Record<string, readonly number[]>>,
): DatedSeries => ({
  dates,
  names: Object.keys(columns),
  values: Float64Array.from(dates.flatMap((_, t) => Object.values(columns).map((c) => c[t]!))),
});

const JANUARY = ["2018-01-31"];
const TWO = ["2018-01-31", "2018-02-28"];

describe("compareReported", () => {
  it("takes absolute differences on the printed dates, series by series", () => {
    const printed = dated(TWO, { BTC: [0.1, -0.2], FIAT: [0.5, 0.5] });
    const ours = dated(["2017-12-31", ...TWO, "2018-03-31"], {
      FIAT: [9, 0.5, 0.25, 9],
      BTC: [9, 0.3, -0.6, 9],
    });
    const [btc, fiat] = compareReported(printed, ours);
    expect(btc).toEqual({
      series: "BTC",
      differences: [expect.closeTo(0.2, 12), expect.closeTo(0.4, 12)],
      n: 2,
      largest: expect.closeTo(0.4, 12),
      agrees: false,
    });
    expect(fiat!.differences).toEqual([0, 0.25]);
  });

  it.each([
    ["agrees with an equal value", 0.1234, 0.1234, true],
    ["agrees within half a unit of the fourth decimal", 0.1234, 0.12344, true],
    ["agrees at half a unit", 0.1234, 0.12345, true],
    ["agrees at half a unit below zero too", -0.1234, -0.12345, true],
    ["disagrees beyond half a unit", 0.1234, 0.123451, false],
    ["disagrees with the other sign", 0.1234, -0.1234, false],
  ])("%s", (_, printed, ours, agrees) => {
    const [comparison] = compareReported(
      dated(JANUARY, { BTC: [printed] }),
      dated(JANUARY, { BTC: [ours] }),
    );
    expect(comparison!.agrees).toBe(agrees);
  });

  it("agrees only if every date does", () => {
    const [comparison] = compareReported(
      dated(TWO, { BTC: [0.1, 0.2] }),
      dated(TWO, { BTC: [0.1, 0.3] }),
    );
    expect(comparison!.agrees).toBe(false);
  });

  it("is NaN where either has no value, and counts the dates that have both", () => {
    const three = [...TWO, "2018-03-31"];
    const [comparison] = compareReported(
      dated(three, { BTC: [0.1, Number.NaN, 0.3] }),
      dated(TWO, { BTC: [0.1, 0.2] }),
    );
    expect(comparison).toEqual({
      series: "BTC",
      differences: [0, Number.NaN, Number.NaN],
      n: 1,
      largest: 0,
      agrees: true,
    });
  });

  it("says of a series that nobody recomputed that it does not agree", () => {
    const [comparison] = compareReported(
      dated(JANUARY, { BCH: [0.1] }),
      dated(JANUARY, { BTC: [0.1] }),
    );
    expect(comparison).toEqual({
      series: "BCH",
      differences: [Number.NaN],
      n: 0,
      largest: Number.NaN,
      agrees: false,
    });
  });

  it("leaves its inputs unchanged", () => {
    const [printed, ours] = [dated(JANUARY, { BTC: [0.1] }), dated(JANUARY, { BTC: [0.2] })];
    const before = structuredClone([printed, ours]);
    compareReported(printed, ours);
    expect([printed, ours]).toEqual(before);
  });
});
