/** npm start: runs every notebook, exports figures and tables, and renders the report. */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readStudy, STUDY, type Study, sha256, writeFiles } from "neural-beta";
import {
  type FigureBrowser,
  NO_BROWSER,
  openFigureBrowser,
} from "./browser.js";
import { executeNotebooks, NOTEBOOKS, notebookNames } from "./execute.js";
import { type Notebook, notebookText, parseNotebook } from "./notebook.js";
import { reportPage } from "./page.js";
import { addPictures } from "./pictures.js";
import {
  command,
  counted,
  options,
  ROOT,
  terminalProgress,
} from "./terminal.js";

const USAGE = "npm start [-- --study FILE --out DIR --only 00,05]";

const PARTS = ["notebooks", "tables", "figures", "manifest.json", "index.html"];

command(async () => {
  const given = options(USAGE, {
    study: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
  });
  const out = resolve(given.out ?? fileURLToPath(new URL("report", ROOT)));
  checkOwned(out);
  const names = notebookNames(given.only);
  const named = given.study ?? process.env.NEURAL_BETA_STUDY;
  const studyFile = named ? resolve(named) : undefined;
  const study = await readStudy(studyFile);
  const inputs = {
    returns: hashOf("returns", study),
    factors: hashOf("factors", study),
  };
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
      async ({ plot }) => browser?.draw(plot),
    );
    if (browser) await drawFigures(browser, join(staging, "figures"));
    const line = studyLine(study, studyFile);
    writeFiles({
      [join(staging, "index.html")]: await reportPage(executed, line),
      [join(staging, "manifest.json")]: manifest(staging, study, inputs),
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

async function drawFigures(
  browser: FigureBrowser,
  folder: string,
): Promise<void> {
  const files = listed(folder);
  const progress = terminalProgress();
  for (const [i, file] of files.entries()) {
    progress.update(`figure ${basename(file, ".json")}`, i, files.length);
    const { svg, pdf, png } = await browser.draw(
      JSON.parse(readFileSync(join(folder, file), "utf8")),
    );
    const stem = join(folder, basename(file, ".json"));
    writeFiles({
      [`${stem}.svg`]: svg,
      [`${stem}.pdf`]: pdf,
      [`${stem}.png`]: png,
    });
  }
  progress.clear();
}

/** What the report was made from and holds: no clock, machine or version of Node, so that it is the same everywhere. */
function manifest(staging: string, study: Study, data: Inputs): string {
  const lock = JSON.parse(
    readFileSync(new URL("package-lock.json", ROOT), "utf8"),
  ) as {
    packages: Record<
      string,
      { version?: string; dependencies?: object; devDependencies?: object }
    >;
  };
  const direct = ["", "lib"].flatMap((path) => {
    const { dependencies = {}, devDependencies = {} } =
      lock.packages[path] ?? {};
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  const hashes = (folder: string, ending: string) =>
    Object.fromEntries(
      listed(join(staging, folder))
        .filter((file) => file.endsWith(ending))
        .map((file) => [
          basename(file, ending),
          sha256(readFileSync(join(staging, folder, file))),
        ]),
    );
  const content = {
    packages: Object.fromEntries(
      direct
        .sort()
        .map((name) => [name, lock.packages[`node_modules/${name}`]?.version]),
    ),
    study: sha256(JSON.stringify({ ...study, ...data })),
    data,
    tables: hashes("tables", ".csv"),
    figures: hashes("figures", ".json"),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Moves the finished parts into place, the page last; other files of the folder stay. */
function replaceReport(staging: string, out: string): void {
  for (const part of PARTS) {
    rmSync(join(out, part), { recursive: true, force: true });
    if (existsSync(join(staging, part)))
      renameSync(join(staging, part), join(out, part));
  }
}

function studyLine(study: Study, file: string | undefined): string {
  const { coins, markets, frequency } = study;
  const name =
    study === STUDY ? "The report's study" : `Study ${basename(file ?? "")}`;
  return `${name}: ${coins.join(", ")} on ${markets.join(", ")}, ${frequency}.`;
}

/** Hashes of the files that a study names. */
interface Inputs {
  readonly returns: string;
  readonly factors: string;
}

function hashOf(key: keyof Inputs, study: Study): string {
  try {
    return sha256(readFileSync(study[key]));
  } catch (error) {
    throw new Error(
      `${key}: ${study[key]} cannot be read (${(error as NodeJS.ErrnoException).code}); correct the path in the study`,
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
