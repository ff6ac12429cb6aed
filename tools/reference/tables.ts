/** docs/tables.md: every table's columns, units and meanings, from the functions that make them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { columnMeaning } from "neural-beta";
import ts from "typescript";
import { ROOT } from "../terminal.js";

const TABLES = fileURLToPath(new URL("lib/src/tables/", ROOT));
const NOTEBOOKS = fileURLToPath(new URL("notebooks/", ROOT));

/** A table function with what it says of its columns. */
export interface DescribedTable {
  /** Id of its files; claims-0 stands for those of all steps. */
  readonly id: string;
  readonly name: string;
  /** First sentence of its doc comment. */
  readonly about: string;
  readonly columns: readonly DescribedColumn[];
}

/** A column; its key is * where there is one for each name. */
export interface DescribedColumn {
  readonly key: string;
  readonly unit: string | undefined;
  readonly meaning: string | undefined;
}

type Declaration = ts.FunctionDeclaration | ts.VariableDeclaration;

/** Declarations of a file at its outermost level, by name. */
function declarationsOf(source: ts.SourceFile): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name)
      found.set(statement.name.text, statement);
    if (ts.isVariableStatement(statement))
      for (const declaration of statement.declarationList.declarations)
        found.set(declaration.name.getText(source), declaration);
  }
  return found;
}

/** All table functions that the folder exports, by file and then as they stand there. */
export function describedTables(): DescribedTable[] {
  const sources = readdirSync(TABLES)
    .filter((file) => file.endsWith(".ts"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(TABLES, file), "utf8");
      return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    });
  const all = new Map(sources.flatMap((source) => [...declarationsOf(source)]));
  return sources.flatMap((source) => {
    const own = declarationsOf(source);
    return [...own].flatMap(([name, node]) => {
      const isTable = /^table[A-Z]/.test(name) && ts.isFunctionDeclaration(node);
      const id = isTable && idOf(node);
      if (!id) return [];
      const keys = keysOf(node, (called) => own.get(called) ?? all.get(called));
      const about = ts.getJSDocCommentsAndTags(node)[0];
      const text =
        about && ts.isJSDoc(about) ? (ts.getTextOfJSDocComment(about.comment) ?? "") : "";
      const columns = keys.map(({ key, unit, meaning }) => {
        const [knownUnit, known] = columnMeaning(id, key) ?? [];
        return { key, unit: unit ?? knownUnit, meaning: meaning ?? known };
      });
      return [{ id, name, about: text.replace(/\s+/g, " ").split(/(?<=\.) /)[0]!, columns }];
    });
  });
}

/** The id that a function gives its table: as a property, or as the default of an option. */
function idOf(node: ts.Node): string | undefined {
  let id: string | undefined;
  const visit = (child: ts.Node): void => {
    if (id !== undefined) return;
    const value =
      (ts.isPropertyAssignment(child) || ts.isBindingElement(child) || ts.isParameter(child)) &&
      child.name.getText() === "id" &&
      child.initializer;
    if (value && ts.isStringLiteralLike(value)) id = value.text;
    else if (value && ts.isTemplateExpression(value)) id = `${value.head.text}0`;
    else ts.forEachChild(child, visit);
  };
  visit(node);
  return id;
}

interface Key {
  readonly key: string;
  readonly unit?: string | undefined;
  readonly meaning?: string | undefined;
}

/** Keys of the columns below a declaration, through what it names, in the order of the text. */
function keysOf(
  start: ts.Node,
  declared: (name: string) => Declaration | undefined,
): readonly Key[] {
  const found = new Map<string, Key>();
  const seen = new Set<ts.Node>();
  const add = (key: Key) => found.has(key.key) || found.set(key.key, key);
  const visit = (node: ts.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (ts.isObjectLiteralExpression(node)) {
      const key = columnIn(node);
      if (key) return void add(key);
    }
    // Columns that are made from a list of keys and heads.
    if (ts.isArrayLiteralExpression(node) && node.elements.length >= 3) {
      const [key, head] = node.elements;
      if (ts.isStringLiteral(key!) && ts.isStringLiteral(head!) && isListOfKeys(node))
        return void add({ key: key.text });
    }
    if (ts.isIdentifier(node) && !ts.isPropertyAssignment(node.parent)) {
      const target = declared(node.text);
      if (target && target !== start && !/^table[A-Z]/.test(node.text)) visit(target);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(start, visit);
  return [...found.values()];
}

/** A literal with key and head; undefined if it is none, or its key is one of a list's. */
function columnIn(node: ts.ObjectLiteralExpression): Key | undefined {
  const property = (name: string) =>
    node.properties.find((part) => part.name?.getText() === name) as
      | ts.PropertyAssignment
      | ts.ShorthandPropertyAssignment
      | undefined;
  const [key, head] = [property("key"), property("head")];
  if (!key || !head || ts.isShorthandPropertyAssignment(key)) return undefined;
  const text = (name: string) => {
    const part = property(name);
    return part && ts.isPropertyAssignment(part) && ts.isStringLiteralLike(part.initializer)
      ? part.initializer.text
      : undefined;
  };
  return { key: text("key") ?? "*", unit: text("unit"), meaning: text("meaning") };
}

/** True within an array of arrays, whose elements are taken apart as key and head. */
const isListOfKeys = (node: ts.Node): boolean =>
  ts.isArrayLiteralExpression(node.parent) && /\[key, head/.test(node.getSourceFile().text);

/** Notebooks that call a function. */
function notebooksWith(name: string, texts: ReadonlyMap<string, string>): string {
  const numbers = [...texts].flatMap(([file, text]) =>
    new RegExp(`\\b${name}\\(`).test(text) ? [file.slice(0, 2)] : [],
  );
  if (numbers.length === 0) return "";
  return ` Notebook${numbers.length > 1 ? "s" : ""} ${numbers.join(", ")}.`;
}

const INTRODUCTION = `# Tables

What stands in the columns of every table. \`npm start\` writes each as \`report/tables/ID.csv\`; all but very large ones also as Markdown, LaTeX and HTML. \`npm run export -- --format parquet,arrow\` writes them as Parquet and Arrow files.
This page is made from the code by \`npm run reference\`.

- **CSV**: UTF-8, commas, a header of the keys below, numbers in full precision, an empty cell where there is no value. Text that a spreadsheet would run as a formula has an apostrophe before it. Columns in one table always have the order below.
- **Returns** are decimals per period (0.01 = 1 %). Log returns for coins and markets; simple returns for factors, portfolios and the risk-free rate.
- **Dates** are ends of periods. A walk-forward beta dated t uses data through t − 1 and hedges the return of t.
- **Hedging error**: log return of the coin minus the sum of beta times the market's log return; its RMSE is over dates, of means over coins.
- **Rounding** is for readers only; screens and papers may leave out columns that files have.
`;

/** The text of docs/tables.md. */
export function tablesPage(): string {
  const texts = new Map(
    readdirSync(NOTEBOOKS)
      .filter((file) => file.endsWith(".nb.ts"))
      .map((file) => [file, readFileSync(join(NOTEBOOKS, file), "utf8")]),
  );
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const sections = describedTables().map(({ id, name, about, columns }) => {
    const rows = columns.map(
      ({ key, unit, meaning }) =>
        `| ${key === "*" ? "(names)" : `\`${key}\``} | ${cell(unit ?? "")} | ${cell(meaning ?? "")} |`,
    );
    return [
      `## ${id}`,
      "",
      `${about}${notebooksWith(name, texts)} Made by \`${name}\`.`,
      "",
      ...["| column | unit | meaning |", "| --- | --- | --- |", ...rows],
      "",
    ].join("\n");
  });
  return [INTRODUCTION, ...sections].join("\n");
}
