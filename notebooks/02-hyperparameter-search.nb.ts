// %% [markdown]
/*
# 02 · Hyperparameter search

**Question.** Do the configurations of the report's grid differ by more than chance, and does any of them beat a constant beta?

Report: Step 2 and its table of best configurations. Inputs: the panel of notebook 00; `data/reported/search-best.csv`, `data/reported/search-sample.csv`.
Outputs: tables `search`, `search-best`, `reported-search`; figure `search`. Run time: about fifteen seconds.
Expect: the report's lowest validation RMSE is 0.2499, for FIAT+GOLD.
*/

// %% tags=["needs:split","trains:search"]
import {
  bestConfigurations,
  CACHE,
  cachedTrainer,
  dataLabel,
  figureSearch,
  isReportStudy,
  matchReported,
  nullScores,
  progress,
  readPanel,
  readRecords,
  readStudy,
  searchNetworks,
  shippedFile,
  show,
  showWhen,
  simdTrainer,
  tableReportedSearch,
  tableSearch,
  tableSearchBest,
  text,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const { split } = study;
const showReported = showWhen(
  isReportStudy(study),
  "Not applicable: the report prints results of its own data, look-back and split only.",
);
const sample = `${dataLabel(study)}, fit ${split.inSample.from} to ${split.inSample.through}, validation ${split.validation.from} to ${split.validation.through}, ${study.grid.replicates} seeds`;

// %% [markdown]
/*
## The grid

Every width, rate and activation on every market set, from both starts, and each from several seeds: the report trained each once. The trainer is the
SIMD kernel, which has the meaning of the TensorFlow.js trainer of notebook 01 (a test compares their losses).
*/

// %%
const trainer = cachedTrainer(simdTrainer(), CACHE);
const rows = await searchNetworks(panel, trainer, { ...study, onProgress: progress("networks") });
show(tableSearch(rows, sample));

// %% [markdown]
/*
## What they have to beat

The nulls of the same dates: no hedge, and one constant beta per market for all coins, fitted by least squares over the fitting block.
*/

// %%
const nulls = nullScores(panel, study);
const printed = await readRecords(shippedFile("reported/search-best.csv"));
const matches = matchReported(printed, rows);
const reported = isReportStudy(study)
  ? Object.fromEntries(matches.map((m) => [m.marketSet, m.reported]))
  : {};
const below = study.starts.map((start) => {
  const from = rows.filter((row) => row.start === start);
  const better = from.filter((row) => row.valRmse < nulls.pooled[row.marketSet]!);
  return `${better.length} of ${from.length} from start ${start}`;
});
const caption = text`Configurations whose mean lies below the pooled constant of their markets: ${below.join(", ")}. Each point is the mean over seeds of one configuration; RMSE in log returns; ${sample}.`;
show(figureSearch(rows, { nulls, reported }, caption.sentence));

// %% [markdown]
/*
## The chosen configurations

Lowest mean over seeds; ties go to fewer parameters, then to the lower rate. A choice among many is flattering to what is chosen: these are selection scores.
*/

// %%
const best = bestConfigurations(rows);
show(tableSearchBest(best, sample));
const atStart = best.map((row) => 100 * row.bestEpochFirst);
show(
  text`Of the chosen configurations, between ${Math.min(...atStart).toFixed(0)} % and ${Math.max(...atStart).toFixed(0)} % of the networks are best at their start: training did not help these.`,
);

// %% [markdown]
/*
## The report's choices

The report says that ReLU dominates where relationships are asymmetric (EQUITY, GOLD). Its own configurations, trained here from several seeds:
*/

// %%
showReported(() => tableReportedSearch(matches, nulls));

// %% [markdown]
/*
## Noise or structure

A network of 4 and one of 8 linear units can represent the same functions, all of them linear. The report has 0.3344 for the first and 0.2703 for the second (FIAT, rate 0.001),
and reads differences of that size as structure.
*/

// %%
const linear = matchReported(
  await readRecords(shippedFile("reported/search-sample.csv")),
  rows,
).filter((m) => m.activation === "linear");
const [four, eight] = linear.map((m) => m.ours);
showReported(
  () =>
    text`Here: 4 linear units ${four!.valRmse} (standard deviation over seeds ${four!.valRmseSd}), 8 linear units ${eight!.valRmse} (${eight!.valRmseSd}). The report's two values differ by ${Math.abs(linear[0]!.reported - linear[1]!.reported)}, that is ${(Math.abs(linear[0]!.reported - linear[1]!.reported) / four!.valRmseSd).toFixed(1)} standard deviations of a single network of 4 units.`,
);
