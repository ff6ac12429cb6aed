/** Recurrent networks with the heads NB and NBI: gradients, parity with TensorFlow.js, identities, the published experiment. */

import { join } from "node:path";
import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { inverse, Matrix } from "ml-matrix";
import { beforeAll, describe, expect, it } from "vitest";
import { readPanel } from "../lib/src/data/panel-file.js";
import { dailySource } from "../lib/src/data/shipped.js";
import { counts } from "../lib/src/models/cache/counts.js";
import { recurrentKernel } from "../lib/src/models/recurrent/kernel.js";
import {
  inputWidth,
  type RecurrentShape,
  recurrentStart,
  weightPlaces,
} from "../lib/src/models/recurrent/network.js";
import {
  completeCoinRows,
  panelWindows,
  recurrentScale,
} from "../lib/src/models/recurrent/panel-windows.js";
import { recurrentBeta, recurrentEstimator } from "../lib/src/models/recurrent/recurrent-beta.js";
import { bayesSteps, trialSeries, trialWindows } from "../lib/src/models/recurrent/synthetic.js";
import { trainRecurrents } from "../lib/src/models/recurrent/threads.js";
import { RECURRENT_PLAN, trainRecurrent } from "../lib/src/models/recurrent/training.js";
import { recurrentTrial } from "../lib/src/models/recurrent/trial.js";
import { windowInto } from "../lib/src/models/recurrent/windows.js";
import { type Tfjs, tfjs } from "../lib/src/models/tfjs/backend.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { stream } from "../lib/src/random.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";
import { scratchFolder } from "./support/scratch.js";

const N = 32;

/** Numbers that passed through float32. */
function expectNear(ours: ArrayLike<number>, theirs: readonly number[], tolerance: number): void {
  expect(ours).toHaveLength(theirs.length);
  theirs.forEach((value, i) => {
    expect(Math.abs(ours[i]! - value), `number ${i}`).toBeLessThan(tolerance);
  });
}
const ORDER = Int32Array.from({ length: N }, (_, i) => i);

/** A kernel with random windows and weights. */
function example(shape: RecurrentShape) {
  const chance = stream(7, "recurrent example");
  const normals = (length: number) => Float32Array.from({ length }, () => chance.normal());
  const windows = normals(N * shape.lookback * inputWidth(shape));
  const targets = normals(N * (shape.markets + 1));
  const kernel = recurrentKernel(shape, { windows: N, batch: N });
  kernel.write({ windows, targets }, 0);
  const weights = recurrentStart(shape, 1, Array(shape.markets).fill(0.7));
  const { head } = weightPlaces(shape);
  for (let i = head; i < weights.length; i++) weights[i]! += 0.3 * chance.normal();
  kernel.weights().set(weights);
  return { kernel, weights, windows, targets };
}

const SHAPES = (["nb", "nbi"] as const).flatMap((head) =>
  [1, 2].flatMap((markets) =>
    [8, 16].map((hidden) => ({ head, markets, hidden, lookback: 10, residuals: hidden === 8 })),
  ),
);

describe("the kernel's gradient", () => {
  it.each(SHAPES)(
    "of $head with $hidden units on $markets markets is that of finite differences",
    (shape) => {
      const { kernel, weights } = example(shape);
      const { gradient } = kernel.gradient(ORDER);
      const size = Math.max(...gradient.map(Math.abs));
      const step = 1e-2;
      for (let i = 0; i < weights.length; i += 5) {
        const at = (move: number) => {
          kernel.weights()[i] = weights[i]! + move;
          return kernel.gradient(ORDER).loss;
        };
        const slope = (8 * (at(step) - at(-step)) - at(2 * step) + at(-2 * step)) / (12 * step);
        kernel.weights()[i] = weights[i]!;
        expect(Math.abs(slope - gradient[i]!)).toBeLessThan(2e-4 * size + 1e-5);
      }
    },
  );

  it.each(["nb", "nbi"] as const)("of %s is that of TensorFlow.js", async (head) => {
    const { tf } = await tfjs();
    const shape = { head, markets: 1, hidden: 8, lookback: 10, residuals: false };
    const { kernel, weights, windows, targets } = example(shape);
    const { value, grads } = withTensorFlow(tf, shape, weights, [windows, targets]);
    const { loss, gradient } = kernel.gradient(ORDER);
    expect(loss).toBeCloseTo(value, 5);
    const size = Math.max(...grads.map(Math.abs));
    grads.forEach((slope, i) => {
      expect(Math.abs(slope - gradient[i]!), `weight ${i}`).toBeLessThan(1e-5 * size);
    });
  });
});

/** Loss and gradient by automatic differentiation, written from the equations. */
function withTensorFlow(
  tf: Tfjs["tf"],
  shape: RecurrentShape,
  weights: Float32Array,
  [windows, targets]: readonly [Float32Array, Float32Array],
): { readonly value: number; readonly grads: Float32Array } {
  const { hidden: H, lookback: L } = shape;
  const places = weightPlaces(shape);
  const x = tf.tensor3d(windows, [N, L, 2]);
  const [f, r] = tf.split(tf.tensor2d(targets, [N, 2]), 2, 1) as [Tensor2D, Tensor2D];
  const loss = (all: Tensor): Scalar => {
    const part = (from: number, rows: number, columns: number) =>
      tf.reshape(tf.slice(all, [from], [rows * columns]), [rows, columns]) as Tensor2D;
    const W = part(0, 3 * H, 2);
    const U = part(places.recurrent, 3 * H, H);
    const b = part(places.biases, 1, 4 * H);
    let h = tf.zeros([N, H]) as Tensor2D;
    let [A, c] = [tf.zeros([N, 1]), tf.zeros([N, 1])];
    for (let l = 0; l < L; l++) {
      const row = tf.reshape(tf.slice(x, [0, l, 0], [N, 1, 2]), [N, 2]) as Tensor2D;
      const [xn, xr, xz] = tf.split(tf.matMul(row, W, false, true), 3, 1) as Tensor[];
      const [hr, hz, hn] = tf.split(tf.matMul(h, U, false, true), 3, 1) as Tensor[];
      const [bn, br, bz, ba] = tf.split(b, 4, 1) as Tensor[];
      const reset = tf.sigmoid(tf.add(tf.add(xr!, hr!), br!));
      const update = tf.sigmoid(tf.add(tf.add(xz!, hz!), bz!));
      const inner = tf.mul(reset, tf.add(hn!, ba!));
      const fresh = tf.tanh(tf.add(tf.add(xn!, bn!), inner));
      h = tf.add(fresh, tf.mul(update, tf.sub(h, fresh)));
      if (shape.head === "nb") continue;
      const logit = tf.add(tf.matMul(h, part(places.head, H, 1)), part(places.head + H, 1, 1));
      const weight = tf.softplus(logit);
      const [market, coin] = tf.split(row, 2, 1) as [Tensor, Tensor];
      A = tf.add(A, tf.mul(weight, tf.square(market)));
      c = tf.add(c, tf.mul(weight, tf.mul(market, coin)));
    }
    let beta: Tensor;
    if (shape.head === "nb")
      beta = tf.add(tf.matMul(h, part(places.head, H, 1)), part(places.head + H, 1, 1));
    else {
      const precision = tf.exp(part(places.head + H + 2, 1, 1));
      const prior = tf.mul(precision, part(places.head + H + 1, 1, 1));
      beta = tf.div(tf.add(c, prior), tf.add(A, precision));
    }
    return tf.mean(tf.square(tf.sub(r, tf.mul(beta, f)))) as Scalar;
  };
  const { value, grad } = tf.valueAndGrad(loss)(tf.tensor1d(weights));
  return { value: value.dataSync()[0]!, grads: grad.dataSync() as Float32Array };
}

describe("NBI", () => {
  const shape = { head: "nbi", markets: 2, hidden: 4, lookback: 20, residuals: false } as const;
  const { head } = weightPlaces(shape);
  const given = (logit: number, logPrecision: number) => {
    const { kernel, weights, windows } = example(shape);
    weights.fill(0, head, head + 4);
    weights.set([logit, 0.5, -1, logPrecision, logPrecision], head + 4);
    kernel.weights().set(weights);
    return { ...kernel.evaluate(0, N), windows };
  };

  it("with no weight on any row is its prior mean", () => {
    const { betas } = given(-200, 0);
    expectNear(
      betas,
      Array.from({ length: 2 * N }, (_, at) => (at % 2 === 0 ? 0.5 : -1)),
      1e-6,
    );
  });

  it("with equal large weights is least squares, and says its weights", () => {
    const { betas, weights, windows } = given(15, -20);
    for (let i = 0; i < N; i += 7) {
      const rows = Matrix.from1DArray(20, 4, Array.from(windows.subarray(80 * i, 80 * i + 80)));
      const X = rows.subMatrix(0, 19, 0, 1);
      const b = inverse(X.transpose().mmul(X)).mmul(
        X.transpose().mmul(rows.subMatrix(0, 19, 2, 2)),
      );
      expect(betas[2 * i]).toBeCloseTo(b.get(0, 0), 4);
      expect(betas[2 * i + 1]).toBeCloseTo(b.get(1, 0), 4);
    }
    expect(weights[3]).toBeCloseTo(15 + Math.log1p(Math.exp(-15)), 5);
  });
});

it("residuals are those of the rows that are newer, each by its own regression", () => {
  const L = 6;
  const chance = stream(2, "rows");
  const [x, y] = [1, 2].map(() => Float64Array.from({ length: L }, () => chance.normal()));
  const shape = { head: "nbi", markets: 1, hidden: 2, lookback: L, residuals: true } as const;
  const rows = new Float32Array(4 * L);
  windowInto(rows, shape, { x: x!, y: y!, prior: [0.7] });
  for (let l = 0; l < L; l++) {
    const t = L - 1 - l;
    let [precision, sum] = [1, 0.7];
    for (let s = t + 1; s < L; s++) {
      precision += x![s]! ** 2;
      sum += x![s]! * y![s]!;
    }
    const scale = Math.sqrt(1 + x![t]! ** 2 / precision);
    const e = (y![t]! - (x![t]! * sum) / precision) / scale;
    const expected = [x![t]!, y![t]!, Math.log(1 + e ** 2), (e * x![t]!) / scale];
    expectNear(rows.subarray(4 * l, 4 * l + 4), expected, 1e-6);
  }
});

describe("the published experiment", () => {
  it("has cycles of 48 to 96 rows at any phase, of height 1.25 about 1", () => {
    const use = { process: "cycle", lookback: 20, count: 1, seed: 5, use: "test" } as const;
    const chance = stream(5, "trial", "cycle", 20, "test");
    const period = 48 + 48 * chance.uniform();
    const phase = chance.uniform();
    const { beta } = trialSeries(use);
    expect(beta[0]).toBeCloseTo(1 + 1.25 * Math.sin(2 * Math.PI * (20 / period + phase)), 12);
  });

  it.each([true, false])(
    "has the mean weight of each lag, with residuals: %s",
    async (residuals) => {
      const [process, head, hidden, lookback, test] = ["steps", "nbi", 4, 12, 32] as const;
      const cache = join(scratchFolder(), `trial ${residuals}`);
      const plan = { ...RECURRENT_PLAN, passes: 1, batch: 16 };
      const size = { lookback, series: 64, rounds: 1, validation: 32, seed: 1, plan };
      const networks = [{ head, hidden, residuals }];
      const before = counts.read;
      const trial = { ...size, processes: [process], networks, test, cache };
      const row = (await recurrentTrial(trial)).at(-1)!;
      expect(row.estimator).toBe(residuals ? "nbi-residuals 4" : "nbi 4");
      const source = { process, rounds: 1, series: 64, validation: 32 };
      const shape = { head, hidden, residuals, markets: 1, lookback } as const;
      const jobs = [{ shape, seed: 1, prior: [1], plan, source }];
      const [network] = await trainRecurrents(jobs, { cache });
      expect(counts.read - before).toBe(1);
      const kernel = recurrentKernel(shape, { windows: test, batch: 16 });
      const series = trialSeries({ process, lookback, count: test, seed: 1, use: "test" });
      kernel.write(trialWindows(shape, series), 0);
      kernel.weights().set(network!.weights);
      const { weights } = kernel.evaluate(0, test);
      for (let lag = 0; lag < lookback; lag++) {
        // Rows with residuals are newest first.
        const place = residuals ? lag : lookback - 1 - lag;
        const own = Array.from({ length: test }, (_, i) => weights[i * lookback + place]!);
        expect(row.weights![lag]).toBeCloseTo(own.reduce((sum, w) => sum + w, 0) / test, 6);
      }
    },
  );
});

describe("exact Bayes on steps", () => {
  it("is the posterior mean by normal densities of whole segments", () => {
    const L = 16;
    const series = trialSeries({
      process: "steps",
      lookback: L,
      count: 4,
      seed: 3,
      use: "test",
    });
    const fast = bayesSteps(series, L);
    for (let i = 0; i < 4; i++) {
      const part = (values: Float64Array, a: number, b: number) =>
        Array.from(values.subarray(i * (L + 1) + a, i * (L + 1) + b));
      const segment = (a: number, b: number) => {
        const x = Matrix.columnVector(part(series.x, a, b));
        const error = Matrix.sub(Matrix.columnVector(part(series.y, a, b)), x);
        const V = Matrix.eye(b - a).add(x.mmul(x.transpose()));
        const gain = x.transpose().mmul(inverse(V));
        const square = error.transpose().mmul(inverse(V)).mmul(error).get(0, 0);
        const size = 1 + x.transpose().mmul(x).get(0, 0);
        return { log: -0.5 * (Math.log(size) + square), mean: 1 + gain.mmul(error).get(0, 0) };
      };
      const cuts = Array.from({ length: L - 10 }, (_, j) => [
        segment(0, 10 + j),
        segment(10 + j, L),
      ]);
      const most = Math.max(...cuts.map(([a, b]) => a!.log + b!.log));
      const weights = cuts.map(([a, b]) => Math.exp(a!.log + b!.log - most));
      const total = weights.reduce((sum, w) => sum + w, 0);
      const mean = cuts.reduce((sum, [, b], j) => sum + weights[j]! * b!.mean, 0) / total;
      expect(fast[i]).toBeCloseTo(mean, 9);
    }
  });
});

describe("training", () => {
  const shape = { head: "nbi", markets: 1, hidden: 8, lookback: 16, residuals: true } as const;
  const source = { process: "steps", rounds: 2, series: 256, validation: 64 } as const;
  const plan = { ...RECURRENT_PLAN, passes: 2, batch: 32 };
  const jobs = [1, 2, 3].map((seed) => ({ shape, seed, prior: [1], plan, source }));

  it("gives the same bits on any number of threads, and from a cache", async () => {
    const here = jobs.map(trainRecurrent);
    const cache = join(scratchFolder(), "networks");
    const found = await Promise.all([1, 2].map((threads) => trainRecurrents(jobs, { threads })));
    expect(found).toEqual([here, here]);
    const told: number[][] = [];
    const onProgress = (done: number, all: number) => told.push([done, all]);
    await trainRecurrents(jobs.slice(1), { cache, onProgress });
    expect(told.splice(0)).toEqual([1, 2].map((done) => [done, 2]));
    const before = counts.read;
    expect(await trainRecurrents(jobs, { cache, onProgress })).toEqual(here);
    expect(counts.read - before).toBe(2);
    await trainRecurrents(jobs, { cache, onProgress });
    expect(told).toEqual([2, 3, 3].map((done) => [done, 3]));
  });

  it("keeps the weights of the lowest validation loss", () => {
    const { validationLoss, bestPass } = trainRecurrent(jobs[0]!);
    expect(validationLoss).toHaveLength(5);
    expect(validationLoss[bestPass]).toBe(Math.min(...validationLoss));
  });
});

describe("recurrentBeta", () => {
  let panel: Panel;
  const split = {
    inSample: { from: "2017-11", through: "2019-12" },
    validation: { from: "2020-01", through: "2020-12" },
    outOfSample: { from: "2021-01", through: "2021-03" },
  };
  const plan = { passes: 1, batch: 64, rate: 2e-3, warmUp: 10 };
  const options = { hidden: 4, lookback: 32, replicates: 2, seed: 1, plan } as const;
  beforeAll(async () => {
    const days = await readPanel({ ...dailySource, coins: ["BTC", "ETH"] });
    panel = selectMarkets(days, ["EQUITY", "FIAT"]);
  });

  it.each(["nb", "nbi"] as const)(
    "%s has betas on the test block alone, and knows no unit",
    async (head) => {
      const path = await recurrentBeta(panel, split, { ...options, head });
      const at = [...path.values.keys()].filter((i) => Number.isFinite(path.values[i]));
      const dates = [...new Set(at.map((i) => path.dates[Math.floor(i / 4)]!))];
      expect([dates[0], dates.at(-1), at.length]).toEqual([
        "2021-01-04",
        "2021-03-31",
        4 * dates.length,
      ]);
      const scaled = {
        ...panel,
        coinLogReturns: panel.coinLogReturns.map((r) => 128 * r),
        marketLogReturns: panel.marketLogReturns.map((r) => 64 * r),
      };
      const other = await recurrentBeta(scaled, split, { ...options, head });
      expectNear(
        at.map((i) => other.values[i]!),
        at.map((i) => 2 * path.values[i]!),
        1e-5,
      );
    },
  );

  it("refuses what is no size", async () => {
    const refused = (more: object) =>
      recurrentBeta(panel, split, { ...options, head: "nb", ...more });
    await expect(refused({ hidden: 5 })).rejects.toThrow("hidden must be even, got 5");
    await expect(refused({ lookback: 1 })).rejects.toThrow(/lookback/);
    await expect(refused({ replicates: 0 })).rejects.toThrow(/replicates/);
  });
});

describe("recurrentBeta on made-up months", () => {
  const panel = seededPanel(24, ["A", "B"], ["X", "Y"]);
  const plan = { passes: 2, batch: 16, rate: 0.01, warmUp: 3 };
  const options = { head: "nb", hidden: 2, lookback: 4, replicates: 2, seed: 5, plan } as const;
  const split = (last: string) => ({
    inSample: { from: "2018-01", through: last },
    validation: { from: "2019-01", through: "2019-06" },
    outOfSample: { from: "2019-07", through: "2019-12" },
  });

  it("is the mean over seeds of networks that are trained on scaled windows, their range its band", async () => {
    const path = await recurrentBeta(panel, split("2018-12"), options);
    const shape = { head: "nb", hidden: 2, markets: 2, lookback: 4, residuals: false } as const;
    const rows = completeCoinRows(panel, 0);
    const scale = recurrentScale(rows, 12, 2)!;
    const windows = (name: "inSample" | "validation" | "outOfSample", targets: boolean) =>
      panelWindows(panel, rows, { shape, scale, range: split("2018-12")[name], targets });
    const source = { fit: windows("inSample", true), validation: windows("validation", true) };
    // Eight months of two coins are sixteen windows, no more than a block.
    expect(source.fit.dated).toHaveLength(16);
    const networks = await trainRecurrents(
      [5, 6].map((seed) => ({ shape, plan, source, prior: scale.prior, seed })),
    );
    const test = windows("outOfSample", false);
    const kernel = recurrentKernel(shape, { windows: 12, batch: 16 });
    kernel.write(test, 0);
    const seeds = networks.map(({ weights }) => {
      kernel.weights().set(weights);
      const { betas } = kernel.evaluate(0, 12);
      const values = new Float64Array(24 * 4).fill(NaN);
      test.dated.forEach(({ coin, t }, n) => {
        for (const k of [0, 1])
          values[(t * 2 + coin) * 2 + k] =
            (betas[2 * n + k]! * scale.coins[coin]!) / scale.markets[k]!;
      });
      return values;
    });
    const [five, six] = seeds as [Float64Array, Float64Array];
    expect(path.seeds).toEqual(seeds);
    expect(path.values).toEqual(five.map((b, at) => (b + six[at]!) / 2));
    expect(path.band).toEqual({
      interval: "seed",
      lower: five.map((b, at) => Math.min(b, six[at]!)),
      upper: five.map((b, at) => Math.max(b, six[at]!)),
    });
    expect(path.values.filter(Number.isFinite)).toHaveLength(24);
  });

  it("has no beta where fewer than sixteen windows can be fitted, or none validated", async () => {
    const none = [
      await recurrentBeta(panel, split("2018-11"), options),
      await recurrentBeta(
        panel,
        { ...split("2018-12"), validation: { from: "2030-01", through: "2030-06" } },
        options,
      ),
    ];
    for (const { values } of none) expect(values.every(Number.isNaN)).toBe(true);
  });

  it("stands among the estimators under its head, by all options but the threads", () => {
    const { id, key, networks, builtIn } = recurrentEstimator({ ...options, threads: 1 });
    expect([id, builtIn, networks!(panel, split("2018-12"), "frozen")]).toEqual(["nb", true, 2]);
    expect(key).toBe(recurrentEstimator(options).key);
    expect(recurrentEstimator({ ...options, residuals: true }).id).toBe("nb-residuals");
  });
});
