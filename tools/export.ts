/** npm run export: figures of a report for a paper, at its widths; tables for programs that read columns. */

import { join, resolve } from "node:path";
import { readNotebook } from "./kernel/notebook.js";
import { NO_BROWSER } from "./pictures/browser.js";
import { openFigureBrowser } from "./pictures/drawing.js";
import { FORMATS, type Format, millimetres, writeFigures } from "./pictures/figures.js";
import { type ShownFigure, shownFigures } from "./pictures/pictures.js";
import { drawMissing } from "./report/drawn.js";
import { type Manifest, readManifest } from "./report/manifest.js";
import { TABLE_FORMATS, writeTableFiles } from "./report/table-files.js";
import { command, counted, inProject, options, print, shortPath } from "./terminal.js";

const USAGE =
  "npm run export [-- --from DIR --out DIR --only ID,ID --width single|double|84mm --height 60mm --format svg,pdf,png,tex,parquet,arrow]";

command(async () => {
  const given = options(USAGE, {
    from: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
    width: { type: "string" },
    height: { type: "string" },
    format: { type: "string" },
  });
  const formats =
    given.format === undefined
      ? FORMATS
      : chosen("format", given.format, [...FORMATS, ...TABLE_FORMATS]);
  const width = given.width === undefined ? undefined : millimetres("--width", given.width);
  const height = given.height === undefined ? undefined : millimetres("--height", given.height);
  const from = resolve(given.from ?? inProject("report"));
  const to = given.out === undefined ? from : resolve(given.out);
  const manifest = finishedReport(from);
  const figures = formats.filter((format): format is Format => FORMATS.includes(format as Format));
  const tables = TABLE_FORMATS.filter((format) => formats.some((named) => named === format));
  const all = figures.length > 0 ? figuresOf(from, manifest) : [];
  const tableIds = tables.length > 0 ? Object.keys(manifest.tables) : [];
  const figureIds = all.map(({ metadata }) => metadata.figure);
  const ids = chosen("only", given.only, [...figureIds, ...tableIds]);
  if (figureIds.some((id) => ids.includes(id)))
    await exportFigures(
      all.filter(({ metadata }) => ids.includes(metadata.figure)),
      { from, to },
      { formats: figures, width, height },
    );
  const wanted = tableIds.filter((id) => ids.includes(id));
  if (wanted.length > 0) {
    const folder = join(to, "tables");
    const files = wanted.map((id) => [id, join(from, "tables", `${id}.csv`)] as const);
    await writeTableFiles(Object.fromEntries(files), folder, tables);
    say("table", wanted, tables, folder);
  }
});

async function exportFigures(
  figures: readonly ShownFigure[],
  { from, to }: { readonly from: string; readonly to: string },
  options: Parameters<typeof writeFigures>[3] & { readonly formats: readonly Format[] },
): Promise<void> {
  const browser = await openFigureBrowser();
  if (!browser) throw new Error(NO_BROWSER);
  const folder = join(to, "figures");
  const { formats, width, height } = options;
  try {
    // As the report has them already: drawn in all formats, each as wide as it says itself.
    if (formats.length === FORMATS.length && width === undefined && height === undefined)
      await drawMissing(
        figures,
        { before: from, staging: to, browser: browser.version },
        (missing) => writeFigures(missing, browser, folder),
      );
    else await writeFigures(figures, browser, folder, options);
  } finally {
    await browser.close();
  }
  const ids = figures.map(({ metadata }) => metadata.figure);
  say("figure", ids, formats, folder);
}

function say(
  kind: string,
  ids: readonly string[],
  formats: readonly string[],
  folder: string,
): void {
  const name = ids.length === 1 ? ids[0] : "*";
  const endings = formats.length === 1 ? formats[0] : `{${formats.join(",")}}`;
  print(`${counted(ids.length, kind)}: ${join(shortPath(folder), `${name}.${endings}`)}`);
}

/** The manifest of a report that a run has finished, and of no other. */
function finishedReport(report: string): Manifest {
  const manifest = readManifest(report);
  const lack = !manifest ? "holds no report" : manifest.incomplete && "holds an incomplete report";
  if (!manifest || lack)
    throw new Error(
      `--from: ${shortPath(report)} ${lack}; run npm start first, or name the folder of a report`,
    );
  return manifest;
}

function figuresOf(report: string, { notebooks }: Manifest): ShownFigure[] {
  return notebooks.flatMap((name) => {
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
