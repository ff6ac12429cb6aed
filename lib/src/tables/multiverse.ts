import type { Specification } from "../report/multiverse/specification.js";
import type { Table } from "./table.js";

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
      "Two claims in every specification: beta on equities in standard deviations (co-movement), reduction of the RMSE in percent (factor gain)",
    columns: [
      { key: "claim", head: "Claim" },
      { key: "frequency", head: "Frequency" },
      { key: "equity", head: "Equities" },
      { key: "marketSet", head: "Markets" },
      { key: "coin", head: "Coin" },
      { key: "estimator", head: "Estimator" },
      { key: "lookback", head: "Look-back", decimals: 0 },
      { key: "intercept", head: "Intercept" },
      { key: "from", head: "From" },
      { key: "n", head: "n", decimals: 0 },
      { key: "estimate", head: "Estimate", decimals: 3 },
      { key: "lower", head: "95 % from", decimals: 3 },
      { key: "upper", head: "to", decimals: 3 },
    ],
    rows: specifications.map((of) => [
      of.claim,
      of.frequency,
      of.equity,
      of.marketSet,
      of.coin,
      of.estimator,
      of.lookback,
      of.intercept,
      of.from,
      of.n,
      of.estimate,
      of.lower,
      of.upper,
    ]),
    notes: [
      "Intervals: bootstrap of whole dates. A: the factors are inputs; B: they are hedges. The estimators of the gain have no intercept.",
    ],
    shown: 12,
  };
}
