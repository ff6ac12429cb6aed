/** Values that are there, and runs of them. */

/** Finite values of one series with their dates. */
export interface Observed {
  readonly dates: readonly string[];
  readonly values: Float64Array;
}

/** Log returns of one series, as findings call it, by date. */
export interface SeriesReturns {
  readonly series: string;
  readonly dates: readonly string[];
  readonly returns: Float64Array;
}

export function observed(dates: readonly string[], values: ArrayLike<number>): Observed {
  const kept = [...dates.keys()].filter((i) => Number.isFinite(values[i]));
  return {
    dates: kept.map((i) => dates[i]!),
    values: Float64Array.from(kept, (i) => values[i]!),
  };
}

/**
 * Maximal runs of indices below n at which something holds.
 *
 * @example
 * runsOf(4, (i) => i !== 1); // [{ from: 0, length: 1 }, { from: 2, length: 2 }]
 */
export function runsOf(
  n: number,
  holds: (i: number) => boolean,
): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = [];
  for (let from = 0; from < n; from++) {
    let length = 0;
    while (from + length < n && holds(from + length)) length++;
    if (length > 0) runs.push({ from, length });
    from += length;
  }
  return runs;
}
