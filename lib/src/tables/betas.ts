/** Every beta of some paths. */

import type { Update } from "../betas/estimator.js";
import { betaOffset } from "../panel/panel.js";
import { beginsBlock, type Refit } from "../panel/walk-forward.js";
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
  /** Rows above which only the last date of each month, quarter or year is kept; half a million by default. */
  readonly most?: number;
}

/** Rows above which only some dates are kept: files of many millions are read by nobody. */
const MOST = 500_000;

/**
 * Every beta of some paths: by path, market, coin and date; the first on screen.
 *
 * Of more than half a million betas, those on the last date of each month; if these are more, of each quarter or year. Betas of fewer
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
  { id = "betas", seeds = false, most = MOST }: BetasOptions = {},
): Table {
  const all = paths.flatMap((named): NumberedPath[] => [
    { named, seed: null },
    ...(seeds ? networksOf(named).map((network, i) => ({ named: network, seed: i + 1 })) : []),
  ]);
  const { on, left } = keptDates(
    all.map(({ named }) => named.path),
    most,
  );
  const rows = all.flatMap((path) => rowsOf(path, on));
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

/** Indices of the dates of a path that have rows. */
type DatesOf = (path: BetaPath) => readonly number[];

/** The last date of every block; of single dates, all. */
const lastOf =
  (block: Refit): DatesOf =>
  ({ dates }) =>
    [...dates.keys()].filter((t) => t + 1 === dates.length || beginsBlock(dates, t + 1, block));

/** Blocks of which the last date is kept, the finest first, and what a note says of them. */
const BLOCKS = [
  ["monthly", "month"],
  ["quarterly", "quarter"],
  ["yearly", "year"],
] as const;

/** Which dates have rows in a table of so many, and what is said of those that have none. */
function keptDates(paths: readonly BetaPath[], most: number): { on: DatesOf; left: string[] } {
  const count = (on: DatesOf) => paths.reduce((sum, path) => sum + betasOn(path, on(path)), 0);
  const every = lastOf("periodically");
  const all = count(every);
  if (all <= most) return { on: every, left: [] };
  const [block, name] =
    BLOCKS.find(([finest]) => count(lastOf(finest)) <= most) ?? BLOCKS[BLOCKS.length - 1]!;
  const left = `Rows are of the last date of each ${name}: on all dates there are ${all.toLocaleString("en")} betas, more than ${most.toLocaleString("en")}. Fewer paths at a time have rows on all dates.`;
  return { on: lastOf(block), left: [left] };
}

/** How many betas a path has on some dates. */
function betasOn({ coins, markets, values }: BetaPath, rows: readonly number[]): number {
  const width = coins.length * markets.length;
  let count = 0;
  for (const t of rows)
    for (let at = t * width; at < (t + 1) * width; at++) if (!Number.isNaN(values[at])) count++;
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

function rowsOf({ named, seed }: NumberedPath, on: DatesOf): BetaRow[] {
  const { path } = named;
  const { dates, markets, coins, values, band } = path;
  const rows = on(path);
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
