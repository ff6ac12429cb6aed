/**
 * npm run bench [-- PART…]: what the README's times come from, each part in a process of its own. Nothing here is asserted:
 * a busy machine would fail it.
 */

import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const PARTS = ["training", "rolling", "mcs", "readers", "commands"];

const chosen = process.argv.slice(2);
const unknown = chosen.find((part) => !PARTS.includes(part));
if (unknown !== undefined) {
  console.error(
    `bench: there is no part ${unknown}, there are ${PARTS.join(", ")}; name some of these, or none for all`,
  );
  process.exit(1);
}
console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores; medians (lowest to highest)`,
);
for (const part of chosen.length > 0 ? chosen : PARTS) {
  console.log(`\n## ${part}\n`);
  const file = fileURLToPath(new URL(`${part}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
