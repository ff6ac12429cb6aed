/** npm run notebooks: executes the notebooks and writes them with outputs; --check compares a rerun instead. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "neural-beta";
import { executeNotebooks, NOTEBOOKS, notebookNames } from "./kernel/execute.js";
import { type Notebook, notebookText, readNotebook } from "./kernel/notebook.js";
import { hasUnpairedEdits } from "./kernel/pairing.js";
import { NO_BROWSER } from "./pictures/browser.js";
import { type FigureBrowser, openFigureBrowser } from "./pictures/drawing.js";
import { addPictures, notebookPicture, shownFigures } from "./pictures/pictures.js";
import { command, counted, options } from "./terminal.js";

const README_FIGURE = "learning-curve";

command(async () => {
  const { only, check } = options("npm run notebooks -- [--only 00,05] [--check DIR]", {
    only: { type: "string" },
    check: { type: "string" },
  });
  const names = notebookNames(only);
  if (check === undefined) await rerun(names);
  else compare(names, check);
});

async function rerun(names: readonly string[]): Promise<void> {
  const earlier = names.flatMap((name) => {
    const notebook = read(join(NOTEBOOKS, `${name}.ipynb`));
    if (notebook && hasUnpairedEdits(notebook))
      throw new Error(
        `notebooks/${name}.ipynb has edits that its .nb.ts has not; run "npm run pair" first`,
      );
    return notebook ?? [];
  });
  const { executed, failed } = await executeNotebooks(names, {
    // The committed notebooks are the report's study, whatever the shell says.
    NEURAL_BETA_STUDY: "",
    NEURAL_BETA_OUT: "",
  });
  if (failed) throw new Error(failed.message);
  let browser: FigureBrowser | undefined;
  try {
    const missing = await addPictures(executed.values(), earlier, async (figure) => {
      browser ??= await openFigureBrowser();
      return browser && notebookPicture(figure, browser);
    });
    if (missing.length > 0)
      process.stdout.write(`${NO_BROWSER}; without a picture: ${missing.join(", ")}\n`);
  } finally {
    await browser?.close();
  }
  writeFiles(
    Object.fromEntries(
      [...executed].map(([name, notebook]) => [
        join(NOTEBOOKS, `${name}.ipynb`),
        notebookText(notebook),
      ]),
    ),
  );
  writeReadmePicture([...executed.values()]);
  process.stdout.write(`${counted(names.length, "notebook")} executed\n`);
}

/** The README's picture is a figure of a notebook, never drawn apart. */
function writeReadmePicture(notebooks: readonly Notebook[]): void {
  const figure = notebooks
    .flatMap(shownFigures)
    .find(({ metadata }) => metadata.figure === README_FIGURE);
  const png = figure?.data["image/png"];
  if (typeof png === "string")
    writeFiles({
      [join(NOTEBOOKS, `${README_FIGURE}.png`)]: Buffer.from(png, "base64"),
    });
}

/** @throws Error naming the first notebook whose committed file is not what the rerun gave */
function compare(names: readonly string[], folder: string): void {
  for (const name of names) {
    const [committed, again] = [NOTEBOOKS, folder].map((where) => {
      const notebook = read(join(where, `${name}.ipynb`));
      if (!notebook) throw new Error(`${join(where, `${name}.ipynb`)}: there is no such file`);
      return withoutPictures(notebook).split("\n");
    }) as [string[], string[]];
    const line = again.findIndex((text, i) => text !== committed[i]);
    if (line >= 0 || committed.length !== again.length)
      throw new Error(
        `notebooks/${name}.ipynb is not what a rerun gives, first in line ${line + 1}:\n  committed: ${committed[line]?.slice(0, 200)}\n  rerun:     ${again[line]?.slice(0, 200)}\nrun "npm run notebooks" and commit the result`,
      );
  }
  process.stdout.write(`${names.length} notebooks are what a rerun gives\n`);
}

/** Everything but the bytes of pictures, which depend on the browser that drew them. */
function withoutPictures(notebook: Notebook): string {
  for (const { data } of shownFigures(notebook)) if ("image/png" in data) data["image/png"] = "";
  return notebookText(notebook);
}

function read(file: string): Notebook | undefined {
  return existsSync(file) ? readNotebook(file) : undefined;
}
