/** A report as an earlier run left it. */

import { join } from "node:path";
import { write } from "./scratch.js";

const OLD = {
  name: "neural-beta",
  version: "0.0.1",
  packages: {},
  study: "",
  data: {},
  notebooks: ["00-data-preparation"],
  tables: { old: "0".repeat(64) },
  figures: {},
};

/** A folder as an earlier run left it, with a file of the user's. */
export function oldReport(out: string): string {
  write(join(out, "index.html"), "old page");
  write(join(out, "manifest.json"), JSON.stringify(OLD));
  write(join(out, "tables", "old.csv"), "old");
  write(join(out, "mine.txt"), "mine");
  return out;
}
