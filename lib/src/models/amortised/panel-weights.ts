/** Which filters the amortised betas of a panel lean on, date by date. */

import type { DatesOptions } from "../../betas/regression-betas.js";
import type { Panel } from "../../types.js";
import { groupWeights } from "./expert-groups.js";
import { panelSeries } from "./panel-series.js";

/** Weights of one series that a panel's betas are made of. */
export interface DatedWeights {
  /** A coin, less the mean of the coins; or that mean, `MEAN_SERIES`. */
  readonly series: string;
  readonly date: string;
  /** Sums of the experts' weights [8], in the order of `EXPERT_GROUPS`. */
  readonly weights: Float64Array;
}

/** Name of the series of the mean coin. */
export const MEAN_SERIES = "mean";

/**
 * Weights behind `amortisedPanelBeta`, by series and date: of the mean coin, then of every coin less that mean; a single coin stands for itself.
 *
 * @param options as of `amortisedPanelBeta`
 * @example
 * const weights = amortisedWeights(dollar, { from: "2019-01", dates: { from: "2024-11", through: "2024-11" } });
 * weights.map(({ series }) => series); // ["mean", "BTC", "ETH", "LTC", "BCH"]
 */
export function amortisedWeights(
  panel: Panel,
  options: DatesOptions & { readonly from: string },
): DatedWeights[] {
  const { common, visit } = panelSeries("amortisedWeights", panel, options);
  const found: DatedWeights[] = [];
  const add = (series: string, t: number, weights: Float64Array) =>
    found.push({ series, date: panel.dates[t]!, weights: groupWeights(weights) });
  common?.forEach((dated, t) => {
    if (dated) add(MEAN_SERIES, t, dated.weights);
  });
  panel.coins.forEach((coin, i) => {
    visit(i, ({ t, weights }) => {
      add(coin, t, weights);
    });
  });
  return found;
}
