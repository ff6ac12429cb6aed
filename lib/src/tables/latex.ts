/** Tables in LaTeX: booktabs and siunitx, over several pages where one does not hold them. */

import { latexText } from "../latex.js";
import { highest } from "../stats/moments.js";
import { type Column, formattedRows, forReaders, isProse, type Table } from "./table.js";

/** A float that is longer than this fits no page. */
const LONGEST = 45;

/** Characters that a page of 160 mm holds in a line, gaps counted as two, and the type that holds so many. */
const SIZES: readonly (readonly [number, string])[] = [
  [84, ""],
  [94, "\\small"],
  [106, "\\footnotesize\\setlength{\\tabcolsep}{4pt}"],
  [Number.POSITIVE_INFINITY, "\\scriptsize\\setlength{\\tabcolsep}{2.5pt}"],
];
/** Tables with prose are set in this one, and their prose takes what is left of the line. */
const PROSE = SIZES[2]!;

/**
 * A booktabs table with caption, label and notes; one that no page holds goes over several, with its head on each.
 * Numbers are aligned at their points by siunitx; every row stands on a line of its own.
 *
 * Needs \usepackage{booktabs, siunitx}, and \usepackage{longtable} for more than 45 rows.
 *
 * @example
 * tableLatex(table).split("\n").find((line) => line.includes("BTC")); // "    BTC & -3.50 \\\\"
 */
export function tableLatex(whole: Table): string {
  const table = forReaders(whole);
  const { id, columns, caption, notes = [] } = table;
  const rows = formattedRows(table);
  const head = columns.map((column) =>
    isNumber(column) ? `{${latexText(column.head)}}` : latexText(column.head),
  );
  const line = (cells: readonly string[]) => `    ${cells.join(" & ")} \\\\`;
  const heads = ["    \\toprule", line(head), "    \\midrule"];
  const body = rows.map((row) => line(row.map((text, i) => cellLatex(text, columns[i]!))));
  const format = `{@{}${columnFormats(columns, rows).join("")}@{}}`;
  const title = [`  \\caption{${latexText(caption)}}`, `  \\label{tab:${id}}`] as const;
  const below =
    notes.length === 0
      ? []
      : [
          "  \\par\\medskip\\noindent",
          "  \\begin{minipage}{\\linewidth}\\footnotesize\\raggedright",
          ...notes.map((note) => `    ${latexText(note)}\\par`),
          "  \\end{minipage}",
        ];
  const lines =
    rows.length > LONGEST
      ? [
          "\\begingroup",
          ...typeSize(columns, rows),
          `  \\begin{longtable}${format}`,
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
          "\\endgroup",
        ]
      : [
          "\\begin{table}",
          "  \\centering",
          ...title,
          "  \\par\\smallskip",
          ...typeSize(columns, rows),
          `  \\begin{tabular}${format}`,
          ...heads,
          ...body,
          "    \\bottomrule",
          "  \\end{tabular}",
          ...below,
          "\\end{table}",
        ];
  return `${lines.join("\n")}\n`;
}

const isNumber = ({ decimals }: Column): boolean => decimals !== undefined;

/** A number as siunitx reads it; text in a column of numbers stands in braces. */
function cellLatex(text: string, column: Column): string {
  const plain = text.replace("−", "-");
  if (isNumber(column) && /^-?[\d.]*$/.test(plain)) return plain;
  const escaped = latexText(text);
  return isNumber(column) ? `{${escaped}}` : escaped;
}

/** Numbers by their longest, prose wrapped in equal parts of what is left of the line. */
function columnFormats(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const prose = columns.map((_, i) => isProse(rows, i));
  const others = widths(columns, rows)
    .filter((_, i) => !prose[i])
    .reduce((sum, width) => sum + width, 0);
  const share = Math.max(0.25, 0.95 - others / PROSE[0]) / prose.filter(Boolean).length;
  return columns.map(({ decimals }, i) => {
    if (decimals === undefined)
      return prose[i] ? `>{\\raggedright\\arraybackslash}p{${share.toFixed(2)}\\linewidth}` : "l";
    const texts = rows.map((row) => row[i]!);
    const sign = texts.some((text) => text.startsWith("−")) ? "-" : "";
    const digits = highest([1, ...texts.map((text) => /^−?(\d*)/.exec(text)![1]!.length)]);
    return `S[table-format=${sign}${digits}.${decimals}]`;
  });
}

/** Smaller type where the table is wider than a page. */
function typeSize(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const width = widths(columns, rows).reduce((sum, w) => sum + w, 0);
  const [, type] = columns.some((_, i) => isProse(rows, i))
    ? PROSE
    : SIZES.find(([most]) => width <= most)!;
  return type === "" ? [] : [`  ${type}`];
}

/** Characters of each column, with the gap after it. */
function widths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(
    ({ head }, i) => 2 + rows.reduce((w, row) => Math.max(w, row[i]!.length), head.length),
  );
}
