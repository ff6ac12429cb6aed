/** npm run data: the derived panel made anew, from its publishers or from files on disk, and what moved by it. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  auditSources,
  type ColumnDrift,
  DataError,
  type DatedSeries,
  type DerivedFile,
  derivedDayShifts,
  derivePanel,
  downloadSources,
  findingText,
  panelDrift,
  readDated,
  readSources,
  type Sources,
  shippedFile,
  stopOnErrors,
  tableCsv,
  tableDayShift,
  tableDrift,
  tableMoves,
  tableText,
  writeFiles,
} from "neural-beta";
import { dataReadme } from "./data-readme.js";
import { command, inProject, options, print, terminalProgress } from "./terminal.js";

const USAGE = "npm run data [-- --from DIR --out DIR --sources FILE --cache DIR --dry-run]";

command(async () => {
  const {
    from,
    out = inProject("data"),
    sources: list = inProject("data/sources.json"),
    cache = inProject(".cache/download"),
    "dry-run": dryRun = false,
  } = options(USAGE, {
    from: { type: "string" },
    out: { type: "string" },
    sources: { type: "string" },
    cache: { type: "string" },
    "dry-run": { type: "boolean" },
  });
  if (from !== undefined && !existsSync(from))
    throw new DataError(`${from}: there is no such folder; correct --from`);
  const listed = readSources(list);
  const sources = from === undefined ? await downloaded(listed, cache) : listed;
  const folder = from ?? cache;
  const files = await derivePanel(folder, sources);
  const findings = await auditSources(folder, sources, files);
  stopOnErrors(findings);
  const shifts = tableCsv(tableDayShift(await derivedDayShifts(folder, sources), ""));
  const readme = dataReadme(files, shifts, sources, folder, out);
  const drift = (await Promise.all(files.map((file) => driftOf(file, out)))).flat();
  if (!dryRun)
    writeFiles({
      ...Object.fromEntries(files.map((file) => [join(out, file.name), file.csv])),
      [join(out, "day-shift.csv")]: shifts,
      [join(out, "README.md")]: readme,
    });
  for (const { name, dates, columns } of files)
    print(`${name}: ${dates.length} rows, ${dates[0]} to ${dates.at(-1)}, ${columns.join(", ")}`);
  for (const finding of findings) print(`warning: ${findingText(finding)}`);
  reportDrift(drift, join(cache, "moves.csv"));
  if (dryRun) print("nothing was written (--dry-run)");
});

async function downloaded(sources: Sources, cache: string): Promise<Sources> {
  const progress = terminalProgress();
  try {
    return await downloadSources(sources, {
      folder: cache,
      onProgress: progress.update,
    });
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const joint = error.message.includes("\n") ? "\n" : ": ";
    throw new DataError(
      `${error.message}${joint}the committed panel stays in use; to build from files on disk use --from DIR`,
    );
  } finally {
    progress.clear();
  }
}

/** A new file against the one it replaces, or, where there is none yet, against the shipped one. */
async function driftOf(
  { name, dates, columns, values }: DerivedFile,
  out: string,
): Promise<ColumnDrift[]> {
  const old = [join(out, name), shippedFile(name)].find((f) => existsSync(f));
  const now = { dates, names: columns, values };
  if (old === undefined) return panelDrift(name, NOTHING, now);
  try {
    return panelDrift(name, await readDated(old), now);
  } catch {
    // A panel that is damaged is replaced like any other.
    print(`${old}: is no panel file, every value counts as added`);
    return panelDrift(name, NOTHING, now);
  }
}

const NOTHING: DatedSeries = {
  dates: [],
  names: [],
  values: new Float64Array(),
};

function reportDrift(drift: readonly ColumnDrift[], file: string): void {
  const table = tableDrift(drift);
  print(table.rows.length > 0 ? tableText(table) : table.notes!.join("\n"));
  const moves = tableMoves(drift);
  if (moves.rows.length === 0) return;
  writeFiles({ [file]: tableCsv(moves) });
  print(`every value that moved: ${file}`);
}
