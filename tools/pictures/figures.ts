/** The files of figures for papers: SVG, PDF and PNG of exact size, and a float for LaTeX. */

import { join } from "node:path";
import { COLUMN_WIDTHS, checkId, figureLatex, writeFiles } from "neural-beta";
import { terminalProgress } from "../terminal.js";
import { EASELS, type FigureBrowser } from "./drawing.js";
import type { ShownFigure } from "./pictures.js";

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
  const waiting = [...figures.keys()];
  const work = async () => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      const figure = figures[i]!;
      progress.update(`figure ${figure.metadata.figure}`, i, figures.length);
      await writeFigure(figure, browser, folder, options);
    }
  };
  await Promise.all(Array.from({ length: EASELS }, work));
  progress.clear();
}

async function writeFigure(
  { plot, metadata }: ShownFigure,
  browser: FigureBrowser,
  folder: string,
  options: FigureFiles,
): Promise<void> {
  const { figure: id, caption, column = "double" } = metadata;
  checkId("export", id);
  const width = options.width ?? COLUMN_WIDTHS[column];
  const drawing = await browser.draw(plot, { width, height: options.height });
  const contents: Readonly<Record<Format, () => string | Buffer | Promise<Buffer>>> = {
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
