/** Tables of a report as Parquet and Arrow files: numbers as doubles, all else as text, missing values as null. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "neural-beta";
import { csvRows } from "../csv.js";

/** Formats for programs that read columns. */
export const TABLE_FORMATS = ["parquet", "arrow"] as const;
/** One of `TABLE_FORMATS`. */
export type TableFormat = (typeof TABLE_FORMATS)[number];

/**
 * Writes tables beside the CSV that they are read from, or in another folder.
 *
 * @param tables paths of CSV files by id
 * @param folder is made if it is not there
 */
export async function writeTableFiles(
  tables: Readonly<Record<string, string>>,
  folder: string,
  formats: readonly TableFormat[],
): Promise<void> {
  const { default: pl } = await import("nodejs-polars");
  for (const [id, file] of Object.entries(tables)) {
    const [keys = [], ...rows] = csvRows(readFileSync(file, "utf8"));
    const series = keys.map((key, i) => {
      const cells = rows.map((row) => (row[i] === "" ? null : row[i]!));
      return isNumeric(cells)
        ? pl.Series(
            key,
            cells.map((cell) => (cell === null ? null : Number(cell))),
            pl.Float64,
          )
        : pl.Series(key, cells, pl.Utf8);
    });
    const frame = pl.DataFrame(series);
    for (const format of formats)
      writeFiles({
        [join(folder, `${id}.${format}`)]:
          format === "parquet"
            ? frame.writeParquet({ compression: "snappy" })
            : frame.writeIPC({ compression: "uncompressed" }),
      });
  }
}

/** True if there is a number, and nothing that is none. */
function isNumeric(cells: readonly (string | null)[]): boolean {
  const given = cells.filter((cell) => cell !== null);
  return (
    given.length > 0 && given.every((cell) => /^-?(\d+\.?\d*(e[-+]?\d+)?|Infinity)$/.test(cell))
  );
}
