/** Executes the project's notebooks, each in a kernel of its own, in order. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT, terminalProgress } from "../terminal.js";
import { startKernel } from "./client.js";
import { type Notebook, notebookOf, parsePercent } from "./notebook.js";
import { runNotebook } from "./runner.js";

export const NOTEBOOKS: string = fileURLToPath(new URL("notebooks", ROOT));
const KERNEL = fileURLToPath(new URL("tools/kernel/kernel.cjs", ROOT));

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
 * Executed notebooks by name, from their texts.
 *
 * @param env variables for the kernels: NEURAL_BETA_OUT, NEURAL_BETA_STUDY
 * @throws CellError naming notebook, cell, line and message
 */
export async function executeNotebooks(
  names: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Map<string, Notebook>> {
  const executed = new Map<string, Notebook>();
  const progress = terminalProgress();
  const notebooks = names.map((name) => {
    const file = `${name}.nb.ts`;
    return {
      name,
      file,
      notebook: notebookOf(parsePercent(readFileSync(join(NOTEBOOKS, file), "utf8"), file)),
    };
  });
  const cells = (notebook: Notebook) =>
    notebook.cells.filter((cell) => cell.cell_type === "code").length;
  const total = notebooks.reduce((sum, { notebook }) => sum + cells(notebook), 0);
  let before = 0;
  try {
    for (const { name, file, notebook } of notebooks) {
      const kernel = await startKernel({
        cwd: NOTEBOOKS,
        env: { ...process.env, ...env },
        script: KERNEL,
      });
      try {
        await runNotebook(kernel, notebook, {
          name: file,
          onProgress: (done, of) =>
            progress.update(
              `${name}, cell ${Math.min(done + 1, of)} of ${of}`,
              before + done,
              total,
            ),
        });
      } finally {
        await kernel.close();
      }
      before += cells(notebook);
      executed.set(name, notebook);
    }
  } finally {
    progress.clear();
  }
  return executed;
}
