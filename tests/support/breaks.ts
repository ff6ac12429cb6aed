/** Simulated rows with a break, and how often a test finds it. */

import { stream } from "../../lib/src/random.js";

export const SEARCH = { trim: 0.15, level: 0.95, draws: 99, seed: 1 };

/** y = (1 + jump after the row) x + e, with x twice as wild in the second half. */
export function simulated(
  seed: number,
  { n, at, jump }: { n: number; at: number; jump: number },
): { x: number[]; y: number[] } {
  const { normal } = stream(seed, "breaks");
  const x = Array.from({ length: n }, (_, t) => (2 * t < n ? 1 : 2) * normal());
  const y = x.map((f, t) => (1 + (t < at ? 0 : jump)) * f + normal());
  return { x, y };
}

export const share = (draws: number, event: (seed: number) => boolean): number => {
  let count = 0;
  for (let seed = 0; seed < draws; seed++) if (event(seed)) count++;
  return count / draws;
};
