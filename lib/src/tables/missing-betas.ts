/** What a table says of dates on which some estimator has no beta. */

import type { ComparisonRow } from "../comparing/forecast-comparison.js";

/** Notes on dates that estimators lack, which shorten the sample of all, and on estimators that lack too many to be compared; none where all have all. */
export function missingBetas(
  rows: readonly Pick<ComparisonRow, "sample" | "estimator" | "update" | "n" | "missing">[],
): string[] {
  const compared = rows.filter(({ n }) => n > 0);
  const samples = new Set(compared.map(({ sample }) => sample));
  const late = rows.filter(({ n, sample }) => n === 0 && samples.has(sample));
  const empty = [...new Set(rows.map(({ sample }) => sample))].filter((name) => !samples.has(name));
  const [shortened, leftOut] = [mostMissing(compared), mostMissing(late)];
  return [
    ...(shortened
      ? [
          `Dates on which a coin is left out for all estimators because one has no beta of it, at most: ${shortened}.`,
        ]
      : []),
    ...tooLate(leftOut, "; dates without"),
    ...noneCommon("date", empty),
  ];
}

/** Note on estimators that lack too many betas to be compared; none without names. */
export function tooLate(names: string, counted: string = ""): string[] {
  if (names === "") return [];
  return [
    `Not compared, as they lack more than half of the betas that most estimators have${counted}: ${names}.`,
  ];
}

/** Note on what has no date, or no period, with betas of all estimators; none without names. */
export function noneCommon(what: "date" | "period", names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `No ${what} has betas of all estimators, so that nothing is compared: ${names.join(", ")}.`,
  ];
}

/** Estimators that lack dates, each with the most. */
function mostMissing(
  rows: readonly Pick<ComparisonRow, "estimator" | "update" | "missing">[],
): string {
  const most = new Map<string, number>();
  for (const { estimator, update, missing } of rows) {
    const name = `${estimator}, ${update}`;
    if (missing > (most.get(name) ?? 0)) most.set(name, missing);
  }
  return [...most].map(([name, dates]) => `${name}: ${dates}`).join("; ");
}
