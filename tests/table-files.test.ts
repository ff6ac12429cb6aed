/** npm run export -- --format parquet,arrow: what is written reads back equal to the table. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { type Table, tableCsv } from "../lib/src/tables/table.js";
import { writeTableFiles } from "../tools/dist/report/table-files.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
const table: Table = {
  id: "mine",
  caption: "Mine",
  columns: [
    { key: "date", head: "Date" },
    { key: "note", head: "Note" },
    { key: "beta", head: "Beta", decimals: 2 },
    { key: "empty", head: "Empty", decimals: 2 },
    { key: "mixed", head: "Mixed" },
  ],
  rows: [
    ["2024-01-31", 'says "so",\nthen ends', 1 / 3, null, "1"],
    ["2024-02-29", null, -1e-300, null, "one"],
    ["2024-03-31", "β", Number.NaN, null, null],
    ["2024-04-30", "", 12345678901234, null, "2"],
  ],
};

it.each(["parquet", "arrow"] as const)("%s", async (format) => {
  const csv = write(join(folder, "mine.csv"), tableCsv(table));
  await writeTableFiles({ mine: csv }, join(folder, format), [format]);
  expect(readdirSync(join(folder, format))).toEqual([`mine.${format}`]);
  const bytes = readFileSync(join(folder, format, `mine.${format}`));
  const frame = format === "parquet" ? pl.readParquet(bytes) : pl.readIPC(bytes);
  expect(frame.columns).toEqual(table.columns.map(({ key }) => key));
  expect(frame.dtypes.map(String)).toEqual(
    ["String", "String", "Float64", "String", "String"].map((type) => `DataType(${type})`),
  );
  // An empty text and a missing value are the same empty cell.
  const read = table.rows.map((row) =>
    row.map((cell) => (cell === "" || Number.isNaN(cell) ? null : cell)),
  );
  expect(frame.rows()).toEqual(read);
});

it("gives the same bytes twice", async () => {
  const csv = write(join(folder, "mine.csv"), tableCsv(table));
  const bytes = async (name: string) => {
    await writeTableFiles({ mine: csv }, join(folder, name), ["parquet", "arrow"]);
    return ["parquet", "arrow"].map((format) =>
      readFileSync(join(folder, name, `mine.${format}`)).toString("base64"),
    );
  };
  expect(await bytes("first")).toEqual(await bytes("second"));
});
