/** npm start: runs every notebook, exports figures and tables, and renders the report. */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  auditStudy,
  checkStudyDates,
  dataLabel,
  readPanel,
  readStudy,
  STUDY,
  type Study,
  sha256,
  stopOnErrors,
  writeFiles,
} from "neural-beta";
import { executeNotebooks, NOTEBOOKS, notebookNames } from "./kernel/execute.js";
import { type Notebook, notebookText, parseNotebook } from "./kernel/notebook.js";
import { reportPage } from "./page/page.js";
import type { TableFiles } from "./page/table.js";
import { NO_BROWSER } from "./pictures/browser.js";
import { openFigureBrowser } from "./pictures/drawing.js";
import { writeFigures } from "./pictures/figures.js";
import { addPictures, notebookPicture, shownFigures } from "./pictures/pictures.js";
import { command, counted, options, ROOT } from "./terminal.js";
import { auditFact, warningLines } from "./warnings.js";

const USAGE = "npm start [-- --study FILE --out DIR --only 00,05]";

const PARTS = ["notebooks", "tables", "figures", "manifest.json", "index.html"];

command(async () => {
  const given = options(USAGE, {
    study: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
  });
  const out = resolve(given.out ?? fileURLToPath(new URL("report", ROOT)));
  // The project's own folder may hold exports alone.
  if (given.out !== undefined) checkOwned(out);
  const names = notebookNames(given.only);
  const named = given.study ?? process.env.NEURAL_BETA_STUDY;
  const studyFile = named ? resolve(named) : undefined;
  const study = await readStudy(studyFile);
  const inputs = inputHashes(study);
  // What would stop a notebook stops everything, at once.
  const findings = await auditStudy(study);
  stopOnErrors(findings);
  checkStudyDates(study, await readPanel(study));
  for (const line of warningLines(findings)) process.stdout.write(`${line}\n`);
  const browser = await openFigureBrowser();
  // All of the report is made here, and takes the old one's place only when it is complete.
  const staging = join(out, ".unfinished");
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  const clear = () => rmSync(staging, { recursive: true, force: true });
  process.once("exit", clear);
  try {
    const executed = await executeNotebooks(names, {
      NEURAL_BETA_OUT: staging,
      NEURAL_BETA_STUDY: studyFile ?? "",
    });
    await addPictures(
      executed.values(),
      committedNotebooks(names),
      async (figure) => browser && notebookPicture(figure, browser),
    );
    if (browser)
      await writeFigures(
        [...executed.values()].flatMap(shownFigures),
        browser,
        join(staging, "figures"),
      );
    const made = manifest(staging, study, inputs);
    writeFiles({
      [join(staging, "index.html")]: await reportPage({
        notebooks: executed,
        facts: {
          ...studyFacts(study, studyFile),
          Audit: auditFact(findings),
          Fingerprint: `${made.study.slice(0, 12)} (study and data; the same gives the same numbers)`,
        },
        tableFiles: (id) => tableFiles(join(staging, "tables", id)),
      }),
      [join(staging, "manifest.json")]: `${JSON.stringify(made, null, 2)}\n`,
      ...Object.fromEntries(
        [...executed].map(([name, notebook]) => [
          join(staging, "notebooks", `${name}.ipynb`),
          notebookText(notebook),
        ]),
      ),
    });
    replaceReport(staging, out);
  } finally {
    await browser?.close();
    clear();
  }
  if (!browser) process.stdout.write(`${NO_BROWSER}\n`);
  process.stdout.write(
    `${counted(names.length, "notebook")}: ${join(relative(process.cwd(), out) || ".", "index.html")}\n`,
  );
});

/** Notebooks of the repository, whose pictures are reused where a figure is unchanged. */
function committedNotebooks(names: readonly string[]): Notebook[] {
  return names
    .map((name) => join(NOTEBOOKS, `${name}.ipynb`))
    .filter((file) => existsSync(file))
    .map((file) => parseNotebook(readFileSync(file, "utf8"), file));
}

/** What the report was made from and holds: no clock, machine or version of Node, so that it is the same everywhere. */
function manifest(staging: string, study: Study, data: Inputs) {
  const lock = JSON.parse(readFileSync(new URL("package-lock.json", ROOT), "utf8")) as {
    packages: Record<string, { version?: string; dependencies?: object; devDependencies?: object }>;
  };
  const direct = ["", "lib"].flatMap((path) => {
    const { dependencies = {}, devDependencies = {} } = lock.packages[path] ?? {};
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  const hashes = (folder: string, ending: string) =>
    Object.fromEntries(
      listed(join(staging, folder))
        .filter((file) => file.endsWith(ending))
        .map((file) => [basename(file, ending), sha256(readFileSync(join(staging, folder, file)))]),
    );
  return {
    packages: Object.fromEntries(
      direct.sort().map((name) => [name, lock.packages[`node_modules/${name}`]?.version]),
    ),
    study: sha256(JSON.stringify({ ...study, ...data })),
    data,
    tables: hashes("tables", ".csv"),
    figures: hashes("figures", ".json"),
  };
}

/** Moves the finished parts into place, the page last; other files of the folder stay. */
function replaceReport(staging: string, out: string): void {
  for (const part of PARTS) {
    rmSync(join(out, part), { recursive: true, force: true });
    if (existsSync(join(staging, part))) renameSync(join(staging, part), join(out, part));
  }
}

/** What the reader of the page has to know of the study. */
function studyFacts(study: Study, file: string | undefined) {
  const { coins, markets } = study;
  return {
    Study: study === STUDY ? "the report's" : basename(file ?? ""),
    Returns: `${dataLabel(study)}, of ${coins.join(", ")} on ${markets.join(", ")}`,
  };
}

/** Texts of a table's files, named without their endings; undefined where the notebook wrote none. */
function tableFiles(stem: string): TableFiles | undefined {
  if (!existsSync(`${stem}.csv`)) return undefined;
  const read = (ending: string) => readFileSync(`${stem}.${ending}`, "utf8");
  return { csv: read("csv"), html: read("html"), latex: read("tex") };
}

/** Hashes of the files that a study names, by key. */
type Inputs = Readonly<Record<string, string>>;

function inputHashes({ returns, prices, factors }: Study): Inputs {
  const files = {
    ...(prices
      ? Object.fromEntries(prices.map(({ file }, i) => [`prices.${i}.file`, file]))
      : { returns }),
    ...(factors === undefined ? {} : { factors }),
  };
  return Object.fromEntries(Object.entries(files).map(([key, file]) => [key, hashOf(key, file)]));
}

function hashOf(key: string, file: string): string {
  try {
    return sha256(readFileSync(file));
  } catch (error) {
    throw new Error(
      `${key}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}); correct the path in the study`,
    );
  }
}

/** The parts of an old report are replaced: a folder that holds such parts without our manifest is somebody else's. */
function checkOwned(out: string): void {
  const parts = PARTS.filter((part) => existsSync(join(out, part)));
  if (parts.length > 0 && !parts.includes("manifest.json"))
    throw new Error(
      `--out: ${out} holds ${parts.join(", ")} that this command did not write, and would replace; name another folder`,
    );
}

const listed = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => !file.includes(".tmp"))
        .sort()
    : [];
