/**
 * The reports of the example studies, which `.ci/run` has made in NEURAL_BETA_STUDIES: what their chapters leave out has one of the
 * reasons below, and the study lacks what that reason says; no cell says that it does not apply, and no figure is higher than a page.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { readFactors, readPanel } from "../../lib/src/data/panel-file.js";
import { shippedFile } from "../../lib/src/data/shipped.js";
import { inRange } from "../../lib/src/panel/calendar.js";
import { isReportPanel, isReportStudy, STUDY, type Study } from "../../lib/src/study.js";
import { readStudy } from "../../lib/src/study-file.js";
import type { Factors, Panel } from "../../lib/src/types.js";
import type { CodeCell } from "../../tools/dist/kernel/notebook.js";
import { readNotebook } from "../../tools/dist/kernel/notebook.js";
import { foldedChapter } from "../../tools/dist/page/fold.js";
import { shownFigures } from "../../tools/dist/pictures/pictures.js";

/** What a study has of what cells need. */
interface Facts {
  readonly study: Study;
  readonly panel: Panel;
  readonly factors: Factors;
}

const ownSplit = ({ study }: Facts) => !isReportStudy(study);
const ownSeries = ({ study }: Facts) => !isReportPanel(study);
const noFactors = ({ panel, factors }: Facts) =>
  panel.dates.every((date) => !factors.dates.includes(date));

/** Why a study may leave a section out: the notebooks' words, what makes it right, and whether the study lacks what its cells need. */
const REASONS: readonly (readonly [RegExp, string, (facts: Facts) => boolean])[] = [
  [/^the report prints rows /, "its printed rows are of its own series", ownSeries],
  [/^the report prints results /, "they are of its own series, look-back and split", ownSplit],
  [/^these are claims of the report/, "notebook 10 judges the study's own data instead", ownSplit],
  [
    /^periods and events are those of the report's months$/,
    "they are dates of its sample",
    ownSplit,
  ],
  [/^the report's year is that of its own data/, "its twelve months are no others'", ownSplit],
  [
    /^the (weeks|days) that are shipped are those of the report's series$/,
    "a study has one frequency",
    ownSeries,
  ],
  [
    /^the study has no daily prices /,
    "months alone do not say what an hour would change",
    ({ study }) => study.frequency === "daily" || !hasDailyPrices(study),
  ],
  [
    /^no date of this study's panel, .* is among those of its factors/,
    "simulated years have no factors",
    noFactors,
  ],
  [/^this study has no \w+ factors/, "it names none", noFactors],
  [
    /^the factors do not have every date/,
    "lagged inputs need every date",
    ({ panel, factors }) => panel.dates.some((date) => !factors.dates.includes(date)),
  ],
  [
    /^this study has its own factors, of one vintage, or none$/,
    "a revision takes two vintages",
    (facts) => facts.study.factors !== STUDY.factors || noFactors(facts),
  ],
  [
    /^the study's \d+ coins do not fill \d+ portfolios$/,
    "one coin cannot be sorted",
    ({ study }) => study.coins.length < 2 * study.sorts.quantiles,
  ],
  [
    /^no sort has the 24 periods/,
    "fewer dates give no test, and one coin no sort",
    ({ study, panel }) =>
      study.coins.length < 2 * study.sorts.quantiles ||
      panel.dates.filter((date) => inRange(date, study.walkForward.test)).length < 24,
  ],
  [/^the trial knows no data, /, "it is the same in every report", ownSplit],
  [
    /^the study has no coins in days$/,
    "the end of a day is that of daily data",
    ({ study }) => study.frequency !== "daily" && !isReportPanel(study),
  ],
];

/** Whether prices of a study lie days apart, as its files' first dates say. */
function hasDailyPrices({ kind, returns, prices }: Study): boolean {
  const files = prices ? prices.map(({ file }) => file) : kind === "prices" ? [returns] : [];
  return files.some((file) => {
    const dates = readFileSync(file, "utf8").match(/^\d{4}-\d{2}-\d{2}/gm) ?? [];
    return Date.parse(dates[1]!) - Date.parse(dates[0]!) < 7 * 86_400_000;
  });
}

async function factsOf(name: string): Promise<Facts> {
  const study = await readStudy(shippedFile(`studies/${name}.json`));
  return { study, panel: await readPanel(study), factors: await readFactors(study) };
}

const PAGE = 1600;

const named = process.env.NEURAL_BETA_STUDIES;
const folder = named ? resolve(named) : undefined;
const studies = folder
  ? readdirSync(folder).filter((name) => existsSync(join(folder, name, "index.html")))
  : [];

it("are those of all example studies", (ctx) => {
  ctx.skip(
    folder === undefined,
    "needs reports of the example studies: name their folder in NEURAL_BETA_STUDIES",
  );
  const shipped = readdirSync(shippedFile("studies")).filter((file) => file.endsWith(".json"));
  expect(studies.map((study) => `${study}.json`).sort()).toEqual(shipped.sort());
});

it.each(studies)(
  "%s leaves out only what it has no use for, and shows no figure higher than a page",
  async (study) => {
    const facts = await factsOf(study);
    const notebooks = join(folder!, study, "notebooks");
    for (const file of readdirSync(notebooks)) {
      const notebook = readNotebook(join(notebooks, file));
      const { leftOut } = foldedChapter(notebook);
      const unjustified = [...leftOut.keys()].filter(
        (reason) => !REASONS.some(([known, , lacks]) => known.test(reason) && lacks(facts)),
      );
      expect(unjustified, file).toEqual([]);
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
