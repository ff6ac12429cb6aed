/** Resampled rows of a block bootstrap, circular and stationary. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkResamples,
  circularResamples,
  type ResampleOptions,
  type Resamples,
  stationaryResamples,
} from "../lib/src/stats/resamples.js";
import { RUNS, reference } from "./support/helpers.js";

const METHODS = {
  circular: circularResamples,
  stationary: stationaryResamples,
} as const;
const methods = fc.constantFrom(...Object.values(METHODS));

const { cases } = reference<{
  readonly cases: readonly (ResampleOptions & {
    readonly method: keyof typeof METHODS;
    readonly rows: number;
    readonly indices: readonly number[];
  })[];
}>("resamples");

const drawOf = ({ rows, indices }: Resamples, b: number): number[] => [
  ...indices.slice(b * rows, (b + 1) * rows),
];

/** Share of places in a draw whose row is not the successor of the one before. */
const breaks = ({ rows, draws, indices }: Resamples): number => {
  let count = 0;
  for (let at = 0; at < indices.length; at++)
    if (at % rows > 0 && indices[at] !== (indices[at - 1]! + 1) % rows) count++;
  return count / (draws * (rows - 1));
};

describe("circularResamples and stationaryResamples", () => {
  it.each(cases)(
    "$method draws of $rows rows in blocks of $blockLength are those of an independent program",
    ({ method, rows, indices, ...options }) => {
      expect([...METHODS[method](rows, options).indices]).toEqual(indices);
    },
  );

  it("give the same draws for the same seed, and the first of them if fewer are asked for", () => {
    fc.assert(
      fc.property(methods, fc.integer(), fc.integer({ min: 2, max: 20 }), (method, seed, rows) => {
        const options = { blockLength: 2, draws: 9, seed };
        const all = method(rows, options);
        expect(method(rows, options)).toEqual(all);
        const fewer = method(rows, { ...options, draws: 4 });
        expect(fewer.indices).toEqual(all.indices.slice(0, 4 * rows));
      }),
      RUNS,
    );
  });

  it("give other draws for another seed or method", () => {
    const options = { blockLength: 3, draws: 5, seed: 1 };
    const { indices } = circularResamples(30, options);
    expect(circularResamples(30, { ...options, seed: 2 }).indices).not.toEqual(indices);
    expect(stationaryResamples(30, options).indices).not.toEqual(indices);
  });

  it.each(Object.entries(METHODS))("%s draws take every row once on average", (_, method) => {
    const [rows, draws] = [10, 10_000];
    const { indices } = method(rows, { blockLength: 3, draws, seed: 1 });
    const counts = new Array<number>(rows).fill(0);
    for (const row of indices) counts[row]!++;
    // A row seldom comes twice in a block, so that its count varies as with single rows: by less than 1 per draw.
    const tolerance = 5 * Math.sqrt(1 / draws);
    for (const count of counts) expect(Math.abs(count / draws - 1)).toBeLessThan(tolerance);
  });

  it("circular blocks all have their length, but for the last one", () => {
    const resamples = circularResamples(11, {
      blockLength: 4,
      draws: 200,
      seed: 1,
    });
    for (let b = 0; b < 200; b++)
      drawOf(resamples, b).forEach((row, at, draw) => {
        if (at % 4 > 0) expect(row).toBe((draw[at - 1]! + 1) % 11);
      });
  });

  it("stationary blocks have their length on average, which need not be whole", () => {
    // A new block starts with probability 1 / 2.5, and goes on by chance as the old one in 1 of 50 cases.
    const expected = 0.4 * 0.98;
    const found = breaks(stationaryResamples(50, { blockLength: 2.5, draws: 2000, seed: 1 }));
    const standardError = Math.sqrt((expected * (1 - expected)) / (2000 * 49));
    expect(Math.abs(found - expected)).toBeLessThan(4 * standardError);
  });

  it("one block as long as the sample only turns the circle", () => {
    const resamples = circularResamples(6, {
      blockLength: 6,
      draws: 50,
      seed: 1,
    });
    expect(breaks(resamples)).toBe(0);
  });

  it("refuse a block longer than the sample, shorter than a row, or not whole where it has to be", () => {
    const draw = (method: typeof circularResamples, blockLength: number) => () =>
      method(5, { blockLength, draws: 1, seed: 1 });
    expect(draw(circularResamples, 6)).toThrow(
      "circularResamples: blockLength must be from 1 to the 5 rows, got 6; shorten the block or lengthen the sample",
    );
    expect(draw(stationaryResamples, 0.5)).toThrow(RangeError);
    expect(draw(stationaryResamples, Number.NaN)).toThrow(RangeError);
    expect(draw(circularResamples, 2.5)).toThrow(
      "circularResamples: blockLength must be an integer of at least 1, got 2.5",
    );
  });

  it("refuse no draws, and a sample of one row", () => {
    expect(() => circularResamples(5, { blockLength: 1, draws: 0, seed: 1 })).toThrow(
      "circularResamples: draws must be an integer of at least 1, got 0",
    );
    expect(() => stationaryResamples(1, { blockLength: 1, draws: 1, seed: 1 })).toThrow(
      "stationaryResamples: rows must be an integer of at least 2, got 1",
    );
  });
});

describe("checkResamples", () => {
  it("refuses draws of another number of rows, and rows outside the sample", () => {
    const resamples = { rows: 2, draws: 1, indices: Uint32Array.of(0, 1) };
    expect(() => checkResamples("test", resamples, 2)).not.toThrow();
    expect(() => checkResamples("test", resamples, 3)).toThrow(
      "test: resamples must be 1 draws of the sample's 3 rows, but they have 2 indices of 2 rows; draw them for 3 rows",
    );
    const outside = { ...resamples, indices: Uint32Array.of(1, 2) };
    expect(() => checkResamples("test", outside, 2)).toThrow(
      "test: resamples must take rows 0 to 1, but index 1 is 2; number rows from 0",
    );
  });
});
