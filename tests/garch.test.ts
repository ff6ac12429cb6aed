/** GARCH(1,1) and DCC(1,1) against arch, the textbook form and their identities. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stream } from "../lib/src/random.js";
import { dcc, dccFilter } from "../lib/src/stats/dcc.js";
import type { DccRecursion } from "../lib/src/stats/dcc-walk.js";
import { garch, garchFilter } from "../lib/src/stats/garch.js";
import { expectClose, reference } from "./support/helpers.js";

const { series, blocks } = reference<{
  readonly series: readonly {
    readonly y: readonly number[];
    readonly given: readonly [number, number, number, number];
    readonly givenLikelihood: number;
    readonly lastVariance: number;
    readonly parameters: readonly number[];
    readonly logLikelihood: number;
    readonly standardErrors: Readonly<Record<"hessian" | "opg" | "qml", readonly number[]>>;
  }[];
  readonly blocks: readonly {
    readonly recursion: DccRecursion;
    readonly series: number;
    readonly z: readonly number[];
    readonly parameters: readonly number[];
    readonly logLikelihood: number;
    readonly given: readonly [number, number];
    readonly givenLikelihood: number;
    readonly lastCorrelation: number;
  }[];
}>("garch");

const BENCHMARK = join(process.env.NEURAL_BETA_BENCHMARKS ?? "", "bollerslev_ghysels.txt");

function within(ours: readonly number[], theirs: readonly number[], relative: number): void {
  theirs.forEach((value, i) => {
    expect(Math.abs(ours[i]! / value - 1), `number ${i}`).toBeLessThan(relative);
  });
}

describe("garch", () => {
  it.each(series)("has arch's variances and likelihood at given parameters", (given) => {
    const [mu, omega, alpha, beta] = given.given;
    const filter = garchFilter(given.y, { mu, omega, alpha, beta });
    expectClose(filter.logLikelihood, given.givenLikelihood);
    expectClose(filter.variances.at(-2)!, given.lastVariance);
    expectClose(filter.standardized[0]! * Math.sqrt(filter.variances[0]!), given.y[0]! - mu);
  });

  it.each(series)("finds the optimum of the textbook form and its errors", (given) => {
    const fit = garch(given.y);
    expect(fit.logLikelihood).toBeGreaterThanOrEqual(given.logLikelihood - 1e-9);
    within([fit.mu, fit.omega, fit.alpha, fit.beta], given.parameters, 1e-5);
    for (const kind of ["hessian", "opg", "qml"] as const)
      within(fit.standardErrors[kind], given.standardErrors[kind], 2e-4);
    expectClose(garchFilter(given.y, fit).logLikelihood, fit.logLikelihood);
  });

  it("does not know the unit of the returns", () => {
    const { y } = series[1]!;
    const [fit, thousand] = [garch(y), garch(y.map((value) => 1000 * value))];
    expectClose(
      [thousand.mu / 1e3, thousand.omega / 1e6, thousand.alpha, thousand.beta],
      [fit.mu, fit.omega, fit.alpha, fit.beta],
    );
    within(
      thousand.standardErrors.qml,
      fit.standardErrors.qml.map((v, i) => v * [1e3, 1e6, 1, 1][i]!),
      1e-6,
    );
  });

  it("starts the variance on the sample, whatever follows it", () => {
    const { y, parameters } = series[0]!;
    const [mu, omega, alpha, beta] = parameters as [number, number, number, number];
    const whole = garchFilter(y, { mu, omega, alpha, beta }, { sample: 300 });
    const part = garchFilter(y.slice(0, 300), { mu, omega, alpha, beta });
    expect(whole.variances.slice(0, 301)).toEqual(part.variances);
  });

  it("has no errors where the likelihood still rises at a bound", () => {
    const draw = stream("calm and storm");
    const y = Array.from({ length: 400 }, (_, t) => draw.normal() * (t % 100 < 50 ? 1 : 3));
    const { alpha, beta, standardErrors } = garch(y);
    expect(alpha + beta).toBeGreaterThan(0.999);
    expect(standardErrors.qml).toEqual([NaN, NaN, NaN, NaN]);
  });

  it.skipIf(!existsSync(BENCHMARK))(
    "equals the benchmark of Bollerslev and Ghysels (NEURAL_BETA_BENCHMARKS has its returns)",
    () => {
      const y = readFileSync(BENCHMARK, "utf8").trim().split(/\s+/).map(Number);
      expect(y).toHaveLength(1974);
      const fit = garch(y);
      const found = [fit.mu, fit.omega, fit.alpha, fit.beta];
      // Fiorentini, Calzolari and Panattoni (1996), six digits; then gretl 2022c, `garch 1 1 ; Y --fcp` on its b-g.gdt.
      within(found, [-0.00619041, 0.0107613, 0.153134, 0.805974], 1e-5);
      const gretl = [-0.0061904007842505, 0.010761398762528, 0.15313411036825, 0.80597362599559];
      within(found, gretl, 1e-12);
      within([fit.logLikelihood], [-1106.6078508217], 1e-12);
      const { hessian, opg, qml } = fit.standardErrors;
      within(hessian, [0.0084621186906, 0.00285271175663, 0.0265228364231, 0.0335526896681], 1e-8);
      within(opg, [0.00843359304671, 0.00132297500844, 0.0139737958709, 0.0165604036948], 1e-8);
      within(qml, [0.009189353654, 0.0064931856274, 0.0535317117134, 0.0724614489791], 1e-8);
    },
  );

  it("refuses few rows, rows that stand still, and missing ones", () => {
    expect(() => garch([1, 2, 3])).toThrow(/at least 20 values that vary, got 3/);
    expect(() => garch(new Array(30).fill(0.125))).toThrow(/variance 0; lengthen it/);
    expect(() => garch([NaN])).toThrow(/garch: y/);
    expect(() => garchFilter([NaN], { mu: 0, omega: 1, alpha: 0, beta: 0 })).toThrow(/y/);
  });
});

describe("dcc", () => {
  it.each(blocks)("has the textbook form's likelihood: $recursion of $series series", (given) => {
    const [a, b] = given.given;
    const m = given.series;
    const options = { series: m, recursion: given.recursion };
    const { correlations, logLikelihood } = dccFilter(given.z, { a, b }, options);
    expectClose(logLikelihood, given.givenLikelihood);
    expectClose(correlations.at(-m * m + 1)!, given.lastCorrelation);
    const fit = dcc(given.z, options);
    expect(fit.logLikelihood).toBeGreaterThanOrEqual(given.logLikelihood - 1e-8);
    within([fit.a, fit.b], given.parameters, 1e-4);
  });

  it.each([0, 0.5])(
    "without shocks is the constant correlation, by either recursion: b %s",
    (b) => {
      const { z } = blocks[0]!;
      const [engle, aielli] = (["dcc", "cdcc"] as const).map((recursion) =>
        dccFilter(z, { a: 0, b }, { series: 2, recursion }),
      );
      expect(new Set(engle!.correlations).size).toBe(2);
      expect(aielli!.correlations).toEqual(engle!.correlations);
    },
  );

  it("takes its target from the sample, whatever follows it", () => {
    const { z, given, recursion } = blocks[1]!;
    const [a, b] = given;
    const options = { series: 2, recursion };
    const whole = dccFilter(z, { a, b }, { ...options, sample: 200 });
    const part = dccFilter(z.slice(0, 400), { a, b }, options);
    expect(whole.correlations.slice(0, 804)).toEqual(part.correlations);
  });

  it("refuses one series, torn rows and shocks that never fade", () => {
    expect(() => dcc([1, 2], { series: 1 })).toThrow(/series/);
    expect(() => dcc([1, 2, 3], { series: 2 })).toThrow(/rows of 2 values, got 3/);
    expect(() => dccFilter([1, 2], { a: 0.5, b: 0.5 }, { series: 2 })).toThrow(/a \+ b below 1/);
  });
});
