/** summary.pdf: the report on one page, with its abstract, the verdicts, three figures, and how to cite it. */

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { FigureBrowser } from "../pictures/drawing.js";
import { fontCss } from "../pictures/font.js";
import { MM_PER_INCH, undated } from "../pictures/pdf.js";
import type { ShownFigure } from "../pictures/pictures.js";
import { ROOT } from "../terminal.js";
import { type Citation, citationText } from "./citation.js";
import { escapeHtml } from "./html.js";
import { verdictBar } from "./verdict-bar.js";

/** What stands on the page. */
export interface Summary {
  readonly title: string;
  readonly abstract: string;
  /** One of each claim; none where nothing was claimed. */
  readonly verdicts: readonly string[];
  /** All that the report shows. */
  readonly figures: readonly ShownFigure[];
  readonly citation: Citation;
}

/** The network against constants where it was chosen, its betas by date, and its errors where it had not been: the first that there are. */
const FIGURES = ["search", "beta-lines", "cumulative-gains", "learning-curve", "returns"];
const MOST = 3;

/** Millimetres. */
const [COLUMN, WIDE, SHORTEST] = [88, 180, 45];

/**
 * One page, A4. Figures that do not find room are drawn lower, their type as large as before.
 *
 * @returns the same bytes each time, from one version of the browser
 */
export async function summaryPdf(summary: Summary, browser: FigureBrowser): Promise<Buffer> {
  const shown = FIGURES.flatMap(
    (id) => summary.figures.find(({ metadata }) => metadata.figure === id) ?? [],
  ).slice(0, MOST);
  const width = shown.length === 1 ? WIDE : COLUMN;
  const draw = (height?: number) => (figure: ShownFigure) =>
    browser.draw(figure.plot, { width, height });
  const drawn = await Promise.all(shown.map(draw()));
  const wished = await Promise.all(drawn.map(async ({ parts }) => (await parts()).height));
  return browser.page(async (page) => {
    await page.emulateMedia({ media: "print" });
    await page.setContent(summaryHtml(summary, shown, []));
    const heights = fitted(wished, await roomOn(page));
    const pictures = await Promise.all(shown.map((figure, i) => draw(heights[i])(figure)));
    const svgs = pictures.map(({ svg }) => svg);
    await page.setContent(summaryHtml(summary, shown, svgs));
    await page.evaluate(() => Promise.all(Array.from(document.images, (image) => image.decode())));
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    return undated(pdf);
  });
}

/** Figures by column: the last stands alone, and is the highest. */
const columnOf = (i: number, count: number): number => (i < count - 1 ? 0 : 1);

/** Height that the figures of each column find beside their captions, in millimetres. */
async function roomOn(page: Page): Promise<number[]> {
  const pixels = await page.evaluate(async () => {
    await document.fonts.ready;
    const room = document.querySelector(".figures")!.clientHeight;
    return Array.from(
      document.querySelectorAll(".column"),
      (column) => room - column.getBoundingClientRect().height,
    );
  });
  return pixels.map((height) => (height / 96) * MM_PER_INCH);
}

/** Heights by which every column fits: as wished, or lower by one share. */
function fitted(wished: readonly number[], rooms: readonly number[]): number[] {
  return wished.map((height, i) => {
    const column = columnOf(i, wished.length);
    const all = wished.filter((_, other) => columnOf(other, wished.length) === column);
    const share = (rooms[rooms.length === 1 ? 0 : column]! - 1) / all.reduce((a, b) => a + b);
    return Math.max(SHORTEST, Number((height * Math.min(1, share)).toFixed(1)));
  });
}

function summaryHtml(
  { title, abstract, verdicts, citation }: Summary,
  shown: readonly ShownFigure[],
  svgs: readonly string[],
): string {
  const { authors, version, licence } = citation;
  const figures = shown.map(({ metadata }, i) => {
    const svg = svgs[i];
    const source = svg && `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
    const picture = source ? `<img src="${source}" alt="${escapeHtml(metadata.alt)}">` : "";
    return `<figure>${picture}<figcaption>${escapeHtml(metadata.caption)}</figcaption></figure>`;
  });
  const column = (k: number) =>
    figures.filter((_, i) => columnOf(i, figures.length) === k).join("\n");
  const columns = [column(0), column(1)].filter((html) => html !== "");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}: summary</title>
<style>${fontCss()}${readFileSync(new URL("tools/page/summary.css", ROOT), "utf8")}</style>
<h1>${escapeHtml(title)}</h1>
<p class="made">${escapeHtml(`${authors}, version ${version}, ${licence} licence. Summary of the report that index.html holds in full.`)}</p>
<p>${escapeHtml(abstract)}</p>
${verdicts.length === 0 ? "" : verdictBar(verdicts)}
<div class="figures${columns.length === 1 ? " wide" : ""}">
${columns.map((html) => `<div class="column">${html}</div>`).join("\n")}
</div>
<p class="cite">${escapeHtml(citationText(citation))}</p>
</html>
`;
}
