/** Blocks by the date of the target. */

import type { DateRange, Panel, Split, Windows } from "../types.js";
import { inRange } from "./calendar.js";
import { completeTargets, inputSeries } from "./input-series.js";
import { isCompleteRow, selectRows, windowsOf } from "./windows.js";

/** The windows of the three blocks of a split. */
export interface SplitWindows {
  readonly inSample: Windows;
  readonly validation: Windows;
  readonly outOfSample: Windows;
}

/**
 * The windows of each block of a split, by the date of the target: in-sample and validation rows that are complete, out-of-sample
 * rows whose inputs are. A coin that begins late has its first row after a whole look-back; one that ended has none.
 *
 * @param dates the panel's dates
 * @throws RangeError if blocks overlap or are out of order, or if one has no rows
 * @example
 * const blocks = splitWindows(lookbackWindows(dollar, 12), dollar.dates, study.split);
 * blocks.inSample.target.length; // 144: 36 months of four coins
 * @see report, Steps 1-5: fit 2019-2021, validation 2022, out-of-sample 2023
 */
export function splitWindows(
  windows: Windows,
  dates: readonly string[],
  split: Split,
): SplitWindows {
  return splitBlocks({ dates, lookback: windows.lookback, split }, (rows) =>
    selectRows(
      windows,
      (t, row) => isIn(dates[t]!, rows.ranges) && isCompleteRow(windows, row, rows.targetToo),
    ),
  );
}

/** `splitWindows` of a panel, without the windows of all its dates beside each other; see `windowsOf`. */
export const panelWindows = (panel: Panel, lookback: number, split: Split): SplitWindows =>
  splitBlocks({ dates: panel.dates, lookback, split }, (rows) =>
    completeWindows(panel, lookback, rows),
  );

/** Which rows of windows are taken: by the date of their target and, where it is learnt from, by its returns. */
export interface WindowChoice {
  readonly ranges: readonly DateRange[];
  readonly targetToo: boolean;
}

/** Windows whose target lies in any of the ranges and whose look-back is complete; the target too, where it is learnt from. */
export function completeWindows(
  panel: Panel,
  lookback: number,
  { ranges, targetToo }: WindowChoice,
): Windows {
  const isComplete = completeTargets(panel, inputSeries(panel), { lookback, targetToo });
  const [coin, target]: [number[], number[]] = [[], []];
  for (const [t, date] of panel.dates.entries()) {
    if (t < lookback || !isIn(date, ranges)) continue;
    for (let i = 0; i < panel.coins.length; i++) {
      if (!isComplete(t, i)) continue;
      coin.push(i);
      target.push(t);
    }
  }
  const rows = { coin: Int32Array.from(coin), target: Int32Array.from(target) };
  return windowsOf(panel, lookback, rows);
}

const isIn = (date: string, ranges: readonly DateRange[]): boolean =>
  ranges.some((range) => inRange(date, range));

interface SplitDates {
  readonly dates: readonly string[];
  readonly lookback: number;
  readonly split: Split;
}

function splitBlocks(
  { dates, lookback, split }: SplitDates,
  take: (rows: WindowChoice) => Windows,
): SplitWindows {
  checkSplit(split);
  const first = dates[lookback];
  if (first === undefined)
    throw new RangeError(
      `splitWindows: the look-back must be shorter than the panel, but it is ${lookback} of ${dates.length} periods; shorten it`,
    );
  const block = (name: keyof Split): Windows => {
    const range = split[name];
    // A beta dated t may not know whether t has a return: only rows that are learnt from need one.
    const rows = take({ ranges: [range], targetToo: name !== "outOfSample" });
    if (rows.target.length === 0) {
      const last = dates.at(-1)!;
      const remedy =
        range.from > last ? "move it to dates of the panel" : "move it or shorten the look-back";
      throw new RangeError(
        `splitWindows: block ${name} (${range.from} to ${range.through}) must hold a target with a complete look-back, but the first one is ${first} and the last ${last}; ${remedy}`,
      );
    }
    return rows;
  };
  return {
    inSample: block("inSample"),
    validation: block("validation"),
    outOfSample: block("outOfSample"),
  };
}

/**
 * First and last target date of a block: what a null must be fitted on to know what a network knows.
 *
 * @example
 * const { validation: block } = splitWindows(lookbackWindows(dollar, 12), dollar.dates, study.split);
 * targetRange(block, dollar.dates); // { from: "2022-01-31", through: "2022-12-31" }
 */
export function targetRange(block: Windows, dates: readonly string[]): DateRange {
  return {
    from: dates[block.target[0]!]!,
    through: dates[block.target.at(-1)!]!,
  };
}

/** @throws RangeError unless in-sample, validation and out-of-sample follow one another */
export function checkSplit(split: Split): void {
  const bounds = (["inSample", "validation", "outOfSample"] as const).flatMap((name) => [
    [`${name}.from`, split[name].from, "first"] as const,
    [`${name}.through`, split[name].through, "last"] as const,
  ]);
  for (let i = 1; i < bounds.length; i++) {
    const [before, a, sideA] = bounds[i - 1]!;
    const [after, b, sideB] = bounds[i]!;
    // A month begins on its first day and ends on its last: "2021-12" through is after "2021-12-15" from.
    const day = (date: string, side: string) =>
      date.length > "YYYY-MM".length ? date : `${date}-${side === "first" ? "01" : "31"}`;
    const ordered =
      sideB === "first" ? day(a, sideA) < day(b, sideB) : day(a, sideA) <= day(b, sideB);
    if (!ordered)
      throw new RangeError(
        `split: ${before} (${a}) must lie before ${after} (${b}); order the blocks in time, without overlap`,
      );
  }
}
