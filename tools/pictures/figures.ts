/** The files of figures for papers: SVG, PDF and PNG of exact size, and a float for LaTeX. */

import { join } from "node:path";
import { COLUMN_WIDTHS, checkId, figureLatex, writeFiles } from "neural-beta";
import { terminalProgress } from "../terminal.js";
import { type Drawing, EASELS, type FigureBrowser } from "./drawing.js";
import type { ShownFigure } from "./pictures.js";

export const FORMATS = ["svg", "pdf", "png", "tex"] as const;
export type Format = (typeof FORMATS)[number];

/** Printers ask for 300 dots per inch; level 7 of zlib takes a seventh of the time of 9, for a tenth more bytes. */
const [DOTS_PER_INCH, LEVEL] = [300, 7];

/** Below, no label is legible; above, no paper is as wide. */
const MILLIMETRES = [20, 500] as const;

/** Writes figures into a folder, named for their ids. */
export async function writeFigures(
  figures: readonly ShownFigure[],
  browser: Pick<FigureBrowser, "draw">,
  folder: string,
  options: {
    readonly formats: readonly Format[];
    /** In millimetres; what each figure says of itself by default. */
    readonly width?: number | undefined;
    readonly height?: number | undefined;
  } = { formats: FORMATS },
): Promise<void> {
  const progress = terminalProgress();
  const waiting = [...figures.keys()];
  const work = async () => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) {
      const { plot, metadata } = figures[i]!;
      const { figure: id, caption, column = "double" } = metadata;
      checkId("export", id);
      progress.update(`figure ${id}`, i, figures.length);
      const { height, width = COLUMN_WIDTHS[column] } = options;
      const drawing = await browser.draw(plot, { width, height });
      for (const format of options.formats)
        writeFiles({
          [join(folder, `${id}.${format}`)]: await figureContent(
            format,
            drawing,
            { id, caption },
            width,
          ),
        });
    }
  };
  await Promise.all(Array.from({ length: EASELS }, work));
  progress.clear();
}

/**
 * A length in millimetres: a number, a number with its unit, or the name of a paper's columns.
 *
 * @throws RangeError if it is none that can be drawn
 */
export function millimetres(what: string, given: number | string): number {
  const column = Object.entries(COLUMN_WIDTHS).find(([name]) => name === given)?.[1];
  const value =
    column ?? (typeof given === "number" ? given : Number(/^([\d.]+)mm$/.exec(given)?.[1]));
  const [least, most] = MILLIMETRES;
  if (value >= least && value <= most) return value;
  const names = what.endsWith("width") ? `, ${Object.keys(COLUMN_WIDTHS).join(" or ")}` : "";
  throw new RangeError(
    `${what}: must be millimetres between ${least}mm and ${most}mm${names}, got ${given}`,
  );
}

/** What one file of a drawn figure holds. */
export const figureContent = async (
  format: Format,
  drawing: Drawing,
  named: { readonly id: string; readonly caption: string },
  width: number,
): Promise<string | Buffer> =>
  ({
    svg: () => drawing.svg,
    pdf: drawing.pdf,
    png: () => drawing.png(DOTS_PER_INCH, LEVEL),
    tex: async () => figureLatex(named, width, await drawing.parts()),
  })[format]();
