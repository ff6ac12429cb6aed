/** The explorers of the page: the numbers of the tables, by choice, from disk, by the keyboard. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { csvRecords } from "../../tools/dist/csv.js";
import { scratchFolder } from "../support/scratch.js";
import { listen, openedReport, openPage, sharedPage } from "./browser.js";

/** On a busy machine. */
const timeout = 30_000;
const report = openedReport(scratchFolder());

const heard: string[] = [];
const open = (hash: string, width = 1280): Promise<Page> =>
  openPage(report.browser, report.file, {
    hash,
    viewport: { width, height: 900 },
    prepare: async (opened) => listen(opened, heard),
  });
const shared = sharedPage(() => open("#explorer"));

const table = (id: string) =>
  csvRecords(readFileSync(join(dirname(report.file), "tables", `${id}.csv`), "utf8"));
/** A number of the explorer, which has four decimals of the four digits that the page holds; NaN where there is none. */
const numberOf = (text: string) => (text === "" ? Number.NaN : Number(text.replace("−", "-")));
const ROUNDING = 6e-5;

describe("the explorer of the ladder", () => {
  const scores = (page: Page) =>
    page
      .locator("#explorer tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => Array.from((row as HTMLTableRowElement).cells, (cell) => cell.innerText)),
      );

  it.each(["all", "one"])(
    "shows the rows of the table for what is chosen, below zero where the estimator is better: %s",
    async (which) => {
      const page = await shared();
      const all = table("forecast-comparison");
      const { sample, marketSet, coin } = all.findLast(
        (row) =>
          (row.coin === "all") === (which === "all") &&
          row.frequency === "monthly" &&
          // With intervals for all coins, without for a single one.
          (row.changeUpper !== "") === (which === "all"),
      )!;
      await expect.poll(async () => (await scores(page)).length, { timeout }).toBeGreaterThan(0);
      const choice = { frequency: "monthly", sample, marketSet, coin, benchmark: "pooled" };
      for (const [name, value] of Object.entries(choice))
        await page.selectOption(`#explorer select[name=${name}] >> nth=0`, value!);
      const rows = all.filter((row) =>
        Object.entries(choice).every(([key, value]) => row[key] === value),
      );
      const names = rows.map((row) => `${row.estimator}, ${row.update}`);
      await expect
        .poll(async () => (await scores(page)).map((cells) => cells[1]), { timeout })
        .toEqual(names);
      (await scores(page)).forEach(([, , ...cells], i) => {
        const { rmse, rmseChange, changeUpper, changeLower } = rows[i]!;
        const wanted = [rmse!, rmseChange!, changeLower!, changeUpper!].map(numberOf);
        wanted.forEach((value, c) => {
          const error = Math.abs(numberOf(cells[c]!) - value);
          if (Number.isNaN(value)) expect(cells[c]).toBe("");
          else expect(error, `${names[i]} ${c}`).toBeLessThan(ROUNDING);
        });
      });
      const bounded = rows.filter(({ changeUpper }) => changeUpper !== "");
      const better = bounded.filter(({ changeUpper }) => Number(changeUpper) < 0);
      expect(await page.locator("#explorer .explored").innerText()).toBe(
        `${rows.filter(({ n }) => n !== "0").length} estimators on ${rows[0]!.n} dates; ${
          bounded.length === 0
            ? "the table has no intervals for this sample"
            : `of ${bounded.length} intervals, ${better.length} lie below zero`
        }.`,
      );
      expect(heard).toEqual([]);
    },
  );
  it("draws the betas of the estimators that the keyboard ticks", async () => {
    const page = await shared();
    const drawn = () => page.locator(".explored-betas path.line").count();
    await expect.poll(drawn, { timeout }).toBeGreaterThan(0);
    const before = await drawn();
    await page.locator("#explorer tbody input:not(:checked)").first().focus();
    await page.keyboard.press("Space");
    expect(await drawn()).toBe(before + 2);
    expect(await page.locator("#explorer input:focus").count()).toBe(1);
  });
  it("holds the betas of the table to a hundredth", async () => {
    const page = await shared();
    const row = table("betas-walk-forward").findLast(
      ({ estimator, update }) => `${estimator} ${update}` === "kalman updated",
    )!;
    const beta = await page.evaluate(async ({ marketSet, market, coin, date }) => {
      type Held = {
        dates: string[];
        coins: string[];
        sets: Record<string, { markets: string[]; betas: Record<string, (number | null)[]> }>;
      };
      const scope = globalThis as unknown as {
        unpacked: (script: Element) => Promise<Held>;
        betasAt: (held: (number | null)[], from: number, count: number) => number[];
      };
      const held = await scope.unpacked(document.querySelector("#explorer script")!);
      const set = held.sets[marketSet!]!;
      const at = set.markets.indexOf(market!) * held.coins.length + held.coins.indexOf(coin!);
      const { length } = held.dates;
      const path = scope.betasAt(set.betas["kalman updated"]!, at * length, length);
      return path[held.dates.indexOf(date!)];
    }, row);
    expect(Math.abs(beta! - Number(row.beta))).toBeLessThanOrEqual(0.005 + 1e-9);
  });
  it("fits a phone, and is left out of print", async () => {
    const page = await open("#explorer", 390);
    await expect.poll(async () => (await scores(page)).length, { timeout }).toBeGreaterThan(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#explorer").isVisible()).toBe(false);
    await page.context().close();
  });
});

describe("the explorer of the weights", () => {
  it("stacks the table's weights of a coin and of the mean, with the beta and its interval", async () => {
    const page = await shared();
    await page.locator("#leaning").scrollIntoViewIfNeeded();
    const areas = () => page.locator(".leaning-coin path.area").count();
    await expect.poll(areas, { timeout }).toBeGreaterThan(0);
    const groups = Object.keys(table("amortised-weights")[0]!).length - 3;
    expect(await areas()).toBe(groups);
    expect(await page.locator(".leaning-mean path.area").count()).toBe(groups);
    expect(await page.locator(".leaning-beta path.band").count()).toBe(1);
    const sets = await page.locator("#leaning select[name=marketSet] option").allTextContents();
    await page.selectOption("#leaning select[name=marketSet]", sets.at(-1)!);
    await expect
      .poll(() => page.locator(".leaning-beta path.band").count(), { timeout })
      .toBe(sets.at(-1)!.split("+").length);
    expect(heard).toEqual([]);
  });
});
