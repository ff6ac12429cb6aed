/** Keeps NAME.nb.ts and NAME.ipynb the same notebook. */

import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { writeFiles } from "neural-beta";
import {
  type CellSource,
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
type Pairing = "text written" | "notebook written" | "in step";

/**
 * Brings both files of a notebook into step: the side that changed since the last pairing is written to the other.
 *
 * @param stem path without .nb.ts or .ipynb
 * @param from the side to keep where both changed; elsewhere it is not asked
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
  if (text && sources && sourceHash(text) === sourceHash(sources)) return "in step";
  switch (changedSide(stem, text, sources, notebook) ?? from) {
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
    case undefined:
      throw new Error(
        `${stem}: .nb.ts and .ipynb both changed since they were last paired; keep one of them with "npm run pair -- --only ${basename(stem)} --from text" or "… --from notebook"`,
      );
  }
}

/** The side that changed since the last pairing, or the only one there is; undefined if both changed. */
function changedSide(
  stem: string,
  text: readonly CellSource[] | undefined,
  sources: readonly CellSource[] | undefined,
  notebook: Notebook | undefined,
): Side | undefined {
  if (text === undefined && sources === undefined)
    throw new Error(`${stem}: there is neither .nb.ts nor .ipynb; correct the name`);
  if (sources === undefined) return "text";
  if (text === undefined) return "notebook";
  const paired = pairedHash(notebook);
  if (sourceHash(sources) === paired) return "text";
  if (sourceHash(text) === paired) return "notebook";
  return undefined;
}

/** True if the notebook file holds edits that its text does not. */
export function hasUnpairedEdits(notebook: Notebook): boolean {
  return sourceHash(cellSources(notebook)) !== pairedHash(notebook);
}

const pairedHash = (notebook: Notebook | undefined): string | undefined =>
  (notebook?.metadata.neural_beta as { paired?: string } | undefined)?.paired;

/** Cells whose source did not change keep their outputs; of several that are alike, each its own. */
function withOutputs(fresh: Notebook, old: Notebook | undefined): Notebook {
  const left = (old?.cells ?? []).filter((cell) => cell.cell_type === "code");
  for (const cell of fresh.cells) {
    if (cell.cell_type !== "code") continue;
    const at = left.findIndex((other) => other.source.trim() === cell.source);
    const [same] = at < 0 ? [] : left.splice(at, 1);
    if (same)
      Object.assign(cell, {
        outputs: same.outputs,
        execution_count: same.execution_count,
      });
  }
  return fresh;
}
