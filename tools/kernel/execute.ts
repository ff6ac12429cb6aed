/** Executes the project's notebooks, each in a kernel of its own, side by side where none waits for another. */

import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { STUDY_NEEDS, type StudyNeed } from "neural-beta";
import { inProject, terminalProgress } from "../terminal.js";
import { startKernel } from "./client.js";
import { type CellSource, type Notebook, notebookOf, parsePercent } from "./notebook.js";
import { runNotebook } from "./runner.js";
import { sideBySide } from "./side-by-side.js";

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

/**
 * Notebooks whose results a notebook reads from the cache: `tags=["after:02"]` on a cell. It could run without them, and would
 * compute the same once more.
 *
 * @throws Error if a tag names no earlier notebook
 */
export function notebooksBefore(name: string): string[] {
  const earlier = notebookNames().filter((other) => other < name);
  return cellsOf(name)
    .flatMap(({ tags }) => tags)
    .filter((tag) => tag.startsWith("after:"))
    .map((tag) => {
      const before = earlier.find((other) => other.startsWith(`${tag.slice(6)}-`));
      if (before) return before;
      throw new Error(`${name}.nb.ts: tag ${tag} must name an earlier notebook; correct it`);
    });
}

function cellsOf(name: string): CellSource[] {
  const file = `${name}.nb.ts`;
  return parsePercent(readFileSync(join(NOTEBOOKS, file), "utf8"), file);
}

/** Kernels at once: each holds its study's panels and networks in memory, and trains on all cores. */
const AT_ONCE = Math.min(4, availableParallelism());

/** Notebooks that were run to their end, in order, and the one that was not. */
export interface Execution {
  readonly executed: ReadonlyMap<string, Notebook>;
  /** The first that failed: after that none was begun. */
  readonly failed?: { readonly name: string; readonly message: string };
}

/**
 * Executes notebooks from their texts, as many at once as there are cores, up to four. Results do not depend on how many.
 *
 * @param env variables for the kernels: NEURAL_BETA_OUT, NEURAL_BETA_STUDY
 */
export async function executeNotebooks(
  names: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Execution> {
  const notebooks = new Map(names.map((name) => [name, notebookOf(cellsOf(name))]));
  const failures: { name: string; message: string }[] = [];
  const finished = new Set<string>();
  const progress = cellProgress(notebooks);
  const run = async (name: string) => {
    try {
      await executeAlone(name, notebooks.get(name)!, env, (done) => progress.update(name, done));
      finished.add(name);
    } catch (error) {
      failures.push({ name, message: (error as Error).message });
    }
    return failures.length === 0;
  };
  const tasks = names.map((name) => ({ name, after: notebooksBefore(name) }));
  try {
    await sideBySide(tasks, AT_ONCE, run);
  } finally {
    progress.clear();
  }
  const executed = new Map([...notebooks].filter(([name]) => finished.has(name)));
  const [failed] = failures;
  return failed ? { executed, failed } : { executed };
}

/** Cells done of all, and where the notebooks are that run. */
function cellProgress(notebooks: ReadonlyMap<string, Notebook>) {
  const line = terminalProgress();
  const cells = new Map(
    [...notebooks].map(([name, notebook]) => [
      name,
      notebook.cells.filter((cell) => cell.cell_type === "code").length,
    ]),
  );
  const total = [...cells.values()].reduce((sum, count) => sum + count, 0);
  const done = new Map<string, number>();
  return {
    clear: line.clear,
    update(name: string, count: number): void {
      done.set(name, count);
      const places = [...done]
        .filter(([other, at]) => at < cells.get(other)!)
        .map(([other, at]) => `${other}, cell ${at + 1} of ${cells.get(other)}`);
      const sum = [...done.values()].reduce((all, one) => all + one, 0);
      line.update(places.join("; "), sum, total);
    },
  };
}

/** Runs one notebook in a kernel of its own. */
async function executeAlone(
  name: string,
  notebook: Notebook,
  env: Readonly<Record<string, string>>,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const kernel = await startedAlone(() =>
    startKernel({ cwd: NOTEBOOKS, env: { ...process.env, ...env }, script: KERNEL }),
  );
  try {
    await runNotebook(kernel, notebook, { name: `${name}.nb.ts`, onProgress });
  } finally {
    await kernel.close();
  }
}

let lastStart: Promise<unknown> = Promise.resolve();

/** One start after the other: a kernel finds ports that are free, and must have taken them before the next one looks. */
function startedAlone<T>(start: () => Promise<T>): Promise<T> {
  const started = lastStart.then(start, start);
  lastStart = started;
  return started;
}
