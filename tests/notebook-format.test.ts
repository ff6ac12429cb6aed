/** Notebooks as text and as Jupyter files: nothing is lost on the way. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CellSource,
  cellSources,
  notebookOf,
  notebookText,
  parseNotebook,
  parsePercent,
  percentText,
} from "../tools/dist/kernel/notebook.js";

const TEXT = `// %% [markdown]
/*
# Title

A line with $x^2$.
*/

// %%
const a = 1;

show(a);

// %% tags=["raises-exception"]
throw new Error("on purpose");
`;

const cell: fc.Arbitrary<CellSource> = fc.record({
  type: fc.constantFrom("code" as const, "markdown" as const),
  source: fc
    .array(fc.constantFrom("const a = 1;", "", "  x", "# Title", "/* c */", "*/", "β − 1", '"q"'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((lines) => lines.join("\n").trim())
    .filter((source) => source !== ""),
  tags: fc.subarray(["raises-exception", "hide-input"]),
});

describe("the percent format", () => {
  it("comes back from cells as it was written", () => {
    expect(percentText(parsePercent(TEXT, "a.nb.ts"))).toBe(TEXT);
  });
  it("comes back from a Jupyter file as it was written", () => {
    const file = notebookText(notebookOf(parsePercent(TEXT, "a.nb.ts")));
    expect(percentText(cellSources(parseNotebook(file, "a.ipynb")))).toBe(TEXT);
  });
  it("keeps any cells through text and through a Jupyter file", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        const text = percentText(cells);
        expect(parsePercent(text, "a.nb.ts")).toEqual(cells);
        const file = notebookText(notebookOf(cells));
        expect(cellSources(parseNotebook(file, "a.ipynb"))).toEqual(cells);
      }),
    );
  });
  it("reads CRLF as LF", () => {
    expect(parsePercent(TEXT.replaceAll("\n", "\r\n"), "a.nb.ts")).toEqual(
      parsePercent(TEXT, "a.nb.ts"),
    );
  });
  it("refuses text before the first cell", () => {
    expect(() => parsePercent("const a = 1;\n// %%\n", "a.nb.ts")).toThrow(
      'a.nb.ts:1: text stands before the first cell; begin with a line "// %%"',
    );
  });
  it("refuses a Markdown cell that is no comment, and names its line", () => {
    expect(() => parsePercent("// %%\n1;\n// %% [markdown]\n# Title\n", "a.nb.ts")).toThrow(
      "a.nb.ts:3: a Markdown cell must be one block comment",
    );
  });
});

describe("the Jupyter file", () => {
  const file = notebookText(notebookOf(parsePercent(TEXT, "a.nb.ts")));

  it("has one blank of indent, a newline at the end, and lines in lists", () => {
    expect(file.startsWith('{\n "cells": [')).toBe(true);
    expect(file.endsWith("}\n")).toBe(true);
    expect(JSON.parse(file).cells[1].source).toEqual(["const a = 1;\n", "\n", "show(a);"]);
  });
  it("gives a cell the same id as long as position and source stay", () => {
    const ids = (text: string) => notebookOf(parsePercent(text, "a")).cells.map(({ id }) => id);
    const changed = ids(TEXT.replace("a = 1", "a = 2"));
    expect(ids(TEXT)).toEqual(ids(TEXT));
    expect(changed.map((id, i) => id === ids(TEXT)[i])).toEqual([true, false, true]);
  });
  it("refuses what is no notebook", () => {
    expect(() => parseNotebook("{", "a.ipynb")).toThrow("a.ipynb: is no notebook");
    expect(() => parseNotebook("{}", "a.ipynb")).toThrow(
      "a.ipynb: is no notebook: nbformat must be 4",
    );
  });
});
