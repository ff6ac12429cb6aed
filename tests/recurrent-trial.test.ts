/** The published experiment with recurrent networks: its series, scores and training, by plain loops. */

import { describe, expect, it } from "vitest";
import { recurrentKernel } from "../lib/src/models/recurrent/kernel.js";
import {
  inputWidth,
  type RecurrentShape,
  recurrentStart,
} from "../lib/src/models/recurrent/network.js";
import {
  TRIAL_PROCESSES,
  type TrialProcess,
  trialSeries,
  trialWindows,
} from "../lib/src/models/recurrent/synthetic.js";
import {
  RECURRENT_PLAN,
  type RecurrentJob,
  trainRecurrent,
} from "../lib/src/models/recurrent/training.js";
import { recurrentTrial } from "../lib/src/models/recurrent/trial.js";
import { windowInto } from "../lib/src/models/recurrent/windows.js";
import { stream } from "../lib/src/random.js";

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));
};
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("trialSeries", () => {
  it.each(TRIAL_PROCESSES)("draws its betas and returns row by row: %s", (process) => {
    const [lookback, count] = [14, 6];
    const found = trialSeries({ process, lookback, count, seed: 2, use: "draws" });
    const chance = stream(2, "trial", process, lookback, "draws");
    const [x, y, beta]: [number[], number[], number[]] = [[], [], []];
    for (let i = 0; i < count; i++) {
      const period = process === "cycle" ? 48 + 48 * chance.uniform() : 1;
      const phase = process === "cycle" ? chance.uniform() : 0;
      let level = process === "cycle" ? 1 : 1 + chance.normal();
      const after = process === "steps" ? 1 + chance.normal() : level;
      // Rows 10 to 13, each as likely.
      const step = process === "steps" ? 10 + Math.floor(4 * chance.uniform()) : 15;
      let b = level;
      for (let t = 0; t < 15; t++) {
        if (process === "random walk") level += Math.sqrt(1 / 80) * chance.normal();
        if (process === "cycle") level = 1 + 1.25 * Math.sin(2 * Math.PI * (t / period + phase));
        b = t < step ? level : after;
        x.push(chance.normal());
        y.push(b * x.at(-1)! + chance.normal());
      }
      beta.push(b);
    }
    expect(furthest(found.x, x)).toBe(0);
    expect(furthest(found.y, y)).toBeLessThan(1e-12);
    expect(furthest(found.beta, beta)).toBeLessThan(1e-12);
  });

  it.each([true, false])(
    "gives windows and the row after each, with residuals: %s",
    (residuals) => {
      const series = trialSeries({
        process: "steps",
        lookback: 12,
        count: 3,
        seed: 1,
        use: "rows",
      });
      const shape = { head: "nbi", hidden: 2, markets: 1, lookback: 12, residuals } as const;
      const { windows, targets } = trialWindows(shape, series);
      const width = 12 * inputWidth(shape);
      for (let i = 0; i < 3; i++) {
        const [x, y] = [series.x, series.y].map((all) => all.slice(13 * i, 13 * i + 13));
        const own = new Float32Array(width);
        windowInto(own, shape, { x: x!.subarray(0, 12), y: y!.subarray(0, 12), prior: [1] });
        expect(windows.subarray(i * width, (i + 1) * width)).toEqual(own);
        expect([...targets.subarray(2 * i, 2 * i + 2)]).toEqual(
          [x![12], y![12]].map((v) => Math.fround(v!)),
        );
      }
    },
  );
});

describe("scores of the experiment", () => {
  /** Squared hedging errors of betas on the rows after the windows, and what comes of them. */
  function scores(process: TrialProcess, lookback: number, seed: number, count: number) {
    const { x, y, beta } = trialSeries({ process, lookback, count, seed, use: "test" });
    const rows = lookback + 1;
    const losses = (betas: readonly number[]) =>
      betas.map((b, i) => (y[i * rows + lookback]! - b * x[i * rows + lookback]!) ** 2);
    const weighted = (halfLife: number) =>
      Array.from({ length: count }, (_, i) => {
        let [above, below] = [0, 0];
        for (let t = 0; t < lookback; t++) {
          const weight = 0.5 ** ((lookback - 1 - t) / halfLife);
          above += weight * x[i * rows + t]! * y[i * rows + t]!;
          below += weight * x[i * rows + t]! ** 2;
        }
        return above / below;
      });
    const [ols, truth] = [losses(weighted(Infinity)), losses([...beta])];
    const room = mean(ols) - mean(truth);
    return (halfLife: number) => {
      const own = losses(weighted(halfLife));
      const share = (mean(ols) - mean(own)) / room;
      const off = own.map((loss, i) => ols[i]! - loss - share * (ols[i]! - truth[i]!));
      return {
        rmse: Math.sqrt(mean(own)),
        gainPercent: 100 * (1 - Math.sqrt(mean(own) / mean(ols))),
        share,
        standardError: Math.sqrt(mean(off.map((d) => d ** 2)) / count) / Math.abs(room),
      };
    };
  }

  // Four series have their best half-life anywhere: among these seeds, each is the best somewhere.
  const SEEDS = [1, 2, 3, 7, 8, 12, 14, 16, 17, 18, 21];
  const HALF_LIVES = [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64];

  it("are those of least squares and of the weighted one with the best half-life", async () => {
    const size = { lookback: 64, series: 16, rounds: 1, validation: 16, test: 4, networks: [] };
    const met = new Set<number>();
    for (const seed of SEEDS) {
      const found = await recurrentTrial({ ...size, seed });
      expect(found.map(({ process, estimator }) => `${process} ${estimator}`)).toEqual(
        TRIAL_PROCESSES.flatMap((process) => [
          `${process} ols`,
          `${process} wls`,
          ...(process === "steps" ? ["steps bayes"] : []),
        ]),
      );
      for (const process of TRIAL_PROCESSES) {
        const [ols, wls] = found.filter((row) => row.process === process);
        const score = scores(process, 64, seed, 4);
        const rmses = HALF_LIVES.map((halfLife) => score(halfLife).rmse);
        const best = HALF_LIVES[rmses.indexOf(Math.min(...rmses))]!;
        met.add(best);
        expect(wls!.halfLife).toBe(best);
        for (const [row, halfLife] of [
          [ols!, Infinity],
          [wls!, best],
        ] as const)
          for (const [name, value] of Object.entries(score(halfLife)))
            expect(row[name as "rmse"]).toBeCloseTo(value, 9);
      }
    }
    expect(met.size).toBe(HALF_LIVES.length);
  });
});

describe("training", () => {
  const shape: RecurrentShape = {
    ...{ head: "nbi", hidden: 4, markets: 1, lookback: 12, residuals: false },
  };

  /** Adam in double precision, its gradient held within a length of one. */
  function adam(weights: Float64Array) {
    const moments = [weights.map(() => 0), weights.map(() => 0)] as const;
    let step = 0;
    return (gradient: ArrayLike<number>, rate: number) => {
      step++;
      const length = Math.hypot(...Array.from(gradient));
      weights.forEach((w, i) => {
        const g = gradient[i]! / Math.max(1, length);
        const m = 0.9 * moments[0][i]! + 0.1 * g;
        const v = 0.999 * moments[1][i]! + 0.001 * g ** 2;
        [moments[0][i], moments[1][i]] = [m, v];
        const size = Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8;
        weights[i] = w - (rate * m) / (1 - 0.9 ** step) / size;
      });
    };
  }

  it("takes steps of Adam, over windows in a new order each pass, at a rate that rises and falls", () => {
    const seriesOf = (use: string, count: number) =>
      trialWindows(shape, trialSeries({ process: "steps", lookback: 12, count, seed: 3, use }));
    const [fit, validation] = [seriesOf("fit", 40), seriesOf("validation", 20)];
    const plan = { passes: 3, batch: 16, rate: 0.02, warmUp: 3 };
    const job: RecurrentJob = { shape, plan, seed: 8, prior: [1], source: { fit, validation } };
    const { weights, validationLoss, bestPass } = trainRecurrent(job);
    const kernel = recurrentKernel(shape, { windows: 60, batch: 16 });
    kernel.write(fit, 0);
    kernel.write(validation, 40);
    const own = Float64Array.from(recurrentStart(shape, 8, [1]));
    const step = adam(own);
    const evaluated = () => {
      kernel.weights().set(own);
      return kernel.evaluate(40, 20).loss;
    };
    const losses = [evaluated()];
    const kept = [own.slice()];
    // Two batches of sixteen in a pass of forty windows: six steps.
    for (let pass = 0, at = 0; pass < 3; pass++) {
      const order = stream(8, "recurrent", "order", 0, pass).permutation(40);
      for (const from of [0, 16]) {
        kernel.weights().set(own);
        const { gradient } = kernel.gradient(Int32Array.from(order.slice(from, from + 16)));
        const rise = Math.min(1, (at + 1) / 3);
        step(gradient, (0.02 * rise * (1 + Math.cos((Math.PI * at) / 6))) / 2);
        at++;
      }
      losses.push(evaluated());
      kept.push(own.slice());
    }
    expect(furthest(validationLoss, losses)).toBeLessThan(1e-4);
    expect(bestPass).toBe(losses.indexOf(Math.min(...losses)));
    expect(furthest(weights, kept[bestPass]!)).toBeLessThan(1e-4);
  });

  it("simulates fresh series every round, and validates on others", () => {
    const plan = { passes: 1, batch: 32, rate: 0.01, warmUp: 2 };
    const source = { process: "cycle", rounds: 2, series: 32, validation: 16 } as const;
    const { validationLoss, weights, bestPass } = trainRecurrent({
      ...{ shape, plan, seed: 4, prior: [1], source },
    });
    const windows = (use: string, count: number) =>
      trialWindows(shape, trialSeries({ process: "cycle", lookback: 12, count, seed: 4, use }));
    const kernel = recurrentKernel(shape, { windows: 48, batch: 32 });
    kernel.write(windows("validation", 16), 32);
    kernel.weights().set(recurrentStart(shape, 4, [1]));
    const losses = [kernel.evaluate(32, 16).loss];
    const kept = [kernel.weights().slice()];
    for (const round of [0, 1]) {
      kernel.write(windows(`round ${round}`, 32), 0);
      const order = stream(4, "recurrent", "order", round, 0).permutation(32);
      // Two steps in all: the first at half of the rate, the second where the cosine is at its middle.
      kernel.update(Int32Array.from(order), 0.005);
      losses.push(kernel.evaluate(32, 16).loss);
      kept.push(kernel.weights().slice());
    }
    expect(furthest(validationLoss, losses)).toBeLessThan(1e-6);
    expect(furthest(weights, kept[bestPass]!)).toBeLessThan(1e-6);
  });

  it("stays at its start where no pass is better", () => {
    const plan = { passes: 2, batch: 16, rate: 0, warmUp: 1 };
    const source = { process: "steps", rounds: 1, series: 16, validation: 16 } as const;
    const { validationLoss, bestPass } = trainRecurrent({
      shape,
      plan,
      seed: 4,
      prior: [1],
      source,
    });
    expect([new Set(validationLoss).size, bestPass]).toEqual([1, 0]);
  });

  it("has the plan of the published experiment", () => {
    expect(RECURRENT_PLAN).toEqual({ passes: 4, batch: 128, rate: 0.002, warmUp: 200 });
  });
});

describe("the kernel", () => {
  const shape = { head: "nbi", hidden: 4, markets: 1, lookback: 12, residuals: false } as const;

  it("evaluates windows from a place on", () => {
    const series = trialSeries({ process: "steps", lookback: 12, count: 40, seed: 3, use: "fit" });
    const kernel = recurrentKernel(shape, { windows: 40, batch: 16 });
    kernel.write(trialWindows(shape, series), 0);
    kernel.weights().set(recurrentStart(shape, 1, [1]));
    const all = kernel.evaluate(0, 40);
    const some = kernel.evaluate(20, 17);
    expect(some.betas).toEqual(all.betas.slice(20, 37));
    expect(some.weights).toEqual(all.weights.slice(12 * 20, 12 * 37));
    const errors = Array.from(some.betas, (b, i) => {
      const at = 13 * (20 + i) + 12;
      return (series.y[at]! - b * series.x[at]!) ** 2;
    });
    expect(some.loss).toBeCloseTo(mean(errors), 5);
    const nb = recurrentKernel({ ...shape, head: "nb" }, { windows: 40, batch: 16 });
    expect(nb.evaluate(0, 40).weights).toHaveLength(0);
  });
});
