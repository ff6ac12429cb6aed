/** The audit of price files, with what else stands in them. */

import { dayNumber } from "../../panel/calendar.js";
import type { DailySeries } from "../../panel/resample.js";
import { median } from "../../stats/robust.js";
import { DataError, type Frequency } from "../../types.js";
import { dailyPrices, type PriceInput, readingKey } from "../daily-prices.js";
import { pricePlace, readPriceSeries, readPrices } from "../readers/prices.js";
import { recogniseFormat } from "../readers/recognise.js";
import { roleOf } from "../readers/words.js";
import { auditDaily } from "./daily.js";
import type { DailyBars } from "./fields.js";
import type { Finding } from "./finding.js";
import type { AuditOptions } from "./options.js";

/** One price file, with what the audit is told of it: `asOf` is the day on which it was obtained. */
export interface AuditedPrices extends PriceInput {
  readonly audit?: AuditOptions;
}

export interface PriceAudit {
  /** By series, in the order given, each with file and line. */
  readonly findings: readonly Finding[];
  /** Every price of a day that the files have, by series: for `fieldReturns`. */
  readonly bars: ReadonlyMap<string, DailyBars>;
  /** File and line of a series' last price on or before a date; the file alone without a date, undefined for what is no series. */
  readonly placeOf: (series: string, date: string | null) => Promise<string | undefined>;
}

/** What is compared with the close of its bar. */
const FIELDS = ["open", "high", "low", "close", "adjustedClose"] as const;

/**
 * Findings on the prices that a panel is to be made of. The column that is named is checked; where it is the close, so is its
 * place among the other prices of the same days. Prices rarer than daily are left to the audit of the panel.
 *
 * @param range days to look at, all by default: what a panel does not use is no fault of it
 * @throws DataError if a file cannot be used
 * @example
 * const { findings, bars } = await auditPrices([{ name: "ENERGY", file: "VDE.csv", column: "Close" }], "monthly");
 */
export async function auditPrices(
  inputs: readonly AuditedPrices[],
  frequency: Frequency,
  range: DayRange = ALL_DAYS,
): Promise<PriceAudit> {
  return auditReadPrices(inputs, await dailyPrices(inputs), { frequency, range });
}

/** The same of prices that were read already. */
export async function auditReadPrices(
  inputs: readonly AuditedPrices[],
  prices: ReadonlyMap<string, DailySeries>,
  { frequency, range = ALL_DAYS }: { readonly frequency: Frequency; readonly range?: DayRange },
): Promise<PriceAudit> {
  const bars = new Map<string, DailyBars>();
  const found: Finding[] = [];
  const read = new Map<string, Promise<Partial<DailyBars>>>();
  for (const input of inputs) {
    const key = JSON.stringify([readingKey(input), input.symbol]);
    const fieldsOfFile = read.get(key) ?? fieldsOf(input, range);
    read.set(key, fieldsOfFile);
    const fields = await fieldsOfFile;
    const { adjustedClose: _, ...bar } = fields;
    const chosen = {
      ...daysIn(prices.get(input.name)!, range),
      ...(input.ends ? { ends: input.ends } : {}),
    };
    bars.set(input.name, { close: chosen, ...fields });
    if (!isDaily(chosen)) continue;
    const isClose = sameValues(fields.close, chosen);
    found.push(
      ...auditDaily(new Map([[input.name, { ...(isClose ? bar : {}), close: chosen }]]), {
        frequency,
        ...input.audit,
      }),
    );
  }
  const placeOf: PriceAudit["placeOf"] = async (series, date) => {
    const input = inputs.find(({ name }) => name === series);
    if (!input || date === null) return input?.file;
    const { days } = await readPrices(input.file, input);
    const day = days.filter((observed) => observed <= dayNumber(date)).at(-1);
    return day === undefined ? input.file : pricePlace(input.file, input, day);
  };
  const findings: Finding[] = [];
  for (const finding of found) findings.push(await placed(finding, placeOf));
  return { findings, bars, placeOf };
}

/** The finding with its place, where there is one. */
export async function placed(finding: Finding, placeOf: PriceAudit["placeOf"]): Promise<Finding> {
  const place = await placeOf(finding.series, finding.date);
  return place === undefined ? finding : { ...finding, place };
}

/** The first return needs the last price of the period before: days that it can lie back. */
export const LONGEST_PERIOD = 31;

/** Days since 1970-01-01, both included. */
export interface DayRange {
  readonly from: number;
  readonly through: number;
}

const ALL_DAYS: DayRange = {
  from: Number.NEGATIVE_INFINITY,
  through: Number.POSITIVE_INFINITY,
};

/** The columns of a file that are prices of the day by their names. */
async function fieldsOf(input: PriceInput, range: DayRange): Promise<Partial<DailyBars>> {
  const { column: _, ...file } = input;
  const { columns } = await recogniseFormat(input.file, input);
  const named = FIELDS.flatMap((field) => {
    const [column, ...others] = columns.filter((name) => roleOf(name) === field);
    return column === undefined || others.length > 0
      ? []
      : [{ field, choice: { ...file, column } }];
  });
  const fields: Partial<Record<keyof DailyBars, DailySeries>> = {};
  for (const [i, series] of (
    await readable(
      input,
      named.map(({ choice }) => choice),
    )
  ).entries())
    if (series) fields[named[i]!.field] = daysIn(series, range);
  return fields;
}

/** Series of one file by their choices; undefined for those that cannot be read: what no study uses has nothing to say. */
async function readable(
  input: PriceInput,
  choices: readonly PriceInput[],
): Promise<readonly (DailySeries | undefined)[]> {
  if (choices.length === 0) return [];
  try {
    return await readPriceSeries(input.file, choices, input);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    if (choices.length === 1) return [undefined];
  }
  const alone = choices.map((choice) => readable(input, [choice]));
  return (await Promise.all(alone)).flat();
}

function daysIn({ days, values }: DailySeries, { from, through }: DayRange): DailySeries {
  const inside = (day: number) => day >= from && day <= through;
  return {
    days: days.filter(inside),
    values: values.filter((_, i) => inside(days[i]!)),
  };
}

/** Steps of weekdays and holidays: the median of weeks is 7. */
const LONGEST_STEP = 4;

function isDaily({ days }: DailySeries): boolean {
  const steps = Array.from(days.subarray(1), (day, i) => day - days[i]!);
  return median(steps) <= LONGEST_STEP;
}

const sameValues = (a: DailySeries | undefined, b: DailySeries): boolean =>
  a !== undefined &&
  a.values.length === b.values.length &&
  a.values.every((value, i) => value === b.values[i]);
