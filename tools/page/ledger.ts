/** The ledger of the page: one line per claim, which opens to show its evidence. */

import { formatNumber } from "neural-beta";
import { csvRecords } from "../csv.js";
import { escapeHtml } from "./html.js";
import { type BarNumbers, intervalBar } from "./interval-bar.js";
import type { Place } from "./places.js";
import { packedSource, type TableFiles, tableNotes } from "./table.js";
import { verdictBar, verdictClass } from "./verdict-bar.js";

/** A row of the table `claims`. */
type Claim = Readonly<Record<string, string>>;

/** The repository's folder of the measures; their files are named for the steps. */
const MEASURES = "lib/src/report/claims";

/** What the ledger's links need. */
export interface LedgerPlaces {
  /** Where figures and tables stand, by anchor. */
  readonly places: ReadonlyMap<string, Place>;
  /** Chapters by their names. */
  readonly chapters: readonly string[];
}

/** True where the table's file says of each claim what the ledger shows. */
export const isLedger = (files: TableFiles | undefined): files is TableFiles =>
  files !== undefined && /^[^\n]*\bregionLower\b/.test(files.csv);

/**
 * The table `claims` as a list whose entries open.
 *
 * @param html the table as the notebook shows it: its caption and notes are kept
 */
export function ledgerHtml(html: string, files: TableFiles, links: LedgerPlaces): string {
  const claims = csvRecords(files.csv);
  const caption = /<caption[^>]*>(.*?)<\/caption>/s.exec(html)?.[1] ?? "";
  return `<div class="table ledger" id="table-claims">
<p class="caption"><a class="label" href="#table-claims">Table 1.</a> ${caption}</p>
${verdictBar(claims.map(({ verdict }) => verdict!))}
<div class="notes"><p><small>In a claim's picture the dot is what we measure, the line covers 95 %, and its thick part is the interval that decides; the claim is true in the shaded range. A click on a claim shows its evidence.</small></p></div>
<div class="heads" aria-hidden="true"><span>Claim, and the report’s words</span><span>Measured</span><span>Interval, region</span><span>Verdict</span></div>
${claims.map((claim) => claimHtml(claim, links)).join("\n")}
<div class="notes">${tableNotes(html)}</div>
${packedSource("claims", files, Number.POSITIVE_INFINITY)}</div>`;
}

function claimHtml(claim: Claim, links: LedgerPlaces): string {
  const { id, name, unit, step, verdict } = claim;
  const value = number(claim.measured);
  return `<details class="claim ${verdictClass(verdict!)}" id="claim-${id}"><summary><span class="name">${escapeHtml(name!)}</span><span class="words">${quotation(claim)} <span class="step">· ${stepName(step!)}</span></span><span class="value">${value} <span class="unit">${escapeHtml(unit!)}</span></span>${intervalBar(barNumbers(claim), barLabel(claim))}<span class="verdict">${verdict}</span></summary>
<dl>${evidence(claim, links)
    .map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`)
    .join("")}</dl></details>`;
}

/** From the report's words to the data. */
function evidence(
  claim: Claim,
  { places, chapters }: LedgerPlaces,
): (readonly [term: string, html: string])[] {
  const { step, statistic, method, why, sample, n, reported } = claim;
  const text = (key: string) => escapeHtml(claim[key]!);
  const chapter = chapters.find((other) => other.startsWith(`0${step}-`)) ?? "";
  const printed = reported === "" ? "" : `; it prints ${number(reported)}`;
  const where =
    chapter === "" ? stepName(step!) : `<a class="ref" href="#${chapter}">${stepName(step!)}</a>`;
  const shown = [`figure-${claim.figure}`, `table-${claim.table}`].flatMap(
    (anchor) => places.get(anchor) ?? [],
  );
  const cells = [...new Set(shown.map(({ cell }) => cell))];
  const linked = (anchor: string, label: string) => `<a class="ref" href="#${anchor}">${label}</a>`;
  return [
    ["The report", `${quotation(claim)}, ${where}${printed}`],
    [
      "We measure",
      `${text("statistic")}${statistic!.endsWith(".") ? "" : "."} ${intervalText(claim)}`,
    ],
    ["True if", `${text("region")}. ${escapeHtml(why!)}`],
    ["p-values", pValues(claim)],
    ["Sample", `${escapeHtml(sample!)}, n = ${n}; interval: ${escapeHtml(method!)}`],
    ...(shown.length === 0
      ? []
      : [
          ["Shown in", shown.map(({ anchor, label }) => linked(anchor, label)).join(", ")] as const,
          ["Code", cells.map((cell) => linked(cell, cellName(cell))).join(", ")] as const,
        ]),
    ["Measure", `<code>${MEASURES}/${/^\d/.test(step!) ? `step-${step}` : "discussion"}.ts</code>`],
    ["Data", dataLinks(claim.data!)],
  ];
}

const quotation = ({ claim, about }: Claim): string =>
  `<q>${escapeHtml(claim!)}</q>${about ? ` (${escapeHtml(about)})` : ""}`;

const stepName = (step: string): string => (/^\d/.test(step) ? `Step ${step}` : step);

/** "cell 4 of notebook 02" of "02-search.cell-4". */
const cellName = (anchor: string): string =>
  anchor.replace(/^(\d\d).*\.cell-(\d+)$/, "cell $2 of notebook $1");

/** Files of the replication archive, which lies beside the page. */
const dataLinks = (files: string): string =>
  `${files
    .split(" ")
    .map((file) => `<code>data/${escapeHtml(file)}</code>`)
    .join(", ")} in <a href="replication.zip">replication.zip</a>`;

function pValues({ ownPValue, pValue, qValue, detectable, unit }: Claim): string {
  if (ownPValue === "") return "None: the claim is not tested by an interval.";
  const noticed =
    detectable === ""
      ? ""
      : ` A distance of ${number(detectable)} ${escapeHtml(unit!)} from the limit would be noticed with 80 % power.`;
  return `${probability(ownPValue!)} of the claim alone; ${probability(pValue!)} after Holm’s correction in the step; ${probability(qValue!).replace("p", "q")} over the ledger.${noticed}`;
}

const intervalText = ({ measured, lower, upper, unit }: Claim): string => {
  if (measured === "") return "There is no number.";
  const range = lower === "" ? "" : `, 95 % from ${number(lower)} to ${number(upper)}`;
  return `Result: ${number(measured)} ${escapeHtml(unit!)}${range}.`;
};

const barLabel = (claim: Claim): string =>
  `${claim.measured === "" ? "no number" : `measured ${number(claim.measured)}`}${claim.lower === "" ? "" : `, 95 % from ${number(claim.lower)} to ${number(claim.upper)}`}; true if ${claim.region}`;

function barNumbers(claim: Claim): BarNumbers {
  const value = (key: string, missing = Number.NaN) =>
    claim[key] === "" ? missing : Number(claim[key]);
  return {
    measured: value("measured"),
    lower: value("lower"),
    upper: value("upper"),
    decidingLower: value("decidingLower"),
    decidingUpper: value("decidingUpper"),
    regionLower: value("regionLower", Number.NEGATIVE_INFINITY),
    regionUpper: value("regionUpper", Number.POSITIVE_INFINITY),
  };
}

/** Three digits that mean something. */
function number(text: string | undefined): string {
  if (!text) return "–";
  const value = Number(text);
  const size = Math.abs(value);
  if (size !== 0 && size < 0.01) return String(Number(value.toPrecision(2))).replace("-", "−");
  return formatNumber(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

const probability = (text: string): string =>
  Number(text) < 0.001 ? "p &lt; 0.001" : `p = ${formatNumber(Number(text), 3)}`;
