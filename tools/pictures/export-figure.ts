/** One figure of a script, as a file for a paper. */

import { type COLUMN_WIDTHS, type Figure, writeFiles } from "neural-beta";
import { NO_BROWSER } from "./browser.js";
import { openFigureBrowser } from "./drawing.js";
import { FORMATS, type Format, figureContent, millimetres } from "./figures.js";

/** Size, format and place of one exported figure. */
export interface FigureFile {
  /** Path of the file, for example `figures/mine.pdf`. */
  readonly file: string;
  /** What the file's ending says, by default. */
  readonly format?: Format;
  /** Millimetres, or the columns of a paper; what the figure says of itself by default. */
  readonly width?: number | keyof typeof COLUMN_WIDTHS;
  /** Millimetres; what the figure's layout makes of the width by default. */
  readonly height?: number;
}

/**
 * Writes one figure as `npm run export` does, for a script: `import { exportFigure } from "neural-beta-project/export"`.
 *
 * @throws RangeError if format or size are none that can be drawn; Error where no browser is installed
 */
export async function exportFigure(figure: Figure, options: FigureFile): Promise<void> {
  const { id, caption, data, layout, column = "double" } = figure;
  const { file, format = file.slice(file.lastIndexOf(".") + 1) } = options;
  const known = FORMATS.find((name) => name === format);
  if (!known)
    throw new RangeError(
      `exportFigure: format must be ${FORMATS.join(", ")}, got ${format}; name one, or end the file's name with it`,
    );
  const width = millimetres("exportFigure: width", options.width ?? column);
  const height = options.height && millimetres("exportFigure: height", options.height);
  const browser = await openFigureBrowser();
  if (!browser) throw new Error(NO_BROWSER);
  try {
    const drawing = await browser.draw({ data, layout }, { width, height });
    writeFiles({ [file]: await figureContent(known, drawing, { id, caption }, width) });
  } finally {
    await browser.close();
  }
}
