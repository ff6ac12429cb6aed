import type { EpisodeBeta } from "../comparing/episode-betas.js";
import type { Table } from "./table.js";

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
    columns: [
      { key: "episode", head: "Episode" },
      { key: "market", head: "Market" },
      { key: "marketSet", head: "Markets", fileOnly: true },
      { key: "start", head: "Start" },
      { key: "kind", head: "Kind" },
      { key: "n", head: "n", decimals: 0 },
      { key: "nOutside", head: "n outside", decimals: 0, fileOnly: true },
      { key: "inside", head: "Inside", decimals: 3 },
      { key: "outside", head: "Outside", decimals: 3 },
      { key: "difference", head: "Difference", decimals: 3 },
      { key: "differenceLowest", head: "lowest", decimals: 3 },
      { key: "differenceHighest", head: "highest", decimals: 3 },
      { key: "higher", head: "Higher", decimals: 2 },
      { key: "lower", head: "Lower", decimals: 2 },
    ],
    rows: rows.map((row) => [
      row.episode,
      row.market,
      row.marketSet,
      row.start,
      row.kind,
      row.n,
      row.nOutside,
      row.inside.mean,
      row.outside.mean,
      row.difference.mean,
      row.difference.lowest,
      row.difference.highest,
      row.higher,
      row.lower,
    ]),
    notes: [
      "Lowest and highest over seeds, no confidence interval. Higher, lower: share of seeds whose mean beta is higher inside, and lower; the rest does not move at all. n: dates with an estimate of this kind.",
    ],
  };
}
