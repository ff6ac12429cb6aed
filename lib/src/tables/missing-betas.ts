/** What a table says of dates on which some estimator has no beta. */

import type { ComparisonRow } from "../comparing/forecast-comparison.js";

/** A note on dates on which a coin is left out for all because an estimator has no beta of it; none where all have. */
export function missingBetas(
  rows: readonly Pick<ComparisonRow, "estimator" | "update" | "missing">[],
): string[] {
  const most = new Map<string, number>();
  for (const { estimator, update, missing } of rows) {
    const name = `${estimator}, ${update}`;
    if (missing > 0) most.set(name, Math.max(missing, most.get(name) ?? 0));
  }
  const lacking = [...most].map(([name, dates]) => `${name}: ${dates}`);
  return most.size === 0
    ? []
    : [
        `Dates on which a coin is left out for all estimators because one has no beta of it, at most: ${lacking.join("; ")}.`,
      ];
}
