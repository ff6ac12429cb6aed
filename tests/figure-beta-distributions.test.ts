/** The figure of how betas are distributed, beside what the report prints. */

import { describe, expect, it } from "vitest";
import { betaStatistics } from "../lib/src/comparing/beta-statistics.js";
import { figureBetaDistributions } from "../lib/src/figures/beta-distributions.js";
import { marketBetas } from "../lib/src/models/network-betas.js";
import {
  CAPTION,
  DISTRIBUTIONS,
  MARKETS,
  NETWORKS,
  REPORTED,
  STATISTICS,
  traces,
} from "./support/figures.js";

describe("figureBetaDistributions", () => {
  const figure = figureBetaDistributions(DISTRIBUTIONS, CAPTION);
  const inPlot = (x: string) => traces(figure).filter(({ xaxis }) => xaxis === x);

  it("has a point per walk-forward date, in a strip per coin and start", () => {
    const points = inPlot("x")[1]!;
    expect(points.name).toBe("start glorot, dates");
    expect(points.x).toHaveLength(2 * 11);
    expect(new Set(points.x)).toEqual(new Set([-0.27, 0.73]));
    expect(new Set(inPlot("x")[3]!.x)).toEqual(new Set([0.27, 1.27]));
    // February to December, and 1 for the mean over seeds.
    expect(points.y.slice(0, 11)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it("has the lowest, the highest and evenly spaced betas of more dates than a figure shows", () => {
    const dates = Array.from({ length: 20_001 }, (_, t) => `${2000 + t}-01-01`);
    const values = Float64Array.from(dates, (_, t) => (t === 7001 ? 9 : t === 7003 ? -9 : t / 1e6));
    const [alone] = marketBetas([NETWORKS[0]!]);
    const [networks] = alone!.starts;
    const market = alone!.market;
    const long = { ...networks!.walkForward, dates, coins: ["A"], markets: [market], values };
    const draw = (
      coins: readonly string[],
      names: readonly ("glorot" | "ols")[] = ["ols"],
      length = 15_000,
    ) => {
      const shown = values.subarray(0, length);
      const walkForward = {
        ...long,
        dates: dates.slice(0, length),
        coins,
        values: Float64Array.from([...shown].flatMap((beta) => coins.map(() => beta))),
      };
      const starts = names.map((start) => ({ ...networks!, start, walkForward }));
      const [row] = DISTRIBUTIONS.statistics;
      const statistics = names.flatMap((start) =>
        coins.map((coin) => ({ ...row!, coin, market, start })),
      );
      const input = { markets: [{ ...alone!, starts }], statistics, reported: [] };
      return traces(figureBetaDistributions(input, CAPTION))[1]!;
    };
    expect(draw(["A"]).y).toHaveLength(15_000);
    // 10,000 points for each of two coins, or of two starts: every second date, and the two ends at odd ones.
    expect(draw(["A", "B"]).y).toHaveLength(2 * 7500 + 4);
    expect(draw(["A"], ["glorot", "ols"]).y).toHaveLength(7500 + 2);
    // One date more than there are points: every second again, from the first to the last.
    expect(draw(["A"], ["ols"], 20_001).y).toHaveLength(10_001 + 2);
  });

  it("has a bar for the range over seeds of each coin's mean", () => {
    // Means 7, 8 and 9 of coin A, and 10 more of coin B.
    expect(inPlot("x")[0]).toMatchObject({
      type: "bar",
      x: [-0.27, 0.73],
      base: [7, 17],
      y: [2, 2],
    });
  });

  it("sets the report's mean, least and largest at its own coin and market alone", () => {
    expect(inPlot("x")).toHaveLength(4);
    const report = inPlot("x2")[4] as unknown as {
      x: number[];
      y: number[];
      error_y: { array: number[]; arrayminus: number[] };
    };
    expect(report).toMatchObject({
      x: [1],
      y: [0.1],
      error_y: { symmetric: false, array: [0.4], arrayminus: [0.3] },
    });
  });

  it("names every kind of mark once in the legend", () => {
    const named = traces(figure).filter(({ showlegend }) => showlegend);
    expect(named.map(({ name }) => name)).toEqual([
      "start glorot, range of the mean over seeds",
      "start glorot, dates",
      "start ols, range of the mean over seeds",
      "start ols, dates",
      "report: mean, least, largest",
    ]);
  });

  it("puts a lone start at its coin where the report has no rows, and needs none", () => {
    const alone = marketBetas([NETWORKS[0]!]);
    const own = betaStatistics(alone);
    const points = (reported: typeof REPORTED) =>
      traces(figureBetaDistributions({ markets: alone, statistics: own, reported }, CAPTION))[1]!.x;
    expect(new Set(points([]))).toEqual(new Set([0, 1]));
    expect(new Set(points(REPORTED))).toEqual(new Set([0.27, 1.27]));
  });

  it("draws a lone market, and the report's only row beside it", () => {
    const markets = MARKETS.slice(1);
    const lone = { markets, statistics: STATISTICS, reported: REPORTED.slice(0, 1) };
    const drawn = figureBetaDistributions(lone, CAPTION);
    expect(traces(drawn)).toHaveLength(5);
    expect(drawn.alt).toContain("one plot each for Y: ");
    expect(drawn.alt).toContain("(glorot, ols), and the report's mean, least and largest.");
    const alone = marketBetas([NETWORKS[0]!]);
    const single = { markets: alone, statistics: betaStatistics(alone), reported: lone.reported };
    expect(new Set(traces(figureBetaDistributions(single, CAPTION))[1]!.x)).toEqual(
      new Set([0.27, 1.27]),
    );
  });

  it("has the bars of a market and a start from their own statistics", () => {
    const statistics = STATISTICS.map((row) => ({
      ...row,
      seedMean: {
        ...row.seedMean,
        lowest: (row.market === "X" ? 1 : 2) + (row.start === "ols" ? 10 : 0),
        highest: 20,
      },
    }));
    const bars = traces(figureBetaDistributions({ ...DISTRIBUTIONS, statistics }, CAPTION)).filter(
      (trace) => "base" in trace,
    ) as unknown as readonly { base: number[] }[];
    expect(bars.map(({ base }) => base[0])).toEqual([1, 11, 2, 12]);
  });

  it("has the second start's bars darker than the first's, and the report's marks thin", () => {
    const [first, , second] = figure.data as readonly { marker: { color: string } }[];
    expect(first!.marker.color).toMatch(/,0.25\)$/);
    expect(second!.marker.color).toMatch(/,0.45\)$/);
    expect(figure.data.at(-1)).toMatchObject({
      error_y: { thickness: 1.4, width: 3 },
      marker: { size: 7, line: { width: 1.6 } },
    });
  });
});
