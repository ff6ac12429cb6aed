/** Bars against themselves: what open, high, low and close of one day, and of the next, must have to do with each other. */

import { isoDate } from "../../panel/calendar.js";
import type { DailySeries } from "../../panel/resample.js";
import { normalBound } from "./chance.js";
import type { DailyBars } from "./fields.js";
import { type Finding, short } from "./finding.js";
import type { Rules } from "./options.js";

/** Part of the price that the rounding of published files can move: six decimals, adjusted prices. */
const ROUNDING = 1e-6;

/** Open and close within high and low. A share of bars that are not is a warning; from half of them on, the names are wrong. */
export function rangeFindings(series: string, bars: DailyBars): Finding[] {
  const { close, open, high, low } = bars;
  if (!high || !low) return [];
  const [opens, highs, lows] = [open ?? close, high, low].map(byDay);
  const excesses = [...close.days].map((day, i) => {
    const [top, bottom] = [highs!.get(day), lows!.get(day)];
    const prices = [close.values[i]!, opens!.get(day) ?? close.values[i]!];
    return Math.max(...prices.flatMap((p) => [p / (top ?? p) - 1, 1 - p / (bottom ?? p)]));
  });
  const beyond = excesses.filter((excess) => excess > ROUNDING).length;
  if (beyond === 0) return [];
  const worst = excesses.reduce((best, excess, i) => (excess > excesses[best]! ? i : best), 0);
  const mislabelled = beyond > close.days.length / 2;
  return [
    {
      series,
      check: "bar-range",
      date: isoDate(close.days[worst]!),
      value: excesses[worst]!,
      threshold: ROUNDING,
      severity: mislabelled ? "error" : "warning",
      remedy: `${beyond} of ${close.days.length} bars: ${mislabelled ? "open, high, low and close seem to be under wrong names; find the columns by name in the publisher's file" : "close and range are of different sessions or wrong; high and low are not to be used"}`,
    },
  ];
}

/**
 * Opens that stand where closes belong, and closes where opens do.
 *
 * From the last close to the open is the night, to the close the night and the day: on most days the close is farther. With the
 * two names exchanged, two sessions lie between a "close" and the next "open", and it is the reverse. A sign test against one half.
 */
export function openCloseFindings(
  series: string,
  { close, open }: DailyBars,
  { falseAlarms }: Rules,
): Finding[] {
  if (!open) return [];
  const opens = byDay(open);
  let [n, farther] = [0, 0];
  for (const [i, day] of close.days.entries()) {
    // The first day has none before it: its logarithms are NaN, which is no side's.
    const last = close.values[i - 1] ?? Number.NaN;
    const night = Math.abs(Math.log((opens.get(day) ?? Number.NaN) / last));
    const both = Math.abs(Math.log(close.values[i]! / last));
    if (night > both) farther++;
    if (night > both || night < both) n++;
  }
  const threshold = 0.5 + normalBound(falseAlarms) / (2 * Math.sqrt(n));
  if (!(farther / n > threshold)) return [];
  return [
    {
      series,
      check: "open-close",
      date: null,
      value: farther / n,
      threshold,
      severity: "error",
      remedy: `open and close seem to be exchanged (on ${short(100 * (farther / n))} % of ${n} days the open is the farther one; about 0 to 40 % are usual): find the columns by name in the publisher's file`,
    },
  ];
}

const byDay = ({ days, values }: DailySeries): Map<number, number> =>
  new Map([...days].map((day, i) => [day, values[i]!]));
