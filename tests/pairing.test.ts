import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type CodeCell, notebookText, parseNotebook } from "../tools/dist/kernel/notebook.js";
import { hasUnpairedEdits, pair } from "../tools/dist/kernel/pairing.js";

const TEXT = "// %%\nconst a = 1;\n\n// %%\nconst b = 2;\n";

let folder: string;
let stem: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "neural-beta-pair-"));
  stem = join(folder, "00-test");
  writeFileSync(`${stem}.nb.ts`, TEXT);
  pair(stem);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const notebook = () => parseNotebook(readFileSync(`${stem}.ipynb`, "utf8"), "00-test.ipynb");
const editNotebook = (from: string, to: string) => {
  const edited = notebook();
  for (const cell of edited.cells) cell.source = cell.source.replace(from, to);
  writeFileSync(`${stem}.ipynb`, notebookText(edited));
};
const editText = (from: string, to: string) =>
  writeFileSync(`${stem}.nb.ts`, readFileSync(`${stem}.nb.ts`, "utf8").replace(from, to));

it("makes the notebook from the text, and then finds both in step", () => {
  expect(notebook().cells.map((cell) => cell.source)).toEqual(["const a = 1;", "const b = 2;"]);
  expect(pair(stem)).toBe("in step");
});
it("makes the text from a notebook that stands alone", () => {
  rmSync(`${stem}.nb.ts`);
  expect(pair(stem)).toBe("text written");
  expect(readFileSync(`${stem}.nb.ts`, "utf8")).toBe(TEXT);
});
it("takes an edit of the text into the notebook and keeps the outputs of other cells", () => {
  const run = notebook();
  (run.cells[1] as CodeCell).outputs = [{ output_type: "stream", name: "stdout", text: "kept" }];
  writeFileSync(`${stem}.ipynb`, notebookText(run));
  editText("a = 1", "a = 7");
  expect(pair(stem)).toBe("notebook written");
  expect(notebook().cells[0]!.source).toBe("const a = 7;");
  expect((notebook().cells[1] as CodeCell).outputs).toHaveLength(1);
});
it("takes an edit of the notebook into the text", () => {
  editNotebook("b = 2", "b = 9");
  expect(hasUnpairedEdits(notebook())).toBe(true);
  expect(pair(stem)).toBe("text written");
  expect(readFileSync(`${stem}.nb.ts`, "utf8")).toBe(TEXT.replace("b = 2", "b = 9"));
  expect(hasUnpairedEdits(notebook())).toBe(false);
});
it("refuses if both changed, names the command, and takes the named side", () => {
  editText("a = 1", "a = 7");
  editNotebook("b = 2", "b = 9");
  const before = readFileSync(`${stem}.ipynb`, "utf8");
  expect(() => pair(stem)).toThrow(
    '"npm run pair -- --only 00-test --from text" or "… --from notebook"',
  );
  expect(readFileSync(`${stem}.ipynb`, "utf8")).toBe(before);
  expect(pair(stem, "notebook")).toBe("text written");
  expect(readFileSync(`${stem}.nb.ts`, "utf8")).toBe(TEXT.replace("b = 2", "b = 9"));
});
it("asks for no side where only one changed: the other is never written over", () => {
  editNotebook("b = 2", "b = 9");
  expect(pair(stem, "text")).toBe("text written");
  expect(readFileSync(`${stem}.nb.ts`, "utf8")).toContain("b = 9");
  rmSync(`${stem}.nb.ts`);
  expect(pair(stem, "text")).toBe("text written");
  expect(readFileSync(`${stem}.nb.ts`, "utf8")).toContain("b = 9");
});
it("refuses a name that has neither file", () => {
  expect(() => pair(join(folder, "99-none"))).toThrow("there is neither .nb.ts nor .ipynb");
});
it("gives two cells that are alike each its own output", () => {
  writeFileSync(`${stem}.nb.ts`, "// %%\nshow(1);\n\n// %%\nshow(1);\n");
  pair(stem);
  const run = notebook();
  run.cells.forEach((cell, i) => {
    (cell as CodeCell).outputs = [{ output_type: "stream", name: "stdout", text: `${i}` }];
  });
  writeFileSync(`${stem}.ipynb`, notebookText(run));
  editText("show(1);\n", "show(1);\n\n// %%\nshow(2);\n");
  pair(stem);
  expect(notebook().cells.map((cell) => (cell as CodeCell).outputs.length)).toEqual([1, 0, 1]);
});
it("leaves nothing beside the two files", () => {
  editText("a = 1", "a = 7");
  pair(stem);
  expect(readdirSync(folder).sort()).toEqual(["00-test.ipynb", "00-test.nb.ts"]);
});
