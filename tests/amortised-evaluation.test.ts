/** What the amortised beta is judged by: shares on simulated panels, regrets on pairs of series. */

import { describe, expect, it } from "vitest";
import { historicalBeta } from "../lib/src/betas/historical.js";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { zeroBeta } from "../lib/src/betas/zero.js";
import { panelShares } from "../lib/src/comparing/panel-shares.js";
import { regrets, seriesPair } from "../lib/src/comparing/regrets.js";
import { figureAmortised, figureAmortisedTraining } from "../lib/src/figures/amortised.js";
import { amortisedBeta } from "../lib/src/models/amortised/amortised-beta.js";
import { OUTSIDE_PROCESSES, outsideSeries } from "../lib/src/models/amortised/outside.js";
import { priorSeries, simulatedSeries } from "../lib/src/models/amortised/prior.js";
import { processScores } from "../lib/src/models/amortised/prior-test.js";
import { amortisedCard } from "../lib/src/models/amortised/weights.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { stream } from "../lib/src/random.js";
import {
  tablePanelShares,
  tablePrior,
  tableProcessScores,
  tableRegrets,
  tableSharesByLookback,
} from "../lib/src/tables/amortised.js";
import { type BetaPath, betaPath, type Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

describe("outsideSeries", () => {
  it.each(OUTSIDE_PROCESSES)("has returns of market times beta plus noise: %s", (process) => {
    const { x, y, betas } = outsideSeries(process, 3, 90);
    for (const values of [x, y, betas]) {
      expect(values).toHaveLength(90);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(new Set(betas).size).toBeGreaterThan(1);
    expect(outsideSeries(process, 3, 90)).toEqual({ process: expect.any(Number), x, y, betas });
    expect(outsideSeries(process, 4, 90).x).not.toEqual(x);
  });
});

describe("long memory", () => {
  it("is fractional noise: shocks weighed by the product of (k - 1 + d) / k, brought to its size", () => {
    const rows = 40;
    const chance = stream("prior", "outside", "long memory", 2);
    const constant = simulatedSeries(chance, { rows, process: 0 });
    const size = Math.exp(Math.log(0.1) + Math.log(12) * chance.uniform());
    const d = 0.3 + 0.19 * chance.uniform();
    const shocks = Array.from({ length: 2 * rows }, () => chance.normal());
    const noise = Array.from({ length: rows }, (_, t) => {
      let [weight, sum] = [1, 0];
      for (let k = 0; k <= rows + t; k++) {
        if (k > 0) weight *= (k - 1 + d) / k;
        sum += weight * shocks[rows + t - k]!;
      }
      return sum;
    });
    const mean = noise.reduce((sum, v) => sum + v, 0) / rows;
    const sd = Math.sqrt(noise.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows);
    const { betas } = outsideSeries("long memory", 2, rows);
    betas.forEach((b, t) => {
      expect(b - constant.betas[t]!).toBeCloseTo((size * noise[t]!) / sd, 10);
    });
  });
});

describe("conditional covariances", () => {
  it("are those of H[t+1] = 0.03 C + a z z' + (0.97 - a) H[t], from C on", () => {
    for (const at of [0, 1, 2]) {
      const chance = stream("prior", "outside", "DCC", at);
      const a = 0.02 + 0.13 * chance.uniform();
      const rho = -0.7 + 1.4 * chance.uniform();
      const { x, y, betas } = outsideSeries("DCC", at, 60);
      const C = [1, rho, 1] as const;
      let H: readonly number[] = C;
      for (let t = 0; t < 60; t++) {
        const [xx, xy, yy] = H as [number, number, number];
        const noise = Math.sqrt(yy - xy ** 2 / xx);
        expect(betas[t]).toBeCloseTo(xy / xx, 12);
        expect(x[t]).toBeCloseTo(Math.sqrt(xx) * chance.normal(), 12);
        expect(y[t]).toBeCloseTo((xy / xx) * x[t]! + noise * chance.normal(), 12);
        const z = [x[t]! * x[t]!, x[t]! * y[t]!, y[t]! * y[t]!];
        H = H.map((h, j) => 0.03 * C[j]! + a * z[j]! + (0.97 - a) * h);
      }
    }
  });
});

describe("processScores", () => {
  const scores = processScores(4, [12, 24]);

  it("has one row per process, look-back and estimator, least squares with a share of zero", () => {
    expect(scores).toHaveLength(15 * 2 * 4);
    for (const row of scores.filter(({ estimator }) => estimator === "historical"))
      expect(row.share).toBe(0);
    expect(scores.filter(({ prior }) => prior === "outside")).toHaveLength(6 * 2 * 4);
  });

  it("is shown in full in files, and pooled by look-back", () => {
    expect(tableProcessScores(scores, 4).rows).toHaveLength(scores.length);
    const pooled = tableSharesByLookback(scores);
    expect(pooled.rows.map((row) => row.slice(0, 2))).toEqual([
      ["inside", 12],
      ["inside", 24],
      ["outside", 12],
      ["outside", 24],
    ]);
    const inside = scores.filter((row) => row.prior === "inside" && row.lookback === 12);
    const sum = (name: string) =>
      inside.reduce((total, row) => total + (row.estimator === name ? row.mse : 0), 0);
    expect(pooled.rows[0]![4]).toBeCloseTo(1 - sum("amortised") / sum("historical"), 12);
  });
});

describe("panelShares", () => {
  const options = { seeds: [1, 2, 3], from: 4, scored: 30, periods: 60, coins: 2, markets: 2 };
  const paths = [
    { estimator: "zero", path: zeroBeta },
    {
      estimator: "historical",
      path: (panel: Parameters<typeof historicalBeta>[0], from: string) =>
        historicalBeta(panel, { from, intervals: true }),
    },
  ];
  const rows = panelShares(paths, ["constant", "step"], options);

  it("is zero for the historical beta, without error, and has its coverage", () => {
    const ols = rows.filter(({ estimator }) => estimator === "historical");
    expect(ols.map(({ process }) => process)).toEqual(["constant", "step", "all"]);
    for (const { share, coverage } of ols) {
      expect(share).toBeCloseTo(0, 12);
      expect(coverage).toBeGreaterThan(0.2);
    }
    expect(ols[0]!.standardError).toBeCloseTo(0, 12);
    expect(rows[0]!.share).toBeLessThan(0);
    expect(rows[0]!.coverage).toBeNaN();
  });

  it("is every number by hand: losses of the hedge over all markets, coverage over all betas", () => {
    const made = { ...options, periods: 40, seeds: [5, 6] };
    const half = (panel: Panel) => ({
      ...betaPath(panel, "walkForward", () => [0.5, 1]),
      band: {
        interval: "given" as const,
        lower: zeroBeta(panel).values,
        upper: betaPath(panel, "walkForward", () => [1, 1]).values,
      },
    });
    const progress: number[][] = [];
    const [row, all] = panelShares([{ estimator: "half", path: half }], ["random walk"], {
      ...made,
      onProgress: (...steps) => progress.push(steps),
    });
    expect(progress).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const [ours, ols]: [number[], number[]] = [[], []];
    let held = 0;
    for (const seed of made.seeds) {
      const { panel, trueBeta } = simulatedPanel("random walk", { ...made, seed });
      const loss = ({ values }: BetaPath) => {
        let sum = 0;
        for (let t = 30; t < 40; t++)
          for (let i = 0; i < 2; i++) {
            const [x, y] = [0, 1].map((k) => {
              const at = (t * 2 + i) * 2 + k;
              return (trueBeta.values[at]! - values[at]!) * panel.marketLogReturns[2 * t + k]!;
            });
            sum += (x! + y!) ** 2;
          }
        return sum;
      };
      ours.push(loss(half(panel)));
      ols.push(loss(historicalBeta(panel, { from: panel.dates[4]!, intervals: false })));
      held += [...trueBeta.values.slice(120)].filter((b) => b >= 0 && b <= 1).length;
    }
    const base = (ols[0]! + ols[1]!) / 2;
    const ratio = (ours[0]! + ours[1]!) / 2 / base;
    const squares = ours.map((loss, s) => (loss - ratio * ols[s]!) ** 2);
    expect(row!.share).toBeCloseTo(1 - ratio, 12);
    expect(row!.coverage).toBeCloseTo(held / 80, 12);
    expect(held % 80).toBeGreaterThan(0);
    expect(row!.standardError).toBeCloseTo(
      Math.sqrt((squares[0]! + squares[1]!) / 2 / 2) / base,
      12,
    );
    expect(all).toMatchObject({ process: "all", share: row!.share, coverage: row!.coverage });
  });

  it("pools losses, not shares", () => {
    const [constant, step, all] = rows.filter(({ estimator }) => estimator === "zero");
    const [low, high] = [constant!.share, step!.share].sort((a, b) => a - b);
    expect(all!.share).toBeGreaterThanOrEqual(low!);
    expect(all!.share).toBeLessThanOrEqual(high!);
    expect(tablePanelShares(rows, "three panels").rows).toHaveLength(6);
  });
});

describe("regrets", () => {
  const panel = seededPanel(60, ["A", "B"], ["X", "Y"]);
  const paths = [
    { estimator: "zero", path: zeroBeta },
    {
      estimator: "pooled",
      path: (simulated: typeof panel, from: string) => pooledBeta(simulated, { from }),
    },
  ];

  it("is the ratio to no hedge less the best rival's, from a third of the dates on", () => {
    const rows = regrets([{ set: "both", panel }], paths, ["pooled"]);
    expect(rows.map(({ estimator, n }) => [estimator, n])).toEqual([
      ["zero", 40],
      ["pooled", 40],
    ]);
    expect(rows[0]!.ratio).toBe(1);
    expect(rows[1]!.regret).toBe(0);
    expect(rows[0]!.regret).toBeCloseTo(1 - rows[1]!.ratio, 12);
    const { rows: lines } = tableRegrets(rows, "made up");
    expect(lines[0]).toEqual(["zero", 1, rows[0]!.regret, rows[0]!.regret, 1]);
  });

  it("takes a market as the dependent series", () => {
    const pair = seriesPair(panel, "Y", "X");
    expect([...pair.coinLogReturns]).toEqual(
      [...panel.marketLogReturns].filter((_, at) => at % 2 === 1),
    );
    expect(() => seriesPair(panel, "Z", "X")).toThrow("seriesOf: there is no series Z, there are");
  });
});

describe("figures and the table of the prior", () => {
  it("stack weights that sum to one", () => {
    const { x, y, betas } = priorSeries("figure", 1, { rows: 60 });
    const { data } = figureAmortised(amortisedBeta(y, x), betas, "A series.");
    const stacked = data as { stackgroup?: string; y: number[] }[];
    const weights = stacked.filter(({ stackgroup }) => stackgroup);
    expect(weights).toHaveLength(8);
    expect(weights.reduce((sum, series) => sum + series.y[40]!, 0)).toBeCloseTo(1, 4);
  });

  it("draw every row that has a true beta, from the first on", () => {
    const { x, y, betas } = priorSeries("figure", 1, { rows: 60 });
    const found = amortisedBeta(y, x);
    const { data, layout } = figureAmortised(found, betas.subarray(0, 50), "A series.");
    const [lower, upper, truth, mean] = data as { x: number[]; y: number[] }[];
    for (const [drawn, values] of [
      [lower!, found.lower],
      [upper!, found.upper],
      [truth!, betas],
      [mean!, found.betas],
    ] as const) {
      expect([drawn.x.length, drawn.x[0], drawn.x[49]]).toEqual([50, 0, 49]);
      expect(drawn.y).toHaveLength(50);
      // The first rows have no estimate yet.
      expect(drawn.y[49]).toBeCloseTo(values[49]!, 4);
    }
    expect((layout as { yaxis2: { range: number[] } }).yaxis2.range).toEqual([0, 1]);
  });

  it("draw the card's curve, and list every process with its share", () => {
    const card = amortisedCard();
    const [share] = figureAmortisedTraining(card, "Training.").data as {
      x: number[];
      y: number[];
    }[];
    expect(share!.y).toHaveLength(card.plan.rounds);
    // Rounds are counted from one.
    expect([share!.x[0], share!.x.at(-1)]).toEqual([1, card.plan.rounds]);
    expect(tablePrior().rows.filter(([, part]) => part !== null)).toHaveLength(9);
  });
});
