/** Columns that hold something else than log returns in decimals: one value, prices, percent. */

import { ranks } from "../../stats/ranks.js";
import { median, robustScale } from "../../stats/robust.js";
import type { Frequency } from "../../types.js";
import { normalBound } from "./chance.js";
import { FEWEST, type Finding } from "./finding.js";
import type { Observed } from "./observed.js";
import type { Rules } from "./options.js";

const PERIODS_PER_YEAR: Readonly<Record<Frequency, number>> = {
  daily: 252,
  weekly: 52,
  monthly: 12,
};

/** Two units differ by 100: a ratio of scales beyond 10 is nearer to that, in logs, than to 1. */
export const UNIT_RATIO = 10;

/** The first of these faults that a series has: what follows from it is not worth a finding. */
export function unitFindings(
  series: string,
  values: Observed,
  rules: Rules & { readonly frequency: Frequency },
): Finding[] {
  return (
    [
      constantFindings(series, values),
      levelFindings(series, values, rules),
      changeFindings(series, values),
      scaleFindings(series, values, rules),
    ].find((found) => found.length > 0) ?? []
  );
}

function constantFindings(series: string, { values }: Observed): Finding[] {
  if (values.length < 2 || values.some((value) => value !== values[0])) return [];
  return [
    {
      series,
      check: "constant",
      date: null,
      value: values[0]!,
      threshold: 0,
      severity: "error",
      remedy: "replace the column: it holds one value on every date",
    },
  ];
}

/** Prices or rates where returns belong: all of one sign, which n signs are with chance 2^(1 - n), and each near the last. */
function levelFindings(series: string, { values }: Observed, { falseAlarms }: Rules): Finding[] {
  const n = values.length;
  const oneSign = values.every((value) => value > 0) || values.every((value) => value < 0);
  if (!oneSign || (1 - n) * Math.LN2 > Math.log(falseAlarms)) return [];
  // Bartels (1982): for n independent values normal with mean 2 and variance 4 / n.
  const rank = ranks(values);
  const center = (n + 1) / 2;
  let [steps, spread] = [0, 0];
  rank.forEach((r, i) => {
    if (i > 0) steps += (r - rank[i - 1]!) ** 2;
    spread += (r - center) ** 2;
  });
  const threshold = 2 - (2 * normalBound(falseAlarms)) / Math.sqrt(n);
  if (steps / spread >= threshold) return [];
  return [
    {
      series,
      check: "levels",
      date: null,
      value: steps / spread,
      threshold,
      severity: "error",
      remedy:
        "the column looks like prices (or a rate of interest): take log(p_t / p_(t-1)) of it, or declare prices",
    },
  ];
}

function scaleFindings(
  series: string,
  { values }: Observed,
  { frequency, annualScale }: Rules & { readonly frequency: Frequency },
): Finding[] {
  if (values.length < FEWEST) return [];
  const scale = robustScale(values) * Math.sqrt(PERIODS_PER_YEAR[frequency]);
  if (scale <= annualScale) return [];
  return [
    {
      series,
      check: "unit",
      date: null,
      value: scale,
      threshold: annualScale,
      severity: "error",
      remedy:
        "the column looks like percent: divide it by 100; if it holds prices, take log returns; if the asset does swing so, raise annualScale, of the study: audit.annualScale",
    },
  ];
}

/**
 * Decimals up to a date and percent from there on, or the reverse: both parts of at least FEWEST returns.
 *
 * The date is the one that leaves the least to explain: sum of |log |r| - median of its part|.
 */
function changeFindings(series: string, whole: Observed): Finding[] {
  // Zeros have no unit, and a run of them no scale.
  const kept = [...whole.values.keys()].filter((i) => whole.values[i] !== 0);
  const logs = Float64Array.from(kept, (i) => Math.log(Math.abs(whole.values[i]!)));
  const n = logs.length;
  // A hundredth of a long series is near enough, and keeps the search short.
  const step = Math.ceil(n / 100);
  let best: { left: number; at: number; from: number; to: number } | undefined;
  for (let at = FEWEST; at <= n - FEWEST; at += step) {
    const [before, after] = [logs.subarray(0, at), logs.subarray(at)];
    const [from, to] = [median(before), median(after)];
    const left = distances(before, from) + distances(after, to);
    if (!best || left < best.left) best = { left, at, from, to };
  }
  if (!best || Math.abs(best.to - best.from) <= Math.log(UNIT_RATIO)) return [];
  return [
    {
      series,
      check: "unit-change",
      date: whole.dates[kept[best.at]!]!,
      value: Math.exp(best.to - best.from),
      threshold: best.to > best.from ? UNIT_RATIO : 1 / UNIT_RATIO,
      severity: "error",
      remedy:
        "percent and decimals are mixed: give the rows before and after about this date one unit",
    },
  ];
}

function distances(values: Float64Array, from: number): number {
  return values.reduce((sum, value) => sum + Math.abs(value - from), 0);
}
