/** The files of figures for papers: SVG, PDF and PNG of exact size, and a float for LaTeX. */

import { join } from "node:path";
import { COLUMN_WIDTHS, figureLatex, writeFiles } from "neural-beta";
import type { FigureBrowser, Size } from "./drawing.js";
import type { ShownFigure } from "./pictures.js";
import { terminalProgress } from "./terminal.js";

export const FORMATS = ["svg", "pdf", "png", "tex"] as const;
export type Format = (typeof FORMATS)[number];

/** Printers ask for 300 dots per inch. */
const DOTS_PER_INCH = 300;

export interface FigureFiles {
  readonly formats: readonly Format[];
  /** In millimetres; what each figure says of itself by default. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Writes figures into a folder, named for their ids. */
export async function writeFigures(
  figures: readonly ShownFigure[],
  browser: FigureBrowser,
  folder: string,
  options: FigureFiles = { formats: FORMATS },
): Promise<void> {
  const progress = terminalProgress();
  for (const [i, { plot, metadata }] of figures.entries()) {
    const { figure: id, caption, column = "double" } = metadata;
    progress.update(`figure ${id}`, i, figures.length);
    const width = options.width ?? COLUMN_WIDTHS[column];
    const size: Size = { width, height: options.height };
    const drawing = await browser.draw(plot, size);
    const contents: Readonly<
      Record<Format, () => string | Buffer | Promise<Buffer>>
    > = {
      svg: () => drawing.svg,
      pdf: drawing.pdf,
      png: () => drawing.png(DOTS_PER_INCH),
      tex: () => figureLatex({ id, caption }, width),
    };
    for (const format of options.formats)
      writeFiles({
        [join(folder, `${id}.${format}`)]: await contents[format](),
      });
  }
  progress.clear();
}
