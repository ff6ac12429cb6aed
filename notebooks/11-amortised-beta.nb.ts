// %% [markdown]
/*
# 11 · An amortised beta

**Question.** Can one small network, trained once on simulated series, give good betas of any series without being trained on it?

Report: none; the report's networks are trained on 144 rows of one panel, and lose to a constant. Inputs: the shipped weights (`npm run amortise` makes them from nothing), the
panel of notebook 00, `data/weekly.csv`, `data/funds-weekly.csv`, `data/funds-daily.csv`. Outputs: tables `amortised-prior`, `amortised-lookbacks`, `amortised-shares`, `amortised-panels`, `amortised-weights`, `amortised-regrets`; figures
`amortised-beta`, `amortised-training`. Run time: about half a minute. Expect: a share above zero where beta moves, not far below it where beta stands still,
and intervals that hold about 95 % of the true betas.
*/

// %%
import {
  amortisedBeta,
  amortisedCard,
  amortisedPanelBeta,
  amortisedWeights,
  BETA_PROCESSES,
  bankBeta,
  dataLabel,
  ewmaBeta,
  figureAmortised,
  figureAmortisedTraining,
  formatNumber,
  fundsSource,
  historicalBeta,
  isReportPanel,
  marketNames,
  mean,
  panelShares,
  pooledBeta,
  priorSeries,
  processScores,
  progress,
  readPanel,
  readStudy,
  regrets,
  rollingBeta,
  selectMarkets,
  seriesPair,
  show,
  singleMarkets,
  tableAmortisedWeights,
  tablePanelShares,
  tablePrior,
  tableProcessScores,
  tableRegrets,
  tableSharesByLookback,
  text,
  vasicekBeta,
  weeklyStudy,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const card = amortisedCard();

// %% [markdown]
/*
## The idea, by hand

A bank of 57 cheap filters runs over the series. Of these, 56 combine seven speeds of a random-walk beta with a plain or a robust update and four
priors around zero; the last is zero itself. The network sees the loss of each filter so far, in units of the noise, and gives weights $w_j$ that sum
to one. Its beta is $\sum_j w_j E_j$ plus a few gated state terms. The network never sees a return, so that neither the unit nor the market nor the
length of the history matters.
*/

// %%
const series = priorSeries("notebook", 13, { rows: 200, process: 1 });
const found = amortisedBeta(series.y, series.x);
const now = 200;
const weights = found.weights.subarray(57 * now, 57 * (now + 1));
const experts = found.experts.subarray(57 * now, 57 * (now + 1));
const byHand = experts.reduce((sum, beta, j) => sum + weights[j]! * beta, found.terms[now]!);
const most = weights.reduce((best, w, j) => (w > weights[best]! ? j : best), 0);
show(
  text`At row ${String(now)} the 57 experts lie between ${formatNumber(Math.min(...experts), 2)} and ${formatNumber(Math.max(...experts), 2)}; the heaviest has weight ${formatNumber(weights[most]!, 2)}. Their weighted beta is ${formatNumber(byHand, 4)} by hand and ${formatNumber(found.betas[now]!, 4)} from the library.`,
);

// %%
const tested = [...series.betas.keys()].filter((t) => t >= 60);
const inside = tested.filter(
  (t) => found.lower[t]! <= series.betas[t]! && series.betas[t]! <= found.upper[t]!,
);
const steps = Array.from(series.betas, (beta, t) =>
  Math.abs(beta - series.betas[Math.max(0, t - 1)]!),
);
const jump = steps.indexOf(Math.max(...steps));
const [fast, later, last] = [jump, jump + 12, now].map((t) =>
  mean(Array.from({ length: 56 }, (_, j) => (j % 7 > 3 ? 56 * found.weights[57 * t + j]! : 0))),
);
const jumpCaption = text`After the jump at row ${String(jump)} the weight of the three fastest groups rises from ${formatNumber(fast!, 2)} to ${formatNumber(later!, 2)} twelve rows later, and is ${formatNumber(last!, 2)} at the end. The 95 % intervals hold ${formatNumber((100 * inside.length) / tested.length, 0)} % of the true betas from row 60 on; one simulated series.`;
show(figureAmortised(found, series.betas, jumpCaption.sentence));

// %% [markdown]
/*
## What it was trained on

The network is trained on draws from this prior and nothing else. The shares of constants and of fast processes decide how soon its beta follows a
change.
*/

// %%
show(tablePrior());

// %%
const lastRound = card.curve.at(-1)!;
const trainingCaption = text`After ${String(card.steps)} steps on ${formatNumber(card.rows / 1e6, 2)} million simulated rows, the share of a network with ${String(card.parameters)} weights levels off at ${formatNumber(lastRound.share, 3)}. Scores after every round, on series that are never trained on.`;
show(figureAmortisedTraining(card, trainingCaption.sentence));
show(
  text`On ${String(card.test.series)} fresh series of the prior the share is ${formatNumber(card.test.share, 3)}, and ${formatNumber(card.test.bankShare, 3)} if the bank is weighted without a network (paired t of the difference ${formatNumber(card.test.tStat, 1)}).`,
);

// %% [markdown]
/*
## By process and length

Each process has fresh series; six processes lie outside the prior. The estimator *bank* weights the same filters by $\exp(\frac14 \text{gain})$,
without a network.
*/

// %%
const many = isReportPanel(study) ? 200 : 20;
const scores = processScores(many, [12, 24, 60, 120]);
show(tableSharesByLookback(scores));
show(tableProcessScores(scores, many));

// %%
const network = scores.filter((row) => row.estimator === "amortised");
const worst = network.reduce((a, b) => (b.share < a.share ? b : a));
const loosest = network.reduce((a, b) => (b.coverage < a.coverage ? b : a));
show(
  text`The lowest share is ${formatNumber(worst.share, 2)} (${worst.process}, ${worst.prior} the prior, ${String(worst.lookback)} rows), and the lowest coverage ${formatNumber(loosest.coverage, 2)} (${loosest.process}, ${loosest.prior} the prior, ${String(loosest.lookback)} rows). The network is worse than least squares in ${String(network.filter((row) => row.share < 0).length)} of ${String(network.length)} cells.`,
);

// %% [markdown]
/*
## Panels

With several coins, the mean coin and the deviations from it are estimated separately: $\beta_i = m + N(\bar y - m x) + N(y_i - \bar y)$, where $m$ is
the least-squares beta of the mean so far. The panels come from the six processes of notebook 06, which are similar to those of the prior. Each
process has forty panels, or four where the study is not on the shipped months.
*/

// %%
const intervals = false;
const paths = [
  { estimator: "vasicek", path: (seen, from) => vasicekBeta(seen, { from }) },
  { estimator: "ewma", path: (seen, from) => ewmaBeta(seen, { from, intervals, halfLife: 48 }) },
  { estimator: "bank", path: (seen, from) => bankBeta(seen, { from }) },
  {
    estimator: "amortised",
    path: (seen, from, dates) => amortisedPanelBeta(seen, { from, dates }),
  },
] satisfies Parameters<typeof panelShares>[0];
const simulation = {
  ...{ seeds: Array.from({ length: many / 5 }, (_, i) => 90_001 + i), from: 12, scored: 120 },
  ...{ periods: 180, coins: 4, markets: 1, degreesOfFreedom: 5 },
};

// %%
const onProgress = progress("simulated panels");
const shares = panelShares(paths, BETA_PROCESSES, { ...simulation, onProgress });
show(tablePanelShares(shares, `${many / 5} panels a process, 60 tested months, 4 coins, 1 market`));

// %%
const ours = shares.filter((row) => row.estimator === "amortised" && row.process !== "all");
const lowest = ours.reduce((a, b) => (b.share < a.share ? b : a));
const pooled = shares.find((row) => row.estimator === "amortised" && row.process === "all")!;
show(
  text`The amortised beta has a mean share of ${formatNumber(mean(ours.map((row) => row.share)), 2)}, a pooled one of ${formatNumber(pooled.share, 2)}, and its lowest is ${formatNumber(lowest.share, 2)} (${lowest.process}). Its intervals hold ${formatNumber(pooled.coverage, 3)} of the true betas.`,
);

// %% [markdown]
/*
The next table shows how the same network weights the filters on the study's own coins, before every date of the walk forward. It has the mean of the
coins, and every coin less that mean.
*/

// %%
const { split, marketSets, walkForward } = study;
const leaning = { from: split.inSample.from, dates: walkForward.test };
const leaned = Object.fromEntries(
  marketSets.map((set) => [set, amortisedWeights(selectMarkets(panel, marketNames(set)), leaning)]),
);
show(tableAmortisedWeights(leaned, `${dataLabel(study)}, walk-forward`));

// %%
const still = Object.entries(leaned).map(([set, rows]) => {
  const share = mean(rows.map((row) => row.weights[0]! + row.weights[1]!));
  return `${set} ${formatNumber(share, 2)}`;
});
show(
  text`On average over series and dates, no beta and a constant together have the weight ${still.join(", ")}.`,
);

// %% [markdown]
/*
## Real series

The test is zero-shot: nothing was trained or chosen on these series. The regret is the excess of an estimator's error over that of the best of six
classical ones, chosen in hindsight for each set. The funds are pairs whose betas are known to move: energy shares on the market and on oil, gold on
the market and on the dollar, oil on the market. Where beta hardly moves, as on coins, no estimator beats the pooled constant by more than chance.
*/

// %%
const sources = [fundsSource("weekly"), fundsSource("daily")];
const funds = await Promise.all(sources.map((source) => readPanel(source)));
const names = [
  ["XLE", "SPY"],
  ["XLE", "USO"],
  ["GLD", "SPY"],
  ["GLD", "DOLLAR"],
  ["USO", "SPY"],
] as const;
const pairs = funds.flatMap((all) =>
  names.map(([asset, market]) => ({
    set: `${all.frequency} ${asset} on ${market}`,
    panel: seriesPair(all, asset, market),
  })),
);

// %%
const weekly = isReportPanel(study) ? await readPanel(weeklyStudy(study)) : undefined;
const sets = [...singleMarkets(panel), ...(weekly ? singleMarkets(weekly) : []), ...pairs];

// %%
const classical = [
  { estimator: "pooled", path: (seen, from) => pooledBeta(seen, { from }) },
  { estimator: "historical", path: (seen, from) => historicalBeta(seen, { from, intervals }) },
  { estimator: "rolling", path: (seen) => rollingBeta(seen, { lookback: 24, intervals }) },
  { estimator: "ewma 24", path: (seen, from) => ewmaBeta(seen, { from, intervals, halfLife: 24 }) },
] satisfies Parameters<typeof panelShares>[0];
const rivals = [...classical, ...paths.slice(0, 2)].map(({ estimator }) => estimator);
const regret = regrets(sets, [...classical, ...paths], rivals);
show(tableRegrets(regret, `${String(sets.length)} sets; ${dataLabel(study)}`));

// %% tags=["conclusion"]
const real = regret.filter((row) => row.estimator === "amortised");
const dearest = real.reduce((a, b) => (b.regret > a.regret ? b : a));
show(
  text`On ${String(sets.length)} sets the amortised beta has a mean regret of ${formatNumber(mean(real.map((row) => row.regret)), 4)}; the greatest is ${formatNumber(dearest.regret, 4)} (${dearest.set}). Its RMSE is lower than every classical one on ${String(real.filter((row) => row.regret < 0).length)} sets.`,
);
