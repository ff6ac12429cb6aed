/** npm run pair: brings .nb.ts and .ipynb of every notebook into step. */

import { join } from "node:path";
import { NOTEBOOKS, notebookNames } from "./kernel/execute.js";
import { pair, type Side } from "./kernel/pairing.js";
import { command, options } from "./terminal.js";

command(async () => {
  const { from, only } = options("npm run pair -- [--only 00,05] [--from text|notebook]", {
    from: { type: "string" },
    only: { type: "string" },
  });
  if (from !== undefined && from !== "text" && from !== "notebook")
    throw new Error(`--from must be text or notebook, got ${from}`);
  for (const name of notebookNames(only))
    process.stdout.write(`${name}: ${pair(join(NOTEBOOKS, name), from as Side | undefined)}\n`);
});
