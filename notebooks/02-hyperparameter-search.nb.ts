// %% [markdown]
/*
# 02 · Hyperparameter search

**Question.** Do the configurations of the report's grid differ by more than chance, and does any of them beat a constant beta?

Report: Step 2 and its table of best configurations. Inputs: the panel of notebook 00; `data/reported/search-best.csv`, `data/reported/search-sample.csv`.
Outputs: tables `search`, `search-tests`, `search-best`, `reported-search`; figure `search`. Run time: about fifteen seconds.
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
  mean,
  nullScores,
  progress,
  readPanel,
  readRecords,
  readStudy,
  searchCounts,
  searchNetworks,
  searchTests,
  shippedFile,
  show,
  showWhen,
  simdTrainer,
  standardDeviation,
  tableReportedSearch,
  tableSearch,
  tableSearchBest,
  tableSearchTests,
  text,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const { split } = study;
const showReported = showWhen(
  isReportStudy(study),
  "the report prints results of its own data, look-back and split only",
);
const sample = `${dataLabel(study)}, fit ${split.inSample.from} to ${split.inSample.through}, validation ${split.validation.from} to ${split.validation.through}, ${study.grid.replicates} seeds`;

// %% [markdown]
/*
## The grid

The grid combines every width, rate and activation with every market set and both starts. Each configuration is trained from several seeds; the report
trained each once. The trainer is the SIMD kernel, which trains the same networks as the TensorFlow.js trainer of notebook 01 (a test compares their
losses).
*/

// %%
const trainer = cachedTrainer(simdTrainer(), CACHE);
const rows = await searchNetworks(panel, trainer, { ...study, onProgress: progress("networks") });
show(tableSearch(rows, sample));

// %% [markdown]
/*
## What they have to beat

The null models on the same dates are no hedge and one constant beta per market for all coins, fitted by least squares over the fitting block.
*/

// %%
const nulls = nullScores(panel, study);
const printed = await readRecords(shippedFile("reported/search-best.csv"));
const matches = matchReported(printed, rows);
const reported = isReportStudy(study)
  ? Object.fromEntries(matches.map((m) => [m.marketSet, m.reported]))
  : {};
const tests = searchTests(rows, nulls);
const counts = searchCounts(tests);
const below = counts.map(
  (c) => `${c.below} of ${c.configurations} configurations from start ${c.start}`,
);
const caption = text`${below.join(" and ")} have a mean RMSE below that of the pooled constant of their markets. Each point is the mean over seeds of one configuration at the best epoch; lower hedges better; RMSE in log returns; ${sample}.`;
show(figureSearch(rows, { nulls, reported }, caption.sentence));

// %% [markdown]
/*
For the start `ols` this count says nothing: epoch 0 **is** the pooled constant, and the best epoch cannot be worse than epoch 0. Two other counts
measure what training adds. One chooses the best epoch after epoch 0; the other takes the last epoch, so that no epoch is chosen on the validation
year.
*/

// %%
counts.forEach(({ start, configurations, ...found }) => {
  show(
    text`Of ${configurations} configurations from start ${start}, ${found.below} lie below the constant at the best epoch, ${found.belowTrained} at the best epoch after the start, and ${found.belowLast} after the last epoch.`,
  );
});

// %% [markdown]
/*
## More than chance?

Networks that differ only in their seed have different RMSEs. An F test compares the variance between configurations with the variance within them. By
hand, for one market set and start, its statistic is the variance of the means times the number of seeds, divided by the mean of the variances.
*/

// %%
const [first] = tests;
const cell = rows.filter((row) => row.marketSet === first!.marketSet && row.start === first!.start);
const betweenMeans = standardDeviation(
  cell.map(({ valRmse }) => valRmse),
  1,
);
const within = mean(cell.map(({ valRmseSd }) => valRmseSd * valRmseSd));
const byHand = (study.grid.replicates * betweenMeans * betweenMeans) / within;
show(
  text`For ${first!.marketSet} and start ${first!.start}, F is ${byHand.toFixed(2)} by hand and ${first!.fTest.statistic.toFixed(2)} from the library.`,
);
show(tableSearchTests(tests, sample));

// %%
const differ = study.starts.map((start) => {
  const own = tests.filter((test) => test.start === start);
  const statistics = own.map(({ fTest }) => fTest.statistic);
  const found = own.filter(({ fTest }) => fTest.pValue < 0.05).length;
  return `From start ${start}, F lies between ${Math.min(...statistics).toFixed(1)} and ${Math.max(...statistics).toFixed(1)}, and p is below 0.05 on ${found} of ${own.length} market sets.`;
});
show(
  text`${differ.join(" ")} The test asks whether configurations differ on these dates by more than seeds do; it cannot ask whether they would on others.`,
);

// %% [markdown]
/*
## The chosen configurations

The configuration with the lowest mean RMSE over seeds is chosen; ties go to fewer parameters, then to the lower rate. The lowest of many scores is
biased downwards, so these are selection scores and no estimates of the error on new dates.
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

The report says that ReLU dominates where relationships are asymmetric (EQUITY, GOLD). The next table has its own configurations, trained here from
several seeds.
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
    text`Here 4 linear units have a validation RMSE of ${four!.valRmse} (standard deviation over seeds ${four!.valRmseSd}, standard error of the mean ${four!.valRmseSd / Math.sqrt(four!.seeds)}), and 8 linear units one of ${eight!.valRmse} (${eight!.valRmseSd}, ${eight!.valRmseSd / Math.sqrt(eight!.seeds)}). The report's two values differ by ${Math.abs(linear[0]!.reported - linear[1]!.reported)}, which is ${(Math.abs(linear[0]!.reported - linear[1]!.reported) / four!.valRmseSd).toFixed(1)} standard deviations of a single network of 4 units.`,
);

// %% tags=["conclusion"]
const distinct = tests.filter(({ fTest }) => fTest.pValue < 0.05).length;
const tried = counts.reduce((sum, c) => sum + c.configurations, 0);
const trained = counts.reduce((sum, c) => sum + c.belowLast, 0);
const picked = counts.reduce((sum, c) => sum + c.belowTrained, 0);
show(
  text`On ${distinct} of ${tests.length} market sets and starts the configurations differ by more than their seeds do (F test, p below 0.05). After the last epoch ${trained} of ${tried} configurations have a lower validation RMSE than the pooled constant. At a trained epoch that is chosen on the validation block itself, ${picked} have.`,
);
