/** Networks trained in the page, from disk: the notebooks' numbers, by mouse and keyboard, and what is said where they cannot be. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { csvRows } from "../../tools/dist/csv.js";
import { scratchFolder } from "../support/scratch.js";
import { listen, openedReport, openPage, sharedPage } from "./browser.js";

const report = openedReport(scratchFolder());

const heard: string[] = [];
const open = (before?: () => void, width = 1280): Promise<Page> =>
  openPage(report.browser, report.file, {
    viewport: { width, height: 900 },
    prepare: async (opened) => {
      listen(opened, heard);
      if (before) await opened.addInitScript(before);
    },
  });
const shared = sharedPage(() => open());

const verdict = (page: Page) => page.locator(".live-verdict").textContent();
/** Waits, since other tests may have the cores. */
const says = (page: Page, words: RegExp) =>
  expect.poll(() => verdict(page), { timeout: 60_000 }).toMatch(words);
const choose = (page: Page, name: string, value: string) =>
  page.selectOption(`#live select[name=${name}]`, value);

/** Rows of a table of the report, by column. */
function table(id: string): Record<string, string>[] {
  const [head, ...rows] = csvRows(
    readFileSync(join(dirname(report.file), "tables", `${id}.csv`), "utf8"),
  );
  return rows.map((row) => Object.fromEntries(head!.map((key, i) => [key, row[i]!])));
}

describe("the panel that trains", () => {
  it("gives notebook 02's numbers for the network of notebook 01, by the keyboard alone", async () => {
    const page = await shared();
    await page.locator("#live select[name=coin]").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await says(page, /Equal to the notebook in every bit: all 4 numbers/);
    const row = JSON.parse((await page.locator("#live").getAttribute("data-row"))!);
    const known = table("search").find(
      (other) =>
        other.marketSet === "FIAT" &&
        [other.hidden, other.learningRate, other.activation, other.start].join() ===
          "4,0.001,tanh,glorot",
    )!;
    for (const key of ["trainRmse", "valRmse", "valRmseSd", "valRmseTrained", "valRmseLast"])
      expect(row[key], key).toBe(Number(known[key]));
    expect(await page.locator(".live-curves path.line").count()).toBeGreaterThanOrEqual(4);
    expect(heard).toEqual([]);
  });
  it("gives the fitted betas of a chosen configuration", async () => {
    const page = await shared();
    const best = table("search-best").at(-1)!;
    for (const key of ["marketSet", "hidden", "learningRate", "activation", "start"])
      await choose(page, key, best[key]!);
    await page.click("#live button[type=submit]");
    await says(page, /every bit.* The fitted betas equal those of table betas to 6 decimals/);
    expect(heard).toEqual([]);
  });
  it("compares nothing that the notebooks have not, and draws another coin without training", async () => {
    const page = await shared();
    // A network that starts from least squares may have the same beta for every coin.
    await choose(page, "start", "glorot");
    const all = await page.inputValue("#live select[name=replicates]");
    await choose(page, "replicates", "1");
    await page.click("#live button[type=submit]");
    await says(page, /^1 network in .* choose as many to compare/);
    const path = () => page.locator(".live-betas path.line").first().getAttribute("d");
    const before = await path();
    const said = await verdict(page);
    const coins = await page.locator("#live select[name=coin] option").allTextContents();
    await choose(page, "coin", coins.at(-1)!);
    expect(await path()).not.toBe(before);
    expect(await page.locator(".live-betas h4").textContent()).toContain(coins.at(-1)!);
    expect(await verdict(page)).toBe(said);
    await choose(page, "replicates", all);
  });
  it("notices another bit: of the returns, or of what the notebooks have", async () => {
    const page = await open(() => {
      const parse = JSON.parse;
      JSON.parse = (text: string) => {
        const data = parse(text);
        if (data?.panel) data.panel.coinLogReturns[60] += 1e-4;
        return data;
      };
    });
    await page.click("#live button[type=submit]");
    await says(page, /Not the bits of the notebook: table search differs in/);
    await page.context().close();
  });
  it("stops when it is told to, and can begin anew", async () => {
    const page = await shared();
    const sets = await page.locator("#live select[name=marketSet] option").allTextContents();
    await choose(page, "marketSet", sets.at(-1)!);
    await choose(page, "hidden", "16");
    await page.evaluate(() => {
      const [train, stop] = Array.from(document.querySelectorAll<HTMLElement>("#live form button"));
      train!.click();
      new MutationObserver((_, observer) => {
        if (document.querySelector<HTMLProgressElement>("#live progress")!.value < 1) return;
        observer.disconnect();
        stop!.click();
      }).observe(document.querySelector(".live-curves")!, { childList: true, subtree: true });
    });
    await says(page, /^Stopped after \d+ of \d+ networks/);
    await page.click("#live button[type=submit]");
    await says(page, /Equal to the notebook in every bit/);
  });
  it("says that it cannot train without WebAssembly, or without SIMD, and leaves the page readable", async () => {
    const page = await open(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
    expect(await page.locator(".live-missing").textContent()).toContain("no WebAssembly");
    expect(await page.locator("#live form").isVisible()).toBe(false);
    expect(await page.locator("#dark").isVisible()).toBe(true);
    expect(heard).toEqual([]);
    await page.context().close();
    const other = await open(() => {
      WebAssembly.validate = () => false;
    });
    await other.click("#live button[type=submit]");
    await says(other, /no SIMD/);
    await other.context().close();
  });
  it("is left out of print, and fits a phone", async () => {
    const page = await open(undefined, 390);
    await page.click("#live button[type=submit]");
    await says(page, /every bit/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#live").isVisible()).toBe(false);
    await page.context().close();
  });
});
