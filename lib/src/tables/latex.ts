/** Tables in LaTeX: booktabs and siunitx, as wide as a page, turned or over several pages where one does not hold them. */

import { citedLatex, latexText } from "../latex.js";
import { highest } from "../stats/moments.js";
import { forPaper, type PaperFit, paperFit } from "./paper-fit.js";
import type { Column, Table } from "./table.js";

/**
 * A booktabs table with caption, label and notes. Numbers are aligned at their points by siunitx; every row stands on a line
 * of its own. It takes the largest type that fits a line of 174 mm; a wider table is turned, and what is wider still loses
 * its last columns, which a note counts. One that no page holds goes over several, with its head on each.
 *
 * Needs \usepackage{booktabs, siunitx, rotating, longtable, pdflscape}.
 *
 * @example
 * tableLatex(table).split("\n").find((line) => line.includes("BTC")); // "    BTC & -3.50 \\\\"
 */
export function tableLatex(whole: Table): string {
  const fit = paperFit(forPaper(whole));
  const { id, columns, caption, notes = [] } = fit.table;
  const head = columns.map((column) =>
    isNumber(column) ? `{${latexText(column.head)}}` : latexText(column.head),
  );
  const line = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
  const heads = ["    \\toprule", line(head), "    \\midrule"];
  const body = fit.rows.map((row) => line(row.map((text, i) => cellLatex(text, columns[i]!))));
  const [title = "", ...said] = citedLatex([caption, ...notes]);
  const above = [`  \\caption{${title}}`, `  \\label{tab:${id}}`];
  const below =
    notes.length === 0
      ? []
      : [
          "  \\par\\medskip\\noindent",
          "  \\begin{minipage}{\\linewidth}\\footnotesize\\raggedright",
          ...said.map((note) => `    ${note}\\par`),
          "  \\end{minipage}",
        ];
  const lines = (fit.long ? longLines : floatLines)(fit, { title: above, heads, body, below });
  return `${lines.join("\n")}\n`;
}

/** The parts of a table, in lines. */
interface Parts {
  readonly title: readonly string[];
  readonly heads: readonly string[];
  readonly body: readonly string[];
  readonly below: readonly string[];
}

function floatLines(fit: PaperFit, { title, heads, body, below }: Parts): string[] {
  const float = fit.sideways ? "sidewaystable" : "table";
  return [
    `\\begin{${float}}`,
    "  \\centering",
    ...title,
    "  \\par\\smallskip",
    ...typeLine(fit),
    `  \\begin{tabular}${columnFormats(fit)}`,
    ...heads,
    ...body,
    "    \\bottomrule",
    "  \\end{tabular}",
    ...below,
    `\\end{${float}}`,
  ];
}

function longLines(fit: PaperFit, { title, heads, body, below }: Parts): string[] {
  const [begin, end] = fit.sideways
    ? ["\\begin{landscape}", "\\end{landscape}"]
    : ["\\begingroup", "\\endgroup"];
  return [
    begin,
    ...typeLine(fit),
    "  \\setlength{\\LTcapwidth}{\\linewidth}",
    `  \\begin{longtable}${columnFormats(fit)}`,
    ...title,
    "  \\\\",
    ...heads,
    "    \\endfirsthead",
    ...heads,
    "    \\endhead",
    "    \\bottomrule",
    "    \\endfoot",
    ...body,
    "  \\end{longtable}",
    ...below,
    end,
  ];
}

const typeLine = ({ type }: PaperFit): string[] => (type === "" ? [] : [`  ${type}`]);

const isNumber = ({ decimals }: Column): boolean => decimals !== undefined;

/** A number as siunitx reads it; text in a column of numbers stands in braces. */
function cellLatex(text: string, column: Column): string {
  const plain = text.replace("−", "-");
  if (isNumber(column) && /^-?[\d.]*$/.test(plain)) return plain;
  const escaped = latexText(text);
  return isNumber(column) ? `{${escaped}}` : escaped;
}

/** Numbers by their longest, prose wrapped in its part of the line. */
function columnFormats({ table, rows, prose }: PaperFit): string {
  const formats = table.columns.map(({ decimals }, i) => {
    if (decimals === undefined)
      return prose[i] ? `>{\\raggedright\\arraybackslash}p{${prose[i]}\\linewidth}` : "l";
    const texts = rows.map((row) => row[i]!);
    const sign = texts.some((text) => text.startsWith("−")) ? "-" : "";
    const digits = highest([1, ...texts.map((text) => /^−?(\d*)/.exec(text)![1]!.length)]);
    return `S[table-format=${sign}${digits}.${decimals}]`;
  });
  return `{@{}${formats.join("")}@{}}`;
}
