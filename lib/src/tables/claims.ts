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
        value: words,
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
 * The claims of one step.
 *
 * @throws RangeError if the ledger has no such step
 * @example
 * tableStepClaims(ledger, "1").rows.map(([claim]) => claim);
 * // ["The learning curve showed smooth convergence", "minimal overfitting"]
 */
export function tableStepClaims(ledger: readonly ClaimRow[], step: string): Table {
  const rows = ledger.filter((row) => row.step === step);
  if (rows.length === 0)
    throw new RangeError(
      `tableStepClaims: there is no step ${step}, there are ${[...new Set(ledger.map((row) => row.step))].join(", ")}; name one of these`,
    );
  return {
    id: `claims-${step.toLowerCase()}`,
    caption: `Claims of ${/^\d/.test(step) ? `Step ${step}` : `the ${step}`}: what is measured, its 95 % interval, and the verdict`,
    ...tableOf(rows, [
      { key: "claim", head: "The report's words", value: words },
      { key: "statistic", head: "Measured", value: ({ statistic }) => statistic },
      { key: "region", head: "True if", fileOnly: true, value: ({ region }) => regionText(region) },
      { key: "measured", head: "Value", decimals: 3, value: ({ measured }) => measured },
      { key: "lower", head: "from", decimals: 3, value: ({ lower }) => lower },
      { key: "upper", head: "to", decimals: 3, value: ({ upper }) => upper },
      { key: "verdict", head: "Verdict", value: ({ verdict }) => verdict },
    ]),
    order: ["verdict", "claim", "statistic", "measured", "lower", "upper"],
    notes: ["The numbers for which each claim is true: table claim-rules."],
  };
}

const words = ({ claim, about }: ClaimRow): string =>
  about === "" ? claim : `${claim} (${about})`;

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

function regionText({ lower, upper }: Region): string {
  const end = (value: number) =>
    formatNumber(value, Number.isInteger(value) ? 0 : 4).replace(/0+$/, (z) =>
      Number.isInteger(value) ? z : "",
    );
  if (upper === Number.POSITIVE_INFINITY) return `above ${end(lower)}`;
  if (lower === Number.NEGATIVE_INFINITY) return `below ${end(upper)}`;
  return `${end(lower)} to ${end(upper)}`;
}
