// %% [markdown]
/*
# 01 · Baseline network

**Question.** Can a small network that remembers the last year hedge coins better than no hedge at all, and better than one constant beta?

Report: Step 1, and the FIAT row of its best configurations in Step 2 (4 tanh units, rate 0.001, validation RMSE 0.2572). Inputs: the panel of notebook 00.
Outputs: figures `learning-curve` and `baseline-betas`, table `baseline-rmse`. Run time: about ten seconds.
Expect: a validation RMSE of the order of the report's, and the same for beta zero, which the report does not show.
*/

// %% tags=["needs:split"]
import {
  dataLabel,
  ensembleBetas,
  figureBetaPaths,
  figureLearningCurves,
  fitNeuralBeta,
  heldBeta,
  learningCurves,
  lookbackWindows,
  marketNames,
  mean,
  meanBeta,
  networkScore,
  parameterCount,
  pathScore,
  pooledBeta,
  progress,
  readPanel,
  readStudy,
  selectMarkets,
  show,
  splitWindows,
  standardDeviation,
  tableScores,
  targetRange,
  text,
  tfjsTrainer,
  zeroBeta,
} from "neural-beta";

const study = await readStudy();
const { lookback, split, baseline } = study;
const panel = selectMarkets(await readPanel(study), marketNames(baseline.marketSet));
const configuration = `${baseline.marketSet}, ${baseline.hidden} ${baseline.activation} units, rate ${baseline.learningRate}`;

// %% [markdown]
/*
## What the network sees

One row per coin and date: the last `lookback` log returns of the coin and of the market. The row of date $t$ ends with $t - 1$; the returns of $t$
are the target. The split goes by the date of the target: fit, validation, out-of-sample.
*/

// %%
const windows = lookbackWindows(panel, lookback);
const blocks = splitWindows(windows, panel.dates, split);
const inputs = lookback * (1 + panel.markets.length);
const shape = {
  inputs,
  hidden: baseline.hidden,
  markets: panel.markets.length,
  activation: baseline.activation,
};
const fitRange = targetRange(blocks.inSample, panel.dates);
const validationRange = targetRange(blocks.validation, panel.dates);
const outRange = targetRange(blocks.outOfSample, panel.dates);
show(
  text`Rows: ${blocks.inSample.target.length} in-sample (${fitRange.from} to ${fitRange.through}), ${blocks.validation.target.length} validation (${validationRange.from} to ${validationRange.through}), ${blocks.outOfSample.target.length} out-of-sample (${outRange.from} to ${outRange.through}).`,
);

// %%
show(
  text`The network has ${inputs} inputs and ${parameterCount(shape)} parameters for ${blocks.inSample.target.length} fitting rows: ${blocks.inSample.target.length / panel.coins.length} ${panel.frequency} targets each of ${panel.coins.join(", ")}.`,
);

// %% [markdown]
/*
## The network

One hidden layer; the linear output $b$ becomes a beta by the scales of the fitting block, $\beta = b\, s_r / s_f$. This is the whole of it in TensorFlow.js:
*/

// %%
import "@tensorflow/tfjs-backend-wasm";
import { setBackend } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";

await setBackend("wasm");
const network = sequential({
  layers: [
    layers.dense({
      inputShape: [inputs],
      units: shape.hidden,
      activation: shape.activation,
      name: "hidden",
    }),
    layers.dense({ units: shape.markets, name: "betas" }),
  ],
});
network.summary(72);

// %% [markdown]
/*
## Fit

Beta is never a label: the loss is the mean squared **hedging error**, the mean of $(r_t - \sum_k \beta_{k,t} f_{k,t})^2$ over coins and dates. Adam, full batch; the
weights of the epoch with the lowest validation loss are kept, the start included.

Two starts: `glorot` draws all weights (Glorot), `ols` begins at the pooled constant beta. Each is trained from several seeds, since one seed says little.
*/

// %%
const options = { ...study, ...baseline };
const fromGlorot = await fitNeuralBeta(panel, tfjsTrainer, {
  ...options,
  start: "glorot",
  onProgress: progress("networks from start glorot"),
});
const fromOls = await fitNeuralBeta(panel, tfjsTrainer, {
  ...options,
  start: "ols",
  onProgress: progress("networks from start ols"),
});

// %% [markdown]
/*
## Learning curves against the nulls

The horizontal lines are what a network has to beat in the validation block: no hedge, and one constant beta per market, fitted by least squares over the fitting block.
*/

// %%
const pooled = heldBeta(pooledBeta(panel, fitRange), fitRange);
const nulls = [
  pathScore(panel, zeroBeta(panel), { beta: "zero", split }),
  pathScore(panel, pooled, { beta: "pooled constant", split }),
];
const [zeroRmse, pooledRmse] = nulls.map((score) => score.validation.mean) as [number, number];
const glorotCurves = learningCurves(fromGlorot);
const olsCurves = learningCurves(fromOls);
const levels = { zero: zeroRmse, "pooled constant": pooledRmse };
const below = glorotCurves.selected.filter((rmse) => rmse < pooledRmse).length;

// %%
const plots = [
  { title: "Start: Glorot", curves: glorotCurves, nulls: levels },
  { title: "Start: ols (pooled constant)", curves: olsCurves, nulls: levels },
];
const finding = `From the Glorot start, ${below} of ${glorotCurves.selected.length} networks are, at their best epoch, below the pooled constant in validation. Mean and range over ${glorotCurves.selected.length} seeds; ${configuration}; RMSE in log returns, ${dataLabel(study)}; the two vertical scales differ.`;
show(figureLearningCurves(plots, finding));

// %%
const last = study.epochs;
const fell = mean(glorotCurves.inSample.map((curve) => 1 - curve.at(-1)! / curve[0]!));
const unfinished = glorotCurves.bestEpochs.filter((epoch) => epoch === last).length;
const unmoved = olsCurves.bestEpochs.filter((epoch) => epoch === 0).length;
show(
  text`From the Glorot start the in-sample RMSE falls by ${(100 * fell).toFixed(1)} %, mean over networks, up to ${last} epochs. Best in the last epoch, that is, not finished: ${unfinished} of ${glorotCurves.selected.length} networks, stopped by a loss that is not finite: ${glorotCurves.diverged}. From the ols start, best in epoch 0, that is, not helped by training: ${unmoved} of ${olsCurves.selected.length}.`,
);
show(
  text`Standard deviation of the validation RMSE over seeds: ${standardDeviation(glorotCurves.selected, 1)} from the Glorot start, ${standardDeviation(olsCurves.selected, 1)} from the ols start.`,
);

// %%
const scores = [
  ...nulls,
  networkScore("network, glorot start", panel, fromGlorot),
  networkScore("network, ols start", panel, fromOls),
];
show(
  tableScores(
    scores,
    `${configuration}, ${baseline.replicates} seeds, ${dataLabel(study)}, validation ${validationRange.from} to ${validationRange.through}, out-of-sample ${outRange.from} to ${outRange.through}`,
  ),
);

// %% [markdown]
/*
## First betas

Betas of the dates on which a network was fitted, or its epoch chosen, are *fitted*: they saw their own return. Only the dates after that are walk-forward.
*/

// %%
const betas = ensembleBetas(panel, fromOls);
const [market] = panel.markets as [string];
const constant = meanBeta(pooled, market);
const average = meanBeta(betas.walkForward, market);
const caption = text`From the ols start the walk-forward betas on ${market} average ${average}; the pooled constant is ${constant} (dotted). Mean and range over ${baseline.replicates} seeds; fitted thin on grey, walk-forward thick; ${dataLabel(study)}.`;
show(
  figureBetaPaths(
    { ...betas, reference: { name: "the pooled constant", beta: constant } },
    caption.sentence,
  ),
);
