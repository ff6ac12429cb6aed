/** Every estimator without a network, in the order in which tables list them. */

import { inRange } from "../panel/calendar.js";
import { halfLivesOf } from "../panel/frequency-defaults.js";
import type { Refit } from "../panel/walk-forward.js";
import { bankBeta } from "./bank.js";
import { blumeBeta } from "./blume.js";
import { dimsonBeta } from "./dimson.js";
import { type Estimator, fittedEstimator, pathEstimator, runningEstimator } from "./estimator.js";
import { ewmaBeta, HALVINGS } from "./ewma.js";
import { historicalBeta } from "./historical.js";
import { kalmanBeta } from "./kalman.js";
import { oneBeta } from "./one.js";
import { pooledBeta } from "./pooled.js";
import type { IntervalOptions } from "./regression-betas.js";
import { frozenRidge, ridgeBeta } from "./ridge.js";
import { rollingBeta } from "./rolling.js";
import { scholesWilliamsBeta } from "./scholes-williams.js";
import { tuned } from "./tuning.js";
import { vasicekBeta } from "./vasicek.js";
import { zeroBeta } from "./zero.js";

/** What the classical estimators are tuned over. */
export interface LadderOptions extends IntervalOptions {
  /** Periods of the network's inputs. */
  readonly lookback: number;
  /** Rolling windows to choose from; a half, one, two, three and four look-backs by default. */
  readonly windows?: readonly number[];
  /** Half-lives to choose from; a quarter, a half, one, two and four look-backs and Infinity by default. */
  readonly halfLives?: readonly number[];
  /** Ridge penalties to choose from; 0.1, 1, 10, 100 and Infinity, the pooled constant, by default. */
  readonly penalties?: readonly number[];
  /** Earlier periods of the markets in Dimson's beta; 1 by default. */
  readonly lags?: number;
  /** How often updated ridge coefficients and Kalman variances are estimated anew; before every date by default. */
  readonly refit?: Refit;
}

/**
 * The estimators that apply to a number of markets.
 *
 * Window, half-life and penalty have the lowest hedging RMSE of the validation block: window and half-life with betas that are updated
 * before every date, the penalty with coefficients of the fitting block, as the network's epoch is chosen. A window that the dates
 * before the validation block do not fill is no candidate.
 *
 * @param markets K: `one` is an estimator for a single market only
 * @example
 * classicalLadder(1, { lookback: 12 }).map(({ id }) => id);
 * // ["zero", "one", "pooled", "historical", "ridge", "rolling", "ewma", "blume", "vasicek", "dimson", "scholes-williams",
 * // "kalman", "bank"]
 */
export function classicalLadder(markets: number, options: LadderOptions): Estimator[] {
  const { lookback, lags = 1, refit = "periodically", intervals = true } = options;
  const { halfLives = halfLivesOf(lookback), penalties = [0.1, 1, 10, 100, Infinity] } = options;
  const { windows = [0.5, 1, 2, 3, 4].map((multiple) => Math.ceil(multiple * lookback)) } = options;
  const key = [lookback, lags, windows, halfLives, penalties, refit, intervals].join("; ");
  const estimators = [
    pathEstimator("zero", zeroBeta),
    ...(markets === 1 ? [pathEstimator("one", oneBeta)] : []),
    pathEstimator("pooled", pooledBeta),
    pathEstimator("historical", (panel, sample) => historicalBeta(panel, { ...sample, intervals })),
    fittedEstimator("ridge", (panel, fitted, { inSample, validation }) => {
      const path = frozenRidge(panel, { fit: inSample, lookback, dates: validation });
      const penalty = tuned(panel, penalties, { path, block: validation });
      return ridgeBeta(panel, { ...fitted, refit, lookback, penalty });
    }),
    pathEstimator("rolling", (panel, { dates }, { validation }) => {
      const before = panel.dates.findIndex((date) => inRange(date, validation));
      const filled = windows.filter((w) => w >= panel.markets.length && w <= before);
      // A coin that begins late has betas after a look-back of rows, whatever window the others have.
      const sized = (w: number) => ({ lookback: w, minObs: Math.min(w, lookback) });
      const path = (w: number) => rollingBeta(panel, { ...sized(w), intervals: false });
      const several = filled.length > 1;
      const window = several ? tuned(panel, filled, { path, block: validation }) : filled[0];
      return rollingBeta(panel, { ...sized(window ?? lookback), dates, intervals });
    }),
    pathEstimator("ewma", (panel, { from, dates }, { validation }) => {
      const path = (halfLife: number) => ewmaBeta(panel, { from, halfLife, intervals: false });
      const spanned = halfLives.filter((each) => each >= panel.dates.length / HALVINGS);
      const halfLife = tuned(panel, spanned, { path, block: validation });
      return ewmaBeta(panel, { from, halfLife, dates, intervals });
    }),
    pathEstimator("blume", (panel, sample) => blumeBeta(panel, { ...sample, lookback })),
    pathEstimator("vasicek", vasicekBeta),
    pathEstimator("dimson", (panel, sample) => dimsonBeta(panel, { ...sample, lags, intervals })),
    pathEstimator("scholes-williams", scholesWilliamsBeta),
    fittedEstimator("kalman", (panel, fitted) =>
      kalmanBeta(panel, { ...fitted, refit, intervals }),
    ),
    runningEstimator("bank", bankBeta),
  ];
  return estimators.map((estimator) => ({ ...estimator, key, builtIn: true }));
}
