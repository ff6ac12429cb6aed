// %% [markdown]
/*
# 10 · Findings

**Question.** Which of the report's claims stand?

Report: all steps and the Discussion. Inputs: the panel of notebook 00 and its weekly form, the factors, what the report prints in `data/reported/`.
Outputs: tables `claims`, `claim-rules`, `multiverse`; figures `claims`, `specification-curve`, `specification-curve-factors`. Run time: about a minute when the networks are known, three minutes at the first
run.
Expect: every row has its verdict by one rule; the report's own number stands beside ours, for example 0.0641 between two networks that can represent the same functions.
*/

// %% tags=["needs:split","needs:walkForward","after:06","after:07"]
import {
  CACHE,
  CO_MOVEMENT_CURVE,
  cachedTrainer,
  claimLedger,
  claimRegion,
  FACTOR_GAIN_CURVE,
  figureClaims,
  figureSpecificationCurve,
  gainCandidates,
  intervalPlaces,
  isNetwork,
  isReportStudy,
  type MultiverseOptions,
  measuredClaims,
  multiverse,
  printedClaims,
  printedConfigurations,
  progress,
  readDated,
  readFactors,
  readPanel,
  readRecords,
  readStudy,
  reportedStatistics,
  shippedFile,
  showWhen,
  simdTrainer,
  tableClaimRules,
  tableClaims,
  tableMultiverse,
  tableStepClaims,
  text,
  VERDICTS,
  weeklyStudy,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const applies = isReportStudy(study);
const trainer = cachedTrainer(simdTrainer(), CACHE);
const showClaims = showWhen(
  applies,
  "Not applicable: these are claims of the report about its own series, look-back and split.",
);

// %% [markdown]
/*
## The rule

Each claim is turned into a statistic and a region: the numbers for which the claim is true. Both stand in the second table. They were written down before anything was
measured, with these exceptions: `volatility-typical` and `nonlinear-constant` joined after a first look at the claims beside them, and for `reduction` the region was
narrowed from 1.5 to 3.5 to the printed 2 to 3 %, and the networks were changed to those of notebook 07, after a first measurement; its verdict stayed the same. Then

- *supported*: the 95 % interval lies inside the region;
- *contradicted*: it lies wholly outside;
- *not supported*: it does neither: the data cannot tell;
- *cannot be tested*: there are no data, or fewer than 24 dates.

A step makes several claims, and of twenty one is likely to look true by chance. So a verdict also takes a p-value below 0.05 after Holm's correction over the
claims of its step: the p-value is that of the truth lying on the other side of the region's nearer edge, the level at which the interval would touch it. The intervals are those
of one claim alone.

Months that no network has seen are 2021 to 2024, by the walk forward of notebook 06. Episodes are short, and are looked at in weeks. Claims about training have networks as their
unit, a hundred per configuration: they hold for one split, whatever happens in other years.
*/

// %%
const printed = printedClaims(await readRecords(shippedFile("reported/claims.csv")));
const weekly = applies ? await readPanel(weeklyStudy(study)) : panel;
const factors = await readFactors(study);
const results = {
  claims: printed,
  returns: await readDated(shippedFile("reported/returns.csv")),
  statistics: reportedStatistics(await readRecords(shippedFile("reported/beta-statistics.csv"))),
  configurations: printedConfigurations(await readRecords(shippedFile("reported/search-best.csv"))),
};

// %%
const inputs = { ...results, panel, weekly, factors, trainer, options: study };
const ledger = applies
  ? claimLedger(printed, await measuredClaims(inputs, { onProgress: progress("claims") }))
  : [];
const sample = `monthly, ${panel.dates[0]} to ${panel.dates.at(-1)}`;
showClaims(() => tableClaims(ledger, sample));

// %%
const counts = VERDICTS.map((verdict) => {
  const n = ledger.filter((row) => row.verdict === verdict).length;
  return `${n} ${n === 1 ? "is" : "are"} ${verdict.replace("cannot be tested", "beyond a test")}`;
});
const caption = text`Of ${ledger.length} claims ${counts.join(", ")}. A bar wholly on one side of zero that is grey all the same fails Holm's correction; × has too few dates. Distance of each estimate from the edge of what its claim allows, in half-widths of its 95 % interval; log returns, ${sample}, some in weeks.`;
showClaims(() => figureClaims(ledger, caption.sentence));

// %%
showClaims(() => tableClaimRules(ledger));

// %% [markdown]
/*
## Step 0: the returns

Coins are compared with markets pair by pair, and on average. A non-linear network is needed only if it hedges better than what is linear: linear networks, which have as many weights, and one constant beta per market.
*/

// %%
showClaims(() => tableStepClaims(ledger, "0"));

// %% [markdown]
/*
## Step 1: the baseline network

A curve can fall smoothly because a network learns its months by heart. To generalise is to hedge months that were not seen better than no hedge does, and than a constant.
*/

// %%
showClaims(() => tableStepClaims(ledger, "1"));

// %% [markdown]
/*
## Step 2: the search

Linear networks of four and of eight units represent the same functions: what sets 0.3344 and 0.2703 apart is start and course of the training. The lowest of all printed values, 0.2499, is compared with no hedge in the same twelve months.
*/

// %%
showClaims(() => tableStepClaims(ledger, "2"));

// %% [markdown]
/*
## Step 3: learning curves

The report's own configurations, which are mostly those of the lowest rate. Over the whole grid, where market sets have the same rates, the order is in notebook 03.
*/

// %%
showClaims(() => tableStepClaims(ledger, "3"));

// %% [markdown]
/*
## Step 4: the size of betas

The printed betas on EQUITY are near zero, but the column that they are estimated on is no equity market: −1.9484 in May 2018 is a fall of 86 %. A kurtosis above 2 is no sign of spikes: a normal sample of twelve is expected to have 2.54.
*/

// %%
showClaims(() => tableStepClaims(ledger, "4"));

// %% [markdown]
/*
## Step 5: betas over time

Betas of regressions, in weeks. Volatile is what coins were in the thirteen weeks before.
*/

// %%
showClaims(() => tableStepClaims(ledger, "5"));

// %% [markdown]
/*
## Step 7: Fama-French factors

The same networks with and without the factors among their inputs.
*/

// %%
showClaims(() => tableStepClaims(ledger, "7"));

// %% [markdown]
/*
## Step 9: portfolio sorts

A flat slope is a claim that there is no more than so much: an interval that reaches further than one percent a month cannot support it.
*/

// %%
showClaims(() => tableStepClaims(ledger, "9"));

// %% [markdown]
/*
## Discussion

Co-movement is called weak here within a correlation of 0.3: a tenth of the variance.
*/

// %%
showClaims(() => tableStepClaims(ledger, "Discussion"));

// %% [markdown]
/*
## The multiverse

Two claims carry the report: that coins move little with equities, and that the factors reduce the error by 2 to 3 %. Each rests on choices that could have been made in another way. Here
they all are, on the dates that the longest look-back leaves to every one:

- months or weeks; the equity market itself or the market factor; samples that begin in one year or another;
- for the co-movement, one regression or rolling ones over half a year, one year and two, with an intercept or without, the coins' mean or one of them. Coins share their regressor, so
  that the beta of a pooled regression is the mean of theirs. Betas are in standard deviations, as correlations are;
- for the factors, pooled betas or each coin's own, frozen in every test year or updated, rolling ones, a ridge on the networks' inputs, and networks; the factors as inputs (A) or as hedges (B).

All share one history: the share of specifications that support a claim is no probability. What they show is whether a conclusion hangs on a choice.
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
const grid = { ...study.grid, hidden: study.grid.hidden.slice(0, 1) };
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
const weak = claimRegion("comovement-equity");
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
const helpful = intervalPlaces(gains, { lower: 0, upper: Infinity });
const gainCaption = text`Of ${gains.length} intervals ${gained.inside} lie inside the claimed 2 to 3 % (shaded), ${gained.above + gained.below} wholly outside, and ${gained.open} overlap it; ${helpful.inside} lie above zero, where the factors help, and ${helpful.below} below. Reduction of the hedging RMSE by the factors, 95 % bootstrap intervals, the longest cut; log returns, months and weeks through ${panel.dates.at(-1)!}.`;
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
