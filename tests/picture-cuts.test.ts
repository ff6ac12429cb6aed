/** Where pictures that are higher than a page are cut. */

import { expect, it } from "vitest";
import { pageCuts } from "../tools/dist/pictures/cuts.js";

type Spans = Parameters<typeof pageCuts>[0];

it("leaves a picture whole that a page holds", () => {
  expect(pageCuts({ plots: [[0, 1]], words: [] }, 200, 215)).toEqual([]);
});
it("cuts in the middle of the last strip between plots that the page reaches", () => {
  const grid: Spans = {
    plots: [
      [0, 0.3],
      [0.34, 0.64],
      [0.7, 1],
    ],
    words: [[0.3, 0.32]],
  };
  expect(pageCuts(grid, 300, 215)).toEqual([0.67 * 300]);
});
it("cuts between words where one plot is higher than the page", () => {
  const words: Spans["words"] = [0, 0.2, 0.4, 0.6, 0.8].map((at) => [at, at + 0.1]);
  const cuts = pageCuts({ plots: [[0, 1]], words }, 500, 215);
  expect(cuts.map((cut) => Number(cut.toFixed(6)))).toEqual([175, 375]);
});
