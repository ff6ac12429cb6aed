/** Tables of the page: sortable, with what is copied from them. */

import { escapeHtml, jsonScript } from "./html.js";

/** The texts of a table's files. */
export interface TableFiles {
  readonly csv: string;
  readonly html: string;
  readonly latex: string;
}

/** What the page's script copies, row by row in the order that the reader sees. */
interface TableSource {
  /** Head, then a line per row. */
  readonly csv: readonly string[];
  /** Before the rows, the rows, after them. */
  readonly latex: readonly [string, readonly string[], string];
  /** Cells of the rows that are not shown at first, as HTML. */
  readonly more: readonly (readonly string[])[];
}

/** Above this, a table's files stay beside the page, which holds the rows it shows. */
const MAX_BYTES = 64_000;

/**
 * @param html the table as the notebook shows it, with its notes
 * @param number of the table on the page
 */
export function tableHtml(
  id: string,
  html: string,
  number: number,
  files: TableFiles | undefined,
): string {
  const end = html.indexOf("</table>") + "</table>".length;
  const caption = /<caption[^>]*>(.*?)<\/caption>/s.exec(html)?.[1] ?? "";
  const label = `Table ${number}`;
  const table = html
    .slice(0, end)
    .replaceAll(' style="text-align:right;white-space:nowrap"', ' class="number"')
    .replaceAll(' style="text-align:left;min-width:16em"', ' class="prose"')
    .replaceAll(' style="text-align:left;white-space:nowrap"', "")
    .replace(/<caption[^>]*>/, `<caption><span><a class="label" href="#table-${id}">${label}.</a> `)
    .replace("</caption>", "</span></caption>");
  const source = files && sourceOf(files, table.split("<tr>").length - 2);
  const notes = html.slice(end).replace(/<p>(?=<small>\d+ of \d+ rows; )/, '<p class="partial">');
  return `<div class="table">
<div class="scroll" role="region" aria-label="${label}: ${escapeHtml(unescaped(caption))}" tabindex="0">${table}</div>
<div class="notes">${notes}</div>
${source ? jsonScript(source) : ""}</div>`;
}

const unescaped = (html: string): string =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** @param shown rows that the notebook shows */
function sourceOf({ csv, html, latex }: TableFiles, shown: number): TableSource {
  const lines = csv.trimEnd().split("\n");
  const tex = latex.trimEnd().split("\n");
  // Every row of a LaTeX table stands on a line of its own, after the last of its heads.
  const first = tex.findLastIndex((line) => /^\s*\\(midrule|endfoot)$/.test(line)) + 1;
  const rows = tex.slice(first, first + lines.length - 1);
  const cells = [...html.matchAll(/<tr>(.*)<\/tr>/g)]
    .slice(1)
    .map((row) => [...row[1]!.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((cell) => cell[1]!));
  const fits = csv.length + latex.length <= MAX_BYTES;
  const kept = fits ? rows.length : shown;
  return {
    csv: lines.slice(0, kept + 1),
    latex: [
      tex.slice(0, first).join("\n"),
      rows.slice(0, kept),
      tex.slice(first + rows.length).join("\n"),
    ],
    more: fits ? cells.slice(shown) : [],
  };
}
