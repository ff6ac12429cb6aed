/** CSV as the library writes it. */

/** Cells of a CSV that `tableCsv` wrote: quotes are doubled within quoted cells, which may hold line breaks. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === "\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

/** The same as records by the keys of the first row. */
export function csvRecords(text: string): Readonly<Record<string, string>>[] {
  const [keys = [], ...rows] = csvRows(text);
  return rows.map((row) => Object.fromEntries(keys.map((key, i) => [key, row[i]!])));
}
