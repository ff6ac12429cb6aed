/** The kernel of statistics: WebAssembly that `npm run build` made of lib/kernel/stats. */

import { type Arena, arenaOf } from "../arena.js";
import { builtKernel } from "../built-kernel.js";

/** Its functions, whose arrays are addresses in its memory. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly beginGroup: (sums: number, group: number) => void;
  readonly addRow: (sums: number, group: number, y: number) => void;
  readonly endGroup: (sums: number, group: number) => void;
  readonly addGroups: (sums: number, count: number) => void;
  readonly solve: (sums: number, penalty: number) => void;
  readonly innerProducts: (
    rows: number,
    bytes: number,
    length: number,
    n: number,
    out: number,
  ) => void;
  readonly extendFactor: (factor: number, from: number, end: number, penalty: number) => void;
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

/** Numbers before a row of a triangle whose rows each go on to a multiple of eight. */
export const rowStart = (i: number): number =>
  (Math.floor(i / 8) + 1) * (32 * Math.floor(i / 8) + 8 * (i % 8));

/** A new kernel. */
export function statsKernel(): StatsKernel {
  const { memory, ...run } = builtKernel<Exports>("stats/kernel");
  return { ...run, arena: () => arenaOf(memory) };
}

let shared: StatsKernel | undefined;

/** One kernel for calls that leave nothing in its memory. */
export function sharedKernel(): StatsKernel {
  shared ??= statsKernel();
  return shared;
}
