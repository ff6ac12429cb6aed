/** Windows of a panel in the units of a recurrent network, by what a fitting block says of the scales. */

import { inRange } from "../../panel/calendar.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { rootMeanSquare } from "../../stats/moments.js";
import { leastSquares } from "../../stats/ols.js";
import type { DateRange, Panel } from "../../types.js";
import type { Windows } from "./kernel.js";
import { inputWidth, type RecurrentShape } from "./network.js";
import { windowInto } from "./windows.js";

/** Units of a panel: betas of the network times coin over market are betas of returns. */
export interface RecurrentScale {
  /** Root mean square of each market [K]; of each coin's own risk, what its least squares leaves [N]. */
  readonly markets: Float64Array;
  readonly coins: Float64Array;
  /** The pooled beta in these units [K]. */
  readonly prior: readonly number[];
}

/** Complete rows of a coin from a first date on: where they are, and the returns there. */
interface CoinRows {
  readonly at: readonly number[];
  /** [rows x K] and [rows] */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Rows of every coin in which it and all markets have a return, from the first row of the panel that is used. */
export function completeCoinRows(panel: Panel, first: number): CoinRows[] {
  const markets = panel.markets.map((market) => marketReturns(panel, market));
  return panel.coins.map((coin) => {
    const returns = coinReturns(panel, coin);
    const at = [...panel.dates.keys()].filter(
      (t) =>
        t >= first && Number.isFinite(returns[t]) && markets.every((f) => Number.isFinite(f[t])),
    );
    return {
      at,
      x: Float64Array.from(at.flatMap((t) => markets.map((f) => f[t]!))),
      y: Float64Array.from(at, (t) => returns[t]!),
    };
  });
}

/** Scales of the first rows of each coin; a coin without rows enough has the mean of the others. Undefined without any. */
export function recurrentScale(
  rows: readonly CoinRows[],
  before: number,
  K: number,
): RecurrentScale | undefined {
  const known = rows.map(({ at, x, y }) => {
    const n = at.findIndex((t) => t >= before);
    const count = n < 0 ? at.length : n;
    return { count, x: x.subarray(0, count * K), y: y.subarray(0, count) };
  });
  const enough = known.filter(({ count }) => count > 2 * K + 2);
  if (enough.length === 0) return undefined;
  const longest = enough.reduce((best, other) => (other.count > best.count ? other : best));
  const markets = Float64Array.from({ length: K }, (_, k) =>
    rootMeanSquare(longest.x.filter((__, at) => at % K === k)),
  );
  const own = known.map(({ count, x, y }) => {
    if (count <= 2 * K + 2) return NaN;
    const beta = leastSquares(x, y);
    return rootMeanSquare(
      y.map((r, t) => beta.reduce((left, b, k) => left - b * x[t * K + k]!, r)),
    );
  });
  const usual = rootMeanSquare(own.filter((s) => s > 0));
  const coins = Float64Array.from(own, (s) => (s > 0 ? s : usual));
  const prior = leastSquares(
    Float64Array.from(
      known.flatMap(({ count, x }) =>
        count > 2 * K + 2 ? Array.from(x, (f, at) => f / markets[at % K]!) : [],
      ),
    ),
    Float64Array.from(
      known.flatMap(({ count, y }, i) =>
        count > 2 * K + 2 ? Array.from(y, (r) => r / coins[i]!) : [],
      ),
    ),
  );
  return { markets, coins, prior };
}

/** A window of a coin before a date. */
export interface DatedWindow {
  readonly coin: number;
  readonly t: number;
}

/** Windows with the place of each; those whose targets are to be known need a return at their date. */
export interface PanelWindows extends Windows {
  readonly dated: readonly DatedWindow[];
}

/** Windows of the last complete rows before each date of a range, coin by coin. */
export function panelWindows(
  panel: Panel,
  rows: readonly CoinRows[],
  { shape, scale, range, targets }: WindowOptions,
): PanelWindows {
  const { lookback: L, markets: K } = shape;
  const width = L * inputWidth(shape);
  const dated: DatedWindow[] = [];
  const from: number[] = [];
  for (const [coin, { at }] of rows.entries()) {
    let before = 0;
    for (const [t, date] of panel.dates.entries()) {
      while (before < at.length && at[before]! < t) before++;
      if (before < L || !inRange(date, range) || (targets && at[before] !== t)) continue;
      dated.push({ coin, t });
      from.push(before - L);
    }
  }
  // Shared memory, so that every thread reads the same windows instead of a copy.
  const shared = (count: number) => new Float32Array(new SharedArrayBuffer(4 * count));
  const windows = shared(dated.length * width);
  const outcomes = shared(dated.length * (K + 1));
  const scaled = rows.map(({ x, y }, coin) => ({
    x: x.map((f, at) => f / scale.markets[at % K]!),
    y: y.map((r) => r / scale.coins[coin]!),
  }));
  for (const [n, { coin }] of dated.entries()) {
    const { x, y } = scaled[coin]!;
    const [first, end] = [from[n]!, from[n]! + L];
    windowInto(windows.subarray(n * width, (n + 1) * width), shape, {
      x: x.subarray(first * K, end * K),
      y: y.subarray(first, end),
      prior: scale.prior,
    });
    if (!targets) continue;
    outcomes.set(x.subarray(end * K, (end + 1) * K), n * (K + 1));
    outcomes[n * (K + 1) + K] = y[end]!;
  }
  return { dated, windows, targets: outcomes };
}

interface WindowOptions {
  readonly shape: RecurrentShape;
  readonly scale: RecurrentScale;
  readonly range: DateRange;
  /** Whether only dates count on which the coin and the markets have returns. */
  readonly targets: boolean;
}
