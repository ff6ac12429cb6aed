/** Figures that the report before has drawn: their files are taken over where nothing that they depend on has changed. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256, writeFiles } from "neural-beta";
import { sorted } from "../kernel/notebook.js";
import { FORMATS } from "../pictures/figures.js";
import type { ShownFigure } from "../pictures/pictures.js";
import { inProject, ROOT } from "../terminal.js";

/** Hashes of the files that figures were drawn to, by the hash of all that these depend on. */
type Known = Record<string, readonly string[]>;
const FILE = inProject(".cache/drawn.json");
/** Figures that are remembered, of all studies. */
const MOST = 1000;

/** Where figures are, and who draws them. */
export interface Drawer {
  /** Folder of the report before. */
  readonly before: string;
  /** Folder of the report that is made. */
  readonly staging: string;
  /** Name and version of the browser. */
  readonly browser: string;
  /** Where hashes are kept. */
  readonly file?: string;
}

/**
 * Draws figures into a report, but for those whose files the report before has, bit for bit as they were drawn of the same figure by
 * the same code and browser: these are copied.
 *
 * @param draw writes the files of figures
 */
export async function drawMissing(
  figures: readonly ShownFigure[],
  { before, staging, browser, file = FILE }: Drawer,
  draw: (figures: readonly ShownFigure[]) => Promise<void>,
): Promise<void> {
  const known = readKnown(file);
  const code = [browser, drawingCode()];
  const keyed = figures.map((figure) => {
    const { plot, metadata } = figure;
    return { figure, key: sha256(JSON.stringify(sorted([...code, plot, metadata]))) };
  });
  const missing = keyed.filter(({ figure, key }) => {
    const files = filesOf(figure, before);
    if (!known[key] || hashesOf(files).join() !== known[key].join()) return true;
    writeFiles(
      Object.fromEntries(
        filesOf(figure, staging).map((target, i) => [target, readFileSync(files[i]!)]),
      ),
    );
    return false;
  });
  await draw(missing.map(({ figure }) => figure));
  const drawn = missing.map(
    ({ figure, key }) => [key, hashesOf(filesOf(figure, staging))] as const,
  );
  const all = [...new Map([...Object.entries(known), ...drawn])].slice(-MOST);
  writeFiles({ [file]: JSON.stringify(Object.fromEntries(all)) });
}

const filesOf = ({ metadata }: ShownFigure, folder: string): string[] =>
  FORMATS.map((format) => join(folder, "figures", `${metadata.figure}.${format}`));

/** An empty hash for a file that is not there. */
function hashesOf(files: readonly string[]): string[] {
  return files.map((file) => {
    try {
      return sha256(readFileSync(file));
    } catch {
      return "";
    }
  });
}

/** Hash of what draws: the library, the tools for pictures, and the versions of all packages. */
function drawingCode(): string {
  const files = ["lib/dist/", "tools/dist/pictures/"].flatMap((folder) =>
    (readdirSync(new URL(folder, ROOT), { recursive: true }) as string[])
      .filter((name) => name.endsWith(".js"))
      .sort()
      .map((name) => new URL(`${folder}${name}`, ROOT)),
  );
  const contents = [...files, new URL("package-lock.json", ROOT)].map((url) => readFileSync(url));
  return sha256(Buffer.concat(contents));
}

function readKnown(file: string): Known {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Known;
  } catch {
    // The first run, or a file that was torn.
    return {};
  }
}
