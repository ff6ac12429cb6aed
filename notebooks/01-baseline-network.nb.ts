// %% [markdown]
/*
# 01 · Baseline network

**Question.** Can a small network that remembers the last year hedge coins better than no hedge at all, and better than one constant beta?

Report: Step 1, and the FIAT row of its best configurations in Step 2 (4 tanh units, rate 0.001, validation RMSE 0.2572). Inputs: the panel of notebook 00.
Outputs: figures `learning-curve` and `baseline-betas`, table `baseline-rmse`. Run time: about ten seconds at the first run, three when the networks are known.
Expect: a validation RMSE of the order of the report's, and the same for beta zero, which the report does not show.
*/

// %% tags=["needs:split"]
import {
  CACHE,
  dataLabel,
  ensembleBetas,
  figureBetaPaths,
  figureLearningCurves,
  fitModel,
  heldBeta,
  learningCurves,
  lookbackWindows,
  type ModelBuilder,
  marketNames,
  mean,
  meanBeta,
  networkInputs,
  networkScale,
  networkScore,
  pathScore,
  pooledBeta,
  progress,
  readPanel,
  readStudy,
  selectMarkets,
  show,
  showWhen,
  splitWindows,
  standardDeviation,
  tableScores,
  targetRange,
  text,
  zeroBeta,
} from "neural-beta";

const study = await readStudy();
const { lookback, split, baseline } = study;
const panel = selectMarkets(await readPanel(study), marketNames(baseline.marketSet));
const configuration = `${baseline.marketSet}, ${baseline.hidden} ${baseline.activation} units, rate ${baseline.learningRate}`;

// %% [markdown]
/*
## What the network sees

Each coin and date has one row: the last `lookback` log returns of the coin and of the market. The row of date $t$ ends with the returns of $t - 1$;
the returns of $t$ are the target. The date of the target decides whether a row belongs to the fitting, the validation or the out-of-sample block.
*/

// %%
const windows = lookbackWindows(panel, lookback);
const blocks = splitWindows(windows, panel.dates, split);
const fitRange = targetRange(blocks.inSample, panel.dates);
const validationRange = targetRange(blocks.validation, panel.dates);
const outRange = targetRange(blocks.outOfSample, panel.dates);
show(
  text`There are ${blocks.inSample.target.length} in-sample rows (${fitRange.from} to ${fitRange.through}), ${blocks.validation.target.length} validation rows (${validationRange.from} to ${validationRange.through}) and ${blocks.outOfSample.target.length} out-of-sample rows (${outRange.from} to ${outRange.through}).`,
);

// %% [markdown]
/*
## The network

The network has one hidden layer. Its linear output $b$ becomes a beta by the scales of the fitting block, $\beta = b\, s_r / s_f$. This is the
network that is trained below, by hand and by the library: another layer here changes every number after it.
*/

// %%
const network: ModelBuilder = ({ layers }, { inputs, markets }) =>
  layers.sequential({
    layers: [
      layers.layers.dense({
        inputShape: [inputs],
        units: baseline.hidden,
        activation: baseline.activation,
        name: "hidden",
      }),
      layers.layers.dense({ units: markets, name: "betas" }),
    ],
  });

// %% [markdown]
/*
## Fit

The network is never told a beta: its loss is the mean squared **hedging error**, the mean of $(r_t - \sum_k \beta_{k,t} f_{k,t})^2$ over coins and
dates. Adam minimises it on the full batch. The weights of the epoch with the lowest validation loss are kept; the start counts as an epoch.

There are two starts: `glorot` draws all weights (Glorot), and `ols` begins at the pooled constant beta. Networks are trained from several seeds for
each start, since one seed says little.
*/

// %%
// The cache knows a network of one's own by its text and by what the text takes from around it.
const options = { ...study, ...baseline, cache: CACHE, key: configuration };
const fromGlorot = await fitModel(panel, network, {
  ...options,
  start: "glorot",
  onProgress: progress("networks from start glorot"),
});
const fromOls = await fitModel(panel, network, {
  ...options,
  start: "ols",
  onProgress: progress("networks from start ols"),
});

// %%
const { inputs, markets } = fromGlorot.shape;
show(
  text`The network has ${inputs} inputs and ${fromGlorot.jobs[0]!.startWeights.length} parameters for ${blocks.inSample.target.length} fitting rows: ${blocks.inSample.target.length / panel.coins.length} ${panel.frequency} targets each of ${panel.coins.join(", ")}.`,
);

// %% [markdown]
/*
## The same by hand

Nothing is hidden in the library: here the first of these networks is trained step by step in TensorFlow.js, on the same rows and from the same start. Coins
and markets are divided by their root mean squares in the fitting block, $s_r$ and $s_f$.
*/

// %%
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";

await tf.setBackend("wasm");
const scale = networkScale(blocks.inSample, panel.coins.length, study);

// %%
const [fit, validation] = [blocks.inSample, blocks.validation].map((block) => {
  const rows = block.target.length;
  const r = Float32Array.from(block.coinLogReturns, (x) => x / scale.coinRms);
  const f = Float32Array.from(block.marketLogReturns, (x, i) => x / scale.marketRms[i % markets]!);
  return {
    x: tf.tensor2d(networkInputs(block, scale), [rows, inputs]),
    r: tf.tensor2d(r, [rows, 1]),
    f: tf.tensor2d(f, [rows, markets]),
  };
});

// %%
const model = network({ tf, layers }, fromGlorot.shape);
const { startWeights } = fromGlorot.jobs[0]!;
let at = 0;
model.setWeights(
  model.getWeights().map(({ shape, size }) => {
    at += size;
    return tf.tensor(startWeights.slice(at - size, at), shape);
  }),
);
model.summary(72);

// %%
const adam = tf.train.adam(baseline.learningRate, 0.9, 0.999, 1e-7);
const loss = ({ x, r, f }: NonNullable<typeof fit>) => {
  const hedge = tf.sum(tf.mul(model.apply(x) as tf.Tensor, f), 1, true);
  return tf.mean(tf.square(tf.sub(r, hedge))) as tf.Scalar;
};
const byHand: [number, number][] = [];
for (let epoch = 0; epoch <= study.epochs; epoch++) {
  const outside = loss(validation!).dataSync()[0]!;
  byHand.push([adam.minimize(() => loss(fit!), true)!.dataSync()[0]!, outside]);
}

// %%
const [library] = fromGlorot.networks;
const bestEpoch = byHand.findIndex(([, x]) => x === Math.min(...byHand.map(([, y]) => y)));
const hand = {
  weights: library!.weights,
  bestEpoch,
  inSampleLoss: Float64Array.from(byHand, ([inside]) => inside),
  validationLoss: Float64Array.from(byHand, ([, outside]) => outside),
};
const pair = [hand, library!].map((network) =>
  learningCurves({ ...fromGlorot, networks: [network] }),
);
const curves = ["inSampleLoss", "validationLoss"] as const;
const gaps = curves.flatMap((curve) =>
  Array.from(library![curve], (loss, epoch) => Math.abs(hand[curve][epoch]! / loss - 1)),
);

// %%
const showGaps = showWhen(
  study.batchSize === undefined,
  `by hand every step takes all rows, this study takes ${study.batchSize}`,
);
showGaps(
  () =>
    text`Over epochs 0 to ${study.epochs} the losses by hand and those of the library differ by at most ${Math.max(...gaps)}, relative to the latter. The best epoch is ${bestEpoch} by hand and ${library!.bestEpoch} in the library.`,
);

// %%
const handPlots = ["By hand", "The library"].map((title, i) => ({
  title,
  curves: pair[i]!,
  nulls: {},
}));
show(
  figureLearningCurves(
    handPlots,
    `One network, trained by hand and by the library: the curves are the same. ${configuration}; RMSE in log returns, ${dataLabel(study)}.`,
    { id: "learning-curve-by-hand" },
  ),
);

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
const finding = `At their best epoch, ${below} of ${glorotCurves.selected.length} networks from the Glorot start have a lower validation RMSE than the pooled constant. Mean and range over ${glorotCurves.selected.length} seeds; ${configuration}; RMSE in log returns, ${dataLabel(study)}; the two vertical scales differ.`;
show(figureLearningCurves(plots, finding));

// %%
const last = study.epochs;
const fell = mean(glorotCurves.inSample.map((curve) => 1 - curve.at(-1)! / curve[0]!));
const unfinished = glorotCurves.bestEpochs.filter((epoch) => epoch === last).length;
const unmoved = olsCurves.bestEpochs.filter((epoch) => epoch === 0).length;
show(
  text`From the Glorot start, ${last} epochs of training lower the in-sample RMSE by ${(100 * fell).toFixed(1)} % on average over networks. ${unfinished} of ${glorotCurves.selected.length} networks were still improving at epoch ${last}; ${glorotCurves.diverged} diverged. From the ols start, training did not help ${unmoved} of ${olsCurves.selected.length} networks: their best epoch is 0.`,
);
show(
  text`The standard deviation of the validation RMSE over seeds is ${standardDeviation(glorotCurves.selected, 1)} from the Glorot start and ${standardDeviation(olsCurves.selected, 1)} from the ols start.`,
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

Betas are *fitted* on the dates on which a network was fitted or its epoch was chosen: there the network has seen the return that the beta hedges.
Only betas of later dates are walk-forward.
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

// %% [markdown]
/*
## In short
*/

// %% tags=["conclusion"]
const olsBelow = olsCurves.selected.filter((rmse) => rmse < pooledRmse).length;
const zeroBelow = glorotCurves.selected.filter((rmse) => rmse < zeroRmse).length;
show(
  text`At their best epoch ${zeroBelow} of ${glorotCurves.selected.length} networks from the Glorot start hedge the validation block better than no hedge does, and ${below} better than one constant beta; from the pooled constant's start ${olsBelow} of ${olsCurves.selected.length} do.`,
);
