/**
 * npm run bench [-- PART… [--option VALUE…]]: what the README's times come from, each part in a process of its own. Nothing here is asserted:
 * a busy machine would fail it.
 */

import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const PARTS = ["training", "rolling", "mcs", "readers", "amortised", "rivals", "commands"];
/** Only when they are named: they run the tests hundreds of times, estimate for five hundred assets, make a report of thirty in days. */
const ON_REQUEST = ["mutation", "scale", "thirty-days"];

const given = process.argv.slice(2);
const first = given.findIndex((word) => word.startsWith("--"));
const chosen = first < 0 ? given : given.slice(0, first);
const rest = first < 0 ? [] : given.slice(first);
const unknown = chosen.find((part) => ![...PARTS, ...ON_REQUEST].includes(part));
if (unknown !== undefined) {
  console.error(
    `bench: there is no part ${unknown}, there are ${[...PARTS, ...ON_REQUEST].join(", ")}; name some of these, or none for all`,
  );
  process.exit(1);
}
console.log(
  `Node ${process.versions.node}, ${availableParallelism()} cores; medians (lowest to highest)`,
);
for (const part of chosen.length > 0 ? chosen : PARTS) {
  console.log(`\n## ${part}\n`);
  const file = fileURLToPath(new URL(`${part}.mjs`, import.meta.url));
  const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
