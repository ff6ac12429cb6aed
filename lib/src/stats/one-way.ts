/** Analysis of variance in one direction: whether groups have one mean. */

import { fSurvival } from "./distributions.js";

/** What the test needs of a group. */
export interface GroupMoments {
  readonly n: number;
  readonly mean: number;
  /** With n - 1. */
  readonly standardDeviation: number;
}

/** An F test with its degrees of freedom. */
export interface OneWayTest {
  readonly statistic: number;
  readonly degreesOfFreedom: readonly [number, number];
  readonly pValue: number;
}

/**
 * F test that all groups have one mean, given one variance: mean square between groups over mean square within them.
 *
 * @returns NaN where nothing varies within the groups
 * @throws RangeError unless there are two groups, of two values each
 * @example
 * const groups = [{ n: 3, mean: 2, standardDeviation: 1 }, { n: 3, mean: 5, standardDeviation: 1 }];
 * oneWayTest(groups); // { statistic: 13.5, degreesOfFreedom: [1, 4], pValue: 0.0213 }
 * @see tested against scipy's f_oneway
 */
export function oneWayTest(groups: readonly GroupMoments[]): OneWayTest {
  checkGroups("oneWayTest", groups);
  const N = sum(groups, ({ n }) => n);
  const grand = sum(groups, ({ n, mean }) => n * mean) / N;
  const between = groups.length - 1;
  const within = N - groups.length;
  const explained = sum(groups, ({ n, mean }) => n * (mean - grand) ** 2) / between;
  const noise = sum(groups, ({ n, standardDeviation: s }) => (n - 1) * s ** 2) / within;
  return tested(noise > 0 ? explained / noise : Number.NaN, between, within);
}

/** Relative to a mean: a standard deviation below it is that of equal numbers. */
const ROUNDING = 1e-12;

/**
 * Welch's test that all groups have one mean, whatever their variances.
 *
 * @returns NaN where a group does not vary by more than rounding
 * @throws RangeError unless there are two groups, of two values each
 * @example
 * const groups = [{ n: 3, mean: 2, standardDeviation: 1 }, { n: 3, mean: 5, standardDeviation: 1 }];
 * welchTest(groups); // { statistic: 13.5, degreesOfFreedom: [1, 4], pValue: 0.0213 }: of two groups, Welch's t squared
 * @see Welch (1951), On the Comparison of Several Mean Values; tested against statsmodels' anova_oneway
 */
export function welchTest(groups: readonly GroupMoments[]): OneWayTest {
  checkGroups("welchTest", groups);
  const g = groups.length;
  const weights = groups.map(({ n, mean, standardDeviation: s }) =>
    s > ROUNDING * Math.abs(mean) ? n / s ** 2 : Number.POSITIVE_INFINITY,
  );
  const total = sum(weights, (w) => w);
  if (!Number.isFinite(total)) return tested(Number.NaN, g - 1, Number.NaN);
  const grand = sum(groups, ({ mean }, i) => weights[i]! * mean) / total;
  const explained = sum(groups, ({ mean }, i) => weights[i]! * (mean - grand) ** 2) / (g - 1);
  const uncertain = sum(groups, ({ n }, i) => (1 - weights[i]! / total) ** 2 / (n - 1));
  const statistic = explained / (1 + (2 * (g - 2) * uncertain) / (g ** 2 - 1));
  return tested(statistic, g - 1, (g ** 2 - 1) / (3 * uncertain));
}

function tested(statistic: number, between: number, within: number): OneWayTest {
  const pValue = Number.isNaN(statistic) ? Number.NaN : fSurvival(statistic, between, within);
  return { statistic, degreesOfFreedom: [between, within], pValue };
}

function checkGroups(where: string, groups: readonly GroupMoments[]): void {
  const few = groups.find(({ n }) => !(n >= 2));
  if (groups.length < 2 || few)
    throw new RangeError(
      `${where}: there must be two groups of two values each, got ${groups.length} groups${few ? `, one of ${few.n}` : ""}; leave out what has one value`,
    );
}

const sum = <T>(items: readonly T[], value: (item: T, i: number) => number): number =>
  items.reduce((total, item, i) => total + value(item, i), 0);
