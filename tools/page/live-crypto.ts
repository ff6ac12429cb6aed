/** SHA-256 for the page: browsers have it only as a promise, and streams of chance begin at once. */

/** The part of `node:crypto` that the library's streams use. */
export function createHash(_algorithm: "sha256"): Hash {
  const parts: Uint8Array[] = [];
  const hash: Hash = {
    update(data) {
      parts.push(typeof data === "string" ? new TextEncoder().encode(data) : data);
      return hash;
    },
    digest: () => Object.assign(sha256(Uint8Array.from(parts.flatMap((part) => [...part]))), READ),
  };
  return hash;
}

interface Hash {
  readonly update: (data: string | Uint8Array) => Hash;
  readonly digest: () => Uint8Array & { readonly readInt32LE: (at: number) => number };
}

const READ = {
  readInt32LE(this: Uint8Array, at: number): number {
    return new DataView(this.buffer).getInt32(at, true);
  },
};

/** Hexadecimal digits of the SHA-256 of a text. */
export const sha256Hex = (text: string): string =>
  Array.from(sha256(new TextEncoder().encode(text)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");

const PRIMES = Array.from({ length: 311 }, (_, n) => n + 2).filter((n) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
});

/** The first 32 bits of the fraction of a prime's root, by integers alone. */
function rootBits(prime: number, degree: 2 | 3): number {
  const wanted = BigInt(prime) << BigInt(32 * degree);
  let root = 0n;
  for (let bit = 1n << 36n; bit > 0n; bit >>= 1n)
    if ((root + bit) ** BigInt(degree) <= wanted) root += bit;
  return Number(root & 0xffffffffn) | 0;
}

const START = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2));
const ROUNDS = Int32Array.from(PRIMES, (prime) => rootBits(prime, 3));

/** @see FIPS 180-4 */
function sha256(message: Uint8Array): Uint8Array {
  const blocks = new DataView(new ArrayBuffer((((message.length + 8) >> 6) + 1) << 6));
  new Uint8Array(blocks.buffer).set(message);
  blocks.setUint8(message.length, 0x80);
  blocks.setUint32(blocks.byteLength - 4, 8 * message.length);
  blocks.setUint32(blocks.byteLength - 8, Math.floor(message.length / 2 ** 29));
  const state = Int32Array.from(START);
  const words = new Int32Array(64);
  for (let at = 0; at < blocks.byteLength; at += 64) {
    for (let i = 0; i < 64; i++)
      words[i] = i < 16 ? blocks.getInt32(at + 4 * i) : expanded(words, i);
    compress(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, i) => {
    digest.setInt32(4 * i, word);
  });
  return new Uint8Array(digest.buffer);
}

const turned = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

function expanded(words: Int32Array, i: number): number {
  const [a, b] = [words[i - 15]!, words[i - 2]!];
  const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
  const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
  return (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
}

function compress(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as number[] as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i]! + words[i]!) | 0;
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    state[i] = (state[i]! + word) | 0;
  });
}
