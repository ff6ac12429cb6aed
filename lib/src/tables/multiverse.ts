/** Every specification of two claims. */

import type { Specification } from "../report/multiverse/specification.js";
import { type Table, tableOf } from "./table.js";

/**
 * Every specification of both claims.
 *
 * @example
 * tableMultiverse(specifications).id; // "multiverse"
 */
export function tableMultiverse(specifications: readonly Specification[]): Table {
  return {
    id: "multiverse",
    caption:
      "Two claims in every specification: beta on equities in standard deviations (co-movement), change of the RMSE in percent (factor gain), below 0 where the factors help",
    ...tableOf(specifications, [
      { key: "claim", head: "Claim", value: ({ claim }) => claim },
      { key: "frequency", head: "Frequency", value: ({ frequency }) => frequency },
      { key: "equity", head: "Equities", value: ({ equity }) => equity },
      { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
      { key: "coin", head: "Coin", value: ({ coin }) => coin },
      { key: "estimator", head: "Estimator", value: ({ estimator }) => estimator },
      { key: "lookback", head: "Look-back", decimals: 0, value: ({ lookback }) => lookback },
      { key: "intercept", head: "Intercept", value: ({ intercept }) => intercept },
      { key: "from", head: "From", value: ({ from }) => from },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      { key: "estimate", head: "Estimate", decimals: 3, value: ({ estimate }) => estimate },
      { key: "lower", head: "95 % from", decimals: 3, value: ({ lower }) => lower },
      { key: "upper", head: "to", decimals: 3, value: ({ upper }) => upper },
    ]),
    notes: [
      "Intervals: bootstrap of whole dates. A: the factors are inputs; B: they are hedges. The estimators of the gain have no intercept.",
    ],
    shown: 12,
  };
}
