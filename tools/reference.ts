/** npm run reference: writes docs/reference/*.md from the doc comments, and docs/tables.md from the columns of the tables. */

import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "neural-beta";
import { DOCS, referenceFiles } from "./reference/pages.js";
import { tablesPage } from "./reference/tables.js";
import { command, counted, options } from "./terminal.js";

command(async () => {
  options("npm run reference", {});
  const files = referenceFiles();
  writeFiles(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [join(DOCS, name), text])),
  );
  writeFiles({ [join(DOCS, "..", "tables.md")]: tablesPage() });
  // Pages of rooms that are no more.
  for (const name of readdirSync(DOCS))
    if (name.endsWith(".md") && !(name in files)) rmSync(join(DOCS, name));
  process.stdout.write(
    `docs/reference: ${counted(Object.keys(files).length, "page")}; docs/tables.md\n`,
  );
});
