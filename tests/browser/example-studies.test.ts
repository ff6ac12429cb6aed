/**
 * The reports of the example studies, which `.ci/run` has made in NEURAL_BETA_STUDIES: what their chapters leave out has one of the
 * reasons below, no cell says that it does not apply, and no figure is higher than a page.
 */

import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import type { CodeCell } from "../../tools/dist/kernel/notebook.js";
import { readNotebook } from "../../tools/dist/kernel/notebook.js";
import { foldedChapter } from "../../tools/dist/page/fold.js";
import { shownFigures } from "../../tools/dist/pictures/pictures.js";

/** Why a study may leave a section out, with what makes it right. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^the report prints /, "its printed rows are of its own series, look-back and split"],
  [/^these are claims of the report/, "notebook 10 judges the study's own data instead"],
  [/^periods and events are those of the report's months$/, "they are dates of its sample"],
  [/^the report's year is that of its own data/, "its twelve months are no others'"],
  [
    /^the (weeks|days) that are shipped are those of the report's series$/,
    "a study has one frequency",
  ],
  [/^the study has no daily prices /, "months alone do not say what an hour would change"],
  [
    /^no date of this study's panel, .* is among those of its factors/,
    "simulated years have no factors",
  ],
  [/^this study has no \w+ factors/, "it names none"],
  [/^the factors do not have every date/, "lagged inputs need every date"],
  [/^this study has its own factors, of one vintage, or none$/, "a revision takes two vintages"],
  [/^the study's \d+ coins do not fill \d+ portfolios$/, "one coin cannot be sorted"],
  [/^no sort has the 24 periods/, "fewer dates give no test"],
];

const PAGE = 1600;

const named = process.env.NEURAL_BETA_STUDIES;
const folder = named ? resolve(named) : undefined;
const studies = folder
  ? readdirSync(folder).filter((name) => existsSync(join(folder, name, "index.html")))
  : [];

it("are there", (ctx) => {
  ctx.skip(
    folder === undefined,
    "needs reports of the example studies: name their folder in NEURAL_BETA_STUDIES",
  );
  expect(studies.length).toBeGreaterThan(0);
});

it.each(studies)(
  "%s leaves out only what it has no use for, and shows no figure higher than a page",
  (study) => {
    const notebooks = join(folder!, study, "notebooks");
    for (const file of readdirSync(notebooks)) {
      const notebook = readNotebook(join(notebooks, file));
      const { leftOut } = foldedChapter(notebook);
      const unknown = [...leftOut.keys()].filter(
        (reason) => !REASONS.some(([known]) => known.test(reason)),
      );
      expect(unknown, file).toEqual([]);
      const said = notebook.cells
        .filter((cell): cell is CodeCell => cell.cell_type === "code")
        .flatMap(({ outputs }) => outputs)
        .filter((output) => JSON.stringify(output).includes("Not applicable"));
      expect(said, file).toEqual([]);
      for (const { metadata, plot } of shownFigures(notebook))
        expect(
          (plot.layout as { height?: number }).height ?? 450,
          metadata.figure,
        ).toBeLessThanOrEqual(PAGE);
    }
  },
);
