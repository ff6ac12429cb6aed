/** What the package exports, as its doc comments describe it: the compiler reads them, nothing is repeated by hand. */

import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { ROOT } from "../terminal.js";

/** One public name. */
export interface PublicName {
  readonly name: string;
  readonly kind: "function" | "value" | "type";
  /** Its file, below lib/src. */
  readonly file: string;
  /** The declaration without the body; of a type, all of it. */
  readonly declaration: string;
  /** The doc comment before its first tag, paragraphs kept; empty without one. */
  readonly text: string;
  /** Tags of the doc comment, in order. */
  readonly tags: readonly {
    readonly tag: string;
    /** Name of the parameter, for `param`. */
    readonly parameter?: string;
    readonly text: string;
  }[];
}

const LIB = fileURLToPath(new URL("lib/", ROOT));
const SOURCES = join(LIB, "src");

/** Every name that lib/src/index.ts exports, in the order of the index. */
export function publicApi(): PublicName[] {
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(LIB, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    LIB,
  );
  const program = ts.createProgram(fileNames, options);
  const checker = program.getTypeChecker();
  const index = program.getSourceFile(join(SOURCES, "index.ts"))!;
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(index)!)
    .map((symbol) => publicName(checker, checker.getAliasedSymbol(symbol)));
}

function publicName(checker: ts.TypeChecker, symbol: ts.Symbol): PublicName {
  const [node] = symbol.declarations!;
  const source = node!.getSourceFile();
  return {
    name: symbol.name,
    kind: kindOf(checker, symbol, node!),
    file: relative(SOURCES, source.fileName).split(sep).join("/"),
    declaration: declarationOf(checker, symbol, node!),
    text: isDocumented(node!)
      ? ts.displayPartsToString(symbol.getDocumentationComment(checker))
      : "",
    tags: symbol.getJsDocTags(checker).map(({ name, text = [] }) => {
      const parameter = text.find(({ kind }) => kind === "parameterName")?.text;
      const whole = ts.displayPartsToString(text);
      return parameter === undefined
        ? { tag: name, text: whole }
        : { tag: name, parameter, text: whole.slice(parameter.length).trim() };
    }),
  };
}

/** True if a doc comment stands right above: the first one of a file, with a blank line below, describes the file. */
function isDocumented(node: ts.Declaration): boolean {
  const statement = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  const doc = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc).at(-1);
  const { text } = node.getSourceFile();
  return doc !== undefined && !/\n\s*\n/.test(text.slice(doc.end, statement.getStart()));
}

function kindOf(
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  node: ts.Declaration,
): PublicName["kind"] {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return "type";
  const type = checker.getTypeOfSymbolAtLocation(symbol, node);
  return type.getCallSignatures().length > 0 ? "function" : "value";
}

function declarationOf(checker: ts.TypeChecker, symbol: ts.Symbol, node: ts.Declaration): string {
  const { text } = node.getSourceFile();
  const from = (start: number, end: number) =>
    text
      .slice(start, end)
      .trim()
      .replace(/^export /, "");
  if (ts.isFunctionDeclaration(node)) return `${from(node.getStart(), node.body!.pos)};`;
  if (ts.isVariableDeclaration(node)) {
    const type = checker.getTypeOfSymbolAtLocation(symbol, node);
    // Literals say more than their types.
    if (!node.type && type.getCallSignatures().length === 0)
      return `const ${from(node.getStart(), node.end)};`;
    const written = checker.typeToString(type, node, ts.TypeFormatFlags.NoTruncation);
    return `const ${symbol.name}: ${written};`;
  }
  return from(node.getStart(), node.end);
}

/** The first sentence of a doc comment, on one line. */
export function firstSentence({ text }: PublicName): string {
  const [paragraph] = text.replaceAll("\r", "").split("\n\n");
  const line = paragraph!.replace(/\s+/g, " ").trim();
  // A full stop ends it where a new sentence begins, with a capital, a number or a name in backticks.
  return line.replace(/^(.*?[^.\s]\.)(?= [A-Z`\d[]).*$/, "$1");
}
