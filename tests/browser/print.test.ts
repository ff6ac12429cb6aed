/** The report on paper: the whole page printed, and its summary of one page. */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readNotebook } from "../../tools/dist/kernel/notebook.js";
import { abstractText } from "../../tools/dist/page/chapter.js";
import { citationOf, citationText } from "../../tools/dist/page/citation.js";
import { summaryFigures, summaryPdf } from "../../tools/dist/page/summary.js";
import { browserPath, openBrowser } from "../../tools/dist/pictures/browser.js";
import { openFigureBrowser } from "../../tools/dist/pictures/drawing.js";
import { shownFigures } from "../../tools/dist/pictures/pictures.js";
import { ROOT, scratchFolder, write } from "../support/scratch.js";
import { needsBrowser, openPage, reportIn } from "./browser.js";

const folder = scratchFolder();
const hasPoppler = spawnSync("pdftotext", ["-v"]).error === undefined;
const NO_POPPLER = "needs pdftotext and pdffonts: apt-get install poppler-utils";

let browser: Browser | undefined;
let report: string;
/** The page, and what printing it gives. */
let page: Page;
let printed: string;
beforeAll(async () => {
  if (browserPath() === undefined) return;
  report = await reportIn(folder);
  browser = await openBrowser(browserPath()!);
  page = await openPage(browser!, join(report, "index.html"), {
    viewport: { width: 1280, height: 900 },
  });
  printed = write(join(folder, "page.pdf"), await page.pdf({ preferCSSPageSize: true }));
});
afterAll(() => browser?.close());
beforeEach(needsBrowser);

const said = (program: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  expect(status, stderr).toBe(0);
  return stdout;
};
/** Words of a PDF in the order in which they are set, without what divides them. */
const textOf = (pdf: string): string => bare(said("pdftotext", "-raw", pdf, "-"));
const bare = (text: string): string => text.replace(/[\s\u00ad]+/g, "");
const pages = (pdf: string): number =>
  readFileSync(pdf, "latin1").match(/\/Type \/Page\b/g)!.length;
/** Names of a PDF's fonts, without the mark of a subset; of those that it does not hold, with a note. */
const fontsOf = (pdf: string): string[] =>
  said("pdffonts", pdf)
    .split("\n")
    .slice(2)
    .filter((line) => line !== "")
    .map((line) => {
      const name = line.split(/\s+/)[0]!.replace(/^[A-Z]{6}\+/, "");
      return / yes (?:yes|no) +(?:yes|no) /.test(line) ? name : `${name} is not embedded`;
    });

describe("the printed page", () => {
  it("has the heads of every table", async (ctx) => {
    ctx.skip(!hasPoppler, NO_POPPLER);
    const heads = await page.evaluate(() =>
      Array.from(document.querySelectorAll("main table"), (table) =>
        Array.from(table.querySelectorAll("thead th"), (head) => head.textContent!).join(""),
      ),
    );
    const text = textOf(printed);
    expect(heads.length).toBeGreaterThan(10);
    expect(heads.filter((head) => !text.includes(bare(head)))).toEqual([]);
  });

  it("repeats the head of a long table on every page of it, and leaves its buttons on the screen", async (ctx) => {
    ctx.skip(!hasPoppler, NO_POPPLER);
    const head = await page.evaluate(() => {
      const tables = Array.from(document.querySelectorAll<HTMLTableElement>("main .scroll table"));
      const longest = tables.reduce((a, b) => (b.rows.length > a.rows.length ? b : a));
      return Array.from(longest.tHead!.rows[0]!.cells, (cell) => cell.textContent).join("");
    });
    expect(textOf(printed).split(bare(head)).length - 1).toBeGreaterThan(1);
    expect(await page.locator("thead th:not(:has(.sort))").count()).toBe(0);
  });

  it("has its title and abstract on the first page", async (ctx) => {
    ctx.skip(!hasPoppler, NO_POPPLER);
    const first = bare(said("pdftotext", "-raw", "-l", "1", printed, "-"));
    expect(first).toContain(bare("Neural beta for crypto and cross-asset markets"));
    expect(first).toContain(bare((await page.textContent("#abstract p"))!));
  });

  it("sets no figure's letters below 7 points, and cuts no word of one that goes over pages", async () => {
    await page.setViewportSize({ width: 665, height: 900 });
    await page.emulateMedia({ media: "print" });
    const figures = await page.evaluate(async () => {
      const images = Array.from(document.querySelectorAll<HTMLImageElement>(".plot img"));
      await Promise.all(images.map((image) => image.decode()));
      dispatchEvent(new Event("beforeprint"));
      const measured = images.map((image) => {
        const room = image.closest(".plot")!;
        const parts = Array.from(room.querySelectorAll<HTMLCanvasElement>(".part"));
        const shown = parts[0] ?? image;
        const inked = parts.slice(0, -1).map((part) => {
          const row = part.getContext("2d")!.getImageData(0, part.height - 1, part.width, 1).data;
          return row.filter((value, i) => i % 4 === 0 && value < 128).length / part.width;
        });
        return {
          id: image.closest("figure")!.id,
          // Of 12 pixels at a width of 760, in points.
          letters: (12 * 0.75 * shown.getBoundingClientRect().width) / 760,
          missing:
            parts.length > 0 &&
            image.naturalHeight - parts.reduce((sum, { height }) => sum + height, 0),
          inked: Math.max(0, ...inked),
          parts: parts.length,
        };
      });
      dispatchEvent(new Event("afterprint"));
      return measured;
    });
    expect(figures.filter(({ letters }) => letters < 7)).toEqual([]);
    expect(figures.filter(({ missing }) => missing)).toEqual([]);
    // Only lines that go straight down, and the axes on both sides, cross a cut.
    expect(figures.filter(({ inked }) => inked > 0.02)).toEqual([]);
    expect(Math.max(...figures.map(({ parts }) => parts))).toBeGreaterThan(1);
    expect(await page.locator(".part").count()).toBe(0);
  });
});

describe("summary.pdf", () => {
  const pdf = () => join(report, "summary.pdf");

  it("is one page, with the fonts of the theme inside and no others, and no pictures", (ctx) => {
    expect(existsSync(pdf())).toBe(true);
    expect(pages(pdf())).toBe(1);
    expect(readFileSync(pdf(), "latin1")).not.toMatch(/\/Subtype \/Image/);
    ctx.skip(!hasPoppler, NO_POPPLER);
    const fonts = fontsOf(pdf());
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/^SourceSans3/);
  });

  it("says the abstract, the verdicts and how to cite, and shows three figures", async (ctx) => {
    ctx.skip(!hasPoppler, NO_POPPLER);
    const text = textOf(pdf());
    const abstract = (await page.textContent("#abstract p"))!;
    expect(text).toContain(bare(abstract.slice(0, abstract.indexOf("?") + 1)));
    const cff = readFileSync(join(ROOT, "CITATION.cff"), "utf8");
    expect(text).toContain(bare(citationText(citationOf(cff))));
    for (const verdict of await page.locator(".verdicts li").allTextContents())
      expect(text).toContain(bare(verdict));
    for (const label of ["validation RMSE", "β on EQUITY", "gain, squared"])
      expect(text).toContain(bare(label));
  });
});

it("summaryPdf leaves out figures before it takes a second page", async () => {
  const notebooks = readdirSync(join(report, "notebooks")).map((name) =>
    readNotebook(join(report, "notebooks", name)),
  );
  const citation = citationOf(readFileSync(join(ROOT, "CITATION.cff"), "utf8"));
  const figures = (await openFigureBrowser())!;
  const summary = {
    ...{ title: "A title", abstract: `${abstractText(notebooks)} `.repeat(7), verdicts: [] },
    ...{ figures: summaryFigures(notebooks.flatMap(shownFigures)), citation },
  };
  const pdf = write(join(folder, "long.pdf"), await summaryPdf(summary, figures));
  expect(pages(pdf)).toBe(1);
  await figures.close();
});

it("exported figures hold the fonts of the theme and no others", (ctx) => {
  ctx.skip(!hasPoppler, NO_POPPLER);
  const manifest = JSON.parse(readFileSync(join(report, "manifest.json"), "utf8"));
  for (const id of Object.keys(manifest.figures))
    for (const font of fontsOf(join(report, "figures", `${id}.pdf`)))
      expect(font, id).toMatch(/^SourceSans3/);
});
