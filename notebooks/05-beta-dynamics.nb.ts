// %% [markdown]
/*
# 05 · Beta dynamics

**Question.** How do the neural betas move over the years, and do they rise in stress or after a halving?

Report: Step 5, whose figures did not survive. Inputs: the panel of notebook 00 and the search of notebook 02.
Outputs: figures `beta-dynamics-…`, one per market, and `annual-betas`; tables `betas`, `annual-betas`, `episode-betas`. Run time: about five seconds after notebook 02,
fifteen without its cache.
Expect: the report sees betas near zero in early years that rise slightly in episodes of high volatility.
*/

// %% tags=["needs:split","after:02","trains:search"]
import {
  amortisedPanelBeta,
  annualBetas,
  bankBeta,
  bestConfigurations,
  CACHE,
  cachedTrainer,
  chosenFits,
  dataLabel,
  datesAfter,
  episodeBetas,
  figureAnnualBetas,
  figureBetaDynamics,
  formatNumber,
  HALVINGS,
  inRange,
  isNetwork,
  ladder,
  marketBetas,
  marketNames,
  mean,
  meanBeta,
  networkBetas,
  progress,
  readPanel,
  readStudy,
  searchNetworks,
  selectMarkets,
  show,
  simdTrainer,
  stressDates,
  tableAnnualBetas,
  tableBetas,
  tableEpisodeBetas,
  text,
  walkedSets,
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

Weights stay as they are at the end of the validation year; what moves a beta is the last year of returns that the network sees. Three kinds of months must not be mixed up: those
the networks were fitted on, those their epoch was chosen on, and those after, which no choice has seen. 2024 lies outside the report's tables altogether.
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
Stress, by a rule that the panel itself decides: the equity market's return is among its lowest tenth. It is known afterwards only, and serves as a mark, never as an input.
Halvings of Bitcoin's block reward: 11 May 2020 and 20 April 2024.
*/

// %%
const stressMarket = panel.markets.includes("EQUITY") ? "EQUITY" : panel.markets[0]!;
const stress = stressDates(panel, stressMarket, 0.1);
show(
  text`Stress by the return of ${stressMarket}, lowest tenth of ${panel.dates.length} dates: ${stress.join(", ")}.`,
);

// %%
const markets = marketBetas(betas);
const unseen = panel.dates.find((date) => !inRange(date, { ...study.split.outOfSample, from: "" }));
const marks = {
  blocks: {
    "in-sample": split.inSample,
    validation: split.validation,
    "out-of-sample": study.split.outOfSample,
    ...(unseen ? { [`unseen, from ${unseen.slice(0, 7)}`]: outOfSample } : {}),
  },
  halvings: HALVINGS,
  stress,
};

// %%
const figures = markets.map((betasOn) => {
  const means = betasOn.starts.map(
    ({ start, walkForward }) =>
      `${formatNumber(meanBeta(walkForward, betasOn.market), 2)} from start ${start}`,
  );
  const caption = `Betas on ${betasOn.market}: walk-forward mean ${means.join(", ")}. Thin: fitted; thick: walk-forward; band: range over seeds, no confidence interval; stress: lowest tenth of ${stressMarket}'s returns; ${sample}.`;
  return figureBetaDynamics(betasOn, marks, caption);
});
figures.forEach((figure) => {
  show(figure);
});

// %% [markdown]
/*
## Annual means

"The annual mean β trajectories illustrate how cryptocurrencies' sensitivities to traditional assets evolve." Each network by itself has a mean for every year; the bars span these means.
*/

// %%
const annualOfAll = annualBetas(betas);
const annual = annualOfAll.filter((row) =>
  markets.some((chosen) => chosen.market === row.market && chosen.marketSet === row.marketSet),
);
const moves = study.starts.map((start) => {
  const own = annual.filter((row) => row.start === start);
  const crossing = own.filter(({ beta }) => beta.lowest < 0 && beta.highest > 0);
  return `${((100 * crossing.length) / own.length).toFixed(0)} % from start ${start}`;
});
const annualCaption = text`Annual means whose seeds do not agree on the sign: ${moves.join(", ")}. Mean over seeds with their range; open: fitted, filled: walk-forward; vertical scales differ by market; ${sample}.`;
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
    return `${market} ${formatNumber(mean(own.map(({ beta }) => beta.mean)), 2)} (seeds and coins from ${formatNumber(lowest, 2)} to ${formatNumber(highest, 2)})`;
  });
  return text`${firstYear!}, start ${start}, mean over coins: ${means.join(", ")}.`;
});
early.forEach((sentence) => {
  show(sentence);
});

// %% [markdown]
/*
## Stress and halvings

"In early years, β values remain near zero, rising slightly during high-volatility episodes (e.g., post-halving rallies)." A walk-forward beta dated $t$ does not know month $t$: it answers
to an event from the next month on, so the months after a stress month are an episode of their own. After a halving: the 365 days after it.
*/

// %%
const afterStress = panel.dates.filter((_, t) => stress.includes(panel.dates[t - 1] ?? ""));
const episodes = episodeBetas(
  markets,
  {
    stress,
    "after stress": afterStress,
    "after a halving": datesAfter(panel.dates, HALVINGS, 365),
  },
  { minDates: 3 },
);
show(tableEpisodeBetas(episodes, sample));

// %%
const agreed = episodes.filter(({ higher, lower }) => higher === 1 || lower === 1);
const most = episodes.filter(({ higher, lower }) => higher > lower);
show(
  text`Of ${episodes.length} differences between inside and outside, ${most.length} are positive in more seeds than negative, and ${agreed.length} have one sign in all ${study.grid.replicates} seeds, ${agreed.filter(({ higher }) => higher === 1).length} of these positive.`,
);
