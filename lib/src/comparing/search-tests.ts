/** What a search found beyond chance: whether configurations differ, and how many hedge better than one constant. */

import type { Start } from "../models/network.js";
import type { SearchRow } from "../models/search.js";
import { type OneWayTest, oneWayTest, welchTest } from "../stats/one-way.js";
import type { NullScores } from "./nulls.js";

/** Configurations of one start, and how many of them lie below the pooled constant of their markets. */
export interface SearchCount {
  readonly start: Start;
  readonly configurations: number;
  /** By their mean at the best epoch, the start being a candidate. */
  readonly below: number;
  /** The same without epoch 0 among the candidates. */
  readonly belowTrained: number;
  /** The same after the last epoch: nothing is chosen. */
  readonly belowLast: number;
}

/** The configurations of one market set and start. */
export interface SearchTest extends SearchCount {
  readonly marketSet: string;
  /** That all configurations have one mean validation RMSE, with the variance over seeds as chance. NaN for one seed. */
  readonly fTest: OneWayTest;
  /** The same where configurations have variances of their own; NaN where the seeds of a configuration agree. */
  readonly welch: OneWayTest;
}

/**
 * Tests of a search, by market set and start.
 *
 * Chance is that of the start weights. All networks are scored on the same few dates: what other dates would say is not asked.
 *
 * @example
 * const grid = { ...small.grid, hidden: [2, 4] };
 * const found = await searchNetworks(panel, trainer, { ...small, grid });
 * searchTests(found, nullScores(panel, small)).map(({ marketSet, configurations, belowTrained }) => [marketSet, configurations, belowTrained]);
 * // [["FIAT", 2, 0], ["GOLD", 2, 0]]
 */
export function searchTests(rows: readonly SearchRow[], { pooled }: NullScores): SearchTest[] {
  const cells = new Map<string, SearchRow[]>();
  for (const row of rows) {
    const key = `${row.marketSet} ${row.start}`;
    cells.set(key, [...(cells.get(key) ?? []), row]);
  }
  return [...cells.values()].map((cell) => {
    const { marketSet, start } = cell[0]!;
    const groups = cell.map(({ seeds, valRmse, valRmseSd }) => ({
      n: seeds,
      mean: valRmse,
      standardDeviation: valRmseSd,
    }));
    const testable = cell.length > 1 && cell.every(({ seeds }) => seeds > 1);
    const below = (key: "valRmse" | "valRmseTrained" | "valRmseLast") =>
      cell.filter((row) => row[key] < pooled[marketSet]!).length;
    return {
      marketSet,
      start,
      configurations: cell.length,
      fTest: testable ? oneWayTest(groups) : UNTESTED,
      welch: testable ? welchTest(groups) : UNTESTED,
      below: below("valRmse"),
      belowTrained: below("valRmseTrained"),
      belowLast: below("valRmseLast"),
    };
  });
}

/**
 * Counts of a search over all market sets, start by start.
 *
 * @example
 * searchCounts(searchTests(rows, nullScores(panel, small)));
 * // [{ start: "glorot", configurations: 2, below: 0, belowTrained: 0, belowLast: 0 }]
 */
export function searchCounts(tests: readonly SearchTest[]): SearchCount[] {
  return [...new Set(tests.map(({ start }) => start))].map((start) => {
    const own = tests.filter((test) => test.start === start);
    const total = (key: "configurations" | "below" | "belowTrained" | "belowLast") =>
      own.reduce((sum, test) => sum + test[key], 0);
    return {
      start,
      configurations: total("configurations"),
      below: total("below"),
      belowTrained: total("belowTrained"),
      belowLast: total("belowLast"),
    };
  });
}

const UNTESTED: OneWayTest = {
  statistic: Number.NaN,
  degreesOfFreedom: [Number.NaN, Number.NaN],
  pValue: Number.NaN,
};
