/** Executes the project's notebooks, each in a kernel of its own, in order. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { STUDY_NEEDS, type StudyNeed } from "neural-beta";
import { inProject, terminalProgress } from "../terminal.js";
import { startKernel } from "./client.js";
import { type CellSource, type Notebook, notebookOf, parsePercent } from "./notebook.js";
import { runNotebook } from "./runner.js";

export const NOTEBOOKS: string = inProject("notebooks");
const KERNEL = inProject("tools/kernel/kernel.cjs");

/**
 * Names of the notebooks, in order.
 *
 * @param only numbers or names, separated by commas; all by default
 * @throws Error if one of them is no notebook
 */
export function notebookNames(only?: string): string[] {
  const all = [
    ...new Set(
      readdirSync(NOTEBOOKS)
        .map((file) => /^(\d\d-.+?)\.(nb\.ts|ipynb)$/.exec(file)?.[1])
        .filter((name) => name !== undefined),
    ),
  ].sort();
  if (only === undefined) return all;
  const wanted = only.split(",").map((part) => {
    const name = all.find((n) => n === part.trim() || n.startsWith(`${part.trim()}-`));
    if (name === undefined)
      throw new Error(`--only: there is no notebook ${part}, there are ${all.join(", ")}`);
    return name;
  });
  return all.filter((name) => wanted.includes(name));
}

/**
 * What notebooks ask of the study's dates: `tags=["needs:split"]` on a cell, for example the one that reads the study.
 *
 * @throws Error if a tag names no such need
 */
export function notebookNeeds(names: readonly string[]): StudyNeed[] {
  const tagged = names.flatMap((name) =>
    cellsOf(name)
      .flatMap(({ tags }) => tags)
      .filter((tag) => tag.startsWith("needs:"))
      .map((tag) => {
        const need = STUDY_NEEDS.find((known) => tag === `needs:${known}`);
        if (need) return need;
        throw new Error(
          `${name}.nb.ts: a tag needs: names ${STUDY_NEEDS.join(" or ")}, got ${tag}; correct it`,
        );
      }),
  );
  return STUDY_NEEDS.filter((need) => tagged.includes(need));
}

function cellsOf(name: string): CellSource[] {
  const file = `${name}.nb.ts`;
  return parsePercent(readFileSync(join(NOTEBOOKS, file), "utf8"), file);
}

/** Notebooks that were run to their end, and the one that was not. */
export interface Execution {
  readonly executed: ReadonlyMap<string, Notebook>;
  /** The first that failed: the rest were not begun. */
  readonly failed?: { readonly name: string; readonly message: string };
}

/**
 * Executes notebooks from their texts, one after the other.
 *
 * @param env variables for the kernels: NEURAL_BETA_OUT, NEURAL_BETA_STUDY
 */
export async function executeNotebooks(
  names: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Execution> {
  const executed = new Map<string, Notebook>();
  const progress = terminalProgress();
  const notebooks = new Map(names.map((name) => [name, notebookOf(cellsOf(name))]));
  const cells = (notebook: Notebook) =>
    notebook.cells.filter((cell) => cell.cell_type === "code").length;
  const total = [...notebooks.values()].reduce((sum, notebook) => sum + cells(notebook), 0);
  let before = 0;
  try {
    for (const [name, notebook] of notebooks) {
      const onProgress = (done: number, all: number) =>
        progress.update(`${name}, cell ${Math.min(done + 1, all)} of ${all}`, before + done, total);
      try {
        await executeAlone(name, notebook, env, onProgress);
      } catch (error) {
        return { executed, failed: { name, message: (error as Error).message } };
      }
      before += cells(notebook);
      executed.set(name, notebook);
    }
  } finally {
    progress.clear();
  }
  return { executed };
}

/** Runs one notebook in a kernel of its own. */
async function executeAlone(
  name: string,
  notebook: Notebook,
  env: Readonly<Record<string, string>>,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const kernel = await startKernel({
    cwd: NOTEBOOKS,
    env: { ...process.env, ...env },
    script: KERNEL,
  });
  try {
    await runNotebook(kernel, notebook, { name: `${name}.nb.ts`, onProgress });
  } finally {
    await kernel.close();
  }
}
