/** Returns of periods that end a day earlier or later. */

import { describe, expect, it } from "vitest";
import { dayNumber, weekday } from "../lib/src/panel/calendar.js";
import { dayShifts } from "../lib/src/panel/day-shift.js";
import { type DailySeries, lastOfPeriod } from "../lib/src/panel/resample.js";
import { logReturns } from "../lib/src/panel/returns.js";
import { correlation } from "../lib/src/stats/correlation.js";
import { tableDayShift } from "../lib/src/tables/day-shift.js";
import { tableCsv } from "../lib/src/tables/table.js";

/** Days from 1 January 2021; a price from its index. */
const every = (n: number, price: (i: number) => number, weekends = true): DailySeries => {
  const first = dayNumber("2021-01-01");
  const all = Array.from({ length: n }, (_, i) => first + i);
  const days = all.filter((day) => weekends || weekday(day) % 6 !== 0);
  return {
    days: Int32Array.from(days),
    values: Float64Array.from(days, (day) => price(day - first)),
  };
};
const wave = (i: number) => 100 + 30 * Math.sin(i * i);

describe("dayShifts", () => {
  it("finds no difference in prices that grow by the same rate every day", () => {
    const steady = every(200, (i) => Math.exp(0.01 * i));
    for (const row of dayShifts({ steady }, "weekly")) {
      expect(row.n).toBeGreaterThan(20);
      expect(row.rmsReturn).toBeCloseTo(0.07, 12);
      expect(row.rmsDifference).toBeLessThan(1e-12);
    }
  });

  it("compares with the returns of periods cut a day earlier and a day later", () => {
    const prices = every(120, wave);
    const [earlier, later] = dayShifts({ A: { ...prices, clock: "24:00 UTC" } }, "weekly");
    // Weeks to Thursday and to Saturday, in place of weeks to Friday.
    const returns = (weekEnd: 4 | 5 | 6) => {
      const { ends, values } = logReturns(lastOfPeriod(prices, "weekly", weekEnd), "weekly");
      return new Map([...ends].map((end, i) => [end, values[i]!]));
    };
    const friday = returns(5);
    for (const [row, shifted, days] of [
      [earlier!, returns(4), -1],
      [later!, returns(6), 1],
    ] as const) {
      const ends = [...friday.keys()].filter((end) => shifted.has(end + days));
      const own = ends.map((end) => friday.get(end)!);
      const other = ends.map((end) => shifted.get(end + days)!);
      // 1 January 2021 is a Friday: no Thursday before it, so that the earlier weeks have one return less.
      expect(row).toMatchObject({
        series: "A",
        clock: "24:00 UTC",
        shift: days,
        n: ends.length,
      });
      expect(row.correlation).toBeCloseTo(correlation(own, other), 12);
      const largest = Math.max(...own.map((r, i) => Math.abs(r - other[i]!)));
      expect(row.largest).toBeCloseTo(largest, 12);
    }
  });

  it("moves a fund that does not trade at weekends less than a coin that does", () => {
    const [coin, fund] = [every(2000, wave), every(2000, wave, false)];
    const rows = dayShifts({ coin, fund }, "monthly");
    const later = rows.filter(({ shift }) => shift === 1);
    // Where the next day is a Saturday or Sunday, the fund's price is that of the month's last day.
    const changed = (series: DailySeries) =>
      series.days.filter((day, i) => series.days[i + 1] === day + 1).length / series.days.length;
    expect(changed(fund)).toBeLessThan(changed(coin));
    expect(later[1]!.rmsDifference / later[1]!.rmsReturn).toBeLessThan(
      later[0]!.rmsDifference / later[0]!.rmsReturn,
    );
  });

  it("has nothing to compare where there is one observation a period", () => {
    const monthly: DailySeries = {
      days: Int32Array.from(["2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30"], dayNumber),
      values: Float64Array.of(1, 2, 3, 4),
    };
    expect(dayShifts({ monthly }, "monthly")[0]).toMatchObject({
      n: 0,
      correlation: NaN,
      largest: NaN,
      largestDate: "",
    });
  });

  it("takes the last price of a series for the period that ends the day before", () => {
    // Friday, 1 January, to Saturday, 9 January, and to the Friday before it.
    const [, later] = dayShifts({ A: every(9, wave) }, "weekly");
    expect(later).toMatchObject({ n: 1, largestDate: "2021-01-08" });
    const move = Math.log(wave(8) / wave(1)) - Math.log(wave(7) / wave(0));
    expect(later!.largest).toBeCloseTo(Math.abs(move), 12);
    expect(dayShifts({ A: every(8, wave) }, "weekly")[1]!.n).toBe(0);
  });

  it("takes the only price of a week before its last day", () => {
    const dates = ["2021-01-01", "2021-01-06", "2021-01-08", "2021-01-13", "2021-01-15"];
    const prices = {
      days: Int32Array.from(dates, dayNumber),
      values: Float64Array.of(1, 2, 4, 3, 5),
    };
    const [earlier] = dayShifts({ A: prices }, "weekly");
    expect([earlier!.n, earlier!.largestDate]).toEqual([1, "2021-01-15"]);
    expect(earlier!.largest).toBeCloseTo(Math.log(3 / 2) - Math.log(5 / 4), 12);
  });

  it("keeps to the range", () => {
    const range = { from: "2021-02", through: "2021-03" };
    const rows = dayShifts({ A: every(200, wave) }, "monthly", { range });
    expect(rows.map(({ n }) => n)).toEqual([2, 2]);
    expect(rows[0]!.largestDate >= "2021-02").toBe(true);
  });
});

describe("correlation", () => {
  it("is 1 of a line, -1 of a falling one, 0 of a cross", () => {
    expect(correlation([1, 2, 4], [3, 5, 9])).toBeCloseTo(1, 15);
    expect(correlation([1, 2, 4], [-3, -5, -9])).toBeCloseTo(-1, 15);
    expect(correlation([1, -1, 0, 0], [0, 0, 1, -1])).toBe(0);
  });

  it("is that of numpy 2.4.6 for a made-up sample", () => {
    // numpy.corrcoef([0.1, -0.2, 0.35, 0.05, -0.4], [1.2, -0.3, 2.5, 0.1, 0.4])[0, 1]
    expect(correlation([0.1, -0.2, 0.35, 0.05, -0.4], [1.2, -0.3, 2.5, 0.1, 0.4])).toBeCloseTo(
      0.7650053299914364,
      14,
    );
  });

  it("is NaN for a constant side, and for fewer than two values", () => {
    expect(correlation([1, 1], [1, 2])).toBeNaN();
    expect(correlation([1], [2])).toBeNaN();
    expect(correlation([], [])).toBeNaN();
  });

  it("refuses sides of two lengths", () => {
    expect(() => correlation([1, 2], [1])).toThrow(RangeError);
  });
});

describe("tableDayShift", () => {
  it("has a row per series and shift, with full precision in files", () => {
    const rows = dayShifts({ A: every(120, (i) => Math.exp(0.01 * i)) }, "monthly");
    const table = tableDayShift(rows, "monthly");
    expect(table.id).toBe("day-shift");
    expect(tableCsv(table).split("\n")[0]).toBe(
      "series,clock,shift,n,correlation,rmsDifference,rmsReturn,largest,largestDate",
    );
    expect(table.rows.map((row) => row.slice(0, 4))).toEqual([
      ["A", null, -1, rows[0]!.n],
      ["A", null, 1, rows[1]!.n],
    ]);
  });
});
