/** Files that are either old or new, never half-written. */

import {
  closeSync,
  copyFileSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "../types.js";
import { makeFolder } from "./make-folder.js";
import { fileError } from "./read-file.js";

/** What a file shall hold: text, bytes, or text in parts. */
type FileContent = string | Uint8Array | Iterable<string>;

/**
 * Writes all files beside their places, then renames them into place: after a failure every old file is there again.
 *
 * Killed between two renames, it leaves some files new and some old, each of them whole; what else it leaves beside them is
 * cleared when they are written again.
 *
 * @param files contents by path, in parts where one is too large for a single text
 * @throws DataError naming the file that cannot be written, and what to do
 * @example
 * const file = join(folder, "mine.csv");
 * writeFiles({ [file]: datedCsv(["2024-01-31"], ["BTC"], [0.1]) });
 * (await readDated(file)).values; // [0.1]
 */
export function writeFiles(files: Readonly<Record<string, FileContent>>): void {
  const paths = Object.keys(files);
  const exists = (path: string) => statSync(path, { throwIfNoEntry: false });
  for (const path of paths) checkReplaceable(path);
  // What is being done to which file, for the message.
  let at = paths[0] ?? "";
  const fresh = (path: string) => `${path}.${process.pid}.tmp`;
  const old = (path: string) => `${path}.${process.pid}.old.tmp`;
  const replaced: string[] = [];
  try {
    for (const [path, content] of Object.entries(files)) {
      at = path;
      makeFolder(dirname(path));
      writeContent(fresh(path), content);
      if (paths.length > 1 && exists(path)) copyFileSync(path, old(path));
    }
    for (const path of paths) {
      at = path;
      renameSync(fresh(path), path);
      replaced.push(path);
    }
  } catch (error) {
    for (const path of replaced)
      if (exists(old(path))) renameSync(old(path), path);
      else rmSync(path);
    // What makes the content may fail too, by an error of its own.
    const isSystem = (error as NodeJS.ErrnoException).syscall !== undefined;
    throw isSystem ? fileError(at, "cannot be written", error) : error;
  } finally {
    for (const path of paths)
      for (const beside of [fresh(path), old(path)]) rmSync(beside, { force: true });
    clearKilled(paths);
  }
}

function writeContent(path: string, content: FileContent): void {
  const whole = typeof content === "string" || content instanceof Uint8Array;
  const file = openSync(path, "w");
  try {
    for (const part of whole ? [content] : content) writeFileSync(file, part);
  } finally {
    closeSync(file);
  }
}

/** Removes what writers of these files that were killed have left: its name has the number of their process. */
function clearKilled(paths: readonly string[]): void {
  for (const folder of new Set(paths.map(dirname))) {
    const ours = new Set(
      paths.filter((path) => dirname(path) === folder).map((path) => basename(path)),
    );
    const names = statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : [];
    for (const name of names) {
      const [, file, pid] = /^(.*)\.(\d+)(?:\.old)?\.tmp$/.exec(name) ?? [];
      if (file !== undefined && ours.has(file) && hasEnded(Number(pid)))
        rmSync(join(folder, name), { force: true });
    }
  }
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

/** @throws DataError if what is in a file's place is no file, or cannot be looked at */
function checkReplaceable(path: string): void {
  let stat: Stats | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw fileError(path, "cannot be written", error);
  }
  if (stat?.isDirectory())
    throw new DataError(`${path}: is a folder where a file must be written; move it away`);
  if (stat && !stat.isFile())
    throw new DataError(
      `${path}: is a pipe, a socket or a device where a file must be written; name another place`,
    );
}
