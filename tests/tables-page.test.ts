/** docs/tables.md: complete, and what npm run reference writes. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { onePair } from "../lib/src/panel/panel.js";
import { tableBetas } from "../lib/src/tables/betas.js";
import { columnMeaning } from "../lib/src/tables/glossary.js";
import { betaPath } from "../lib/src/types.js";
import { describedTables, tablesPage } from "../tools/dist/reference/tables.js";
import { ROOT } from "./support/scratch.js";

const tables = describedTables();
const page = readFileSync(join(ROOT, "docs", "tables.md"), "utf8");

it("is what npm run reference writes", () => {
  expect(page).toBe(tablesPage());
});

it("says unit and meaning of every column; add them to lib/src/tables/glossary.ts, or to the column", () => {
  const lacking = tables.flatMap(({ id, columns }) =>
    columns.filter(({ unit, meaning }) => !unit || !meaning).map(({ key }) => `${id}.${key}`),
  );
  expect(lacking).toEqual([]);
});

it("has the columns that a table writes, in their order", () => {
  const path = betaPath(onePair([0.01], [0.01]), "walkForward", () => [1]);
  const named = { marketSet: "MARKET", estimator: "one", update: "frozen", path } as const;
  const keys = tableBetas([named], "", { seeds: true }).columns.map(({ key }) => key);
  expect(tables.find(({ id }) => id === "betas")!.columns.map(({ key }) => key)).toEqual(keys);
  expect(page).toContain("| `seed` | count |");
});

it("has every table that a committed notebook shows", () => {
  const folder = join(ROOT, "notebooks");
  const shown = readdirSync(folder)
    .filter((file) => file.endsWith(".ipynb"))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(/"table": "([\w-]+)"/g),
    ])
    .map(([, id]) => id!.replace(/^claims-\w+$/, "claims-0"));
  expect(shown.length).toBeGreaterThan(30);
  const ids = tables.map(({ id }) => id);
  const known = (id: string) => ids.some((other) => id === other || id.startsWith(`${other}-`));
  expect(shown.filter((id) => !known(id))).toEqual([]);
});

it("gives a table's own meaning before that of the key", () => {
  expect(columnMeaning("episode-betas", "lower")![1]).toContain("seeds");
  expect(columnMeaning("betas", "lower")![1]).toContain("bound");
  expect(columnMeaning("betas", "nothing")).toBeUndefined();
});
