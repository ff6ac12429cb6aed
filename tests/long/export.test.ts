/** npm run export where it needs no browser: what it refuses, and what it says. */

import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Figure } from "../../lib/src/figures/figure.js";
import { exportFigure } from "../../tools/dist/pictures/export-figure.js";
import { ROOT, scratchFolder, write } from "../support/scratch.js";
import { tool } from "../support/tool.js";

const folder = scratchFolder();
const NAMES = ["00-data-preparation", "01-baseline-network"];

/** A report with the committed notebooks, and one of the user's beside them. */
function report(name: string, manifest: object = {}): string {
  const path = join(folder, name);
  mkdirSync(join(path, "notebooks"), { recursive: true });
  for (const notebook of [...NAMES, "02-hyperparameter-search"])
    copyFileSync(
      join(ROOT, "notebooks", `${notebook}.ipynb`),
      join(path, "notebooks", `${notebook}.ipynb`),
    );
  const whole = { name: "neural-beta", version: "0", study: "", packages: {}, data: {} };
  const contents = { notebooks: NAMES, tables: {}, figures: {} };
  write(join(path, "manifest.json"), JSON.stringify({ ...whole, ...contents, ...manifest }));
  return path;
}

describe("npm run export", () => {
  const from = report("report");
  const out = join(folder, "elsewhere");

  it.concurrent.each([
    [
      ["--only", "retruns"],
      /^--only: there is no retruns, there are prices, returns, [\w, -]*learning-curve, /,
    ],
    [["--only", "search"], "--only: there is no search"],
    [["--format", "eps"], "--format: there is no eps, there are svg, pdf, png, tex"],
    [
      ["--width", "84"],
      "--width: must be millimetres between 20mm and 500mm, single or double, got 84",
    ],
    [["--width", "5mm"], "between 20mm and 500mm, single or double, got 5mm"],
    [["--width", "constructor"], "single or double, got constructor"],
    [["--height", "tall"], "--height: must be millimetres between 20mm and 500mm, got tall"],
    [["--widht", "84mm"], "usage: npm run export"],
    [[], "no Chrome or Chromium found"],
  ])("refuses %j, and writes nothing", async (args, message) => {
    const { code, err } = await tool("export", [...args, "--from", from, "--out", out]);
    expect(code).not.toBe(0);
    expect(err).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  it.concurrent("takes no committed notebook for a report that is not there", async () => {
    const { code, err } = await tool("export", ["--from", join(folder, "none")]);
    expect(code).not.toBe(0);
    expect(err).toBe(
      `--from: ${join(folder, "none")} holds no report; run npm start first, or name the folder of a report\n`,
    );
  });
  it.concurrent("takes no report of a run that failed", async () => {
    const incomplete = report("incomplete", { incomplete: "02-hyperparameter-search" });
    const { code, err } = await tool("export", ["--from", incomplete]);
    expect(code).not.toBe(0);
    expect(err).toContain("holds an incomplete report; run npm start first");
  });
});

describe("exportFigure", () => {
  const figure: Figure = { id: "mine", caption: "Mine.", alt: "A line.", data: [], layout: {} };

  it("is what a script of the project imports from neural-beta-project/export", async () => {
    const script =
      'import("neural-beta-project/export").then((all) => console.log(Object.keys(all)))';
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { cwd: ROOT });
    expect(stdout).toBe("[ 'exportFigure' ]\n");
  });

  it.each([
    [
      { file: "mine.eps" },
      "exportFigure: format must be svg, pdf, png, tex, got eps; name one, or end the file's name with it",
    ],
    [
      { file: "mine.pdf", width: 5 },
      "exportFigure: width: must be millimetres between 20mm and 500mm, single or double, got 5",
    ],
    [
      { file: "mine", format: "svg", height: 1000 } as const,
      "exportFigure: height: must be millimetres between 20mm and 500mm, got 1000",
    ],
  ])("refuses %j", async (options, message) => {
    await expect(exportFigure(figure, options)).rejects.toThrow(message);
  });
});
