/** Finding one's way on the page: links that land, previews, search, what can be taken along, a theme that stays. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../support/scratch.js";
import { openedReport, openPage, sharedPage } from "./browser.js";

/** Pixels by which a target may miss the top of the room for text. */
const NEAR = 100;

const report = openedReport(scratchFolder());

const open = ({ width = 1280, hash = "" } = {}): Promise<Page> =>
  openPage(report.browser, report.file, { viewport: { width, height: 900 }, hash });
const shared = sharedPage(() => open());

describe("a permalink", () => {
  it.each([390, 1280, 1920])("lands near its target at %i px on the first load", async (width) => {
    const ids = await (await shared()).evaluate(() =>
      ["main section:last-of-type", "figure:last-of-type", ".table:last-of-type table"].map(
        (selector) => Array.from(document.querySelectorAll(selector)).at(-1)!.id,
      ),
    );
    const missed = ids.map(async (id) => {
      const page = await open({ width, hash: `#${id}` });
      await page.waitForTimeout(1000);
      const { top, end } = await page.evaluate((wanted) => {
        const left = document.documentElement.scrollHeight - window.scrollY - window.innerHeight;
        return {
          top: document.getElementById(wanted)!.getBoundingClientRect().top,
          // Near the end of the page a target cannot come up to the top.
          end: left < 2,
        };
      }, id);
      await page.context().close();
      return end || Math.abs(top) <= NEAR ? [] : [`${id} at ${top}`];
    });
    expect((await Promise.all(missed)).flat()).toEqual([]);
  });
});

describe("a mention in the text", () => {
  it("is a link whose preview shows the caption, by mouse and by keyboard, until Escape", async () => {
    const page = await shared();
    // Mentions come first in the ledger's evidence, which is folded.
    const link = page.locator('a.ref[href^="#table-"]').first();
    await page.locator("details.claim", { has: link }).first().locator("summary").click();
    const id = (await link.getAttribute("href"))!.slice(1);
    const caption = await page.locator(`[id="${id}"] caption`).textContent();
    await link.scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    await link.hover();
    expect(await page.locator("#preview").textContent()).toBe(caption);
    await page.keyboard.press("Escape");
    expect(await page.locator("#preview").isVisible()).toBe(false);
    await page.mouse.move(0, 0);
    await link.focus();
    expect(await page.locator("#preview").isVisible()).toBe(true);
    expect(await link.getAttribute("aria-describedby")).toBe("preview");
  });
});

describe("the search", () => {
  it("finds captions by any of their words, and heads, and leads there", async () => {
    const page = await shared();
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement!.id)).toBe("search");
    const caption = (await page.locator("figcaption").first().textContent())!;
    const words = caption.toLowerCase().match(/[a-z]{5,}/g)!;
    await page.keyboard.type(`${words[1]} ${words[0]}`);
    const first = page.locator("#found a").first();
    expect(await first.isVisible()).toBe(true);
    expect(await page.locator("#contents").isVisible()).toBe(false);
    const hrefs = await page
      .locator("#found a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    const figure = await page.locator("figure").first().getAttribute("id");
    expect(hrefs).toContain(`#${figure}`);
    await page.keyboard.press("Escape");
    expect(await page.locator("#contents").isVisible()).toBe(true);
  });

  it("says that nothing is found", async () => {
    const page = await shared();
    await page.fill("#search", "qqqq");
    expect(await page.locator("#found a").count()).toBe(0);
    expect(await page.textContent("#status")).toBe("0 places found");
  });
});

describe("what a reader takes along", () => {
  it("is the code of a cell as it stands there", async () => {
    const page = await shared();
    await page.click("#code");
    const cell = page.locator("details.code").first();
    await cell.getByRole("button", { name: "Copy code" }).click();
    const copied = await page.evaluate(() => (window as unknown as { copied: string }).copied);
    expect(copied).toBe(`${(await cell.locator("pre").textContent())!.trimEnd()}\n`);
  });

  it("is every row of a table, though the page stands alone", async () => {
    const page = await shared();
    const table = page.locator(".table", { has: page.locator(".notes a[download]") }).last();
    const id = (await table.locator("table").getAttribute("id"))!.replace("table-", "");
    const waiting = page.waitForEvent("download");
    await table.locator(".notes a[download]").click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(`${id}.csv`);
    const saved = readFileSync(await download.path(), "utf8").split("\n");
    const whole = readFileSync(join(report.file, "..", "tables", `${id}.csv`), "utf8").split("\n");
    expect(saved).toHaveLength(whole.length);
    expect(saved[0]).toBe(whole[0]);
  });

  it("is the citation", async () => {
    const page = await shared();
    await page.locator("details.cite summary").click();
    expect(await page.locator("details.cite pre").textContent()).toMatch(
      /^@software\{neural-beta,/,
    );
  });
});

it("remembers the reader's theme", async () => {
  const page = await open();
  await page.click("#dark");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await page.reload();
  expect(await ground()).toBe(dark);
  expect(await page.getAttribute("#dark", "aria-pressed")).toBe("true");
  await page.context().close();
});
