/** Betas inside and outside of episodes, with the error of their difference. */

import { describe, expect, it } from "vitest";
import { episodeBetas } from "../lib/src/comparing/episode-betas.js";
import { marketBetas } from "../lib/src/models/network-betas.js";
import { MADE_UP, madeUpBetas } from "./support/network-betas.js";

const marked = ["2020-03-31", "2020-04-30", "2021-06-30"];
/** Seed 0 rises by 1 in marked months, seed 1 falls by 2, seed 2 stays at 0.1, of which two and eleven have different means in floating point. */
const BETAS = marketBetas([
  madeUpBetas("glorot", (seed, coin, date) => {
    const inside = marked.includes(date) ? 1 : 0;
    return [inside + coin, -2 * inside + coin, 0.1][seed]!;
  }),
]);

describe("episodeBetas", () => {
  const [fitted, walkForward] = episodeBetas(BETAS, { "made up": marked });

  it("compares the mean over coins inside and outside, seed by seed", () => {
    // Means over the coins 0 and 1 add 0.5.
    expect(fitted).toMatchObject({
      episode: "made up",
      market: "X",
      marketSet: "X",
      start: "glorot",
      kind: "fitted",
      n: 2,
      nOutside: 11,
      inside: { lowest: -1.5, highest: 1.5 },
      difference: { mean: expect.closeTo(-1 / 3, 12), lowest: -2, highest: 1 },
    });
    expect(walkForward).toMatchObject({
      kind: "walkForward",
      n: 1,
      nOutside: 10,
    });
  });

  it("counts seeds that rise and that fall; one that does not move is neither", () => {
    for (const row of [fitted!, walkForward!]) {
      expect(row.higher).toBe(1 / 3);
      expect(row.lower).toBe(1 / 3);
    }
  });

  it("counts a difference of the rounding itself as none, and the next one above it", () => {
    const sizes = [1e-9, 1.01e-9, -1e-9];
    const tiny = marketBetas([
      madeUpBetas("glorot", (seed, _, date) => (marked.includes(date) ? sizes[seed]! : 0)),
    ]);
    for (const row of episodeBetas(tiny, { tiny: marked }))
      expect([row.kind, row.higher, row.lower]).toEqual([row.kind, 1 / 3, 0]);
  });

  it("has a row per episode, and none where a side has too few dates", () => {
    const episodes = {
      all: MADE_UP.dates,
      none: [],
      later: ["2021-06-30", "2021-07-31"],
    };
    const named = (minDates?: number) =>
      episodeBetas(BETAS, episodes, minDates ? { minDates } : {}).map(({ episode, kind }) => [
        episode,
        kind,
      ]);
    expect(named()).toEqual([["later", "walkForward"]]);
    expect(named(2)).toEqual(named());
    expect(named(3)).toEqual([]);
    expect(() => named(0.5)).toThrow(
      "episodeBetas: minDates must be an integer of at least 1, got 0.5",
    );
  });

  it("leaves dates without a beta out of both sides", () => {
    const early = episodeBetas(BETAS, { early: ["2019-06-30", "2020-06-30"] });
    expect(early.map(({ n, nOutside }) => [n, nOutside])).toEqual([[1, 12]]);
  });
});
