/** The ledger of claims, and what each is held against. */

import type { ClaimRow } from "../report/claims/ledger.js";
import type { Region } from "../report/verdict.js";
import { formatNumber, type Table, tableOf } from "./table.js";

/**
 * The ledger: one row per claim.
 *
 * @example
 * tableClaims(ledger, "monthly").id; // "claims"
 */
export function tableClaims(rows: readonly ClaimRow[], sample: string): Table {
  return {
    id: "claims",
    caption: `Claims of the report, what is measured of each, and the verdict by one rule; ${sample}`,
    ...tableOf(rows, [
      { key: "id", head: "Claim", value: ({ id }) => id },
      { key: "step", head: "Step", value: ({ step }) => step },
      {
        key: "claim",
        head: "The report's words",
        value: (row) => (row.about === "" ? row.claim : `${row.claim} (${row.about})`),
      },
      { key: "reported", head: "Reported", decimals: 4, value: ({ reported }) => reported },
      { key: "measured", head: "Measured", decimals: 3, value: ({ measured }) => measured },
      { key: "lower", head: "95 % from", decimals: 3, value: ({ lower }) => lower },
      { key: "upper", head: "to", decimals: 3, value: ({ upper }) => upper },
      { key: "pValue", head: "p (Holm)", decimals: 3, value: ({ pValue }) => pValue },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      { key: "verdict", head: "Verdict", value: ({ verdict }) => verdict },
    ]),
    // What a reader looks for first has to be seen on a phone too.
    order: [
      "verdict",
      "claim",
      "measured",
      "lower",
      "upper",
      "pValue",
      "n",
      "reported",
      "step",
      "id",
    ],
    notes: [
      "Supported: the 95 % interval lies inside the numbers for which the claim is true; contradicted: wholly outside. Either only if p, after Holm's correction over the claims of the step, is below 0.05; else not supported. Cannot be tested: no data, or n below 24.",
      "p: of the truth lying on the other side of the nearer edge of these numbers. What is measured, these numbers and how each interval is made: table claim-rules.",
    ],
  };
}

/**
 * What each claim is held against.
 *
 * @example
 * tableClaimRules(ledger).rows[0]![3]; // "above 0.95"
 */
export function tableClaimRules(rows: readonly ClaimRow[]): Table {
  return {
    id: "claim-rules",
    caption: "What is measured of each claim, and the numbers for which it is true",
    ...tableOf(rows, [
      { key: "id", head: "Claim", value: ({ id }) => id },
      { key: "step", head: "Step", value: ({ step }) => step },
      { key: "statistic", head: "Measured", value: ({ statistic }) => statistic },
      { key: "region", head: "True if", value: (row) => regionText(row.region) },
      { key: "method", head: "Interval", value: ({ method }) => method },
    ]),
    notes: [
      "These numbers were chosen before measuring, but for volatility-typical and nonlinear-constant, which joined after a first look, and reduction, whose numbers were narrowed.",
      "Bootstrap: circular blocks of whole dates, percentile interval; recentred: draws moved to the estimate, for statistics that draws exaggerate. n counts dates; of two groups the smaller; networks where the interval is over networks, which says nothing about other years.",
    ],
  };
}

/**
 * A claim's number, interval and verdict as words.
 *
 * @param unit of the number, for example " %"
 * @throws RangeError if there is no such claim
 * @example
 * claimPhrase(ledger, "overfitting", " %"); // "72.0 % (66.0 to 78.0: contradicted)"
 */
export function claimPhrase(rows: readonly ClaimRow[], id: string, unit = ""): string {
  const row = rows.find((claim) => claim.id === id);
  if (!row)
    throw new RangeError(
      `claimPhrase: there is no claim ${id}, there are ${rows.map((claim) => claim.id).join(", ")}; name one of these`,
    );
  const { measured, lower, upper, n, verdict } = row;
  const interval = Number.isNaN(lower) ? `n ${n}` : `${short(lower)} to ${short(upper)}`;
  return `${short(measured)}${unit} (${interval}: ${verdict})`;
}

const short = (value: number): string =>
  formatNumber(value, Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3);

function regionText({ lower, upper }: Region): string {
  const end = (value: number) =>
    formatNumber(value, Number.isInteger(value) ? 0 : 4).replace(/0+$/, (z) =>
      Number.isInteger(value) ? z : "",
    );
  if (upper === Number.POSITIVE_INFINITY) return `above ${end(lower)}`;
  if (lower === Number.NEGATIVE_INFINITY) return `below ${end(upper)}`;
  return `${end(lower)} to ${end(upper)}`;
}
