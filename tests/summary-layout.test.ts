/** How many figures the summary's one page holds, and how high. */

import { describe, expect, it } from "vitest";
import {
  columnOf,
  heightsThatFit,
  type Measured,
  SHORTEST,
} from "../tools/dist/page/summary-layout.js";

const WISHED = [70, 60, 120];
const CAPTION = 12;

/** A page of 230 mm, of which the abstract takes some. */
const pageWith =
  (abstract: number) =>
  async (count: number): Promise<Measured> => {
    const columns = WISHED.slice(0, count).map((_, i) => columnOf(i, count));
    return {
      wished: WISHED.slice(0, count),
      rooms: [...new Set(columns)].map(
        (column) => 230 - abstract - CAPTION * columns.filter((own) => own === column).length,
      ),
    };
  };

describe("heightsThatFit", () => {
  it("leaves figures as they are where there is room", async () => {
    expect(await heightsThatFit(3, pageWith(40))).toEqual(WISHED);
  });

  it("lowers the figures of a column by one share", async () => {
    expect(await heightsThatFit(3, pageWith(100))).toEqual([56.5, 48.5, 117]);
  });

  it.each([
    [105, 3],
    [125, 2],
    [165, 2],
    [200, 0],
    [300, 0],
  ])("holds beside an abstract of %i mm %i figures", async (abstract, count) => {
    expect(await heightsThatFit(3, pageWith(abstract))).toHaveLength(count);
  });

  it("never takes more than the room, nor draws a figure lower than the lowest", async () => {
    for (let abstract = 0; abstract < 260; abstract += 1) {
      const heights = await heightsThatFit(3, pageWith(abstract));
      const { rooms } = await pageWith(abstract)(heights.length);
      expect(Math.min(SHORTEST, ...heights)).toBe(SHORTEST);
      for (const column of new Set(heights.map((_, i) => columnOf(i, heights.length)))) {
        const own = heights.filter((_, i) => columnOf(i, heights.length) === column);
        const room = rooms[rooms.length === 1 ? 0 : column]!;
        expect(own.reduce((a, b) => a + b)).toBeLessThan(room);
      }
    }
  });
});
