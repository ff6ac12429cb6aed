/** Files that are either old or new, never half-written. */

import {
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { DataError } from "../types.js";

/**
 * Writes all files beside their places, then renames them into place: a failure while writing leaves every old file.
 *
 * @param files contents by path
 */
export function writeFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const path of Object.keys(files))
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new DataError(
        `${path}: is a folder where a file must be written; move it away`,
      );
  const beside = (path: string) => `${path}.${process.pid}.tmp`;
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(beside(path), content);
    }
    for (const path of Object.keys(files)) renameSync(beside(path), path);
  } finally {
    for (const path of Object.keys(files))
      rmSync(beside(path), { force: true });
  }
}
