/** Every beta of some paths. */

import type { Update } from "../betas/estimator.js";
import { betaSeries, type DatedBeta } from "../betas/series.js";
import type { BetaPath } from "../types.js";
import { type Table, tableOf } from "./table.js";

/** A path with what its rows say of it. */
export interface NamedPath {
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly path: BetaPath;
}

/**
 * Every beta of some paths: by path, market, coin and date; the first on screen.
 *
 * @example
 * const named = { marketSet: "FIAT", estimator: "pooled", update: "frozen", path: pooled } as const;
 * tableBetas([named], "2022 to 2024").rows.at(-1)!.slice(0, 7);
 * // ["2024-11-30", "BCH", "FIAT", "FIAT", "pooled", "frozen", -4.6779]
 */
export function tableBetas(paths: readonly NamedPath[], sample: string): Table {
  return {
    id: "betas",
    caption: `Betas by date, coin and market; ${sample}`,
    ...tableOf(paths.flatMap(rowsOf), [
      { key: "date", head: "Date", value: ({ date }) => date },
      { key: "coin", head: "Coin", value: ({ coin }) => coin },
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "marketSet", head: "Markets", value: ({ named }) => named.marketSet },
      { key: "estimator", head: "Estimator", value: ({ named }) => named.estimator },
      { key: "update", head: "Update", value: ({ named }) => named.update },
      { key: "beta", head: "β", decimals: 4, value: ({ beta }) => beta },
      { key: "lower", head: "Lower", decimals: 4, value: ({ lower }) => lower },
      { key: "upper", head: "Upper", decimals: 4, value: ({ upper }) => upper },
      {
        key: "interval",
        head: "Interval",
        value: ({ named }) => named.path.band?.interval ?? "none",
      },
      { key: "kind", head: "Kind", value: ({ named }) => named.path.kind },
    ]),
    notes: [
      "Interval seed: lowest and highest beta over the seeds, no confidence interval. Interval network: the amortised network's own 95 % interval. Kind fitted: the beta saw its own date, or its epoch was chosen on it; walkForward: it did not.",
    ],
    shown: 4,
  };
}

/** One beta of a path; its bounds are null where the path has no band. */
interface BetaRow extends Omit<DatedBeta, "lower" | "upper"> {
  readonly named: NamedPath;
  readonly coin: string;
  readonly market: string;
  readonly lower: number | null;
  readonly upper: number | null;
}

function rowsOf(named: NamedPath): BetaRow[] {
  const { path } = named;
  const noBand = path.band ? {} : { lower: null, upper: null };
  return path.markets.flatMap((market) =>
    path.coins.flatMap((coin) =>
      betaSeries(path, coin, market).map((row) => ({ named, coin, market, ...row, ...noBand })),
    ),
  );
}
