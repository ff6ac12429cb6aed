/** Seeded chance: one independent stream per key, so that any part of a study can be recomputed alone. */

import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A stream of random numbers, the same on every machine. */
export interface Stream {
  /** Next number, uniform on [0, 1). */
  uniform(): number;
  /** Next number of the standard normal distribution. */
  normal(): number;
  /** Next permutation of 0 … n - 1 (Fisher-Yates). */
  permutation(n: number): Uint32Array;
}

/**
 * The stream of a key, for example (study seed, "FIAT+GOLD", configuration, replicate).
 *
 * xoroshiro128+ whose 128-bit state is the head of the SHA-256 of the key's JSON: different keys give
 * unrelated streams, the same key the same one on every machine.
 *
 * @example
 * stream(1, "FIAT", 0).uniform() === stream(1, "FIAT", 0).uniform(); // true
 */
export function stream(...key: readonly (string | number)[]): Stream {
  const hash = createHash("sha256").update(JSON.stringify(key)).digest();
  const state = [0, 4, 8, 12].map((at) => hash.readInt32LE(at));
  const generator = xoroshiro128plusFromState(state);
  const uniform = () => uniformFloat64(generator);
  return {
    uniform,
    normal() {
      // Marsaglia's polar method, the second number thrown away: a logarithm and a root give the same bits everywhere.
      for (;;) {
        const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
        const s = u ** 2 + v ** 2;
        if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
      }
    },
    permutation(n) {
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = uniformInt(generator, 0, i);
        const swap = order[i] as number;
        order[i] = order[j] as number;
        order[j] = swap;
      }
      return order;
    },
  };
}
