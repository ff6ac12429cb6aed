/** manifest.json: what a report was made from and what it holds; by it, a folder's files are ours or somebody else's. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readBytes, type Study, sha256 } from "neural-beta";
import { ROOT } from "../terminal.js";

/** Names only what is the same everywhere: no clock, machine, browser or version of Node. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Versions of the direct dependencies. */
  readonly packages: Readonly<Record<string, string | undefined>>;
  /** Hash of the study and of its data. */
  readonly study: string;
  /** Hashes of the files that the study names, by key. */
  readonly data: Readonly<Record<string, string>>;
  /** Of a run that did not reach its end: the notebook that failed. */
  readonly incomplete?: string;
  /** Chapters, in order. */
  readonly notebooks: readonly string[];
  /** Hashes of the CSV files, by id. */
  readonly tables: Readonly<Record<string, string>>;
  /** Hashes of the JSON files, by id. */
  readonly figures: Readonly<Record<string, string>>;
}

/** What a report is made from: two reports that agree in it may share a folder. */
export type Origin = Pick<Manifest, "name" | "version" | "packages" | "study" | "data">;

const FILE = "manifest.json";

/** The report on one page, where a browser is found. */
export const SUMMARY = "summary.pdf";

/** The works that the LaTeX of tables and figures cites. */
export const REFERENCES = "references.bib";

/** What every file of a report is found under. */
export const PARTS: readonly string[] = [
  "notebooks",
  "tables",
  "figures",
  FILE,
  "index.html",
  SUMMARY,
  REFERENCES,
  "replication.zip",
];

/** What the columns of all tables hold, beside them. */
export const COLUMNS = "tables/README.md";

/** Endings of the files that one table or figure may have. */
const TABLE_FILES = ["csv", "md", "tex", "html", "parquet", "arrow"];
const FIGURE_FILES = ["json", "svg", "pdf", "png", "tex"];

/** Every file that a report with these contents may have written: `tables/returns.csv`; the manifest comes last. */
export function reportFiles(
  contents: Pick<Manifest, "notebooks"> & { readonly tables: object; readonly figures: object },
): string[] {
  const { notebooks, tables, figures } = contents;
  const files = (folder: string, names: readonly string[], endings: readonly string[]) =>
    names.flatMap((name) => endings.map((ending) => `${folder}/${name}.${ending}`));
  return [
    ...files("notebooks", notebooks, ["ipynb"]),
    ...files("tables", Object.keys(tables), TABLE_FILES),
    ...files("figures", Object.keys(figures), FIGURE_FILES),
    COLUMNS,
    "index.html",
    SUMMARY,
    REFERENCES,
    "replication.zip",
    FILE,
  ];
}

/** @param data hashes of the files that the study names */
export function reportOrigin(study: Study, data: Manifest["data"]): Origin {
  const json = (file: string) => JSON.parse(readFileSync(new URL(file, ROOT), "utf8"));
  const lock = json("package-lock.json") as {
    packages: Record<string, { version?: string; dependencies?: object; devDependencies?: object }>;
  };
  const direct = ["", "lib"].flatMap((path) => {
    const { dependencies = {}, devDependencies = {} } = lock.packages[path] ?? {};
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  const { name, version } = json("lib/package.json") as { name: string; version: string };
  return {
    name,
    version,
    packages: Object.fromEntries(
      direct
        .sort()
        .map((dependency) => [dependency, lock.packages[`node_modules/${dependency}`]?.version]),
    ),
    study: sha256(JSON.stringify({ ...study, ...contentsForPaths(study, data), ...data })),
    data,
  };
}

/** A study's files are what they hold, wherever they lie. */
const contentsForPaths = ({ prices, estimators }: Study, data: Manifest["data"]) => ({
  ...(prices && {
    returns: undefined,
    prices: prices.map((input, i) => ({ ...input, file: data[`prices.${i}.file`] })),
  }),
  ...(estimators && {
    estimators: estimators.map(({ id }, i) => ({ id, file: data[`estimators.${i}.file`] })),
  }),
});

/** True if chapters of the one may stand beside chapters of the other. */
export function sameOrigin(kept: Origin, written: Origin): boolean {
  const key = ({ version, packages, study }: Origin) => JSON.stringify([version, packages, study]);
  return key(kept) === key(written);
}

/**
 * The manifest of a folder; undefined where there is none.
 *
 * @throws Error if a file of that name is none of ours
 */
export function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, FILE);
  if (!existsSync(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readBytes(file).toString("utf8"));
  } catch {
    throw notOurs(folder, FILE);
  }
  if (!isManifest(value)) throw notOurs(folder, FILE);
  return value;
}

/** Parts of a report in a folder of somebody else. */
export const notOurs = (folder: string, parts: string): Error =>
  new Error(
    `--out: ${folder} holds ${parts} that this command did not write, and would replace; name another folder`,
  );

/** Names from a file become paths: nothing may lead out of the folder. */
const NAME = /^[\w+-][\w.+-]*$/;

function isManifest(value: unknown): value is Manifest {
  const record = (inner: unknown): inner is Record<string, unknown> =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner);
  const hashes = (inner: unknown) =>
    record(inner) &&
    Object.entries(inner).every(
      ([id, hash]) => NAME.test(id) && typeof hash === "string" && /^[0-9a-f]{64}$/.test(hash),
    );
  return (
    record(value) &&
    value.name === "neural-beta" &&
    typeof value.version === "string" &&
    typeof value.study === "string" &&
    record(value.packages) &&
    record(value.data) &&
    (value.incomplete === undefined || typeof value.incomplete === "string") &&
    Array.isArray(value.notebooks) &&
    value.notebooks.every((name) => typeof name === "string" && NAME.test(name)) &&
    hashes(value.tables) &&
    hashes(value.figures)
  );
}
