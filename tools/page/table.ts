/** Tables of the page: sortable, with what is copied from them. */

import { escapeHtml, packedScript } from "./html.js";

/** The texts of a table's files. */
export interface TableFiles {
  readonly csv: string;
  readonly html: string;
  readonly latex: string;
}

/** What the page's script copies and saves, row by row in the order that the reader sees. */
interface TableSource {
  /** Head, then a line per row. */
  readonly csv: readonly string[];
  /** Before the rows, the rows, after them; of a long table those that are shown. */
  readonly latex: readonly [string, readonly string[], string];
  /** Cells of the rows that are not shown at first, as HTML; none of a long table. */
  readonly more: readonly (readonly string[])[];
}

/** Above this a table is long: the page holds its rows with four digits, and does not show them all. */
const LONG = 64_000;
const DIGITS = 4;

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
  const shown = table.split("<tr>").length - 2;
  // Of a table without rows its caption says enough.
  const content =
    shown === 0
      ? table.replace(/<thead>.*<\/thead>/s, "")
      : hasLongNames(files?.html ?? html)
        ? table.replace(FIRST, (_, name: string) => `<tr><td class="name">${breakable(name)}</td>`)
        : table;
  return `<div class="table">
<div class="scroll" role="region" aria-label="${label}: ${escapeHtml(unescaped(caption))}" tabindex="0">${content}</div>
<div class="notes">${tableNotes(html)}</div>
${files && shown > 0 ? packedSource(id, files, shown) : ""}</div>`;
}

/** The first cell of a row, which is its name unless it is prose. */
const FIRST = /<tr><td>(.*?)<\/td>/g;

/** Letters of the longest name that finds room on a phone beside other cells. */
const NAME = 14;

/** True where a table's rows have names that may be broken on a phone. */
const hasLongNames = (html: string): boolean =>
  [...html.matchAll(/<tr><td[^>]*>(.*?)<\/td>/g)].some(
    ([, name]) => unescaped(name!).length > NAME,
  );

/** A list of names, which may be broken after each. */
const breakable = (name: string): string => name.replaceAll("+", "+<wbr>");

/** What stands below a table, with links to files. */
export const tableNotes = (html: string): string =>
  html
    .slice(html.indexOf("</table>") + "</table>".length)
    .replace(/<p>(?=<small>\d+ of \d+ rows; )/, '<p class="partial">')
    .replace(/\btables\/[a-z0-9-]+\.csv\b/g, (file) => `<a href="${file}" download>${file}</a>`);

const unescaped = (html: string): string =>
  html.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/**
 * What the page's script copies and saves of a table.
 *
 * @param shown rows that the notebook shows
 */
export function packedSource(id: string, { csv, html, latex }: TableFiles, shown: number): string {
  const lines = csv.trimEnd().split("\n");
  const tex = latex.trimEnd().split("\n");
  // Every row of a LaTeX table stands on a line of its own, after the last of its heads.
  const first = tex.findLastIndex((line) => /^\s*\\(midrule|endfoot)$/.test(line)) + 1;
  const rows = tex.slice(first, first + lines.length - 1);
  const cells = [...html.matchAll(/<tr>(.*)<\/tr>/g)]
    .slice(1)
    .map((row) => [...row[1]!.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((cell) => cell[1]!))
    .map(([name = "", ...others]) => [breakable(name), ...others]);
  const long = csv.length + latex.length > LONG;
  const source: TableSource = {
    csv: long ? lines.map(shortened) : lines,
    latex: [
      tex.slice(0, first).join("\n"),
      long ? rows.slice(0, shown) : rows,
      tex.slice(first + rows.length).join("\n"),
    ],
    more: long ? [] : cells.slice(shown),
  };
  const kind = long ? ' data-long=""' : "";
  return packedScript(source, ` data-id="${id}" data-rows="${lines.length - 1}"${kind}`);
}

/** A line of CSV whose long numbers have fewer digits. */
const shortened = (line: string): string =>
  line.replace(/(?<=^|,)-?\d+\.\d{4,}(?:e-?\d+)?(?=,|$)/g, (number) =>
    String(Number(Number(number).toPrecision(DIGITS))),
  );
