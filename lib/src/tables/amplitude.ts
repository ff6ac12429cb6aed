import type { Amplitude } from "../panel/amplitude.js";
import type { Table } from "./table.js";

/**
 * Standard deviation and extremes by series.
 *
 * @example
 * tableAmplitude(amplitudes(panel), "monthly").rows[0]; // ["BTC", "coin", 0.2021, -0.4743, 0.4716]
 */
export function tableAmplitude(amplitudes: readonly Amplitude[], sample: string): Table {
  return {
    id: "amplitude",
    caption: `Amplitude of log returns, decimals per period; ${sample}`,
    columns: [
      { key: "series", head: "Series" },
      { key: "role", head: "Role" },
      { key: "std", head: "Std", decimals: 4 },
      { key: "min", head: "Min", decimals: 4 },
      { key: "max", head: "Max", decimals: 4 },
    ],
    rows: amplitudes.map(({ series, role, std, min, max }) => [series, role, std, min, max]),
    notes: ["Std: sample standard deviation, n − 1."],
  };
}
