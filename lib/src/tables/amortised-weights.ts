/** Which filters the amortised betas of a panel lean on, date by date. */

import { EXPERT_GROUPS, GROUP_HALF_LIVES } from "../models/amortised/expert-groups.js";
import type { DatedWeights } from "../models/amortised/panel-weights.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

/**
 * Weights by market set, series and date, one column per group of filters; to a thousandth, as they are read.
 *
 * @param sets weights by market set
 * @example
 * const weights = amortisedWeights(dollar, { from: "2019-01", dates: { from: "2024-11", through: "2024-11" } });
 * tableAmortisedWeights({ FIAT: weights }, "2024-11").rows.length; // 5: the mean coin and four coins
 */
export function tableAmortisedWeights(
  sets: Readonly<Record<string, readonly DatedWeights[]>>,
  sample: string,
): Table {
  const rows = Object.entries(sets).flatMap(([marketSet, dated]) =>
    dated.map((row) => ({ marketSet, ...row })),
  );
  return {
    id: "amortised-weights",
    caption: `Weights that the amortised network gives to its filters, by how fast their beta may move; ${sample}`,
    ...tableOf(rows, [
      { key: "marketSet", head: "Markets", value: ({ marketSet }) => marketSet },
      {
        key: "series",
        head: "Series",
        unit: "name",
        meaning: "a coin's return less the mean of the coins, or that mean",
        value: ({ series }) => series,
      },
      { key: "date", head: "Date", value: ({ date }) => date },
      ...EXPERT_GROUPS.map((_, group) => weightColumn(group)),
    ]),
    notes: [
      "Half-life: rows after which half of a past row's weight is left in a filter whose beta walks; plain and robust filters and all priors together. No beta: the expert that is zero. The gated state terms make up the rest of a beta.",
    ],
    shown: 8,
  };
}

function weightColumn(group: number): RowColumn<DatedWeights> {
  const halfLife = Math.round(GROUP_HALF_LIVES[group]!);
  const [key, head] =
    group === 0
      ? ["noBeta", "No beta"]
      : halfLife === Infinity
        ? ["constantBeta", "Constant"]
        : [`halfLife${halfLife}`, `Half-life ${halfLife}`];
  return {
    key,
    head,
    decimals: 3,
    unit: "none",
    meaning: `sum of the weights of the filters "${EXPERT_GROUPS[group]!}"`,
    value: ({ weights }) => Math.round(1000 * weights[group]!) / 1000,
  };
}
