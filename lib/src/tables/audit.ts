import { basename } from "node:path";
import { CHECKS, type Check, type Finding } from "../data/audit/finding.js";
import type { Table } from "./table.js";

/**
 * Findings of an audit, one row each, with what the value of each check means.
 *
 * @param sample what was audited, for the caption
 * @param id of the table: a study has one audit of its panel, and may have others beside it
 * @example
 * const percent = { ...dollar, marketLogReturns: dollar.marketLogReturns.map((r) => 100 * r) };
 * tableAudit(auditPanel(percent), "a panel in percent").rows.map((row) => row.slice(0, 2)); // [["FIAT", "unit"]]
 */
export function tableAudit(
  findings: readonly Finding[],
  sample: string,
  id: string = "audit",
): Table {
  const errors = findings.filter((f) => f.severity === "error").length;
  const counts =
    findings.length === 0
      ? "no finding"
      : `errors: ${errors}, warnings: ${findings.length - errors}`;
  const occurring = (Object.keys(CHECKS) as Check[]).filter((check) =>
    findings.some((finding) => finding.check === check),
  );
  return {
    id,
    caption: `Audit of the data, ${counts}; ${sample}`,
    columns: [
      { key: "series", head: "Series" },
      { key: "check", head: "Check" },
      { key: "date", head: "Date" },
      { key: "value", head: "Value", decimals: 4 },
      { key: "threshold", head: "Threshold", decimals: 4 },
      { key: "severity", head: "Severity" },
      { key: "remedy", head: "Remedy" },
      // Findings on values that no file holds have none.
      { key: "file", head: "File and line", fileOnly: findings.every(({ place }) => !place) },
    ],
    // What to do stands last, and takes the room that is left.
    order: ["severity", "file", "series", "date", "check", "value", "threshold", "remedy"],
    rows: findings.map(({ series, check, date, value, threshold, severity, remedy, place }) => [
      series,
      check,
      date,
      value,
      threshold,
      severity,
      remedy,
      // Without its folder: a report is the same on every machine.
      place === undefined ? null : basename(place),
    ]),
    notes: occurring.map((check) => `${check}: ${CHECKS[check]}.`),
  };
}
