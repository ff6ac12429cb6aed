/** The derived panel: from published files to the files that a study reads. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { compoundedFactors, wholePeriods } from "../panel/compound.js";
import { type DayShift, dayShifts } from "../panel/day-shift.js";
import { DataError, type DateRange } from "../types.js";
import { dailyPrices } from "./daily-prices.js";
import { type DerivedFile, factorsFile, returnsFile } from "./derived-file.js";
import {
  type FactorSource,
  type PriceSource,
  priceInput,
  type Sources,
} from "./published-files.js";
import { type FactorFile, readFactorFile } from "./readers/ken-french.js";
import type { PriceSeries } from "./readers/prices.js";

/**
 * All derived files, in memory: nothing is written, so that a bad source leaves the old panel as it is.
 *
 * @param folder where the raw files lie
 * @throws DataError naming file, line and remedy if a source cannot be used
 * @example
 * const { note, ...sources } = readSources(shippedFile("sources.json"));
 * const range = { from: "2018-02", through: "2018-03" };
 * const files = await derivePanel(folder, {
 *   ...sources,
 *   range,
 *   factorRange: range,
 *   dailyRange: { from: "2018-02-01", through: "2018-02-07" },
 *   replicationRange: range,
 *   series: [{ ...sources.series[0]!, file: "BTC-USD.csv" }],
 *   funds: [],
 *   replication: [],
 *   factors: {
 *     monthly: { ...sources.factors.monthly, file: "F-F_Research_Data_5_Factors_2x3.csv" },
 *     daily: { ...sources.factors.daily, file: "F-F_Research_Data_5_Factors_2x3_daily.csv" },
 *   },
 * });
 * files.map(({ name, dates }) => [name, dates.length]);
 * // [["monthly.csv", 2], ["weekly.csv", 9], ["daily.csv", 7], ["factors-monthly.csv", 2], ["factors-weekly.csv", 9],
 * // ["factors-daily.csv", 7], ["replication.csv", 0]]
 */
export async function derivePanel(folder: string, sources: Sources): Promise<DerivedFile[]> {
  const { series, funds, factors } = sources;
  const monthlyFactors = await factorFile(folder, factors.monthly, "monthly");
  const dailyFactors = await factorFile(folder, factors.daily, "daily");
  const weeklyFactors = compoundedFactors(dailyFactors, "weekly");
  const prices = await pricesOf(folder, series);
  const fundPrices = await pricesOf(folder, funds);
  const replication = await pricesOf(folder, sources.replication);
  const { range, factorRange, dailyRange } = sources;
  const wholeWeeks = wholePeriods(weeklyFactors.dates, dailyFactors.dates, "weekly");
  return [
    returnsFile(series, prices, {
      name: "monthly.csv",
      frequency: "monthly",
      range,
      complete: true,
    }),
    returnsFile(series, prices, {
      name: "weekly.csv",
      frequency: "weekly",
      range,
      complete: true,
    }),
    returnsFile(series, prices, {
      name: "daily.csv",
      frequency: "daily",
      range: dailyRange,
      complete: false,
    }),
    factorsFile(monthlyFactors, new Set(monthlyFactors.dates), {
      name: "factors-monthly.csv",
      frequency: "monthly",
      range: factorRange,
      source: factors.monthly,
    }),
    factorsFile(weeklyFactors, wholeWeeks, {
      name: "factors-weekly.csv",
      frequency: "weekly",
      range,
      source: factors.daily,
    }),
    factorsFile(dailyFactors, new Set(dailyFactors.dates), {
      name: "factors-daily.csv",
      frequency: "daily",
      range: dailyRange,
      source: factors.daily,
    }),
    ...(funds.length > 0 ? fundFiles(funds, fundPrices, sources.fundsRange) : []),
    ...(sources.note ? await noteFiles(folder, sources.note) : []),
    returnsFile(sources.replication, replication, {
      name: "replication.csv",
      frequency: "monthly",
      range: sources.replicationRange,
      complete: false,
    }),
    ...(await earlierFactors(folder, sources)),
  ];
}

const fundFiles = (
  funds: readonly PriceSource[],
  prices: ReadonlyMap<string, PriceSeries>,
  range: DateRange,
): DerivedFile[] => [
  returnsFile(funds, prices, {
    name: "funds-weekly.csv",
    frequency: "weekly",
    range,
    complete: true,
  }),
  returnsFile(funds, prices, {
    name: "funds-daily.csv",
    frequency: "daily",
    range,
    complete: false,
  }),
];

/** A note's days by two calendars: returns since the last day that all series have, and since each series' own. */
async function noteFiles(
  folder: string,
  { range, series }: NonNullable<Sources["note"]>,
): Promise<DerivedFile[]> {
  const prices = await pricesOf(folder, series);
  const cut = { frequency: "daily", range, complete: false } as const;
  return [
    returnsFile(series, prices, { ...cut, name: "imf-daily.csv" }),
    returnsFile(series, prices, { ...cut, name: "imf-own-daily.csv", ownDays: true }),
  ];
}

/** The factors of another vintage, through the month for which it is named. */
async function earlierFactors(
  folder: string,
  { earlierFactors: source, factorRange }: Sources,
): Promise<DerivedFile[]> {
  if (!source || !existsSync(join(folder, source.file))) return [];
  const factors = await factorFile(folder, source, "monthly");
  return [
    factorsFile(factors, new Set(factors.dates), {
      name: `factors-monthly-${source.vintage}.csv`,
      frequency: "monthly",
      range: { from: factorRange.from, through: source.vintage },
      source,
    }),
  ];
}

/**
 * What the study's monthly returns become if every month ends a day earlier or later.
 *
 * @param folder where the raw files lie
 * @example
 * const sources = readSources(shippedFile("sources.json"));
 * const range = { from: "2018-02", through: "2018-03" };
 * const series = [{ ...sources.series[0]!, file: "BTC-USD.csv" }];
 * const shifts = await derivedDayShifts(folder, { ...sources, range, series });
 * shifts.map(({ series, shift, n }) => [series, shift, n]); // [["BTC", -1, 2], ["BTC", 1, 2]]
 */
export async function derivedDayShifts(
  folder: string,
  { series, range }: Sources,
): Promise<DayShift[]> {
  return dayShifts(await pricesOf(folder, series), "monthly", { range });
}

const pricesOf = (
  folder: string,
  series: readonly PriceSource[],
): Promise<ReadonlyMap<string, PriceSeries>> =>
  dailyPrices(series.map((source) => priceInput(folder, source)));

async function factorFile(
  folder: string,
  source: FactorSource,
  frequency: "daily" | "monthly",
): Promise<FactorFile> {
  const file = join(folder, source.file);
  const read = await readFactorFile(file);
  if (read.frequency !== frequency)
    throw new DataError(
      `${file}: must hold ${frequency} factors, but its dates are ${read.frequency}; name the other file in data/sources.json`,
    );
  return read;
}
