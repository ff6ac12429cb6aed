// %% [markdown]
/*
# 06 · Classical betas

**Question.** Does the neural beta hedge better than the classical estimators, and than the constants that need no estimation to speak of?

Report: none; the report goes from Step 5 to Step 7 and has no null model. Inputs: the panel of notebook 00, `data/weekly.csv`. Outputs: tables `forecast-comparison`,
`ladder-rmse`, `ladder-rmse-weekly`, `simulated-betas`, `oracle-share`, `oracle-share-common`, `coverage`; figure `ladder`. Run time: about a minute and a half at the first run, ten
seconds when the networks are known.
Expect: an estimator that is worth its parameters has a lower RMSE than the pooled constant, with its whole interval.
*/

// %% tags=["needs:split","needs:walkForward","after:02","trains:walk"]
import {
  against,
  BETA_PROCESSES,
  bootstrapBeta,
  CACHE,
  cachedTrainer,
  coinReturns,
  dataLabel,
  figureLadder,
  forecastComparison,
  formatNumber,
  isNetwork,
  isReportPanel,
  ladder,
  marketNames,
  marketReturns,
  pooledBeta,
  progress,
  randomWalkFilter,
  randomWalkVariances,
  readPanel,
  readStudy,
  refitEffect,
  selectMarkets,
  show,
  showWhen,
  simdTrainer,
  simulatedBetas,
  simulatedDesigns,
  simulatedPanels,
  studySplits,
  tableCoverage,
  tableForecastComparison,
  tableLadderRmse,
  tableOracleShare,
  tableSimulatedBetas,
  text,
  weeklyStudy,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const trainer = cachedTrainer(simdTrainer(), CACHE);
const estimators = ladder(trainer, study);
const bootstrap = { ...study.bootstrap, seed: study.seed };

// %% [markdown]
/*
## One step of the Kalman filter by hand

The Kalman filter takes beta for a random walk: $\beta_{t+1} = \beta_t + u_t$, $r_t = \beta_t f_t + e_t$. Each month moves it by its gain
$k_t = p_t f_t / (p_t f_t^2 + \sigma_e^2)$ times the hedging error; $p_t$ is the variance of $\beta_t$ given the months before. The cell computes the
step of the panel's last month.
*/

// %%
const ours = coinReturns(panel, panel.coins[0]!);
const factor = marketReturns(panel, panel.markets[0]!);
const variances = randomWalkVariances(factor, ours, 1);
const filter = randomWalkFilter(factor, ours, { k: 1, ...variances });
const t = ours.length - 1;
const [beta, p, f] = [filter.coefficients[t]!, filter.standardErrors[t]! ** 2, factor[t]!];
const gain = (p * f) / (p * f * f + variances.observation);
const next = beta + gain * (ours[t]! - beta * f);
show(
  text`${panel.coins[0]!} on ${panel.markets[0]!}: ${formatNumber(beta, 4)} before the last month, ${formatNumber(next, 6)} after it by hand, ${formatNumber(filter.coefficients[t + 1]!, 6)} from the library.`,
);

// %% [markdown]
/*
## Two designs

The report's split fits through 2021, selects on 2022 and tests on the twelve months of 2023. The walk forward tests on every year that has a year to
fit on and a year to select on before it: year $Y$ is tested with what was fitted through $Y - 2$ and selected on $Y - 1$. An estimator is *frozen*,
estimated once per test year like a network's weights, or *updated* before every date. The twelve months of the report's split are too few for a test,
so they are only described.
*/

// %%
const splits = studySplits(study, panel.dates);
const { test } = study.walkForward;
const last = splits.at(-1)!.outOfSample;
const reported = { name: "report's split", range: study.split.outOfSample };
const samples = [
  { name: "walk-forward", range: test },
  { name: "last year", range: last },
];
const designs = [
  { splits: [study.split], samples: [reported] },
  { splits, samples },
];

// %% tags=["shares"]
const rows = await forecastComparison(panel, estimators, {
  marketSets: study.marketSets,
  designs,
  ...bootstrap,
  onProgress: progress("comparisons"),
});
const sample = `${dataLabel(study)}, ${splits[0]!.outOfSample.from} to ${last.through}`;
show(tableLadderRmse(rows, sample, { sampleName: "walk-forward" }));

// %% [markdown]
/*
The comparison is repeated on the same series in weeks. There are four times as many observations, so that betas are estimated more precisely and
tests have more power. The networks come from a smaller search (the narrowest of the grid, five seeds at most); look-back and half-lives count weeks.
*/

// %%
const { hidden, replicates } = study.grid;
const small = { hidden: hidden.slice(0, 1), replicates: Math.min(5, replicates) };
const grid = { ...study.grid, ...small };
const weekly = isReportPanel(study) ? await readPanel(weeklyStudy(study)) : undefined;
const weeklySplits = weekly ? studySplits(study, weekly.dates) : [];
const weeklyDesigns = [{ splits: weeklySplits, samples: samples.slice(0, 1) }];
const weeklyOptions = { ...bootstrap, marketSets: study.marketSets, designs: weeklyDesigns };

// %%
const weeklyRows = weekly
  ? await forecastComparison(weekly, ladder(trainer, { ...study, grid }), {
      ...weeklyOptions,
      onProgress: progress("weekly comparisons"),
    })
  : [];
const weeks = `weekly, ${test.from} to ${weekly?.dates.at(-1)}`;
const showWeeks = showWhen(
  weekly !== undefined,
  "the weeks that are shipped are those of the report's series",
);
const named = { sampleName: "walk-forward", id: "ladder-rmse-weekly" };
showWeeks(() => tableLadderRmse(weeklyRows, weeks, named));

// %% [markdown]
/*
Updated networks, the ridge's coefficients and the variances of the Kalman filter are estimated anew as often as the study's key `refit` says: before
the first date of every quarter, if it says nothing. The comparison with networks that are trained before every date shows what this rule costs.
*/

// %%
const hedge = marketNames(study.baseline.marketSet);
const inMonths = weekly
  ? await refitEffect(selectMarkets(panel, hedge), trainer, { ...study, splits })
  : [];
const inWeeks = weekly
  ? await refitEffect(selectMarkets(weekly, hedge), trainer, {
      ...study,
      grid,
      splits: weeklySplits,
    })
  : [];

// %%
const effects = [
  ...inMonths.map((row) => ({ ...row, returns: "monthly" })),
  ...inWeeks.map((row) => ({ ...row, returns: "weekly" })),
];
showWeeks(
  () =>
    text`RMSE of updated networks on ${study.baseline.marketSet}, trained anew ${study.refit} and before every date: ${effects.map(({ start, scheduled, everyDate, returns }) => `${formatNumber(scheduled, 4)} and ${formatNumber(everyDate, 4)} (${returns} returns, start ${start})`).join("; ")}.`,
);

// %% [markdown]
/*
## Against the pooled constant

One beta per market for all coins, estimated by least squares, is the null model that a network of a hundred parameters has to beat. The constant has
an interval of its own, from a bootstrap of whole dates.
*/

// %%
const latest = { from: panel.dates.at(-1)!, through: panel.dates.at(-1)! };
const since = study.split.inSample.from;
const drawn = { ...bootstrap, from: since, dates: latest };
const constants = panel.markets.map((market) =>
  bootstrapBeta(selectMarkets(panel, [market]), (sample) => pooledBeta(sample, drawn), drawn),
);
show(
  text`One beta for all coins, from all dates of ${since} before ${latest.from}, is (with its interval) ${constants.map((path) => `${path.markets[0]} ${formatNumber(path.values.at(-1)!, 2)} (${formatNumber(path.band!.lower.at(-1)!, 2)} to ${formatNumber(path.band!.upper.at(-1)!, 2)})`).join(", ")}.`,
);

// %%
const walkedPooled = { sample: "walk-forward", benchmark: "pooled" };
const pairs = against(rows, walkedPooled).filter(({ n }) => n > 0);
const better = pairs.filter((row) => row.changeUpper < 0);
const networks = pairs.filter(isNetwork);
const caption = text`${better.length} of ${pairs.length} pairs of estimator and market set reliably beat the constant: their interval lies wholly below zero. Of ${networks.length} pairs with a network, ${networks.filter((row) => row.changeUpper < 0).length} do, and ${networks.filter((row) => row.rmseChange < 0).length} have a lower RMSE at all. RMSE minus that of the pooled constant with the same update, log returns, ${100 * study.bootstrap.level} % bootstrap of whole dates; ${sample}.`;
show(figureLadder(pairs, "pooled", caption.sentence));

// %% [markdown]
/*
## One market set in full

The next table hedges with all markets at once. The file `forecast-comparison` has every market set, sample, coin and benchmark.
*/

// %%
const { frequency } = panel;
const marketSet = study.marketSets.at(-1)!;
show(
  tableForecastComparison(
    [...rows, ...weeklyRows],
    { frequency, sample: "walk-forward", marketSet, benchmark: "zero" },
    sample,
  ),
);

// %%
const compared = against([...rows, ...weeklyRows], walkedPooled).filter(isNetwork);
const lower = compared.filter((row) => row.rmseChange < 0);
const firm = compared.filter((row) => row.dmPValue < 0.05);
const forNetwork = firm.filter((row) => row.dmStatistic < 0).length;
show(
  text`On ${panel.frequency}${weekly ? " and weekly" : ""} data, networks have a lower RMSE than the pooled constant in ${lower.length} of ${compared.length} comparisons. The Diebold-Mariano p-value is below 0.05 in favour of the network in ${forNetwork}, and of the constant in ${firm.length - forNetwork}.`,
);

// %% [markdown]
/*
## Simulated truth

On simulated panels the true beta is known. The generators were fixed before any estimator was run on them; whichever wins is reported. Each panel has
fifteen years of months, one market and four coins; its returns are Student t with five degrees of freedom. A process has forty panels, or two where
the study is not on the shipped months. The last third of a panel is tested, and the year before it selects. Shares are $1 - L / L_{OLS}$ with
$L = \sum ((\beta - \hat\beta) f)^2$, so that they are free of the coins' own noise. Networks are fitted once per panel, as the report's are; their
grid is the narrowest width with two rates.

The betas of the coins have levels 0.5, 1 and 1.5. A pooled network does not see which coin it hedges, so that it cannot know the level. One more
network is told the coin by one-hot inputs.
*/

// %%
const many = simulatedPanels(study);
const truths = simulatedDesigns(trainer, { ...study, panels: many });
const panels = `${many} panels per process, 60 tested months, 4 coins, 1 market`;
const truth = await simulatedBetas(truths.levels.estimators, {
  ...truths.levels.options,
  onProgress: progress("simulated panels"),
});
show(tableOracleShare(truth, panels));

// %%
const best = BETA_PROCESSES.map((process) => {
  const [first, second] = truth
    .filter((row) => row.process === process && row.estimator !== "true beta")
    .sort((a, b) => b.oracleShare - a.oracleShare);
  return `${process}: ${first!.estimator} ${first!.update} (${formatNumber(first!.oracleShare, 2)}, standard error ${formatNumber(first!.shareError, 2)}), then ${second!.estimator} ${second!.update} (${formatNumber(second!.oracleShare, 2)})`;
});
show(text`The highest oracle shares by process are ${best.join("; ")}.`);
show(tableCoverage(truth, panels));

// %%
show(tableSimulatedBetas(truth, panels));

// %% [markdown]
/*
### When all coins have one level

Here every coin has level 1, so that there is no level that the pooled network could not know. Shares are relative to the pooled constant, the
network's null model.
*/

// %%
const common = await simulatedBetas(truths.oneLevel.estimators, {
  ...truths.oneLevel.options,
  onProgress: progress("panels of one level"),
});
show({
  ...tableOracleShare(common, panels),
  id: "oracle-share-common",
  caption: `Share of the oracle's gain over the frozen pooled constant, level 1 for all coins; simulated, ${panels}`,
  notes: ["1 is the true beta, 0 the pooled constant. ±: standard error over panels."],
});

// %% [markdown]
/*
### Can the network win where it should?

The positive control is the state-dependent beta, whose state the network sees. It has five thousand months instead of fifteen years: three thousand
to fit on, a thousand to choose the epoch, and a thousand to test. If the network lost here too, its losses elsewhere would say nothing about the
data. Its width and rate were chosen after a look at two panels, so that the control shows what such a network can learn, and not what a search would
find; the ridge beside it is linear in the same inputs.
*/

// %%
const control = await simulatedBetas(truths.long.estimators, truths.long.options);

// %%
const shares = control
  .filter(({ update }) => update !== "")
  .map(
    (row) =>
      `${row.estimator} ${formatNumber(row.oracleShare, 2)} (standard error ${formatNumber(row.shareError, 2)})`,
  );
const short = common.find(
  (row) => row.process === "state-dependent" && row.estimator === "neural-ols",
)!;
show(
  text`On five thousand months the shares of what the pooled constant leaves are ${shares.join(", ")}. On fifteen years the same kind of network has ${formatNumber(short.oracleShare, 2)} (${formatNumber(short.shareError, 2)}). A share of 1 is the true beta, 0 the pooled constant.`,
);

// %% tags=["conclusion"]
const lowered = pairs.filter((row) => row.rmseChange < 0);
show(
  text`Walk-forward, ${lowered.length} of ${pairs.length} pairs of estimator and market set have a lower hedging RMSE than one constant beta for all coins, ${better.length} of them with an interval wholly below it.`,
);
