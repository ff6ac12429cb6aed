/** The page in Firefox, from disk: it is quiet, trains to the same bits, and is explored and searched. */

import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scratchFolder } from "../support/scratch.js";
import { listen, openPage, reportIn, sharedPage } from "./browser.js";
import { needsFirefox, openFirefox } from "./firefox.js";

const folder = scratchFolder();
/** On a busy machine. */
const timeout = 90_000;
let firefox: Browser | undefined;
let file: string;
beforeAll(async () => {
  firefox = await openFirefox();
  if (firefox) file = join(await reportIn(folder), "index.html");
});
afterAll(() => firefox?.close());
beforeEach(needsFirefox);

const heard: string[] = [];
const shared = sharedPage(() =>
  openPage(firefox!, file, {
    viewport: { width: 1280, height: 900 },
    prepare: async (page: Page) => listen(page, heard),
  }),
);

describe("the page in Firefox", () => {
  it("draws its figures, asks nothing of any network, and says nothing on the console", async () => {
    const page = await shared();
    await page.locator(".plot").first().scrollIntoViewIfNeeded();
    await expect
      .poll(() => page.locator(".live .main-svg").count(), { timeout })
      .toBeGreaterThan(0);
    expect(heard).toEqual([]);
  });
  it("trains the network of notebook 01 to the notebook's bits", async () => {
    const page = await shared();
    await page.click("#live button[type=submit]");
    await expect
      .poll(() => page.locator(".live-verdict").textContent(), { timeout })
      .toMatch(/Equal to the notebook in every bit: all 4 numbers/);
    expect(await page.locator(".live-curves path.line").count()).toBeGreaterThanOrEqual(4);
    expect(heard).toEqual([]);
  });
  it("explores the ladder: other markets, other scores; a tick draws a beta", async () => {
    const page = await shared();
    await page.locator("#explorer").scrollIntoViewIfNeeded();
    const rows = page.locator("#explorer tbody tr");
    await expect.poll(() => rows.count(), { timeout }).toBeGreaterThan(0);
    const before = await rows.allInnerTexts();
    const markets = page.locator("#explorer select[name=marketSet]");
    const other = await markets.locator("option:not(:checked)").first().textContent();
    await markets.selectOption(other!);
    await expect.poll(() => rows.allInnerTexts(), { timeout }).not.toEqual(before);
    const drawn = () => page.locator(".explored-betas path.line").count();
    await expect.poll(drawn, { timeout }).toBeGreaterThan(0);
    const lines = await drawn();
    await page.locator("#explorer tbody input:not(:checked)").first().check();
    await expect.poll(drawn, { timeout }).toBeGreaterThan(lines);
    expect(heard).toEqual([]);
  });
  it("finds a caption by its words", async () => {
    const page = await shared();
    const caption = (await page.locator("figcaption").first().textContent())!;
    const words = caption.toLowerCase().match(/[a-z]{5,}/g)!;
    await page.fill("#search", `${words[1]} ${words[0]}`);
    const found = page.locator("#found a");
    await expect.poll(() => found.count(), { timeout }).toBeGreaterThan(0);
    const figure = await page.locator("figure").first().getAttribute("id");
    const hrefs = await found.evaluateAll((links) =>
      links.map((link) => link.getAttribute("href")),
    );
    expect(hrefs).toContain(`#${figure}`);
    expect(heard).toEqual([]);
  });
});
