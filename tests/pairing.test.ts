/** A notebook's two files: an edit of either reaches the other, and none is overwritten. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type CodeCell,
  cellSources,
  type Notebook,
  type NotebookCell,
  notebookText,
  parseNotebook,
} from "../tools/dist/kernel/notebook.js";
import { hasUnpairedEdits, pair } from "../tools/dist/kernel/pairing.js";
import { RUNS } from "./support/helpers.js";

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

describe("what JupyterLab puts into a notebook", () => {
  const PICTURE = { "shot.png": { "image/png": "iVBORw0KGgo=" } };
  const cells = (): NotebookCell[] => [
    {
      cell_type: "markdown",
      metadata: {},
      attachments: PICTURE,
      source: "![shot](attachment:shot.png)",
    },
    { cell_type: "raw", metadata: { format: "text/latex" }, source: "a raw cell" },
    {
      cell_type: "code",
      metadata: { slideshow: { slide_type: "skip" } },
      execution_count: 3,
      outputs: [{ output_type: "stream", name: "stdout", text: ["kept"] }],
      source: "// %% a remark\nconst c = 3;",
    },
  ];
  const put = (made: readonly NotebookCell[]) => {
    rmSync(`${stem}.nb.ts`, { force: true });
    const empty: Notebook = { cells: [...made], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(`${stem}.ipynb`, notebookText(empty));
  };
  const without = ({ id: _, ...cell }: NotebookCell) => cell;

  it("stays in the notebook when its text is written, and the text is read back", () => {
    put(cells());
    expect(pair(stem)).toBe("text written");
    expect(notebook().cells.map(without)).toEqual(cells());
    expect(pair(stem)).toBe("in step");
    expect(readFileSync(`${stem}.nb.ts`, "utf8")).toBe(
      "// %% [markdown]\n/*\n![shot](attachment:shot.png)\n*/\n\n// %% [raw]\n/*\na raw cell\n*/\n\n// %%\n// \\%% a remark\nconst c = 3;\n",
    );
  });

  it("stays when another cell of the text changes, or the cell itself changes in its place", () => {
    put(cells());
    pair(stem);
    editText("![shot]", "See ![shot]");
    editText("const c", "const d");
    expect(pair(stem)).toBe("notebook written");
    const [picture, raw, code] = notebook().cells;
    expect(picture).toMatchObject({
      attachments: PICTURE,
      source: "See ![shot](attachment:shot.png)",
    });
    expect(raw!.metadata).toEqual({ format: "text/latex" });
    // What it printed was of another source.
    expect(code).toMatchObject({ metadata: { slideshow: { slide_type: "skip" } }, outputs: [] });
  });

  it("is not lost with a cell that goes from the text: pairing stops and names the cell", () => {
    put(cells());
    pair(stem);
    const before = readFileSync(`${stem}.ipynb`, "utf8");
    writeFileSync(`${stem}.nb.ts`, "// %%\n// \\%% a remark\nconst c = 3;\n");
    expect(() => pair(stem)).toThrow(
      '00-test.ipynb: cell 1 ("![shot](attachment:shot.png)") has attachments or metadata and is no longer in .nb.ts; delete it in the notebook first, or leave its source as it was',
    );
    expect(readFileSync(`${stem}.ipynb`, "utf8")).toBe(before);
  });

  const source = fc
    .array(
      fc.constantFrom(
        ...["a = 1;", "", "  x", "// %%", "// %% [raw]", "// \\%% x", "// \\\\%%"],
        ...["/*", "*/", "*\\/", "*\\\\/", "β", '"q"', "# Title", "tags=[]"],
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((lines) => lines.join("\n"));
  const any = fc
    .record({
      type: fc.constantFrom("code", "markdown", "raw"),
      source,
      hidden: fc.boolean(),
      skipped: fc.boolean(),
      more: fc.boolean(),
    })
    .map(({ type, source, hidden, skipped, more }): NotebookCell => {
      const metadata = {
        ...(hidden ? { tags: ["hide-input"] } : {}),
        ...(skipped ? { slideshow: { slide_type: "skip" } } : {}),
      };
      if (type === "raw") return { cell_type: "raw", metadata, source };
      if (type === "markdown")
        return {
          cell_type: "markdown",
          metadata,
          source,
          ...(more ? { attachments: PICTURE } : {}),
        };
      const outputs = more ? [{ output_type: "stream", name: "stdout", text: ["out"] }] : [];
      return { cell_type: "code", metadata, source, execution_count: more ? 7 : null, outputs };
    });

  it("survives both ways in any notebook", () => {
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), (made) => {
        put(made);
        pair(stem);
        expect(notebook().cells.map(without)).toEqual(made);
        expect(pair(stem)).toBe("in step");
        // A cell more in the text: all others come back with what they had.
        const text = readFileSync(`${stem}.nb.ts`, "utf8");
        writeFileSync(`${stem}.nb.ts`, `${text}\n// %%\nmore();\n`);
        expect(pair(stem)).toBe("notebook written");
        const filled = made.filter((cell) => cell.source.trim() !== "");
        expect(notebook().cells.map(without)).toEqual([
          ...filled.map((cell) => ({ ...cell, source: cell.source.trim() })),
          {
            cell_type: "code",
            execution_count: null,
            metadata: {},
            outputs: [],
            source: "more();",
          },
        ]);
        // The text alone gives every source back.
        rmSync(`${stem}.ipynb`);
        pair(stem);
        const sources = cellSources({ cells: filled });
        expect(cellSources(notebook()).slice(0, -1)).toEqual(sources);
      }),
      RUNS,
    );
  });
});
