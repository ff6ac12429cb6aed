/** The audit of all data that a study names. */

import { dayNumber, inRange, periodEnd, periodStart } from "../../panel/calendar.js";
import { factorGap } from "../../panel/factors.js";
import { DataError, type DateRange, type Split } from "../../types.js";
import { readBetaFile } from "../beta-file.js";
import {
  type PanelSource,
  priceInputs,
  readDated,
  readFactors,
  readPanel,
  type StudyFactors,
} from "../panel-file.js";
import { auditBetas } from "./betas.js";
import { unusedFactorFindings } from "./factors.js";
import { fieldReturns } from "./fields.js";
import { type Finding, findingText } from "./finding.js";
import { type PanelAuditOptions, priceRules, rulesOf } from "./options.js";
import { auditPanel } from "./panel.js";
import { auditPrices, type DayRange, LONGEST_PERIOD, placed } from "./prices.js";

/**
 * Findings on a study's prices, where it has any, on its panel, on its factors where they reach the panel's dates, and on the betas
 * that it brings.
 *
 * @returns findings with file and line; with an error among them, results of the study would mean nothing
 * @throws DataError if a file cannot be used
 * @example
 * await auditStudy(study); // []: nothing to say of the report's study with sound columns
 * const reported = { ...study, returns: shippedFile("reported/returns.csv") };
 * (await auditStudy(reported)).map(({ series, date }) => [series, date]); // [["EQUITY", "2018-05-31"]]
 */
export async function auditStudy(
  study: PanelSource &
    StudyFactors & {
      readonly audit?: PanelAuditOptions;
      readonly estimators?: readonly { readonly id: string; readonly file: string }[];
      readonly split?: Split;
      readonly walkForward?: { readonly test: DateRange };
    },
): Promise<Finding[]> {
  const { frequency, coins, markets } = study;
  const factors = await readFactors(study);
  const inputs = priceInputs(study);
  const audit = priceRules(study.audit);
  const prices = inputs
    ? await auditPrices(
        inputs.map((input) => ({ ...input, audit })),
        frequency,
        daysOf(study),
      )
    : undefined;
  const panel = await readPanel(study).catch((error: unknown) => {
    throw explained(error, prices?.findings ?? []);
  });
  // Daily returns of a panel run over days that only some series have: they are not those of one file.
  const fields = prices && frequency !== "daily" ? fieldReturns(prices.bars, frequency) : {};
  const unused = factorGap(panel, factors) !== undefined;
  const found = [
    ...auditPanel(panel, { ...(unused ? {} : { factors }), fields }, study.audit),
    ...(unused ? unusedFactorFindings(panel, factors, rulesOf("auditStudy", audit)) : []),
  ];
  const names = [...coins, ...markets, "panel"];
  const findings = [...(prices?.findings ?? [])];
  for (const finding of found)
    findings.push(
      await placed(finding, async (series, date) => {
        if (!names.includes(series)) return lineOf(study.factors!, factors.dates, date);
        if (prices) return prices.placeOf(series, date);
        return lineOf(study.returns, (await readDated(study.returns)).dates, date);
      }),
    );
  const tested = [
    ...(study.split ? [study.split.outOfSample] : []),
    ...(study.walkForward ? yearsOf(panel.dates, study.walkForward.test) : []),
  ];
  for (const { id, file } of study.estimators ?? [])
    findings.push(...auditBetas(panel, await readBetaFile(file), { id, file, tested }));
  return findings;
}

/** The days of the prices that a study's range uses; all without one. */
function daysOf({ range, frequency }: PanelSource): DayRange | undefined {
  if (!range) return undefined;
  const first = (date: string) => dayNumber(date.length === 7 ? `${date}-01` : date);
  const { from, through } = range;
  return {
    from: periodStart(first(from), frequency) - LONGEST_PERIOD,
    through: through.length === 7 ? periodEnd(first(through), "monthly") : first(through),
  };
}

/** The calendar years of a range that have dates: each is a sample of notebook 08. */
function yearsOf(dates: readonly string[], range: DateRange): DateRange[] {
  const within = dates.filter((date) => inRange(date, range));
  const years = [...new Set(within.map((date) => date.slice(0, 4)))];
  return years.map((year) => ({ from: year, through: year }));
}

/** A period without a price stops the panel: what the audit found of that price says why. */
function explained(error: unknown, findings: readonly Finding[]): unknown {
  const reasons = findings.filter(({ check }) => check === "non-positive").slice(0, 5);
  if (!(error instanceof DataError) || reasons.length === 0) return error;
  return new DataError([...reasons.map(findingText), error.message].join("\n"));
}

/** A file of dates, one a line below its names, and the line of a date. */
function lineOf(file: string, dates: readonly string[], date: string | null): string {
  const row = date === null ? -1 : dates.indexOf(date);
  return row < 0 ? file : `${file}:${row + 2}`;
}
