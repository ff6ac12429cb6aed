/** Claims about correlations, by the dates and the conventions that a claim names. */

import { readPanel } from "../../data/panel-file.js";
import { inRange } from "../../panel/calendar.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { correlation } from "../../stats/correlation.js";
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
  const values = (logs: Float64Array) => (claim.simple ? logs.map((r) => Math.exp(r) - 1) : logs);
  const series = coins.map((coin) => values(coinReturns(panel, coin)));
  const market = values(marketReturns(panel, on));
  const rival = than === undefined ? undefined : values(marketReturns(panel, than));
  const within = (dates: DateRange | undefined) => (t: number) =>
    (!dates || inRange(panel.dates[t]!, dates)) &&
    [market, ...(rival ? [rival] : []), ...series].every((r) => Number.isFinite(r[t]));
  const all = [...panel.dates.keys()];
  const [later, earlier] = [all.filter(within(range)), before ? all.filter(within(before)) : []];
  const rows = [...earlier, ...later];
  const coupling = (chosen: readonly number[]) =>
    mean(series.map((r) => correlationOn(r, market, chosen)));
  const statisticOn = (drawn: readonly number[]): number => {
    if (rival) return Math.abs(coupling(drawn)) - Math.abs(correlationOn(rival, market, drawn));
    if (!before) return coupling(drawn);
    const first = rows[earlier.length]!;
    const [then, now] = [drawn.filter((t) => t < first), drawn.filter((t) => t >= first)];
    return Math.abs(coupling(now)) - Math.abs(coupling(then));
  };
  if (statistic === "correlation-printed") return exactMeasurement(statisticOn(rows), rows.length);
  const products = rows.map((t) => mean(series.map((r) => r[t]!)) * market[t]!);
  return bootstrapMeasurement(
    rows.length,
    (drawn) => statisticOn(Array.from(drawn, (row) => rows[row]!)),
    {
      ...bootstrap,
      n: before ? Math.min(earlier.length, later.length) : rows.length,
      blockLength: blockLengthOf([products]),
    },
  );
}

const correlationOn = (a: Float64Array, b: Float64Array, rows: readonly number[]): number =>
  correlation(
    rows.map((t) => a[t]!),
    rows.map((t) => b[t]!),
  );
