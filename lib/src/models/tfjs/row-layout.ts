/** Rows of inputs as sequences. */

import type { ModelShape } from "./model-checks.js";

/** Rows [B x D], series after series and then the coin's name, as [B, L, S]: period after period, each with the name. */
export function byPeriod(
  { inputs: D, lookback: L, series: S, coins }: ModelShape,
  rows: Float32Array,
): Float32Array {
  const B = rows.length / D;
  const returns = S - coins;
  return Float32Array.from({ length: B * L * S }, (_, at) => {
    const row = Math.floor(at / (L * S)) * D;
    const period = Math.floor(at / S) % L;
    const s = at % S;
    return s < returns ? rows[row + s * L + period]! : rows[row + returns * L + s - returns]!;
  });
}
