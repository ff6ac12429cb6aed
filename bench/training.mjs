/**
 * Training on the report's shapes: 144 fitting and 48 validation rows, 12(1 + K) inputs, 200 epochs, best epoch kept. Peers
 * are TensorFlow.js and, in Python, JAX (vmap, scan, jit) and PyTorch (a loop, and all networks in one tensor).
 */

import { availableParallelism } from "node:os";
import { marketNames, readPanel, readStudy, selectMarkets, tfjsTrainer } from "neural-beta";
import { plainJob } from "../lib/dist/models/simd/kernel-training.js";
import { openPool } from "../lib/dist/models/simd/pool.js";
import { preparePanel, trainingJobs } from "../lib/dist/models/training-jobs.js";
import { openPeer, RUNS, spread, timed } from "./measure.mjs";
import { peakFlops } from "./peak.mjs";

/** Networks at once: enough to keep all peers busy. */
const NETWORKS = 240;
const study = await readStudy();
const panel = await readPanel(study);
const cores = availableParallelism();
const [oneThread, all] = [openPool(1), openPool(cores)];
const jax = openPeer("jax_train.py", "jax");
const torch = openPeer("torch_train.py", "torch");

function shape(marketSet, hidden, activation, networks = NETWORKS) {
  const prepared = preparePanel(selectMarkets(panel, marketNames(marketSet)), study);
  const jobs = trainingJobs(prepared, {
    hidden,
    activation,
    learningRate: 0.001,
    start: "glorot",
    epochs: study.epochs,
    seed: study.seed,
    replicates: networks,
  });
  return {
    data: prepared.data,
    jobs,
    plain: jobs.map((job) => plainJob(job, prepared.blocks.inSample.target.length)),
    request: {
      ...jobs[0].shape,
      activation,
      networks,
      epochs: study.epochs,
    },
  };
}

/** Milliseconds per network of everybody, one run. */
async function everybody({ data, jobs, plain, request }) {
  const few = plain.slice(0, 60);
  const times = {
    oneThread: (await timed(() => oneThread.run(data, few, {}))) / few.length,
    all: (await timed(() => all.run(data, plain, {}))) / plain.length,
    tfjs: await timed(() => tfjsTrainer().train(data, jobs.slice(0, 1))),
  };
  if (jax) times.jax = (await jax.ask(request)).ms;
  if (torch) {
    times.vectorised = (await torch.ask({ ...request, mode: "vectorised" })).ms;
    times.loop = (await torch.ask({ ...request, mode: "loop", networks: 1 })).ms;
  }
  return times;
}

const NAMES = {
  oneThread: "kernel, 1 thread",
  all: `kernel, ${cores} threads`,
  tfjs: "TensorFlow.js, wasm",
  jax: "JAX, compiled",
  vectorised: "PyTorch, one tensor",
  loop: "PyTorch, loop",
};

console.log(`ms per network: ${Object.values(NAMES).join(", ")}`);
const totals = Array.from({ length: RUNS }, () => ({}));
let jaxFirst = 0;
for (const K of [1, 2, 4]) {
  const sets = study.marketSets.filter((set) => marketNames(set).length === K);
  for (const hidden of study.grid.hidden)
    for (const activation of study.grid.activations) {
      const trained = shape(sets[0], hidden, activation);
      // The search trains this shape for every set of K markets.
      if (jax) jaxFirst += sets.length * (await jax.ask(trained.request)).ms;
      const runs = [];
      for (let run = 0; run < RUNS; run++) {
        runs.push(await everybody(trained));
        for (const [who, ms] of Object.entries(runs[run]))
          totals[run][who] = (totals[run][who] ?? 0) + sets.length * ms;
      }
      const cells = Object.keys(runs[0]).map((who) => spread(runs.map((times) => times[who])));
      console.log(`${K} markets, ${hidden} ${activation}: ${cells.join("  ")}`);
    }
}
console.log("\nThe whole search, ratios of time per network");
const ratio = (a, b) => spread(totals.map((times) => times[a] / times[b]));
for (const peer of Object.keys(totals[0]).filter((who) => who !== "all"))
  console.log(`${NAMES.all} to ${NAMES[peer]}: ${ratio("all", peer)}`);
console.log(`${NAMES.oneThread} to ${NAMES.all}: ${ratio("oneThread", "all")}`);
if (jax)
  console.log(
    `${NAMES.all} to JAX with compile time at ${NETWORKS} networks: ${spread(totals.map(({ all: ms }) => ms / jaxFirst))}`,
  );

const shown = shape("FIAT+GOLD", 8, "tanh");
console.log("\nOne shape alone: FIAT+GOLD, 8 tanh units, ms per network");
const alone = [];
for (let run = 0; run < RUNS; run++) alone.push(await everybody(shown));
for (const who of Object.keys(alone[0]))
  console.log(`${NAMES[who]}: ${spread(alone.map((times) => times[who]))}`);

/** Costs in turns, as ratios of time per unit to the first. */
async function cost(title, first, others, perUnit) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const base = await perUnit(first);
    const ratios = [];
    for (const other of others) ratios.push((await perUnit(other)) / base);
    runs.push(ratios);
  }
  console.log(
    `${title}, to that of ${first}: ${others.map((other, i) => `${other}: ${spread(runs.map((ratios) => ratios[i]))}`).join("; ")}`,
  );
}

console.log("\nCost, FIAT+GOLD, 8 tanh units");
const many = shape("FIAT+GOLD", 8, "tanh", 960);
await cost(
  "time per network by networks",
  60,
  [120, 240, 480, 960],
  async (count) => (await timed(() => all.run(many.data, many.plain.slice(0, count), {}))) / count,
);
await cost(
  "time per row by fitting rows",
  144,
  [288, 576, 1152],
  async (rows) =>
    (await timed(() =>
      oneThread.run(repeated(shown.data, rows / 144), shown.plain.slice(0, 30), {}),
    )) / rows,
);
const pools = Array.from({ length: cores - 1 }, (_, i) => openPool(i + 2));
await cost(
  "time by threads",
  1,
  pools.map((_, i) => i + 2),
  (threads) =>
    timed(() => (threads === 1 ? oneThread : pools[threads - 2]).run(shown.data, shown.plain, {})),
);

console.log("\nArithmetic, one thread, billions of operations per second");
const peaks = [];
const rates = [];
const wide = shape("FIAT+EQUITY+GOLD+ENERGY", 16, "relu", 30);
for (let run = 0; run < RUNS; run++) {
  peaks.push(peakFlops() / 1e9);
  const ms = await timed(() => oneThread.run(wide.data, wide.plain, {}));
  // Forward over fitting and validation rows, and the gradient of the hidden weights.
  const { inputs, hidden } = wide.jobs[0].shape;
  const products = 2 * inputs * hidden * (2 * 144 + 48) * study.epochs;
  rates.push((products * wide.plain.length) / ms / 1e6);
}
console.log(
  `multiply and add in registers: ${spread(peaks)}; training of 16 relu units on four markets: ${spread(rates)}, a share of ${spread(rates.map((rate, i) => rate / peaks[i]))}`,
);
if (torch) {
  const blas = [];
  for (let run = 0; run < RUNS; run++) blas.push((await torch.ask({ mode: "product" })).gflops);
  console.log(`PyTorch's matrix product on one thread, wider vectors, fused: ${spread(blas)}`);
}
await Promise.all([oneThread, all, ...pools].map((pool) => pool.close()));
jax?.close();
torch?.close();

/** The same data with its fitting rows several times over. */
function repeated(data, times) {
  const many = (values) => {
    const out = new Float32Array(values.length * times);
    for (let i = 0; i < times; i++) out.set(values, i * values.length);
    return out;
  };
  const { inputs, coinReturns, marketReturns } = data.inSample;
  return {
    ...data,
    inSample: {
      inputs: many(inputs),
      coinReturns: many(coinReturns),
      marketReturns: many(marketReturns),
    },
  };
}
