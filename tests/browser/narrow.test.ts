/** What a phone has no room for: wide tables, prose in columns, long labels. */

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../support/scratch.js";
import { openedReport, openPage, sharedPage } from "./browser.js";

const report = openedReport(scratchFolder());
const phone = sharedPage(() =>
  openPage(report.browser, report.file, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  }),
);

describe("a table on a phone", () => {
  it("fades where it goes on, until it is scrolled to its end", async () => {
    const page = await phone();
    const room = page.locator(".scroll", { has: page.locator("#table-returns") });
    const mask = () => room.evaluate((element) => getComputedStyle(element).maskImage);
    await expect.poll(mask).toContain("gradient");
    await room.evaluate((element) => element.scrollTo({ left: element.scrollWidth }));
    await expect.poll(mask).toBe("none");
  });
  it("has cards for rows with prose, whose cells say their column, and does not go on", async () => {
    const page = await phone();
    const cards = await page.locator(".worded").evaluateAll((tables) =>
      tables.map((table) => {
        const room = table.querySelector(".scroll")!;
        const heads = Array.from(table.querySelectorAll("thead th"), (head) => head.textContent);
        const cells = table.querySelector<HTMLTableRowElement>("tbody tr")!.cells;
        return {
          heads,
          said: Array.from(cells, (cell) => cell.dataset.head),
          left: Array.from(cells, (cell) => cell.getBoundingClientRect().left),
          over: room.scrollWidth - room.clientWidth,
        };
      }),
    );
    expect(cards.length).toBeGreaterThan(0);
    for (const { heads, said, left, over } of cards) {
      expect(said).toEqual(heads);
      expect(Math.max(...left)).toBeLessThan(390);
      expect(over).toBe(0);
    }
  });
});

describe("a figure on a phone", () => {
  /** Vertical axes of all figures, as they are described and as they are fitted to a phone. */
  const axes = (page: Page) =>
    page.evaluate(() => {
      type Axis = { ticktext?: string[]; showticklabels?: boolean; domain?: number[] };
      type Described = { legend: object; layout: Record<string, Axis> };
      const { fitLayout } = globalThis as unknown as {
        fitLayout: (layout: object, width: number, legend: object) => Record<string, Axis>;
      };
      return Array.from(document.querySelectorAll("main figure:has(.plot)"), (figure) => {
        const { legend, layout } = JSON.parse(
          figure.querySelector("script")!.textContent!,
        ) as Described;
        const fitted = fitLayout(layout, 358, legend);
        const keys = Object.keys(layout).filter((key) => /^yaxis\d*$/.test(key));
        return {
          id: figure.id,
          wide: keys.map((k) => layout[k]!),
          now: keys.map((k) => fitted[k]!),
        };
      });
    });

  it("tells its rows by their labels, however short these are", async () => {
    let most = 0;
    for (const { id, wide, now } of await axes(await phone()))
      wide.forEach(({ ticktext = [] }, i) => {
        expect(new Set(now[i]!.ticktext).size, id).toBe(new Set(ticktext).size);
        most = Math.max(most, ...ticktext.map((label) => label.length));
      });
    // Longer than any label may be on a phone.
    expect(most).toBeGreaterThan(28);
  });
  it("has labels beside every plot of a row that becomes a column", async () => {
    let stacked = 0;
    for (const { id, wide, now } of await axes(await phone())) {
      const moved = now.filter(({ domain }, i) => String(domain) !== String(wide[i]!.domain));
      stacked += moved.length;
      expect(
        moved.map(({ showticklabels }) => showticklabels),
        id,
      ).not.toContain(false);
    }
    expect(stacked).toBeGreaterThan(0);
  });
});
