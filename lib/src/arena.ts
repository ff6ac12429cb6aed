/** Room in a kernel's memory, taken one behind the other. */

const PAGE = 65_536;
/** Below lies what AssemblyScript keeps for itself. */
const FIRST = 4096;

/** Room in the kernel's memory from an address on. */
export interface Arena {
  /** Address of new room; growing the memory makes older views of it empty. */
  readonly room: (bytes: number) => number;
  /** Address of new room with these words. */
  readonly place: (words: ArrayLike<number>) => number;
  readonly floats: (address: number, length: number) => Float32Array;
  readonly doubles: (address: number, length: number) => Float64Array;
  readonly words: (address: number, length: number) => Uint32Array;
  readonly bytes: (address: number, length: number) => Uint8Array;
  readonly write: (address: number, words: ArrayLike<number>) => void;
  /** Address behind the last room. */
  readonly end: () => number;
}

/** Takes room from `start` on, in steps of 16 bytes. */
export function arenaOf(memory: WebAssembly.Memory, start: number = FIRST): Arena {
  let next = start;
  const room = (bytes: number): number => {
    const address = next;
    next = 16 * Math.ceil((next + bytes) / 16);
    const missing = next - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return address;
  };
  const write = (address: number, words: ArrayLike<number>) =>
    new Int32Array(memory.buffer, address, words.length).set(words);
  return {
    room,
    place(words) {
      const address = room(4 * words.length);
      write(address, words);
      return address;
    },
    floats: (address, length) => new Float32Array(memory.buffer, address, length),
    doubles: (address, length) => new Float64Array(memory.buffer, address, length),
    words: (address, length) => new Uint32Array(memory.buffer, address, length),
    bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
    write,
    end: () => next,
  };
}

/** Numbers of 32 bits as the words that they are in memory. */
export const floatWords = (...numbers: readonly number[]): Int32Array =>
  new Int32Array(Float32Array.from(numbers).buffer);
