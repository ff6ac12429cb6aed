/** How far returns swing. */

import { highest, lowest, standardDeviation } from "../stats/moments.js";
import type { Panel } from "../types.js";
import { returnsOf, seriesOf } from "./panel.js";

/** How far the returns of one series swing. */
export interface Amplitude {
  readonly series: string;
  readonly role: "coin" | "market";
  /** Returns that the series has. */
  readonly n: number;
  /** Sample standard deviation (n - 1) of the log returns, per period. */
  readonly std: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Standard deviation and extremes of every series over the dates on which it has a return, coins first.
 *
 * @example
 * amplitudes(panel)[0]; // { series: "BTC", role: "coin", n: 83, std: 0.2021, min: -0.4743, max: 0.4716 }
 */
export function amplitudes(panel: Panel): Amplitude[] {
  const returns = returnsOf(panel);
  return returns.names.map((series, i) => {
    const values = seriesOf(returns, series).filter((r) => !Number.isNaN(r));
    return {
      series,
      role: i < panel.coins.length ? "coin" : "market",
      n: values.length,
      std: standardDeviation(values, 1),
      min: lowest(values),
      max: highest(values),
    };
  });
}
