/** Chance of TensorFlow.js from a seed: dropout, noise and first weights that it draws itself. */

import type { Stream } from "../../random.js";

/**
 * The result of a computation whose chance comes from a stream.
 *
 * Every random operation of TensorFlow.js that has no seed of its own begins with a number of JavaScript's global generator;
 * a seed of its own would give every step the same numbers. The generator is replaced for this one call, during which no other
 * code runs.
 */
export function seededChance<Result>(chance: Stream, compute: () => Result): Result {
  const { random } = Math;
  Math.random = chance.uniform;
  try {
    return compute();
  } finally {
    Math.random = random;
  }
}
