/** README, environment.md and docs: every snippet is tried as written, and every command is known to be run by a test. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import * as api from "../lib/src/index.js";
import { dayNumber } from "../lib/src/panel/calendar.js";
import {
  blocksOf,
  commandsOf,
  commandsToRun,
  DOCUMENTS,
  madeUpPrices,
  RUN_ELSEWHERE,
} from "./support/documents.js";
import { disagreement, exampleScope, exampleValues, parsedExample } from "./support/examples.js";
import { ROOT, scratchFolder, write } from "./support/scratch.js";

const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
/** The tool that a script of package.json ends with, if any. */
const toolOf = (script: string) => /tools\/dist\/(\w+)\.js$/.exec(scripts[script] ?? "")?.[1];

/** Pages on one subject, which need few commands. */
const FEW_COMMANDS = [
  "docs/cluster.md",
  "docs/which-beta.md",
  "docs/add-an-estimator.md",
  "docs/tables.md",
  "docs/your-own-network.md",
];

const blocks = DOCUMENTS.flatMap((document) =>
  blocksOf(document).map((block, i) => ({ ...block, title: `${document}, block ${i + 1}` })),
);
const inLanguage = (language: string) => blocks.filter((block) => block.language === language);

describe("commands", () => {
  const folder = scratchFolder();
  const commands = DOCUMENTS.flatMap(commandsOf);

  it("are found in every document", () => {
    // A page of tables has none.
    for (const document of DOCUMENTS.filter((name) => name !== "docs/frequencies.md"))
      expect(commandsOf(document).length).toBeGreaterThan(FEW_COMMANDS.includes(document) ? 0 : 8);
    expect(commandsToRun("docs/first-hour.md")).toContain("node add-coin.mjs");
  });

  it("are run as written by tests/browser/documented.test.ts, or elsewhere for a reason", () => {
    expect(Object.keys(RUN_ELSEWHERE).filter((command) => !commands.includes(command))).toEqual([]);
    const known = /^npm (start|run (build|pair|export|reference))\b|^node add-coin\.mjs$/;
    const toRun = commands.filter((command) => !(command in RUN_ELSEWHERE));
    expect(toRun.filter((command) => !known.test(command))).toEqual([]);
  });

  it.each(commands.filter((command) => command.startsWith("npm ") && command !== "npm ci"))(
    "has a script, with the options that it has: %s",
    (command) => {
      const [, script, args = ""] = /^npm (?:run )?([\w:]+)(.*)$/.exec(command)!;
      expect(scripts).toHaveProperty([script!]);
      const given = [...args.matchAll(/ --([\w-]+)/g)].map(([, option]) => option);
      const source = toolOf(script!) && readFileSync(join(ROOT, "tools", `${script}.ts`), "utf8");
      for (const option of given)
        expect(source, option).toMatch(new RegExp(`\\b"?${option}"?: \\{ type`));
    },
  );

  it("say how they are used, for --help, and end without an error", () => {
    const names = Object.keys(scripts).flatMap((script) => toolOf(script) ?? []);
    const files = names.map((name) => new URL(`../tools/dist/${name}.js`, import.meta.url).href);
    // In one process, which reads the library once; the end of each is said instead.
    const code = `process.setMaxListeners(0);
      process.exit = (code) => { throw "exit " + code; };
      for (const file of ${JSON.stringify(files)}) await import(file);`;
    const all = [write(join(folder, "usages.mjs"), code), "--help"];
    const { stdout, stderr } = spawnSync(process.execPath, all, { encoding: "utf8" });
    for (const name of names)
      expect(stdout).toMatch(new RegExp(`^usage: npm (run )?${name}\\b`, "m"));
    expect(stderr.replaceAll("exit 0\n", "")).toBe("");
  });
});

it("every block of code is in a language that a test runs", () => {
  const known = ["", "json", "ts", "js", "csv", "bibtex", "r", "python"];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
  // tests/add-an-estimator.test.ts runs these, and reads this page's CSV.
  for (const language of ["r", "python"])
    expect(inLanguage(language).map(({ title }) => title)).toEqual([
      expect.stringMatching(/^docs\/add-an-estimator\.md/),
    ]);
  // These three belong to the steps of tests/first-hour.test.ts.
  for (const language of ["js", "csv", "bibtex"]) {
    const titles = inLanguage(language)
      .map(({ title }) => title)
      .filter((title) => !title.startsWith("docs/add-an-estimator.md"));
    expect(titles).toEqual([expect.stringMatching(/^docs\/first-hour\.md/)]);
  }
});

describe("studies", () => {
  const folder = scratchFolder();
  it.each(inLanguage("json"))("reads $title", async ({ title, code, ...block }) => {
    const file = write(join(folder, `${title.replace(/\W/g, "-")}.json`), code);
    const study = await api.readStudy(file);
    expect(study).not.toEqual(api.STUDY);
    // my-study.json is for notebooks 00 and 01, and others name files that tests/first-hour.test.ts makes.
    if (block.file !== "my-study.json" && study.returns === api.STUDY.returns)
      api.checkStudyDates(study, await api.readPanel(study));
  });
});

describe("snippets of TypeScript", () => {
  const snippets = inLanguage("ts").map(({ title, code }) => ({
    title,
    names: [...code.matchAll(/^import \{([^}]*)\} from "neural-beta";$/gm)].flatMap(([, names]) =>
      names!.split(",").map((name) => name.trim()),
    ),
    code: code.replace(/^import .*$/gm, ""),
  }));

  it("take public names only from the package", () => {
    const names = snippets.flatMap((snippet) => snippet.names);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !(name in api))).toEqual([]);
  });

  it.each(snippets)("run, with the values that they print: $title", async ({ code }) => {
    const home = process.cwd();
    const folder = scratchFolder();
    writePublished(folder);
    const example = parsedExample(code);
    process.chdir(folder);
    try {
      const values = await exampleValues(example, await exampleScope());
      expect(values.map((value, i) => disagreement(value, example.values[i]!))).toEqual(
        values.map(() => undefined),
      );
    } finally {
      process.chdir(home);
    }
  });
});

/** The price files that the README names, in their publishers' layouts. */
function writePublished(folder: string): void {
  const days = madeUpPrices(["BTC", "FIAT", "EQUITY"], false)
    .map((line) => line.split(",") as [string, string, string, string])
    .filter(([date]) => date >= "2024-10-01");
  const bars = days.map(([date, price]) => {
    const open = dayNumber(date) * 86_400_000;
    return [open, price, price, price, price, 1, open + 86_399_999, 1, 1, 1, 1, 0].join(",");
  });
  write(
    join(folder, "BTCUSDT-1d-2024-12.zip"),
    zipSync({ "BTCUSDT-1d-2024-12.csv": Buffer.from(bars.join("\n")) }),
  );
  const lines = (head: string, line: (date: string, fiat: string, equity: string) => string) =>
    `${[head, ...days.map(([date, _, fiat, equity]) => line(date, fiat, equity))].join("\n")}\n`;
  write(
    join(folder, "fredgraph.csv"),
    lines("observation_date,DTWEXBGS", (d, p) => `${d},${p}`),
  );
  write(
    join(folder, "SPY.csv"),
    lines("Date,Open,High,Low,Close,Adj Close,Volume", (d, _, p) =>
      [d, p, p, p, p, p, 9].join(","),
    ),
  );
}
