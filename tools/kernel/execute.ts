/** Executes the project's notebooks, each in a kernel of its own, side by side where none waits for another. */

import { readdirSync } from "node:fs";
import { availableParallelism, constants, setPriority } from "node:os";
import { join } from "node:path";
import { CACHE, STUDY_NEEDS, type StudyNeed } from "neural-beta";
import { type NotebookProgress, runProgress } from "../run-progress.js";
import { inProject } from "../terminal.js";
import { startKernel } from "./client.js";
import { type Compilation, compileAhead } from "./compile-ahead.js";
import { type CellSource, codeOf, type Notebook, notebookOf, readPercent } from "./notebook.js";
import { runNotebook, SILENT_CELL } from "./runner.js";
import { longestChain, longestFirst, sideBySide, type Waiting } from "./side-by-side.js";

export const NOTEBOOKS: string = inProject("notebooks");
const KERNEL = inProject("tools/kernel/kernel.cjs");
/** Cells as they were compiled, beside the networks that they trained. */
const CELLS = join(CACHE, "cells");

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
  const needs = names.flatMap((name) => tagged(name, "needs", STUDY_NEEDS));
  return STUDY_NEEDS.filter((need) => needs.includes(need));
}

const TRAININGS = ["search", "walk"] as const;
/** Networks that a notebook asks for: those of the study's grid, or those of the walk-forward evaluation too. */
export type Training = (typeof TRAININGS)[number];

/** Which of the study's networks a notebook asks for, by its tags: `trains:search`, `trains:walk`. */
export const notebookTraining = (name: string): Training[] => tagged(name, "trains", TRAININGS);

/**
 * Notebooks whose results a notebook reads from the cache: `tags=["after:02"]` on a cell. It could run without them, and would
 * compute the same once more.
 *
 * @throws Error if a tag names no earlier notebook
 */
export function notebooksBefore(name: string): string[] {
  const earlier = notebookNames().filter((other) => other < name);
  const numbers = earlier.map((other) => other.slice(0, 2));
  return tagged(name, "after", numbers).map((number) => earlier[numbers.indexOf(number)]!);
}

/** Notebooks with what each waits for and how long it may take. */
export const tasksOf = (
  names: readonly string[],
  timing: Pick<Timing, "seconds" | "shares"> | undefined,
): Waiting[] =>
  names.map((name) => {
    const [seconds, shares] = [timing?.seconds.get(name) ?? 1, timing?.shares.get(name)];
    const after = notebooksBefore(name);
    return { name, after, seconds, ...(shares === undefined ? {} : { shares }) };
  });

/**
 * Whether what others wait for is there before a notebook's end: after its cell with `tags=["shares"]`, whose results, and those of
 * the cells before it, are all that others read from the cache.
 */
export const sharesEarly = (name: string): boolean =>
  cellsOf(name).some(({ tags }) => tags.includes(SHARES));

const SHARES = "shares";

/** What stands behind `kind:` in the tags of a notebook's cells. */
function tagged<T extends string>(name: string, kind: string, known: readonly T[]): T[] {
  return cellsOf(name)
    .flatMap(({ tags }) => tags)
    .filter((tag) => tag.startsWith(`${kind}:`))
    .map((tag) => {
      const value = known.find((choice) => tag === `${kind}:${choice}`);
      if (value !== undefined) return value;
      throw new Error(
        `${name}.nb.ts: a tag ${kind}: must name ${known.join(" or ")}, got ${tag}; correct it`,
      );
    });
}

function cellsOf(name: string): CellSource[] {
  const file = `${name}.nb.ts`;
  return readPercent(join(NOTEBOOKS, file), file);
}

/** Kernels at once: one more than cores, as a kernel waits now and then; each holds its study's panels and networks in memory. */
export const AT_ONCE: number = Math.min(4, availableParallelism() + 1);

/** Notebooks that were run to their end, in order, and the one that was not. */
export interface Execution {
  readonly executed: ReadonlyMap<string, Notebook>;
  /** The first that failed: after that none was begun. */
  readonly failed?: { readonly name: string; readonly message: string };
}

/** How long notebooks may take, and who hears how long they took. */
export interface Timing {
  readonly seconds: ReadonlyMap<string, number>;
  /** Of those that share before their end, after how many seconds. */
  readonly shares: ReadonlyMap<string, number>;
  readonly keep: (name: string, seconds: number, shares?: number) => void;
}

/**
 * Executes notebooks from their texts, one more at once than there are cores, up to four. Results do not depend on how many.
 *
 * @param env variables for the kernels: NEURAL_BETA_OUT, NEURAL_BETA_STUDY
 */
export async function executeNotebooks(
  names: readonly string[],
  env: Readonly<Record<string, string>>,
  timing?: Timing,
): Promise<Execution> {
  const notebooks = new Map(names.map((name) => [name, notebookOf(cellsOf(name))]));
  const failures: { name: string; message: string }[] = [];
  const finished = new Set<string>();
  const progress = runProgress(AT_ONCE, timing?.seconds);
  const run = async (name: string, share: () => void) => {
    const here = progress.begin(name);
    let shared: number | undefined;
    const onShared = () => {
      shared = here.seconds();
      share();
    };
    try {
      await executeAlone(name, notebooks.get(name)!, {
        env,
        progress: here,
        compilation,
        onShared,
        yields: !chain.has(name),
      });
      timing?.keep(name, here.end(), shared);
      finished.add(name);
    } catch (error) {
      failures.push({ name, message: (error as Error).message });
    }
    return failures.length === 0;
  };
  const tasks = tasksOf(names, timing);
  const chain = new Set(longestChain(tasks));
  const compilation = compileAhead(
    longestFirst(tasks).map(({ name }) => ({
      name,
      cells: [...codeOf(notebooks.get(name)!), SILENT_CELL],
    })),
    { folder: CELLS, cwd: NOTEBOOKS },
  );
  try {
    await sideBySide(tasks, AT_ONCE, run);
  } finally {
    compilation.close();
    progress.close();
  }
  const executed = new Map([...notebooks].filter(([name]) => finished.has(name)));
  const [failed] = failures;
  return failed ? { executed, failed } : { executed };
}

/** The kernel's variables, who hears how far it is, and who compiles its cells. */
interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly progress: NotebookProgress;
  readonly compilation: Compilation;
  /** Called when the results are there that other notebooks wait for. */
  readonly onShared: () => void;
  /** Whether it leaves the cores to the notebooks that take longest. */
  readonly yields: boolean;
}

/**
 * Freed arrays above 256 KB go back to the system at once: of itself, glibc soon keeps all up to 32 MB, a third of a kernel's
 * memory on a large panel. Other systems pass over it.
 */
const MEMORY = { MALLOC_MMAP_THRESHOLD_: String(2 ** 18) };

/** Runs one notebook in a kernel of its own. */
async function executeAlone(
  name: string,
  notebook: Notebook,
  { env, progress, compilation, onShared, yields }: Surroundings,
): Promise<void> {
  const kernel = await startedAlone(() =>
    startKernel({
      cwd: NOTEBOOKS,
      env: { ...MEMORY, ...process.env, NEURAL_BETA_CELLS: CELLS, ...env },
      script: KERNEL,
      // Lists of processes say which notebook a kernel runs.
      args: [name],
    }),
  );
  try {
    if (yields) setPriority(kernel.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    await compilation.compiled(name);
    await runNotebook(kernel, notebook, {
      name: `${name}.nb.ts`,
      onProgress: progress.cells,
      onDone: ({ metadata }) => {
        if ((metadata.tags as string[] | undefined)?.includes(SHARES)) onShared();
      },
      onSaid: progress.says,
    });
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
