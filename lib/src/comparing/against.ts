/** The part of a comparison that sentences and figures speak of. */

import type { ComparisonRow } from "./forecast-comparison.js";

/**
 * Rows of one sample against one benchmark, all coins together.
 *
 * @example
 * against(comparison, { sample: "walk-forward", benchmark: "zero" }).length; // 6: frozen and updated, those that stand once
 */
export function against(
  rows: readonly ComparisonRow[],
  { sample, benchmark }: { readonly sample: string; readonly benchmark: string },
): ComparisonRow[] {
  return rows.filter(
    (row) => row.coin === "all" && row.sample === sample && row.benchmark === benchmark,
  );
}
