/**
 * What whole commands take: the report's search, every notebook with an empty cache and with a filled one, and `npm start`.
 * Notebooks run one after the other as scripts, without kernel and page, which the last lines have.
 */

import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPanel, readStudy, searchNetworks, simdTrainer } from "neural-beta";
import { median, spread, timed } from "./measure.mjs";

const RUNS = 3;
const ROOT = fileURLToPath(new URL("..", import.meta.url));

await search();
const folder = mkdtempSync(join(tmpdir(), "neural-beta-bench-"));
try {
  await notebooks();
  await starts();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function search() {
  const study = await readStudy();
  const panel = await readPanel(study);
  const seconds = [];
  for (let run = 0; run < 5; run++)
    seconds.push(
      (await timed(() => searchNetworks(panel, simdTrainer(), { ...study, starts: ["glorot"] }))) /
        1000,
    );
  console.log(
    `search of 5,040 networks, s: ${spread(seconds)}; peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  );
}

/** Every notebook cold and warm: a run fills a cache of its own, then reads it. */
async function notebooks() {
  const names = readdirSync(join(ROOT, "notebooks"))
    .filter((file) => file.endsWith(".nb.ts"))
    .map((file) => file.slice(0, -".nb.ts".length))
    .sort();
  const [cold, warm] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    const env = environment(`run ${run}`);
    for (const runs of [cold, warm]) {
      const taken = [];
      for (const name of names) taken.push(await runNotebook(name, env));
      runs.push(taken);
    }
  }
  console.log(
    `\nNotebooks: median (lowest) of ${RUNS} runs; paths are an estimator's betas on one split\n`,
  );
  const columns = ["s", "CPU s", "trained", "read", "walked", "paths read"];
  const heads = ["cold", "warm"].flatMap((when) => columns.map((head) => `${head}, ${when}`));
  console.log(`| notebook | ${heads.join(" | ")} | MB |\n|${" --- |".repeat(heads.length + 2)}`);
  names.forEach((name, i) => {
    printRow(
      name,
      cold.map((taken) => taken[i]),
      warm.map((taken) => taken[i]),
    );
  });
  printRow("all", cold.map(summed), warm.map(summed));
}

function printRow(name, cold, warm) {
  const cells = (runs) => [
    ...["seconds", "cpu"].map((key) => shortest(runs.map((run) => run[key]))),
    ...["trained", "read", "walked", "pathsRead"].map((key) => runs[0][key].toLocaleString("en")),
  ];
  const memory = Math.max(...[...cold, ...warm].map((run) => run.memory));
  console.log(`| ${[name, ...cells(cold), ...cells(warm), memory.toFixed(0)].join(" | ")} |`);
}

/** Median and lowest. */
function shortest(values) {
  return `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)})`;
}

/** Everything of several notebooks together, and the largest memory. */
function summed(runs) {
  const sum = { ...runs[0] };
  for (const run of runs.slice(1))
    for (const key of Object.keys(sum))
      sum[key] = key === "memory" ? Math.max(sum[key], run[key]) : sum[key] + run[key];
  return sum;
}

function runNotebook(name, env) {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL("notebook.mjs", import.meta.url));
    const child = fork(file, [name], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.once("message", resolve).once("error", reject);
    child.once("exit", (code) => reject(new Error(`${name} ended with code ${code}`)));
  });
}

/** The commands as they are typed, without what npm itself takes. */
async function starts() {
  console.log("");
  const start = (...args) => ["tools/dist/start.js", "--out", join(folder, "report"), ...args];
  const commands = {
    "npm start, empty cache": { args: start(), cache: (run) => `start ${run}` },
    "npm start, filled cache": { args: start(), cache: () => "start 0" },
    "npm start -- --only 00, filled cache": { args: start("--only", "00"), cache: () => "start 0" },
    "their set-up, nothing to build": { args: ["tools/setup.mjs"], cache: () => "start 0" },
  };
  for (const [name, { args, cache }] of Object.entries(commands)) {
    const seconds = [];
    for (let run = 0; run < RUNS; run++)
      seconds.push(
        (await timed(() => {
          const env = environment(cache(run));
          const { status } = spawnSync(process.execPath, args, { cwd: ROOT, env, stdio: "ignore" });
          if (status !== 0) throw new Error(`${name} failed`);
        })) / 1000,
      );
    console.log(`${name}, s: ${spread(seconds)}`);
  }
}

function environment(cache) {
  return {
    ...process.env,
    NEURAL_BETA_CACHE: join(folder, cache),
    NEURAL_BETA_OUT: join(folder, "out"),
    NEURAL_BETA_STUDY: "",
  };
}
