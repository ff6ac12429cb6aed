/** How far returns swing, by series. */

import type { Amplitude } from "../panel/amplitude.js";
import { type Table, tableOf } from "./table.js";

/**
 * Standard deviation and extremes by series.
 *
 * @example
 * tableAmplitude(amplitudes(panel), "monthly").rows[0]; // ["BTC", "coin", 83, 0.2021, -0.4743, 0.4716]
 */
export function tableAmplitude(amplitudes: readonly Amplitude[], sample: string): Table {
  return {
    id: "amplitude",
    caption: `Amplitude of log returns, decimals per period; ${sample}`,
    ...tableOf(amplitudes, [
      { key: "series", head: "Series", value: ({ series }) => series },
      { key: "role", head: "Role", value: ({ role }) => role },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      { key: "std", head: "Std", decimals: 4, value: ({ std }) => std },
      { key: "min", head: "Min", decimals: 4, value: ({ min }) => min },
      { key: "max", head: "Max", decimals: 4, value: ({ max }) => max },
    ]),
    notes: ["Std: sample standard deviation, n − 1."],
  };
}
