// %% [markdown]
/*
# 10 · Findings

**Question.** Which claims stand: those that can be made of any data, and those of the report?

Report: all steps and the Discussion. Inputs: the panel of notebook 00 and its weekly form, the factors, a study's own `claims`, what the report prints in `data/reported/`.
Outputs: tables `study-claims`, `claims`, `claim-rules`, `ensemble-errors`, `multiverse`; figures `study-claims`, `claims`, `specification-curve`, `specification-curve-factors`. Run time: half a
minute when the networks are known, three minutes at the first run.
Expect: the first printed sentence answers whether the network hedges better than a constant; then every claim has its verdict by one rule.
*/

// %% tags=["needs:split","needs:walkForward","after:06","after:07"]
import {
  CACHE,
  CO_MOVEMENT_CURVE,
  cachedTrainer,
  circularResamples,
  claimLedger,
  claimRegion,
  coinReturns,
  correlation,
  dataLabel,
  defaultBlockLength,
  ensembleErrors,
  FACTOR_GAIN_CURVE,
  figureClaims,
  figureSpecificationCurve,
  formatNumber,
  gainCandidates,
  HALVINGS,
  holmPValues,
  intervalCoverage,
  intervalPlaces,
  isNetwork,
  isReportStudy,
  LEDGER_DRAWS,
  ladder,
  type MultiverseOptions,
  marketReturns,
  mean,
  measuredClaims,
  multiverse,
  neweyWestLags,
  outOfSampleTests,
  POWER,
  printedClaims,
  printedConfigurations,
  progress,
  quantile,
  readClaims,
  readDated,
  readFactors,
  readPanel,
  readRecords,
  readStudy,
  reportedStatistics,
  scalingVerdicts,
  shippedFile,
  show,
  showWhen,
  simdTrainer,
  studyClaims,
  studyLedger,
  studySplits,
  tableClaimRules,
  tableClaims,
  tableEnsembleErrors,
  tableMultiverse,
  tableScalingVerdicts,
  tableStepClaims,
  tableStudyClaims,
  text,
  VERDICTS,
  valuesOf,
  walkedSets,
  weeklyStudy,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const applies = isReportStudy(study);
const trainer = cachedTrainer(simdTrainer(), CACHE);
const showClaims = showWhen(
  applies,
  "these are claims of the report about its own series, look-back and split",
);

// %% [markdown]
/*
## The answer

Does the network hedge better than one constant beta for all coins? Every network of notebook 08 is compared with that constant on the months that
neither has seen. There is one comparison for each market set and start, for frozen and for updated networks. Diebold-Mariano tests each difference,
and Holm's correction allows for their number.
*/

// %%
const splits = studySplits(study, panel.dates);
const rungs = ladder(trainer, study);
const known = ["zero", "pooled", ...study.starts.map((start) => `neural-${start}`)];
const walked = await walkedSets(panel, rungs, { marketSets: study.marketSets, splits });
const nulls = walked.map((set) => set.filter(({ estimator }) => known.includes(estimator)));
const sampled = { name: "walk-forward", range: study.walkForward.test };
const few = { draws: 199, level: study.bootstrap.level, seed: study.seed };
const networks = outOfSampleTests(nulls, sampled, few).filter(isNetwork);

// %%
const holm = holmPValues(networks.map((row) => row.dmPValue));
const firm = networks.filter((_, i) => holm[i]! < POWER.size);
const wins = firm.filter((row) => row.rmseChange < 0).length;
const lower = networks.filter((row) => row.rmseChange < 0).length;
const least = networks
  .map((row) => (100 * row.detectable) / (row.rmse - row.rmseChange))
  .filter(Number.isFinite)
  .sort((a, b) => a - b);
show(
  text`${wins > 0 ? "Yes, at times" : "No"}: in ${wins} of ${networks.length} comparisons the network hedges better than one constant beta by more than chance, in ${firm.length - wins} worse. Its RMSE is lower, by whatever amount, in ${lower}. With ${String(networks[0]!.n)} dates a reduction by ${formatNumber(least[0]!, 1)} to ${formatNumber(least.at(-1)!, 1)} % (median ${formatNumber(quantile(least, 0.5), 1)} %) would be noticed in ${100 * POWER.power} % of samples; smaller ones remain possible.`,
);

// %% [markdown]
/*
## The rule

Each claim becomes a statistic and a region: the numbers for which the claim is true. Then

- *supported*: the interval lies inside the region;
- *contradicted*: it lies wholly outside;
- *cannot be tested*: there are no data, fewer than 24 dates, or the region is narrower than the shortest interval that the sample gives and is not contradicted;
- *undecided*: the interval reaches into both.

The interval covers 95 %. A claim that something is near a number has a region with two ends: two one-sided tests of 5 % support it, that is an interval of 90 %.

*Supported* and *contradicted* also need a Holm-adjusted p-value below 0.05 over the claims of the step, and a p-value below 0.05 after Benjamini and Yekutieli's correction over the whole ledger.
Otherwise the claim is undecided. The second correction bounds the expected share of false verdicts under any dependence; claims share their data, so that no milder correction is safe. Arithmetic on printed numbers involves no chance, so that its
claims are supported or contradicted without a test.
*/

// %% [markdown]
/*
## Claims about these data

Four questions can be asked of any coins and markets. Does the network hedge better than one constant beta, and better than every classical one? Does the amortised beta of notebook 11? Do the
coins move with each market? Do the factors of notebook 07 help? Each has a usual claim; a study states regions of its own in a list of claims, named by its key `claims`.

Betas are walk-forward and updated before every date; dates are those of the walk forward that no estimator has seen. A network beats every classical
beta if it has a lower RMSE than the best of them; every draw of the bootstrap has its own best one. A correlation within 0.3 is called weak, as it
explains less than a tenth of the variance.
*/

// %%
const factors = await readFactors(study);
const grid = { ...study.grid, hidden: study.grid.hidden.slice(0, 1) };
const [informed] = gainCandidates(trainer, { ...study, grid });
const own = studyClaims(study, readClaims(study.claims, study));
const judged = await studyLedger(own, {
  panel,
  walked,
  range: study.walkForward.test,
  factorGain: { factors, estimator: informed!.estimator, splits },
  bootstrap: { draws: LEDGER_DRAWS, seed: study.seed },
});
const span = `${dataLabel(study)}, ${panel.dates[0]} to ${panel.dates.at(-1)}`;
show(tableStudyClaims(judged, span));

// %%
const standings = VERDICTS.map((verdict) => {
  const n = judged.filter((row) => row.verdict === verdict).length;
  return verdict === "cannot be tested" ? `${n} cannot be tested` : `${n} are ${verdict}`;
}).join(", ");
show(
  figureClaims(
    judged,
    `Of ${judged.length} claims about these data ${standings}. Distance of each estimate from the edge of what its claim allows, in half-widths of the interval that decides; log returns, ${span}.`,
    { id: "study-claims" },
  ),
);

// %%
const { n } = networks[0]!;
const coverage = intervalCoverage({
  n,
  autocorrelation: 0.3,
  lags: neweyWestLags(n),
  samples: 400,
  draws: 199,
  seed: study.seed,
  level: 0.95,
});
show(
  text`In samples of ${String(n)} dates, nominal 95 % percentile intervals cover the true value in ${(100 * coverage.percentile).toFixed(0)} %.`,
);

// %% [markdown]
/*
## One verdict by hand

Do the coins move little with the last of the markets? The dates are drawn again in blocks; two one-sided tests of 5 % support a correlation within two limits if the middle 90 % of the draws lie
inside, a claim with one limit takes the middle 95 %.
*/

// %%
const claim = judged.filter(({ step }) => step === "Co-movement").at(-1)!;
const f = marketReturns(panel, claim.about);
const coins = panel.coins.map((coin) => coinReturns(panel, coin));
const T = panel.dates.length;
const products = Array.from(f, (x, t) => x * mean(coins.map((r) => r[t]!).filter(Number.isFinite)));
const blockLength = Math.max(3, defaultBlockLength(products));
const drawn = circularResamples(T, { draws: LEDGER_DRAWS, seed: study.seed, blockLength });

// %%
const correlations = Array.from({ length: LEDGER_DRAWS }, (_, b) => {
  const rows = drawn.indices.subarray(b * T, (b + 1) * T);
  const byCoin = coins.map((r) => {
    const there = r.every(Number.isFinite) ? rows : rows.filter((t) => Number.isFinite(r[t]!));
    return correlation(valuesOf(r, there), valuesOf(f, there));
  });
  return mean(byCoin.filter(Number.isFinite));
}).sort((a, b) => a - b);
const near = Math.abs(claim.measured) < 0.3 && Number.isFinite(claim.region.upper);
const tail = near ? 0.05 : 0.025;
const [low, high] = [quantile(correlations, tail), quantile(correlations, 1 - tail)];
show(
  text`Correlation with ${claim.about}, mean of coins, blocks of ${blockLength}: by hand the middle ${100 - 200 * tail} % of draws run from ${low} to ${high}; the library's interval from ${claim.deciding.lower} to ${claim.deciding.upper}. It says: ${claim.verdict}.`,
);

// %% [markdown]
/*
## The claims of the report

Every sentence of the report is listed in `data/reported/sentences.csv`, with its claims or the reason why it makes none. Rules were written down before results were seen, with these exceptions:
`volatility-typical` and `nonlinear-constant` joined after a first look at the claims beside them. The region of `reduction` was narrowed from −3.5 to −1.5 to the printed −3 to −2 %, and its networks
were changed to those of notebook 07. The rows of returns were first held against our own sources within half a percent, then against the series that the report used, to the printed digit. All other
changes of the last revision were written before their results.

Months that no network has seen are 2021 to 2024, by the walk forward of notebook 06. Claims about betas are measured on neural betas; where a regression can say more, it has a row
of its own. Episodes of regressions are in weeks. Claims about training have networks as their unit, a hundred per configuration: their intervals narrow with that number, and they hold for
one split, whatever happens in other years.
*/

// %%
const printed = printedClaims(await readRecords(shippedFile("reported/claims.csv")));
const weekly = applies ? await readPanel(weeklyStudy(study)) : panel;
const results = {
  claims: printed,
  returns: await readDated(shippedFile("reported/returns.csv")),
  replication: await readDated(shippedFile("replication.csv")),
  statistics: reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv"))),
  configurations: printedConfigurations(await readRecords(shippedFile("reported/search-best.csv"))),
  printedFactors: await readDated(shippedFile("reported/factors.csv")),
  printedSorts: await readRecords(shippedFile("reported/sorts.csv")),
  halvings: HALVINGS,
};

// %%
const drawing = { ...study, bootstrap: { draws: LEDGER_DRAWS } };
const inputs = { ...results, panel, weekly, factors, trainer, options: drawing };
const measured = applies ? await measuredClaims(inputs, { onProgress: progress("claims") }) : [];
const ledger = applies ? claimLedger(printed, measured) : [];
const sample = `monthly, ${panel.dates[0]} to ${panel.dates.at(-1)}`;
showClaims(() => tableClaims(ledger, sample));

// %%
const counts = VERDICTS.map((verdict) => {
  const n = ledger.filter((row) => row.verdict === verdict).length;
  return verdict === "cannot be tested" ? `${n} cannot be tested` : `${n} are ${verdict}`;
});
const caption = text`Of ${ledger.length} claims ${counts.join(", ")}. A bar that lies on one side of zero without a verdict fails a correction for the number of claims; claims without an interval stand on the right. Distance of each estimate from the edge of what its claim allows, in half-widths of the interval that decides; log returns, ${sample}, some in weeks.`;
showClaims(() => figureClaims(ledger, caption.sentence));

// %%
showClaims(() => tableClaimRules(ledger));

// %% [markdown]
/*
## Under which scaling a verdict holds

The ledger's networks scale inputs and output (`beta-scaled`). Networks on raw returns come nearest to the betas that the report prints (notebook 04). Claims of Steps 1 to 5 that depend on networks are
measured under the other two scalings as well, with three networks per configuration. All other claims keep their measurements, and the corrections still cover the whole ledger.
*/

// %%
const byScaling = applies
  ? await scalingVerdicts(inputs, measured, { replicates: 3, onProgress: progress("scalings") })
  : [];
showClaims(() => tableScalingVerdicts(byScaling, sample));

// %%
const steady = byScaling.filter(({ verdicts }) => new Set(Object.values(verdicts)).size === 1);
const unsteady = byScaling.filter((row) => !steady.includes(row));
showClaims(
  () =>
    text`Of ${byScaling.length} claims of Steps 1 to 5 that depend on the scaling, ${steady.length} have one verdict under all three. The verdict depends on the scaling for ${unsteady.map(({ id }) => id).join(", ")}.`,
);

// %% [markdown]
/*
## Chance in the ensembles

Networks that differ only in their seed have different betas, so that an average over them has a Monte Carlo error. This error should be at most a tenth of the change under discussion. The last
column says how many networks that would take.
*/

// %%
const errors = applies ? await ensembleErrors(inputs) : [];
showClaims(() => tableEnsembleErrors(errors));

// %%
const widest = Math.max(...errors.map(({ error }) => error));
const decided = ledger.filter(({ id, verdict }) =>
  errors.some((row) => row.id === id && verdict !== "undecided"),
);
showClaims(
  () =>
    text`The error over seeds is at most ${formatNumber(widest, 2)} percentage points of RMSE. Of these claims ${decided.length} have a verdict: the months, not the seeds, decide how much can be said, so that no more networks are trained.`,
);

// %% [markdown]
/*
## Step 0: the returns

Coins are compared with markets pair by pair, and on average. A non-linear network is needed only if it hedges better than linear estimators and better than no hedge. Linear networks have as many weights as the others; a constant beta has one weight per market. Printed rows are held against the published series that they were made of.
*/

// %%
showClaims(() => tableStepClaims(ledger, "0"));

// %% [markdown]
/*
## Step 1: the baseline network

A curve can fall smoothly because a network memorises its fitting months. A network generalises if it hedges unseen months better than no hedge and better than a constant.
*/

// %%
showClaims(() => tableStepClaims(ledger, "1"));

// %% [markdown]
/*
## Step 2: the search

Linear networks of four and of eight units represent the same functions, so that 0.3344 and 0.2703 differ only by the start and the course of training. How often two single networks lie so far apart is counted over all pairs. The lowest of all printed values, 0.2499, is compared with no hedge in the same twelve months.
*/

// %%
showClaims(() => tableStepClaims(ledger, "2"));

// %% [markdown]
/*
## Step 3: learning curves

These claims are measured on the report's own configurations. Market sets are ordered at one learning rate, as a higher rate is faster. Notebook 03 has their order over the whole grid, where all have the same rates.
*/

// %%
showClaims(() => tableStepClaims(ledger, "3"));

// %% [markdown]
/*
## Step 4: the size of betas

The printed betas on EQUITY are near zero, but the column that they are estimated on is no equity market: −1.9484 in May 2018 is a fall of 86 %. A kurtosis above 2 is no sign of spikes: a normal sample of twelve has an expected kurtosis of 2.54.
*/

// %%
showClaims(() => tableStepClaims(ledger, "4"));

// %% [markdown]
/*
## Step 5: betas over time

Neural betas are those of the report's configuration on EQUITY, a hundred networks. Two halvings lie in these years, and the year after a halving has too few months for a test. Regressions
answer the same questions on weekly data.
*/

// %%
showClaims(() => tableStepClaims(ledger, "5"));

// %% [markdown]
/*
## Step 7: Fama-French factors

The same networks are compared with and without the factors among their inputs; below zero, the factors reduce the RMSE. The report prints two months of factors.
*/

// %%
showClaims(() => tableStepClaims(ledger, "7"));

// %% [markdown]
/*
## Step 9: portfolio sorts

The sorts are those of notebook 09, by networks that are updated before every date. A flat slope means a slope within half a percent a month: an interval that reaches further cannot support it.
*/

// %%
showClaims(() => tableStepClaims(ledger, "9"));

// %% [markdown]
/*
## Discussion

Co-movement within 0.3 is called weak: it explains less than a tenth of the variance. For neural betas it is the beta in standard deviations, for returns the correlation.
*/

// %%
showClaims(() => tableStepClaims(ledger, "Discussion"));

// %% [markdown]
/*
## The multiverse

Two claims carry the report: that coins move little with equities, and that the factors reduce the error by 2 to 3 %. Each rests on choices that could have been made in another way. Here
each of them is made in every way, on the dates that the longest look-back leaves to all:

- months or weeks; the equity market itself or the market factor; samples that begin in one year or another;
- for the co-movement, one regression or rolling ones over half a year, one year and two, with an intercept or without, the coins' mean or one of them. Coins share their regressor, so
  that the beta of a pooled regression is the mean of theirs. Betas are in standard deviations, as correlations are;
- for the factors, pooled betas or each coin's own, frozen in every test year or updated, rolling ones, a ridge on the networks' inputs, and networks; the factors as inputs (A) or as hedges (B).

All specifications share one history, so that the share of those that support a claim is no probability. They show whether a conclusion depends on a choice.
*/

// %%
const sets = ["FIAT", "EQUITY", panel.markets.join("+")];
const options = {
  market: "EQUITY",
  marketSets: study.marketSets.filter((set) => sets.includes(set)),
  years: ["2020", "2021", "2022"],
  testYears: ["2021", "2022"],
  fitFrom: study.split.inSample.from,
  through: study.walkForward.test.through,
  draws: 999,
  seed: study.seed,
};
const inWeeks = { ...options, windows: [26, 52, 104], inputs: [] };

// %% [markdown]
/*
The networks of the factors' specifications are those of notebook 07, the narrowest of the grid, from the Glorot start.
*/

// %%
const inMonths: MultiverseOptions = {
  ...options,
  windows: [6, 12, 24],
  inputs: [6, 12],
  networks: (lookback) =>
    gainCandidates(trainer, { ...study, lookback, grid, starts: ["glorot"] }).filter(
      ({ estimator }) => isNetwork({ estimator: estimator.id }),
    ),
};

// %%
const specifications = applies
  ? [
      ...(await multiverse(panel, factors, {
        ...inMonths,
        onProgress: progress("equity series, months"),
      })),
      ...(await multiverse(weekly, await readFactors(weeklyStudy(study)), {
        ...inWeeks,
        onProgress: progress("equity series, weeks"),
      })),
    ]
  : [];
showClaims(() => tableMultiverse(specifications));

// %%
const coMovement = specifications.filter(({ claim }) => claim === "co-movement");
const weak = claimRegion("comovement-equity-returns");
const moving = intervalPlaces(coMovement, weak);
const weakCaption = text`Of ${coMovement.length} intervals ${moving.inside} lie inside the claim's region (shaded), ${moving.above + moving.below} wholly outside, and ${moving.open} overlap its edge; ${coMovement.filter(({ upper }) => upper < 0).length} lie below zero. Beta on equities in standard deviations, 95 % bootstrap intervals, the longest cut; log returns, months and weeks through ${panel.dates.at(-1)!}.`;
showClaims(() =>
  figureSpecificationCurve(
    coMovement,
    { ...CO_MOVEMENT_CURVE, region: weak },
    weakCaption.sentence,
  ),
);

// %%
const gains = specifications.filter(({ claim }) => claim === "factor gain");
const claimed = claimRegion("reduction");
const gained = intervalPlaces(gains, claimed);
const helpful = intervalPlaces(gains, { lower: -Infinity, upper: 0 });
const gainCaption = text`Of ${gains.length} intervals ${gained.inside} lie inside the claimed change of −3 to −2 % (shaded), ${gained.above + gained.below} wholly outside, and ${gained.open} overlap it; ${helpful.inside} lie below zero, where the factors help, and ${helpful.above} above. Change of the hedging RMSE by the factors, 95 % bootstrap intervals, the longest cut; log returns, months and weeks through ${panel.dates.at(-1)!}.`;
showClaims(() =>
  figureSpecificationCurve(gains, { ...FACTOR_GAIN_CURVE, region: claimed }, gainCaption.sentence),
);

// %%
const together = coMovement.filter(({ coin }) => coin === "all");
const [months, weeks] = (["monthly", "weekly"] as const).map((frequency) => {
  const some = together.filter((specification) => specification.frequency === frequency);
  const { inside, above, below } = intervalPlaces(some, weak);
  return `${above + below} of ${some.length} intervals lie wholly outside a weak co-movement and ${inside} inside`;
});
const positive = coMovement.filter(({ lower }) => lower > 0).length;
showClaims(
  () =>
    text`Mean of the coins: in months ${months!}; in weeks ${weeks!}. Of all ${coMovement.length}, coins one by one included, ${positive} lie above zero.`,
);

// %% [markdown]
/*
## In short
*/

// %% tags=["abstract","conclusion"]
const period = { daily: "days", weekly: "weeks", monthly: "months" }[study.frequency];
const data = `${panel.dates.length} ${period} from ${panel.dates[0]} to ${panel.dates.at(-1)}`;
const claims = applies
  ? ` Of ${ledger.length} claims of the report, ${counts.join(", ")}.`
  : ` Of ${judged.length} claims about these data, ${standings}.`;
show(
  text`Does a small neural network give better hedge ratios for ${panel.coins.join(", ")} on ${panel.markets.join(", ")} than one constant beta? ${wins > 0 ? "At times" : "No"}: on dates that it has not seen, it hedges better by more than chance in ${wins} of ${networks.length} comparisons, and worse in ${firm.length - wins}. A reduction of the hedging error by ${formatNumber(quantile(least, 0.5), 0)} % (the median of these comparisons) would be noticed in ${100 * POWER.power} % of samples; smaller ones remain possible.${claims} The data are ${data}.`,
);
