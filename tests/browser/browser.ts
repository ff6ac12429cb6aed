/** What the browser tests share: the browser, and a report to look at. */

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, type TestContext } from "vitest";
import { browserPath, openBrowser } from "../../tools/dist/pictures/browser.js";
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

/** A browser, and the page of a report, for all tests of a file; they are skipped where no browser is installed. */
export function openedReport(folder: string): { readonly browser: Browser; readonly file: string } {
  const opened: { browser?: Browser | undefined; file?: string } = {};
  beforeAll(async () => {
    if (browserPath() === undefined) return;
    opened.file = join(await reportIn(folder), "index.html");
    opened.browser = await openBrowser(browserPath()!);
  });
  afterAll(() => opened.browser?.close());
  beforeEach(needsBrowser);
  return opened as { readonly browser: Browser; readonly file: string };
}

/**
 * A file in a page of its own, with cookies and storage of its own; what is copied stands in the window's `copied`.
 *
 * @param prepare what has to be there before the page is
 */
export async function openPage(
  browser: Browser,
  path: string,
  {
    hash = "",
    prepare,
    ...options
  }: BrowserContextOptions & {
    readonly hash?: string;
    readonly prepare?: (page: Page) => Promise<void>;
  } = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", {
      value: {
        writeText: async (text: string) => {
          Object.assign(window, { copied: text });
        },
      },
    });
  });
  await prepare?.(page);
  // On a busy machine.
  await page.goto(`${pathToFileURL(path).href}${hash}`, { timeout: 100_000 });
  // In the background a page draws nothing, and its timers sleep.
  await page.bringToFront();
  return page;
}

/**
 * A page that tests share, since opening one takes seconds: opened when it is first asked for, and anew after a test that
 * failed, which may have left it anywhere.
 */
export function sharedPage(make: () => Promise<Page>): () => Promise<Page> {
  let page: Promise<Page> | undefined;
  const close = async () => {
    const opened = await page?.catch(() => undefined);
    page = undefined;
    await opened?.context().close();
  };
  afterEach(({ task }) => (task.result?.state === "fail" ? close() : undefined));
  afterAll(close);
  return () => {
    page ??= make();
    return page;
  };
}

/** Writes down what a page asks for beside itself, and what its console says. */
export function listen(page: Page, heard: string[]): void {
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) heard.push(request.url());
  });
  page.on("console", (message) => void heard.push(message.text()));
  page.on("pageerror", (error) => void heard.push(String(error)));
}
