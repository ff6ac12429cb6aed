/** What the browser tests share: the browser, and a report to look at. */

import { join, resolve } from "node:path";
import type { TestContext } from "vitest";
import { browserPath } from "../../tools/dist/pictures/browser.js";
import { tool } from "../support/tool.js";

/** Skips a test where no browser is installed, and says so. */
export function needsBrowser(ctx: TestContext): void {
  ctx.skip(
    browserPath() === undefined,
    "needs Chrome or Chromium: install one, or name it in NEURAL_BETA_BROWSER",
  );
}

/** The tools with the browser that the tests use. */
export const WITH_BROWSER = {
  NEURAL_BETA_BROWSER: process.env.NEURAL_BETA_BROWSER,
};

/**
 * A folder that npm start filled: the one named in NEURAL_BETA_REPORT, which a run before these tests has just made, else
 * a new one.
 */
export async function reportIn(folder: string): Promise<string> {
  const named = process.env.NEURAL_BETA_REPORT;
  if (named) return resolve(named);
  const out = join(folder, "report");
  const { code, err } = await tool("start", ["--out", out], WITH_BROWSER);
  if (code !== 0) throw new Error(err);
  return out;
}
