/** One way to test a claim among many that are as defensible. */

import { withFactorMarkets } from "../../panel/factors.js";
import { selectMarkets } from "../../panel/panel.js";
import type { Factors, Frequency, Panel } from "../../types.js";

/** One specification with what comes out of it. */
export interface Specification {
  readonly claim: "co-movement" | "factor gain";
  readonly frequency: Frequency;
  /** The series that stands for equities: the study's, or the market factor of the Fama-French factors. */
  readonly equity: string;
  readonly marketSet: string;
  /** `all`, or the name of a coin. */
  readonly coin: string;
  /** For example `ols`, `rolling`; of a gain with A or B for its experiment. */
  readonly estimator: string;
  /** Periods of its window or inputs; NaN where it has all periods. */
  readonly lookback: number;
  readonly intercept: "yes" | "no";
  /** First date that counts. */
  readonly from: string;
  readonly n: number;
  readonly estimate: number;
  /** 95 % interval. */
  readonly lower: number;
  readonly upper: number;
}

/** One panel in two forms: with its own equity market, and with the market factor in its place, under the same name. */
export function equityForms(
  panel: Panel,
  factors: Factors,
  equity: string,
): { readonly equity: string; readonly panel: Panel }[] {
  const factor = "Mkt-RF";
  const extended = withFactorMarkets(panel, factors, [factor]);
  const replaced = selectMarkets(
    extended,
    panel.markets.map((market) => (market === equity ? factor : market)),
  );
  return [
    { equity, panel },
    { equity: factor, panel: { ...replaced, markets: panel.markets } },
  ];
}
