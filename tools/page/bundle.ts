/** One script from a module and all that it imports, by the project's own compiler: a page from disk can load no second file. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type TypeScript from "typescript";

/** Loaded when it is used; as an import, Node would first read it through for its names and its format, which takes longer than to run it. */
const compiler = (): typeof TypeScript => createRequire(import.meta.url)("typescript");

/** Files that stand for packages, by specifier: those that a browser has not, and those that are indices of re-exports. */
export interface BundleOptions {
  readonly instead?: Readonly<Record<string, URL>>;
  /** Packages whose file above only re-exports: what is imported from them comes from the files that define it. */
  readonly indices?: readonly string[];
}

/**
 * A classic script that runs a module.
 *
 * @param entry a JavaScript module, its imports relative, of packages, or of `instead`
 * @throws Error naming the module that imports what cannot be resolved: nothing of Node is left over
 */
export function bundle(entry: URL, { instead = {}, indices = [] }: BundleOptions = {}): string {
  const definers = new Map(indices.map((name) => [name, definersOf(instead[name]!)]));
  const ids = new Map<string, number>();
  const modules: string[] = [];
  const add = (file: string): number => {
    const known = ids.get(file);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(file, id);
    const source = readFileSync(fileURLToPath(file), "utf8");
    modules[id] = commonJs(direct(source, definers)).replaceAll(
      /\brequire\("([^"]+)"\)/g,
      (_, specifier: string) => `require(${add(resolved(specifier, file, instead))})`,
    );
    return id;
  };
  add(entry.href);
  const functions = modules.map((code) => `(exports, require, module) => {\n${code}}`);
  return `"use strict";
const defined = [${functions.join(",\n")}];
const loaded = [];
const load = (id) => {
  if (loaded[id]) return loaded[id].exports;
  const module = (loaded[id] = { exports: {} });
  defined[id](module.exports, load, module);
  return module.exports;
};
load(0);
`;
}

function commonJs(source: string): string {
  const ts = compiler();
  return ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      removeComments: true,
    },
  }).outputText;
}

function resolved(specifier: string, from: string, instead: BundleOptions["instead"]): string {
  const other = instead?.[specifier];
  if (other) return other.href;
  if (specifier.startsWith("file:")) return specifier;
  if (specifier.startsWith("."))
    return new URL(/\.[cm]?js$/.test(specifier) ? specifier : `${specifier}.js`, from).href;
  const file = createRequire(from).resolve(specifier);
  if (file === specifier)
    throw new Error(
      `bundle: ${from} imports ${specifier}, which a browser has not; name a file instead of it`,
    );
  return pathToFileURL(file).href;
}

/** Where an index has its names from: file and the name there. */
type Definers = ReadonlyMap<string, { readonly file: string; readonly name: string }>;

function definersOf(index: URL): Definers {
  const text = readFileSync(index, "utf8");
  return new Map(
    [...text.matchAll(/export\s*\{([^}]*)\}\s*from\s*["']([^"']+)["']/g)].flatMap(
      ([, names, from]) =>
        namesIn(names!).map(([name, as]) => [as, { file: resolved(from!, index.href, {}), name }]),
    ),
  );
}

/** `a, b as c`: what is taken, and what it is called. */
const namesIn = (list: string): [name: string, as: string][] =>
  list
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [name, as = name] = part.split(/\s+as\s+/) as [string, string?];
      return [name, as];
    });

/** Imports from an index become imports from the files that define the names. */
const direct = (source: string, definers: ReadonlyMap<string, Definers>): string =>
  source.replaceAll(
    /^import\s*\{([^}]*)\}\s*from\s*["']([^"']+)["'];?/gm,
    (whole, names: string, specifier: string) => {
      const known = definers.get(specifier);
      if (!known) return whole;
      return namesIn(names)
        .map(([name, as]) => {
          const definer = known.get(name);
          if (!definer) throw new Error(`bundle: ${specifier} has no ${name}`);
          return `import { ${definer.name} as ${as} } from "${definer.file}";`;
        })
        .join("\n");
    },
  );
