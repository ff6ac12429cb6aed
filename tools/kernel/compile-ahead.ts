/** Cells of all notebooks compiled by one compiler, ahead of the kernels: its start takes longer than the cells of a notebook. */

import { fork } from "node:child_process";
import { inProject } from "../terminal.js";

/** A notebook by its name, and the sources of its code cells. */
export interface NotebookSources {
  readonly name: string;
  readonly cells: readonly string[];
}

export interface Compilation {
  /** Resolves once the cells of a notebook are compiled, or its kernel has to compile them itself. */
  readonly compiled: (name: string) => Promise<void>;
  readonly close: () => void;
}

/**
 * Compiles notebooks one after the other in a process of its own.
 *
 * @param folder where kernels look for compiled cells
 * @param cwd of the kernels
 */
export function compileAhead(
  notebooks: readonly NotebookSources[],
  { folder, cwd }: { readonly folder: string; readonly cwd: string },
): Compilation {
  const child = fork(inProject("tools/kernel/compile.cjs"), {
    cwd,
    // Each program is garbage with the next cell: with room for one, none is copied while it still lives. The other limit, which
    // is never reached, has old ones collected in time: half the memory for a fifth more of time.
    execArgv: ["--max-semi-space-size=64", "--max-old-space-size=900"],
    env: { ...process.env, NEURAL_BETA_CELLS: folder },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const done = new Map<string, () => void>();
  const promises = new Map(
    notebooks.map(({ name }) => [
      name,
      new Promise<void>((resolve) => {
        done.set(name, resolve);
      }),
    ]),
  );
  const release = () => {
    for (const resolve of done.values()) resolve();
  };
  child.on("message", (name: string) => done.get(name)?.());
  child.once("exit", release).once("error", release);
  child.send(notebooks, () => {});
  return {
    compiled: async (name) => promises.get(name),
    close: () => void child.kill("SIGKILL"),
  };
}
