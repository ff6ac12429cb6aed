/** npm run interop, and what it tries: tables as data frames, with a stand-in for danfo where the package is not at hand. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Danfo, toDanfo } from "../lib/src/tables/danfo.js";
import type { Table } from "../lib/src/tables/table.js";
import { scratchFolder, write } from "./support/scratch.js";
import { tool } from "./support/tool.js";

const folder = scratchFolder();

/** A package that has what is used of danfo. */
function withDanfo(name: string, dataFrame: string): string {
  const home = join(folder, name);
  write(
    join(home, "node_modules", "danfojs-node", "index.js"),
    `console.log("Hi, looks like you are running a stand-in"); exports.DataFrame = class { constructor(rows, { columns, dtypes }) { ${dataFrame} } };`,
  );
  return home;
}
const HONEST =
  "Object.assign(this, { values: rows, columns, dtypes, shape: [rows.length, columns.length] })";

const table: Table = {
  id: "mine",
  caption: "Mine",
  columns: [
    { key: "coin", head: "Coin" },
    { key: "beta", head: "Beta", decimals: 2 },
    { key: "seed", head: "Seed", decimals: 0, fileOnly: true },
  ],
  rows: [
    ["BTC", 1 / 3, null],
    [null, Number.NaN, 1],
  ],
  shown: 1,
};

it("toDanfo has all rows and columns, numbers as they are, missing numbers as NaN and texts as null", async () => {
  class DataFrame {
    constructor(
      readonly values: unknown[][],
      readonly options: { columns: string[]; dtypes: string[] },
    ) {}
  }
  const frame = await toDanfo(table, { DataFrame } as unknown as Danfo);
  expect(frame).toEqual({
    values: [
      ["BTC", 1 / 3, Number.NaN],
      [null, Number.NaN, 1],
    ],
    options: { columns: ["coin", "beta", "seed"], dtypes: ["string", "float32", "float32"] },
  });
  expect(table.rows[0]![2]).toBeNull();
});

it("toDanfo says what to install where danfo is not at hand", async () => {
  await expect(toDanfo(table)).rejects.toThrow(
    /^toDanfo: danfojs-node must be installed, .*install danfojs-node 1\.2\.0 as npm run interop does, or pass the package$/,
  );
});

it.each([
  ["works", HONEST, 0, /^danfojs-node 1\.2\.0: works: 83 x 9 returns read back equal/],
  [
    "rounds",
    `rows = rows.map((row) => row.map((v) => typeof v === "number" ? Math.fround(v) : v)); ${HONEST}`,
    1,
    /: fails: the data frame does not read back/,
  ],
  ["breaks", 'throw new Error("no frames today")', 1, /: fails: /],
])("reports a package that %s by line and exit code", async (name, dataFrame, expected, line) => {
  const home = withDanfo(name, dataFrame);
  const { code, out } = await tool("interop", ["--only", "danfojs-node", "--with", home]);
  expect(out).toMatch(line);
  expect(out.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(expected);
});

it("says what could not be had, and ends with 2 where nothing was tried", async () => {
  const home = join(folder, "empty");
  mkdirSync(join(home, "node_modules"), { recursive: true });
  const { code, out } = await tool("interop", ["--with", home]);
  expect(out).toBe(
    "danfojs-node 1.2.0: could not be had (it is not in the folder)\n@tensorflow/tfjs-node 4.22.0: could not be had (it is not in the folder)\n",
  );
  expect(code).toBe(2);
});

it("refuses peers and folders that it does not know", async () => {
  expect((await tool("interop", ["--only", "pandas"])).err).toMatch(/--only: there is no pandas/);
  expect((await tool("interop", ["--with", folder])).err).toMatch(
    /must have a folder node_modules/,
  );
});
