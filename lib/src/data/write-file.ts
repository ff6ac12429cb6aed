/** Files that are either old or new, never half-written. */

import { copyFileSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { DataError } from "../types.js";

/**
 * Writes all files beside their places, then renames them into place: after a failure every old file is there again.
 *
 * Killed between two renames, it leaves some files new and some old, each of them whole.
 *
 * @param files contents by path
 * @example
 * const file = join(folder, "mine.csv");
 * writeFiles({ [file]: datedCsv(["2024-01-31"], ["BTC"], [0.1]) });
 * (await readDated(file)).values; // [0.1]
 */
export function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): void {
  const paths = Object.keys(files);
  const exists = (path: string) => statSync(path, { throwIfNoEntry: false });
  for (const path of paths)
    if (exists(path)?.isDirectory())
      throw new DataError(`${path}: is a folder where a file must be written; move it away`);
  const fresh = (path: string) => `${path}.${process.pid}.tmp`;
  const old = (path: string) => `${path}.${process.pid}.old.tmp`;
  const replaced: string[] = [];
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(fresh(path), content);
      if (paths.length > 1 && exists(path)) copyFileSync(path, old(path));
    }
    for (const path of paths) {
      renameSync(fresh(path), path);
      replaced.push(path);
    }
  } catch (error) {
    for (const path of replaced)
      if (exists(old(path))) renameSync(old(path), path);
      else rmSync(path);
    throw error;
  } finally {
    for (const path of paths)
      for (const beside of [fresh(path), old(path)]) rmSync(beside, { force: true });
  }
}
