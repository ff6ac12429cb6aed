/** Reading and refusing files: what the system says of a path, in words that say what to do. */

import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { printable } from "../check.js";
import { FILE_LIMITS } from "../limits.js";
import { DataError } from "../types.js";

/** What to do about an error of the system, by its code. */
const REMEDIES: ReadonlyMap<string, string> = new Map([
  ["EACCES", "allow access to it, or choose another place"],
  ["EDQUOT", "free space, or choose another disk"],
  ["EEXIST", "move away what is in its place"],
  ["EISDIR", "name a file, not a folder"],
  ["ELOOP", "its links lead in a circle: name the file or folder itself"],
  ["EMFILE", "close other programs, or raise the number of files that may be open"],
  ["ENAMETOOLONG", "shorten the name"],
  ["ENOENT", "check the path"],
  ["ENOSPC", "the disk is full: free space, or choose another disk"],
  ["ENOTDIR", "a part of the path is a file: move it away, or correct the path"],
  ["EPERM", "allow access to it, or choose another place"],
  ["EROFS", "the disk is read-only: choose another place"],
  ["ERR_INVALID_ARG_VALUE", "take the zero byte out of the path"],
]);

/**
 * An error of the system as one of the file that it befell.
 *
 * @param what cannot be done, for example "cannot be read"
 */
export function fileError(path: string, what: string, error: unknown): DataError {
  const { code = (error as Error).message } = error as NodeJS.ErrnoException;
  return new DataError(
    `${printable(path)}: ${what} (${code}); ${REMEDIES.get(code) ?? "check path and disk"}`,
  );
}

/**
 * The bytes of a regular file; a folder, a pipe or a device is refused, and so is a file above the limit, before it is read.
 *
 * @param limit bytes at most, 256 MB by default
 * @throws DataError naming the path and what to do
 * @example
 * readBytes(shippedFile("reported/returns.csv")).toString("latin1", 0, 4); // "date"
 */
export function readBytes(path: string, limit: number = FILE_LIMITS.data): Buffer {
  let file: number | undefined;
  try {
    // A pipe without a writer would not open otherwise.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    if (!stat.isFile())
      throw new DataError(
        `${printable(path)}: must be a regular file, but is a pipe, a socket or a device; save its content to a file`,
      );
    checkSize(path, stat.size, limit);
    return readFileSync(file);
  } catch (error) {
    throw error instanceof DataError ? error : fileError(path, "cannot be read", error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** @throws DataError if something has more bytes than the limit */
export function checkSize(what: string, bytes: number, limit: number): void {
  if (bytes > limit)
    throw new DataError(
      `${printable(what)}: must have at most ${megabytes(limit)}, ${Number.isFinite(bytes) ? `got ${megabytes(bytes)}` : "got more"}; keep what is needed of it`,
    );
}

/** Bytes for a message: 256 MB. */
export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
