/** What the page is made of and takes long to make, kept by all that it depends on. */

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sha256, writeFiles } from "neural-beta";
import { inProject } from "../terminal.js";

const FOLDER = inProject(".cache/page");

/** A memory for what code makes. */
export interface Kept<T> {
  /** Undefined for what was never made, or is torn. */
  readonly read: (from: string) => T | undefined;
  readonly write: (from: string, made: T) => void;
}

/**
 * Memory for plain data that are made of texts; what other code of the same kind has made is forgotten.
 *
 * @param kind names it on disk, in small letters
 * @param code hash of what makes it
 */
export function keptParts<T>(kind: string, code: string, folder: string = FOLDER): Kept<T> {
  const own = `${kind}-${code.slice(0, 16)}`;
  let forgotten = false;
  const fileOf = (from: string) => join(folder, own, `${sha256(from).slice(0, 32)}.json`);
  return {
    read(from) {
      try {
        return JSON.parse(readFileSync(fileOf(from), "utf8")) as T;
      } catch {
        return undefined;
      }
    },
    write(from, made) {
      try {
        if (!forgotten) forgetOthers(folder, kind, own);
        forgotten = true;
        writeFiles({ [fileOf(from)]: JSON.stringify(made) });
      } catch {
        // Where nothing can be written, it is made each time.
      }
    },
  };
}

/** The one text that code of a kind makes. */
export function keptOnce(kind: string, code: string, make: () => string): string {
  const memory = keptParts<string>(kind, code);
  const known = memory.read("");
  if (known !== undefined) return known;
  const made = make();
  memory.write("", made);
  return made;
}

function forgetOthers(folder: string, kind: string, own: string): void {
  const all = existsSync(folder) ? readdirSync(folder) : [];
  const others = all.filter((name) => name !== own && name.startsWith(`${kind}-`));
  for (const name of others) rmSync(join(folder, name), { recursive: true, force: true });
}
