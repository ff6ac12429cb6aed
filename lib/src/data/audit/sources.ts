/** The audit of published files and of the panels that were derived from them, before any of it is written. */

import { dayNumber, periodEnds, periodStart } from "../../panel/calendar.js";
import { panelOf } from "../../panel/panel.js";
import type { DatedSeries, DateRange, Frequency } from "../../types.js";
import type { DerivedFile } from "../derived-file.js";
import { factorsOf } from "../panel-file.js";
import { type PriceSource, priceInput, type Sources } from "../published-files.js";
import { fieldReturns } from "./fields.js";
import type { Finding } from "./finding.js";
import { priceRules } from "./options.js";
import { auditPanel } from "./panel.js";
import { auditPrices, LONGEST_PERIOD, placed } from "./prices.js";

/**
 * Findings on the prices of the sources' range, then on the panels of each frequency with their factors. The replication
 * holds what the report used, faults included: it is not audited.
 *
 * @param folder where the raw files lie
 * @param files as `derivePanel` makes them
 * @returns findings with the file they are about, and its line where they are about one price
 * @throws DataError if a file cannot be used
 * @example
 * const { note, ...listed } = readSources(shippedFile("sources.json"));
 * const range = { from: "2018-02", through: "2018-03" };
 * const sources = {
 *   ...listed,
 *   range,
 *   factorRange: range,
 *   dailyRange: { from: "2018-02-01", through: "2018-02-07" },
 *   replicationRange: range,
 *   series: [{ ...listed.series[0]!, file: "BTC-USD.csv" }],
 *   funds: [],
 *   replication: [],
 *   factors: {
 *     monthly: { ...listed.factors.monthly, file: "F-F_Research_Data_5_Factors_2x3.csv" },
 *     daily: { ...listed.factors.daily, file: "F-F_Research_Data_5_Factors_2x3_daily.csv" },
 *   },
 * };
 * const findings = await auditSources(folder, sources, await derivePanel(folder, sources));
 * findings.filter(({ series }) => series === "BTC").map(({ check }) => check);
 * // ["levels"]: the prices of this example rise by one sum a day, so that their returns are no returns of a market
 */
export async function auditSources(
  folder: string,
  { series, funds, range, fundsRange, audit }: Sources,
  files: readonly DerivedFile[],
): Promise<Finding[]> {
  const at = { folder, files, audit };
  const coins = await auditGroup(
    { series, range, frequencies: ["monthly", "weekly", "daily"], prefix: "" },
    at,
  );
  if (funds.length === 0) return coins;
  const weekly: readonly Frequency[] = ["weekly", "daily"];
  const group = { series: funds, range: fundsRange, frequencies: weekly, prefix: "funds-" };
  return [...coins, ...(await auditGroup(group, at))];
}

/** Sources whose panels lie side by side: `prefix` and frequency name their files. */
interface Group {
  readonly series: readonly PriceSource[];
  readonly range: DateRange;
  readonly frequencies: readonly Frequency[];
  readonly prefix: string;
}

/** Findings on the prices of a group, then on the panels that were made from them. */
async function auditGroup(
  { series, range, frequencies, prefix }: Group,
  { folder, files, audit }: Surroundings,
): Promise<Finding[]> {
  const ends = periodEnds(range, "monthly").map(dayNumber);
  const { findings, bars, placeOf } = await auditPrices(
    series.map((source) => ({
      ...priceInput(folder, source),
      audit: { ...priceRules(audit), asOf: source.obtained },
    })),
    "monthly",
    {
      from: periodStart(ends[0]!, "monthly") - LONGEST_PERIOD,
      through: ends.at(-1)!,
    },
  );
  const derived = (name: string): DatedSeries => {
    const { dates, columns, values } = files.find((file) => file.name === name)!;
    return { dates, names: columns, values };
  };
  const names = series.map(({ name }) => name);
  const all = [...findings];
  for (const frequency of frequencies) {
    // The funds reach further back than the shipped factors, which are cut to the study's range.
    const factors = prefix === "" ? `factors-${frequency}.csv` : undefined;
    const name = `${prefix}${frequency}.csv`;
    const found = auditPanel(
      panelOf(derived(name), { frequency, coins: names, markets: [] }),
      {
        ...(factors ? { factors: factorsOf(derived(factors), factors) } : {}),
        fields: fieldReturns(bars, frequency),
      },
      audit,
    );
    for (const finding of found)
      all.push(await placed(finding, async (name, date) => (await placeOf(name, date)) ?? factors));
  }
  return all;
}

interface Surroundings {
  readonly folder: string;
  readonly files: readonly DerivedFile[];
  readonly audit: Sources["audit"];
}
