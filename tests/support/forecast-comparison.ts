/** What the tests of comparisons share: a made-up panel, its test years, a short ladder, and few draws. */

import { type Estimator, pathEstimator } from "../../lib/src/betas/estimator.js";
import { historicalBeta } from "../../lib/src/betas/historical.js";
import { pooledBeta } from "../../lib/src/betas/pooled.js";
import { zeroBeta } from "../../lib/src/betas/zero.js";
import { walkForwardSplits } from "../../lib/src/panel/walk-forward.js";
import type { Draws } from "../../lib/src/types.js";
import { builtIn, seededPanel } from "./helpers.js";

export const DRAWS: Draws = { draws: 199, seed: 3, level: 0.9 };

/** Eight years from 2018-01. */
export const PANEL = seededPanel(96, ["A", "B", "C"], ["X", "Y"]);

export const SPLITS = walkForwardSplits(PANEL.dates, {
  from: "2018-01",
  lookback: 0,
  test: { from: "2021-01", through: "2023-12" },
  refit: "yearly",
});

export const zero = builtIn(pathEstimator("zero", zeroBeta));
export const pooled = builtIn(pathEstimator("pooled", pooledBeta));
export const historical = builtIn(
  pathEstimator("historical", (panel, fit) => historicalBeta(panel, { ...fit, intervals: false })),
);

export const LADDER: readonly Estimator[] = [zero, pooled, historical];
