/** The examples of the doc comments, as code that runs: what precedes each value, and the value that is printed beside it. */

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as api from "../../lib/src/index.js";
import { ROOT, write } from "./scratch.js";

const PRELUDE = join(ROOT, "docs", "reference", "prelude.ts");

/** An example as one asynchronous function, which gives every statement with a printed value to `value`. */
export interface Example {
  readonly code: string;
  readonly values: readonly string[];
}

/** Statements of an example; the value of one is the comment that follows it, before the next. */
export function parsedExample(text: string): Example {
  const source = sourceOf(text);
  const values: string[] = [];
  const parts = source.statements.map((statement, i) => {
    const code = statement.getText(source);
    const next = source.statements[i + 1]?.getStart(source) ?? text.length;
    const comment = text
      .slice(statement.end, next)
      .split("\n")
      .map((line) => line.trim().replace(/^\/\/ ?/, ""))
      .join(" ")
      .trim();
    if (comment === "" || !ts.isExpressionStatement(statement)) return code;
    values.push(comment);
    return `await value(async () => (${statement.expression.getText(source)}));`;
  });
  return { code: parts.join("\n"), values };
}

const sourceOf = (text: string) =>
  ts.createSourceFile("example.ts", text, ts.ScriptTarget.ES2022, true);

/** What a value throws, told apart from what it is. */
class Thrown {
  constructor(readonly error: unknown) {}
}

type Scope = Readonly<Record<string, unknown>>;

const AsyncFunction = (async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<unknown>;

function run(code: string, scope: Scope): Promise<unknown> {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
    },
  });
  const names = Object.keys(scope);
  // A transpiled module that imports and exports nothing ends with "export {}".
  return new AsyncFunction(...names, `"use strict";${outputText.replace(/^export \{\};$/m, "")}`)(
    ...names.map((name) => scope[name]),
  );
}

/** The names that examples may use: all that is public, and the prelude's. */
export async function exampleScope(): Promise<Scope> {
  const [fs, os, path] = await Promise.all([
    import("node:fs"),
    import("node:os"),
    import("node:path"),
  ]);
  const outer = {
    ...api,
    mkdtempSync: fs.mkdtempSync,
    tmpdir: os.tmpdir,
    join: path.join,
  };
  const text = readFileSync(PRELUDE, "utf8");
  const names = preludeNames(text);
  const body = sourceOf(text)
    .statements.filter((statement) => !ts.isImportDeclaration(statement))
    .map((statement) => statement.getText().replace(/^export /, ""));
  body.push(`return { ${names.join(", ")} };`);
  const prelude = await run(body.join("\n"), outer);
  return { ...outer, ...(prelude as Scope) };
}

function preludeNames(text: string): string[] {
  const names: string[] = [];
  for (const statement of sourceOf(text).statements)
    if (
      ts.isVariableStatement(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    )
      for (const { name } of statement.declarationList.declarations)
        names.push(
          ...(ts.isIdentifier(name)
            ? [name.text]
            : name.elements.map((element) => element.getText())),
        );
  return names;
}

/** The values of an example, in order: what it shows to be so. */
export async function exampleValues({ code }: Example, scope: Scope): Promise<unknown[]> {
  const values: unknown[] = [];
  const value = async (expression: () => Promise<unknown>) => {
    values.push(await expression().catch((error) => new Thrown(error)));
  };
  // In a block of its own, so that an example may have names that the prelude has too.
  await run(`{\n${code}\n}`, { ...scope, value });
  return values;
}

/**
 * Whether a value is what its comment prints: undefined if so, else what it is.
 *
 * The comment begins with a value in JavaScript's notation; a remark may follow after a colon. Numbers with four decimals or
 * more are rounded to those, all others exact but for the last bits. Typed arrays are written as arrays, of objects the keys
 * that matter. An error is written as its name and its message, or the beginning of it.
 */
export function disagreement(actual: unknown, comment: string): string | undefined {
  if (actual instanceof Thrown) {
    const said = String(actual.error);
    return /^\w+Error: /.test(comment) && said.startsWith(comment) ? undefined : said;
  }
  const printed = printedValue(comment);
  if (printed === undefined) return `no value can be read from: ${comment}`;
  return agrees(actual, printed) ? undefined : shown(actual);
}

/** The expression that a comment begins with: the whole, or what precedes a colon. */
function printedValue(comment: string): ts.Expression | undefined {
  const ends = [...comment.matchAll(/: /g)].map(({ index }) => index);
  for (const end of [...ends, comment.length]) {
    const text = `(${comment.slice(0, end)})`;
    const source = sourceOf(text) as ts.SourceFile & {
      parseDiagnostics: readonly unknown[];
    };
    const [statement] = source.statements;
    if (
      source.parseDiagnostics.length === 0 &&
      source.statements.length === 1 &&
      ts.isExpressionStatement(statement!)
    )
      return (statement.expression as ts.ParenthesizedExpression).expression;
  }
  return undefined;
}

function agrees(actual: unknown, printed: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(printed)) {
    const list = listOf(actual);
    return (
      list?.length === printed.elements.length &&
      printed.elements.every((element, i) => agrees(list[i], element))
    );
  }
  if (ts.isObjectLiteralExpression(printed))
    return (
      typeof actual === "object" &&
      actual !== null &&
      printed.properties.every(
        (property) =>
          ts.isPropertyAssignment(property) &&
          agrees(
            (actual as Scope)[(property.name as ts.Identifier | ts.StringLiteral).text],
            property.initializer,
          ),
      )
    );
  if (ts.isStringLiteralLike(printed)) return actual === printed.text;
  if (printed.getText() === "NaN") return Number.isNaN(actual);
  const number = numberOf(printed);
  if (number !== undefined)
    return (
      typeof actual === "number" &&
      (actual === number.value || Math.abs(actual - number.value) <= number.tolerance)
    );
  const words: Scope = {
    true: true,
    false: false,
    null: null,
    undefined: undefined,
  };
  const word = printed.getText();
  return Object.hasOwn(words, word) && actual === words[word];
}

function listOf(actual: unknown): readonly unknown[] | undefined {
  if (Array.isArray(actual)) return actual;
  return ArrayBuffer.isView(actual) ? Array.from(actual as Float64Array) : undefined;
}

/** A printed number, a fraction or a sum of these, and how far the true one may be from it. */
function numberOf(printed: ts.Expression): { value: number; tolerance: number } | undefined {
  const text = printed.getText();
  if (/^-?Infinity$/.test(text)) return { value: Number(text), tolerance: 0 };
  if (!/^[-+\d][\d.\s+/*e-]*$/.test(text)) return undefined;
  const value = Number(new Function(`return ${text};`)());
  const decimals = /^-?\d*\.(\d{4,})$/.exec(text)?.[1]?.length;
  const exact = 1e-12 * Math.max(1, Math.abs(value));
  return {
    value,
    tolerance:
      decimals === undefined ? exact : Math.max(exact, 0.5000001 * Number(`1e-${decimals}`)),
  };
}

/** A value as a comment may print it. */
export function shown(value: unknown): string {
  if (value instanceof Thrown) return String(value.error);
  const list = listOf(value);
  if (list) return `[${list.map(shown).join(", ")}]`;
  if (typeof value === "number") {
    const rounded = value.toFixed(4);
    return Math.abs(value - Number(rounded)) <= 1e-12 ? `${Number(rounded)}` : rounded;
  }
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, field]) => `${key}: ${shown(field)}`)
      .join(", ")} }`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Faults of the examples' types, each with the name of its function: what the compiler says of them as one file. */
export function typeFaults(examples: Readonly<Record<string, string>>): string[] {
  const cache = join(ROOT, ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "examples-"));
  const names = preludeNames(readFileSync(PRELUDE, "utf8"));
  const lines = [
    `import { ${Object.keys(api).join(", ")} } from "neural-beta";`,
    `import { ${names.join(", ")} } from ${JSON.stringify(PRELUDE.replace(/ts$/, "js"))};`,
    'import { join } from "node:path";',
  ];
  const owners: string[] = lines.map(() => "prelude");
  for (const [name, text] of Object.entries(examples)) {
    const block = ["{", ...text.split("\n"), "}"];
    lines.push(...block);
    owners.push(...block.map(() => name));
  }
  try {
    write(join(folder, "examples.ts"), lines.join("\n"));
    const config = {
      extends: join(ROOT, "tests", "tsconfig.json"),
      compilerOptions: { noUnusedLocals: false, incremental: false, tsBuildInfoFile: null },
      files: ["examples.ts"],
      include: [],
      references: [],
    };
    write(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(ROOT, "node_modules", "typescript-native", "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
      encoding: "utf8",
    });
    return [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error \w+: (.*)$/gm)].map(
      ([, path, line, message]) =>
        `${path!.endsWith("examples.ts") ? owners[Number(line) - 1] : path}: ${message}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
