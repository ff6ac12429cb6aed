/** Claims about correlations, by the dates and the conventions that a claim names. */

import { readPanel } from "../../data/panel-file.js";
import { inRange } from "../../panel/calendar.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import { mean } from "../../stats/moments.js";
import type { DateRange, Panel } from "../../types.js";
import { blockLengthOf } from "../claims/samples.js";
import {
  type BootstrapMeasure,
  bootstrapMeasurement,
  exactMeasurement,
  type Measurement,
} from "../measurement.js";
import type { CorrelationSample, CorrelationStatistic, StudyClaim } from "./template.js";

/** A claim about a correlation. */
export type CorrelationClaim = StudyClaim & { readonly statistic: CorrelationStatistic };

/**
 * The sample of a claim in words.
 *
 * @example
 * sampleWords("GOLD", { range: { from: "2020-01", through: "2021-12" }, simple: true }); // "GOLD, 2020-01 to 2021-12"
 */
export function sampleWords(on: string, { range, than, convention }: CorrelationSample): string {
  return [
    than === undefined ? on : `${on}, over ${than}`,
    ...(range ? [`${range.from} to ${range.through}`] : []),
    ...(convention === undefined ? [] : [convention]),
  ].join(", ");
}

/** The correlation, rise or lead of a claim; whole dates are drawn, those of two ranges together. */
export async function correlationMeasurement(
  claim: CorrelationClaim,
  study: Panel,
  bootstrap: Pick<BootstrapMeasure, "draws" | "seed">,
): Promise<Measurement> {
  const { statistic, on, range, before, than, returns } = claim;
  const { frequency, coins, markets } = study;
  const panel = returns ? await readPanel({ returns, frequency, coins, markets }) : study;
  const values = (logs: Float64Array) => (claim.simple ? simpleReturns(logs) : logs);
  const [market, ...others] = [
    values(marketReturns(panel, on)),
    ...(than === undefined ? [] : [values(marketReturns(panel, than))]),
    ...coins.map((coin) => values(coinReturns(panel, coin))),
  ] as [Float64Array, ...Float64Array[]];
  const within = (dates: DateRange | undefined) => (t: number) =>
    (!dates || inRange(panel.dates[t]!, dates)) &&
    [market, ...others].every((r) => Number.isFinite(r[t]));
  const all = [...panel.dates.keys()];
  const [later, earlier] = [all.filter(within(range)), before ? all.filter(within(before)) : []];
  const chosen = [...earlier, ...later];
  const onRows = (r: Float64Array) => centred(Float64Array.from(chosen, (t) => r[t]!));
  const f = onRows(market);
  const series = others.map(onRows);
  const rival = than === undefined ? undefined : series.shift();
  const coupling = (rows: Uint32Array) => mean(series.map((r) => correlationOn(r, f, rows)));
  const statisticOn = (rows: Uint32Array): number => {
    if (rival) return Math.abs(coupling(rows)) - Math.abs(correlationOn(rival, f, rows));
    if (!before) return coupling(rows);
    const then = rows.filter((row) => row < earlier.length);
    const now = rows.filter((row) => row >= earlier.length);
    return Math.abs(coupling(now)) - Math.abs(coupling(then));
  };
  if (statistic === "correlation-printed")
    return exactMeasurement(statisticOn(Uint32Array.from(chosen.keys())), chosen.length);
  const products = Array.from(f, (x, row) => x * mean(series.map((r) => r[row]!)));
  return bootstrapMeasurement(chosen.length, statisticOn, {
    ...bootstrap,
    n: before ? Math.min(earlier.length, later.length) : chosen.length,
    blockLength: blockLengthOf([products]),
  });
}

/** Deviations from the mean of the known values: sums of squares lose no digits. */
export function centred(values: Float64Array): Float64Array {
  const centre = mean(values.filter(Number.isFinite));
  return values.map((value) => value - centre);
}

/** Correlation on drawn rows, without those that y lacks; NaN where nothing varies. */
export function correlationOn(y: Float64Array, x: Float64Array, rows: Uint32Array): number {
  // Plain declarations and a plain loop: a bootstrap passes here a billion times.
  let n = 0;
  let sy = 0;
  let sx = 0;
  let yy = 0;
  let xx = 0;
  let xy = 0;
  for (let at = 0; at < rows.length; at++) {
    const a = y[rows[at]!]!;
    const b = x[rows[at]!]!;
    if (Number.isNaN(a)) continue;
    n++;
    sy += a;
    sx += b;
    yy += a * a;
    xx += b * b;
    xy += a * b;
  }
  return (xy - (sx * sy) / n) / Math.sqrt((yy - sy ** 2 / n) * (xx - sx ** 2 / n));
}
