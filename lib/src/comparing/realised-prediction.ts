/** How well walk-forward betas predict the realised beta of the period to come. */

import { type RealisedOptions, realisedBeta, realisedPeriods } from "../betas/realised.js";
import { inRange } from "../panel/calendar.js";
import { betaOffset } from "../panel/panel.js";
import { dieboldMariano, lossDifferential } from "../stats/diebold-mariano.js";
import { mean } from "../stats/moments.js";
import type { Sample } from "../types.js";
import { latePaths } from "./common-errors.js";
import { FEWEST_DATES } from "./paired-tests.js";
import type { Walked } from "./walked.js";

/** One estimator's predictions on one market. */
export interface RealisedPrediction {
  readonly marketSet: string;
  readonly market: string;
  readonly estimator: string;
  readonly sample: string;
  /** Periods, and realised betas of coins in them. */
  readonly periods: number;
  readonly n: number;
  /** Mean of ((realised - predicted) / standard error of the realised)^2: about 1 where only the measurement errs. */
  readonly loss: number;
  /** 1 - loss / loss of the pooled constant. */
  readonly r2: number;
  /** Of equal losses, by period, against the pooled constant; NaN for itself, and below 24 periods. */
  readonly dmPValue: number;
}

/**
 * Updated betas of a period's first date, which know what lies before it, against the realised beta of the period.
 *
 * Losses are weighted by the realised beta's own precision, so that a period whose markets stand still counts little; only
 * periods and coins count that the realised beta and all estimators have which do not come too late, see `latePaths`.
 *
 * @param set walks of one panel and market set, with `pooled`, from `walkedSets`
 * @returns by market and estimator; no periods of what comes too late, nor of any where none is common to all
 * @throws RangeError if there is no `pooled`
 * @example
 * const days = selectMarkets(await readPanel(dailySource), ["EQUITY"]);
 * const test = { from: "2023-01", through: "2024-12" };
 * const splits = walkForwardSplits(days.dates, { from: "2017-11", lookback: 0, refit: "yearly", test });
 * const few = () => dailyLadder(1).filter(({ id }) => ["pooled", "welch"].includes(id));
 * const [set] = await walkedUpdated([{ set: "days", panel: days }], few, { splits });
 * const sample = { name: "two years", range: test };
 * realisedPredictions(set!, sample, { period: "monthly" }).map(({ loss, r2 }) => [loss, r2]); // [[1.7990, 0], [1.8638, -0.0360]]
 * @see Andersen, Bollerslev, Diebold and Wu (2006): the object; Campbell and Thompson (2008): the R² against a benchmark
 */
export function realisedPredictions(
  set: readonly Walked[],
  sample: Sample,
  options: RealisedOptions,
): RealisedPrediction[] {
  const walks = set.filter(
    ({ update, estimator }) =>
      update === "updated" ||
      !set.some((other) => other.estimator === estimator && other.update === "updated"),
  );
  const pooled = walks.findIndex(({ estimator }) => estimator === "pooled");
  if (pooled < 0)
    throw new RangeError(
      `realisedPredictions: the set must have the estimator pooled, it has ${walks.map(({ estimator }) => estimator).join(", ")}; walk it too`,
    );
  const { panel, marketSet } = walks[0]!;
  const errorsOn = scaledErrors(walks, sample, options);
  return panel.markets.flatMap((market, k) => {
    const errors = errorsOn(k);
    const late = latePaths(
      walks.map((_, w) => errors.flat().filter((own) => Number.isFinite(own[w])).length),
    );
    const kept = errors
      .map((cells) =>
        cells.filter((own) => own.every((loss, w) => late[w] || Number.isFinite(loss))),
      )
      .filter((cells) => cells.length > 0);
    const losses = walks.map((_, w) => kept.map((cells) => mean(cells.map((own) => own[w]!))));
    const all = walks.map((_, w) =>
      late[w] ? Number.NaN : mean(kept.flat().map((own) => own[w]!)),
    );
    return walks.map(({ estimator }, w) => ({
      marketSet,
      market,
      estimator,
      sample: sample.name,
      periods: late[w] ? 0 : kept.length,
      n: late[w] ? 0 : kept.flat().length,
      loss: all[w]!,
      r2: 1 - all[w]! / all[pooled]!,
      dmPValue:
        w === pooled || late[w] || late[pooled] || kept.length < FEWEST_DATES
          ? NaN
          : dieboldMariano(lossDifferential(losses[w]!, losses[pooled]!), {
              horizon: 1,
              variance: "acf",
            }).pValue,
    }));
  });
}

/** Squared errors in standard errors of the realised beta on market k: by period of the sample, then by coin, then by walk. */
function scaledErrors(
  walks: readonly Walked[],
  sample: Sample,
  options: RealisedOptions,
): (k: number) => number[][][] {
  const { panel } = walks[0]!;
  const realised = realisedBeta(panel, options);
  const periods = [...realisedPeriods(panel, options.period).entries()].filter(([, { first }]) =>
    inRange(panel.dates[first]!, sample.range),
  );
  return (k) =>
    periods.map(([p, { first }]) =>
      panel.coins.map((_, i) => {
        const at = betaOffset(panel, p, i, k);
        const [beta, error] = [realised.values[at]!, realised.standardErrors![at]!];
        return walks.map(
          ({ path }) => ((beta - path.values[betaOffset(panel, first, i, k)]!) / error) ** 2,
        );
      }),
    );
}
