/** Temporary folders that name their process, so that the next run clears what a killed one has left. */

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mayLive, PROCESS } from "#lock";

const OURS = /^neural-beta-[a-z]+-(\d+@.+)\.\w{6}$/;

/** A folder that is removed by its owner, at the latest when the process ends. */
export interface Scratch {
  readonly folder: string;
  readonly remove: () => void;
}

/** Those of this process, under one listener: kernels and browsers at once would be more than Node expects. */
const open = new Set<string>();

/** @param what the folder is for, in small letters */
export function scratch(what: string): Scratch {
  clearKilled();
  const folder = mkdtempSync(join(tmpdir(), `neural-beta-${what}-${PROCESS}.`));
  if (open.size === 0) process.once("exit", removeAll);
  open.add(folder);
  const remove = () => {
    open.delete(folder);
    if (open.size === 0) process.removeListener("exit", removeAll);
    tryToRemove(folder);
  };
  return { folder, remove };
}

function removeAll(): void {
  for (const folder of open) tryToRemove(folder);
}

function clearKilled(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = OURS.exec(name)?.[1];
    if (owner !== undefined && !mayLive(owner)) tryToRemove(join(tmpdir(), name));
  }
}

function tryToRemove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's, or in use still: the next run tries again.
  }
}
