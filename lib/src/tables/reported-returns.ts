/** The report's rows beside ours, and how far they are apart. */

import type { Finding } from "../data/audit/finding.js";
import { seriesOf } from "../panel/panel.js";
import type { ReportedComparison } from "../report/reported.js";
import type { DatedSeries } from "../types.js";
import { type Table, tableOf } from "./table.js";

/**
 * The report's rows of Step 0 with ours below each.
 *
 * @example
 * const printed = await readDated(shippedFile("reported/returns.csv"));
 * tableReportedReturns(printed, returnsOf(panel)).rows.slice(0, 2).map((row) => row.slice(0, 3));
 * // [["2018-01-31", "report", -0.3167], ["2018-01-31", "ours", -0.3257]]
 */
export function tableReportedReturns(printed: DatedSeries, ours: DatedSeries): Table {
  return {
    id: "reported-returns",
    caption: "The report's rows of Step 0 and ours, monthly log returns, decimals",
    ...reportAndOurs(printed, ours),
  };
}

/**
 * The report's rows of Step 7, its panel beside the factors, with ours below each.
 *
 * @example
 * const printed = await readDated(shippedFile("reported/factors.csv"));
 * const ours = mergedSeries(returnsOf(panel), factorSeries(factors));
 * tableReportedFactors(printed, ours).rows.slice(0, 2).map((row) => row.slice(0, 2));
 * // [["2018-01-31", "report"], ["2018-01-31", "ours"]]
 */
export function tableReportedFactors(printed: DatedSeries, ours: DatedSeries): Table {
  return {
    id: "reported-factors",
    caption:
      "The report's merged rows of Step 7 and ours: monthly log returns of coins and markets, simple returns of the factors, decimals",
    ...reportAndOurs(printed, ours),
  };
}

function reportAndOurs(printed: DatedSeries, ours: DatedSeries): Pick<Table, "columns" | "rows"> {
  const values = (from: DatedSeries, date: string) => {
    const row = from.dates.indexOf(date);
    return printed.names.map((name) =>
      from.names.includes(name) && row >= 0 ? seriesOf(from, name)[row]! : null,
    );
  };
  return {
    columns: [
      { key: "date", head: "Date" },
      { key: "source", head: "Source" },
      ...printed.names.map((name) => ({ key: name, head: name, decimals: 4 })),
    ],
    rows: printed.dates.flatMap((date) => [
      [date, "report", ...values(printed, date)],
      [date, "ours", ...values(ours, date)],
    ]),
  };
}

/** What explains differences from the report. */
export interface DifferenceReasons {
  /** Why ours differs, by series. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Of the audit of the report's rows: what it refuses has another verdict than what nobody could test. */
  readonly findings: readonly Finding[];
}

/**
 * Largest difference per series, ours against the report and the identified series against the report, with the reason.
 *
 * @example
 * const printed = await readDated(shippedFile("reported/returns.csv"));
 * const ours = compareReported(printed, returnsOf(panel));
 * const identified = compareReported(printed, await readDated(shippedFile("replication.csv")));
 * tableReportedDifferences(ours, identified, { reasons: {}, findings: [] }).rows.length; // 8
 */
export function tableReportedDifferences(
  ours: readonly ReportedComparison[],
  identified: readonly ReportedComparison[],
  { reasons, findings }: DifferenceReasons,
): Table {
  return {
    id: "reported-differences",
    caption:
      "Largest absolute difference from the report's rows of Step 0, by series, log returns: our panel's, and that of the series which the report seems to have used",
    ...tableOf(
      ours.map((mine, i) => ({ mine, other: identified[i]! })),
      [
        { key: "series", head: "Series", value: ({ mine }) => mine.series },
        {
          key: "oursLargest",
          head: "|ours − report|",
          decimals: 4,
          value: ({ mine }) => mine.largest,
        },
        {
          key: "identifiedLargest",
          head: "|identified − report|",
          decimals: 4,
          value: ({ other }) => other.largest,
        },
        { key: "identifiedMonths", head: "Months", decimals: 0, value: ({ other }) => other.n },
        {
          key: "verdict",
          head: "Verdict",
          value: ({ mine, other }) => verdict(mine, other, findings),
        },
        {
          key: "reason",
          head: "Why ours differs",
          value: ({ mine }) => reasons[mine.series] ?? "",
        },
      ],
    ),
    notes: [
      "exact: our series rounds to the printed value, four decimals, in every month. identified: another series does, in every month that the copy at hand reaches. explained: not in every one, but its largest difference is smaller than ours on the same months; not explained: it is not smaller. refused: no candidate is at hand, and the audit of the report's rows finds an error. not tested: no candidate is at hand.",
    ],
  };
}

function verdict(
  ours: ReportedComparison,
  identified: ReportedComparison,
  findings: readonly Finding[],
): string {
  if (ours.agrees) return "exact";
  if (identified.agrees) return "identified";
  const onSameDates = ours.differences.filter((_, t) => !Number.isNaN(identified.differences[t]));
  if (onSameDates.length > 0)
    return identified.largest < Math.max(...onSameDates) ? "explained" : "not explained";
  const refused = findings.some(
    ({ series, severity }) => series === ours.series && severity === "error",
  );
  return refused ? "refused" : "not tested";
}
