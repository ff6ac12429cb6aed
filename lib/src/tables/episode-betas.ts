/** Mean betas inside and outside of episodes. */

import type { EpisodeBeta } from "../comparing/episode-betas.js";
import { kindName } from "./betas.js";
import { type Table, tableOf } from "./table.js";

/**
 * Mean betas inside episodes against those outside.
 *
 * @example
 * const stress = stressDates(panel, "EQUITY", 0.1);
 * tableEpisodeBetas(episodeBetas(markets, { stress }), "two seeds").rows[0]!.slice(0, 4);
 * // ["stress", "FIAT", "FIAT", "glorot"]
 */
export function tableEpisodeBetas(rows: readonly EpisodeBeta[], sample: string): Table {
  return {
    id: "episode-betas",
    caption: `Mean beta over coins inside and outside of episodes, mean over seeds; ${sample}`,
    ...tableOf(rows, [
      { key: "episode", head: "Episode", value: ({ episode }) => episode },
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "marketSet", head: "Markets", fileOnly: true, value: ({ marketSet }) => marketSet },
      { key: "start", head: "Start", value: ({ start }) => start },
      { key: "kind", head: "Kind", value: ({ kind }) => kindName(kind) },
      { key: "n", head: "n", decimals: 0, value: ({ n }) => n },
      {
        key: "nOutside",
        head: "n outside",
        decimals: 0,
        fileOnly: true,
        value: ({ nOutside }) => nOutside,
      },
      { key: "inside", head: "Inside", decimals: 3, value: (row) => row.inside.mean },
      { key: "outside", head: "Outside", decimals: 3, value: (row) => row.outside.mean },
      { key: "difference", head: "Difference", decimals: 3, value: (row) => row.difference.mean },
      {
        key: "differenceLowest",
        head: "lowest",
        decimals: 3,
        value: (row) => row.difference.lowest,
      },
      {
        key: "differenceHighest",
        head: "highest",
        decimals: 3,
        value: (row) => row.difference.highest,
      },
      { key: "higher", head: "Higher", decimals: 2, value: ({ higher }) => higher },
      { key: "lower", head: "Lower", decimals: 2, value: ({ lower }) => lower },
    ]),
    notes: [
      "Lowest and highest over seeds, no confidence interval. Higher, lower: share of seeds whose mean beta is higher inside, and lower; the rest does not move at all. n: dates with an estimate of this kind.",
    ],
  };
}
