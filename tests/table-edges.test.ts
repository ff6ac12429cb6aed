/** Tables at their edges: which rows the screen shows, which columns hold numbers, and rows that stand alone. */

import { expect, it } from "vitest";
import type { SimulatedRow } from "../lib/src/comparing/simulated-betas.js";
import { type Danfo, toDanfo } from "../lib/src/tables/danfo.js";
import { tableOracleShare, tableSimulatedBetas } from "../lib/src/tables/simulated-betas.js";

/** A row of simulated scores whose share is a hundred times its error. */
const simulated = (process: string, estimator: string, oracleShare: number): SimulatedRow =>
  ({
    ...{ process, estimator, update: "frozen", oracleShare, shareError: oracleShare / 100 },
    coverage: 0.9,
  }) as SimulatedRow;

it("the screen shows the simulated process that stands first, be it on one row", () => {
  const rows = ["step", "constant", "constant"].map((process, i) => simulated(process, `e${i}`, i));
  expect(tableSimulatedBetas(rows, "made up").shown).toBe(1);
  expect(tableSimulatedBetas(rows.slice(1), "made up").shown).toBe(2);
});

it("every share has its own error in the column behind it", () => {
  const rows = [
    ...[simulated("step", "pooled", 1), simulated("constant", "pooled", 2)],
    ...[simulated("step", "rolling", 3), simulated("constant", "rolling", 4)],
  ];
  const { columns, rows: lines } = tableOracleShare(rows, "made up");
  expect(lines).toEqual([
    ["pooled", "frozen", 1, 0.01, 2, 0.02],
    ["rolling", "frozen", 3, 0.03, 4, 0.04],
  ]);
  expect(columns.map(({ key, head }) => [key, head]).slice(2)).toEqual([
    ["step", "step"],
    ["step error", "±"],
    ["constant", "constant"],
    ["constant error", "±"],
  ]);
});

it("a data frame has numbers where a column has decimals or a number, and texts elsewhere", async () => {
  class DataFrame {
    constructor(
      readonly values: unknown[][],
      readonly options: { columns: string[]; dtypes: string[] },
    ) {}
  }
  const table = {
    ...{ id: "made-up", caption: "Made up" },
    columns: [
      { key: "coin", head: "Coin" },
      { key: "none", head: "None", decimals: 2 },
      { key: "some", head: "Some" },
    ],
    rows: [
      ["BTC", null, null],
      [null, null, 1],
    ],
  };
  const frame = await toDanfo(table, { DataFrame } as unknown as Danfo);
  expect(frame).toEqual({
    values: [
      ["BTC", Number.NaN, Number.NaN],
      [null, Number.NaN, 1],
    ],
    options: {
      columns: ["coin", "none", "some"],
      dtypes: ["string", "float32", "float32"],
    },
  });
});
