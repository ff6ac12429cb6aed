/**
 * npm run bench: what the README's times come from. Nothing here is asserted: a busy machine would fail it.
 *
 * Training is measured on the report's shapes: 144 fitting and 48 validation rows, 200 epochs, best epoch kept. The peer
 * is JAX (bench/peers), where NEURAL_BETA_PYTHON, or python3, has it; else it is left out.
 */

import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import {
  marketNames,
  readPanel,
  readStudy,
  searchNetworks,
  selectMarkets,
  simdTrainer,
  tfjsTrainer,
} from "neural-beta";
import { openPool } from "../lib/dist/models/simd/pool.js";
import { plainJob } from "../lib/dist/models/simd/trainer.js";
import {
  preparePanel,
  trainingJobs,
} from "../lib/dist/models/training-jobs.js";

const study = await readStudy();
const panel = await readPanel(study);
const RUNS = 9;
const NETWORKS = 240;
const threads = availableParallelism();
const python = process.env.NEURAL_BETA_PYTHON ?? "python3";
const peer = fileURLToPath(new URL("peers/jax_train.py", import.meta.url));
const hasJax =
  spawnSync(python, ["-c", "import jax"], { stdio: "ignore" }).status === 0;

console.log(
  `Node ${process.versions.node}, ${threads} cores, medians of ${RUNS} runs (lowest to highest)`,
);

console.log(
  `\nms per network: kernel on 1 and ${threads} threads, TensorFlow.js${hasJax ? ", JAX (compiled)" : ""}`,
);
if (!hasJax)
  console.log(
    `JAX is left out: ${python} has no module jax; name another in NEURAL_BETA_PYTHON`,
  );
const [single, pool] = [openPool(1), openPool(threads)];
const totals = { one: 0, all: 0, tfjs: 0, jax: 0, jaxFirst: 0 };
const sets = new Map(
  [1, 2, 4].map((K) => [
    K,
    study.marketSets.filter((set) => marketNames(set).length === K),
  ]),
);
for (const [K, of] of sets) {
  const prepared = preparePanel(
    selectMarkets(panel, marketNames(of[0])),
    study.lookback,
    study.split,
  );
  for (const hidden of study.grid.hidden)
    for (const activation of study.grid.activations) {
      const jobs = trainingJobs(prepared, {
        hidden,
        activation,
        learningRate: 0.001,
        start: "report",
        epochs: study.epochs,
        seed: study.seed,
        replicates: NETWORKS,
      });
      const plain = jobs.map((job) =>
        plainJob(job, prepared.blocks.inSample.target.length),
      );
      const timed = async (train, count) => {
        const began = performance.now();
        await train();
        return (performance.now() - began) / count;
      };
      const [one, all, tfjs] = [[], [], []];
      // Interleaved, so that a slow minute of the machine falls on both. The threads are there already, as JAX's are.
      for (let run = 0; run < RUNS; run++) {
        one.push(
          await timed(
            () => single.run(prepared.data, plain.slice(0, 60), {}),
            60,
          ),
        );
        all.push(
          await timed(() => pool.run(prepared.data, plain, {}), NETWORKS),
        );
      }
      for (let run = 0; run < 3; run++)
        tfjs.push(
          await timed(
            () => tfjsTrainer.train(prepared.data, jobs.slice(0, 1)),
            1,
          ),
        );
      const jax = hasJax
        ? peerTimes(12 * (1 + K), hidden, K, activation)
        : undefined;
      // The search trains this shape for every set of K markets.
      totals.one += of.length * median(one);
      totals.all += of.length * median(all);
      totals.tfjs += of.length * median(tfjs);
      totals.jax += of.length * (jax ? median(jax.times) : 0);
      totals.jaxFirst += of.length * (jax?.first ?? 0);
      console.log(
        [
          `${K} markets, ${hidden} ${activation}:`,
          spread(one),
          spread(all),
          median(tfjs).toFixed(0),
          ...(jax ? [spread(jax.times)] : []),
        ].join("  "),
      );
    }
}
await Promise.all([single.close(), pool.close()]);
console.log(`\nThe whole search, as ratios of ms per network`);
console.log(
  `${threads} threads to 1: ${(totals.one / totals.all).toFixed(2)} times as fast`,
);
console.log(
  `kernel to TensorFlow.js: ${(totals.all / totals.tfjs).toPrecision(2)}`,
);
if (hasJax) {
  console.log(
    `kernel to JAX, compiled: ${(totals.all / totals.jax).toFixed(2)}`,
  );
  console.log(
    `kernel to JAX with compile time, ${NETWORKS} networks: ${(totals.all / totals.jaxFirst).toFixed(2)}`,
  );
}

console.log("\nWhole commands, seconds, three runs");
const searches = [];
for (let run = 0; run < 3; run++) {
  const began = performance.now();
  await searchNetworks(panel, simdTrainer(), {
    ...study,
    starts: ["report"],
  });
  searches.push((performance.now() - began) / 1000);
}
console.log(
  `search of 5,040 networks: ${spread(searches)}; peak memory of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
);
for (const [name, args] of Object.entries({
  "npm start, nothing to install": ["tools/dist/start.js"],
  "its set-up, nothing to build": ["tools/setup.mjs"],
})) {
  const seconds = Array.from({ length: 3 }, () => {
    const began = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
    if (status !== 0) throw new Error(`${name} failed`);
    return (performance.now() - began) / 1000;
  });
  console.log(`${name}: ${spread(seconds)}`);
}

function peerTimes(inputs, hidden, markets, activation) {
  const args = [
    peer,
    inputs,
    hidden,
    markets,
    activation,
    NETWORKS,
    study.epochs,
    RUNS,
  ].map(String);
  const { status, stdout, stderr } = spawnSync(python, args, {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${peer} failed: ${stderr}`);
  return JSON.parse(stdout);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function spread(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toPrecision(3)} (${low.toPrecision(3)} to ${high.toPrecision(3)})`;
}
