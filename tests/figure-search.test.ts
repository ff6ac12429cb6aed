/** The figure of the search: strips of points beside each market set, lines of the nulls and crosses of the report. */

import { describe, expect, it } from "vitest";
import { figureSearch } from "../lib/src/figures/search.js";
import type { SearchRow } from "../lib/src/models/search.js";
import { axes, CAPTION, type Trace, traces } from "./support/figures.js";

const row = (marketSet: string, start: string, valRmse: number): SearchRow =>
  ({ marketSet, start, valRmse, hidden: 4, activation: "tanh", learningRate: 0.001 }) as SearchRow;

/** Three configurations by start on FIAT, and one on GOLD. */
const rowsOf = (start: string) => [
  ...[0.3, 0.1, 0.2].map((rmse) => row("FIAT", start, rmse)),
  row("GOLD", start, 0.4),
];
const REFERENCES = { nulls: { zero: 0.25, pooled: { FIAT: 0.24, GOLD: 0.26 } }, reported: {} };

interface Points extends Trace {
  readonly text: readonly string[];
  readonly marker: { readonly color: string; readonly symbol: string };
}
const two = figureSearch([...rowsOf("glorot"), ...rowsOf("ols")], REFERENCES, CAPTION);

describe("figureSearch", () => {
  it("sorts the points of a lone start over a third of the room, around their market set", () => {
    const lone = figureSearch(rowsOf("glorot"), REFERENCES, CAPTION);
    const [points] = traces(lone) as [Points];
    expect(points.x).toEqual([-0.16, 0, 0.16, 0.84]);
    expect(points.y).toEqual([0.1, 0.2, 0.3, 0.4]);
    expect(points.text[0]).toBe("4 tanh units, rate 0.001");
    const pair = [0.1, 0.2].map((rmse) => row("GOLD", "ols", rmse));
    expect(traces(figureSearch(pair, REFERENCES, CAPTION))[0]!.x).toEqual([-0.16, 0.16]);
    const [alone] = traces(figureSearch([row("GOLD", "ols", 0.4)], REFERENCES, CAPTION));
    expect([alone!.name, alone!.x]).toEqual(["start: ols", [-0.16]]);
  });

  it("has two starts a fifth of the room to the left and to the right, told apart by their symbols", () => {
    const [first, second] = traces(two) as [Points, Points];
    expect(first.x).toEqual([-0.36, -0.2, -0.04, 0.64]);
    expect(second.x).toEqual([0.04, 0.2, 0.36, 1.04]);
    expect([first, second].map(({ marker }) => marker.symbol)).toEqual(["circle-open", "diamond"]);
    expect(first.marker.color).not.toBe(second.marker.color);
  });

  it("has a short line for each null at each market set", () => {
    const [zero, pooled] = traces(two).slice(2);
    for (const line of [zero!, pooled!])
      expect(line.x).toEqual([-0.42, 0.42, null, expect.closeTo(0.58, 12), 1.42, null]);
    expect(zero!.y).toEqual([0.25, 0.25, null, 0.25, 0.25, null]);
    expect(pooled!.y).toEqual([0.24, 0.24, null, 0.26, 0.26, null]);
    expect([zero!.line.dash, pooled!.line.dash]).toEqual(["dot", "dash"]);
  });

  it("has a cross where the report prints a number, and says so", () => {
    expect(traces(two)).toHaveLength(4);
    expect(two.alt).not.toContain("crosses");
    const reported = { ...REFERENCES, reported: { GOLD: 0.3, OTHER: 9 } };
    const figure = figureSearch(rowsOf("glorot"), reported, CAPTION);
    expect(figure.data.at(-1)).toMatchObject({
      ...{ name: "report's best", x: [1], y: [0.3] },
      marker: { size: 10, symbol: "x-thin", line: { width: 2.2 } },
    });
    expect(figure.alt).toContain("and crosses for the report's best");
  });

  it("names market sets below with half a place beside them, and round errors from 0.05 to 2", () => {
    expect(axes(two, "x")[0]).toMatchObject({
      tickvals: [0, 1],
      ticktext: ["FIAT", "GOLD"],
      range: [-0.55, 1.55],
    });
    const { tickvals, ticktext } = axes(two, "y")[0]!;
    expect(ticktext).toEqual(tickvals!.map(String));
    // Ten, one and a tenth times 1, 2, 5 and what helps to read between them.
    expect(ticktext!.join(" ")).toBe("0.05 0.1 0.15 0.2 0.25 0.3 0.4 0.5 0.7 1 2");
  });
});
