// %% [markdown]
/*
# 12 · Daily rivals

**Question.** Do the betas that others build from daily data, realised, GARCH and slope-winsorised ones, hedge better than a constant?

Report: none; the report has only months, and no rival estimator. Inputs: `data/daily.csv` (the panel itself where a study has days), `data/funds-daily.csv`, `data/studies/imf.json`. Outputs: tables
`daily-rivals`, `realised-predictions`, `recurrent-trial`, `study-claims-imf`; figures `daily-ladder`, `recurrent-weights`. Run time: about a minute, seconds when the betas are known.
Expect: where betas move, as those of an energy fund on oil do, an estimator that follows them has a lower RMSE than the pooled constant, with its whole interval.
*/

// %% tags=["needs:walkForward"]
import {
  CACHE,
  cachedTrainer,
  coinReturns,
  dailyLadder,
  dailySource,
  dcc,
  dccBeta,
  dccFilter,
  figureLadder,
  figureRecurrentWeights,
  formatNumber,
  fundsSource,
  garch,
  garchFilter,
  inRange,
  isReportPanel,
  isReportStudy,
  marketNames,
  marketReturns,
  outOfSampleTests,
  POWER,
  progress,
  quantile,
  RECURRENT_PLAN,
  readClaims,
  readPanel,
  readStudy,
  realisedBeta,
  realisedPredictions,
  recurrentTrial,
  selectMarkets,
  seriesPair,
  shippedFile,
  show,
  showWhen,
  simdTrainer,
  studyClaims,
  studyLedger,
  tableDailyRivals,
  tableRealisedPredictions,
  tableRecurrentTrial,
  tableStudyClaims,
  text,
  VERDICTS,
  walkedUpdated,
  walkForwardSplits,
} from "neural-beta";

const study = await readStudy();
const own = study.frequency === "daily" ? await readPanel(study) : undefined;
const days = own ?? (isReportPanel(study) ? await readPanel(dailySource) : undefined);
const funds = await readPanel(fundsSource("daily"));
const trainer = cachedTrainer(simdTrainer(), CACHE);
const bootstrap = { ...study.bootstrap, draws: 999, seed: study.seed };

// %% [markdown]
/*
## The idea, by hand

Engle's beta comes from dynamic conditional correlations. Each series has a variance that follows its own shocks,
$h_t = \omega + \alpha e_{t-1}^2 + \beta h_{t-1}$. The standardised shocks, $z = e / \sqrt h$, have a correlation that follows their products,
$Q_t = (1 - a - b) S + a z_{t-1} z_{t-1}' + b Q_{t-1}$. Then $\beta_t = \rho_t \sqrt{h_{r,t} / h_{f,t}}$. Parameters are estimated on the days before
the test year; variances and correlation are updated every day.
*/

// %%
const energy = seriesPair(funds, "XLE", "SPY");
const fit = { from: "2010-01", through: "2019-12" };
const before = energy.dates.filter((date) => inRange(date, fit)).length;
const pair = [coinReturns(energy, "XLE"), marketReturns(energy, "SPY")];
const parameters = pair.map((returns) => garch(returns.subarray(0, before)));
const variances = pair.map((returns, s) =>
  garchFilter(returns, parameters[s]!, { sample: before }),
);

// %%
const z = Float64Array.from({ length: 2 * energy.dates.length }, (_, at) => {
  return variances[at % 2]!.standardized[Math.floor(at / 2)]!;
});
const shocks = dcc(z.subarray(0, 2 * before), { series: 2 });
const { correlations } = dccFilter(z, shocks, { series: 2, sample: before });
const crash = energy.dates.findIndex((date) => date >= "2020-04-01");
const [rho, fund, market] = [
  correlations[4 * crash + 1]!,
  variances[0]!.variances[crash]!,
  variances[1]!.variances[crash]!,
];
const fromLibrary = dccBeta(energy, { fit, update: "frozen" });
show(
  text`XLE on SPY, ${energy.dates[crash]!}: correlation ${formatNumber(rho, 2)}, daily volatility ${formatNumber(100 * Math.sqrt(fund), 1)} and ${formatNumber(100 * Math.sqrt(market), 1)} %. By hand ${formatNumber(rho * Math.sqrt(fund / market), 4)}, by the library ${formatNumber(fromLibrary.values[crash]!, 4)}. Shocks: a ${formatNumber(shocks.a, 3)}, b ${formatNumber(shocks.b, 3)}.`,
);

// %% [markdown]
/*
## Who is compared

These betas are compared on the same days, and each is estimated anew before every day:

- the classical ladder with a year as window: pooled, historical, rolling, exponentially weighted, Blume, Vasicek, Dimson with one lag (a coin's day ends at 24:00 UTC, a fund's at 16:00 in New
  York), Kalman, the bank of filters;
- Welch's beta, whose single days are bounded, and Frazzini and Pedersen's, a correlation of five years with volatilities of one;
- forecasts of the month's realised beta: autoregressions on the last month (`ar1`) and on means of one, three and twelve months (`har`), and a local level with the realised beta's own variance (`realised-level`);
- DCC and its consistent form, cDCC; the amortised beta of notebook 11;
- NeuralBeta's layers: gated recurrent units read the last 64 rows; `nb` makes the beta of their last state, `nbi` weighs the rows of a least squares. They are trained once a year by the
  hedging loss, pooled over assets, on the years before the last, which chooses the pass. Two networks with eight units are averaged. NBI with residuals, the variant that is shown below
  on series with known betas, is left out: it would add more than half of the networks' time.

A study with a budget is compared on one market, and without recurrent networks. Windows, half-lives and priors are those of the literature; none is chosen here. The funds show what a method can do where betas move.
*/

// %%
const testYears = { from: "2021-01", through: "2024-12" };
const pairs = [
  ["XLE", "SPY"],
  ["XLE", "USO"],
  ["GLD", "DOLLAR"],
] as const;
const fundSets = pairs.map(([asset, hedge]) => ({
  set: `${asset} on ${hedge}`,
  panel: seriesPair(funds, asset, hedge),
}));
const shownMarket = days?.markets.find((name) => name === "EQUITY") ?? days?.markets[0];
// What a budget pays for: one market, and no recurrent networks.
const isWhole = study.budget === undefined;
const all = isWhole ? [...(days?.markets ?? []), study.marketSets.at(-1)!] : [shownMarket!];
const coinNames = days ? [...new Set(all)] : [];
const coinSets = coinNames.map((set) => ({
  set,
  panel: selectMarkets(days!, marketNames(set)),
}));

// %%
const yearly = { lookback: 0, refit: "yearly" } as const;
const paid = { recurrent: isWhole };
const onFunds = await walkedUpdated(fundSets, (markets) => dailyLadder(markets, trainer, paid), {
  splits: walkForwardSplits(funds.dates, { ...yearly, from: funds.dates[0]!, test: testYears }),
  onProgress: progress("funds"),
});
const { test } = study.walkForward;
const onCoins = days
  ? await walkedUpdated(coinSets, (markets) => dailyLadder(markets, trainer, paid), {
      splits: walkForwardSplits(days.dates, { ...yearly, from: days.dates[0]!, test }),
      onProgress: progress("market sets of coins"),
    })
  : [];

// %%
const samples = [
  { sets: onCoins, sample: { name: "coins", range: test } },
  { sets: onFunds, sample: { name: "funds", range: testYears } },
];
const tests = samples.flatMap(({ sets, sample }) => outOfSampleTests(sets, sample, bootstrap));
const spans = `${days ? `coins ${test.from} to ${test.through}, ` : ""}funds ${testYears.from} to ${testYears.through}, daily`;
const shown = [...(shownMarket ? [shownMarket] : []), ...fundSets.map(({ set }) => set)];
show(tableDailyRivals(tests, shown, spans));

// %%
const told = tests.filter(({ n }) => n > 0);
const better = told.filter((row) => row.changeUpper < 0);
const ladderCaption = text`Of ${String(told.length)} pairs of estimator and set, ${String(better.length)} reliably beat the constant (their interval lies wholly below zero), ${String(better.filter((row) => row.marketSet.includes(" on ")).length)} of them on funds. RMSE minus that of the pooled constant, log returns, ${String(100 * study.bootstrap.level)} % bootstrap of whole dates; ${spans}.`;
show({ ...figureLadder(tests, "pooled", ladderCaption.sentence), id: "daily-ladder" });

// %% [markdown]
/*
## The realised beta to come

A hedge has a hundred times the noise of a beta. Daily returns measure a month's beta directly, $\sum f r / \sum f^2$, with a standard error. The
betas above are known before the month begins, and predict it. The loss is measured in standard errors, so that months in which the market stood still
count little.
*/

// %%
const predictions = samples.flatMap(({ sets, sample }) =>
  sets.flatMap((set) => realisedPredictions(set, sample, { period: "monthly" })),
);
show(tableRealisedPredictions(predictions, shown, spans));

// %%
const single = predictions.filter(
  ({ estimator, periods }) => periods > 0 && estimator !== "zero" && estimator !== "pooled",
);
const firm = single.filter((row) => row.dmPValue < 0.05);
show(
  text`Of ${String(single.length)} predictions, ${String(single.filter((row) => row.r2 > 0).length)} have a lower loss than the pooled constant; with a p-value below 0.05, ${String(firm.filter((row) => row.r2 > 0).length)} are better and ${String(firm.filter((row) => row.r2 < 0).length)} worse.`,
);

// %%
const medians = coinSets
  .filter(({ set }) => set === shown[0])
  .flatMap(({ panel }) =>
    [0, 1].map((lags) => {
      const { values } = realisedBeta(panel, { period: "monthly", lags });
      return formatNumber(quantile(values.filter(Number.isFinite).sort(), 0.5), 2);
    }),
  );
showWhen(
  days !== undefined,
  "the study has no coins in days",
)(
  () =>
    text`A coin's day ends hours after a fund's. The median monthly realised beta (${shown[0]!}) is ${medians[0]!} from the same days, and ${medians[1]!} if the market's day before counts too.`,
);

// %% [markdown]
/*
## NeuralBeta's layers where betas are known

Did the recurrent networks gain nothing because there was nothing to gain, or because they cannot learn? Their authors' experiment answers this. Each
window has 64 rows, and a beta that is constant, a cycle, one step or a random walk. Every round of training has fresh series; all methods are scored
on the same ones. Weighted least squares has the half-life that is best on the scored series. On steps, the posterior mean that knows how the series
were made is a ceiling for every method. On a random walk no method can gain much: weighted least squares is nearly its exact filter.

NBI reads the newest row first here, with two more inputs: $\log(1 + e^2)$ and $e x$, where $e$ is the standardised residual of each row by a least
squares on the newer ones. A row that does not fit the newer ones is older than the jump. Training is half as long as in the project's long tests,
where each of three seeds reaches more than 0.92 of the ceiling's share on steps. No data enter, so that other studies' reports leave the trial out.
*/

// %%
const ours = isReportStudy(study);
const showTrial = showWhen(ours, "the trial knows no data, and is in the shipped study's report");
const plan = { ...RECURRENT_PLAN, rate: 3e-3 };
const size = { lookback: 64, series: 20_480, rounds: 4, validation: 4096, test: 20_480 };
const trial = ours
  ? await recurrentTrial({
      ...size,
      ...{ networks: [{ head: "nbi", hidden: 8, residuals: true }], plan, seed: 1, cache: CACHE },
      onProgress: progress("recurrent networks"),
    })
  : [];
const simulated = `simulated, ${size.rounds} rounds of ${size.series} series to train on, ${size.test} to score on`;
showTrial(() => tableRecurrentTrial(trial, simulated));

// %%
const recurrent = trial.filter(({ weights }) => weights);
const steps = trial.filter(({ process }) => process === "steps");
const [weighted, ceiling, network] = ["wls", "bayes", "nbi-residuals 8"].map(
  (id) => steps.find(({ estimator }) => estimator === id)?.share ?? Number.NaN,
);
showTrial(() =>
  figureRecurrentWeights(
    recurrent,
    `Where beta moves in steps, NBI reaches ${formatNumber(network! / ceiling!, 2)} of the exact ceiling's share, and the best weighted least squares ${formatNumber(weighted! / ceiling!, 2)}. Mean weight of the rows before a date, 1 at the start of training; ${simulated}.`,
  ),
);

// %% [markdown]
/*
## A second published study

The same ledger judges any study. The International Monetary Fund's note of 11 January 2022, *Crypto Prices Move More in Sync With Stocks*, gives
daily correlations of Bitcoin and the S&P 500: 0.01 in 2017 to 2019, and 0.36 in 2020 and 2021. It says that the latter is higher than the correlation
of stocks with gold or major currencies. The note names neither calendar nor kind of return, so that each claim has four rows: days on which all
series trade or each series' own, log returns or simple ones. Claims about printed numbers are arithmetic on the sample; those about a rise or a lead
have intervals. We measure "major currencies" by the broad dollar index.
*/

// %%
const note = await readStudy(shippedFile("studies/imf.json"));
const noted = await readPanel(note);
const claimed = studyClaims(note, readClaims(note.claims, note)).filter(({ statistic }) =>
  statistic.startsWith("correlation"),
);
const ledger = await studyLedger(claimed, {
  ...{ panel: noted, walked: [], range: note.walkForward.test },
  bootstrap: { draws: 1999, seed: study.seed },
});
const noteSpan = `daily, ${noted.dates[0]!} to ${noted.dates.at(-1)!}`;
show({ ...tableStudyClaims(ledger, noteSpan), id: "study-claims-imf" });

// %%
const standing = VERDICTS.map(
  (verdict) => `${ledger.filter((row) => row.verdict === verdict).length} ${verdict}`,
).join(", ");
const printedRows = [0.01, 0.36].map((number) => ledger.filter((row) => row.reported === number));
const spread = printedRows.map((rows) =>
  [Math.min, Math.max].map((end) => formatNumber(end(...rows.map((r) => r.measured)), 3)),
);
show(
  text`Of ${String(ledger.length)} rows: ${standing}. By the four conventions the correlation is ${spread[0]!.join(" to ")} where the note prints 0.01, and ${spread[1]!.join(" to ")} where it prints 0.36; ${String(printedRows[0]!.filter((row, i) => row.verdict === "supported" && printedRows[1]![i]!.verdict === "supported").length)} conventions give both numbers.`,
);

// %% tags=["conclusion"]
const [coins, onFund] = [false, true].map((fundsOnly) =>
  told.filter((row) => row.marketSet.includes(" on ") === fundsOnly && row.estimator !== "zero"),
);
const counts = [coins!, onFund!].map((rows) => {
  const least = rows.map((row) => (100 * row.detectable) / (row.rmse - row.rmseChange));
  const median = quantile(
    least.filter(Number.isFinite).sort((a, b) => a - b),
    0.5,
  );
  const firmly = rows.filter((row) => row.rmseChange < 0 && row.hacPValue < 0.05);
  return `${firmly.length} of ${rows.length} hedge better than the pooled constant at 5 % (detectable: ${formatNumber(median, 1)} %, median)`;
});
show(
  text`${days ? `On coins ${counts[0]!}; the tests are counted before any correction. ` : ""}On funds ${counts[1]!}. A detectable reduction is one that the test would find in ${String(100 * POWER.power)} % of samples.`,
);
