// %% [markdown]
/*
# 05 · Beta dynamics

**Question.** How do the neural betas move over the years, and do they rise in stress or after a halving?

Report: Step 5, whose figures did not survive. Inputs: the panel of notebook 00 and the search of notebook 02.
Outputs: figures `beta-dynamics-…`, one per market, `annual-betas` and `beta-lines`; tables `betas`, `annual-betas`, `episode-betas`, `beta-periods`, `beta-breaks`,
`shifted-betas`, `event-windows`. Run time: about five seconds after notebook 02,
fifteen without its cache.
Expect: the report sees betas near zero in early years that rise slightly in episodes of high volatility.
*/

// %% tags=["needs:split","after:02","trains:search"]
import {
  amortisedPanelBeta,
  annualBetas,
  bankBeta,
  bestConfigurations,
  betaBreak,
  betaPeriods,
  betaWithin,
  CACHE,
  cachedTrainer,
  chosenFits,
  coinReturns,
  dataLabel,
  datesAfter,
  episodeBetas,
  eventWindows,
  figureAnnualBetas,
  figureBetaDynamics,
  figureBetaLines,
  formatNumber,
  formatPValue,
  HALVINGS,
  inRange,
  isNetwork,
  isReportStudy,
  kalmanBeta,
  ladder,
  marketBetas,
  marketNames,
  marketReturns,
  mean,
  meanBeta,
  networkBetas,
  pooledBeta,
  progress,
  quantile,
  readPanel,
  readStudy,
  regionPValue,
  rollingBeta,
  searchNetworks,
  selectMarkets,
  shiftedBetas,
  shippedFile,
  show,
  showWhen,
  simdTrainer,
  standardDeviation,
  stressDates,
  studentMeasurement,
  tableAnnualBetas,
  tableBetaBreaks,
  tableBetaPeriods,
  tableBetas,
  tableEpisodeBetas,
  tableEventWindows,
  tableShiftedBetas,
  text,
  walkedSets,
  weeklyStudy,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const end = panel.dates.at(-1)!;
// The report ends with the out-of-sample block; its networks go on, unchanged, to the panel's end.
const outOfSample = { ...study.split.outOfSample, through: end };
const split = { ...study.split, outOfSample };
const sample = `${dataLabel(study)}, fit ${split.inSample.from} to ${split.inSample.through}, validation ${split.validation.from} to ${split.validation.through}, walk-forward ${outOfSample.from} to ${end}, ${study.grid.replicates} seeds`;

// %% [markdown]
/*
## Betas of the chosen networks

Weights stay as they are at the end of the validation year; a beta moves only with the network's inputs, the last year of returns. Three kinds of
months must be told apart: the months of the fit, the months on which the epoch was chosen, and the later months, which no choice has seen. The year
2024 lies outside the report's tables.
*/

// %%
const trainer = cachedTrainer(simdTrainer(), CACHE);
const rows = await searchNetworks(panel, trainer, { ...study, onProgress: progress("networks") });
const best = bestConfigurations(rows);
const chosen = await chosenFits(panel, trainer, { ...study, split, rows: best });
const betas = chosen.map(networkBetas);
const paths = betas.flatMap(({ marketSet, start, fitted, walkForward }) =>
  [fitted, walkForward].map((path) => ({
    marketSet,
    estimator: `neural-${start}`,
    update: "frozen" as const,
    path,
  })),
);

// %%
const { from } = split.inSample;
const running = [...new Set(betas.map(({ marketSet }) => marketSet))].flatMap((marketSet) => {
  const chosenMarkets = selectMarkets(panel, marketNames(marketSet));
  return [
    { estimator: "bank", path: bankBeta(chosenMarkets, { from }) },
    { estimator: "amortised", path: amortisedPanelBeta(chosenMarkets, { from }) },
  ].map((named) => ({ ...named, marketSet, update: "updated" as const }));
});

// %%
const estimators = ladder(trainer, study);
// Bank and amortised betas are above, on all dates.
const known = ["bank", "amortised"];
const walked = await walkedSets(
  panel,
  (count) =>
    estimators(count).filter(({ id }) => !isNetwork({ estimator: id }) && !known.includes(id)),
  { marketSets: study.marketSets, splits: [split] },
);
const every = [...paths, ...running, ...walked.flat()];
show(tableBetas(every, sample, { seeds: study.betaSeeds ?? false }));

// %% [markdown]
/*
A month is one of stress if the equity market's return is among the lowest tenth of the panel. This is known only afterwards, so that it serves as a
mark and never as an input. Bitcoin's block reward was halved on 11 May 2020 and on 20 April 2024.
*/

// %%
const stressMarket = panel.markets.includes("EQUITY") ? "EQUITY" : panel.markets[0]!;
const stress = stressDates(panel, stressMarket, 0.1);
show(
  text`The return of ${stressMarket} was in its lowest tenth of ${panel.dates.length} dates in the periods to ${stress.join(", ")}.`,
);

// %%
const markets = marketBetas(betas);
const halvings = panel.coins.includes("BTC") ? HALVINGS : [];
const unseen = panel.dates.find((date) => !inRange(date, { ...study.split.outOfSample, from: "" }));
const marks = {
  blocks: {
    "in-sample": split.inSample,
    validation: split.validation,
    "out-of-sample": study.split.outOfSample,
    ...(unseen ? { [`unseen, from ${unseen.slice(0, 7)}`]: outOfSample } : {}),
  },
  halvings,
  stress,
};

// %%
const figures = markets.map((betasOn) => {
  const means = betasOn.starts.map(
    ({ start, walkForward }) =>
      `${formatNumber(meanBeta(walkForward, betasOn.market), 2)} from start ${start}`,
  );
  const caption = `Walk-forward betas on ${betasOn.market} average ${means.join(" and ")}. Thin: fitted; thick: walk-forward; band: range over seeds, no confidence interval; stress: lowest tenth of ${stressMarket}'s returns; ${sample}.`;
  return figureBetaDynamics(betasOn, marks, caption);
});
figures.forEach((figure) => {
  show(figure);
});

// %% [markdown]
/*
## Annual means

The report says: "The annual mean β trajectories illustrate how cryptocurrencies' sensitivities to traditional assets evolve." Each network has its
own mean for every year; the bars span these means.
*/

// %%
const annualOfAll = annualBetas(betas);
const annual = annualOfAll.filter((row) =>
  markets.some((chosen) => chosen.market === row.market && chosen.marketSet === row.marketSet),
);
const moves = study.starts.map((start) => {
  const own = annual.filter((row) => row.start === start);
  const crossing = own.filter(({ beta }) => beta.lowest < 0 && beta.highest > 0);
  return `${((100 * crossing.length) / own.length).toFixed(0)} % of the annual means from start ${start}`;
});
const annualCaption = text`The seeds disagree on the sign of ${moves.join(" and ")}. Mean over seeds with their range; open: fitted, filled: walk-forward; vertical scales differ by market; ${sample}.`;
show(figureAnnualBetas(annual, annualCaption.sentence));

// %%
show(tableAnnualBetas(annualOfAll, sample));

// %%
const [firstYear] = annual.map(({ year }) => year).sort();
const early = study.starts.map((start) => {
  const means = markets.map(({ market }) => {
    const own = annual.filter(
      (row) => row.year === firstYear && row.market === market && row.start === start,
    );
    const lowest = Math.min(...own.map(({ beta }) => beta.lowest));
    const highest = Math.max(...own.map(({ beta }) => beta.highest));
    return `${market} ${formatNumber(mean(own.map(({ beta }) => beta.mean)), 2)} (${formatNumber(lowest, 2)} to ${formatNumber(highest, 2)})`;
  });
  return text`From start ${start}, the mean betas of ${firstYear!} over coins, with the range over seeds and coins, are ${means.join(", ")}.`;
});
early.forEach((sentence) => {
  show(sentence);
});

// %% [markdown]
/*
## The central fact

The betas of the coins changed, whichever estimator measures them. Periods, the date of Chow's test and the windows below were written down before
their results were looked at. The periods are 2018 and 2019, 2020 and 2021, and 2022 to 2024. Chow's test has its break before January 2020, and the
search for a break at any date has a trim of 15 %. The pooled beta is that of the coins' mean return.
*/

// %%
const ours = isReportStudy(study);
const showOurs = showWhen(ours, "periods and events are those of the report's months");
const periods = [
  { name: "2018 to 2019", range: { from: "2018", through: "2019" } },
  { name: "2020 to 2021", range: { from: "2020", through: "2021" } },
  { name: "2022 to 2024", range: { from: "2022", through: "2024" } },
  { name: "2020 to 2024", range: { from: "2020", through: "2024" } },
];
const byPeriod = ours ? panel.markets.flatMap((market) => betaPeriods(panel, market, periods)) : [];
showOurs(() => tableBetaPeriods(byPeriod, sample));

// %%
const search = { date: "2020-01", trim: 0.15, ...study.bootstrap, seed: study.seed };
const breaks = ours ? panel.markets.map((market) => betaBreak(panel, market, search)) : [];
showOurs(() =>
  tableBetaBreaks(breaks, search.date, `${panel.frequency}, ${panel.dates.length} dates`),
);

// %%
const [before, during, after, since] = byPeriod.filter((row) => row.market === stressMarket);
const found = breaks.find((row) => row.market === stressMarket);
showOurs(
  () =>
    text`The mean correlation of the coins with ${stressMarket} is ${formatNumber(before!.meanCorrelation, 2)} in ${before!.period}, ${formatNumber(during!.meanCorrelation, 2)} in ${during!.period}, ${formatNumber(after!.meanCorrelation, 2)} in ${after!.period}. The pooled beta is ${formatNumber(before!.beta, 2)}, then ${formatNumber(since!.beta, 2)} (Newey-West t of the change ${formatNumber(found!.changeT, 1)}). Chow's p-value is ${formatPValue(found!.chow.pValue, 3)}; the largest statistic of all dates puts the break at ${found!.date.slice(0, 7)}, anywhere from ${found!.from.slice(0, 7)} to ${found!.through.slice(0, 7)}, with p ${formatPValue(found!.sup.bootstrapPValue, 3)} by the bootstrap. ${breaks.filter((row) => row.sup.bootstrapPValue < 0.05).length} of ${breaks.length} markets have a break at 5 %.`,
);

// %% [markdown]
/*
By hand, Chow's test compares the residual sum of squares of one beta with that of two, one before and one after the break.
*/

// %%
showOurs(() => {
  const x = marketReturns(panel, stressMarket);
  const coins = panel.coins.map((coin) => coinReturns(panel, coin));
  const y = x.map((_, t) => mean(coins.map((r) => r[t]!)));
  const rows = panel.dates.filter((date) => date < search.date).length;
  const [whole, left, right] = [[0], [0, rows], [rows]].map((side) => {
    const [f, r] = [x.slice(...side), y.slice(...side)];
    const slope =
      r.reduce((sum, v, t) => sum + v * f[t]!, 0) / f.reduce((sum, v) => sum + v * v, 0);
    return r.reduce((sum, v, t) => sum + (v - slope * f[t]!) * (v - slope * f[t]!), 0);
  });
  const F = (whole! - left! - right!) / ((left! + right!) / (x.length - 2));
  return text`F on ${stressMarket} is ${formatNumber(F, 6)} by hand and ${formatNumber(found!.chow.statistic, 6)} from the library.`;
});

// %% [markdown]
/*
Every updated estimator follows such a change at its own pace. A network whose weights are held follows it only if its inputs reveal it. The next
figure shows the coins' mean betas. Each uses data through the period before its date; the pooled one begins when it knows as many periods as a
window has, and the networks' fitted months are left out.
*/

// %%
const alone = selectMarkets(panel, [stressMarket]);
const fitFrom = { from: panel.dates[0]!, through: study.split.inSample.through };
const lines = {
  rolling: rollingBeta(alone, { lookback: study.lookback }),
  Kalman: kalmanBeta(alone, { fit: fitFrom, update: "updated", refit: study.refit }),
  pooled: pooledBeta(alone, {
    from: panel.dates[0]!,
    minObs: study.lookback * panel.coins.length,
  }),
  ...Object.fromEntries(
    markets
      .filter(({ market }) => market === stressMarket)
      .flatMap(({ starts }) =>
        starts.map(({ start, walkForward }) => [`neural-${start}`, walkForward]),
      ),
  ),
};

// %%
const lineCaption = `Mean beta of the coins on ${stressMarket} by rolling, Kalman and pooled regressions, and by the networks, whose weights end in ${split.inSample.through}. Log returns, ${panel.frequency}, ${panel.dates[0]} to ${end}.`;
show(figureBetaLines(lines, stressMarket, lineCaption));

// %% [markdown]
/*
[Notebook 08](08-out-of-sample-tests.ipynb) says what a hedge by such betas is worth after costs, by its turnover, variance reduction and certainty
equivalent.

### What a day does

A coin's day ends at midnight UTC, a fund's in the afternoon of New York. The next table shows how much the betas depend on such a gap: the coins'
months end a whole day earlier, or later, than those of the markets.
*/

// %%
const days = ours
  ? await readPanel({ ...study, returns: shippedFile("daily.csv"), frequency: "daily" })
  : panel;
const shifted = ours
  ? panel.markets.flatMap((market) => shiftedBetas(days, market, [periods[0]!, periods[3]!]))
  : [];
showOurs(() => tableShiftedBetas(shifted, `monthly, ${days.dates[0]} to ${days.dates.at(-1)}`));

// %%
const unshifted = shifted.filter(({ shift }) => shift === 0);
const inErrors = shifted
  .filter(({ shift }) => shift !== 0)
  .map((row) => {
    const own = unshifted.find((o) => o.market === row.market && o.period === row.period)!;
    return { ...row, moved: Math.abs(row.beta - own.beta) / own.standardError };
  })
  .sort((a, b) => b.moved - a.moved);

// %%
const stressBetas = shifted.filter(
  (row) => row.market === stressMarket && row.period === periods[3]!.name,
);
showOurs(
  () =>
    text`A day moves a beta by up to ${formatNumber(inErrors[0]!.moved, 1)} of its standard error (${inErrors[0]!.market}, ${inErrors[0]!.period}), median ${formatNumber(
      quantile(
        inErrors.map(({ moved }) => moved).sort((a, b) => a - b),
        0.5,
      ),
      1,
    )}. The beta on ${stressMarket}, ${periods[3]!.name}, is ${stressBetas.map((row) => `${formatNumber(row.beta, 2)} at a shift of ${formatNumber(row.shift, 0)}`).join(", ")} days.`,
);

// %% [markdown]
/*
### Near zero?

"In early years, β values remain near zero" is the report's claim about neural betas. Our rule was made beforehand: a beta is *near zero* if the
correlation that it implies lies within ±0.1. That correlation is beta times the market's standard deviation over the coin's; within ±0.1 the market
explains less than 1 % of the coin's variance. Two one-sided tests of 5 % support such a claim, which needs an interval shorter than the region. For
networks, the interval is one over seeds, both starts together.
*/

// %%
const shortPeriods = byPeriod.filter((row) => row.period === periods[0]!.name);
const earlyNetworks = annual.filter((row) => row.year === firstYear);
const scales = (ours ? markets : []).map(({ market }) => {
  const period = byPeriod.find((row) => row.market === market && row.period === periods[0]!.name)!;
  const { n, correlation, correlationLower, correlationUpper, deviationRatio } = period;
  const implied = earlyNetworks
    .filter((row) => row.market === market)
    .map((row) => row.beta.mean * deviationRatio);
  return `${market}: networks ${formatNumber(Math.min(...implied), 2)} to ${formatNumber(Math.max(...implied), 2)}, regression ${formatNumber(correlation, 2)} (${formatNumber(correlationLower, 2)} to ${formatNumber(correlationUpper, 2)}, n = ${n})`;
});
showOurs(
  () =>
    text`The implied correlations are those of ${firstYear!} for networks (range over coins and starts), and of ${periods[0]!.name} for regressions: ${scales.join("; ")}. Of ${shortPeriods.length} regression intervals, ${shortPeriods.filter((row) => row.correlationUpper - row.correlationLower < 0.2).length} are shorter than the region; where none is, these months cannot tell a beta near zero from another.`,
);

// %%
const nearZero = { lower: -0.1, upper: 0.1 };
const regressions = ours ? markets : [];
const byReturns = regressions.map(({ market }) => {
  const { n, correlation, deviationRatio } = shortPeriods.find((row) => row.market === market)!;
  // Fisher's z has a variance of about 1 / (n - 3); Student's t with as many degrees of freedom is a little cautious.
  const z = studentMeasurement({
    ...{ estimate: Math.atanh(correlation), standardError: 1 / Math.sqrt(n - 3), n },
    ...{ degreesOfFreedom: n - 3, method: "Fisher" },
  });
  const ends = { lower: Math.atanh(nearZero.lower), upper: Math.atanh(nearZero.upper) };
  return { estimate: correlation, p: regionPValue(z, ends), deviationRatio };
});

// %%
const year = { from: firstYear!, through: firstYear! };
const byNetworks = regressions.map(({ market, starts }, i) => {
  const { deviationRatio } = byReturns[i]!;
  const seeds = starts.flatMap(({ replicates }) =>
    replicates.map(({ fitted }) => deviationRatio * meanBeta(betaWithin(fitted, year), market)),
  );
  const measured = studentMeasurement({
    ...{ estimate: mean(seeds), n: seeds.length, degreesOfFreedom: seeds.length - 1 },
    ...{ standardError: standardDeviation(seeds, 1) / Math.sqrt(seeds.length), method: "seeds" },
  });
  return { estimate: measured.estimate, p: regionPValue(measured, nearZero) };
});

// %%
const places = [byReturns, byNetworks].map((rows) =>
  rows.map(({ estimate, p }) => {
    const isNear = Math.abs(estimate) < nearZero.upper;
    return { isNear, p, text: `${isNear ? "inside" : "outside"}, p ${formatPValue(p, 3)}` };
  }),
);
const supported = places[0]!.filter(({ isNear, p }) => isNear && p < 0.05);
const placesByMarket = regressions.map(
  ({ market }, i) => `${market} regression ${places[0]![i]!.text}, networks ${places[1]![i]!.text}`,
);
showOurs(
  () =>
    text`Of ${regressions.length} regressions ${supported.length} are near zero by two one-sided tests. Estimates lie inside or outside of the region; p tests whether the true value could lie across its nearest limit: ${placesByMarket.join("; ")}.`,
);

// %% [markdown]
/*
## Stress and halvings

The report says: "In early years, β values remain near zero, rising slightly during high-volatility episodes (e.g., post-halving rallies)." The
walk-forward beta of month $t$ uses data through $t - 1$, so that it can react to an event only a month later. The months after a stress month are
therefore an episode of their own. The episode after a halving is its next 365 days.
*/

// %%
const afterStress = panel.dates.filter((_, t) => stress.includes(panel.dates[t - 1] ?? ""));
const episodes = episodeBetas(
  markets,
  {
    stress,
    "after stress": afterStress,
    ...(halvings.length > 0 && { "after a halving": datesAfter(panel.dates, halvings, 365) }),
  },
  { minDates: 3 },
);
show(tableEpisodeBetas(episodes, sample));

// %%
const agreed = episodes.filter(({ higher, lower }) => higher === 1 || lower === 1);
const most = episodes.filter(({ higher, lower }) => higher > lower);
show(
  text`Of ${episodes.length} differences between inside and outside, ${most.length} are positive in more seeds than negative, and ${agreed.length} have one sign in all ${study.grid.replicates} seeds (${agreed.filter(({ higher }) => higher === 1).length} of these are positive).`,
);

// %% [markdown]
/*
## Events in weeks

Months are too long for events. The windows have weekly returns within 45 days on either side of 12 March 2020 (the crash), 9 May 2022 (Terra) and 8
November 2022 (FTX); all other weeks are outside. Where a market's variance rises, its correlations rise even if beta stays the same. The adjusted
correlation (Forbes and Rigobon 2002) removes this effect.
*/

// %%
const weeks = ours ? await readPanel(weeklyStudy(study)) : panel;
const windows = {
  events: { "March 2020": "2020-03-12", "May 2022": "2022-05-09", "November 2022": "2022-11-08" },
  days: 45,
};
const around = ours ? weeks.markets.flatMap((market) => eventWindows(weeks, market, windows)) : [];
showOurs(() => tableEventWindows(around, `weekly, ${weeks.dates[0]} to ${weeks.dates.at(-1)}`));

// %%
const raised = around.filter((row) => Math.abs(row.correlation) > Math.abs(row.calmCorrelation));
const stillRaised = around.filter(
  (row) => Math.abs(row.adjustedCorrelation) > Math.abs(row.calmCorrelation),
);
const onStress = around.filter((row) => row.market === stressMarket);
showOurs(
  () =>
    text`The correlation is further from zero inside than outside in ${raised.length} of ${around.length} windows, and in ${stillRaised.length} once the market's variance is allowed for. On ${stressMarket}: ${onStress.map((row) => `${row.event} ${formatNumber(row.correlation, 2)}, adjusted ${formatNumber(row.adjustedCorrelation, 2)}, outside ${formatNumber(row.calmCorrelation, 2)}`).join("; ")}.`,
);

// %% tags=["conclusion"]
const undecided = annual.filter(({ beta }) => beta.lowest < 0 && beta.highest > 0).length;
const rising = agreed.filter(({ higher }) => higher === 1).length;
const inStress =
  halvings.length > 0 ? "In stress, after it or after a halving" : "In stress or after it";
const inEpisodes = ` ${inStress}, the beta is higher in every seed in ${rising} of ${episodes.length} comparisons, and lower in every seed in ${agreed.length - rising}.`;
show(
  text`The networks' seeds disagree on the sign of ${undecided} of ${annual.length} annual mean betas.${episodes.length > 0 ? inEpisodes : ""}`,
);
