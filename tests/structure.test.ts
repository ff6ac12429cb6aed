/** The house: how long files and functions may be, and that each file says first what it is for. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { ROOT } from "./support/scratch.js";

interface SourceFile {
  /** From the root, with slashes. */
  readonly file: string;
  readonly text: string;
}

const parsed = new Map<string, ts.SourceFile>();

/** A file is parsed once for all that looks into it. */
function syntaxOf({ file, text }: SourceFile): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  parsed.set(file, known);
  return known;
}

const filesBelow = (folder: string): SourceFile[] =>
  (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter(
      (file) => /\.(ts|js|mjs|cjs)$/.test(file) && !/\/(dist|node_modules)\/|\.d\.ts$/.test(file),
    )
    .sort()
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), "utf8") }));

const sources = ["lib/src", "lib/kernel", "tools", "bench"].flatMap(filesBelow);
const tests = filesBelow("tests");

const lines = (text: string): number => text.trimEnd().split("\n").length;

/** Functions with more lines than a screen has, each with its file and name. */
function longFunctions(sourceFile: SourceFile, most: number): string[] {
  const { file } = sourceFile;
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const length = lines(node.getText());
      const { parent } = node;
      const name = (ts.isVariableDeclaration(parent) ? parent.name : node.name)?.getText();
      if (length > most) found.push(`${file}: ${name ?? "a function without a name"}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(syntaxOf(sourceFile));
  return found;
}

/** Functions with more parameters than a reader keeps apart, each with its file and name. */
function manyParameters(sourceFile: SourceFile, most: number): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body && node.parameters.length > most) {
      const { parent } = node;
      const name = ts.isVariableDeclaration(parent) ? parent.name : node.name;
      found.push(`${sourceFile.file}: ${name?.getText() ?? "a function without a name"}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(syntaxOf(sourceFile));
  return found;
}

/** Prepositions and pronouns, which say nothing about what they hold. */
const NAMELESS: readonly string[] = ["of", "one", "so", "it"];

/** Variables, parameters and functions that are called so, each with its file and line. */
function namelessNames(sourceFile: SourceFile): string[] {
  const { file } = sourceFile;
  const source = syntaxOf(sourceFile);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const declares =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node);
    if (declares && node.name && NAMELESS.includes(node.name.getText())) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${node.name.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("files", () => {
  const longerThan = (files: readonly SourceFile[], most: number) =>
    files.filter(({ text }) => lines(text) > most).map(({ file }) => file);

  it("of the library and the tools have at most 250 lines, but for the list of public names", () => {
    const most = sources.filter(({ file }) => file !== "lib/src/index.ts");
    expect(longerThan(most, 250)).toEqual([]);
  });

  it("of tests have at most 500 lines", () => {
    expect(longerThan(tests, 500)).toEqual([]);
  });

  it("begin with what they are for", () => {
    const silent = [...sources, ...tests]
      .filter(({ text }) => !/^(#!.*\n)?\/\*\*\s+\S/.test(text))
      .map(({ file }) => file);
    expect(silent).toEqual([]);
  });
});

it("no function has more than 60 lines", () => {
  expect(sources.flatMap((source) => longFunctions(source, 60))).toEqual([]);
});

describe("functions have data first, then one object of options:", () => {
  /** Rooms with loops whose every step would make an object, and the check that all functions begin with. */
  const LOOPS = /^lib\/src\/(check\.ts|(stats|panel|betas|models)\/)/;
  const library = sources.filter(({ file }) => file.startsWith("lib/src/"));

  it("three parameters at most", () => {
    const rooms = library.filter(({ file }) => !LOOPS.test(file));
    expect(rooms.flatMap((source) => manyParameters(source, 3))).toEqual([]);
  });

  it("five at most in rooms with loops that make no objects", () => {
    expect(library.flatMap((source) => manyParameters(source, 5))).toEqual([]);
  });
});

it("no variable, parameter or function is called of, one, so or it", () => {
  const made = { file: "made-up.ts", text: "const [one, { of = 1 }] = f((it) => it); { let so; }" };
  expect(namelessNames(made).map((name) => name.replace(/.* /, ""))).toEqual([
    "one",
    "of",
    "it",
    "so",
  ]);
  // What stands where a name may stand: few files have to be parsed.
  const names = /(?:[({[,:.]|\b(?:const|let|var|function)\s)\s*(?:of|one|so|it)\b/;
  const suspects = [...sources, ...tests, ...filesBelow("notebooks")].filter(({ text }) =>
    names.test(text),
  );
  expect(suspects.flatMap(namelessNames)).toEqual([]);
});
