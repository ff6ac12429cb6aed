/** Reports that processes of their own write, and what their folders hold then. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./scratch.js";

const WRITER = join(ROOT, "tests", "fixtures", "write-report.mjs");

/** Paths of all files of a folder. */
export const files = (out: string) =>
  (readdirSync(out, { recursive: true, withFileTypes: true }) as Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .sort();

/** What the files of a report say, each its word; the manifest aside. */
export const wordsOf = (out: string) =>
  new Set(
    files(out)
      .filter((file) => file !== "manifest.json")
      .map((file) => readFileSync(join(out, file), "utf8")),
  );

/** Starts the writer of made-up reports. */
export const writer = (
  out: string,
  count: number,
  word: string,
  errors: "inherit" | "ignore" = "inherit",
) =>
  spawn(process.execPath, [WRITER, out, String(count), word], {
    stdio: ["ignore", "pipe", errors],
  });

/** Exit code of a process. */
export async function ended(child: ReturnType<typeof writer>): Promise<number | null> {
  const [code] = await once(child, "exit");
  return code;
}
