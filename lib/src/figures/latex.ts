/** Figures in LaTeX: the widths of a paper's columns, and the float around a picture. */

import { citedLatex } from "../latex.js";
import type { Figure } from "./figure.js";

/** Widths of figures in a paper, in millimetres. */
export const COLUMN_WIDTHS: Readonly<Record<"single" | "double", number>> = {
  single: 84,
  double: 174,
};

/** Where a picture that is higher than a page is cut. */
export interface PictureParts {
  /** Of the whole picture, in millimetres. */
  readonly height: number;
  /** Millimetres from its upper edge, increasing; none for a picture that a page holds. */
  readonly cuts: readonly number[];
}

/**
 * A float with the figure's picture, caption and label; needs \usepackage{graphicx} and \graphicspath. A picture that no page
 * holds becomes several floats of one number.
 *
 * @param width of the picture, in millimetres
 * @example
 * const float = figureLatex({ id: "learning-curve", caption: "Ten networks." }, COLUMN_WIDTHS.single);
 * float.split("\n")[2]; // "  \\includegraphics[width=84mm]{learning-curve}"
 */
export function figureLatex(
  { id, caption }: Pick<Figure, "id" | "caption">,
  width: number,
  { height, cuts }: PictureParts = { height: 0, cuts: [] },
): string {
  // Wider than one column: a float over both, where the paper has two.
  const float = width > COLUMN_WIDTHS.single ? "figure*" : "figure";
  const edges = [0, ...cuts, height];
  const parts = edges.slice(1).map((below, i) => {
    const trim =
      cuts.length === 0
        ? ""
        : `, trim=0mm ${short(height - below)}mm 0mm ${short(edges[i]!)}mm, clip`;
    const words =
      i === 0
        ? [`  \\caption{${citedLatex([caption])[0]}}`, `  \\label{fig:${id}}`]
        : ["  \\addtocounter{figure}{-1}", "  \\caption{(continued)}"];
    return [
      `\\begin{${float}}`,
      "  \\centering",
      `  \\includegraphics[width=${width}mm${trim}]{${id}}`,
      ...words,
      `\\end{${float}}`,
    ];
  });
  return `${parts.flat().join("\n")}\n`;
}

const short = (millimetres: number): string => String(Number(millimetres.toFixed(2)));
