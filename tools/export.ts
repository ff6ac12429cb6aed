/** npm run export: figures for a paper, at its widths; from the last report, or else from the committed notebooks. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { COLUMN_WIDTHS } from "neural-beta";
import { NOTEBOOKS } from "./kernel/execute.js";
import { parseNotebook } from "./kernel/notebook.js";
import { NO_BROWSER } from "./pictures/browser.js";
import { openFigureBrowser } from "./pictures/drawing.js";
import { FORMATS, type Format, writeFigures } from "./pictures/figures.js";
import { type ShownFigure, shownFigures } from "./pictures/pictures.js";
import { command, counted, options, ROOT } from "./terminal.js";

const USAGE =
  "npm run export [-- --only ID,ID --width single|double|84mm --height 60mm --format svg,pdf,png,tex --out DIR]";

/** Below, no label is legible; above, no paper is as wide. */
const MILLIMETRES = [20, 500] as const;

command(async () => {
  const given = options(USAGE, {
    only: { type: "string" },
    width: { type: "string" },
    height: { type: "string" },
    format: { type: "string" },
    out: { type: "string" },
  });
  const formats = chosen("format", given.format, FORMATS) as Format[];
  const column = COLUMN_WIDTHS[given.width as keyof typeof COLUMN_WIDTHS];
  const width = column ?? millimetres("width", given.width);
  const height = millimetres("height", given.height);
  const out = resolve(given.out ?? fileURLToPath(new URL("report", ROOT)));
  const source = existsSync(join(out, "notebooks")) ? join(out, "notebooks") : NOTEBOOKS;
  const all = figuresOf(source);
  const ids = chosen(
    "only",
    given.only,
    all.map(({ metadata }) => metadata.figure),
  );
  const figures = all.filter(({ metadata }) => ids.includes(metadata.figure));
  const browser = await openFigureBrowser();
  if (!browser) throw new Error(NO_BROWSER);
  const folder = join(out, "figures");
  try {
    await writeFigures(figures, browser, folder, { formats, width, height });
  } finally {
    await browser.close();
  }
  const here = (path: string) => relative(process.cwd(), path) || ".";
  process.stdout.write(
    `${counted(figures.length, "figure")} of ${here(source)}: ${here(folder)}/${figures.length === 1 ? ids[0] : "*"}.${formats.length === 1 ? formats[0] : `{${formats.join(",")}}`}\n`,
  );
});

function figuresOf(folder: string): ShownFigure[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ipynb"))
    .sort()
    .flatMap((file) => shownFigures(parseNotebook(readFileSync(join(folder, file), "utf8"), file)));
}

/** The values of a list between commas; all that there are by default. */
function chosen(option: string, list: string | undefined, all: readonly string[]): string[] {
  const values = list?.split(",").map((value) => value.trim());
  const unknown = values?.find((value) => !all.includes(value));
  if (unknown !== undefined)
    throw new Error(`--${option}: there is no ${unknown}, there are ${all.join(", ")}`);
  return all.filter((value) => values?.includes(value) ?? true);
}

function millimetres(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(/^([\d.]+)mm$/.exec(text)?.[1]);
  const [least, most] = MILLIMETRES;
  if (!(value >= least && value <= most))
    throw new Error(
      `--${option}: must be millimetres between ${least}mm and ${most}mm${option === "width" ? ", single or double" : ""}, got ${text}`,
    );
  return value;
}
