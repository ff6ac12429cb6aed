/** npm run export where it needs no browser: what it refuses, and what it says. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratchFolder } from "./support/scratch.js";
import { tool } from "./support/tool.js";

const out = join(scratchFolder(), "report");

it.concurrent.each([
  [["--only", "retruns"], /^--only: there is no retruns, there are returns, learning-curve, /],
  [["--format", "eps"], "--format: there is no eps, there are svg, pdf, png, tex"],
  [
    ["--width", "84"],
    "--width: must be millimetres between 20mm and 500mm, single or double, got 84",
  ],
  [["--width", "5mm"], "between 20mm and 500mm, single or double, got 5mm"],
  [["--height", "tall"], "--height: must be millimetres between 20mm and 500mm, got tall"],
  [["--widht", "84mm"], "usage: npm run export"],
  [[], "no Chrome or Chromium found"],
])("refuses %j, and writes nothing", async (args, message) => {
  const { code, err } = await tool("export", [...args, "--out", out]);
  expect(code).not.toBe(0);
  expect(err).toMatch(message);
  expect(existsSync(out)).toBe(false);
});
