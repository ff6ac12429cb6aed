/** The published experiment with NBI: what must be reached on each process, beside least squares and exact Bayes. */

import { expect, it } from "vitest";
import { TRIAL_PROCESSES } from "../../lib/src/models/recurrent/synthetic.js";
import { RECURRENT_PLAN } from "../../lib/src/models/recurrent/training.js";
import { recurrentTrial } from "../../lib/src/models/recurrent/trial.js";

it.each([1, 2, 3])(
  "nears exact Bayes on steps, follows cycles, and gains nothing where there is nothing to gain: seed %i",
  async (seed) => {
    const all = await recurrentTrial({
      networks: [{ head: "nbi", hidden: 8, residuals: true }],
      ...{ lookback: 64, series: 20_480, rounds: 8, validation: 4096, test: 20_480, seed },
      plan: { ...RECURRENT_PLAN, rate: 3e-3 },
    });
    const row = (process: string, estimator: string) =>
      all.find((other) => other.process === process && other.estimator.startsWith(estimator))!;
    const [constant, cycle, steps, walk] = TRIAL_PROCESSES;
    expect(row(steps, "nbi").share / row(steps, "bayes").share).toBeGreaterThan(0.92);
    expect(row(steps, "nbi").share - row(steps, "wls").share).toBeGreaterThan(0.02);
    expect(row(cycle, "nbi").share - row(cycle, "wls").share).toBeGreaterThan(0.05);
    expect(Math.abs(row(constant, "nbi").gainPercent)).toBeLessThan(0.3);
    expect(Math.abs(row(walk, "nbi").gainPercent - row(walk, "wls").gainPercent)).toBeLessThan(0.7);
  },
  300_000,
);
