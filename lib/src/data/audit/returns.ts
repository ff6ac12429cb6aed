/** Returns of one series, judged by themselves. */

import { rankCorrelation } from "../../stats/ranks.js";
import { median, robustScale } from "../../stats/robust.js";
import type { Frequency } from "../../types.js";
import { normalBound, outlierBound } from "./chance.js";
import { FEWEST, type Finding, short } from "./finding.js";
import { type Observed, observed, type SeriesReturns } from "./observed.js";
import type { Rules } from "./options.js";
import { missingFindings, staleFindings } from "./runs.js";
import { UNIT_RATIO, unitFindings } from "./units.js";

/**
 * Findings on the returns of one series.
 *
 * A fault that falsifies all that follow ends the list: prices are not tested for outliers.
 */
export function returnFindings(
  { series, dates, returns }: SeriesReturns,
  frequency: Frequency,
  rules: Rules,
): Finding[] {
  const values = observed(dates, returns);
  const missing = missingFindings(series, dates, returns);
  const unit = unitFindings(series, values, { frequency, ...rules });
  if (unit.length > 0) return [...missing, ...unit];
  return [
    ...missing,
    ...staleFindings(series, values, rules),
    ...extremeFindings(series, values, rules),
  ];
}

/** No price is multiplied by 22,026 in one period: beyond this log return, a row is wrong. */
const IMPOSSIBLE = 10;

/** Returns that no price can have, and those out of line with the series' own scale. */
export function extremeFindings(series: string, returns: Observed, rules: Rules): Finding[] {
  const isPossible = (value: number) => Math.abs(value) <= IMPOSSIBLE;
  const impossible = [...returns.values].flatMap((value, i): Finding[] =>
    isPossible(value)
      ? []
      : [
          {
            series,
            check: "impossible",
            date: returns.dates[i]!,
            value,
            threshold: Math.sign(value) * IMPOSSIBLE,
            severity: "error",
            remedy:
              "compare the row with its source: a slip of the decimal point, or a row of another series, is corrected there; end the series before a price that fell to nothing",
          },
        ],
  );
  return [
    ...impossible,
    ...outlierFindings(
      series,
      observed(
        returns.dates,
        returns.values.map((value) => (isPossible(value) ? value : Number.NaN)),
      ),
      rules,
    ),
  ];
}

function outlierFindings(
  series: string,
  { dates, values }: Observed,
  { falseAlarms }: Rules,
): Finding[] {
  const moves = values.filter((value) => value !== 0);
  const scale = robustScale(moves);
  if (moves.length < FEWEST || scale === 0) return [];
  const center = median(moves);
  const threshold = outlierBound(values.length, falseAlarms);
  return [...values].flatMap((value, i): Finding[] => {
    const distance = (value - center) / scale;
    if (Math.abs(distance) <= threshold) return [];
    return [
      {
        series,
        check: "outlier",
        date: dates[i]!,
        value: distance,
        threshold,
        severity: "warning",
        remedy: `the log return is ${short(value)}: compare it with a second source; a slip of the decimal point, a split or a wrong row is corrected there, a true extreme stays`,
      },
    ];
  });
}

/** A price nearer to another unit than to its own. */
const JUMP = Math.log(UNIT_RATIO);

/** Daily moves too few to have a scale: pence beside pounds show themselves by the factor alone. */
export function jumpFindings(series: string, { dates, values }: Observed): Finding[] {
  if (values.filter((value) => value !== 0).length >= FEWEST) return [];
  return [...values].flatMap((value, i): Finding[] =>
    Math.abs(value) <= JUMP
      ? []
      : [
          {
            series,
            check: "jump",
            date: dates[i]!,
            value,
            threshold: Math.sign(value) * JUMP,
            severity: "warning",
            remedy: `the price is ${short(Math.exp(Math.abs(value)))} times as ${value > 0 ? "high" : "low"} as the last: compare it with a second source; another unit (pence for pounds), a slip of the decimal point or a split is corrected there`,
          },
        ],
  );
}

/** Means of the days of a period where its last day belongs: their returns are autocorrelated by about 0.25. */
export function averageFindings(
  { series, dates, returns }: SeriesReturns,
  { falseAlarms }: Rules,
): Finding[] {
  const { values } = observed(dates, returns);
  const n = values.length;
  if (n < FEWEST) return [];
  const threshold = normalBound(falseAlarms) / Math.sqrt(n);
  const value = rankCorrelation(values.subarray(1), values.subarray(0, n - 1));
  if (!(value > threshold)) return [];
  return [
    {
      series,
      check: "averages",
      date: null,
      value,
      threshold,
      severity: "warning",
      remedy:
        "compare with prices of period ends: the column may hold averages of each period (Working 1960), or prices of a thin market",
    },
  ];
}
