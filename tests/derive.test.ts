/** Which files the panel is derived into, and which gaps of a source they allow. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { derivedDayShifts, derivePanel } from "../lib/src/data/derive.js";
import type { PriceSource, Sources } from "../lib/src/data/published-files.js";
import { level, RAW_LINES, sourcesThrough } from "./support/made-up.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
/** A copy of the market without the days that are left out. */
const copy = (name: string, gone: (date: string) => boolean) =>
  write(
    join(folder, name),
    RAW_LINES["market.csv"]!.filter((line) => !gone(line.slice(0, 10))).join("\n"),
  );
for (const [name, lines] of Object.entries(RAW_LINES)) write(join(folder, name), lines.join("\n"));
copy("no-week.csv", (date) => date > "2021-03-05" && date <= "2021-03-12");
copy("no-month.csv", (date) => date.startsWith("2021-03"));
copy("no-day.csv", (date) => date === "2021-03-10");

const sources = sourcesThrough("2021-05");
const [coin, market] = sources.series as [PriceSource, PriceSource];
const filesOf = async (more: Partial<Sources> = {}) => {
  const files = await derivePanel(folder, { ...sources, ...more });
  return Object.fromEntries(files.map((file) => [file.name, file]));
};
const change = (from: string, to: string, step: number) =>
  Math.log(level(to, step) / level(from, step));

describe("derivePanel", () => {
  it("has no file of funds where there are none", async () => {
    const names = Object.keys(await filesOf({ funds: [] }));
    expect(names.filter((name) => name.startsWith("funds"))).toEqual([]);
    expect(names).toHaveLength(7);
  });

  it("wants every week of the funds, and not every day", async () => {
    const fund = (file: string) => filesOf({ funds: [{ ...market, file }] });
    await expect(fund("no-week.csv")).rejects.toThrow(
      "funds-weekly.csv: must have a return for 2021-03-12, but MARKET (no-week.csv) has none",
    );
    const days = (await fund("no-day.csv"))["funds-daily.csv"]!.dates;
    expect(days).toContain("2021-03-11");
    expect(days).not.toContain("2021-03-10");
  });

  it("does not want every month of what the report used", async () => {
    const { dates } = (await filesOf({ replication: [{ ...market, file: "no-month.csv" }] }))[
      "replication.csv"
    ]!;
    // March has no price, and April none before it.
    expect(dates).toEqual(["2021-01-31", "2021-02-28", "2021-05-31"]);
  });

  it("has the days of a note by two calendars: from common days, and from each series' own", async () => {
    const range = { from: "2021-01-08", through: "2021-01-12" };
    const files = await filesOf({ note: { range, series: [coin, market] } });
    const [common, own] = [files["imf-daily.csv"]!, files["imf-own-daily.csv"]!];
    const dates = ["2021-01-08", "2021-01-11", "2021-01-12"];
    expect([common.dates, own.dates]).toEqual([dates, dates]);
    // Monday, 11 January: the coin has a price on Sunday, the market on Friday.
    const ofMarket = change("2021-01-08", "2021-01-11", 3);
    expect([...common.values.slice(2, 4)]).toEqual([
      change("2021-01-08", "2021-01-11", 5),
      ofMarket,
    ]);
    expect([...own.values.slice(2, 4)]).toEqual([change("2021-01-10", "2021-01-11", 5), ofMarket]);
  });

  it("allows days that the series of a note lack", async () => {
    const range = { from: "2021-03-08", through: "2021-03-12" };
    const series = [coin, { ...market, file: "no-day.csv" }];
    const files = await filesOf({ note: { range, series } });
    const dates = ["2021-03-08", "2021-03-09", "2021-03-11", "2021-03-12"];
    expect(files["imf-daily.csv"]!.dates).toEqual(dates);
    expect(files["imf-own-daily.csv"]!.dates).toEqual(dates);
  });

  it("has earlier factors through their vintage, where their file is at hand", async () => {
    const name = "factors-monthly-2021-03.csv";
    const earlier = { ...sources.factors.monthly, vintage: "2021-03" };
    const files = await filesOf({ earlierFactors: earlier });
    expect(files[name]!.dates).toEqual(["2021-01-31", "2021-02-28", "2021-03-31"]);
    const absent = await filesOf({ earlierFactors: { ...earlier, file: "absent.csv" } });
    expect(absent).not.toHaveProperty(name);
    expect(Object.keys(absent)).toEqual(Object.keys(await filesOf()));
  });
});

it("derivedDayShifts has both shifts of every series", async () => {
  const shifts = await derivedDayShifts(folder, sources);
  expect(shifts.map(({ series, shift, n }) => [series, shift, n])).toEqual([
    ["COIN", -1, 5],
    ["COIN", 1, 5],
    ["MARKET", -1, 5],
    ["MARKET", 1, 5],
  ]);
});
