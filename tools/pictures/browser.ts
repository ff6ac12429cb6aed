/** An installed Chrome or Chromium: it draws figures and shows pages; none is ever downloaded. */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
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
 * What a browser says of its version: without starting it, but on Windows, where it opens a window instead.
 *
 * @throws Error if it says nothing
 */
export async function browserVersion(path: string): Promise<string> {
  if (process.platform === "win32") {
    const browser = await openBrowser(path);
    await browser.close();
    return browser.version();
  }
  const said = await promisify(execFile)(path, ["--version"]).catch((error: Error) => error);
  if (said instanceof Error || said.stdout.trim() === "")
    throw notABrowser(path, said instanceof Error ? said : new Error("it says no version"));
  return said.stdout.trim();
}

/**
 * A browser, started.
 *
 * @throws Error if it cannot start
 */
export async function openBrowser(path: string): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const { folder, remove } = scratch("browser");
  // Playwright puts the profile where the system's folder is when it starts; the browser keeps the true one.
  const env = { ...process.env } as Record<string, string>;
  const variable = process.platform === "win32" ? "TEMP" : "TMPDIR";
  process.env[variable] = folder;
  try {
    return await chromium.launch({
      executablePath: path,
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
    throw notABrowser(path, error as Error);
  } finally {
    if (env[variable] === undefined) delete process.env[variable];
    else process.env[variable] = env[variable];
  }
}

const notABrowser = (path: string, { message }: Error): Error =>
  new Error(
    `${path}: does not start as a browser (${message.split("\n")[0]}); name another in NEURAL_BETA_BROWSER, or none`,
  );
