/** Which cells the page leaves out on a study that has no use for them. */

import { expect, it } from "vitest";
import { type CellSource, type NotebookCell, notebookOf } from "../tools/kernel/notebook.js";
import { foldedChapter } from "../tools/page/fold.js";

type Line = readonly ["text" | "shown" | "left out" | "silent", string];

/** A notebook of text and of code that shows something, says why it does not, or only computes. */
function chapter(lines: readonly Line[]) {
  const notebook = notebookOf(
    lines.map(
      ([kind, source]): CellSource => ({
        type: kind === "text" ? "markdown" : "code",
        source,
        tags: [],
      }),
    ),
  );
  notebook.cells.forEach((cell, i) => {
    const [kind] = lines[i]!;
    if (cell.cell_type !== "code" || kind === "silent") return;
    const own = kind === "left out" ? { leftOut: "the report has its own data" } : {};
    cell.outputs = [{ output_type: "display_data", data: {}, metadata: { "neural-beta": own } }];
  });
  const { cells, leftOut } = foldedChapter(notebook);
  return {
    cells: cells.map(({ source }) => source),
    outputs: cells.map((cell: NotebookCell) =>
      cell.cell_type === "code" ? cell.outputs.length : 0,
    ),
    leftOut: [...leftOut].map(([reason, titles]) => [reason, ...titles]),
  };
}

it("leaves out text whose cells all say why they show nothing, with the cells that compute for them", () => {
  const { cells, leftOut } = chapter([
    ["text", "# 00 · Data"],
    ["shown", "show(panel)"],
    ["text", "## The report's rows"],
    ["silent", "const rows = 1"],
    ["left out", "showReported(rows)"],
    ["text", "## The end"],
    ["shown", "show(end)"],
  ]);
  expect(cells).toEqual(["# 00 · Data", "show(panel)", "## The end", "show(end)"]);
  expect(leftOut).toEqual([["the report has its own data", "The report's rows"]]);
});

it("keeps the head where a later part of its section stays, and names each section once", () => {
  const { cells, leftOut } = chapter([
    ["text", "# 00 · Data"],
    ["text", "## Rows\n\nThe report prints five."],
    ["silent", "read"],
    ["text", "## Differences\n\nThose of the report."],
    ["left out", "a"],
    ["text", "More of them."],
    ["left out", "b"],
    ["text", "Those of the study."],
    ["shown", "c"],
  ]);
  expect(cells).toEqual([
    "# 00 · Data",
    "## Rows\n\nThe report prints five.",
    "read",
    "## Differences",
    "Those of the study.",
    "c",
  ]);
  expect(leftOut).toEqual([["the report has its own data", "Differences"]]);
});

it("keeps text with any cell that shows something, without the reasons of the others", () => {
  const { cells, outputs, leftOut } = chapter([
    ["text", "# 00 · Data"],
    ["left out", "a"],
    ["text", "## Rows"],
    ["shown", "b"],
    ["left out", "c"],
    ["text", "## Only text"],
  ]);
  expect(cells).toEqual(["# 00 · Data", "a", "## Rows", "b", "c", "## Only text"]);
  expect(outputs).toEqual([0, 0, 0, 1, 0, 0]);
  expect(leftOut).toEqual([]);
});
