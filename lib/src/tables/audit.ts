/** The findings of an audit. */

import { basename } from "node:path";
import { CHECKS, type Check, type Finding } from "../data/audit/finding.js";
import { type Table, tableOf } from "./table.js";

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
    ...tableOf(findings, [
      { key: "series", head: "Series", value: ({ series }) => series },
      { key: "check", head: "Check", value: ({ check }) => check },
      { key: "date", head: "Date", value: ({ date }) => date },
      { key: "value", head: "Value", decimals: 4, value: ({ value }) => value },
      { key: "threshold", head: "Threshold", decimals: 4, value: ({ threshold }) => threshold },
      { key: "severity", head: "Severity", value: ({ severity }) => severity },
      { key: "remedy", head: "Remedy", value: ({ remedy }) => remedy },
      {
        key: "file",
        head: "File and line",
        // Findings on values that no file holds have none.
        fileOnly: findings.every(({ place }) => !place),
        // Without its folder: a report is the same on every machine.
        value: (row) => (row.place === undefined ? null : basename(row.place)),
      },
    ]),
    // What to do stands last, and takes the room that is left.
    order: ["severity", "file", "series", "date", "check", "value", "threshold", "remedy"],
    notes: occurring.map((check) => `${check}: ${CHECKS[check]}.`),
  };
}
