/** npm run export: figures of a report for a paper, at its widths. */

import { join, resolve } from "node:path";
import { readNotebook } from "./kernel/notebook.js";
import { NO_BROWSER } from "./pictures/browser.js";
import { openFigureBrowser } from "./pictures/drawing.js";
import { FORMATS, type Format, millimetres, writeFigures } from "./pictures/figures.js";
import { type ShownFigure, shownFigures } from "./pictures/pictures.js";
import { readManifest } from "./report/manifest.js";
import { command, counted, inProject, options, print, shortPath } from "./terminal.js";

const USAGE =
  "npm run export [-- --from DIR --out DIR --only ID,ID --width single|double|84mm --height 60mm --format svg,pdf,png,tex]";

command(async () => {
  const given = options(USAGE, {
    from: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
    width: { type: "string" },
    height: { type: "string" },
    format: { type: "string" },
  });
  const formats = chosen("format", given.format, FORMATS) as Format[];
  const width = given.width === undefined ? undefined : millimetres("--width", given.width);
  const height = given.height === undefined ? undefined : millimetres("--height", given.height);
  const from = resolve(given.from ?? inProject("report"));
  const folder = join(given.out === undefined ? from : resolve(given.out), "figures");
  const all = figuresOf(from);
  const ids = chosen(
    "only",
    given.only,
    all.map(({ metadata }) => metadata.figure),
  );
  const figures = all.filter(({ metadata }) => ids.includes(metadata.figure));
  const browser = await openFigureBrowser();
  if (!browser) throw new Error(NO_BROWSER);
  try {
    await writeFigures(figures, browser, folder, { formats, width, height });
  } finally {
    await browser.close();
  }
  const name = figures.length === 1 ? ids[0] : "*";
  const endings = formats.length === 1 ? formats[0] : `{${formats.join(",")}}`;
  print(
    `${counted(figures.length, "figure")} of ${shortPath(from)}: ${join(shortPath(folder), `${name}.${endings}`)}`,
  );
});

/** Figures of a report that a run has finished, and of no other. */
function figuresOf(report: string): ShownFigure[] {
  const manifest = readManifest(report);
  const lack = !manifest ? "holds no report" : manifest.incomplete && "holds an incomplete report";
  if (!manifest || lack)
    throw new Error(
      `--from: ${shortPath(report)} ${lack}; run npm start first, or name the folder of a report`,
    );
  return manifest.notebooks.flatMap((name) => {
    const file = join(report, "notebooks", `${name}.ipynb`);
    return shownFigures(readNotebook(file, "run npm start again"));
  });
}

/** The values of a list between commas; all that there are by default. */
function chosen(option: string, list: string | undefined, all: readonly string[]): string[] {
  const values = list?.split(",").map((value) => value.trim());
  const unknown = values?.find((value) => !all.includes(value));
  if (unknown !== undefined)
    throw new Error(`--${option}: there is no ${unknown}, there are ${all.join(", ")}`);
  return all.filter((value) => values?.includes(value) ?? true);
}
