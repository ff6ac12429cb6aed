/** Correlations of a panel, their table, and the shipped shifts by a day. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readDayShifts, studyDayShifts } from "../lib/src/data/day-shifts.js";
import type { PanelSource } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { correlations } from "../lib/src/panel/correlations.js";
import { returnsOf } from "../lib/src/panel/panel.js";
import { tableCorrelations } from "../lib/src/tables/correlations.js";
import { tableDayShift } from "../lib/src/tables/day-shift.js";
import { tableCsv } from "../lib/src/tables/table.js";
import { studyPanel } from "./support/helpers.js";

it("correlations are one on the diagonal, symmetric, and minus one for a series and its negative", () => {
  const values = Float64Array.of(1, 2, -1, 2, 0, -2, 4, 5, -4);
  const all = correlations({
    dates: ["2020-01-31", "2020-02-29", "2020-03-31"],
    names: ["A", "B", "C"],
    values,
  });
  expect(all[0]).toBeCloseTo(1, 12);
  expect(all[4]).toBeCloseTo(1, 12);
  expect(all[1]).toBe(all[3]);
  expect(all[2]).toBeCloseTo(-1, 12);
});

it("the table of correlations shows the lower triangle, coins first", async () => {
  const returns = returnsOf(await studyPanel());
  const { rows, columns } = tableCorrelations(returns.names, correlations(returns), "sample");
  expect(columns.map(({ key }) => key)).toEqual(["series", ...returns.names]);
  expect(rows[0]!.slice(1)).toEqual([expect.closeTo(1, 12), ...new Array(7).fill(null)]);
  expect(rows[7]!.every((cell) => cell !== null)).toBe(true);
});

it("the shipped sensitivities to a shift read back as they were written", async () => {
  const file = shippedFile("day-shift.csv");
  const shifts = await readDayShifts(file);
  expect(shifts).toHaveLength(16);
  expect(new Set(shifts.map(({ shift }) => shift))).toEqual(new Set([-1, 1]));
  const { readFileSync } = await import("node:fs");
  expect(tableCsv(tableDayShift(shifts, ""))).toBe(readFileSync(file, "utf8"));
});

it("a study's own daily prices are measured where they are cut into months, and no others", async () => {
  const folder = mkdtempSync(join(tmpdir(), "neural-beta-test-"));
  const file = join(folder, "prices.csv");
  const days = Array.from({ length: 120 }, (_, day) => new Date(Date.UTC(2021, 0, 1 + day)));
  const lines = days.map(
    (day, i) => `${day.toISOString().slice(0, 10)},${100 + ((i * 37) % 23)},${50 + ((i * 11) % 7)}`,
  );
  writeFileSync(file, `date,A,M\n${lines.join("\n")}\n`);
  const study: PanelSource = {
    returns: file,
    kind: "prices",
    frequency: "monthly",
    coins: ["A"],
    markets: ["M"],
  };
  const shifts = await studyDayShifts(study);
  expect(shifts.map(({ series, shift }) => `${series} ${shift}`)).toEqual([
    "A -1",
    "A 1",
    "M -1",
    "M 1",
  ]);
  expect(shifts.every(({ n }) => n > 1)).toBe(true);
  expect(await studyDayShifts({ ...study, frequency: "daily" })).toEqual([]);
  expect(await studyDayShifts({ ...study, kind: "returns" })).toEqual([]);
  rmSync(folder, { recursive: true });
});
