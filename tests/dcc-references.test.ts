/** Dynamic conditional correlations against programs by others: the MFE toolbox on seeded series, R's rmgarch on published returns. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dcc, dccFilter } from "../lib/src/stats/dcc.js";
import { dccWalk } from "../lib/src/stats/dcc-walk.js";
import { garch, garchFilter } from "../lib/src/stats/garch.js";
import { mean } from "../lib/src/stats/moments.js";
import { expectClose, reference } from "./support/helpers.js";

describe("dccFilter and the MFE toolbox", () => {
  const { blocks } = reference<{
    readonly blocks: readonly {
      readonly series: number;
      readonly given: readonly [number, number];
      readonly logLikelihood: number;
      readonly correlations: readonly number[];
    }[];
  }>("dcc");
  const inputs = reference<{
    readonly blocks: readonly { readonly series: number; readonly z: readonly number[] }[];
  }>("garch").blocks;

  it.each(blocks)("agree on likelihood and path: $series series", (block) => {
    const { series, given } = block;
    const { z } = inputs.find((input) => input.series === series)!;
    const [a, b] = given;
    const { correlations, logLikelihood } = dccFilter(z, { a, b }, { series });
    expect(Math.abs(logLikelihood - block.logLikelihood)).toBeLessThan(1e-9);
    expectClose(
      block.correlations.map((_, t) => correlations[t * series ** 2 + 1]!),
      block.correlations,
    );
  });
});

// Returns in percent of AA, AXP, BA, BAC and C, the first 1,000 of R's dji30ret: dji30ret_5.csv of sercanatalik/galata-research.
const RETURNS = join(process.env.NEURAL_BETA_BENCHMARKS ?? "", "dji30ret_5.csv");

/** By rmgarch 1.4.2: rmgarch_fixtures.json of marwinsteiner/pymgarch, its `dcc_norm`. */
const R = {
  garch: [
    [0.198126649418049, 0.112884119775736, 0.176399516811915, 0.822600287459233],
    [-0.00427747952520824, 0.431502900046167, 0.148553168917924, 0.779195585143824],
    [0.128953751108606, 0.0325719083337005, 0.0164336768588087, 0.974714469068123],
    [0.188374450708431, 0.903508990769335, 0.29198035854637, 0.571242378295112],
    [0.0875419782503411, 1.17988919743622, 0.106460612012407, 0.720579187462705],
  ],
  weights: [0.0108409458507285, 0.786948216873906],
  logLikelihood: -10111.2993183835,
  /** Of the first three days. */
  deviations: [
    [2.04858594537182, 2.517688998675, 1.86928423291087, 2.24640060784754, 2.55246340096071],
    [2.19064820922053, 2.33009458839795, 1.87098907583645, 2.00601201736446, 2.4239076906564],
    [2.22537827035189, 2.18079395589327, 1.85628493085689, 1.81190343661482, 2.32687440576407],
  ],
  /** Lower triangles. */
  target: [
    [1.00499697201614],
    [0.467911546871935, 0.997724521553669],
    [0.366236181591999, 0.463029499281841, 0.999977225525287],
    [0.371606583917733, 0.412295912503541, 0.341083052174087, 0.992526082544854],
    [0.380660458465802, 0.438169218728772, 0.395696616868139, 0.375315273150868, 0.997507024256685],
  ],
  lastCorrelation: [
    [1],
    [0.459841303692447, 1],
    [0.365578241702493, 0.445301982343964, 1],
    [0.375599900461716, 0.417208937232068, 0.335601832298526, 1],
    [0.376838057417664, 0.423884685524564, 0.389209913981598, 0.374059304694455, 1],
  ],
  nextCovariance: [
    [5.11389246987004],
    [2.74311025076542, 7.4439478245075],
    [1.80234106081945, 2.77754410229502, 5.02072030120764],
    [2.21683264987376, 3.20766149923496, 2.12131351812798, 7.563148564962],
    [1.83576904121254, 2.62759022014765, 1.96645830894116, 2.33837612196802, 4.9252336837375],
  ],
} as const;

const m = 5;
const lower = (matrix: ArrayLike<number>) =>
  R.target.flatMap((row, i) => row.map((_, j) => matrix[i * m + j]!));

/** Our filters and z at R's parameters with R's start, and R's target: the covariance of z, whose diagonal is not 1. */
function atTheirParameters() {
  const lines = readFileSync(RETURNS, "utf8").trim().split("\n").slice(1);
  const series = R.garch.map((_, i) => lines.map((line) => Number(line.split(",")[i])));
  // R's variances start at the mean square itself, ours a step before it: a day ahead of all, of the size that leads there.
  const filters = series.map((y, i) => {
    const [mu, omega, alpha, beta] = R.garch[i]!;
    const start = mean(y.map((value) => (value - mu) ** 2));
    const ahead = (start - omega * (1 + beta)) / (alpha + beta * (alpha + beta));
    const day = mu + Math.sqrt(ahead);
    return garchFilter([day, ...y], { mu, omega, alpha, beta }, { sample: 1 });
  });
  const n = lines.length;
  const columns = filters.map(({ standardized }) => standardized.subarray(1));
  const z = Float64Array.from({ length: n * m }, (_, at) => columns[at % m]![Math.floor(at / m)]!);
  const target = Float64Array.from({ length: m * m }, (_, at) => {
    const [row, column] = [columns[Math.floor(at / m)]!, columns[at % m]!];
    const [centre, middle] = [mean(row), mean(column)];
    return row.reduce((sum, v, t) => sum + (v - centre) * (column[t]! - middle), 0) / (n - 1);
  });
  return { n, series, filters, z, target };
}

describe.skipIf(!existsSync(RETURNS))("rmgarch (NEURAL_BETA_BENCHMARKS has its returns)", () => {
  it("has our deviations at its parameters", () => {
    const { n, filters } = atTheirParameters();
    expect(n).toBe(1000);
    for (const [t, day] of R.deviations.entries())
      expectClose(
        filters.map(({ variances }) => Math.sqrt(variances[t + 1]!)),
        day,
      );
  });

  it("has our likelihood and path at its parameters", () => {
    const { n, filters, z, target } = atTheirParameters();
    expectClose(lower(target), R.target.flat());
    // A day of ones comes first in R, and does not count.
    const x = Float64Array.from({ length: (n + 1) * m }, (_, at) => (at < m ? 1 : z[at - m]!));
    const path = new Float64Array((n + 2) * m * m);
    const walk = (days: number, correlations?: Float64Array) =>
      dccWalk(
        { z: x, n: days, m, recursion: "dcc" },
        R.weights,
        { x, S: target },
        ...(correlations ? [correlations] : []),
      ).value;
    const logs = filters.flatMap(({ variances }) => Array.from(variances.slice(1, -1), Math.log));
    const second = walk(n + 1, path) - walk(1);
    const total = -second - 0.5 * logs.reduce((sum, log) => sum + log, 0);
    expect(Math.abs(total - R.logLikelihood)).toBeLessThan(1e-9);
    expectClose(lower(path.subarray(n * m * m, (n + 1) * m * m)), R.lastCorrelation.flat());
    const next = path
      .subarray((n + 1) * m * m)
      .map((r, at) =>
        [Math.floor(at / m), at % m].reduce(
          (h, i) => h * Math.sqrt(filters[i]!.variances.at(-1)!),
          r,
        ),
      );
    expectClose(lower(next), R.nextCovariance.flat());
  });

  it("has weights nearly as likely as those of our own fit, by our start and target", () => {
    const { n, series } = atTheirParameters();
    const fits = series.map((y) => garch(y));
    const standardized = series.map((y, i) => garchFilter(y, fits[i]!).standardized);
    const ours = Float64Array.from(
      { length: n * m },
      (_, at) => standardized[at % m]![Math.floor(at / m)]!,
    );
    const [a, b] = R.weights;
    const fit = dcc(ours, { series: m });
    const atTheirs = dccFilter(ours, { a, b }, { series: m });
    expect(fit.logLikelihood).toBeGreaterThan(atTheirs.logLikelihood);
    expect(fit.logLikelihood - atTheirs.logLikelihood).toBeLessThan(0.5);
  });
});
