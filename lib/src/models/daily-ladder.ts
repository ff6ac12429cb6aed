/** The ladder for days: the classical estimators that days suit, those of the literature on daily data, and the amortised one. */

import { dccBeta } from "../betas/dcc.js";
import { type Estimator, fittedEstimator, pathEstimator } from "../betas/estimator.js";
import { frazziniPedersenBeta } from "../betas/frazzini-pedersen.js";
import { classicalLadder } from "../betas/ladder.js";
import { harBeta, realisedLevelBeta } from "../betas/realised-forecasts.js";
import { welchBeta } from "../betas/welch.js";
import type { DccRecursion } from "../stats/dcc-walk.js";
import { amortisedEstimator } from "./amortised/amortised-beta.js";
import { recurrentEstimator } from "./recurrent/recurrent-beta.js";
import type { Trainer } from "./trainer.js";

/** NB and NBI on a quarter of days: passes enough for what daily coins have to teach, which is little; written down before their results. */
const RECURRENT = {
  hidden: 8,
  lookback: 64,
  replicates: 2,
  seed: 1,
  plan: { passes: 4, batch: 64, rate: 2e-3, warmUp: 40 },
} as const;

/** A year of trading days: the rolling window, and what the half-lives are parts and multiples of. */
const LOOKBACK = 252;
/** Of the classical ladder; ridge and Scholes-Williams are left out, which a year of daily inputs makes slow or equal to others. */
const CLASSICAL = [
  "zero",
  "pooled",
  "historical",
  "rolling",
  "ewma",
  "blume",
  "vasicek",
  "dimson",
  "kalman",
  "bank",
];

/** Whether the recurrent networks are among the estimators, which take longer than all others together; true by default. */
export interface DailyLadderOptions {
  readonly recurrent?: boolean;
}

/**
 * Estimators of a daily panel with the windows of the literature, in the order of the tables.
 *
 * `ar1`, `har` and `realised-level` forecast the month's realised beta; `dcc` and `cdcc` estimate their parameters once a year; `nb` and `nbi` are recurrent
 * networks, trained once a year.
 *
 * @param markets K: Welch's and Frazzini and Pedersen's are for a single market only
 * @param trainer its cache keeps the betas
 * @example
 * dailyLadder(2).map(({ id }) => id);
 * // ["zero", "pooled", "historical", "rolling", "ewma", "blume", "vasicek", "dimson", "kalman", "bank", "ar1", "har",
 * // "realised-level", "dcc", "cdcc", "nb", "nbi", "amortised"]
 */
export function dailyLadder(
  markets: number,
  trainer?: Pick<Trainer, "paths">,
  { recurrent = true }: DailyLadderOptions = {},
): Estimator[] {
  const sizes = { lookback: LOOKBACK, refit: "quarterly" } as const;
  // No table of daily rivals shows an interval of a beta, and robust errors before every day take longer than the betas.
  const classical = classicalLadder(markets, { ...sizes, intervals: false });
  const dcc = (recursion: DccRecursion) =>
    fittedEstimator(recursion, (panel, options) => dccBeta(panel, { ...options, recursion }));
  const own = [
    ...(markets === 1
      ? [
          pathEstimator("welch", (panel, { from, dates }) => welchBeta(panel, { from, dates })),
          pathEstimator("frazzini-pedersen", (panel, { from }) =>
            frazziniPedersenBeta(panel, { from }),
          ),
        ]
      : []),
    pathEstimator("ar1", (panel, { from }) =>
      harBeta(panel, { from, period: "monthly", horizons: [1] }),
    ),
    pathEstimator("har", (panel, { from }) => harBeta(panel, { from, period: "monthly" })),
    pathEstimator("realised-level", (panel, { from }) =>
      realisedLevelBeta(panel, { from, period: "monthly" }),
    ),
    dcc("dcc"),
    dcc("cdcc"),
  ];
  const estimators = [
    ...classical.filter(({ id }) => CLASSICAL.includes(id)),
    ...own.map((estimator) => ({ ...estimator, key: "daily", builtIn: true as const })),
    ...(recurrent
      ? (["nb", "nbi"] as const).map((head) => recurrentEstimator({ ...RECURRENT, head }))
      : []),
    amortisedEstimator(),
  ];
  return estimators.map((estimator) => trainer?.paths?.(estimator) ?? estimator);
}
