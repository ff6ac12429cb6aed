/** Keeps NAME.nb.ts and NAME.ipynb the same notebook. */

import { existsSync } from "node:fs";
import { basename } from "node:path";
import { DataError, writeFiles } from "neural-beta";
import {
  type CellSource,
  cellSource,
  cellSources,
  type Notebook,
  type NotebookCell,
  notebookOf,
  notebookText,
  percentText,
  readNotebook,
  readPercent,
  sourceHash,
} from "./notebook.js";

export type Side = "text" | "notebook";
type Pairing = "text written" | "notebook written" | "in step";

/**
 * Brings both files of a notebook into step: the side that changed since the last pairing is written to the other.
 *
 * Outputs, attachments and metadata stand in the .ipynb alone: a cell keeps them while its source stays, and those but the
 * outputs also where it changes in its place.
 *
 * @param stem path without .nb.ts or .ipynb
 * @param from the side to keep where both changed; elsewhere it is not asked
 * @throws Error if both changed and no side is named, or a cell with attachments or metadata has gone from the text
 */
export function pair(stem: string, from?: Side): Pairing {
  const textFile = `${stem}.nb.ts`;
  const notebookFile = `${stem}.ipynb`;
  const text = existsSync(textFile) ? readPercent(textFile) : undefined;
  const notebook = notebookIn(notebookFile, from);
  const sources = notebook && cellSources(notebook);
  if (text && sources && sourceHash(text) === sourceHash(sources)) return "in step";
  switch (changedSide(stem, text, sources, notebook) ?? from) {
    case "text":
      writeFiles({ [notebookFile]: notebookText(carried(notebookOf(text ?? []), notebook, stem)) });
      return "notebook written";
    case "notebook": {
      const kept = notebookOf(sources ?? []);
      writeFiles({
        [textFile]: percentText(sources ?? []),
        [notebookFile]: notebookText({
          ...kept,
          cells: notebook?.cells ?? [],
          metadata: { ...notebook?.metadata, ...kept.metadata },
        }),
      });
      return "text written";
    }
    case undefined:
      throw new Error(
        `${stem}: .nb.ts and .ipynb both changed since they were last paired; keep one of them with "npm run pair -- --only ${basename(stem)} --from text" or "… --from notebook"`,
      );
  }
}

/** The notebook of a file; one that is damaged counts as absent where the text is to be kept. */
function notebookIn(file: string, from: Side | undefined): Notebook | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readNotebook(file);
  } catch (error) {
    if (from === "text" && error instanceof DataError) return undefined;
    throw error;
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

/** The fresh notebook with what only the old one holds: of cells that are alike, each its own. */
function carried(fresh: Notebook, old: Notebook | undefined, stem: string): Notebook {
  if (!old) return fresh;
  const keyOf = (cell: NotebookCell) => sourceHash([{ ...cellSource(cell), tags: [] }]);
  const before = old.cells.filter((cell) => cellSource(cell).source !== "");
  const keys = before.map(keyOf);
  const taken = new Set<number>();
  const same = fresh.cells.map((cell) => {
    const key = keyOf(cell);
    const at = keys.findIndex((other, i) => other === key && !taken.has(i));
    if (at >= 0) taken.add(at);
    return at;
  });
  fresh.cells.forEach((cell, i) => {
    const at = same[i]! >= 0 ? same[i]! : inPlace(i, same, fresh.cells, before, taken);
    const from = before[at];
    if (!from) return;
    taken.add(at);
    const { tags: _, ...metadata } = from.metadata;
    Object.assign(cell, {
      metadata: { ...metadata, ...cell.metadata },
      ...(from.attachments ? { attachments: from.attachments } : {}),
      ...(same[i]! >= 0 && from.cell_type === "code"
        ? { outputs: from.outputs, execution_count: from.execution_count }
        : {}),
    });
  });
  const lost = before.findIndex((cell, i) => !taken.has(i) && holdsMore(cell));
  if (lost >= 0)
    throw new Error(
      `${stem}.ipynb: cell ${old.cells.indexOf(before[lost]!) + 1} (${JSON.stringify(before[lost]!.source.split("\n")[0]!.slice(0, 40))}) has attachments or metadata and is no longer in .nb.ts; delete it in the notebook first, or leave its source as it was`,
    );
  return { ...fresh, metadata: { ...old.metadata, ...fresh.metadata } };
}

/** The old cell of the same type between the same neighbours: what a cell was before its source changed; -1 if there is none. */
function inPlace(
  i: number,
  same: readonly number[],
  cells: readonly NotebookCell[],
  before: readonly NotebookCell[],
  taken: ReadonlySet<number>,
): number {
  const above = same.slice(0, i).findLastIndex((at) => at >= 0);
  const below = same.findIndex((at, k) => k > i && at >= 0);
  const at = (above < 0 ? -1 : same[above]!) + (i - above);
  const end = below < 0 ? before.length : same[below]!;
  return at < end && !taken.has(at) && before[at]?.cell_type === cells[i]!.cell_type ? at : -1;
}

/** Metadata that editors write by themselves. */
const EDITORS = [
  "tags",
  "vscode",
  "execution",
  "ExecuteTime",
  "collapsed",
  "scrolled",
  "jupyter",
  "trusted",
];

/** True for a cell with more than its text can hold and a run or an editor gives back. */
const holdsMore = ({ metadata, attachments }: NotebookCell): boolean =>
  Object.keys(attachments ?? {}).length > 0 ||
  Object.keys(metadata).some((key) => !EDITORS.includes(key));
