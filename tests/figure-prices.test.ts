/** The figure of prices: each over its first, in lines that are told apart. */

import { describe, expect, it } from "vitest";
import { figurePrices } from "../lib/src/figures/prices.js";
import { axes, layoutOf, traces } from "./support/figures.js";

/** Prices of so many series on the first two days of 1970. */
const pricesOf = (count: number) =>
  new Map(
    Array.from({ length: count }, (_, i) => [
      `S${i}`,
      { days: Int32Array.of(0, 1), values: Float64Array.of(4, 4 * (i + 1)) },
    ]),
  );

describe("figurePrices", () => {
  it("draws every price over its first", () => {
    const drawn = traces(figurePrices(pricesOf(3), { caption: "Three." }));
    expect(drawn.map(({ x, y }) => [x, y])).toEqual(
      [1, 2, 3].map((last) => [
        ["1970-01-01", "1970-01-02"],
        [1, last],
      ]),
    );
  });

  it("draws twelve lines at most, eight dashes in turn, the first four thicker", () => {
    const figure = figurePrices(pricesOf(13), { caption: "Many." });
    const drawn = traces(figure);
    expect(drawn).toHaveLength(12);
    expect(figure.caption).toContain("The first 12 of 13");
    expect(drawn.map(({ line }) => line.width)).toEqual([
      ...Array(4).fill(1.6),
      ...Array(8).fill(1.2),
    ]);
    expect(new Set(drawn.slice(0, 8).map(({ line }) => line.dash)).size).toBe(8);
    expect(drawn[8]!.line.dash).toBe("solid");
  });

  it("has ticks of 1, 2 and 5 in every decade from 0.01 to 1000", () => {
    const figure = figurePrices(pricesOf(1), { caption: "One." });
    const { tickvals, ticktext } = axes(figure, "y")[0]!;
    const decades = [0.01, 0.1, 1, 10, 100];
    expect(tickvals).toEqual([
      ...decades.flatMap((unit) => [1, 2, 5].map((k) => Number((k * unit).toPrecision(1)))),
      1000,
    ]);
    expect(ticktext).toEqual(tickvals!.map(String));
    expect(axes(figure, "y")[0]!.type).toBe("log");
    expect(layoutOf(figure).height).toBe(360);
  });
});
