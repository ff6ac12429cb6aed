/** Verdicts by the scaling of the network. */

import { SCALINGS } from "../models/network-inputs.js";
import type { ScalingVerdict } from "../report/claims/scaling-verdicts.js";
import { words } from "./claims.js";
import { type Table, tableOf } from "./table.js";

/**
 * Each claim that depends on the scaling in a line: its verdict under each.
 *
 * @example
 * const verdicts = { raw: "undecided", standardised: "undecided", "beta-scaled": "contradicted" } as const;
 * const measured = { raw: 0.4, standardised: 0.9, "beta-scaled": 1.3 };
 * const row = { id: "early", step: "5", claim: "near zero", about: "", reported: NaN, measured, verdicts };
 * tableScalingVerdicts([row], "monthly").rows[0]!.slice(3, 6); // ["undecided", "undecided", "contradicted"]
 */
export function tableScalingVerdicts(rows: readonly ScalingVerdict[], sample: string): Table {
  return {
    id: "scaling-verdicts",
    caption: `Verdicts of Steps 1 to 5 by the scaling of the network; ${sample}`,
    ...tableOf(rows, [
      { key: "id", head: "Claim", value: ({ id }) => id },
      { key: "step", head: "Step", value: ({ step }) => step },
      { key: "claim", head: "The report's words", value: words },
      ...SCALINGS.map((scaling) => ({
        key: `verdict-${scaling}`,
        head: scaling,
        value: ({ verdicts }: ScalingVerdict) => verdicts[scaling],
      })),
      ...SCALINGS.map((scaling) => ({
        key: `measured-${scaling}`,
        ...{ head: `Value, ${scaling}`, decimals: 3, fileOnly: true },
        value: ({ measured }: ScalingVerdict) => measured[scaling],
      })),
    ]),
    notes: [
      "raw: inputs are log returns, the output is the beta; standardised: inputs are z-scores, the output is the beta; beta-scaled: inputs are z-scores, beta = b s_r / s_f, as in the ledger. Claims that no scaling moves are left out.",
    ],
  };
}
