/** replication.zip: all that somebody else needs to check a report, in one file. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { zipSync } from "fflate";
import { ROOT } from "../terminal.js";
import { type Inputs, inputFiles } from "./inputs.js";
import { COLUMNS } from "./manifest.js";

/** Endings of what is taken along of each folder: the rest can be made from it. */
const FOLDERS = { notebooks: ".ipynb", tables: ".csv", figures: ".json" };

/** What a run was made from, by the names that the files have in the archive. */
export function studyFiles({
  study,
  file,
  contents,
}: Pick<Inputs, "study" | "file" | "contents">): Record<string, Uint8Array> {
  const data = [...new Set(Object.values(inputFiles(study)))];
  const name = (path: string, i: number) => {
    const taken = data.slice(0, i).some((other) => basename(other) === basename(path));
    return `data/${taken ? `${i}-` : ""}${basename(path)}`;
  };
  return Object.fromEntries([
    ...data.map((path, i) => [name(path, i), contents.get(path)!] as const),
    ...(file === undefined ? [] : [[basename(file), contents.get(file)!] as const]),
  ]);
}

/** Files of the archive by their names in it. */
export type Archived = Readonly<Record<string, Uint8Array>>;

/**
 * Notebooks, tables, data of figures, the study with its data, the manifest and the lock file.
 *
 * @param staging folder of the finished report
 * @param study what it was made from, by name in the archive
 */
export function archiveFiles(staging: string, study: Archived): Archived {
  const made = Object.entries(FOLDERS).flatMap(([folder, ending]) =>
    namesIn(join(staging, folder))
      .filter((name) => name.endsWith(ending))
      .map((name) => [`${folder}/${name}`, join(staging, folder, name)]),
  );
  const files = [
    ...made,
    [COLUMNS, new URL("docs/tables.md", ROOT)],
    ["manifest.json", join(staging, "manifest.json")],
    ["package-lock.json", new URL("package-lock.json", ROOT)],
  ] as [string, string | URL][];
  return {
    ...study,
    ...Object.fromEntries(files.map(([name, path]) => [name, readFileSync(path)])),
  };
}

/** A zip whose bytes depend on nothing but its files. */
export function zipped(files: Archived): Uint8Array {
  // Zip counts years from 1980, in local time.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1) });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
