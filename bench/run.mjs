/**
 * npm run bench: what the README's times come from. Prints medians of nine runs with their spread; whole commands run
 * three times. Nothing here is asserted: a busy machine would fail it.
 */

import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import {
  fitNeuralBeta,
  marketNames,
  readPanel,
  readStudy,
  selectMarkets,
  tfjsTrainer,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const RUNS = 9;

console.log(`Node ${process.versions.node}, ${cpus().length} cores`);

console.log(`\nTensorFlow.js trainer, ${study.epochs} epochs, ms per network`);
const shapes = study.grid.hidden.flatMap((hidden) =>
  [study.marketSets[0], study.marketSets.at(-1)].map((marketSet) => ({
    hidden,
    marketSet,
  })),
);
const times = new Map(shapes.map((shape) => [shape, []]));
// Interleaved, so that a slow minute of the machine falls on all shapes.
for (let run = 0; run <= RUNS; run++)
  for (const shape of shapes) {
    const began = performance.now();
    await fitNeuralBeta(
      selectMarkets(panel, marketNames(shape.marketSet)),
      tfjsTrainer,
      {
        ...study.baseline,
        lookback: study.lookback,
        split: study.split,
        epochs: study.epochs,
        seed: study.seed,
        hidden: shape.hidden,
        start: "report",
        replicates: 1,
      },
    );
    // The first round compiles.
    if (run > 0) times.get(shape).push(performance.now() - began);
  }
for (const [{ hidden, marketSet }, ms] of times)
  console.log(`${marketSet}, ${hidden} units: ${spread(ms)}`);

console.log("\nWhole commands, seconds");
const commands = {
  "npm start, nothing to install": ["tools/dist/start.js"],
  "its set-up, nothing to build": ["tools/setup.mjs"],
};
for (const [name, args] of Object.entries(commands)) {
  const seconds = Array.from({ length: 3 }, () => {
    const began = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: "ignore" });
    if (status !== 0) throw new Error(`${name} failed`);
    return (performance.now() - began) / 1000;
  });
  console.log(`${name}: ${spread(seconds)}`);
}

function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const text = (value) => value.toPrecision(3);
  return `${text(sorted[Math.floor(sorted.length / 2)])} (${text(sorted[0])} to ${text(sorted.at(-1))})`;
}
