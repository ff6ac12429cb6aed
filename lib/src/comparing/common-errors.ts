/** What several betas leave of the same coins on the same dates: the ground of every comparison. */

import { hedgingErrors } from "../betas/hedging.js";
import { inRange } from "../panel/calendar.js";
import type { BetaPath, DateRange, Panel } from "../types.js";

/** Coins and dates of a range on which several paths can be compared, and what each lacks. */
export interface CommonCells {
  /** Indices of the dates on which some coin is left. */
  readonly rows: readonly number[];
  /** [T x N]: 1 where every path that is not late has a beta and the coin a return. */
  readonly common: Uint8Array;
  /** Hedging errors of each path [T x N]. */
  readonly errors: readonly Float64Array[];
  /** Whether a path comes too late to be compared, see `latePaths`; what it lacks shortens no other. */
  readonly late: readonly boolean[];
  /** Returns of each coin in the range that each path lacks while another has them: left out for all; by path, then by coin. */
  readonly missing: readonly (readonly number[])[];
  /** Dates of the range that each path lacks, for some coin, while another path has them. */
  readonly missingDates: readonly number[];
}

/** A path with the panel whose markets it hedges with. */
interface HedgingPath {
  readonly panel: Panel;
  readonly path: BetaPath;
}

/**
 * The coins and dates of a range on which every path that is not late has a beta and the coin a return.
 *
 * @param paths walk-forward betas; their panels differ in their markets only
 * @throws RangeError in the caller's name if the panel has no date in the range
 */
export function commonCells(
  where: string,
  paths: readonly HedgingPath[],
  range: DateRange,
): CommonCells {
  const { dates: all, coins } = paths[0]!.panel;
  const N = coins.length;
  const errors = paths.map(({ panel, path }) => hedgingErrors(panel, path));
  const within = [...all.keys()].filter((t) => inRange(all[t]!, range));
  if (within.length === 0)
    throw new RangeError(
      `${where}: the range must hold a date of the panel, but ${range.from} to ${range.through} has none; the panel runs from ${all[0]} to ${all.at(-1)}`,
    );
  const late = latePaths(
    errors.map((own) => {
      const inside = own.subarray(within[0]! * N, (within.at(-1)! + 1) * N);
      return inside.reduce((count, error) => count + (Number.isFinite(error) ? 1 : 0), 0);
    }),
  );
  const missing = errors.map(() => coins.map(() => 0));
  const missingDates = errors.map(() => 0);
  const common = new Uint8Array(all.length * N);
  for (const t of within) {
    const without = new Set<number>();
    for (let i = 0; i < N; i++) {
      const at = t * N + i;
      const lacking: number[] = [];
      errors.forEach((own, p) => {
        if (!Number.isFinite(own[at])) lacking.push(p);
      });
      if (lacking.every((p) => late[p])) common[at] = 1;
      if (lacking.length < errors.length)
        for (const p of lacking) {
          missing[p]![i]!++;
          without.add(p);
        }
    }
    for (const p of without) missingDates[p]!++;
  }
  const rows = within.filter((t) => common.subarray(t * N, (t + 1) * N).includes(1));
  return { rows, common, errors, late, missing, missingDates };
}

/** What is left of the coins by several hedges, where these can be compared. */
export interface CommonErrors extends Pick<CommonCells, "late" | "missing" | "missingDates"> {
  readonly dates: readonly string[];
  /** Hedging errors of each path: by coin, then by date; NaN for all paths where one that is not late has none for the coin. */
  readonly errors: readonly (readonly (readonly number[])[])[];
}

/**
 * Hedging errors of a range on the cells of `commonCells`. Coins may come and go: a date counts if one coin is left on it.
 *
 * @param paths walk-forward betas, each with the panel whose markets it hedges with; panels differ in their markets only
 * @returns no dates where the paths have none in common
 * @throws RangeError in the caller's name if the panel has no date in the range
 */
export function commonErrors(
  where: string,
  paths: readonly HedgingPath[],
  range: DateRange,
): CommonErrors {
  const { rows, common, errors, ...lacking } = commonCells(where, paths, range);
  const { dates, coins } = paths[0]!.panel;
  const N = coins.length;
  const onDates = (own: Float64Array, i: number) =>
    rows.map((t) => (common[t * N + i] === 1 ? own[t * N + i]! : Number.NaN));
  return {
    dates: rows.map((t) => dates[t]!),
    errors: errors.map((own) => coins.map((_, i) => onDates(own, i))),
    ...lacking,
  };
}

/**
 * Which of several paths come too late to be compared with the others: those with fewer than half of the betas that the middle one has, or
 * the lower of the two in the middle. A pair has none.
 *
 * @param counts of each path's betas
 * @example
 * latePaths([250, 250, 100, 250]); // [false, false, true, false]
 */
export function latePaths(counts: readonly number[]): boolean[] {
  const usual = [...counts].sort((a, b) => a - b)[Math.floor((counts.length - 1) / 2)]!;
  return counts.map((own) => 2 * own < usual);
}

/** Mean by date over the coins that have a value. */
export function meanByDate(byCoin: readonly ArrayLike<number>[]): number[] {
  return Array.from(byCoin[0]!, (_, t) => {
    let [sum, known] = [0, 0];
    for (const own of byCoin)
      if (!Number.isNaN(own[t]!)) {
        sum += own[t]!;
        known++;
      }
    return sum / known;
  });
}

/** Squared errors, averaged over the coins of each date: the loss that every test takes. */
export function dateLosses(byCoin: readonly (readonly number[])[]): number[] {
  return meanByDate(byCoin.map((errors) => errors.map((e) => e ** 2)));
}
