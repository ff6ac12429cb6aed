/** Chapters of a report that a run does not make anew: taken over from the report that it updates. */

import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Notebook, readNotebook } from "../kernel/notebook.js";
import { tableId } from "../page/chapter.js";
import { shownFigures } from "../pictures/pictures.js";
import { type Manifest, reportFiles } from "./manifest.js";

/** Ids of the tables and figures that notebooks show, in order of their names. */
export function shownIds(notebooks: Iterable<Notebook>): { tables: string[]; figures: string[] } {
  const all = [...notebooks];
  const outputs = all
    .flatMap(({ cells }) => cells)
    .flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : []));
  const distinct = (ids: readonly string[]) => [...new Set(ids)].sort();
  return {
    tables: distinct(outputs.flatMap((output) => tableId(output) ?? [])),
    figures: distinct(all.flatMap(shownFigures).map(({ metadata }) => metadata.figure)),
  };
}

/** Copies chapters with their tables and figures; returns their notebooks by name. */
export function keepChapters(
  from: string,
  names: readonly string[],
  staging: string,
): Map<string, Notebook> {
  const kept = new Map(
    names.map((name) => {
      const file = join(from, "notebooks", `${name}.ipynb`);
      return [name, readNotebook(file)];
    }),
  );
  const { tables, figures } = shownIds(kept.values());
  const byId = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, true]));
  const files = reportFiles({ notebooks: [], tables: byId(tables), figures: byId(figures) });
  for (const file of files) {
    const target = join(staging, file);
    // What this run has written is newer.
    if (dirname(file) === "." || !existsSync(join(from, file)) || existsSync(target)) continue;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(from, file), target);
  }
  return kept;
}

/** Chapters of a report that a run with these notebooks does not make. */
export const otherChapters = (report: Manifest | undefined, names: readonly string[]): string[] =>
  report?.notebooks.filter((name) => !names.includes(name)) ?? [];
