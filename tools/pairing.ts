/** Keeps NAME.nb.ts and NAME.ipynb the same notebook. */

import { existsSync, readFileSync } from "node:fs";
import { writeFiles } from "neural-beta";
import {
  cellSources,
  type Notebook,
  notebookOf,
  notebookText,
  parseNotebook,
  parsePercent,
  percentText,
  sourceHash,
} from "./notebook.js";

export type Side = "text" | "notebook";
export type Pairing = "text written" | "notebook written" | "in step";

/**
 * Brings both files of a notebook into step: the side that changed since the last pairing is written to the other.
 *
 * @param stem path without .nb.ts or .ipynb
 * @param from the side to keep if both changed
 * @throws Error if both changed and no side is named
 */
export function pair(stem: string, from?: Side): Pairing {
  const textFile = `${stem}.nb.ts`;
  const notebookFile = `${stem}.ipynb`;
  const text = existsSync(textFile)
    ? parsePercent(readFileSync(textFile, "utf8"), textFile)
    : undefined;
  const notebook = existsSync(notebookFile)
    ? parseNotebook(readFileSync(notebookFile, "utf8"), notebookFile)
    : undefined;
  const sources = notebook && cellSources(notebook);
  if (text && sources && sourceHash(text) === sourceHash(sources))
    return "in step";
  switch (
    from ??
    changedSide(
      stem,
      text && sourceHash(text),
      sources && sourceHash(sources),
      notebook,
    )
  ) {
    case "text": {
      const paired = withOutputs(notebookOf(text ?? []), notebook);
      writeFiles({ [notebookFile]: notebookText(paired) });
      return "notebook written";
    }
    case "notebook": {
      const kept = sources ?? [];
      writeFiles({
        [textFile]: percentText(kept),
        [notebookFile]: notebookText(withOutputs(notebookOf(kept), notebook)),
      });
      return "text written";
    }
  }
}

function changedSide(
  stem: string,
  text: string | undefined,
  sources: string | undefined,
  notebook: Notebook | undefined,
): Side {
  if (sources === undefined) return "text";
  if (text === undefined) return "notebook";
  const paired = pairedHash(notebook);
  if (sources === paired) return "text";
  if (text === paired) return "notebook";
  throw new Error(
    `${stem}: .nb.ts and .ipynb both changed since they were last paired; keep one of them with "npm run pair -- --from text" or "npm run pair -- --from notebook"`,
  );
}

/** True if the notebook file holds edits that its text does not. */
export function hasUnpairedEdits(notebook: Notebook): boolean {
  return sourceHash(cellSources(notebook)) !== pairedHash(notebook);
}

const pairedHash = (notebook: Notebook | undefined): string | undefined =>
  (notebook?.metadata.neural_beta as { paired?: string } | undefined)?.paired;

/** Cells whose source did not change keep their outputs. */
function withOutputs(fresh: Notebook, old: Notebook | undefined): Notebook {
  for (const cell of fresh.cells) {
    if (cell.cell_type !== "code") continue;
    const same = old?.cells.find(
      (other) =>
        other.cell_type === "code" && other.source.trim() === cell.source,
    );
    if (same?.cell_type === "code")
      Object.assign(cell, {
        outputs: same.outputs,
        execution_count: same.execution_count,
      });
  }
  return fresh;
}
