/** The comparison of whole ladders: every estimator is walked on every market set, and held against the others. */

import { describe, expect, it, vi } from "vitest";
import {
  type ComparisonRow,
  compareForecasts,
  forecastComparison,
} from "../lib/src/comparing/forecast-comparison.js";
import { walkedLadder } from "../lib/src/comparing/walked.js";
import { panelThrough } from "../lib/src/panel/cut.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import type { Panel } from "../lib/src/types.js";
import { DRAWS, LADDER, PANEL, SPLITS } from "./support/forecast-comparison.js";

describe("forecastComparison", () => {
  const DESIGNS = [
    {
      splits: SPLITS.slice(0, 1),
      samples: [{ name: "year", range: { from: "2021-01", through: "2021-12" } }],
    },
    {
      splits: SPLITS,
      samples: [
        { name: "walk", range: { from: "2021-01", through: "2023-12" } },
        { name: "last", range: { from: "2023-01", through: "2023-12" } },
      ],
    },
  ];

  it("is the comparison of every market set, design and sample, in that order, with the ladder for its markets", async () => {
    const ladderOf = vi.fn((_: number) => LADDER);
    const onProgress = vi.fn();
    const sets = ["Y", "X+Y"];
    const rows = await forecastComparison(PANEL, ladderOf, {
      marketSets: sets,
      designs: DESIGNS,
      ...DRAWS,
      onProgress,
    });
    const expected: ComparisonRow[] = [];
    for (const set of sets)
      for (const { splits, samples } of DESIGNS)
        for (const sample of samples) {
          const panel = selectMarkets(PANEL, set.split("+"));
          const candidates = await walkedLadder(panel, LADDER, { splits });
          expected.push(...compareForecasts(candidates, sample, DRAWS));
        }
    expect(rows).toEqual(expected);
    expect(ladderOf.mock.calls).toEqual([[1], [2]]);
    expect(onProgress.mock.calls).toEqual([1, 2, 3, 4].map((d) => [d, 4]));
    const datesOf = (sample: string) =>
      new Set(rows.filter((r) => r.sample === sample).map(({ n }) => n));
    expect([datesOf("year"), datesOf("walk"), datesOf("last")]).toEqual([
      new Set([12]),
      new Set([36]),
      new Set([12]),
    ]);
  });

  it("does not depend on what comes after the sample", async () => {
    const run = (panel: Panel) =>
      forecastComparison(panel, () => LADDER, { marketSets: ["X+Y"], designs: DESIGNS, ...DRAWS });
    const cut = panelThrough(PANEL, "2023-12-31");
    expect(cut.dates).toHaveLength(72);
    expect(await run(cut)).toEqual(await run(PANEL));
  });

  it("refuses a set with a market that the panel lacks", async () => {
    await expect(
      forecastComparison(PANEL, () => LADDER, { marketSets: ["X+Z"], designs: DESIGNS, ...DRAWS }),
    ).rejects.toThrow("there is no market Z");
  });
});
