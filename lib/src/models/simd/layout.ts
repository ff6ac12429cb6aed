/** The layout of the training kernel's memory: room taken one behind the other, blocks by column. */

import type { TrainingBlock } from "../trainer.js";

export type Memory = WebAssembly.Memory;

const PAGE = 65_536;

/** Room in the kernel's memory from an address on. */
export interface Arena {
  /** Address of new room; growing the memory makes older views of it empty. */
  readonly room: (bytes: number) => number;
  readonly floats: (address: number, length: number) => Float32Array;
  readonly write: (address: number, words: readonly number[]) => void;
  /** Address behind the last room. */
  readonly end: () => number;
}

/** Takes room from `start` on, in steps of 16 bytes. */
export function arenaOf(memory: Memory, start: number): Arena {
  let next = start;
  return {
    room(bytes) {
      const address = next;
      next = (next + bytes + 15) & ~15;
      const missing = next - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return address;
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    write: (address, words) => new Int32Array(memory.buffer, address, words.length).set(words),
    end: () => next,
  };
}

/** A block in the kernel's memory, by column. */
export interface Columns {
  readonly rows: number;
  /** Rows rounded up to eight: two vectors. */
  readonly padded: number;
  readonly inputs: number;
  readonly coins: number;
  readonly markets: number;
}

/** Writes a block column by column; the rows that pad it are 0. */
export function columnsOf(block: TrainingBlock, { room, floats }: Arena): Columns {
  const rows = block.coinReturns.length;
  const padded = (rows + 7) & ~7;
  const transposed = (values: Float32Array): number => {
    const width = values.length / rows;
    const address = room(4 * width * padded);
    const to = floats(address, width * padded).fill(0);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < width; column++)
        to[column * padded + row] = values[row * width + column]!;
    return address;
  };
  return {
    rows,
    padded,
    inputs: transposed(block.inputs),
    coins: transposed(block.coinReturns),
    markets: transposed(block.marketReturns),
  };
}
