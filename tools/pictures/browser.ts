/** An installed Chrome or Chromium: it draws figures and shows pages; none is ever downloaded. */

import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";
import { scratch } from "../scratch.js";

/** Said once where no browser is found. */
export const NO_BROWSER =
  "no Chrome or Chromium found: figures stay live in index.html, but are not written as SVG, PDF and PNG; install one, or name it in NEURAL_BETA_BROWSER";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * Path of the browser: the one named in NEURAL_BETA_BROWSER, else an installed one. Undefined where there is none, or
 * where the variable says none.
 *
 * @throws Error if NEURAL_BETA_BROWSER names no file
 */
export function browserPath(): string | undefined {
  const named = process.env.NEURAL_BETA_BROWSER;
  if (named === "none") return undefined;
  if (named && !existsSync(named))
    throw new Error(`NEURAL_BETA_BROWSER: there is no file ${named}; correct or unset it`);
  return named || INSTALLED.find((path) => existsSync(path));
}

/**
 * The browser, started; undefined where there is none.
 *
 * @throws Error if it is named wrongly, or cannot start
 */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = browserPath();
  if (executablePath === undefined) return undefined;
  const { chromium } = await import("playwright-core");
  const { folder, remove } = scratch("browser");
  // Playwright puts the profile where the system's folder is when it starts; the browser keeps the true one.
  const env = { ...process.env } as Record<string, string>;
  const variable = process.platform === "win32" ? "TEMP" : "TMPDIR";
  process.env[variable] = folder;
  try {
    return await chromium.launch({
      executablePath,
      env,
      args: [
        "--no-sandbox",
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--disable-background-networking",
      ],
    });
  } catch (error) {
    remove();
    throw new Error(
      `${executablePath}: does not start as a browser (${(error as Error).message.split("\n")[0]}); name another in NEURAL_BETA_BROWSER, or none`,
    );
  } finally {
    if (env[variable] === undefined) delete process.env[variable];
    else process.env[variable] = env[variable];
  }
}
