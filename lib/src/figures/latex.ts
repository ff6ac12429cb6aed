/** Figures in LaTeX: the widths of a paper's columns, and the float around a picture. */

import { latexText } from "../latex.js";
import type { Figure } from "./figure.js";

/** Widths of figures in a paper, in millimetres. */
export const COLUMN_WIDTHS: Readonly<Record<"single" | "double", number>> = {
  single: 84,
  double: 174,
};

/**
 * A float with the figure's picture, caption and label; needs \usepackage{graphicx} and \graphicspath.
 *
 * @param width of the picture, in millimetres
 * @example
 * const float = figureLatex({ id: "learning-curve", caption: "Ten networks." }, COLUMN_WIDTHS.single);
 * float.split("\n")[2]; // "  \\includegraphics[width=84mm]{learning-curve}"
 */
export function figureLatex(
  { id, caption }: Pick<Figure, "id" | "caption">,
  width: number,
): string {
  // Wider than one column: a float over both, where the paper has two.
  const float = width > COLUMN_WIDTHS.single ? "figure*" : "figure";
  return `${[
    `\\begin{${float}}`,
    "  \\centering",
    `  \\includegraphics[width=${width}mm]{${id}}`,
    `  \\caption{${latexText(caption)}}`,
    `  \\label{fig:${id}}`,
    `\\end{${float}}`,
  ].join("\n")}\n`;
}
