/** Writes a report from executed notebooks: pictures, figures, page, manifest. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256, writeFiles } from "neural-beta";
import { csvRecords } from "../csv.js";
import { NOTEBOOKS } from "../kernel/execute.js";
import { type Notebook, notebookText, readNotebook } from "../kernel/notebook.js";
import { BIBTEX } from "../page/bibliography.js";
import { abstractText } from "../page/chapter.js";
import { citationOf } from "../page/citation.js";
import type { LiveInput } from "../page/live.js";
import { type PageInput, reportPage, TITLE } from "../page/page.js";
import { summaryFigures, summaryPdf } from "../page/summary.js";
import type { TableFiles } from "../page/table.js";
import type { FigureBrowser } from "../pictures/drawing.js";
import { writeFigures } from "../pictures/figures.js";
import { addPictures, notebookPicture, shownFigures } from "../pictures/pictures.js";
import { ROOT } from "../terminal.js";
import { type Archived, archiveFiles, studyFiles, zipped } from "./archive.js";
import { shownIds } from "./chapters.js";
import { DRAWING, drawMissing } from "./drawn.js";
import { type Inputs, inputFacts } from "./inputs.js";
import { codeHash, type Making, makeOnce } from "./made-once.js";
import { COLUMNS, type Manifest, REFERENCES, SUMMARY } from "./manifest.js";

export interface ReportParts {
  readonly inputs: Inputs;
  /** Folder of the report that is replaced. */
  readonly before: string;
  /** Notebooks of this run, by name. */
  readonly executed: ReadonlyMap<string, Notebook>;
  /** Notebooks of the report that is updated, with their pictures and files. */
  readonly kept: ReadonlyMap<string, Notebook>;
  /** The notebook that failed, and why. */
  readonly failed?: { readonly name: string; readonly message: string } | undefined;
}

/** @param staging has the tables and the figures as JSON already; everything else is added */
export async function writeReport(
  staging: string,
  { inputs, before, executed, kept, failed }: ReportParts,
  browser: FigureBrowser | undefined,
): Promise<void> {
  const figures = [...executed.values()].flatMap(shownFigures);
  await addPictures(
    executed.values(),
    committedNotebooks([...executed.keys()]),
    async (figure) => browser && notebookPicture(figure, browser),
  );
  if (browser)
    await drawMissing(figures, { before, staging, browser: browser.version }, (missing) =>
      writeFigures(missing, browser, join(staging, "figures")),
    );
  const notebooks = new Map([...executed, ...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
  const ids = shownIds(notebooks.values());
  const hashes = (names: readonly string[], folder: string, ending: string) =>
    Object.fromEntries(
      names.map((id) => [id, sha256(readFileSync(join(staging, folder, `${id}.${ending}`)))]),
    );
  const manifest: Manifest = {
    ...inputs.origin,
    ...(failed && { incomplete: failed.name }),
    notebooks: [...notebooks.keys()],
    tables: hashes(ids.tables, "tables", "csv"),
    figures: hashes(ids.figures, "figures", "json"),
  };
  const citation = citationOf(readFileSync(new URL("CITATION.cff", ROOT), "utf8"));
  const csv = (id: string) =>
    ids.tables.includes(id)
      ? readFileSync(join(staging, "tables", `${id}.csv`), "utf8")
      : undefined;
  writeFiles({
    [join(staging, "index.html")]: await reportPage({
      notebooks,
      facts: {
        ...(failed && { Incomplete: `the run ended in ${failed.message.split("\n")[0]}` }),
        ...inputFacts(inputs),
      },
      citation,
      tableFiles: (id) => tableFiles(join(staging, "tables", id)),
      live: { study: inputs.study, panel: inputs.panel, csv },
    }),
    [join(staging, COLUMNS)]: readFileSync(new URL("docs/tables.md", ROOT), "utf8"),
    [join(staging, REFERENCES)]: readFileSync(new URL(BIBTEX, ROOT), "utf8"),
    [join(staging, "manifest.json")]: `${JSON.stringify(manifest, null, 2)}\n`,
    ...Object.fromEntries(
      [...notebooks].map(([name, notebook]) => [
        join(staging, "notebooks", `${name}.ipynb`),
        notebookText(notebook),
      ]),
    ),
  });
  if (browser) await writeSummary({ before, staging }, { notebooks, csv, citation }, browser);
  await writeArchive({ before, staging }, archiveFiles(staging, studyFiles(inputs)));
}

const ARCHIVE = "replication.zip";

/** Of the report before, and of the one that is made. */
type Folders = Pick<Making, "before" | "staging">;

/** The archive of a report, unless the one before it holds the same. */
async function writeArchive(folders: Folders, archived: Archived): Promise<void> {
  const from = Object.entries(archived).map(([name, content]) => [name, sha256(content)]);
  const making = { ...folders, code: codeHash(["tools/dist/report/archive.js"]) };
  await makeOnce({ name: ARCHIVE, from }, making, () => zipped(archived));
}

/** The report on one page, of one that has an abstract. */
async function writeSummary(
  folders: Folders,
  { notebooks, csv, citation }: Pick<PageInput, "notebooks" | "citation"> & Pick<LiveInput, "csv">,
  browser: FigureBrowser,
): Promise<void> {
  const all = [...notebooks.values()];
  const abstract = abstractText(all);
  if (abstract === "") return;
  const claims = csvRecords(csv("claims") ?? csv("study-claims") ?? "");
  const summary = {
    ...{ title: TITLE, abstract, figures: summaryFigures(all.flatMap(shownFigures)), citation },
    verdicts: claims.map(({ verdict }) => verdict!),
  };
  const from = {
    ...summary,
    figures: summary.figures.map(({ plot, metadata }) => [plot, metadata]),
  };
  const code = sha256(browser.version + codeHash([...DRAWING, "tools/dist/page/", "tools/page/"]));
  await makeOnce({ name: SUMMARY, from }, { ...folders, code }, () => summaryPdf(summary, browser));
}

/** Notebooks of the repository, whose pictures are reused where a figure is unchanged. */
function committedNotebooks(names: readonly string[]): Notebook[] {
  return names
    .map((name) => join(NOTEBOOKS, `${name}.ipynb`))
    .filter((file) => existsSync(file))
    .map((file) => readNotebook(file));
}

/** Texts of a table's files, named without their endings; undefined for one that was written as CSV alone. */
function tableFiles(stem: string): TableFiles | undefined {
  if (!existsSync(`${stem}.tex`)) return undefined;
  const read = (ending: string) => readFileSync(`${stem}.${ending}`, "utf8");
  return { csv: read("csv"), html: read("html"), latex: read("tex") };
}
