/** Figures that the report before has drawn are not drawn again. */

import { sha256 } from "neural-beta";
import { FORMATS } from "../pictures/figures.js";
import type { ShownFigure } from "../pictures/pictures.js";
import { codeHash, type Making, makeMissing } from "./made-once.js";

/** What draws: the library, and the tools for pictures. */
export const DRAWING: readonly string[] = ["lib/dist/", "tools/dist/pictures/"];

/** Where figures are, and who draws them. */
export interface Drawer extends Omit<Making, "code"> {
  /** Name and version of the browser. */
  readonly browser: string;
}

/**
 * Draws figures into a report, but for those that the report before has of the same code and browser.
 *
 * @param draw writes the files of figures
 */
export async function drawMissing(
  figures: readonly ShownFigure[],
  { browser, ...where }: Drawer,
  draw: (figures: readonly ShownFigure[]) => Promise<void>,
): Promise<void> {
  const products = figures.map((figure) => {
    const { plot, metadata } = figure;
    const files = FORMATS.map((format) => `figures/${metadata.figure}.${format}`);
    return { files, from: [plot, metadata], figure };
  });
  const making = { ...where, code: sha256(browser + codeHash(DRAWING)) };
  await makeMissing(products, making, (missing) => draw(missing.map(({ figure }) => figure)));
}
