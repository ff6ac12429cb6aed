/** docs/first-hour.md: the steps that a researcher begins with, as written there. */

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nullScores } from "../lib/src/comparing/nulls.js";
import { readFactors, readPanelAccount } from "../lib/src/data/panel-file.js";
import { factorsOn } from "../lib/src/panel/factors.js";
import { splitWindows } from "../lib/src/panel/split.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { lookbackWindows } from "../lib/src/panel/windows.js";
import { STUDY } from "../lib/src/study.js";
import { readStudy } from "../lib/src/study-file.js";
import { notebookText, parseNotebook } from "../tools/dist/kernel/notebook.js";
import { pair } from "../tools/dist/kernel/pairing.js";
import { blocksOf, documentText, firstHourFiles } from "./support/documents.js";
import { studyPanel } from "./support/helpers.js";
import { ROOT, scratchFolder, write } from "./support/scratch.js";

const DOCUMENT = "docs/first-hour.md";
const page = documentText(DOCUMENT);
const blocks = blocksOf(DOCUMENT);
const codeOf = (file: string) => blocks.find((block) => block.file === file)!.code;

const folder = scratchFolder();
const inFolder = (file: string) => write(join(folder, file), codeOf(file));
const made = (file: string) => write(join(folder, file), firstHourFiles()[file]!);

/** What a study must give: a panel, and rows in every block. */
async function expectRows(file: string, coins: readonly string[], periods = 12) {
  const study = await readStudy(file);
  const { panel } = await readPanelAccount(study);
  expect(panel.coins).toEqual(coins);
  const windows = lookbackWindows(panel, study.lookback);
  const { outOfSample } = splitWindows(windows, panel.dates, study.split);
  expect(outOfSample.target.length).toBe(periods * coins.length);
  const walk = walkForwardSplits(panel.dates, {
    ...study.walkForward,
    from: study.split.inSample.from,
    lookback: study.lookback,
  });
  expect(walk.length).toBeGreaterThan(2);
}

it("is linked from the README, and names files that are there", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  expect(readme).toContain("(docs/first-hour.md)");
  for (const [, to] of page.matchAll(/\]\(([^):]+)\)/g)) {
    const [path] = to!.split("#");
    expect(() => readFileSync(join(ROOT, "docs", path!)), to).not.toThrow();
  }
});

it("the hedging errors of step 1 are those of notebook 01", () => {
  const notebook = readFileSync(join(ROOT, "notebooks", "01-baseline-network.ipynb"), "utf8");
  const [, ...rows] = [...page.matchAll(/^\| (.+) \| (.+) \| (.+) \|$/gm)];
  const printed = rows.filter(([, , value]) => /^\d/.test(value!));
  expect(printed).toHaveLength(4);
  for (const [, name, validation, outOfSample] of printed)
    expect(notebook).toMatch(new RegExp(`${name} +${validation} .* ${outOfSample}\\b`));
});

describe("step 3", () => {
  const [line, edited] = blocks
    .filter(({ language, code }) => language === "ts" && /lookback|= await/.test(code))
    .map(({ code }) => code.trim());

  it("an edit of the notebook's cell reaches the text by npm run pair", () => {
    const name = "01-baseline-network";
    const stem = join(folder, name);
    for (const ending of ["nb.ts", "ipynb"])
      copyFileSync(join(ROOT, "notebooks", `${name}.${ending}`), `${stem}.${ending}`);
    const notebook = parseNotebook(readFileSync(`${stem}.ipynb`, "utf8"), `${name}.ipynb`);
    const code = notebook.cells.filter((cell) => cell.cell_type === "code");
    expect(code[0]!.source).toContain(line);
    code[0]!.source = (code[0]!.source as string).replace(line!, edited!);
    writeFileSync(`${stem}.ipynb`, notebookText(notebook));
    expect(`${name}: ${pair(stem)}`).toBe(/`(01-baseline-network: .+?)`/.exec(page)![1]);
    expect(readFileSync(`${stem}.nb.ts`, "utf8")).toContain(`\n${edited}\n`);
  });

  it("moves the pooled constant as it says", async () => {
    const study = await readStudy(inFolder("my-study.json"));
    expect(study).toEqual({ ...STUDY, lookback: 24 });
    const scores = [STUDY, study].map(async (used) =>
      nullScores(await studyPanel(), used).pooled.FIAT!.toFixed(4),
    );
    const [before, after] = await Promise.all(scores);
    expect(page.replace(/\s+/g, " ")).toContain(
      `the pooled constant goes from ${before} to ${after}`,
    );
  });

  it("a misspelt key is refused with the list of all", async () => {
    const file = write(join(folder, "misspelt.json"), '{ "lookbak": 24 }');
    await expect(readStudy(file)).rejects.toThrow(
      /lookbak: unknown key, expected one of .*lookback/,
    );
  });
});

it("step 4: add-coin.mjs makes the panel of my-coin.json", async () => {
  made("XRP-USD.csv");
  inFolder("add-coin.mjs");
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(ROOT, "lib"), join(folder, "node_modules", "neural-beta"), "junction");
  const said = execFileSync(process.execPath, ["add-coin.mjs"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(said).toMatch(/^83 months of BTC, ETH, .*ENERGY, XRP \[/);
  await expectRows(inFolder("my-coin.json"), [...STUDY.coins, "XRP"]);
});

it("step 5: my-assets.json makes a panel of prices in the form of my-prices.csv", async () => {
  made("my-prices.csv");
  const study = inFolder("my-assets.json");
  await expectRows(study, ["SOL", "DOGE"]);
  expect(page).toContain('For weeks, add `"frequency": "weekly"`.');
  const weekly = { ...JSON.parse(codeOf("my-assets.json")), frequency: "weekly" };
  const inWeeks = write(join(folder, "my-weeks.json"), JSON.stringify(weekly));
  await expectRows(inWeeks, ["SOL", "DOGE"], 52);
  const { panel } = await readPanelAccount(await readStudy(inWeeks));
  const factors = await readFactors(await readStudy(inWeeks));
  expect(factorsOn(factors, panel).riskFree.findIndex(Number.isNaN)).toBe(
    panel.dates.findIndex((date) => date > factors.dates.at(-1)!),
  );
});

it("step 7: the BibTeX entry is that of CITATION.cff", () => {
  const citation = readFileSync(join(ROOT, "CITATION.cff"), "utf8");
  const bibtex = blocks.find(({ language }) => language === "bibtex")!.code;
  const field = (name: string) =>
    new RegExp(`^ *${name} *= \\{(.*)\\},?$`, "m").exec(bibtex)![1]!.replace(/[{}]/g, "");
  expect(citation).toContain(`title: "${field("title")}"`);
  expect(citation).toContain(`- name: ${field("author")}\n`);
  expect(citation).toContain(`version: ${field("version")}\n`);
  expect(citation).toContain(`year: ${field("year")}\n`);
});
