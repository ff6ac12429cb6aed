// %% [markdown]
/*
# 09 · Portfolio sorts

**Question.** Do coins with high betas earn other returns than coins with low betas?

Report: Step 9 and its table of sorted portfolios. Inputs: the panel of notebook 00; `data/factors-monthly.csv` for the risk-free return; `data/reported/sorts.csv`.
Outputs: tables `reported-sorts`, `portfolio-sorts`, `portfolio-returns`, `portfolio-performance`; figure `portfolio-wealth`. Run time: about a quarter of a minute when notebook 06 has run.
Expect: the report prints an excess return of 0.3565 for its second FIAT portfolio of January 2023; that is one coin.
*/

// %% tags=["needs:split","needs:walkForward","after:06","trains:walk"]
import {
  CACHE,
  cachedTrainer,
  coinPricing,
  dataLabel,
  factorGap,
  fewestCoins,
  figurePortfolioWealth,
  formatNumber,
  holmPValues,
  isNetwork,
  isReportStudy,
  ladder,
  longShortAlphas,
  matchReportedSorts,
  mean,
  missingCoins,
  performanceRows,
  portfolioSorts,
  progress,
  readFactors,
  readPanel,
  readRecords,
  readStudy,
  shippedFile,
  showWhen,
  simdTrainer,
  studySplits,
  tablePortfolioPerformance,
  tablePortfolioReturns,
  tablePortfolioSorts,
  tableReportedSorts,
  text,
  zeroRates,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const factors = await readFactors(study);
const gap = factorGap(panel, factors);
const rates = gap === undefined ? factors : zeroRates(panel);
const { quantiles, cost } = study.sorts;
const sortable = panel.coins.length >= quantiles * fewestCoins(panel.coins.length);
const showReported = showWhen(
  isReportStudy(study),
  "the report prints results of its own data, look-back and split only",
);
const showPricing = showWhen(gap === undefined, gap ?? "");

// %% [markdown]
/*
## What the report sorted

Its table prints three "quartiles" of January 2023 and two of February, without the coins. Its excess return is the coin's log return minus that of
the market it is sorted on. Each printed return can therefore be compared with the four coins of its month.
*/

// %%
const printed = await readRecords(shippedFile("reported/sorts.csv"));
const matches = isReportStudy(study) ? matchReportedSorts(printed, panel, []) : [];
const january = matches.filter(({ date }) => date === "2023-01-31");
const missing = missingCoins(matches, panel.coins, "2023-01-31");
const furthest = Math.max(...january.map((m) => m.difference));
const next = Math.min(...january.map((m) => m.nextDifference));
showReported(
  () =>
    text`January 2023 holds ${january.map((m) => m.coin).join(", ")}, from the lowest beta: each within ${furthest} of the printed return, while the next nearest coin is ${next} away or more. No portfolio holds ${missing.join(", ")}: the report has no fourth quartile in that month.`,
);

// %% [markdown]
/*
A "portfolio" is thus a single coin. Its "excess return" is over the dollar, not over a riskless return, so that the same coin has another excess
return in the sort on gold. Below, the report's definition stands beside a sort that an investor could hold:

- Two to five coins are sorted into halves, six or more into terciles, ten or more into quartiles, twenty or more into quintiles and fifty or more
  into deciles, unless the study says how many.
- Portfolios are equal-weighted and ranked by a walk-forward beta on one market. The beta dated $t$ is known at the end of $t - 1$, so that there is
  no second lag.
- Returns are simple ones over the one-month bill, where its rate covers the dates. The long-short portfolio is long the high and short the low betas,
  and has a Newey-West t.
- Turnover has a proportional cost. Betting against beta has legs that are scaled to a beta of one.
*/

// %%
const splits = studySplits(study, panel.dates);
const samples = [
  { name: "walk-forward", range: study.walkForward.test },
  { name: "split", range: study.split.outOfSample },
];
const estimators = ladder(cachedTrainer(simdTrainer(), CACHE), study)(1);
const { draws } = study.bootstrap;
const options = { estimators, design: { splits, samples }, quantiles, cost, draws };
const span = `${dataLabel(study)}, ${splits[0]!.outOfSample.from} to ${splits.at(-1)!.outOfSample.through}`;

// %%
const sorts = sortable
  ? await portfolioSorts(panel, rates, {
      ...options,
      update: "updated",
      seed: study.seed,
      onProgress: progress("sorts"),
    })
  : [];

// %%
const walked = sorts.filter(({ sample }) => sample === "walk-forward");
const rows = performanceRows(sorts);
const able = [...new Set(rows.map((row) => row.estimator))];
const unable = [...new Set(sorts.map((sort) => sort.estimator))].filter((id) => !able.includes(id));
const showSorts = showWhen(
  rows.length > 0,
  sortable
    ? "no date has betas that differ between coins"
    : `the study's ${panel.coins.length} coins do not fill ${quantiles} portfolios`,
);

// %%
// The report sorts by neural betas.
const estimator = able.find((id) => isNetwork({ estimator: id })) ?? able[0] ?? "";
const ordered = [...walked].sort(
  (a, b) => Number(b.estimator === estimator) - Number(a.estimator === estimator),
);
const over = gap === undefined ? "" : ` Returns are not over a riskless one: ${gap}.`;
showSorts(
  () =>
    text`${quantiles} portfolios of ${panel.coins.length} coins. Betas of ${able.join(", ")} differ between coins. Those of ${unable.join(", ")} do not: there is nothing to sort by, and no portfolio.${over}`,
);

// %%
showSorts(() => tablePortfolioSorts(ordered, span));

// %%
showSorts(() => tablePortfolioReturns(ordered, span));

// %% [markdown]
/*
One date is sorted by hand. Coins stand in the order of their betas; the lower half is portfolio 1, and the upper half is portfolio 2.
*/

// %%
const example = walked.find((sort) => sort.definition === "sound" && sort.estimator === estimator);
const N = panel.coins.length;
const t = example ? example.sort.portfolio.findIndex((at) => at > 0) : -1;
const at = Math.floor(t / N) * N;
const rank = [...panel.coins]
  .map((coin, i) => ({ coin, beta: example?.sort.betas[at + i] ?? Number.NaN, place: i }))
  .filter(({ beta }) => Number.isFinite(beta))
  .sort((a, b) => a.beta - b.beta);
const byHand = rank.map((row, i) => ({
  ...row,
  portfolio: Math.floor((i * quantiles) / rank.length) + 1,
}));
const alike = byHand.every(
  ({ place, portfolio }) => example?.sort.portfolio[at + place] === portfolio,
);

// %%
showSorts(
  () =>
    text`${example!.sort.dates[at / N]!}, ${estimator} betas on ${example!.market}: ${byHand.map(({ coin, beta, portfolio }) => `${coin} ${formatNumber(beta, 2)} in portfolio ${portfolio}`).join(", ")}. The library's portfolios are ${alike ? "the same" : "others"}.`,
);

// %% [markdown]
/*
## What the portfolios earned

Portfolio 1 has the lowest betas. Each mean has its 95 % interval; without it, a flat slope and an imprecise one look alike.
*/

// %%
const shown = {
  sample: "walk-forward",
  definition: "sound",
  estimator,
} as const;
showSorts(() => tablePortfolioPerformance(rows, span, { ...shown, cost }));

// %%
const longShort = rows.filter(
  (row) =>
    row.sample === "walk-forward" && row.definition === "sound" && row.portfolio === "long-short",
);
const tested = longShort.filter((row) => !Number.isNaN(row.pValue));
const adjusted = holmPValues(tested.map((row) => row.pValue));
const strongest = [...tested].sort((a, b) => a.pValue - b.pValue)[0];
const showTests = showWhen(tested.length > 0, "no sort has the 24 periods that a test takes");
showTests(
  () =>
    text`High minus low, ${longShort.length} sorts, ${tested.length} of them with the 24 periods that a test takes: the smallest p-value is ${strongest!.pValue} (${strongest!.estimator}, ${strongest!.market}: mean ${strongest!.mean} a period, t ${strongest!.tStat}), and ${Math.min(...adjusted)} after Holm's correction. Intervals are ${mean(tested.map((row) => row.upper - row.lower))} wide on average.`,
);

// %%
const drawn = walked.filter((sort) => sort.definition === "sound" && sort.estimator === estimator);
const above = longShort.filter((row) => row.mean > 0).length;
const caption = text`High betas earned more than low ones in ${above} of ${longShort.length} sorts; the smallest p-value of a difference is ${Math.min(...adjusted)} after Holm's correction. Growth of one unit before costs, ${estimator} betas; ${span}.`;
showSorts(() => figurePortfolioWealth(drawn, caption.sentence));

// %% [markdown]
/*
## Costs

A portfolio that is sorted anew each period trades for two reasons: returns move its weights, and coins change their ranks. The cost is a share of
everything bought or sold.
*/

// %%
const dearest = [...longShort].sort((a, b) => b.turnover - a.turnover)[0];
showSorts(
  () =>
    text`At ${(100 * cost).toFixed(2)} % of what is traded, the dearest sort (${dearest!.estimator}, ${dearest!.market}: turnover ${dearest!.turnover.toFixed(2)} a period) pays ${(100 * (dearest!.mean - dearest!.netMean)).toFixed(2)} % a period: mean ${dearest!.mean} before and ${dearest!.netMean} after costs.`,
);

// %% [markdown]
/*
## Betting against beta

The strategy is long the low and short the high betas, each leg levered to a beta of one (Frazzini and Pedersen 2014). Where the betas of a leg are
not above zero, there is no such leverage; where they are near zero, it is enormous.
*/

// %%
const bab = rows.filter(
  (row) => row.sample === "walk-forward" && row.portfolio === "bab" && row.estimator === estimator,
);
showSorts(
  () =>
    text`Betting against beta, ${estimator} betas: ${bab.map((row) => (row.n > 0 ? `${row.market} mean ${formatNumber(row.mean, 4)}, ${Number.isNaN(row.tStat) ? "no t" : `t ${formatNumber(row.tStat, 2)}`}, drawdown ${formatNumber(row.maxDrawdown, 2)}, ${row.n} of ${row.dates} periods` : `${row.market} none, as no leg has a beta above zero`)).join("; ")}.`,
);

// %% [markdown]
/*
## Is it more than the coins' own market?

A long-short portfolio of coins may earn the return of the market of coins if its legs have different betas on that market. CMKT is the return of the
equally weighted coins over the riskless return. Alpha is the mean return that CMKT does not explain.
*/

// %%
const alphas = sortable ? longShortAlphas(walked, panel, rates) : [];
const ofEstimator = alphas.filter((row) => row.estimator === estimator);
const alphaHolm = holmPValues(alphas.map((row) => row.alphaPValue));
showTests(
  () =>
    text`High minus low by ${estimator} betas, on CMKT: ${ofEstimator.map((row) => `${row.market} alpha ${formatNumber(row.alpha, 4)} a period (t ${formatNumber(row.alphaT, 2)}), beta ${formatNumber(row.beta, 2)} (t ${formatNumber(row.betaT, 2)})`).join("; ")}. Of ${alphas.length} sorts of all estimators, ${alphas.filter((row) => row.alphaPValue < 0.05).length} have an alpha with a p-value below 0.05, and ${alphaHolm.filter((p) => p < 0.05).length} after Holm's correction.`,
);

// %% [markdown]
/*
## Do factors and markets explain the coins at all?

Gibbons, Ross and Shanken (1989) ask whether the intercepts of all coins on the five factors are zero. Huberman and Kandel (1987) ask for more: whether the four markets span the
coins, so that no investor who looks at mean and variance would add one.
*/

// %%
const pricing = gap === undefined ? coinPricing(panel, factors) : undefined;
showPricing(
  () =>
    text`${pricing!.n} periods, ${panel.coins.length} coins. GRS on ${factors.names.join(", ")}: F ${formatNumber(pricing!.grs.statistic, 2)}, p ${formatNumber(pricing!.grs.pValue, 2)}. Spanning by ${panel.markets.join(", ")}: F ${formatNumber(pricing!.spanning.statistic, 2)} with ${pricing!.spanning.degreesOfFreedom.join(" and ")} degrees of freedom, p ${formatNumber(pricing!.spanning.pValue, 2)}; one minus the sum of a coin's slopes is ${pricing!.spanning.deltas.map((delta, i) => `${panel.coins[i]!} ${formatNumber(delta, 2)}`).join(", ")}.`,
);

// %% [markdown]
/*
## The report's sort with our betas

The report sees a "near-flat slope between quartiles". Either the slope is flat, or the noise around it is too large to tell.
*/

// %%
const reports = rows
  .filter((row) => row.definition === "single-coin" && row.portfolio === "long-short")
  .filter((row) => row.estimator === estimator);
const slopes = reports.filter((row) => row.sample === "walk-forward");
const year = reports.filter((row) => row.sample === "split");
const slopeHolm = holmPValues(slopes.map((row) => row.pValue));
showReported(
  () =>
    text`The mean log return a period of quartile 4 minus quartile 1, with its 95 % interval, is ${slopes.map((row) => `${row.market} ${formatNumber(row.mean, 3)} (${formatNumber(row.lower, 3)} to ${formatNumber(row.upper, 3)})`).join("; ")}. The smallest p-value after Holm's correction is ${Math.min(...slopeHolm)}.`,
);

// %%
showReported(
  () =>
    text`In ${year[0]!.n} periods from ${study.split.outOfSample.from} to ${study.split.outOfSample.through}, the out-of-sample block: ${year.map((row) => `${row.market} ${formatNumber(row.mean, 3)}`).join(", ")}.`,
);

// %%
const ours = walked.filter(
  (sort) => sort.definition === "single-coin" && sort.estimator === estimator,
);
showReported(() => tableReportedSorts(matchReportedSorts(printed, panel, ours), estimator));

// %%
showReported(
  () =>
    text`For the report's four quartiles, the p-values of rising and of falling means are ${slopes.map((row) => `${row.market} ${row.increasingPValue.toFixed(2)} and ${row.decreasingPValue.toFixed(2)}`).join("; ")}.`,
);

// %% [markdown]
/*
## Monotone means

Patton and Timmermann (2010) test whether means rise, or fall, from each portfolio to the next. That takes three portfolios.
*/

// %%
const reason = walked.find((sort) => sort.definition === "sound")?.monotonicity.reason ?? "";
const inOrder = longShort.filter((row) => row.estimator === estimator);
showSorts(() =>
  reason === ""
    ? text`The p-values of rising and of falling means are ${inOrder.map((row) => `${row.market} ${row.increasingPValue.toFixed(2)} and ${row.decreasingPValue.toFixed(2)}`).join("; ")}.`
    : text`The sound sort: no test (${reason}).`,
);

// %% [markdown]
/*
## In short
*/

// %% tags=["conclusion"]
const clear = adjusted.filter((p) => p < 0.05).length;
showTests(
  () =>
    text`Coins with high betas earn other returns than coins with low betas by more than chance in ${clear} of ${tested.length} sorts, after Holm's correction; the intervals are ${formatNumber(100 * mean(tested.map((row) => row.upper - row.lower)), 1)} percentage points a period wide on average. ${above} of ${longShort.length} means are above zero.`,
);
