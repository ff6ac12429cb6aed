/** Files of a report that are made once: taken over from the report before where nothing that they depend on has changed. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sha256, writeFiles } from "neural-beta";
import { sorted } from "../kernel/notebook.js";
import { inProject, ROOT } from "../terminal.js";

/** Files that are made together. */
export interface Product {
  /** Below the folder of the report. */
  readonly files: readonly string[];
  /** All that they depend on beside the code. */
  readonly from: unknown;
}

/** Where files are, and what makes them. */
export interface Making {
  /** Folder of the report before. */
  readonly before: string;
  /** Folder of the report that is made. */
  readonly staging: string;
  /** Hash of what makes the files. */
  readonly code: string;
  /** Where hashes are kept. */
  readonly file?: string;
}

/** Hashes of the files that were made, by the hash of all that these depend on. */
type Known = Record<string, readonly string[]>;
const FILE = inProject(".cache/made.json");
/** Products that are remembered, of all studies. */
const MOST = 1000;

/**
 * Makes files of a report, but for those that the report before has, bit for bit as they were made of the same by the same code:
 * these are copied.
 *
 * @param make writes the files of products into the new report
 */
export async function makeMissing<P extends Product>(
  products: readonly P[],
  { before, staging, code, file = FILE }: Making,
  make: (missing: readonly P[]) => Promise<void>,
): Promise<void> {
  const known = readKnown(file);
  const keyed = products.map((product) => {
    const key = sha256(JSON.stringify([code, product.files, sorted(product.from)]));
    return { product, key };
  });
  const missing = keyed.filter(({ product: { files }, key }) => {
    if (!known[key] || hashesOf(files, before).join() !== known[key].join()) return true;
    const copies = files.map((name) => [join(staging, name), readFileSync(join(before, name))]);
    writeFiles(Object.fromEntries(copies) as Record<string, Buffer>);
    return false;
  });
  if (missing.length === 0) return;
  await make(missing.map(({ product }) => product));
  const made = missing.map(
    ({ product: { files }, key }) => [key, hashesOf(files, staging)] as const,
  );
  const all = [...new Map([...Object.entries(known), ...made])].slice(-MOST);
  writeFiles({ [file]: JSON.stringify(Object.fromEntries(all)) });
}

/** One file of a report, unless the report before has it. */
export const makeOnce = (
  { name, from }: { readonly name: string; readonly from: unknown },
  making: Making,
  make: () => Uint8Array | Promise<Uint8Array>,
): Promise<void> =>
  makeMissing([{ files: [name], from }], making, async () =>
    writeFiles({ [join(making.staging, name)]: await make() }),
  );

/** An empty hash for a file that is not there. */
function hashesOf(files: readonly string[], folder: string): string[] {
  return files.map((name) => {
    try {
      return sha256(readFileSync(join(folder, name)));
    } catch {
      return "";
    }
  });
}

/** Hash of code: built files and those of folders, by their paths in the project, and the versions of all packages. */
export const codeHash = (paths: readonly string[]): string =>
  sha256([...paths, "package-lock.json"].map(pathHash).join());

/** Figures, summary and page ask for the same folders; no code changes while it runs. */
const pathHashes = new Map<string, string>();

function pathHash(path: string): string {
  const known = pathHashes.get(path);
  if (known !== undefined) return known;
  const names = statSync(new URL(path, ROOT)).isDirectory()
    ? (readdirSync(new URL(path, ROOT), { recursive: true }) as string[])
        .filter((name) => /\.(js|css)$/.test(name))
        .sort()
    : [""];
  const contents = names.map((name) => readFileSync(new URL(`${path}${name}`, ROOT)));
  const hash = sha256(Buffer.concat(contents));
  pathHashes.set(path, hash);
  return hash;
}

function readKnown(file: string): Known {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Known;
  } catch {
    // The first run, or a file that was torn.
    return {};
  }
}
