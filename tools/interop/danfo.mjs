/**
 * What danfojs-node has to do where it is installed: give a table as a data frame that reads back equal.
 *
 * Usage: node danfo.mjs FOLDER, with the package in FOLDER/node_modules. One line, exit code 0 if it works.
 */

import { createRequire } from "node:module";
import { join } from "node:path";
import { readPanel, readStudy, tableReturns, toDanfo } from "neural-beta";

const require = createRequire(join(process.argv[2], "package.json"));
// Its TensorFlow.js prints an advertisement.
const { warn, log } = console;
console.warn = console.log = () => {};
const danfo = require("danfojs-node");
Object.assign(console, { warn, log });

const table = tableReturns(await readPanel(await readStudy()), "interop");
const edges = {
  ...table,
  columns: [
    { key: "name", head: "Name" },
    { key: "value", head: "Value", decimals: 2 },
  ],
  rows: [
    ["a", 0.1],
    ["b", null],
    [null, Number.NaN],
    ["c", 1e-300],
    ["=1+1", -1 / 3],
  ],
};
for (const tried of [table, edges]) {
  const frame = await toDanfo(tried, danfo);
  const equal = tried.rows.every((row, t) =>
    row.every((cell, i) => {
      const back = frame.values[t][i];
      const numeric = frame.dtypes[i] !== "string";
      return (
        Object.is(back, cell) || (numeric && Number.isNaN(back) && (cell ?? Number.NaN) !== cell)
      );
    }),
  );
  const shape = [tried.rows.length, tried.columns.length];
  if (
    !equal ||
    frame.shape.join() !== shape.join() ||
    frame.columns.join() !== tried.columns.map(({ key }) => key).join()
  ) {
    console.log("the data frame does not read back equal to its table");
    process.exit(1);
  }
}
console.log(
  `${table.rows.length} x ${table.columns.length} returns read back equal, missing values too`,
);
process.exit(0);
