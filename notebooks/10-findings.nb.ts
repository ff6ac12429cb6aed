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
  cachedTrainer,
  claimLedger,
  claimPhrase,
  figureClaims,
  figureSpecificationCurve,
  gainCandidates,
  intervalPlaces,
  isReportStudy,
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
  show,
  simdTrainer,
  tableClaimRules,
  tableClaims,
  tableMultiverse,
  text,
  VERDICTS,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const applies = isReportStudy(study);
const trainer = cachedTrainer(simdTrainer(), CACHE);
const notApplicable = text`Not applicable: these are claims of the report about its own series, look-back and split.`;

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
const weekly = applies
  ? await readPanel({
      ...study,
      returns: shippedFile("weekly.csv"),
      frequency: "weekly",
    })
  : panel;
const factors = await readFactors(study);
const ledger = applies
  ? claimLedger(
      printed,
      await measuredClaims(
        {
          panel,
          weekly,
          factors,
          trainer,
          returns: await readDated(shippedFile("reported/returns.csv")),
          statistics: reportedStatistics(
            await readRecords(shippedFile("reported/beta-statistics.csv")),
          ),
          configurations: printedConfigurations(
            await readRecords(shippedFile("reported/search-best.csv")),
          ),
          claims: printed,
          options: study,
        },
        progress("claims"),
      ),
    )
  : [];
const sample = `monthly, ${panel.dates[0]} to ${panel.dates.at(-1)}`;
show(applies ? tableClaims(ledger, sample) : notApplicable);

// %%
const counts = VERDICTS.map((verdict) => {
  const n = ledger.filter((row) => row.verdict === verdict).length;
  return `${n} ${n === 1 ? "is" : "are"} ${verdict.replace("cannot be tested", "beyond a test")}`;
});
const caption = text`Of ${ledger.length} claims ${counts.join(", ")}. A bar wholly on one side of zero that is grey all the same fails Holm's correction; × has too few dates. Distance of each estimate from the edge of what its claim allows, in half-widths of its 95 % interval; log returns, ${sample}, some in weeks.`;
show(applies ? figureClaims(ledger, caption.sentence) : notApplicable);

// %%
show(applies ? tableClaimRules(ledger) : notApplicable);

// %% [markdown]
/*
## Step 0: the returns

Coins are compared with markets pair by pair, and on average. A non-linear network is needed only if it hedges better than what is linear: linear networks, which have as many weights, and one constant beta per market.
*/

// %%
show(
  applies
    ? text`Standard deviation, the coins' over the markets': on average ${claimPhrase(ledger, "volatility-typical")}; calmest coin, wildest market ${claimPhrase(ledger, "volatility")}. Non-linear networks change the RMSE of linear ones by ${claimPhrase(ledger, "nonlinear", " %")}, that of one constant beta by ${claimPhrase(ledger, "nonlinear-constant", " %")}. The largest standard deviation of the log returns over the smallest: ${claimPhrase(ledger, "scales")}. The printed EQUITY and the market factor: correlation ${claimPhrase(ledger, "equity-column")}.`
    : notApplicable,
);

// %% [markdown]
/*
## Step 1: the baseline network

A curve can fall smoothly because a network learns its months by heart. To generalise is to hedge months that were not seen better than no hedge does, and than a constant.
*/

// %%
show(
  applies
    ? text`The in-sample RMSE falls in a share ${claimPhrase(ledger, "smooth")} of the epochs. The validation RMSE over the in-sample one, against the same ratio without a hedge, has changed by ${claimPhrase(ledger, "overfitting", " %")} at the last epoch. On unseen months the networks change the RMSE of no hedge by ${claimPhrase(ledger, "generalizes", " %")}, that of one constant beta by ${claimPhrase(ledger, "beats-constant", " %")}.`
    : notApplicable,
);

// %% [markdown]
/*
## Step 2: the search

Linear networks of four and of eight units represent the same functions: what sets 0.3344 and 0.2703 apart is start and course of the training. The lowest of all printed values, 0.2499, is compared with no hedge in the same twelve months.
*/

// %%
show(
  applies
    ? text`RMSE on unseen months: the search changes that of the baseline network by ${claimPhrase(ledger, "tuning", " %")}; ReLU that of the others by ${claimPhrase(ledger, "relu-equity", " %")} on EQUITY and ${claimPhrase(ledger, "relu-gold", " %")} on GOLD; linear and tanh that of the others by ${claimPhrase(ledger, "smooth-fiat", " %")} on FIAT and ${claimPhrase(ledger, "smooth-energy", " %")} on ENERGY. Validation RMSE of linear networks, 4 minus 8 units: ${claimPhrase(ledger, "linear-4-8")}. No hedge has ${claimPhrase(ledger, "optimal")}.`
    : notApplicable,
);

// %% [markdown]
/*
## Step 3: learning curves

The report's own configurations, which are mostly those of the lowest rate. Over the whole grid, where market sets have the same rates, the order is in notebook 03.
*/

// %%
show(
  applies
    ? text`Minima within 100 epochs, share of market sets: ${claimPhrase(ledger, "minima-100")}. Last epoch over the minimum: ${claimPhrase(ledger, "minima-stable")}. Epochs that ENERGY and GOLD take more than FIAT and EQUITY: ${claimPhrase(ledger, "fastest")}; that several markets take more than one: ${claimPhrase(ledger, "multi-slower")}. Several markets change the RMSE of one on unseen months by ${claimPhrase(ledger, "multi-general", " %")}.`
    : notApplicable,
);

// %% [markdown]
/*
## Step 4: the size of betas

The printed betas on EQUITY are near zero, but the column that they are estimated on is no equity market: −1.9484 in May 2018 is a fall of 86 %. A kurtosis above 2 is no sign of spikes: a normal sample of twelve is expected to have 2.54.
*/

// %%
show(
  applies
    ? text`Mean neural beta in the report's twelve months: EQUITY ${claimPhrase(ledger, "mean-equity-2023")}, ENERGY ${claimPhrase(ledger, "mean-energy-2023")}; in all unseen months EQUITY ${claimPhrase(ledger, "mean-equity")}, GOLD ${claimPhrase(ledger, "mean-gold")}, ENERGY ${claimPhrase(ledger, "mean-energy")}, FIAT ${claimPhrase(ledger, "mean-fiat")}. All markets explain ${claimPhrase(ledger, "alignment")} of the coins' variance. Kurtosis over that of normal samples: printed ${claimPhrase(ledger, "kurtosis-2023")}, ours ${claimPhrase(ledger, "kurtosis")}.`
    : notApplicable,
);

// %% [markdown]
/*
## Step 5: betas over time

Betas of regressions, in weeks. Volatile is what coins were in the thirteen weeks before.
*/

// %%
show(
  applies
    ? text`Beta on EQUITY in the weeks of 2018 and 2019: ${claimPhrase(ledger, "early")}. It rises by ${claimPhrase(ledger, "rising-volatility")} in volatile weeks and by ${claimPhrase(ledger, "rising-halving")} in the year after a halving, and from that to the second year by ${claimPhrase(ledger, "decoupling")}.`
    : notApplicable,
);

// %% [markdown]
/*
## Step 7: Fama-French factors

The same networks with and without the factors among their inputs.
*/

// %%
show(
  applies
    ? text`The factors among the networks' inputs reduce the RMSE on unseen months by ${claimPhrase(ledger, "reduction", " %")} where 2 to 3 % are claimed; any reduction: ${claimPhrase(ledger, "marginal")}. They explain ${claimPhrase(ledger, "little")} of the coins' variance, adjusted for their number.`
    : notApplicable,
);

// %% [markdown]
/*
## Step 9: portfolio sorts

A flat slope is a claim that there is no more than so much: an interval that reaches further than one percent a month cannot support it.
*/

// %%
show(
  applies
    ? text`Fourth minus first quartile, log return a month: ${claimPhrase(ledger, "dispersion")}; from one quartile to the next ${claimPhrase(ledger, "flat-slope")}. Two high-beta minus two low-beta coins, simple return: ${claimPhrase(ledger, "stratification")}. Each coin's own OLS betas hedge ${claimPhrase(ledger, "low-power")} of the squared returns.`
    : notApplicable,
);

// %% [markdown]
/*
## Discussion

Co-movement is called weak here within a correlation of 0.3: a tenth of the variance.
*/

// %%
show(
  applies
    ? text`Correlations, mean of coins: EQUITY ${claimPhrase(ledger, "comovement-equity")}, ENERGY ${claimPhrase(ledger, "comovement-energy")}, GOLD ${claimPhrase(ledger, "comovement-gold")}, FIAT ${claimPhrase(ledger, "comovement-fiat")}; the lowest ${claimPhrase(ledger, "negative")}. After quarters in which coins rose, the beta on EQUITY is higher by ${claimPhrase(ledger, "bullish-equity")}, on ENERGY by ${claimPhrase(ledger, "bullish-energy")}.`
    : notApplicable,
);

// %%
show(
  applies
    ? text`Weight of the coins in the portfolio of least variance: in all weeks ${claimPhrase(ledger, "diversification")}, when markets are correlated ${claimPhrase(ledger, "diversification-correlated")}. In the worst weeks of EQUITY the beta on it is higher than in calm ones by ${claimPhrase(ledger, "contagion")}, in the four weeks after by ${claimPhrase(ledger, "contagion-short")}. Factors, dollar, gold and energy together explain ${claimPhrase(ledger, "classical")} of the coins' variance.`
    : notApplicable,
);

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
const options = {
  market: "EQUITY",
  marketSets: study.marketSets.filter((set) =>
    ["FIAT", "EQUITY", panel.markets.join("+")].includes(set),
  ),
  years: ["2020", "2021", "2022"],
  testYears: ["2021", "2022"],
  fitFrom: study.split.inSample.from,
  through: study.walkForward.test.through,
  draws: 999,
  seed: study.seed,
};
const narrow = { ...study.grid, hidden: study.grid.hidden.slice(0, 1) };
const inMonths = applies
  ? await multiverse(
      panel,
      factors,
      {
        ...options,
        windows: [6, 12, 24],
        inputs: [6, 12],
        networks: (lookback) =>
          gainCandidates(trainer, {
            ...study,
            lookback,
            grid: narrow,
            starts: ["glorot"],
          }).filter(({ estimator }) => estimator.id.startsWith("neural")),
      },
      progress("equity series, months"),
    )
  : [];
const inWeeks = applies
  ? await multiverse(
      weekly,
      await readFactors({ factors: shippedFile("factors-weekly.csv"), frequency: "weekly" }),
      { ...options, windows: [26, 52, 104], inputs: [] },
      progress("equity series, weeks"),
    )
  : [];
const specifications = [...inMonths, ...inWeeks];
show(applies ? tableMultiverse(specifications) : notApplicable);

// %%
const coMovement = specifications.filter((of) => of.claim === "co-movement");
const weak = ledger.find((row) => row.id === "comovement-equity")?.region ?? {
  lower: -0.3,
  upper: 0.3,
};
const moving = intervalPlaces(coMovement, weak);
const weakCaption = text`Of ${moving.n} intervals ${moving.inside} lie inside the claim's region (shaded), ${moving.below + moving.above} wholly outside, and ${moving.open} overlap its edge; ${coMovement.filter((of) => of.upper < 0).length} lie below zero. Beta on equities in standard deviations, 95 % bootstrap intervals, the longest cut; log returns, months and weeks through ${panel.dates.at(-1)!}.`;
show(
  applies
    ? figureSpecificationCurve(
        coMovement,
        {
          id: "specification-curve",
          region: weak,
          title: "beta on equities, s.d.",
          choices: {
            frequency: (of) => of.frequency,
            equities: (of) => of.equity,
            estimator: (of) =>
              of.estimator === "ols"
                ? "one regression"
                : `rolling, years: ${of.lookback / (of.frequency === "weekly" ? 52 : 12)}`,
            intercept: (of) => of.intercept,
            coin: (of) => of.coin,
            from: (of) => of.from.slice(0, 4),
          },
        },
        weakCaption.sentence,
      )
    : notApplicable,
);

// %%
const gains = specifications.filter((of) => of.claim === "factor gain");
const claimed = ledger.find((row) => row.id === "reduction")?.region ?? {
  lower: 2,
  upper: 3,
};
const gained = intervalPlaces(gains, claimed);
const any = intervalPlaces(gains, { lower: 0, upper: Infinity });
const gainCaption = text`Of ${gained.n} intervals ${gained.inside} lie inside the claimed 2 to 3 % (shaded), ${gained.below + gained.above} wholly outside, and ${gained.open} overlap it; ${any.inside} lie above zero, where the factors help, and ${any.below} below. Reduction of the hedging RMSE by the factors, 95 % bootstrap intervals, the longest cut; log returns, months and weeks through ${panel.dates.at(-1)!}.`;
show(
  applies
    ? figureSpecificationCurve(
        gains,
        {
          id: "specification-curve-factors",
          region: claimed,
          title: "reduction of the RMSE, %",
          choices: {
            frequency: (of) => of.frequency,
            equities: (of) => of.equity,
            markets: (of) => of.marketSet,
            "estimator, experiment": (of) => of.estimator,
            "look-back, years": (of) =>
              Number.isNaN(of.lookback)
                ? "all"
                : String(of.lookback / (of.frequency === "weekly" ? 52 : 12)),
            "tested from": (of) => of.from.slice(0, 4),
          },
        },
        gainCaption.sentence,
      )
    : notApplicable,
);

// %%
const together = coMovement.filter((of) => of.coin === "all");
const months = intervalPlaces(
  together.filter((of) => of.frequency === "monthly"),
  weak,
);
const weeks = intervalPlaces(
  together.filter((of) => of.frequency === "weekly"),
  weak,
);
const positive = coMovement.filter((of) => of.lower > 0).length;
show(
  applies
    ? text`Mean of the coins: in months ${months.below + months.above} of ${months.n} intervals lie wholly outside a weak co-movement and ${months.inside} inside, in weeks ${weeks.below + weeks.above} and ${weeks.inside} of ${weeks.n}. Of all ${coMovement.length}, coins one by one included, ${positive} lie above zero.`
    : notApplicable,
);
