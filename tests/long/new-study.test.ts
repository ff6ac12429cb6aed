/** npm run new: what it makes runs as its page says, and what it refuses. */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readPanel } from "../../lib/src/data/panel-file.js";
import { checkStudyDates } from "../../lib/src/study-checks.js";
import { readStudy } from "../../lib/src/study-file.js";
import { startKernel } from "../../tools/dist/kernel/client.js";
import { type CodeCell, readNotebook } from "../../tools/dist/kernel/notebook.js";
import { hasUnpairedEdits } from "../../tools/dist/kernel/pairing.js";
import { runNotebook } from "../../tools/dist/kernel/runner.js";
import { ROOT } from "../support/scratch.js";
import { tool } from "../support/tool.js";

const NAME = `scratch-study-${process.pid}`;
const folder = join(ROOT, NAME);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = (args: readonly string[]) =>
  spawnSync(process.execPath, [...args, join(folder, "betas.ts")], { encoding: "utf8", cwd: ROOT });

it("makes a study that can be read, a script and a notebook that run", async () => {
  const made = await tool("new", [NAME]);
  expect(made).toEqual({
    code: 0,
    err: "",
    out: `${NAME}: study.json, betas.ts, notebook.nb.ts, notebook.ipynb, README.md; README.md says how they run\n`,
  });
  const study = await readStudy(join(folder, "study.json"));
  expect(study.lookback).toBe(9);
  checkStudyDates(study, await readPanel(study));

  const { status, stdout } = script(["--import", "./tools/typescript.mjs"]);
  expect(status).toBe(0);
  const lines = stdout.trim().split("\n");
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toMatch(/^[\w-]+, (frozen|updated): 0\.2\d\d\d$/);

  const notebook = readNotebook(join(folder, "notebook.ipynb"));
  expect(hasUnpairedEdits(notebook)).toBe(false);
  const kernelScript = join(ROOT, "tools", "kernel", "kernel.cjs");
  const kernel = await startKernel({ cwd: folder, env: process.env, script: kernelScript });
  try {
    await runNotebook(kernel, notebook, { name: "notebook.nb.ts" });
  } finally {
    await kernel.close();
  }
  const last = notebook.cells.at(-1) as CodeCell;
  expect(JSON.stringify(last.outputs)).toMatch(/Mean rolling beta on FIAT: .\d\.\d+/);
});

it("says how a script runs on each Node, and this one does what it says", () => {
  const page = readFileSync(join(folder, "README.md"), "utf8");
  for (const part of ["Node 22.18", "Node 24", "Node 20", "--experimental-strip-types"])
    expect(page).toContain(part);
  const [major, minor] = process.versions.node.split(".").map(Number) as [number, number];
  const plain = major >= 24 || (major === 22 && minor >= 18);
  expect(script([]).status === 0).toBe(plain);
  if (major === 22 && minor < 18) expect(script(["--experimental-strip-types"]).status).toBe(0);
});

it.each([
  [[NAME], /must not exist yet/],
  [["tools"], /must not exist yet/],
  [["report"], /none of report/],
  [["../away"], /small letters, digits and hyphens.*"\.\.\/away"/],
  [["My Study"], /small letters/],
  [[], /needs one name, got 0/],
  [["one-study", "two"], /needs one name, got 2/],
])("refuses %j", async (args, message) => {
  const { code, err } = await tool("new", args);
  expect(code).toBe(1);
  expect(err).toMatch(message);
  expect(existsSync(join(ROOT, "one-study"))).toBe(false);
});
