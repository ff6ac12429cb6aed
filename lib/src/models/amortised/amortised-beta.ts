/** The amortised beta: one network, trained once on simulated series, for any series. */

import type { SeriesRows } from "../../betas/bank.js";
import { type Estimator, runningEstimator } from "../../betas/estimator.js";
import { EXPERTS } from "../../betas/filter-bank.js";
import { checkFinite } from "../../check.js";
import { betaOffset } from "../../panel/panel.js";
import type { BetaPath, Panel } from "../../types.js";
import { type PanelSeriesOptions, panelSeries } from "./panel-series.js";
import { type DateBetas, seriesBetas } from "./series-betas.js";
import { amortisedCard } from "./weights.js";

/** Betas of one series with 95 % intervals; entry t is for row t and knows the rows before it, the last is for the next row. */
export interface SeriesBeta {
  /** [T + 1 x K]; NaN before the sixth row. */
  readonly betas: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Weights of the 57 experts [T + 1 x 57], their betas [T + 1 x 57 x K], and the sum of the gated state terms [T + 1 x K]. */
  readonly weights: Float64Array;
  readonly experts: Float64Array;
  readonly terms: Float64Array;
}

/**
 * The beta of a series on one or several markets, before every row, with 95 % intervals.
 *
 * One network mixes 57 recursive filters; it was trained once, on simulated series, and knows neither these nor any other real returns.
 * Nothing is tuned, and no unit matters: returns in per cent give the same betas.
 *
 * @param y returns of the series [T]
 * @param x returns of the markets [T x K] at the same dates
 * @returns entries 0 … T: the last is the beta to hold now
 * @throws RangeError if x does not have K numbers for each of y, or a return is not finite
 * @example
 * const { betas } = amortisedBeta([0.02, -0.04, 0.01, 0.03, -0.02, 0.02], [0.01, -0.02, 0.005, 0.015, -0.01, 0.01]);
 * betas.length; // 7
 * @see Müller et al. (2022), Transformers can do Bayesian inference: a network trained on a prior
 */
export function amortisedBeta(y: ArrayLike<number>, x: ArrayLike<number>): SeriesBeta {
  const T = y.length;
  const K = x.length / T;
  if (!(Number.isInteger(K) && K > 0))
    throw new RangeError(
      `amortisedBeta: x must have as many numbers as y or a multiple of it, one column per market, got ${x.length} for ${T}; give both at the same dates`,
    );
  checkFinite("amortisedBeta", "y", y);
  checkFinite("amortisedBeta", "x", x);
  const rows: SeriesRows = {
    dates: Int32Array.from({ length: T }, (_, t) => t),
    x: Float64Array.from(x),
    y: Float64Array.from(y),
    first: 0,
    periods: T + 1,
  };
  const empty = (width: number) => new Float64Array((T + 1) * width).fill(NaN);
  const found: SeriesBeta = {
    betas: empty(K),
    lower: empty(K),
    upper: empty(K),
    weights: empty(EXPERTS),
    experts: empty(EXPERTS * K),
    terms: empty(K),
  };
  const visit = ({ t, betas, lower, upper, weights, experts, terms }: DateBetas) => {
    found.weights.set(weights, t * EXPERTS);
    found.experts.set(experts, t * EXPERTS * K);
    found.terms.set(terms, t * K);
    found.betas.set(betas, t * K);
    found.lower.set(
      betas.map((b, k) => b + lower[k]!),
      t * K,
    );
    found.upper.set(
      betas.map((b, k) => b + upper[k]!),
      t * K,
    );
  };
  seriesBetas(rows, { markets: K, visit });
  return found;
}

/**
 * Amortised betas of a panel's coins, with 95 % intervals.
 *
 * A coin's beta is m[t] + N(mean - m[t] f) + N(coin - mean): N the network on one series, mean the mean return of the coins, m[t] its
 * least-squares beta so far. What coins have in common is estimated once. Offsets of the intervals add in quadrature. The mean's
 * series is rerun when rows have grown by 5 %, with the m of that date until the next. A single coin is N(coin).
 *
 * The beta at t uses the dates from `from` through t - 1, and nothing but them: frozen and updated are the same.
 *
 * @param panel log returns, decimals per period; rows with a missing return are left out, coin by coin
 * @returns [T x N x K] betas; NaN until a coin has five rows
 * @throws RangeError if the markets are collinear
 * @example
 * betaSeries(amortisedPanelBeta(dollar, { from: "2019-01" }), "BTC", "FIAT").length; // 66
 */
export function amortisedPanelBeta(panel: Panel, options: PanelSeriesOptions): BetaPath {
  const { dates, coins, markets } = panel;
  const [N, K] = [coins.length, markets.length];
  const { common, visit } = panelSeries("amortisedPanelBeta", panel, options);
  const empty = () => new Float64Array(dates.length * N * K).fill(NaN);
  const [values, lower, upper] = [empty(), empty(), empty()];
  for (let i = 0; i < N; i++) {
    visit(i, (dated) => {
      const shared = common ? common[dated.t] : NOTHING;
      if (!shared) return;
      for (let k = 0; k < K; k++) {
        const at = betaOffset(panel, dated.t, i, k);
        const beta = dated.betas[k]! + (shared.betas[k] ?? 0);
        values[at] = beta;
        lower[at] = beta - length(dated.lower[k]!, shared.lower[k] ?? 0);
        upper[at] = beta + length(dated.upper[k]!, shared.upper[k] ?? 0);
      }
    });
  }
  const band = { interval: "network", lower, upper } as const;
  return { dates, coins, markets, values, band, kind: "walkForward" };
}

const NOTHING = { betas: [], lower: [], upper: [] };

const length = (a: number, b: number): number => Math.sqrt(a ** 2 + b ** 2);

/**
 * The amortised beta as an estimator; frozen and updated are the same.
 *
 * @example
 * const path = await amortisedEstimator().estimate(dollar, study.split, "frozen");
 * path.band?.interval; // "network"
 */
export function amortisedEstimator(): Estimator {
  const key = amortisedCard().sha256;
  return { ...runningEstimator("amortised", amortisedPanelBeta), key, builtIn: true };
}
