/** The rooms of the library: which may import which, and what none may do. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = join(ROOT, "lib", "src");

/** Rooms in the order in which they may import: each only from those of a lower number. */
const ORDER: Readonly<Record<string, number>> = {
  types: 0,
  arena: 0,
  "built-kernel": 0,
  check: 0,
  limits: -1,
  works: -1,
  latex: 0,
  markdown: 0,
  random: 0,
  "package-file": -1,
  stats: 1,
  panel: 2,
  data: 3,
  betas: 4,
  models: 5,
  portfolios: 6,
  comparing: 7,
  report: 8,
  figures: 9,
  tables: 9,
  study: 10,
  "study-budget": 11,
  "study-checks": 11,
  "study-file": 12,
  show: 11,
  index: 13,
};

interface Source {
  readonly file: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: Source[] = (readdirSync(SRC, { recursive: true }) as string[])
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => {
    const text = readFileSync(join(SRC, file), "utf8");
    const found = text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g);
    return {
      file,
      room: roomOf(file),
      text,
      imports: [...found].map((match) => match[1]!),
    };
  });

function roomOf(file: string): string {
  return file.split("/")[0]!.replace(/\.ts$/, "");
}

const offenders = (pattern: RegExp, allowed: (file: string) => boolean): string[] =>
  sources.filter(({ file, text }) => !allowed(file) && pattern.test(text)).map(({ file }) => file);

describe("the layers of lib", () => {
  it("knows every room", () => {
    expect(sources.filter(({ room }) => !(room in ORDER))).toEqual([]);
  });

  it("lets each room import only rooms before it", () => {
    const upward = sources.flatMap(({ file, room, imports }) =>
      imports
        .filter((target) => target.startsWith("."))
        .map((target) => relative(SRC, join(SRC, file, "..", target)).replaceAll("\\", "/"))
        .map((target) => roomOf(target.replace(/\.js$/, ".ts")))
        .filter((other) => other !== room && ORDER[other]! >= ORDER[room]!)
        .map((other) => `${file} imports ${other}`),
    );
    expect(upward).toEqual([]);
  });

  it("lists the public names by room, in that order", () => {
    const { imports } = sources.find(({ file }) => file === "index.ts")!;
    const places = imports.map(
      (target) => ORDER[roomOf(target.replace(/^\.\//, "").replace(/\.js$/, ".ts"))]!,
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("imports TensorFlow.js in models/tfjs only, and Polars in data/readers only, both on first use", () => {
    const importersOf = (name: RegExp) =>
      sources.filter(({ imports }) => imports.some((i) => name.test(i)));
    expect(
      importersOf(/^@tensorflow\//).filter(({ file }) => !file.startsWith("models/tfjs/")),
    ).toEqual([]);
    expect(
      importersOf(/^nodejs-polars/).filter(({ file }) => !file.startsWith("data/readers/")),
    ).toEqual([]);
    const atOnce = /^import (?!type)[^;]*"(@tensorflow|nodejs-polars)/m;
    expect(offenders(atOnce, () => false)).toEqual([]);
  });

  it("touches the disk in data, study, show and the cache only, and where the kernel's code is loaded", () => {
    const disk = /"node:fs/;
    expect(
      offenders(disk, (file) =>
        /^(data\/|study|show|built-kernel|models\/(cache|simd\/kernel|amortised\/weights))/.test(
          file,
        ),
      ),
    ).toEqual([]);
  });

  it("never imports the tools, nor a network", () => {
    const names = sources.flatMap(({ imports }) => imports);
    expect(names.filter((n) => /tools|node:(http|https|net)/.test(n))).toEqual([]);
  });

  it("fetches in data/ask only", () => {
    expect(sources.filter(({ text }) => /\bfetch\(/.test(text)).map(({ file }) => file)).toEqual([
      "data/ask.ts",
    ]);
  });

  it("prints nowhere but in show, and reads no clock and no unseeded chance", () => {
    expect(offenders(/\bconsole\.|process\.std/, (f) => f === "show.ts")).toEqual([]);
    expect(
      offenders(
        /Math\.random\(|Date\.now\(|new Date\(\)|performance\.(now|timeOrigin)/,
        () => false,
      ),
    ).toEqual([]);
  });

  it("raises nothing to a power but squares, whose bits are the same in every V8", () => {
    // Few files have to be parsed: those with two stars that neither begin a comment nor stand before a 2.
    const powers = (files: typeof sources) =>
      files
        .filter(({ text }) => /(?<!\/)\*\*(?! 2(?![.\w]))/.test(text))
        .flatMap(({ file, text }) => operators(file, text).filter((right) => right !== "2"));
    const made = { ...sources[0]!, text: "x ** 2 + y ** 2.5; z **= k" };
    expect(powers([made])).toEqual(["2.5", "k"]);
    expect(powers(sources)).toEqual([]);
    expect(offenders(/Math\.(pow|cbrt|hypot|expm1|log1p|sinh|cosh)\(/, () => false)).toEqual([]);
  });

  it("has no top-level await, which cells could not import", () => {
    expect(offenders(/^(?:export )?(?:const .* = )?await /m, () => false)).toEqual([]);
  });

  it("gives cells no type that their older compiler reads as any", () => {
    const types = readdirSync(join(ROOT, "lib", "dist"), {
      recursive: true,
    }) as string[];
    const generic = types
      .filter((file) => file.endsWith(".d.ts"))
      .filter((file) =>
        /Array<ArrayBuffer(Like)?>/.test(readFileSync(join(ROOT, "lib", "dist", file), "utf8")),
      );
    expect(types.length).toBeGreaterThan(20);
    expect(generic).toEqual([]);
  });
});

/** Right-hand sides of every `**` and `**=`. */
function operators(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      [ts.SyntaxKind.AsteriskAsteriskToken, ts.SyntaxKind.AsteriskAsteriskEqualsToken].includes(
        node.operatorToken.kind,
      )
    )
      found.push(node.right.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return found;
}
