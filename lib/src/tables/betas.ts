/** Every beta of some paths. */

import type { Update } from "../betas/estimator.js";
import { betaOffset, rowAt } from "../panel/panel.js";
import type { BetaKind, BetaPath } from "../types.js";
import { fittingDates, type KeptDates } from "./fitting-dates.js";
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
  /** Rows above which only the last date of each month, quarter or year is kept; 150,000 by default. */
  readonly most?: number;
}

/**
 * Every beta of some paths: by path, market, coin and date; the first on screen.
 *
 * Of more than 150,000 betas, those on the last date of each month; if these are more, of each quarter or year. Betas of fewer
 * paths at a time are on all dates.
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
  { id = "betas", seeds = false, most }: BetasOptions = {},
): Table {
  const all = paths.flatMap((named): NumberedPath[] => [
    { named, seed: null },
    ...(seeds ? networksOf(named).map((network, i) => ({ named: network, seed: i + 1 })) : []),
  ]);
  const { kept, left } = fittingDates(
    all.flatMap(({ named }) => named.path.dates),
    (some) => all.reduce((sum, { named }) => sum + betasOn(named.path, some), 0),
    most,
  );
  const rows = all.flatMap((path) => rowsOf(path, kept));
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
      ...left,
      "Interval seed: lowest and highest beta over the seeds, no confidence interval. Interval network: the amortised network's own 95 % interval. Interval given: as the file of betas has it. Kind fitted: the beta saw its own date, or its epoch was chosen on it; walk-forward: it did not.",
    ],
    shown: 4,
  };
}

/** A path, and of a network of an ensemble its number. */
interface NumberedPath {
  readonly named: NamedPath;
  readonly seed: number | null;
}

/** How many betas a path has on some dates. */
function betasOn({ dates, coins, markets, values }: BetaPath, kept: KeptDates): number {
  const width = coins.length * markets.length;
  let count = 0;
  for (let t = 0; t < dates.length; t++)
    if (kept.has(dates[t]!))
      for (const beta of rowAt(values, width, t)) if (!Number.isNaN(beta)) count++;
  return count;
}

/** One beta of a path; its bounds are null where the path has no band. */
interface BetaRow {
  readonly date: string;
  readonly beta: number;
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

function rowsOf({ named, seed }: NumberedPath, kept: KeptDates): BetaRow[] {
  const { path } = named;
  const { dates, markets, coins, values, band } = path;
  const rows = [...dates.keys()].filter((t) => kept.has(dates[t]!));
  return markets.flatMap((market, k) =>
    coins.flatMap((coin, i) =>
      rows.flatMap((t) => {
        const at = betaOffset(path, t, i, k);
        const beta = values[at]!;
        const [lower, upper] = [band?.lower[at] ?? null, band?.upper[at] ?? null];
        return Number.isNaN(beta)
          ? []
          : { named, seed, coin, market, date: dates[t]!, beta, lower, upper };
      }),
    ),
  );
}
