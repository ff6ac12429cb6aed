// %% [markdown]
/*
# 08 · Out-of-sample tests

**Question.** Is the network's hedge better than a constant beta by more than chance, in which years, and could these data tell?

Report: none; the report goes from Step 7 to Step 9, and has one out-of-sample year and no significance test. This notebook is ours. Inputs: the panel of notebook 00, the networks of notebook
06. Outputs: tables `rmse-by-year`, `out-of-sample-tests`, `nested-tests`, `hedge-economics`; figure `cumulative-gains`. Run time: about half a minute when notebook 06 has run,
minutes otherwise.
Expect: an estimator that is worth its parameters has a lower RMSE than the pooled constant in more than one year, and a Diebold-Mariano p-value below 0.05.
*/

// %% tags=["needs:walkForward","after:06","trains:walk"]
import {
  CACHE,
  cachedTrainer,
  compareForecasts,
  cumulativeGains,
  equalInformation,
  figureCumulativeGains,
  formatNumber,
  hedgeEconomics,
  hedgingErrors,
  inRange,
  intervalCoverage,
  isNetwork,
  isReportStudy,
  ladder,
  mean,
  nestedTests,
  neweyWestLags,
  outOfSampleTests,
  POWER,
  progress,
  quantile,
  readPanel,
  readStudy,
  show,
  simdTrainer,
  studySplits,
  tableBetas,
  tableHedgeEconomics,
  tableNestedTests,
  tableOutOfSampleTests,
  tableRmseByYear,
  text,
  walkedSets,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const trainer = cachedTrainer(simdTrainer(), CACHE);
const estimators = ladder(trainer, study);
const bootstrap = { ...study.bootstrap, seed: study.seed };
const splits = studySplits(study, panel.dates);
const { test } = study.walkForward;
const tested = panel.dates.filter((date) => inRange(date, test));
const span = `${panel.frequency}, ${tested[0]} to ${tested.at(-1)}`;

// %% [markdown]
/*
## Year by year

Year $Y$ is tested with what was fitted through $Y - 2$ and selected on $Y - 1$. A *frozen* estimator is estimated once per year, as the report's
network is; an *updated* one is estimated before every date. Estimators are compared with the pooled constant of the same update. That constant uses
more data than a network; the section after the tests removes this advantage.
*/

// %%
const sets = await walkedSets(panel, estimators, {
  marketSets: study.marketSets,
  splits,
  onProgress: progress("market sets"),
});
const years = [...new Set(tested.map((date) => date.slice(0, 4)))];
const single = years.map((year) => ({ name: year, range: { from: year, through: year } }));
const samples = [...single, { name: "all", range: test }];
const byYear = samples.flatMap((sample) =>
  sets.flatMap((set) => compareForecasts(set, sample, { ...bootstrap, together: true })),
);
show(tableRmseByYear(byYear, study.marketSets.at(-1)!, span));

// %% [markdown]
/*
The next table has the betas of every estimator on every market set. The tests below are computed from them, and other programs can read them.
*/

// %%
show(tableBetas(sets.flat(), span, { id: "betas-walk-forward", seeds: study.betaSeeds ?? false }));

// %%
const yearly = byYear.filter(
  (row) =>
    row.coin === "all" && row.sample !== "all" && row.benchmark === "pooled" && isNetwork(row),
);
const wins = years.map((year) => {
  const inYear = yearly.filter((row) => row.sample === year);
  return `${year}: ${inYear.filter((row) => row.rmseChange < 0).length} of ${inYear.length}`;
});
show(
  text`The numbers of networks (starts, updates and market sets) with a lower RMSE than the pooled constant are, by year: ${wins.join("; ")}.`,
);

// %% [markdown]
/*
## Tests over all years

Diebold-Mariano takes the difference of two losses, averaged over coins by date. One-period errors of a good forecast are not autocorrelated, and the
published test at one period ahead has no lags. Betas that adapt late may leave autocorrelation, and the second p-value allows for it (Newey-West).
Every OLS beta nests the hedge of zero, so that Clark-West stands beside Diebold-Mariano where the benchmark is no hedge. It is asymptotic and
slightly cautious for OLS betas, and approximate for all others. The Model Confidence Set asks which of all estimators may be the best.
*/

// %%
const later = { from: years[1] ?? years[0]!, through: test.through };
const tests = outOfSampleTests(sets, { name: "walk-forward", range: test }, bootstrap);
const laterTests = outOfSampleTests(sets, { name: `from ${later.from}`, range: later }, bootstrap);
const networks = tests.filter((row) => isNetwork(row));
const others = tests.filter((row) => !networks.includes(row));
show(
  tableOutOfSampleTests(
    networks,
    [...others, ...laterTests],
    `walk-forward, ${networks[0]!.n} dates; ${span}`,
  ),
);

// %%
const lower = networks.filter((row) => row.rmseChange < 0).length;
const firm = networks.filter((row) => row.dmPValue < 0.05);
const firmHac = networks.filter((row) => row.hacPValue < 0.05);
const forNetwork = firm.filter((row) => row.dmStatistic < 0).length;
const hacForNetwork = firmHac.filter((row) => row.hacStatistic < 0).length;
show(
  text`Networks have a lower RMSE than the pooled constant in ${lower} of ${networks.length} comparisons. The Diebold-Mariano p-value without lags is below 0.05 in favour of the network in ${forNetwork}, and of the constant in ${firm.length - forNetwork}; with ${networks[0]!.hacLags} lags in ${hacForNetwork} and ${firmHac.length - hacForNetwork}.`,
);

// %%
const laterNetworks = laterTests.filter((row) => isNetwork(row));
const laterFirm = laterNetworks.filter((row) => row.dmPValue < 0.05);
show(
  text`Without the first test year, from ${later.from} (n = ${String(laterNetworks[0]!.n)}): ${laterNetworks.filter((row) => row.rmseChange < 0).length} of ${laterNetworks.length} networks have a lower RMSE. The p-value without lags is below 0.05 in favour of the network in ${laterFirm.filter((row) => row.dmStatistic < 0).length}, and of the constant in ${laterFirm.filter((row) => row.dmStatistic > 0).length}.`,
);

// %%
const seedErrors = networks.map((row) => row.seedError).sort((a, b) => a - b);
const precise = networks.filter((row) => row.seedError <= Math.abs(row.rmseChange) / 10).length;
show(
  text`Other seeds would move a network's RMSE by ${formatNumber(seedErrors[0]!, 4)} to ${formatNumber(seedErrors.at(-1)!, 4)} (Monte Carlo error over ${study.grid.replicates} networks; median ${formatNumber(quantile(seedErrors, 0.5), 4)}): at most a tenth of the difference from the constant in ${precise} of ${networks.length} comparisons. The intervals over dates are ${formatNumber(
    quantile(
      networks
        .map((row) => (row.changeUpper - row.changeLower) / row.seedError / 2)
        .sort((a, b) => a - b),
      0.5,
    ),
    0,
  )} times as wide on either side (median): dates, not seeds, limit what can be said.`,
);

// %% [markdown]
/*
By hand, the statistic of the first of these tests is the mean of the loss differences over its standard error.
*/

// %%
const [subject] = networks;
const inSet = sets.flat().filter((walked) => walked.marketSet === subject!.marketSet);
const errors = inSet.map((walked) => hedgingErrors(walked.panel, walked.path));
const N = panel.coins.length;
const { dates } = inSet[0]!.panel;
const cells = [...dates.keys()]
  .filter((t) => inRange(dates[t]!, test))
  .map((t) => Array.from({ length: N }, (_, i) => t * N + i))
  .map((row) => row.filter((at) => errors.every((own) => Number.isFinite(own[at]!))));

// %%
const [network, constant] = [subject!.estimator, "pooled"].map((id) => {
  const named = inSet.map(({ estimator, update }) => `${estimator} ${update}`);
  const own = errors[named.indexOf(`${id} ${subject!.update}`)]!;
  return cells.map((row) => mean(row.map((at) => own[at]! * own[at]!)));
});
const gaps = network!.map((loss, t) => loss - constant![t]!).filter(Number.isFinite);
const centred = gaps.map((gap) => (gap - mean(gaps)) * (gap - mean(gaps)));
show(
  text`The statistic of ${subject!.estimator} ${subject!.update} on ${subject!.marketSet} is ${formatNumber(mean(gaps) / Math.sqrt(mean(centred) / (gaps.length - 1)), 6)} by hand and ${formatNumber(subject!.dmStatistic, 6)} from the library.`,
);

// %%
const known = networks.filter((row) => row.cwPValue < 0.05).length;
const hedging = networks.filter((row) => row.hedgingR2 > 0).length;
const best = Math.max(...networks.map((row) => row.hedgingR2));
const excluded = networks.filter((row) => row.mcs < 0.05).length;
const elsewhere = others.filter((row) => row.mcs < 0.05).length;
show(
  text`Against no hedge, the hedging R² is above zero for ${hedging} of ${networks.length} networks and at most ${formatNumber(best, 3)}. The Clark-West p-value, which is approximate for networks, is below 0.05 for ${known}. The Model Confidence Set at 95 % leaves out ${excluded} of ${networks.length} networks and ${elsewhere} of ${others.length} other rows.`,
);

// %% [markdown]
/*
## What each side knows

The weights of an updated network are trained on data that end a year before the date of the test: the last year only chooses the epoch. The updated
constant uses all data through $t - 1$. There are two remedies, both stated before their results were looked at:

- the constant is cut off where the network's weights stop;
- the network is trained once more (`-final`): configuration and epochs are chosen on the validation block, then it is trained from the same starts on fit and
  validation together, each network for as many epochs as it chose.

The network nests the constant. Where the constant is right, the network's own noise makes it the worse hedge, and Diebold-Mariano shows this.
Clark-West and ENC-NEW (Clark and McCracken 2001) ask another question: whether the network has information that the constant lacks. A test at 5 %
rejects 5 % of true constants.
*/

// %%
const more = await walkedSets(panel, equalInformation(trainer, study), {
  marketSets: study.marketSets,
  splits,
  onProgress: progress("equal information"),
});
const beside = sets.map((set, i) => [...set, ...more[i]!]);
const nested = [
  { name: "all", range: test },
  { name: `from ${later.from}`, range: later },
].flatMap((sample) => nestedTests(beside, sample, bootstrap));
show(tableNestedTests(nested, study.marketSets.at(-1)!, span));

// %%
const families = [...new Set(nested.map((row) => `${row.sample}|${row.information}`))];
families.forEach((family) => {
  const rows = nested.filter((row) => `${row.sample}|${row.information}` === family);
  const worse = rows.filter((row) => row.dmPValue < 0.05 && row.change > 0);
  const better = rows.filter((row) => row.dmPValue < 0.05 && row.change < 0);
  const [sample, information] = family.split("|");
  show(
    text`Sample ${sample!} (n = ${rows[0]!.n}), constant with ${information === "all" ? "all" : "the network's"} information: ${rows.filter((row) => row.change < 0).length} of ${rows.length} networks have a lower RMSE. Diebold-Mariano p-value below 0.05: ${better.length} for the network, ${worse.length} for the constant; of these ${worse.filter((row) => row.dmHolm < 0.05).length} after Holm's correction and ${worse.filter((row) => row.dmRomanoWolf < 0.05).length} after Romano and Wolf's. The network holds something that the constant lacks: Clark-West ${rows.filter((row) => row.cwPValue < 0.05).length}, ENC-NEW ${rows.filter((row) => row.encPValue < 0.05).length}.`,
  );
});

// %%
// Frozen ones where both updates agree: where test blocks are as short as the time between refits.
const latest = nested.some((row) => row.update === "updated") ? "updated" : "frozen";
const updated = nested.filter((row) => row.sample === "all" && row.update === latest);
const ownNews = updated.filter((row) => row.information === "network's");
const apart = updated
  .filter((row) => row.information === "all" && !row.estimator.endsWith("-final"))
  .map((row) => ({
    row,
    own: ownNews.find((o) => o.marketSet === row.marketSet && o.estimator === row.estimator)!,
    final: updated.find(
      (o) => o.marketSet === row.marketSet && o.estimator === `${row.estimator}-final`,
    )!,
  }))
  .sort((a, b) => b.row.change - b.own.change - (a.row.change - a.own.change));

// %%
const { row, own, final } = apart[0]!;
show(
  text`The constant's information matters most for ${row.estimator} on ${row.marketSet}: its RMSE is ${formatNumber(row.change, 4)} (${formatNumber(row.changeLower, 4)} to ${formatNumber(row.changeUpper, 4)}) above the constant that knows all, and ${formatNumber(own.change, 4)} (${formatNumber(own.changeLower, 4)} to ${formatNumber(own.changeUpper, 4)}) from the one that stops where its weights do. Trained once more on fit and validation, its RMSE goes from ${formatNumber(row.rmse, 4)} to ${formatNumber(final.rmse, 4)}. Training once more lowers the RMSE of ${apart.filter((pair) => pair.final.rmse < pair.row.rmse).length} of ${apart.length} ${latest} networks.`,
);

// %% [markdown]
/*
Intervals from so few dates are too short. Their coverage, the share of 95 % intervals that hold the true mean, is measured on simulated differences
of losses. These have the length of this sample and an autocorrelation of 0.3.
*/

// %%
const coverage = intervalCoverage({
  n: tested.length,
  autocorrelation: 0.3,
  lags: neweyWestLags(tested.length),
  samples: 400,
  draws: 199,
  seed: study.seed,
  level: 0.95,
});
show(
  text`Measured coverage of nominal 95 % intervals: ${(100 * coverage.percentile).toFixed(0)} % for percentile intervals (table out-of-sample-tests), ${(100 * coverage.studentized).toFixed(0)} % for studentized ones (table nested-tests).`,
);

// %% [markdown]
/*
## What a hedge is worth

An investor who holds the coins, equally weighted, trades the hedge every period and pays the cost of notebook 09 on what is bought or sold. The
certainty equivalent is the mean minus half the risk aversion times the variance. Risk aversion is 3, which was chosen beforehand.
*/

// %%
const judge = { ...bootstrap, cost: study.sorts.cost, riskAversion: 3 };
const worth = [
  { name: "all", range: test },
  { name: `from ${later.from}`, range: later },
].flatMap((sample) => hedgeEconomics(sets, sample, judge));
show(tableHedgeEconomics(worth, study.marketSets.at(-1)!, span));

// %%
[...new Set(worth.map(({ sample }) => sample))].forEach((sample) => {
  const rows = worth.filter((row) => row.sample === sample && row.n > 0);
  if (rows.length === 0) return;
  const hedges = rows.filter((row) => isNetwork(row));
  const constants = rows.filter((row) => row.estimator === "pooled");
  const [byNetworks, byConstants] = [hedges, constants].map(
    (rows) =>
      `variance reduction ${formatNumber(Math.min(...rows.map((row) => row.varianceReduction)), 2)} to ${formatNumber(Math.max(...rows.map((row) => row.varianceReduction)), 2)}, above zero by its interval for ${rows.filter((row) => row.varianceLower > 0).length}; certainty equivalent above zero by its interval for ${rows.filter((row) => row.gainLower > 0).length}, below for ${rows.filter((row) => row.gainUpper < 0).length}; turnover ${formatNumber(mean(rows.map((row) => row.turnover)), 2)} a period`,
  ) as [string, string];
  show(
    text`After costs, sample ${sample} (n = ${rows[0]!.n}), ${hedges.length} networks: ${byNetworks}. ${constants.length} pooled constants: ${byConstants}.`,
  );
});

// %% [markdown]
/*
## When the difference arises

The figure shows the cumulative squared error of the pooled constant minus that of the network (Goyal and Welch 2008). A line that rises all the way
shows a lasting advantage; a line that jumps shows a single event. The last year is shaded.
*/

// %%
const gains = cumulativeGains(sets, test).filter((gain) => gain.estimator.startsWith("neural"));
const ahead = gains.filter((gain) => gain.cumulative.at(-1)! > 0).length;
const jumps = gains.map((gain) => {
  const sizes = gain.gains.map(Math.abs).sort((a, b) => b - a);
  return mean(sizes.slice(0, 3)) / mean(sizes) / (sizes.length / 3);
});
const lastYear = splits.at(-1)!.outOfSample;
const caption = text`At the end ${ahead} of ${gains.length} networks are ahead of the pooled constant; the three largest of ${tested.length} dates make up ${formatNumber(100 * Math.min(...jumps), 0)} to ${formatNumber(100 * Math.max(...jumps), 0)} % of all movement of a line. Cumulative squared error of the pooled constant minus that of the network, squared log returns, mean over coins; ${span}.`;
show(figureCumulativeGains(gains, lastYear.from, caption.sentence));

// %% [markdown]
/*
## The last year alone

The report's tables end in 2023; no default of this project depends on a later month. A single year is described, not tested.
*/

// %%
const unseen = byYear.filter((row) => row.coin === "all" && row.sample === years.at(-1));
const ofNetworks = unseen.filter(
  (row) => isNetwork(row) && row.benchmark === "pooled" && row.n > 0,
);
const share = ofNetworks.map((row) => (100 * row.rmseChange) / (row.rmse - row.rmseChange));
const newest = isReportStudy(study) ? "months that the report had not seen" : "last test year";
show(
  text`${years.at(-1)!} (n = ${String(ofNetworks[0]!.n)}, ${newest}): ${ofNetworks.filter((row) => row.rmseChange < 0).length} of ${ofNetworks.length} networks have a lower RMSE than the pooled constant; the change lies between ${formatNumber(Math.min(...share), 1)} and ${formatNumber(Math.max(...share), 1)} %. Their hedging R² is ${formatNumber(Math.min(...ofNetworks.map((row) => row.hedgingR2)), 2)} to ${formatNumber(Math.max(...ofNetworks.map((row) => row.hedgingR2)), 2)}; that of the pooled constant ${unseen
    .filter((row) => row.estimator === "pooled" && row.update === "updated")
    .map((row) => `${row.marketSet} ${formatNumber(row.hedgingR2, 2)}`)
    .join(", ")}.`,
);

// %% [markdown]
/*
## What these data could tell

A test that finds no difference may have too little power. The long-run variance of the loss difference gives the smallest RMSE reduction that the
test, at 5 %, would detect in four of five samples of this length.
*/

// %%
const relative = networks
  .map((row) => (100 * row.detectable) / (row.rmse - row.rmseChange))
  .filter(Number.isFinite)
  .sort((a, b) => a - b);
const seen = networks
  .map((row) => (100 * row.rmseChange) / (row.rmse - row.rmseChange))
  .filter(Number.isFinite)
  .sort((a, b) => a - b);
show(
  text`With ${networks[0]!.n} dates a network would have to lower the pooled constant's RMSE by ${formatNumber(relative[0]!, 1)} to ${formatNumber(relative.at(-1)!, 1)} % (median ${formatNumber(quantile(relative, 0.5), 1)} %) to be found at ${100 * POWER.size} % in ${100 * POWER.power} % of samples. The changes that were seen lie between ${formatNumber(seen[0]!, 1)} and ${formatNumber(seen.at(-1)!, 1)} %.`,
);

// %% tags=["conclusion"]
const beaten = firm.filter((row) => row.dmStatistic < 0).length;
const equal = nested.filter((row) => row.sample === "all" && row.information === "network's");
const ownLower = equal.filter((row) => row.change < 0).length;
const laterLower = laterNetworks.filter((row) => row.rmseChange < 0).length;
show(
  text`Over ${networks[0]!.n} dates a network has a lower error than one constant beta in ${lower} of ${networks.length} comparisons, by more than chance in ${beaten}; without the first year in ${laterLower} of ${laterNetworks.length}. Against a constant that knows no more than its weights it is lower in ${ownLower} of ${equal.length}. A reduction by ${formatNumber(quantile(relative, 0.5), 0)} % (median) would have been found in ${100 * POWER.power} % of samples.`,
);
