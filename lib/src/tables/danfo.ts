/** A table as a data frame of danfo, for whoever has danfojs-node installed: it is an optional peer, and no part of a study. */

import { DataError } from "../types.js";
import type { Table } from "./table.js";

/** What is used of a danfo data frame; the package has the whole type. */
export interface DanfoFrame {
  readonly columns: string[];
  readonly dtypes: string[];
  /** Rows by columns. */
  readonly shape: number[];
  /** Rows; NaN where a number is missing, null where a text is. */
  readonly values: unknown[][];
}

/** The part of danfojs-node that makes data frames. */
export interface Danfo {
  readonly DataFrame: new (
    rows: unknown[][],
    options: { readonly columns: string[]; readonly dtypes: string[] },
  ) => DanfoFrame;
}

/** The peer, and the version that `npm run interop` tries. */
const PACKAGE = "danfojs-node";
const VERSION = "1.2.0";

/**
 * A danfo data frame with all rows and all columns of a table, those for files too, under their keys and in full precision.
 *
 * @param danfo the package `danfojs-node`; by default it is imported, where it is installed beside neural-beta
 * @returns numbers as danfo's float32, which danfo keeps as they are, in double precision; a missing number is NaN, a missing text null
 * @throws DataError if danfojs-node is not installed
 * @example
 * class DataFrame { constructor(readonly values: unknown[][], readonly options: { columns: string[] }) {} }
 * const frame = await toDanfo(table, { DataFrame } as never);
 * frame.values; // [["BTC", -3.5]]
 */
export async function toDanfo({ columns, rows }: Table, danfo?: Danfo): Promise<DanfoFrame> {
  const { DataFrame } = danfo ?? (await installed());
  const numeric = columns.map(
    ({ decimals }, i) => decimals !== undefined || rows.some((row) => typeof row[i] === "number"),
  );
  const values = rows.map((row) =>
    row.map((cell, i) => (numeric[i] && cell === null ? Number.NaN : cell)),
  );
  return new DataFrame(values, {
    columns: columns.map(({ key }) => key),
    dtypes: numeric.map((number) => (number ? "float32" : "string")),
  });
}

/** The peer, if it is there: its name is no constant of an import, since it has no types here. */
async function installed(): Promise<Danfo> {
  try {
    return (await import(PACKAGE as string)) as Danfo;
  } catch {
    throw new DataError(
      `toDanfo: ${PACKAGE} must be installed, but it cannot be imported; install ${PACKAGE} ${VERSION} as npm run interop does, or pass the package`,
    );
  }
}
