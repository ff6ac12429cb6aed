/** The ledger of claims, and what each is held against. */

import type { PrintedClaim } from "../report/claims/claim.js";
import type { ClaimRow } from "../report/claims/ledger.js";
import { CLAIM_EVIDENCE, regionText } from "./claim-evidence.js";
import { type Table, tableOf } from "./table.js";

/**
 * The ledger: one row per claim. Its file also says of each what is measured, why the claim is true where it is, and where that is shown.
 *
 * @example
 * tableClaims(ledger, "monthly").id; // "claims"
 */
export function tableClaims(rows: readonly ClaimRow[], sample: string): Table {
  return {
    id: "claims",
    caption: `Claims of the report, what is measured of each, and the verdict by one rule; ${sample}`,
    ...tableOf(rows, [
      { key: "id", head: "Id", value: ({ id }) => id, fileOnly: true },
      { key: "step", head: "Step", value: ({ step }) => step },
      { key: "claim", head: "The report's words", value: ({ claim }) => claim },
      { key: "reported", head: "Reported", decimals: 4, value: ({ reported }) => reported },
      { key: "measured", head: "Measured", decimals: 3, value: ({ measured }) => measured },
      { key: "lower", head: "95 % from", decimals: 3, value: ({ lower }) => lower },
      { key: "upper", head: "to", decimals: 3, value: ({ upper }) => upper },
      { key: "pValue", head: "p (Holm)", decimals: 3, value: ({ pValue }) => pValue },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      { key: "verdict", head: "Verdict", value: ({ verdict }) => verdict },
      { key: "qValue", head: "q (ledger)", decimals: 3, value: ({ qValue }) => qValue },
      {
        key: "detectable",
        head: "Detectable",
        decimals: 3,
        unit: "as `statistic` says",
        meaning: "distance from the claim's limit that one test of 5 % finds with 80 % power",
        value: ({ detectable }) => detectable,
      },
      {
        key: "name",
        head: "Claim",
        unit: "text",
        meaning: "the claim in a few words of ours",
        value: ({ evidence, id }) => evidence?.name ?? id,
      },
      {
        key: "unit",
        head: "Unit",
        unit: "text",
        meaning: "unit of the measured number",
        value: ({ evidence }) => evidence?.unit ?? null,
      },
      ...CLAIM_EVIDENCE.map((column) => ({ ...column, fileOnly: true })),
    ]),
    // What a reader looks for first has to be seen on a phone too.
    order: ["name", "verdict", "measured", "unit", "lower", "upper", "pValue", "qValue", "claim"],
    // A paper quotes the report where it argues.
    paper: ["name", "verdict", "measured", "unit", "lower", "upper", "pValue", "qValue"],
    notes: [
      ...RULE,
      "What is measured, its limits and how each interval is made: table claim-rules.",
    ],
  };
}

/** How verdicts are reached, below every ledger. */
const RULE: readonly string[] = [
  "Supported: the interval lies inside the numbers for which the claim is true. Contradicted: it lies wholly outside. Cannot be tested: there are no data, n is below 24, or the numbers are closer together than the sample can tell apart. Undecided: all else.",
  "The interval covers 95 %. A claim that something is near a number has two limits: two one-sided tests of 5 % support it, that is an interval of 90 %. Arithmetic on printed numbers has no interval.",
  "p tests whether the true value could lie across the claim's nearest limit. Supported and contradicted also need a Holm-adjusted p below 0.05 among the claims of the step. They also need a q below 0.05 among all claims (Benjamini and Yekutieli, as claims share their data).",
];

/**
 * The claims of a study about its own data: one row per claim.
 *
 * @example
 * tableStudyClaims(ledger, "monthly").id; // "study-claims"
 */
export function tableStudyClaims(rows: readonly ClaimRow[], sample: string): Table {
  return {
    id: "study-claims",
    caption: `Claims about these data, what is measured of each, and the verdict by one rule; ${sample}`,
    ...tableOf(rows, [
      { key: "id", head: "Claim", fileOnly: true, value: ({ id }) => id },
      { key: "verdict", head: "Verdict", value: ({ verdict }) => verdict },
      { key: "claim", head: "Claim", value: words },
      { key: "measured", head: "Measured", decimals: 3, value: ({ measured }) => measured },
      { key: "lower", head: "95 % from", decimals: 3, value: ({ lower }) => lower },
      { key: "upper", head: "to", decimals: 3, value: ({ upper }) => upper },
      { key: "region", head: "True if", value: ({ region }) => regionText(region) },
      { key: "pValue", head: "p (Holm)", decimals: 3, value: ({ pValue }) => pValue },
      { key: "qValue", head: "q (ledger)", decimals: 3, value: ({ qValue }) => qValue },
      { key: "detectable", head: "Detectable", decimals: 3, value: ({ detectable }) => detectable },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      { key: "statistic", head: "What is measured", fileOnly: true, value: (row) => row.statistic },
      { key: "method", head: "Interval", fileOnly: true, value: ({ method }) => method },
    ]),
    notes: [
      "Measured: a correlation where coins move with a market, elsewhere by how many percent the RMSE on unseen dates differs, below 0 where it is lower. Steps of Holm's correction: the network, the amortised beta, co-movement, factors.",
      ...RULE,
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

/** The report's words, with which of several things they speak of. */
export const words = ({ claim, about }: PrintedClaim): string =>
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
      "These numbers were chosen before measuring, with three exceptions. The claims volatility-typical and nonlinear-constant joined after a first look. The numbers of reduction were narrowed. The claims row-* were first held against this panel, then against the series that the report seems to have used; three more of them are supported by that change.",
      "Bootstrap: percentile interval of circular blocks of whole dates. In samples of this length such intervals are somewhat too short; notebook 08 measures by how much. Recentred: the draws are moved to the estimate, for statistics that draws exaggerate. n counts dates, those of the smaller of two groups, or networks where the interval is over networks. An interval over networks narrows with their number and says nothing about other years.",
    ],
  };
}
