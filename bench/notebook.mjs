/** One notebook as a script, in the process that `commands.mjs` forks for it: tells its parent what it took. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { counts } from "../lib/dist/models/cache/counts.js";

const [name] = process.argv.slice(2);
// Below the project, so that the notebook finds its packages.
const folder = new URL("../.cache/bench/", import.meta.url);
const script = fileURLToPath(new URL(`${name}.mjs`, folder));
mkdirSync(folder, { recursive: true });
const source = readFileSync(new URL(`../notebooks/${name}.nb.ts`, import.meta.url), "utf8");
const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
// The library's modules, not its bundle: `counts` must be those that the notebook counts in.
const library = new URL("../lib/dist/index.js", import.meta.url).href;
const { outputText } = ts.transpileModule(source, { compilerOptions });
writeFileSync(script, outputText.replace('"neural-beta"', JSON.stringify(library)));

const [began, cpu] = [performance.now(), process.cpuUsage()];
await import(pathToFileURL(script).href);
const { user, system } = process.cpuUsage(cpu);
process.send({
  seconds: (performance.now() - began) / 1000,
  cpu: (user + system) / 1e6,
  memory: process.resourceUsage().maxRSS / 1024,
  ...counts,
});
