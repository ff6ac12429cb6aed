/** Tries "backend": "tfjs-node": the report's network on the native library and on WebAssembly, losses and times. Usage: node tools/interop/tfjs-node.mjs [DIR] */

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** Relative: two libraries in single precision over the epochs of a study. */
const SAME = 1e-4;

/** The folder of the run is where the native library is looked for, and the packed library first. */
const folder = resolve(process.argv[2] ?? ".");
const api = await import(library(folder));
process.chdir(folder);
const { fitNeuralBeta, readPanel, readStudy, selectMarkets, tfjsTrainer } = api;

const study = await readStudy();
const panel = selectMarkets(await readPanel(study), [study.baseline.marketSet]);
const options = { ...study, ...study.baseline, start: "glorot", replicates: 2 };
try {
  const [wasm, native] = [await trained("wasm"), await trained("tfjs-node")];
  const gap = largestGap(wasm.networks, native.networks);
  const figures = `largest relative difference of losses ${gap.toExponential(1)} over ${study.epochs} epochs; ms per network ${native.ms} against ${wasm.ms} on WebAssembly`;
  console.log(`@tensorflow/tfjs-node: ${gap <= SAME ? "works" : "differs"}, ${figures}`);
  process.exitCode = gap <= SAME ? 0 : 1;
} catch (error) {
  console.log(`@tensorflow/tfjs-node: could not be tried; ${error.message}`);
  process.exitCode = 2;
}

function library(from) {
  try {
    const found = createRequire(join(from, "package.json")).resolve("neural-beta");
    return pathToFileURL(found).href;
  } catch {
    return "neural-beta";
  }
}

async function trained(backend) {
  const trainer = tfjsTrainer({ backend });
  await fitNeuralBeta(panel, trainer, { ...options, epochs: 1 });
  const started = performance.now();
  const { networks } = await fitNeuralBeta(panel, trainer, options);
  const ms = Math.round((performance.now() - started) / networks.length);
  return { networks, ms };
}

function largestGap(ours, theirs) {
  const gaps = ours.flatMap((network, i) =>
    ["inSampleLoss", "validationLoss"].flatMap((curve) =>
      Array.from(network[curve], (loss, epoch) => Math.abs(theirs[i][curve][epoch] / loss - 1)),
    ),
  );
  return Math.max(...gaps);
}
