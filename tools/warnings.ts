/** What the audit warns of, for the terminal and for the head of the page. */

import { type Finding, findingText } from "neural-beta";
import { counted } from "./terminal.js";

/** Lines of one audit that a terminal shows; the table `audit` of the report has all. */
const SHOWN = 20;

const warningsOf = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity }) => severity === "warning");

/** A line per warning: severity, file and line, series, date, check, value, remedy; of many, the first and a count. */
export function warningLines(findings: readonly Finding[]): string[] {
  const lines = warningsOf(findings).map((finding) => `warning: ${findingText(finding)}`);
  const more = lines.length - SHOWN;
  return more > 0
    ? [...lines.slice(0, SHOWN), `${counted(more, "more warning")}: tables/audit.csv has all`]
    : lines;
}

/** The audit in a few words. */
export function auditFact(findings: readonly Finding[]): string {
  const { length } = warningsOf(findings);
  return length === 0
    ? "nothing found in the data"
    : `${counted(length, "warning")} on the data, in the table of the audit (00)`;
}
