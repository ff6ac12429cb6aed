/** What the documents tell a reader to type: blocks of code and commands, as they stand there. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isoDate, weekday } from "../../lib/src/panel/calendar.js";
import { stream } from "../../lib/src/random.js";
import { ROOT } from "./scratch.js";

export interface Block {
  readonly language: string;
  readonly code: string;
  /** The file that the words before the block name last, or those after it as "saved as". */
  readonly file: string | undefined;
}

/** Documents for readers, paths from the root; the reference has tests of its own. */
export const DOCUMENTS: readonly string[] = [
  "README.md",
  "environment.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

export const documentText = (document: string): string =>
  readFileSync(join(ROOT, document), "utf8");

/** Fenced blocks in their order. */
export function blocksOf(document: string): Block[] {
  const text = documentText(document);
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(
    ({ 0: whole, 1: language, 2: code, index }) => ({
      language: language!,
      code: code!,
      file:
        /^\s*saved as `([\w-]+\.json)`/.exec(text.slice(index + whole.length))?.[1] ??
        [...text.slice(0, index).matchAll(/`([\w-]+\.(?:json|mjs|csv))`/g)].at(-1)?.[1],
    }),
  );
}

/** Every line of a block without a language, and every command between backticks, once each, without remarks. */
export function commandsOf(document: string): string[] {
  const lines = blocksOf(document)
    .filter(({ language }) => language === "")
    .flatMap(({ code }) => code.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim());
  const inline = [
    ...documentText(document)
      .replace(/^```[\s\S]*?^```$/gm, "")
      .matchAll(/`([^`]+)`/g),
  ]
    .map(([, code]) => code!.replace(/\s+/g, " "))
    .filter((code) => /^(npm (run|start|test|ci)|npx|node|git|pip|\w+=\S+) ?/.test(code))
    .filter((code) => !/^(\w+=\S+|node|node_modules.*)$/.test(code));
  return [...new Set([...lines, ...inline])].filter((command) => command !== "");
}

/** Days from 2017-12-01 through 2024-12-31 with prices that walk at random, as lines of CSV. */
export function madeUpPrices(names: readonly string[], everyDay: boolean): string[] {
  const draw = stream("first hour", ...names);
  const levels = names.map(() => 100);
  return Array.from({ length: 2588 }, (_, d) => 17501 + d)
    .filter((day) => everyDay || (weekday(day) > 0 && weekday(day) < 6))
    .map((day) => {
      names.forEach((_, i) => {
        levels[i]! *= Math.exp(0.03 * draw.normal());
      });
      return [isoDate(day), ...levels.map((p) => p.toPrecision(8))].join(",");
    });
}

/** The price files that docs/first-hour.md takes for given, in the form that it shows, by name. */
export function firstHourFiles(): Readonly<Record<string, string>> {
  const [, header] = /`(Date,Open[^`]+)`/.exec(documentText("docs/first-hour.md"))!;
  const bars = madeUpPrices(["XRP"], true).map((line) => {
    const [date, price] = line.split(",");
    return [date, price, price, price, price, price, 1000].join(",");
  });
  const block = blocksOf("docs/first-hour.md").find(({ file }) => file === "my-prices.csv")!;
  const shown = block.code.trim().split("\n");
  const assets = madeUpPrices(shown[0]!.split(",").slice(1), false);
  const begun = assets.filter((line) => line >= "2019-01-04");
  return {
    "XRP-USD.csv": `${[header, ...bars].join("\n")}\n`,
    "my-prices.csv": `${[...shown, ...begun].join("\n")}\n`,
  };
}

const NOTEBOOKS = "every notebook: .ci/run";
const BENCH = "measures for minutes: bench/";
const NETWORK = "downloads: tests/long/data-command.test.ts, tests/download.test.ts";
const NEW_STUDY = "makes a folder here: tests/long/new-study.test.ts";
const JOBS = "trains for hours: tests/long/jobs.test.ts runs a small study";
const SLURM = "needs Slurm: tests/long/slurm.test.ts";
const JUPYTER = "needs JupyterLab: tests/browser/lab.test.ts";

/** Documented commands that no test runs as written, each with the reason and what holds it instead. */
export const RUN_ELSEWHERE: Readonly<Record<string, string>> = {
  "npm start": NOTEBOOKS,
  "npm start -- --study my.json": `${NOTEBOOKS} with each example study`,
  "npm start -- --study my-betas.json":
    "every notebook: tests/csv-estimator.test.ts reads such a study",
  "npm start -- --study my-study.json": `${NOTEBOOKS} with each example study`,
  "npm run jobs": JOBS,
  "npm run jobs -- --study my-study.json --forecast": JOBS,
  "npm run jobs -- --study my-study.json --shard 3/16": JOBS,
  "npm run jobs -- --study my-study.json --check": JOBS,
  "npm run jobs -- --merge /mnt/a/networks,/mnt/b/networks": JOBS,
  "export NEURAL_BETA_CACHE=/scratch/me/networks": SLURM,
  "bash cluster/slurm.sbatch my-study.json 16": SLURM,
  "npm run new -- my-study": NEW_STUDY,
  "npm run script -- my-study/betas.ts": NEW_STUDY,
  "node my-study/betas.ts": NEW_STUDY,
  "node --experimental-strip-types my-study/betas.ts": NEW_STUDY,
  "npm run interop": "installs packages: tests/interop.test.ts tries stand-ins",
  "npm start -- --out somewhere": `${NOTEBOOKS} with --out for each example study`,
  "npm run notebooks": `${NOTEBOOKS} with --check`,
  "npm test": "runs this test: .ci/run",
  "npm run test:long": "runs tests: .ci/run",
  "npm run test:browser": "runs the test of the other commands: .ci/run",
  "npm ci": "installs: tests/setup.test.ts",
  "npm run bench": BENCH,
  "npm run bench -- commands": BENCH,
  "npm run bench -- scale": BENCH,
  "npm run bench -- thirty-days": BENCH,
  "npm run bench -- amortised": BENCH,
  "npm run data": NETWORK,
  "npm run data -- --dry-run": NETWORK,
  "npm run data -- --from DIR": "needs published files: tests/long/data-command.test.ts",
  "npm run data -- --sources my-sources.json --out my-data": NETWORK,
  "npm run amortise":
    "trains for minutes: tests/long/amortised-training.test.ts trains a short version",
  "npm run amortise -- --check":
    "trains for minutes: tests/long/amortised-training.test.ts trains a short version",
  "npm run lab": JUPYTER,
  "pip install jupyterlab": JUPYTER,
  "JUPYTER_PATH=$PWD/jupyter code .": "opens VS Code, with the path of tests/browser/lab.test.ts",
  "JUPYTER_PATH=$PWD/jupyter jupyter notebook notebooks": JUPYTER,
  "JUPYTER_PATH=$PWD/jupyter jupyter nbconvert --to html --execute notebooks/00-data-preparation.ipynb":
    JUPYTER,
  "git checkout notebooks": "git's own, and a copy has no history",
  "git checkout data": "git's own, and a copy has no history",
};

/** The other documented commands of a document, in an order that works: reports before exports of them. */
export function commandsToRun(document: string): string[] {
  const commands = commandsOf(document).filter((command) => !(command in RUN_ELSEWHERE));
  const isExport = (command: string) => command.startsWith("npm run export");
  return [...commands.filter((c) => !isExport(c)), ...commands.filter(isExport)];
}
