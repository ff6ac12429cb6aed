/** replication.zip: all that somebody else needs to check a report, in one file. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { zipSync } from "fflate";
import type { Study } from "neural-beta";
import { ROOT } from "../terminal.js";
import { inputFiles } from "./inputs.js";
import { COLUMNS } from "./manifest.js";

/** Endings of what is taken along of each folder: the rest can be made from it. */
const FOLDERS = { notebooks: ".ipynb", tables: ".csv", figures: ".json" };

/** Files of a study by the names that they have in the archive. */
export function studyFiles(study: Study, file: string | undefined): Record<string, string> {
  const data = [...new Set(Object.values(inputFiles(study)))];
  const name = (path: string, i: number) => {
    const taken = data.slice(0, i).some((other) => basename(other) === basename(path));
    return `data/${taken ? `${i}-` : ""}${basename(path)}`;
  };
  return {
    ...Object.fromEntries(data.map((path, i) => [name(path, i), path])),
    ...(file === undefined ? {} : { [basename(file)]: file }),
  };
}

/**
 * Notebooks, tables, data of figures, the study with its data, the manifest and the lock file, as a zip whose bytes depend on
 * nothing else.
 *
 * @param staging folder of the finished report
 * @param study files of the study by their names in the archive
 */
export function replicationArchive(
  staging: string,
  study: Readonly<Record<string, string>>,
): Uint8Array {
  const made = Object.entries(FOLDERS).flatMap(([folder, ending]) =>
    namesIn(join(staging, folder))
      .filter((name) => name.endsWith(ending))
      .map((name) => [`${folder}/${name}`, join(staging, folder, name)]),
  );
  const files = [
    ...made,
    ...Object.entries(study),
    [COLUMNS, new URL("docs/tables.md", ROOT)],
    ["manifest.json", join(staging, "manifest.json")],
    ["package-lock.json", new URL("package-lock.json", ROOT)],
  ] as [string, string | URL][];
  return zipSync(
    Object.fromEntries(files.map(([name, path]) => [name, readFileSync(path)])),
    // Zip counts years from 1980, in local time.
    { level: 6, mtime: new Date(1980, 0, 1) },
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
