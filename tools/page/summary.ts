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
import { columnOf, heightsThatFit } from "./summary-layout.js";
import { verdictBar } from "./verdict-bar.js";

/** What stands on the page. */
export interface Summary {
  readonly title: string;
  readonly abstract: string;
  /** One of each claim; none where nothing was claimed. */
  readonly verdicts: readonly string[];
  /** In their order: those at the end give way where there is no room. */
  readonly figures: readonly ShownFigure[];
  readonly citation: Citation;
}

/** The network against constants where it was chosen, its betas by date, and its errors where it had not been: the first that there are. */
const FIGURES = ["search", "beta-lines", "cumulative-gains", "learning-curve", "returns"];
const MOST = 3;

/** Of all figures of a report. */
export const summaryFigures = (all: readonly ShownFigure[]): ShownFigure[] =>
  FIGURES.flatMap((id) => all.find(({ metadata }) => metadata.figure === id) ?? []).slice(0, MOST);

/** Millimetres. */
const [COLUMN, WIDE] = [88, 180];

/**
 * One page, A4. Figures that do not find room are drawn lower, their type as large as before; the last of those that would
 * be too low are left out.
 *
 * @returns the same bytes each time, from one version of the browser
 */
export async function summaryPdf(summary: Summary, browser: FigureBrowser): Promise<Buffer> {
  const wanted = summary.figures;
  const drawn = (count: number, heights?: readonly number[]) =>
    Promise.all(
      wanted
        .slice(0, count)
        .map(({ plot }, i) =>
          browser.draw(plot, { width: count === 1 ? WIDE : COLUMN, height: heights?.[i] }),
        ),
    );
  return browser.page(async (page) => {
    await page.emulateMedia({ media: "print" });
    const heights = await heightsThatFit(wanted.length, async (count) => {
      await page.setContent(summaryHtml(summary, wanted.slice(0, count), []));
      const whole = await Promise.all((await drawn(count)).map(({ parts }) => parts()));
      return { wished: whole.map(({ height }) => height), rooms: await roomOn(page) };
    });
    const shown = wanted.slice(0, heights.length);
    const svgs = (await drawn(shown.length, heights)).map(({ svg }) => svg);
    await page.setContent(summaryHtml(summary, shown, svgs));
    await page.evaluate(() => Promise.all(Array.from(document.images, (image) => image.decode())));
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    return undated(pdf);
  });
}

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
