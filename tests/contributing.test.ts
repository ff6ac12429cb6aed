/** CONTRIBUTING.md: its code is type-checked in its place and runs, its edits fit the files that they name. */

import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { checkEstimator } from "../lib/src/betas/check-estimator.js";
import { pathEstimator } from "../lib/src/betas/estimator.js";
import type { NullScores } from "../lib/src/comparing/nulls.js";
import { onePair } from "../lib/src/panel/panel.js";
import type { Claim } from "../lib/src/report/claims/context.js";
import { STUDY } from "../lib/src/study.js";
import type { Table } from "../lib/src/tables/table.js";
import type { BetaPath, Panel } from "../lib/src/types.js";
import { claimContextOf, monthsOf } from "./support/claim-context.js";
import { studyPanel } from "./support/helpers.js";
import { ROOT } from "./support/scratch.js";

const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const fenced = (language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, code]) => code!,
  );

/** New files of the recipes, by their path. */
const files = new Map(
  fenced("ts").map((code) => [join(ROOT, /^\/\/ (\S+)\n/.exec(code)![1]!), code]),
);

/** What a new file exports: its imports are the library's own modules. */
async function exportsOf(name: string): Promise<Record<string, unknown>> {
  const [file, code] = [...files].find(([path]) => path.endsWith(name))!;
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true);
  const scope: Record<string, unknown> = {};
  for (const statement of source.statements)
    if (ts.isImportDeclaration(statement)) {
      const { text: specifier } = statement.moduleSpecifier as ts.StringLiteral;
      const module = resolve(dirname(file), specifier.replace(/\.js$/, ".ts"));
      Object.assign(scope, await import(/* @vite-ignore */ module));
    }
  const body = code.replace(/^import [^;]*;$/gm, "").replace(/^export /gm, "");
  const names = [...code.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name!);
  const { outputText } = ts.transpileModule(`${body}\nreturn { ${names.join(", ")} };`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022 },
  });
  return new Function(...Object.keys(scope), outputText)(...Object.values(scope));
}

describe("the recipes' new files", () => {
  it("are three", () => {
    expect(files.size).toBe(3);
  });

  it("pass the library's own compiler in their places", () => {
    const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, composite: false, noEmit: true },
      ROOT,
    );
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile, getSourceFile } = host;
    host.fileExists = (file) => files.has(file) || fileExists(file);
    host.readFile = (file) => files.get(file) ?? readFile(file);
    host.getSourceFile = (file, version, ...rest) => {
      const code = files.get(file);
      return code === undefined
        ? getSourceFile(file, version, ...rest)
        : ts.createSourceFile(file, code, version, true);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    const faults = [...files.keys()].flatMap((file) => {
      const source = program.getSourceFile(file)!;
      return [
        ...program.getSyntacticDiagnostics(source),
        ...program.getSemanticDiagnostics(source),
      ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    });
    expect(faults).toEqual([]);
  });
});

it("edits of existing files fit them", () => {
  const edits = fenced("diff");
  expect(edits.length).toBeGreaterThan(0);
  for (const edit of edits) {
    const [head, ...lines] = edit.trimEnd().split("\n");
    const file = readFileSync(join(ROOT, head!.replace("--- ", "")), "utf8");
    const kept = lines.filter((line) => !line.startsWith("+")).map((line) => line.slice(1));
    expect(kept.length).toBeGreaterThan(0);
    expect(file).toContain(kept.join("\n"));
  }
});

describe("the recipe of an estimator", () => {
  const made = async () =>
    (await exportsOf("median.ts")).medianBeta as (
      panel: Panel,
      options: { lookback: number },
    ) => BetaPath;

  it("gives the example's values", async () => {
    const medianBeta = await made();
    const pair = onePair([0.02, 0.01, 0.09, 0], [0.01, 0.01, 0.01, 0]);
    expect([...medianBeta(pair, { lookback: 3 }).values]).toEqual([NaN, NaN, NaN, 2]);
  });

  it("keeps the rules of a walk forward", async () => {
    const medianBeta = await made();
    const estimator = pathEstimator("median", (panel) => medianBeta(panel, { lookback: 12 }));
    await checkEstimator(estimator, await studyPanel("FIAT"), [STUDY.split]);
    await expect(studyPanel().then((panel) => medianBeta(panel, { lookback: 12 }))).rejects.toThrow(
      "medianBeta: the panel must have one market, it has FIAT, EQUITY, GOLD, ENERGY; select one",
    );
  });
});

it("the recipe of a table has a row per market set", async () => {
  const { tableNullScores } = (await exportsOf("null-scores.ts")) as {
    tableNullScores: (nulls: NullScores, sample: string) => Table;
  };
  const { rows, columns } = tableNullScores({ zero: 3, pooled: { A: 1, "A+B": 2 } }, "");
  expect(columns.map(({ key }) => key)).toEqual(["marketSet", "pooled", "zero"]);
  expect(rows).toEqual([
    ["A", 1, 3],
    ["A+B", 2, 3],
  ]);
});

it("the recipe of a claim measures what it says", async () => {
  const { EXTRA } = (await exportsOf("extra.ts")) as { EXTRA: readonly Claim[] };
  const panel = monthsOf(
    (t, name) => (name === "BTC" ? 0.1 * (t % 2) : 0),
    () => 0,
  );
  const { estimate } = await EXTRA[0]!.measure(claimContextOf({ panel }));
  expect(estimate).toBeCloseTo((0.1 * 41) / 83, 12);
});
