/** npm start: runs the notebooks, exports figures and tables, and renders the report. */

import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { budgetText } from "neural-beta";
import { forecast } from "./forecast.js";
import { executeNotebooks, notebookNames, notebookNeeds } from "./kernel/execute.js";
import { NO_BROWSER } from "./pictures/browser.js";
import { openFigureBrowser } from "./pictures/drawing.js";
import { keepChapters, otherChapters } from "./report/chapters.js";
import {
  incompleteIn,
  openReport,
  type ReportFolder,
  removeReport,
  reportIn,
} from "./report/folder.js";
import { type Inputs, readInputs } from "./report/inputs.js";
import { sameOrigin } from "./report/manifest.js";
import { command, counted, inProject, options, print, shortPath } from "./terminal.js";
import { warningLines } from "./warnings.js";

// The page is made of long texts: they are collected when a fifth more is there, a second for a fifth of the memory.
setFlagsFromString("--heap-growing-percent=20");

const USAGE = "npm start [-- --study FILE --out DIR --only 00,05]";

command(async () => {
  const given = options(USAGE, {
    study: { type: "string" },
    out: { type: "string" },
    only: { type: "string" },
  });
  const named = resolve(given.out ?? inProject("report"));
  reportIn(named);
  const names = notebookNames(given.only);
  const inputs = await readInputs(given.study, notebookNeeds(names));
  for (const line of warningLines(inputs.findings)) print(line);
  const out = roomFor(names, inputs, named);
  const folder = openReport(out);
  sayWhatIsKept(out);
  try {
    await makeReport(names, inputs, out, folder);
  } finally {
    folder.close();
  }
});

/** Runs the notebooks and puts their report in place; what a run that fails has made is kept beside it. */
async function makeReport(
  names: readonly string[],
  inputs: Inputs,
  out: string,
  { staging, replace }: ReportFolder,
): Promise<void> {
  const timing = await forecast(names, inputs);
  const budget = budgetText(inputs.study);
  if (budget !== undefined) print(budget);
  print(timing.line);
  // The page's parts take a second to load: a command that is refused does without.
  const { writeReport } = await import("./report/write.js");
  const browser = await openFigureBrowser();
  try {
    const env = { NEURAL_BETA_OUT: staging, NEURAL_BETA_STUDY: inputs.file ?? "" };
    const { executed, failed } = await executeNotebooks(names, env, timing);
    if (failed) {
      if (executed.size > 0) {
        await writeReport(
          staging,
          { inputs, before: out, executed, kept: new Map(), failed },
          browser,
        );
        replace(incompleteIn(out));
      }
      throw new Error([failed.message, ...whatIsKept(executed.size, out)].join("\n"));
    }
    const others = otherChapters(reportIn(out), names);
    const kept = keepChapters(out, others, staging);
    await writeReport(staging, { inputs, before: out, executed, kept }, browser);
    replace(out);
    if (otherChapters(reportIn(incompleteIn(out)), names).length === 0)
      removeReport(incompleteIn(out));
    if (!browser) print(NO_BROWSER);
    const beside = others.length === 0 ? "" : ` (${counted(others.length, "other chapter")} kept)`;
    print(`${counted(names.length, "notebook")}: ${shortPath(join(out, "index.html"))}${beside}`);
  } finally {
    await browser?.close();
  }
}

/**
 * The folder for a run of some notebooks. Chapters that it does not make stay, if they are made from the same study, data and
 * packages; else the run goes into a folder of its own beside the one that was named.
 */
function roomFor(names: readonly string[], { file, origin }: Inputs, named: string): string {
  const fits = (folder: string) => {
    const report = reportIn(folder);
    return !report || otherChapters(report, names).length === 0 || sameOrigin(report, origin);
  };
  if (fits(named)) return named;
  const beside = `${named}-${file ? basename(file, ".json") : "default"}`;
  if (!fits(beside))
    throw new Error(
      `--only: ${shortPath(named)} and ${shortPath(beside)} hold chapters on other choices, data or packages, which would be lost; name another folder with --out, or run without --only`,
    );
  print(
    `${shortPath(named)} holds chapters on other choices, data or packages and stays as it is; this run goes to ${shortPath(beside)}`,
  );
  return beside;
}

function whatIsKept(notebooks: number, out: string): string[] {
  const report = existsSync(join(out, "index.html")) ? [`${shortPath(out)} is as it was`] : [];
  if (notebooks === 0) return report;
  const page = shortPath(join(incompleteIn(out), "index.html"));
  return [
    [`${counted(notebooks, "finished notebook")}, marked as incomplete: ${page}`, ...report].join(
      "; ",
    ),
  ];
}

/** Ctrl-C and its like: the exit has its code, the user the way on. */
function sayWhatIsKept(out: string): void {
  process.once("exit", (code) => {
    if (code > 128)
      print(
        `stopped: ${["trained networks are kept in .cache", ...whatIsKept(0, out)].join(", ")}; the same command goes on from there`,
      );
  });
}
