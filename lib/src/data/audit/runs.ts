/** Runs: values that are not there, and values that do not move. */

import { runBound } from "./chance.js";
import type { Finding } from "./finding.js";
import { type Observed, runsOf } from "./observed.js";
import type { Rules } from "./options.js";

/** One finding per run of values that are no finite number. */
export function missingFindings(
  series: string,
  dates: readonly string[],
  values: ArrayLike<number>,
): Finding[] {
  return runsOf(dates.length, (i) => !Number.isFinite(values[i])).map(({ from, length }) => ({
    series,
    check: "missing",
    date: dates[from]!,
    value: length,
    threshold: 0,
    severity: "error",
    remedy: "fill the cells from the source, or take a range without them",
  }));
}

/** A coin that begins after the panel or ends before it: it may be so, or its file may be short. */
export function spanFindings(
  series: string,
  dates: readonly string[],
  { first, last }: { readonly first: number; readonly last: number },
): Finding[] {
  if (first < 0) return [];
  const found = (check: "begins" | "ends", t: number, value: number): Finding[] =>
    value === 0
      ? []
      : [
          {
            series,
            check,
            date: dates[t]!,
            value,
            threshold: 0,
            severity: "warning",
            remedy: `the coin is left out of what lies outside its returns: compare with the source whether it ${check} there`,
          },
        ];
  return [...found("begins", first, first), ...found("ends", last, dates.length - 1 - last)];
}

/** Runs of one value: zeros (filled, or prices carried forward), or any other (a return carried forward). */
export function staleFindings(
  series: string,
  { dates, values }: Observed,
  { falseAlarms }: Rules,
): Finding[] {
  const n = values.length;
  const kinds = [
    { check: "zeros", event: (i: number) => values[i] === 0 },
    {
      check: "stale",
      event: (i: number) => values[i] !== 0 && values[i] === values[i - 1],
    },
  ] as const;
  return kinds.flatMap(({ check, event }) =>
    longRuns(n, event, falseAlarms).map(
      ({ from, length, bound }): Finding => ({
        series,
        check,
        date: dates[from]!,
        value: length,
        threshold: bound,
        severity: "warning",
        remedy:
          check === "zeros"
            ? "compare with the source: a missing value filled with 0, or a price carried forward, belongs out; leave the cells empty"
            : "compare with the source: a value carried forward belongs out; leave the cells empty",
      }),
    ),
  );
}

/** Runs of an event longer than chance makes them, each judged by the rate of the event in the rest of the series. */
export function longRuns(
  n: number,
  event: (i: number) => boolean,
  falseAlarms: number,
): { from: number; length: number; bound: number }[] {
  const runs = runsOf(n, event);
  const all = runs.reduce((sum, { length }) => sum + length, 0);
  return runs
    .map((run) => {
      // One event more than seen: prices have ticks, so that the rate is never 0.
      const rate = (all - run.length + 1) / (n - run.length + 2);
      return { ...run, bound: runBound(n, rate, falseAlarms) - 1 };
    })
    .filter(({ length, bound }) => length > bound);
}
