/** Correlations and betas around events: whether they rise, and whether more than turbulence alone would make them. */

import { dayNumber } from "../panel/calendar.js";
import { correlation } from "../stats/correlation.js";
import { forbesRigobon } from "../stats/forbes-rigobon.js";
import { inference } from "../stats/inference.js";
import { standardDeviation } from "../stats/moments.js";
import { neweyWestCovariance, neweyWestLags } from "../stats/newey-west.js";
import { regression } from "../stats/ols.js";
import type { Panel } from "../types.js";
import { commonReturns } from "./beta-breaks.js";

/** One window around an event, against all dates outside of all windows. */
export interface EventWindow {
  readonly event: string;
  readonly market: string;
  readonly from: string;
  readonly through: string;
  readonly n: number;
  /** Of the market's return and the coins' mean return, in the window and on the calm dates. */
  readonly correlation: number;
  readonly calmCorrelation: number;
  /** Forbes and Rigobon: what the window's correlation would be at the market's calm variance. */
  readonly adjustedCorrelation: number;
  /** Variance of the market in the window over that of the calm dates. */
  readonly varianceRatio: number;
  readonly beta: number;
  readonly calmBeta: number;
  /** Newey-West t of the difference of the betas. */
  readonly tStat: number;
  readonly pValue: number;
}

/** The reach of a window, on either side of its event. */
export interface EventWindowOptions {
  readonly days: number;
}

/**
 * Correlation and pooled beta within windows around events, and outside of all of them.
 *
 * @param events first day of each, by name
 * @returns no row for an event with fewer than four dates around it
 * @throws RangeError if the panel has no such market
 * @example
 * const [crash] = eventWindows(panel, "EQUITY", { events: { "March 2020": "2020-03-12" }, days: 120 });
 * [crash!.n, crash!.correlation]; // [8, 0.5463]
 */
export function eventWindows(
  panel: Panel,
  market: string,
  { events, days }: EventWindowOptions & { readonly events: Readonly<Record<string, string>> },
): EventWindow[] {
  const { dates, x, y } = commonReturns(panel, market, () => true);
  const around = (date: string, event: string) =>
    Math.abs(dayNumber(date) - dayNumber(event)) <= days;
  const calm = [...dates.keys()].filter(
    (t) => !Object.values(events).some((event) => around(dates[t]!, event)),
  );
  return Object.entries(events).flatMap(([event, day]) => {
    const inside = [...dates.keys()].filter((t) => around(dates[t]!, day));
    if (inside.length < 4) return [];
    const [fIn, fCalm] = [inside, calm].map((rows) => rows.map((t) => x[t]!)) as [
      number[],
      number[],
    ];
    const [rIn, rCalm] = [inside, calm].map((rows) => rows.map((t) => y[t]!)) as [
      number[],
      number[],
    ];
    const variances = {
      turbulent: standardDeviation(fIn, 1) ** 2,
      calm: standardDeviation(fCalm, 1) ** 2,
    };
    const own = correlation(fIn, rIn);
    // In order of time: Newey and West's lags are neighbours.
    const rows = [...calm, ...inside].sort((a, b) => a - b);
    const marked = new Set(inside);
    const fit = regression(
      rows.flatMap((t) => [x[t]!, marked.has(t) ? x[t]! : 0]),
      rows.map((t) => y[t]!),
      { intercept: false },
    );
    const covariance = neweyWestCovariance(fit, { lags: neweyWestLags(rows.length) });
    const { tStats, pValues } = inference(fit, covariance, 0.95);
    return {
      event,
      market,
      from: dates[inside[0]!]!,
      through: dates[inside.at(-1)!]!,
      n: inside.length,
      correlation: own,
      calmCorrelation: correlation(fCalm, rCalm),
      adjustedCorrelation: forbesRigobon(own, variances),
      varianceRatio: variances.turbulent / variances.calm,
      beta: fit.coefficients[0]! + fit.coefficients[1]!,
      calmBeta: fit.coefficients[0]!,
      tStat: tStats[1]!,
      pValue: pValues[1]!,
    };
  });
}
