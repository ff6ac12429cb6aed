/** Every beta of some paths. */

import type { Update } from "../betas/estimator.js";
import { betaSeries, type DatedBeta } from "../betas/series.js";
import type { BetaKind, BetaPath } from "../types.js";
import { type RowColumn, type Table, tableOf } from "./table.js";

/** A path with what its rows say of it. */
export interface NamedPath {
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly path: BetaPath;
}

/** What a table of betas is called, and whether it has every network too. */
export interface BetasOptions {
  /** Name of its exports, unique in the project; `betas` by default. */
  readonly id?: string;
  /** A row for every network of an ensemble too, below those of its mean. */
  readonly seeds?: boolean;
}

/**
 * Every beta of some paths: by path, market, coin and date; the first on screen.
 *
 * @returns with `seeds` a column `seed`: the number of the network, from 1; null for the mean and for what is no ensemble
 *
 * @example
 * const named = { marketSet: "FIAT", estimator: "pooled", update: "frozen", path: pooled } as const;
 * tableBetas([named], "2022 to 2024").rows.at(-1)!.slice(0, 7);
 * // ["2024-11-30", "BCH", "FIAT", "FIAT", "pooled", "frozen", -4.6779]
 */
export function tableBetas(
  paths: readonly NamedPath[],
  sample: string,
  { id = "betas", seeds = false }: BetasOptions = {},
): Table {
  const rows = paths.flatMap((named) => [
    ...rowsOf(named),
    ...(seeds ? networksOf(named).flatMap((network, i) => rowsOf(network, i + 1)) : []),
  ]);
  return {
    id,
    caption: `Betas by date, coin and market; ${sample}`,
    ...tableOf(rows, [
      { key: "date", head: "Date", value: ({ date }) => date },
      { key: "coin", head: "Coin", value: ({ coin }) => coin },
      { key: "market", head: "Market", value: ({ market }) => market },
      { key: "marketSet", head: "Markets", value: ({ named }) => named.marketSet },
      { key: "estimator", head: "Estimator", value: ({ named }) => named.estimator },
      { key: "update", head: "Update", value: ({ named }) => named.update },
      ...(seeds ? [SEED] : []),
      { key: "beta", head: "β", decimals: 4, value: ({ beta }) => beta },
      { key: "lower", head: "Lower", decimals: 4, value: ({ lower }) => lower },
      { key: "upper", head: "Upper", decimals: 4, value: ({ upper }) => upper },
      {
        key: "interval",
        head: "Interval",
        value: ({ named }) => named.path.band?.interval ?? "none",
      },
      { key: "kind", head: "Kind", value: ({ named }) => kindName(named.path.kind) },
    ]),
    notes: [
      "Interval seed: lowest and highest beta over the seeds, no confidence interval. Interval network: the amortised network's own 95 % interval. Interval given: as the file of betas has it. Kind fitted: the beta saw its own date, or its epoch was chosen on it; walk-forward: it did not.",
    ],
    shown: 4,
  };
}

/** One beta of a path; its bounds are null where the path has no band. */
interface BetaRow extends Omit<DatedBeta, "lower" | "upper"> {
  readonly named: NamedPath;
  readonly seed: number | null;
  readonly coin: string;
  readonly market: string;
  readonly lower: number | null;
  readonly upper: number | null;
}

const SEED: RowColumn<BetaRow> = {
  key: "seed",
  head: "Seed",
  decimals: 0,
  value: ({ seed }) => seed,
};

/** A kind of betas as tables print it. */
export const kindName = (kind: BetaKind): string =>
  kind === "walkForward" ? "walk-forward" : kind;

/** The networks of an ensemble, each by itself and without a band. */
const networksOf = (named: NamedPath): NamedPath[] =>
  (named.path.seeds ?? []).map((values) => {
    const { dates, coins, markets, kind } = named.path;
    return { ...named, path: { dates, coins, markets, kind, values } };
  });

function rowsOf(named: NamedPath, seed: number | null = null): BetaRow[] {
  const { path } = named;
  const noBand = path.band ? {} : { lower: null, upper: null };
  return path.markets.flatMap((market) =>
    path.coins.flatMap((coin) =>
      betaSeries(path, coin, market).map((row) => ({
        named,
        seed,
        coin,
        market,
        ...row,
        ...noBand,
      })),
    ),
  );
}
