/** Betas of one regression per coin and date, with intervals: what rolling, historical and others share. */

import { checkInteger } from "../check.js";
import { rowAt } from "../panel/panel.js";
import { studentTQuantile } from "../stats/distributions.js";
import { rollingOls } from "../stats/rolling-ols.js";
import type { BetaPath, DateRange, Panel } from "../types.js";
import { firstRow, refuseCollinear, wantedDates } from "./rows.js";

/** The sample of estimates that use all dates so far. */
export interface ExpandingOptions extends DatesOptions {
  /** First date whose return is used. */
  readonly from: string;
  /** Fewest complete rows for an estimate; K by default. */
  readonly minObs?: number;
}

/** The dates that betas are for. */
export interface DatesOptions {
  /** Dates that need a beta: on all others it is NaN; all by default. */
  readonly dates?: DateRange;
}

export interface IntervalOptions {
  /** Whether standard errors and bounds are wanted, which take most of the time; true by default. */
  readonly intervals?: boolean;
}

export interface RegressionOptions extends IntervalOptions, DatesOptions {
  /** First date whose return is used; the panel's by default. */
  readonly from?: string;
  /** Periods in the window; all since `from` by default. */
  readonly lookback?: number;
  readonly minObs: number;
  /** Periods in which the weight of a return halves, where the window is all since `from`; Infinity by default. */
  readonly halfLife?: number;
}

/**
 * No-intercept least squares (F'WF)^-1 F'Wr per coin, with HC3 standard errors and 95 % intervals.
 *
 * The beta at t uses dates before t. The interval is Student's t with n - K degrees of freedom; with weights, n is
 * (sum w)^2 / sum w^2.
 *
 * @returns NaN where complete rows are fewer than `minObs`; errors and bounds also where they are K, or a row has leverage 1
 * @throws RangeError if `from` lies after the panel, or the markets are collinear in every window
 */
export function regressionBetas(where: string, panel: Panel, options: RegressionOptions): BetaPath {
  const { dates, coins, markets } = panel;
  const { from = "", lookback, minObs, halfLife = Infinity } = options;
  const isWanted = wantedDates(panel, options);
  const { intervals = true } = options;
  const [N, K] = [coins.length, markets.length];
  checkInteger(where, "minObs", minObs, K);
  const start = firstRow(where, panel, from);
  const rows = dates.length - start;
  // Weights that grow serve every window: least squares knows only their ratios.
  const growth = Math.LN2 / 2 / halfLife;
  const weighted = (returns: Float64Array, width: number): Float64Array =>
    returns.subarray(start * width).map((v, at) => v * Math.exp(growth * Math.floor(at / width)));
  const x = weighted(panel.marketLogReturns, K);
  const y = weighted(panel.coinLogReturns, N);
  const { coefficients, standardErrors, observations } = rollingOls(x, y, {
    lookback: lookback ?? Math.max(rows, minObs),
    minObs,
    intercept: false,
    dependents: N,
    errorsAt: (row) => isWanted(start + row + 1),
    ...(intervals ? { covariance: "HC3" } : {}),
  });
  // Row s, the last one used, is known before date s + 1.
  const known = (values: Float64Array): Float64Array => {
    const out = new Float64Array(dates.length * N * K).fill(NaN);
    out.set(values.subarray(0, (rows - 1) * N * K), (start + 1) * N * K);
    return out;
  };
  const values = known(coefficients);
  const used = observations.subarray(0, (rows - 1) * N);
  if (used.some((n) => n >= minObs)) refuseCollinear(where, { dates, markets, values }, from);
  for (const t of dates.keys()) if (!isWanted(t)) values.fill(NaN, t * N * K, (t + 1) * N * K);
  const path = { dates, coins, markets, values, kind: "walkForward" } as const;
  if (!standardErrors) return path;
  const width = Float64Array.from(
    halfLife === Infinity ? observations : effectiveRows(x, y, N, Math.exp(-2 * growth)),
    tQuantile(K),
  );
  const bound = (sign: 1 | -1): Float64Array =>
    known(coefficients.map((b, at) => b + sign * width[Math.floor(at / K)]! * standardErrors[at]!));
  return {
    ...path,
    standardErrors: known(standardErrors),
    band: { interval: "hc3", lower: bound(-1), upper: bound(1) },
  };
}

/** (sum w)^2 / sum w^2 over the complete rows so far [T x N], where a weight shrinks by a factor each row. */
function effectiveRows(x: Float64Array, y: Float64Array, N: number, factor: number): Float64Array {
  const T = y.length / N;
  const K = x.length / T;
  const [sum, squares] = [new Float64Array(N), new Float64Array(N)];
  return y.map((value, at) => {
    const [t, i] = [Math.floor(at / N), at % N];
    const markets = rowAt(x, K, t);
    const counted = [value, ...markets].every(Number.isFinite) ? 1 : 0;
    sum[i] = sum[i]! * factor + counted;
    squares[i] = squares[i]! * factor ** 2 + counted;
    return sum[i]! ** 2 / squares[i]!;
  });
}

/** 97.5 % quantile of Student's t with n - k degrees of freedom, as a function of n; NaN where there are none. */
function tQuantile(k: number): (n: number) => number {
  const seen = new Map<number, number>();
  return (n) => {
    const known = seen.get(n);
    if (known !== undefined) return known;
    const quantile = n > k ? studentTQuantile(0.975, n - k) : NaN;
    seen.set(n, quantile);
    return quantile;
  };
}
