/** A remedy is something that a reader can do: what it names, exists. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { readSources } from "../lib/src/data/sources.js";
import { readStudy } from "../lib/src/study-file.js";
import { ROOT, scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();

const sources = ["lib/src", "tools"].flatMap((place) =>
  (readdirSync(join(ROOT, place), { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts") && !/^dist/.test(file) && !file.endsWith(".d.ts"))
    .map((file) => readFileSync(join(ROOT, place, file), "utf8")),
);

/** Literals of a source; a template with … for what it is filled with. */
function literals(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push(
        [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…"),
      );
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest));
  return found;
}

/** Sentences: a remedy is one, or a part of one. */
const sentences = sources.flatMap(literals).filter((text) => / .* /.test(text));
const matches = (pattern: RegExp): string[] => [
  ...new Set(sentences.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!))),
];

/** The keys that a refusal of an unknown one names. */
async function keysOf(
  read: (file: string) => unknown,
  path: readonly string[] = [],
): Promise<string[]> {
  const content = path.reduceRight<object>((inner, key) => ({ [key]: inner }), { "?": 1 });
  const file = write(join(folder, `${path.join(".")}.json`), JSON.stringify(content));
  const said = await Promise.resolve()
    .then(() => read(file))
    .catch((error: Error) => error.message);
  return /unknown key, expected one of ([\w, ]+);/.exec(String(said))![1]!.split(", ");
}

it("names keys that a study has", async () => {
  const top = await keysOf(readStudy);
  const named = matches(
    /\b((?:audit|bootstrap|baseline|grid|walkForward|sorts|split)\.(?!csv)[a-zA-Z]+)/g,
  );
  expect(named).toContain("audit.annualScale");
  expect(named).toContain("audit.equity");
  for (const key of named) {
    const [group, inner] = key.split(".") as [string, string];
    const keys = await keysOf(readStudy, [group]);
    expect([key, top.includes(group) && keys.includes(inner)]).toEqual([key, true]);
  }
});

it("names options that a study's prices, and sources, may have", async () => {
  const said = matches(/\bsay (?:another |its )?([a-zA-Z]+): "/g);
  const optional = matches(/^([a-zA-Z]+): "/g);
  const file = write(
    join(folder, "prices.json"),
    JSON.stringify({ prices: [{ name: "A", file: "a", "?": 1 }] }),
  );
  const refused = await readStudy(file).catch((error: Error) => error.message);
  for (const option of new Set([...said, ...optional, "dates", "decimal", "timeZone", "encoding"]))
    expect(refused).toMatch(new RegExp(`expected one of [\\w, ]*\\b${option}\\b`));
  expect(await keysOf(readSources)).toContain("audit");
});

it("names flags that a command takes, and commands that there are", () => {
  const flags = new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/"?([\w-]+)"?: \{ type: "(?:string|boolean)"/g)].map(([, flag]) => flag!),
    ),
  );
  const foreign = new Set([
    "help",
    "array",
    "version",
    "no-save",
    "experimental-strip-types",
    "config-path",
    "include",
    "no-sandbox",
    "font-render-hinting",
    "disable-lcd-text",
    "disable-background-networking",
  ]);
  const unknown = matches(/--([a-z][\w-]+)/g).filter(
    (flag) => !flags.has(flag) && !foreign.has(flag),
  );
  expect(unknown).toEqual([]);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(matches(/npm run ([\w:]+)/g).filter((script) => !(script in scripts))).toEqual([]);
});
