/** What tests of files need: a folder to write in, and the published files where they are at hand. */

import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject, type TestContext } from "vitest";

/** Root of the project. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Published files as they came: never part of the project, beside it on some machines. */
export const RAW = join(ROOT, "../shared/data/raw");

/** Skips a test where the published files are absent, and says so. */
export function needsRaw(ctx: TestContext): void {
  ctx.skip(!existsSync(RAW), `needs the published files in ${RAW}`);
}

/** A folder that goes when the run is over: files that share a module share what it has made. */
export const scratchFolder = (): string => mkdtempSync(join(inject("scratch"), "folder-"));

/** Writes one file, with the folders above it, and returns its path. */
export function write(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
