/** Halvings, months of stress, and the dates after them. */

import { describe, expect, it } from "vitest";
import { dayNumber } from "../lib/src/panel/calendar.js";
import { datesAfter, HALVINGS, stressDates } from "../lib/src/panel/events.js";
import { onePair } from "../lib/src/panel/panel.js";
import { seededPanel, studyPanel } from "./support/helpers.js";

describe("HALVINGS", () => {
  it("are days of the calendar, in order, about four years apart", () => {
    const days = HALVINGS.map(dayNumber);
    expect(days.every(Number.isInteger)).toBe(true);
    for (let i = 1; i < days.length; i++) {
      const years = (days[i]! - days[i - 1]!) / 365.25;
      expect(years).toBeGreaterThan(3.5);
      expect(years).toBeLessThan(4);
    }
  });
  it("have those of May 2020 and April 2024", () => {
    expect(HALVINGS.slice(-2)).toEqual(["2020-05-11", "2024-04-20"]);
  });
});

describe("stressDates", () => {
  const ten = onePair(
    Array(10).fill(0),
    [0.01, -0.09, 0.02, 0.03, -0.05, 0.04, 0.05, 0.06, 0.07, 0.08],
  );
  it("are the dates of a market's lowest returns, in time", () => {
    expect(stressDates(ten, "MARKET", 0.1)).toEqual(["2000-02-29"]);
    expect(stressDates(ten, "MARKET", 0.2)).toEqual(["2000-02-29", "2000-05-31"]);
    expect(stressDates(ten, "MARKET", 1)).toEqual(ten.dates);
  });

  it("are at least one date: the lowest return is at its own quantile", () => {
    expect(stressDates(ten, "MARKET", 0)).toEqual(["2000-02-29"]);
  });

  it("look at the named market alone", () => {
    const panel = seededPanel(20, ["A"], ["X", "Y"]);
    const lowest = (k: number) =>
      panel.dates.reduce((low, date, t) =>
        panel.marketLogReturns[2 * t + k]! <
        panel.marketLogReturns[2 * panel.dates.indexOf(low) + k]!
          ? date
          : low,
      );
    expect(stressDates(panel, "X", 0)).toEqual([lowest(0)]);
    expect(stressDates(panel, "Y", 0)).toEqual([lowest(1)]);
    expect(lowest(0)).not.toBe(lowest(1));
  });

  it("find March 2020 in the study's panel", async () => {
    const dates = stressDates(await studyPanel(), "EQUITY", 0.1);
    expect(dates).toContain("2020-03-31");
    expect(dates).toHaveLength(9);
  });

  it("refuse a market that the panel has not, and a share that is none", () => {
    expect(() => stressDates(ten, "EQUITY", 0.1)).toThrow(
      "marketReturns: there is no market EQUITY, there are MARKET; name one of these",
    );
    for (const share of [-0.1, 1.1, Number.NaN])
      expect(() => stressDates(ten, "MARKET", share)).toThrow(
        `stressDates: share must lie from 0 to 1, got ${share}`,
      );
  });
});

describe("datesAfter", () => {
  const months = ["2020-04-30", "2020-05-11", "2020-05-31", "2021-05-11", "2021-05-31"];
  it("begin the day after an event and end so many days after it", () => {
    expect(datesAfter(months, ["2020-05-11"], 365)).toEqual(["2020-05-31", "2021-05-11"]);
  });
  it("are those after any of several events, each once", () => {
    expect(datesAfter(months, ["2020-04-29", "2020-05-11"], 30)).toEqual([
      "2020-04-30",
      "2020-05-11",
      "2020-05-31",
    ]);
  });
  it("are none without an event", () => {
    expect(datesAfter(months, [], 365)).toEqual([]);
  });
});
