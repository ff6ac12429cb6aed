// %% [markdown]
/*
# 03 · Learning curves

**Question.** How soon do the networks reach their lowest validation loss, does it stay there, and do inputs of several markets generalise better?

Report: Step 3. Inputs: the panel of notebook 00 and the search of notebook 02; `data/reported/search-best.csv`.
Outputs: figures `learning-curves`, `learning-curves-reported`; tables `learning-curves`, `learning-curves-reported`, `convergence`. Run time: about five seconds
after notebook 02, fifteen without its cache.
Expect: the report says that most markets reached stable minima within 100 epochs.
*/

// %% tags=["needs:split","after:02","trains:search"]
import {
  bestConfigurations,
  CACHE,
  cachedTrainer,
  chosenFits,
  convergence,
  dataLabel,
  figureLearningCurves,
  formatNumber,
  gridConvergence,
  hedgingRmse,
  isReportStudy,
  learningCurvesPlots,
  matchReported,
  mean,
  networkInputs,
  nullScores,
  progress,
  readPanel,
  readRecords,
  readStudy,
  rootMeanSquare,
  searchNetworks,
  shippedFile,
  show,
  showWhen,
  simdTrainer,
  tableConvergence,
  tableLearningCurves,
  targetRange,
  text,
  zeroBeta,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const { split } = study;
const showReported = showWhen(
  isReportStudy(study),
  "the report prints results of its own data, look-back and split only",
);
const sample = `${dataLabel(study)}, fit ${split.inSample.from} to ${split.inSample.through}, validation ${split.validation.from} to ${split.validation.through}, ${study.grid.replicates} seeds`;
// The report's "within 100 epochs", or all epochs of a study that trains fewer.
const by = Math.min(100, study.epochs);

// %% [markdown]
/*
## The chosen networks

The search of notebook 02 keeps one configuration per market set and start. Its networks are trained again, bit for bit the same, and their curves are
kept.
*/

// %%
const trainer = cachedTrainer(simdTrainer(), CACHE);
const rows = await searchNetworks(panel, trainer, { ...study, onProgress: progress("networks") });
const best = bestConfigurations(rows);
const chosen = await chosenFits(panel, trainer, { ...study, rows: best });
const nulls = nullScores(panel, study);
const converged = chosen.map((fit) => convergence(fit, by));
const ratios = converged.map(({ later }) => later.mean);
const caption = text`At epoch ${by} the validation RMSE is ${Math.min(...ratios).toFixed(1)} to ${Math.max(...ratios).toFixed(1)} times its lowest, by market set and start. Mean and range over seeds of the chosen configurations, one column per start (${study.starts.join(", ")}); RMSE in log returns, one scale per row; ${sample}.`;
show(
  figureLearningCurves(learningCurvesPlots(chosen, nulls), caption.sentence, {
    id: "learning-curves",
    columns: study.starts.length,
    scale: "rows",
  }),
);

// %% [markdown]
/*
A curve that falls and stays low has reached a stable minimum. Where the validation loss rises again while the in-sample loss keeps falling, the
network memorises its fitting months. Only the choice of the epoch, made on the same validation months, hides this overfitting.
*/

// %%
show(tableLearningCurves(converged, sample, { by }));

// %%
const within = converged.map(({ shareWithin }) => 100 * shareWithin);
const atStart = best.map((row) => 100 * row.bestEpochFirst);
show(
  text`By market set and start, ${Math.min(...within).toFixed(0)} % to ${Math.max(...within).toFixed(0)} % of the seeds have their lowest validation RMSE within ${by} epochs, and ${Math.min(...atStart).toFixed(0)} % to ${Math.max(...atStart).toFixed(0)} % have it at the start, before any training.`,
);
show(
  text`The validation RMSE at epoch ${by} is ${Math.min(...converged.map(({ later }) => later.lowest)).toFixed(2)} to ${Math.max(...converged.map(({ later }) => later.highest)).toFixed(2)} times the lowest of the same seed. Where a minimum is stable, this ratio is 1.`,
);

// %% [markdown]
/*
By hand, for one network, we find the epoch of the lowest validation loss, and compute the validation loss of the network that is restored from that
epoch. Losses are in units of the coins' root mean square.
*/

// %%
const { networks, scale, blocks, outputs } = chosen[0]!.fit;
const losses = [...networks[0]!.validationLoss];
const epoch = losses.indexOf(Math.min(...losses));
const { marketLogReturns, coinLogReturns, target } = blocks.validation;
const K = scale.marketRms.length;
const b = outputs(networks[0]!.weights, networkInputs(blocks.validation, scale));
const hedged = coinLogReturns.map((r, row) =>
  scale.marketRms.reduce(
    (left, rms, k) =>
      left - ((b[row * K + k]! * scale.coinRms) / rms) * marketLogReturns[row * K + k]!,
    r,
  ),
);

// %%
show(
  text`The curve of the first network has its lowest validation RMSE, ${formatNumber(Math.sqrt(losses[epoch]!) * scale.coinRms, 6)}, at epoch ${String(epoch)}. The library restores epoch ${String(networks[0]!.bestEpoch)}, whose hedging errors by hand have an RMSE of ${formatNumber(rootMeanSquare(hedged), 6)} over ${String(target.length)} coin-periods.`,
);

// %% [markdown]
/*
A gap between validation and in-sample RMSE can come from overfitting, or from months that differ in volatility. The gap without any hedge is the
yardstick: nothing is fitted there, so nothing can be overfitted.
*/

// %%
const zeroInSample = hedgingRmse(panel, zeroBeta(panel), targetRange(blocks.inSample, panel.dates));
show(
  text`Without a hedge the RMSE is ${zeroInSample} in-sample and ${nulls.zero} in validation: a gap of ${formatNumber(nulls.zero - zeroInSample, 4)}, with nothing learned.`,
);

// %% [markdown]
/*
## Which markets are fast

The report says: "Energy and Gold converged fastest, while multi-factor inputs required slightly longer but achieved more generalizable fits." The
chosen configurations differ in rate and width, and so in speed. The next table covers the whole grid, in which every market set has the same
configurations.
*/

// %%
const grid = gridConvergence(rows);
show(tableConvergence(grid, sample));

// %%
const orders = study.starts.map((start) => {
  const sets = grid.filter((row) => row.start === start);
  const ordered = [...sets].sort((a, b) => a.bestEpoch - b.bestEpoch);
  const names = ordered.map((r) => `${r.marketSet} ${r.bestEpoch.toFixed(0)}`);
  return text`From start ${start}, the mean best epochs over the grid are, fastest first: ${names.join(", ")}.`;
});
orders.forEach((sentence) => {
  show(sentence);
});

// %%
const gaps = study.starts.map((start) => {
  const sets = grid.filter((row) => row.start === start);
  const parts = ["one market", "several markets"].map((name, joint) => {
    const some = sets.filter((row) => row.marketSet.includes("+") === (joint === 1));
    const gap = mean(some.map((row) => row.valRmse - row.trainRmse));
    const epoch = mean(some.map((row) => row.bestEpoch));
    return some.length > 0
      ? `inputs of ${name} have best epoch ${epoch.toFixed(1)} and gap ${formatNumber(gap, 4)}`
      : `the grid has no inputs of ${name}`;
  });
  return text`From start ${start}, on average over the grid, ${parts.join("; ")}.`;
});
gaps.forEach((sentence) => {
  show(sentence);
});

// %% [markdown]
/*
## The report's own configurations

The report drew the curves of its own configurations, mostly at rate 0.001. The next figure shows the same configurations, trained here from the
Glorot start.
*/

// %%
const printed = await readRecords(shippedFile("reported/search-best.csv"));
const matches = isReportStudy(study) ? matchReported(printed, rows) : [];
const theirs = await chosenFits(panel, trainer, {
  ...study,
  rows: matches.flatMap(({ ours }) => ours ?? []),
});

// %%
const theirConverged = theirs.map((fit) => convergence(fit, by));
const unfinished = theirs.map(({ row }) => 100 * row.bestEpochLast);
const theirCaption = text`Of the networks of the report's configurations, ${Math.min(...unfinished).toFixed(0)} % to ${Math.max(...unfinished).toFixed(0)} % by market set were still improving at the last epoch, ${study.epochs}. Mean and range over seeds, start glorot; RMSE in log returns, one scale per row; ${sample}.`;
showReported(() =>
  figureLearningCurves(learningCurvesPlots(theirs, nulls), theirCaption.sentence, {
    id: "learning-curves-reported",
    columns: 2,
    scale: "rows",
  }),
);

// %%
showReported(() =>
  tableLearningCurves(theirConverged, `the report's configurations; ${sample}`, {
    by,
    id: "learning-curves-reported",
  }),
);

// %%
const early = theirConverged.map(({ shareWithin }) => 100 * shareWithin);
const theirOrder = [...theirConverged]
  .sort((a, b) => a.epochMedian - b.epochMedian)
  .map((r) => `${r.row.marketSet} ${r.epochMedian.toFixed(0)}`);
showReported(
  () =>
    text`With the report's configurations, ${Math.min(...early).toFixed(0)} % to ${Math.max(...early).toFixed(0)} % of the seeds reach their lowest validation RMSE within ${by} epochs. The median best epochs are, fastest first: ${theirOrder.join(", ")}.`,
);

// %% tags=["conclusion"]
const medians = converged.map(({ epochMedian }) => epochMedian);
const joint = grid.filter((row) => row.marketSet.includes("+"));
const comparable = joint.length > 0 && joint.length < grid.length;
const wider = study.starts.filter((start) => {
  const [several, single] = [true, false].map((wanted) => {
    const rows = grid.filter((row) => row.start === start && joint.includes(row) === wanted);
    return mean(rows.map((row) => row.valRmse - row.trainRmse));
  });
  return several! < single!;
});
const generalise = `Inputs of several markets have the smaller gap between validation and in-sample RMSE from ${wider.length} of ${study.starts.length} starts.`;
show(
  text`The median network of a market set is best at epoch ${formatNumber(Math.min(...medians), 0)} to ${formatNumber(Math.max(...medians), 0)} of ${study.epochs}. At epoch ${by} the validation RMSE, averaged over seeds, is ${formatNumber(Math.min(...ratios), 2)} to ${formatNumber(Math.max(...ratios), 2)} times the lowest; a stable minimum would keep it at 1. ${comparable ? generalise : ""}`,
);
