/** docs/add-an-estimator.md: its programs in other languages write the betas that the library has; its TypeScript runs in documented.test.ts. */

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { auditBetas } from "../lib/src/data/audit/betas.js";
import { readBetaFile } from "../lib/src/data/beta-file.js";
import { betaOffset } from "../lib/src/panel/panel.js";
import { blocksOf } from "./support/documents.js";
import { studyPanel } from "./support/helpers.js";
import { ROOT, scratchFolder, write } from "./support/scratch.js";

const codeIn = (language: string) =>
  blocksOf("docs/add-an-estimator.md").find((block) => block.language === language)!.code;
const folder = scratchFolder();

it.each([
  ["R", "r", "Rscript", ["-e", "1"]],
  ["Python", "python", "python3", ["-c", "import pandas"]],
] as const)("the program in %s writes rolling betas", async (title, language, command, probe) => {
  const program = process.env[`NEURAL_BETA_${title.toUpperCase()}`] ?? command;
  const found = spawnSync(program, probe).status === 0;
  if (!found) return expect(codeIn(language)).toContain("dcc.csv");
  const home = join(folder, language);
  mkdirSync(join(home, "data"), { recursive: true });
  copyFileSync(join(ROOT, "data", "monthly.csv"), join(home, "data", "monthly.csv"));
  const script = write(join(home, `betas.${language}`), codeIn(language));
  const { status, stderr } = spawnSync(program, [script], { cwd: home, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const rows = await readBetaFile(join(home, "dcc.csv"));
  const panel = await studyPanel("FIAT");
  const { values } = rollingBeta(panel, { lookback: 24 });
  expect(rows).toHaveLength(4 * (panel.dates.length - 24));
  for (const { date, coin, beta } of rows) {
    const at = betaOffset(panel, panel.dates.indexOf(date), panel.coins.indexOf(coin), 0);
    expect(beta).toBeCloseTo(values[at]!, 10);
  }
  expect(auditBetas(panel, rows, { id: "dcc-r", file: "dcc.csv" })).toEqual([]);
});

it("the file that it shows can be read", async () => {
  const rows = await readBetaFile(write(join(folder, "shown.csv"), codeIn("csv")));
  expect(rows.map(({ coin, beta, lower, upper }) => [coin, beta, lower, upper])).toEqual([
    ["BTC", -2.41, -4.02, -0.8],
    ["ETH", -3.05, -5.1, -1],
  ]);
});
