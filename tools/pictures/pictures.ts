/** PNG pictures inside notebooks: the fallback that every viewer shows. */

import type { IOutput } from "@jupyterlab/nbformat";
import { COLUMN_WIDTHS, PLOTLY } from "neural-beta";
import { type Notebook, sorted } from "../kernel/notebook.js";
import type { FigureBrowser } from "./drawing.js";

/** The metadata that `show` gives a figure's output. */
export interface FigureMetadata {
  readonly figure: string;
  readonly caption: string;
  readonly alt: string;
  readonly column?: keyof typeof COLUMN_WIDTHS;
}

export interface ShownFigure {
  readonly output: IOutput;
  readonly data: Record<string, unknown>;
  readonly plot: { readonly data: object; readonly layout: object };
  readonly metadata: FigureMetadata;
}

/** Every figure that a notebook shows. */
export function shownFigures(notebook: Notebook): ShownFigure[] {
  return notebook.cells
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []))
    .flatMap((output) => {
      const data = output.data as Record<string, unknown> | undefined;
      const plot = data?.[PLOTLY] as ShownFigure["plot"] | undefined;
      const metadata = (output.metadata as Record<string, unknown> | undefined)?.["neural-beta"] as
        | FigureMetadata
        | undefined;
      return data && plot && metadata ? [{ output, data, plot, metadata }] : [];
    });
}

/**
 * Puts a PNG beside every figure: the one of an earlier notebook whose figure is the same to the letter, else a new one.
 *
 * @param earlier notebooks whose pictures may be reused
 * @param draw the PNG of a figure, or undefined where no browser is installed
 * @returns ids of the figures that have no picture
 */
export async function addPictures(
  notebooks: Iterable<Notebook>,
  earlier: Iterable<Notebook>,
  draw: (figure: ShownFigure) => Promise<Buffer | undefined>,
): Promise<string[]> {
  const key = ({ plot }: ShownFigure) => JSON.stringify(sorted(plot));
  const known = new Map(
    [...earlier]
      .flatMap(shownFigures)
      .filter(({ data }) => typeof data["image/png"] === "string")
      .map((figure) => [key(figure), figure.data["image/png"]]),
  );
  const missing: string[] = [];
  for (const figure of [...notebooks].flatMap(shownFigures)) {
    const png = known.get(key(figure)) ?? (await draw(figure))?.toString("base64");
    if (png === undefined) missing.push(figure.metadata.figure);
    else figure.data["image/png"] = png;
  }
  return missing;
}

/** 1140 pixels of width: sharp where a viewer shows a figure at 760. */
const DOTS_PER_INCH = (1140 / COLUMN_WIDTHS.double) * 25.4;

/** The picture of a figure for notebooks: two columns wide, whatever its width in a paper. */
export async function notebookPicture(
  { plot }: ShownFigure,
  browser: FigureBrowser,
): Promise<Buffer> {
  const drawing = await browser.draw(plot, { width: COLUMN_WIDTHS.double });
  return drawing.png(DOTS_PER_INCH);
}
