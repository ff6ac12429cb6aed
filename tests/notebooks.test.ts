/** The committed notebooks: in order, without errors, and what the README says of them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import {
  type CodeCell,
  cellSources,
  parseNotebook,
  parsePercent,
} from "../tools/dist/kernel/notebook.js";
import { hasUnpairedEdits } from "../tools/dist/kernel/pairing.js";
import { shownFigures } from "../tools/dist/pictures/pictures.js";

const FOLDER = fileURLToPath(new URL("../notebooks", import.meta.url));
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".nb.ts"))
  .map((file) => file.slice(0, -".nb.ts".length));

it("there is a notebook file for every text, and a text for every notebook file", () => {
  const notebooks = readdirSync(FOLDER).filter((file) => file.endsWith(".ipynb"));
  expect(names.length).toBeGreaterThan(0);
  expect(notebooks).toEqual(names.map((name) => `${name}.ipynb`));
});

describe.each(names)("%s", (name) => {
  const text = readFileSync(join(FOLDER, `${name}.nb.ts`), "utf8");
  const cells = parsePercent(text, name);
  const notebook = parseNotebook(readFileSync(join(FOLDER, `${name}.ipynb`), "utf8"), name);
  const code = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");

  it("holds the same cells in both files", () => {
    expect(cellSources(notebook)).toEqual(cells);
    expect(hasUnpairedEdits(notebook)).toBe(false);
  });
  it("was executed in order, from top to bottom, without an error", () => {
    expect(code.map((cell) => cell.execution_count)).toEqual(code.map((_, i) => i + 1));
    const outputs = code.flatMap((cell) => cell.outputs);
    expect(outputs.filter((o) => o.output_type === "error" || o.name === "stderr")).toEqual([]);
  });
  it("begins with question, report, inputs, outputs, run time and what to expect", () => {
    for (const word of [
      "# ",
      "**Question.**",
      "Report:",
      "Inputs:",
      "Outputs:",
      "Run time:",
      "Expect:",
    ])
      expect(cells[0]!.source).toContain(word);
  });
  it("imports the library, and TensorFlow.js at most in notebook 01", () => {
    const from = [...text.matchAll(/(?:from|^import) "([^"]+)"/gm)].map((match) => match[1]!);
    const allowed = name.startsWith("01") ? /^(neural-beta|@tensorflow\/tfjs.*)$/ : /^neural-beta$/;
    expect(from.filter((module) => !allowed.test(module))).toEqual([]);
  });
  it("declares no function and loops over nothing: what lacks belongs in the library", () => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionDeclaration(node) || ts.isIterationStatement(node, false))
        found.push(node.getText());
      if (
        ts.isVariableDeclaration(node) &&
        node.initializer &&
        ts.isArrowFunction(node.initializer)
      )
        found.push(node.getText());
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true));
    // 01 opens by hand: the network, its loss and the loop over the epochs.
    expect(found).toHaveLength(name.startsWith("01") ? 3 : 0);
  });
  it("gives every figure a picture, a caption with sample and unit, and a text for who cannot see it", () => {
    for (const { data, metadata } of shownFigures(notebook)) {
      expect(data["image/png"]).toBeTypeOf("string");
      expect(metadata.caption).toMatch(/monthly|weekly|log return|simulated/i);
      expect(metadata.alt.length).toBeGreaterThan(40);
    }
  });
  it("carries no path of a machine", () => {
    expect(JSON.stringify(notebook)).not.toMatch(/\/(home|root|Users|work)\/|file:\/\//);
  });
});

describe("the README", () => {
  it("quotes the count of verdicts as notebook 10 prints it", () => {
    const read = (path: string) => readFileSync(join(FOLDER, path), "utf8");
    const [count] = /Of \d+ claims .* cannot be tested/.exec(read("../README.md"))!;
    expect(read("10-findings.ipynb")).toContain(count);
  });
});
