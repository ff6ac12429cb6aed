/** The layout of the training kernel's memory: room taken one behind the other, and blocks in it. */

import type { TrainingBlock } from "../trainer.js";
import { type BlockLayout, rowLayout, type SharedInputs, sharedLayout } from "./block-layout.js";

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

/** A layout in the kernel's memory: addresses of its columns. */
export interface Columns {
  readonly rows: number;
  readonly padded: number;
  readonly inputs: number;
  readonly coins: number;
  readonly markets: number;
  readonly byDate?: SharedInputs<number>;
}

/** A block by rows, and with what coins share apart; twice the same where they share nothing. */
export interface Placed {
  readonly plain: Columns;
  readonly shared: Columns;
}

/** Writes a block in both layouts. */
export function columnsOf(block: TrainingBlock, arena: Arena): Placed {
  const plain = placed(rowLayout(block), arena);
  const shared = sharedLayout(block);
  return { plain, shared: shared ? placed(shared, arena) : plain };
}

function placed(layout: BlockLayout, { room, floats }: Arena): Columns {
  const put = (values: Float32Array): number => {
    const address = room(values.byteLength);
    floats(address, values.length).set(values);
    return address;
  };
  const { rows, padded, byDate } = layout;
  return {
    ...{ rows, padded },
    inputs: put(layout.inputs),
    coins: put(layout.coins),
    markets: put(layout.markets),
    ...(byDate ? { byDate: { ...byDate, inputs: put(byDate.inputs) } } : {}),
  };
}
