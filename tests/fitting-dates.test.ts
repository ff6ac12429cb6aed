/** Dates of tables that have too many rows: the last one of each month, quarter or year. */

import { describe, expect, it } from "vitest";
import { fittingDates, type KeptDates } from "../lib/src/tables/fitting-dates.js";

const DAYS = ["2020-01-30", "2020-01-31", "2020-02-28", "2020-04-01", "2021-05-04"];
const kept = (most: number) =>
  [...fittingDates(DAYS, ({ size }) => size, most).kept].map((date) => date.slice(2)).join(" ");

describe("fittingDates", () => {
  it("keeps all dates that fit, else the last ones of the finest blocks that do", () => {
    expect([5, 4, 3, 2].map(kept)).toEqual([
      "20-01-30 20-01-31 20-02-28 20-04-01 21-05-04",
      "20-01-31 20-02-28 20-04-01 21-05-04",
      "20-02-28 20-04-01 21-05-04",
      "20-04-01 21-05-04",
    ]);
  });

  it("keeps years where even these are too many", () => {
    expect(kept(1)).toBe(kept(2));
  });

  it("takes dates in any order, and more than once", () => {
    const shuffled = [...DAYS.slice(2), ...DAYS.slice(0, 3)];
    expect(fittingDates(shuffled, ({ size }) => size, 3).kept).toEqual(
      new Set(["2020-02-28", "2020-04-01", "2021-05-04"]),
    );
  });

  it("fits 150,000 rows without being told, and says what it leaves out", () => {
    const rows = (each: number) => (some: KeptDates) => each * some.size;
    expect(fittingDates(DAYS, rows(30_000)).left).toEqual([]);
    expect(fittingDates(DAYS, rows(30_001)).left).toEqual([
      "Rows are of the last date of each month: all dates have 150,005 rows, more than 150,000.",
    ]);
  });
});
