/** The kernel of statistics: WebAssembly that `npm run build` made of lib/kernel/stats. */

import { readFileSync } from "node:fs";
import { type Arena, arenaOf } from "../arena.js";
import { packageFile } from "../package-file.js";

/** Its functions, whose arrays are addresses in its memory. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly beginGroup: (sums: number, group: number) => void;
  readonly addRow: (sums: number, group: number, y: number) => void;
  readonly endGroup: (sums: number, group: number) => void;
  readonly addGroups: (sums: number, count: number) => void;
  readonly solve: (sums: number, penalty: number) => void;
  readonly filter: (own: number) => void;
  readonly sumDraws: (
    rows: number,
    width: number,
    indices: number,
    n: number,
    draws: number,
    out: number,
  ) => void;
}

/** A kernel with memory of its own. */
export interface StatsKernel extends Omit<Exports, "memory"> {
  /** Takes all room from the beginning again. */
  readonly arena: () => Arena;
}

/** Bytes of a number. */
export const DOUBLE = 8;

/** A count of numbers as a multiple of eight, of which the kernel's rows are. */
export const eight = (count: number): number => 8 * Math.ceil(count / 8);

let compiled: WebAssembly.Module | undefined;

/** A new kernel. */
export function statsKernel(): StatsKernel {
  compiled ??= new WebAssembly.Module(readFileSync(packageFile("dist/stats/kernel.wasm")));
  const abort = () => {
    throw new Error("the kernel of statistics aborted");
  };
  const imports = { env: { abort, log: Math.log } };
  const { exports } = new WebAssembly.Instance(compiled, imports);
  const { memory, ...run } = exports as unknown as Exports;
  return { ...run, arena: () => arenaOf(memory) };
}

let shared: StatsKernel | undefined;

/** One kernel for calls that leave nothing in its memory. */
export function sharedKernel(): StatsKernel {
  shared ??= statsKernel();
  return shared;
}
