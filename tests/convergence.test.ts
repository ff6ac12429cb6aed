/** When a network stops to improve: epochs of minima and the gap of generalisation. */

import { describe, expect, it } from "vitest";
import type { ChosenFit } from "../lib/src/models/chosen-fits.js";
import { convergence, gridConvergence } from "../lib/src/models/convergence.js";
import type { NeuralFit } from "../lib/src/models/neural-beta.js";
import type { SearchRow } from "../lib/src/models/search.js";
import type { Panel } from "../lib/src/types.js";
import { SEARCH_ROW } from "./support/search-row.js";

const ROW: SearchRow = { ...SEARCH_ROW, marketSet: "X", seeds: 3 };

/** A network by its losses; s_r is 1, so that RMSE is the root of the loss. */
const network = (inSample: number[], validation: number[], bestEpoch: number) => ({
  weights: new Float32Array(),
  bestEpoch,
  inSampleLoss: Float64Array.from(inSample),
  validationLoss: Float64Array.from(validation),
});
const chosen = (...networks: ReturnType<typeof network>[]): ChosenFit => ({
  row: ROW,
  panel: {} as Panel,
  fit: { scale: { coinRms: 1 }, networks } as unknown as NeuralFit,
});
const THREE = chosen(
  network([16, 9, 4], [9, 4, 16], 1),
  network([16, 9, 4], [1, 4, 9], 0),
  network([16, 9, 4], [9, 4, 1], 2),
);

describe("convergence", () => {
  it("is median, lowest and highest of the best epochs, and the share within", () => {
    expect(convergence(THREE, 1)).toMatchObject({
      row: ROW,
      epochMedian: 1,
      epochLowest: 0,
      epochHighest: 2,
      shareWithin: 2 / 3,
    });
    expect(convergence(THREE, 0).shareWithin).toBe(1 / 3);
    expect(convergence(THREE, 2).shareWithin).toBe(1);
  });

  it("lies between the two middle epochs of an even number of networks", () => {
    const two = chosen(network([1, 1], [2, 1], 1), network([1, 1], [1, 2], 0));
    expect(convergence(two, 1).epochMedian).toBe(0.5);
  });

  it("has the gap at each network's own best epoch", () => {
    // Validation minus in-sample RMSE: 2 - 3, 1 - 4 and 1 - 2.
    expect(convergence(THREE, 1).gap).toEqual({
      mean: -5 / 3,
      lowest: -3,
      highest: -1,
    });
  });

  it("says how much higher the validation RMSE is at the epoch asked for", () => {
    // 4 / 2, 3 / 1 and 1 / 1.
    expect(convergence(THREE, 2).later).toEqual({
      mean: 2,
      lowest: 1,
      highest: 3,
    });
    expect(convergence(THREE, 2).reached).toBe(3);
  });

  it("leaves out networks that were not trained so far, and counts the others", () => {
    const stopped = chosen(network([4, 4, 4], [9, 4, 16], 1), network([4], [9], 0));
    expect(convergence(stopped, 2)).toMatchObject({
      later: { mean: 2, lowest: 2, highest: 2 },
      reached: 1,
    });
    expect(convergence(stopped, 100)).toMatchObject({
      later: { mean: Number.NaN },
      reached: 0,
    });
  });

  it.each([-1, 0.5])("refuses epoch %d", (by) => {
    expect(() => convergence(THREE, by)).toThrow(
      `convergence: by must be an integer of at least 0, got ${by}`,
    );
  });

  it("leaves the curves unchanged", () => {
    const before = structuredClone(THREE);
    convergence(THREE, 1);
    expect(THREE).toEqual(before);
  });
});

describe("gridConvergence", () => {
  it("is the mean over the configurations of a market set and start, in their order", () => {
    const rows: SearchRow[] = [
      { ...ROW, start: "ols", bestEpoch: 10 },
      ROW,
      {
        ...ROW,
        hidden: 8,
        trainRmse: 0.4,
        valRmse: 0.7,
        bestEpoch: 9,
        bestEpochFirst: 0.75,
        bestEpochLast: 0,
      },
      { ...ROW, marketSet: "Y" },
    ];
    const grid = gridConvergence(rows);
    expect(
      grid.map(({ marketSet, start, configurations }) => [marketSet, start, configurations]),
    ).toEqual([
      ["X", "ols", 1],
      ["X", "glorot", 2],
      ["Y", "glorot", 1],
    ]);
    expect(grid[1]).toEqual({
      marketSet: "X",
      start: "glorot",
      configurations: 2,
      bestEpoch: 6,
      bestEpochFirst: 0.5,
      bestEpochLast: 0.25,
      trainRmse: expect.closeTo(0.3, 12),
      valRmse: 0.5,
    });
  });
});
