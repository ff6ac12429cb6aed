/** Intervals for estimators that have no theory of their own: whole periods are drawn anew. */

import { checkSizes } from "../check.js";
import { inRange } from "../panel/calendar.js";
import { rowAt } from "../panel/panel.js";
import { percentileInterval } from "../stats/bootstrap.js";
import { circularResamples } from "../stats/resamples.js";
import type { BetaPath, DateRange, Panel } from "../types.js";
import { firstRow } from "./rows.js";

/** What `bootstrapBeta` draws, and for which dates. */
export interface BootstrapBetaOptions {
  /** First date whose return is used, by the estimator and by the draws. */
  readonly from: string;
  /** Dates whose betas get an interval: each takes `draws` estimates. */
  readonly dates: DateRange;
  /** At least 1,000 for the ends of an interval. */
  readonly draws: number;
  readonly seed: number;
  /** Coverage aimed at; 0.95 by default. */
  readonly level?: number;
  /** Periods per block; 3 by default. */
  readonly blockLength?: number;
}

/** Fewest periods to draw from. */
const LEAST = 24;

/**
 * A walk-forward path with percentile intervals: the estimate dated t on draws of the periods from `from` through t - 1.
 *
 * A draw takes all coins and markets of a period together, in circular blocks, so that what coins share stays shared. It takes an
 * estimator that knows its data by their order alone: the dates of a draw are those of the sample.
 *
 * @param path the estimator, betas from `from` on; the one dated t uses data through t - 1
 * @returns the path of the panel itself, its values untouched; errors are the standard deviations over the draws, bounds the
 * quantiles. NaN outside `dates`, and where fewer than 24 periods lie between `from` and t
 * @throws RangeError if `dates` hold no date of the panel, or what `path` and `circularResamples` throw
 * @example
 * const panel = onePair(Array(30).fill(0.02), Array(30).fill(0.01));
 * const options = { from: "2000-01", dates: { from: "2002-06", through: "2002-06" }, draws: 1000, seed: 1 };
 * bootstrapBeta(panel, (drawn) => pooledBeta(drawn, options), options).band!.lower.at(-1); // 2
 * @see Politis and Romano (1992); Freedman (1981), Bootstrapping regression models, for draws of whole rows
 */
export function bootstrapBeta(
  panel: Panel,
  path: (panel: Panel) => BetaPath,
  options: BootstrapBetaOptions,
): BetaPath {
  const { draws, seed, level = 0.95, blockLength = 3 } = options;
  const start = firstRow("bootstrapBeta", panel, options.from);
  const asked = [...panel.dates.keys()].filter((t) => inRange(panel.dates[t]!, options.dates));
  if (asked.length === 0)
    throw new RangeError(
      `bootstrapBeta: dates must hold one of the panel, which has ${panel.dates[0]} to ${panel.dates.at(-1)}, got ${options.dates.from} to ${options.dates.through}; move them`,
    );
  const own = path(panel);
  const width = panel.coins.length * panel.markets.length;
  checkSizes("bootstrapBeta", { draws, betas: width });
  const none = () => new Float64Array(own.values.length).fill(NaN);
  const [standardErrors, lower, upper] = [none(), none(), none()];
  for (const t of asked) {
    const rows = t - start;
    if (rows < LEAST) continue;
    const chance = { draws, seed, blockLength };
    const { indices } = circularResamples(rows, chance);
    const values = new Float64Array(draws * width);
    for (let draw = 0; draw < draws; draw++) {
      const taken = rowAt(indices, rows, draw);
      const drawn = path(periods(panel, start, taken));
      rowAt(values, width, draw).set(drawn.values.subarray(-width));
    }
    for (let at = 0; at < width; at++) {
      const interval = percentileInterval(
        rowAt(own.values, width, t)[at]!,
        values.filter((_, i) => i % width === at),
        level,
      );
      rowAt(standardErrors, width, t)[at] = interval.standardError;
      rowAt(lower, width, t)[at] = interval.lower;
      rowAt(upper, width, t)[at] = interval.upper;
    }
  }
  return {
    ...own,
    standardErrors,
    band: { interval: "bootstrap", lower, upper },
  };
}

/** The panel from a date on with other rows of it, and one date more, whose returns nobody knows. */
function periods(panel: Panel, start: number, taken: Uint32Array): Panel {
  const drawn = (values: Float64Array, width: number): Float64Array => {
    const out = new Float64Array((taken.length + 1) * width).fill(NaN);
    for (const [at, row] of taken.entries()) {
      const from = (start + row) * width;
      for (let i = 0; i < width; i++) out[at * width + i] = values[from + i]!;
    }
    return out;
  };
  const { dates, coins, markets, predictors } = panel;
  return {
    ...panel,
    dates: dates.slice(start, start + taken.length + 1),
    coinLogReturns: drawn(panel.coinLogReturns, coins.length),
    marketLogReturns: drawn(panel.marketLogReturns, markets.length),
    ...(predictors
      ? {
          predictors: {
            ...predictors,
            values: drawn(predictors.values, predictors.names.length),
          },
        }
      : {}),
  };
}
