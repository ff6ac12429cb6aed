import type { Update } from "../betas/estimator.js";
import type { BetaPath } from "../types.js";
import type { Cell, Table } from "./table.js";

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
    columns: [
      { key: "date", head: "Date" },
      { key: "coin", head: "Coin" },
      { key: "market", head: "Market" },
      { key: "marketSet", head: "Markets" },
      { key: "estimator", head: "Estimator" },
      { key: "update", head: "Update" },
      { key: "beta", head: "β", decimals: 4 },
      { key: "lower", head: "Lower", decimals: 4 },
      { key: "upper", head: "Upper", decimals: 4 },
      { key: "interval", head: "Interval" },
      { key: "kind", head: "Kind" },
    ],
    rows: paths.flatMap(rowsOf),
    notes: [
      "Interval seed: lowest and highest beta over the seeds, no confidence interval. Kind fitted: the beta saw its own date, or its epoch was chosen on it; walkForward: it did not.",
    ],
    shown: 4,
  };
}

function rowsOf({ path, ...named }: NamedPath): Cell[][] {
  const { dates, coins, markets, values, band } = path;
  return markets.flatMap((market, k) =>
    coins.flatMap((coin, i) =>
      dates.flatMap((date, t) => {
        const at = (t * coins.length + i) * markets.length + k;
        return Number.isNaN(values[at]!)
          ? []
          : [
              [
                date,
                coin,
                market,
                named.marketSet,
                named.estimator,
                named.update,
                values[at]!,
                band?.lower[at] ?? null,
                band?.upper[at] ?? null,
                band?.interval ?? "none",
                path.kind,
              ],
            ];
      }),
    ),
  );
}
