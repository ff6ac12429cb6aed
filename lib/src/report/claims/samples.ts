/** Series and samples that the claims of several steps share. */

import { inRange } from "../../panel/calendar.js";
import { marketReturns, rowAt } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import { defaultBlockLength } from "../../stats/block-length.js";
import { correlation } from "../../stats/correlation.js";
import { invertCrossProduct } from "../../stats/cross-product.js";
import { mean } from "../../stats/moments.js";
import { quantile } from "../../stats/quantile.js";
import type { DateRange, Panel } from "../../types.js";
import { type BootstrapMeasure, bootstrapMeasurement, type Measurement } from "../measurement.js";

/** The longest block length that one of the series asks for, three at least. */
export function blockLengthOf(series: readonly ArrayLike<number>[]): number {
  return Math.max(3, ...series.map(defaultBlockLength));
}

/** Mean log return of the coins that have one, by date: what a pooled regression on the markets regresses. */
export function meanCoin({ coins, coinLogReturns }: Panel): Float64Array {
  const N = coins.length;
  return Float64Array.from({ length: coinLogReturns.length / N }, (_, t) =>
    mean(rowAt(coinLogReturns, N, t).filter((r) => !Number.isNaN(r))),
  );
}

/** Pooled beta without intercept on some dates; NaN without a date. */
export function pooledOn(
  coin: ArrayLike<number>,
  market: ArrayLike<number>,
  rows: Iterable<number>,
): number {
  let [product, square] = [0, 0];
  for (const t of rows) {
    product += coin[t]! * market[t]!;
    square += market[t]! ** 2;
  }
  return product / square;
}

type Chance = Pick<BootstrapMeasure, "draws" | "seed">;

/** Dates of an episode, and those to compare them with. */
interface Compared {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

/**
 * Pooled beta on one market inside an episode minus that outside, by a bootstrap of all dates.
 *
 * @returns n of the smaller side
 */
export function betaDifference(
  panel: Panel,
  market: string,
  { inside, outside, ...chance }: Compared & Chance,
): Measurement {
  const [marked, plain] = [new Set(inside), new Set(outside)];
  const coin = meanCoin(panel);
  const returns = marketReturns(panel, market);
  const used = [...panel.dates.keys()].filter(
    (t) => marked.has(panel.dates[t]!) || plain.has(panel.dates[t]!),
  );
  const products = Float64Array.from(used, (t) => coin[t]! * returns[t]!);
  const squares = Float64Array.from(used, (t) => returns[t]! ** 2);
  const isIn = Uint8Array.from(used, (t) => (marked.has(panel.dates[t]!) ? 1 : 0));
  const count = isIn.filter((mark) => mark === 1).length;
  return bootstrapMeasurement(
    used.length,
    (rows) => {
      const [product, square] = [
        [0, 0],
        [0, 0],
      ] as [[number, number], [number, number]];
      for (const row of rows) {
        const side = isIn[row] as 0 | 1;
        product[side] += products[row]!;
        square[side] += squares[row]!;
      }
      return product[1] / square[1] - product[0] / square[0];
    },
    { ...chance, blockLength: blockLengthOf([products]), n: Math.min(count, used.length - count) },
  );
}

/** Dates whose value, by date, is in the top share; those without a value are in neither. */
export function topDates(
  dates: readonly string[],
  values: ArrayLike<number>,
  share: number,
): { readonly inside: string[]; readonly outside: string[] } {
  const known = [...dates.keys()].filter((t) => Number.isFinite(values[t]));
  const sorted = Float64Array.from(known, (t) => values[t]!).sort();
  const limit = quantile(sorted, 1 - share);
  const pick = (top: boolean) =>
    known.filter((t) => values[t]! > limit === top).map((t) => dates[t]!);
  return { inside: pick(true), outside: pick(false) };
}

/** A statistic of the periods before each date; NaN until there are enough. */
export function trailing(
  periods: number,
  length: number,
  statistic: (from: number, to: number) => number,
): Float64Array {
  return Float64Array.from({ length }, (_, t) =>
    t < periods ? Number.NaN : statistic(t - periods, t),
  );
}

/** Mean absolute correlation of all pairs of markets over the periods before each date. */
export function marketCorrelation(panel: Panel, periods: number): Float64Array {
  const all = panel.markets.map((market) => marketReturns(panel, market));
  const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b]));
  return trailing(periods, panel.dates.length, (from, to) =>
    mean(
      pairs.map(([a, b]) => Math.abs(correlation(a!.subarray(from, to), b!.subarray(from, to)))),
    ),
  );
}

/**
 * Weight of the equal-weighted coins in the portfolio of least variance that they form with the equal-weighted markets:
 * (v_m - c) / (v_c + v_m - 2 c), simple returns. Above 0, some coins make the markets' portfolio safer.
 */
export function coinWeight(panel: Panel, dates: readonly string[], chance: Chance): Measurement {
  const used = [...panel.dates.keys()].filter((t) => dates.includes(panel.dates[t]!));
  const average = (returns: Float64Array, width: number) => {
    const simple = simpleReturns(returns);
    return used.map((t) => mean(rowAt(simple, width, t).filter((r) => !Number.isNaN(r))));
  };
  const coins = average(panel.coinLogReturns, panel.coins.length);
  const markets = average(panel.marketLogReturns, panel.markets.length);
  return bootstrapMeasurement(
    used.length,
    (rows) => {
      const n = rows.length;
      let [sumC, sumM, cc, mm, cm] = [0, 0, 0, 0, 0];
      for (const t of rows) {
        const [c, m] = [coins[t]!, markets[t]!];
        sumC += c;
        sumM += m;
        cc += c ** 2;
        mm += m ** 2;
        cm += c * m;
      }
      const varC = cc - sumC ** 2 / n;
      const varM = mm - sumM ** 2 / n;
      const cov = cm - (sumC * sumM) / n;
      return (varM - cov) / (varC + varM - 2 * cov);
    },
    {
      ...chance,
      blockLength: blockLengthOf([coins.map((c, t) => c * markets[t]!)]),
    },
  );
}

/** Adjusted R² of regressions of each dependent series on the regressors, with intercept, averaged; draws recentred. */
export function adjustedR2(
  dependents: readonly ArrayLike<number>[],
  regressors: readonly ArrayLike<number>[],
  chance: Chance,
): Measurement {
  const n = dependents[0]!.length;
  const moments = drawnMoments([...regressors, ...dependents]);
  const k = regressors.length;
  const gram = new Float64Array(k * k);
  return bootstrapMeasurement(
    n,
    (rows) => {
      const covariance = moments(rows);
      for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) gram[i * k + j] = covariance(i, j);
      if (!invertCrossProduct(gram, k)) return Number.NaN;
      return mean(
        dependents.map((_, d) => {
          const own = (i: number) => covariance(i, k + d);
          let explained = 0;
          for (let i = 0; i < k; i++)
            for (let j = 0; j < k; j++) explained += own(i) * gram[i * k + j]! * own(j);
          const r2 = explained / covariance(k + d, k + d);
          return 1 - ((1 - r2) * (n - 1)) / (n - k - 1);
        }),
      );
    },
    {
      ...chance,
      blockLength: blockLengthOf(dependents.map((y) => Float64Array.from(y))),
      recentred: true,
    },
  );
}

/** Sums of squares and products about the means, of series i and j on drawn rows; overwritten by the next call. */
export function drawnMoments(
  series: readonly ArrayLike<number>[],
): (rows: Uint32Array) => (i: number, j: number) => number {
  const K = series.length;
  const values = Float64Array.from({ length: K * series[0]!.length }, (_, at) => {
    const own = series[at % K]!;
    // Deviations from the sample's mean: sums of squares on a draw lose no digits.
    return own[Math.floor(at / K)]! - mean(own);
  });
  const sums = new Float64Array(K);
  const covariance = new Float64Array(K * K);
  return (rows) => {
    sums.fill(0);
    covariance.fill(0);
    for (const row of rows)
      for (let i = 0; i < K; i++) {
        const value = values[row * K + i]!;
        sums[i]! += value;
        for (let j = i; j < K; j++) covariance[i * K + j]! += value * values[row * K + j]!;
      }
    for (let i = 0; i < K; i++)
      for (let j = i; j < K; j++) {
        covariance[i * K + j]! -= (sums[i]! * sums[j]!) / rows.length;
        covariance[j * K + i] = covariance[i * K + j]!;
      }
    return (i, j) => covariance[i * K + j]!;
  };
}

/** Rows of a panel's dates in a range. */
export const rowsIn = ({ dates }: Panel, range: DateRange): number[] =>
  [...dates.keys()].filter((t) => inRange(dates[t]!, range));
