import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  dayNumber,
  isoDate,
  periodEnd,
  weekday,
} from "../lib/src/panel/calendar.js";
import {
  type DailySeries,
  lastOfPeriod,
  type PeriodSeries,
} from "../lib/src/panel/resample.js";
import { RUNS } from "./helpers.js";

const daily = (
  observations: Readonly<Record<string, number>>,
): DailySeries => ({
  days: Int32Array.from(Object.keys(observations), dayNumber),
  values: Float64Array.from(Object.values(observations)),
});

const dated = ({ ends, values }: PeriodSeries) =>
  Object.fromEntries([...ends].map((end, i) => [isoDate(end), values[i]!]));

/** A series with holes, on weekdays only or on every day of the week; a value is its day number. */
const series = fc
  .record({
    start: fc.integer({ min: 17_000, max: 18_000 }),
    kept: fc.array(fc.boolean(), { minLength: 40, maxLength: 150 }),
    weekends: fc.boolean(),
  })
  .map(({ start, kept, weekends }): DailySeries => {
    const days = kept
      // Two whole weeks at the start tell which kind of series it is.
      .flatMap((keep, i) => (keep || i < 14 ? [start + i] : []))
      .filter((day) => weekends || weekday(day) % 6 !== 0);
    return { days: Int32Array.from(days), values: Float64Array.from(days) };
  });

const frequencies = fc.constantFrom("weekly" as const, "monthly" as const);

describe("lastOfPeriod", () => {
  it("takes the last observation, dated by the last day of the period", () => {
    const prices = daily({
      "2018-01-30": 1,
      "2018-01-31": 2,
      "2018-02-01": 3,
      "2018-02-27": 4,
      "2018-03-30": 5,
    });
    expect(dated(lastOfPeriod(prices, "monthly"))).toEqual({
      "2018-01-31": 2,
      "2018-02-28": 4,
      "2018-03-31": 5,
    });
  });

  it("puts a Saturday into the week of the next Friday", () => {
    const prices = daily({
      "2018-01-05": 1,
      "2018-01-06": 2,
      "2018-01-11": 3,
      "2018-01-19": 4,
    });
    expect(dated(lastOfPeriod(prices, "weekly"))).toEqual({
      "2018-01-05": 1,
      "2018-01-12": 3,
      "2018-01-19": 4,
    });
  });

  it("keeps every observation at daily frequency", () => {
    const prices = daily({ "2018-01-05": 1, "2018-01-06": 2, "2018-01-09": 3 });
    expect(lastOfPeriod(prices, "daily")).toEqual({
      ends: prices.days,
      values: prices.values,
    });
  });

  it("drops the last month while it is partial", () => {
    const prices = daily({
      "2024-11-29": 1,
      "2024-11-30": 2,
      "2024-12-06": 3,
      "2024-12-07": 4,
    });
    expect(dated(lastOfPeriod(prices, "monthly"))).toEqual({ "2024-11-30": 2 });
  });

  it("counts a month as over on its last weekday where a series has no weekends", () => {
    // September 2018 ends on a Sunday.
    const throughFriday = { "2018-08-31": 1, "2018-09-27": 2, "2018-09-28": 3 };
    expect(dated(lastOfPeriod(daily(throughFriday), "monthly"))).toEqual({
      "2018-08-31": 1,
      "2018-09-30": 3,
    });
    const throughThursday = { "2018-08-31": 1, "2018-09-27": 2 };
    expect(dated(lastOfPeriod(daily(throughThursday), "monthly"))).toEqual({
      "2018-08-31": 1,
    });
  });

  it("waits for the last day of all where a series has weekends", () => {
    const throughFriday = { "2018-08-31": 1, "2018-09-22": 2, "2018-09-28": 3 };
    expect(dated(lastOfPeriod(daily(throughFriday), "monthly"))).toEqual({
      "2018-08-31": 1,
    });
    const throughSunday = { ...throughFriday, "2018-09-30": 4 };
    expect(dated(lastOfPeriod(daily(throughSunday), "monthly"))).toEqual({
      "2018-08-31": 1,
      "2018-09-30": 4,
    });
  });

  it("skips a period without observations", () => {
    const prices = daily({ "2018-01-31": 1, "2018-03-30": 2 });
    expect(dated(lastOfPeriod(prices, "monthly"))).toEqual({
      "2018-01-31": 1,
      "2018-03-31": 2,
    });
  });

  it("is empty for an empty series", () => {
    expect(lastOfPeriod(daily({}), "monthly")).toEqual({
      ends: new Int32Array(),
      values: new Float64Array(),
    });
  });

  it("is the slow search for the latest day of each period", () => {
    fc.assert(
      fc.property(series, frequencies, (prices, frequency) => {
        const { ends, values } = lastOfPeriod(prices, frequency);
        const searched = [...ends].map((end) =>
          Math.max(
            ...prices.days.filter((day) => periodEnd(day, frequency) === end),
          ),
        );
        expect([...values]).toEqual(searched);
        expect([...ends]).toEqual([...ends].sort((a, b) => a - b));
      }),
      RUNS,
    );
  });

  it("never changes a period that is over when later days come in", () => {
    fc.assert(
      fc.property(
        series,
        frequencies,
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (prices, frequency, share) => {
          const known = Math.floor(prices.days.length * share);
          const early = lastOfPeriod(
            {
              days: prices.days.slice(0, known),
              values: prices.values.slice(0, known),
            },
            frequency,
          );
          const late = lastOfPeriod(prices, frequency);
          // The last early period may gain an observation on its final weekend or day; those before it may not.
          const over = Math.max(0, early.ends.length - 1);
          expect(early.values.slice(0, over)).toEqual(
            late.values.slice(0, over),
          );
          expect(early.ends.slice(0, over)).toEqual(late.ends.slice(0, over));
        },
      ),
      RUNS,
    );
  });

  it("leaves its input unchanged", () => {
    const prices = daily({ "2018-01-31": 1, "2018-02-28": 2 });
    const before = structuredClone(prices);
    lastOfPeriod(prices, "weekly");
    expect(prices).toEqual(before);
  });
});
