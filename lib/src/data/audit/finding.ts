/** What an audit says: one row per finding, from which nothing was repaired. */

import { DataError } from "../../types.js";

/** Every check, with what its value and threshold mean. */
export const CHECKS = {
  "invalid-date": "dates that are not in the calendar, or do not end a period",
  duplicate: "dates that stand there already",
  unsorted: "dates earlier than one before them",
  gap: "missing periods, or days, in a row; daily threshold: a run that chance makes with the series' own rate of missing days",
  future: "periods that had not begun when the data were obtained",
  partial: "days missing to the end of the last period",
  missing: "values in a row that are no finite number",
  begins: "periods of the panel before the coin's first return",
  ends: "periods of the panel after the coin's last return",
  "non-positive": "the price; it must be above 0 for a log return",
  "returns-as-prices": "share of values that are not above 0",
  constant: "the only value that the series has",
  levels:
    "rank von Neumann ratio of a series of one sign: 2 for independent returns, near 0 for prices and rates",
  unit: "robust standard deviation per year, in log returns",
  "unit-change":
    "ratio of the median sizes of returns after the date and before it; nearer to 100 or 1/100 than to 1 beyond the threshold",
  impossible: "the log return; no price is multiplied or divided by 22,026 in one period",
  jump: "the log return, where moves are too few to have a scale: a factor of ten or more",
  outlier:
    "distance from the series' median in its robust standard deviations; threshold: Student t with 4 degrees of freedom, largest of n",
  stale:
    "repeats of one value in a row; threshold: a run that chance makes with the series' own rate of repeats",
  zeros: "returns of exactly 0 in a row; threshold as for stale",
  averages:
    "rank autocorrelation at one period: about 0.25 for returns of period averages, 0 for those of period ends",
  same: "dates in a row on which another series has the same return; threshold as for stale",
  "market-unit":
    "ratio of the median size of the returns to that of the stock market, log(1 + Mkt-RF + RF)",
  "market-difference":
    "largest difference from log(1 + Mkt-RF + RF) in robust standard deviations of the market; threshold as for outlier",
  "market-distance":
    "share of periods in which the series differs from log(1 + Mkt-RF + RF) by more than twice the market's median move",
  "market-correlation":
    "rank correlation with Mkt-RF + RF; below the threshold even its upper bound is less than 0.5",
  field:
    "mean absolute difference from the close; threshold: that from another field of the same bars, times a factor for chance",
  unmatched:
    "smallest mean absolute difference from any field of the bars, as a share of the series' mean absolute return",
  "open-close": "share of days on which the open is farther from the last close than the close is",
  "bar-range": "largest relative distance of an open or close beyond its bar's high or low",
  "rate-unit": "median of RF as a share of the median size of Mkt-RF",
  coverage: "periods of the panel without factors",
  revision: "largest absolute difference between two vintages",
  "unknown-name": "names in a file of betas that the study does not have",
  "no-beta": "coins of the study without a beta in the file",
  "same-date":
    "rank correlation of a beta's change with (r - beta f) f of the date that it hedges; threshold: 3.2 standard errors of independent dates",
} as const;

/** Name of a check, a key of `CHECKS`. */
export type Check = keyof typeof CHECKS;

/** One thing that is wrong, or may be. */
export interface Finding {
  /** The series; panel or factors where their dates are meant. */
  readonly series: string;
  readonly check: Check;
  /** ISO date of the value, or of the first of several; null where the whole series is meant. */
  readonly date: string | null;
  /** Measured, in the unit that CHECKS names. */
  readonly value: number;
  /** What the value would have had to keep to. */
  readonly threshold: number;
  /** error: the series is not what it claims to be. warning: it may be, look at it. */
  readonly severity: "error" | "warning";
  /** What to do, for a reader with the file at hand. */
  readonly remedy: string;
  /** File, and line where there is one; absent where only values were given. */
  readonly place?: string;
}

/** Returns that a robust scale needs: with fewer, false alarms are more frequent than promised. */
export const FEWEST = 12;

/** Errors that a message names. */
const SHOWN = 5;

/**
 * Nothing, if no finding is an error.
 *
 * @throws DataError with the first five errors, a line each, and how many more there are
 * @example
 * stopOnErrors(auditPanel(dollar)); // undefined
 * const percent = { ...dollar, marketLogReturns: dollar.marketLogReturns.map((r) => 100 * r) };
 * stopOnErrors(auditPanel(percent)); // DataError: audit: FIAT: unit must keep to 3, got 6.652
 */
export function stopOnErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const lines = errors.slice(0, SHOWN).map(findingText);
  const more = errors.length - lines.length;
  throw new DataError(
    [...lines, ...(more > 0 ? [`audit: ${more} more error${more === 1 ? "" : "s"}`] : [])].join(
      "\n",
    ),
  );
}

/**
 * A finding in one line: place, series, date, check, threshold, value; remedy.
 *
 * @example
 * const percent = { ...dollar, marketLogReturns: dollar.marketLogReturns.map((r) => 100 * r) };
 * findingText(auditPanel(percent)[0]!).split(",")[0]; // "audit: FIAT: unit must keep to 3"
 */
export function findingText(finding: Finding): string {
  const { place = "audit", series, check, date, value } = finding;
  return `${place}: ${series}${date === null ? "" : ` on ${date}`}: ${check} must keep to ${short(finding.threshold)}, got ${short(value)}; ${finding.remedy}`;
}

/** A number for a sentence: four significant digits. */
export const short = (value: number): string => String(Number(value.toPrecision(4)));
