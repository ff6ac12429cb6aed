// %% [markdown]
/*
# 00 · Data preparation

**Question.** What are the return series of the report, and do they agree with the rows that it prints?

Report: Step 0. Inputs: `data/monthly.csv`, `data/factors-monthly.csv`, `data/daily.csv`, `data/day-shift.csv`, and for the comparison `data/replication.csv` and `data/reported/`.
Outputs: tables `audit`, `prices`, `audit-daily`, `returns`, `amplitude`, `correlations`, `day-shift`, `reported-returns`, `reported-differences`, `audit-reported`; figures `prices`, `returns`.
Run time: about two seconds.
Expect: FIAT of January 2018 is -0.0305, in the report and here.
*/

// %%
import {
  amplitudes,
  auditPanel,
  auditStudy,
  coinLives,
  coinReturns,
  compareReported,
  correlations,
  dataLabel,
  factorGap,
  factorSeries,
  figurePrices,
  figureReturns,
  formatNumber,
  isReportPanel,
  mean,
  panelOf,
  readDated,
  readDayShifts,
  readFactors,
  readPanelAccount,
  readStudy,
  returnsOf,
  selectSeries,
  seriesOf,
  shippedFile,
  show,
  showWhen,
  stopOnErrors,
  studyDayShifts,
  studyPrices,
  tableAmplitude,
  tableAudit,
  tableCorrelations,
  tableDayShift,
  tablePrices,
  tableReportedDifferences,
  tableReportedReturns,
  tableReturns,
  text,
} from "neural-beta";

const study = await readStudy();
const { panel, dropped } = await readPanelAccount(study);
const span = `${panel.dates[0]} to ${panel.dates.at(-1)}`;
const sample = `${dataLabel(study)}, ${span}, n = ${panel.dates.length}`;
const showReported = showWhen(isReportPanel(study), "the report prints rows of its own data only");
show(
  text`The panel has ${panel.dates.length} ${dataLabel(study)} returns, ${span}, of the coins ${panel.coins.join(", ")} and the markets ${panel.markets.join(", ")}.`,
);

// %%
const guests = coinLives(panel)
  .filter(({ first, last }) => first > 0 || last < panel.dates.length - 1)
  .map(({ coin, first, last }) => `${coin} ${panel.dates[first]} to ${panel.dates[last]}`);
show(
  guests.length > 0
    ? text`Coins that begin later or end earlier: ${guests.join("; ")}.`
    : text`Every coin has a return in every period.`,
);

// %% [markdown]
/*
## Audit

Before a model sees the series, the audit compares each with its own scale, with the other series and with the factors. An error stops the notebook;
nothing is repaired. All thresholds follow from one number, the share of false alarms per series and check.
*/

// %%
const famaFrench = await readFactors(study);
const gap = factorGap(panel, famaFrench);
const findings = await auditStudy(study);
show(tableAudit(findings, sample));
stopOnErrors(findings);
show(
  text`The audit has ${findings.length} findings.${gap === undefined ? "" : ` It held nothing against factors: ${gap}.`} ${dropped.length === 0 ? "No period of the prices was left out" : `Periods left out of the prices: ${dropped.map((d) => `${d.series} ${d.from} to ${d.through} (${d.reason})`).join("; ")}`}.`,
);

// %% [markdown]
/*
## Day by day

The table and the figure show the study's prices, or levels that start at 100 and have the study's returns. For the report's series they cover the
days that all series share, `data/daily.csv`. These days are audited like the months.
*/

// %%
const daily = {
  ...study,
  returns: shippedFile("daily.csv"),
  factors: shippedFile("factors-daily.csv"),
  frequency: "daily",
} as const;
const prices = await studyPrices(isReportPanel(study) ? daily : study);
show(tablePrices(prices, isReportPanel(study) ? "levels from 100, daily" : dataLabel(study)));

// %%
const growth = [...prices].map(([name, { values }]) => ({
  name,
  times: values.at(-1)! / values[0]!,
}));
const [most] = [...growth].sort((a, b) => b.times - a.times);
show(
  figurePrices(prices, {
    caption: `${most!.name} has risen most, to ${formatNumber(most!.times, 1)} times its first price. Each line is a series' price divided by its first; ${dataLabel(study)} study.`,
    markets: study.markets,
  }),
);

// %%
const showDaily = showWhen(
  isReportPanel(study),
  "the days that are shipped are those of the report's series",
);
const dailyFindings = isReportPanel(study) ? await auditStudy(daily) : [];
showDaily(() => tableAudit(dailyFindings, "the days of the same series", "audit-daily"));

// %% [markdown]
/*
## The panel

Prices of published files are resampled to the last value of each period and joined on the period; a return is the log of the ratio of two
consecutive prices, $r_t = \log(p_t / p_{t-1})$. `data/README.md` names source, licence and hash of every series.
*/

// %%
show(tableReturns(panel, sample));

// %% [markdown]
/*
The report's first observation is that coins swing much more than traditional assets. Both are drawn on one scale.
*/

// %%
const swings = amplitudes(panel);
const first = coinReturns(panel, panel.coins[0]!).filter(Number.isFinite);
const centre = mean(first);
const squares = first.map((r) => (r - centre) * (r - centre));
const byHand = Math.sqrt(squares.reduce((sum, v) => sum + v, 0) / (first.length - 1));
show(
  text`The standard deviation of ${panel.coins[0]!}'s ${String(first.length)} log returns is ${formatNumber(byHand, 6)} by hand and ${formatNumber(swings[0]!.std, 6)} from the library.`,
);

// %%
const coinStd = swings.filter((s) => s.role === "coin").map((s) => s.std);
const marketStd = swings.filter((s) => s.role === "market").map((s) => s.std);
const ratio = mean(coinStd) / mean(marketStd);
show(
  figureReturns(
    panel,
    `The mean standard deviation of the coins is ${ratio.toFixed(1)} times that of the markets. Log returns, ${sample}.`,
  ),
);

// %%
show(tableAmplitude(swings, sample));
show(
  text`The coins' standard deviations lie between ${Math.min(...coinStd)} and ${Math.max(...coinStd)} a period, those of the markets between ${Math.min(...marketStd)} and ${Math.max(...marketStd)}.`,
);

// %%
const all = returnsOf(panel);
show(tableCorrelations(all.names, correlations(all), sample));

// %% [markdown]
/*
A coin's day ends at 24:00 UTC, that of a New York fund hours earlier, and that of the dollar index at noon. To see what these hours can do, the next
table ends every month a whole day earlier or later.
*/

// %%
const shifts = isReportPanel(study)
  ? await readDayShifts(shippedFile("day-shift.csv"))
  : await studyDayShifts(study);
const showShifts = showWhen(
  shifts.length > 0,
  "the study has no daily prices from which weeks or months are cut",
);
showShifts(() => tableDayShift(shifts, `${study.frequency}, the study's daily prices`));

// %% [markdown]
/*
## The report's rows beside ours

The report prints its panel for January to May 2018. Below each of its rows stands ours.
*/

// %%
const printed = await readDated(shippedFile("reported/returns.csv"));
const ours = returnsOf(panel);
showReported(() => tableReportedReturns(printed, ours));

// %% [markdown]
/*
A difference can come from the series or from the arithmetic. `data/replication.csv` holds the series that the report seems to have used, run through
the same pipeline:

- The coins are Coinbase prices through FRED: copies of BTC and LTC, of ETH from March on, and none of BCH.
- The dollar is FRED's broad index.
- ENERGY is the **opening** price of the energy ETF.

If these series round to the printed values, the arithmetic is the same, and the differences come from the series.
*/

// %%
const identified = await readDated(shippedFile("replication.csv"));
const fields = { open: selectSeries(identified, ["ENERGY"]), close: returnsOf(panel) };
const oursAgainst = compareReported(printed, ours);
const identifiedAgainst = compareReported(printed, identified);
const reportFindings = isReportPanel(study)
  ? auditPanel(
      panelOf(printed, { frequency: "monthly", coins: study.coins, markets: study.markets }),
      {
        factors: famaFrench,
        fields,
      },
    )
  : [];

// %%
const coinbase = "Coinbase at 17:00 Pacific in the report, Yahoo at 24:00 UTC here";
const reasons = {
  ...{ BTC: coinbase, ETH: coinbase, LTC: coinbase },
  BCH: "probably Coinbase as well; its file was not found, so this is not checked",
  FIAT: "it does not: the same series, FRED DTWEXBGS",
  EQUITY: "the report's column is no equity market, see below",
  GOLD: "another gold series, not found; GLD here",
  ENERGY: "the report took the opening price of VDE, the close is taken here",
};
const why = { reasons, findings: reportFindings };
showReported(() => tableReportedDifferences(oursAgainst, identifiedAgainst, why));

// %% [markdown]
/*
**ENERGY.** The report takes an opening price where a closing price belongs. If the opening prices agree with the report in all months but one, that
month's difference may be a dividend: the report's prices would then be adjusted for it, and the copy at hand is not.
*/

// %%
const energy = printed.names.indexOf("ENERGY");
const opens = identifiedAgainst[energy]!.differences;
const closes = oursAgainst[energy]!.differences;
showReported(
  () =>
    text`Absolute difference from the report's ENERGY, month by month: opens ${opens.map((d) => d.toFixed(4)).join(", ")}; closes ${closes.map((d) => d.toFixed(4)).join(", ")}.`,
);

// %% [markdown]
/*
**EQUITY.** The report merges its panel with the Fama-French factors in Step 7, so that its own columns can be compared. In January 2018 its EQUITY is
-0.0794, but its Mkt-RF is 0.0558. In May its EQUITY is -1.9484.
*/

// %%
const factors = factorSeries(famaFrench);
const equity = seriesOf(printed, "EQUITY").at(-1)!;
const market = isReportPanel(study)
  ? seriesOf(factors, "Mkt-RF")[factors.dates.indexOf(printed.dates.at(-1)!)]!
  : Number.NaN;
showReported(
  () =>
    text`A log return of ${formatNumber(equity, 4)} is a fall of ${(100 * (1 - Math.exp(equity))).toFixed(1)} % in one month; the stock market's excess return of that month was ${formatNumber(100 * market, 2)} %. The report's column is refused: EQUITY here is SPY with dividends.`,
);

// %% [markdown]
/*
**Where EQUITY may come from.** This is an inference: the report does not say so. Stock files of CRSP have a column of identifiers, PERMNO, from 10001
to 93436. If such a column is taken for prices, its log changes from row to row look like the report's EQUITY. The five values are consistent with
this inference if levels with these changes fit between the two numbers.

Each of three findings would refute it:

- a published equity series has returns that round to all five values;
- one more printed row carries the levels out of the range;
- with more than four digits, the levels are no whole numbers.
*/

// %%
const [lowest, highest] = [10001, 93436];
const changes = [0, ...seriesOf(printed, "EQUITY")];
const heights = changes.map((_, row) => changes.slice(0, row + 1).reduce((sum, r) => sum + r, 0));
const peak = Math.max(...heights);
const levels = heights.map((height) => highest * Math.exp(height - peak));
const least = Math.min(...levels);
showReported(
  () =>
    text`Anchored with the peak at ${highest}, the levels are ${levels.map((level) => level.toFixed(0)).join(", ")}: ${least >= lowest ? "all" : "not all"} from ${lowest} to ${highest}. They span a factor of ${(highest / least).toFixed(1)}, the identifiers one of ${(highest / lowest).toFixed(1)}. Four decimals leave each level ${(0.00005 * least).toFixed(1)} to ${(0.00005 * highest).toFixed(1)} either way, so that whole numbers always fit. Any series within that factor fits as well; what speaks for identifiers is that no equity market falls by ${(100 * (1 - Math.exp(changes.at(-1)!))).toFixed(0)} % in a month.`,
);

// %%
const printedFactors = await readDated(shippedFile("reported/factors.csv"));
const factorsAgainst = compareReported(printedFactors, factors);
const agreeing = factorsAgainst.filter((f) => f.agrees).map((f) => f.series);
showReported(
  () =>
    text`Columns of the report's two factor rows that agree with ours in every value: ${agreeing.length} of ${factorsAgainst.length} (${agreeing.join(", ")}).`,
);

// %% [markdown]
/*
**The audit on the report's rows.** Would the audit have stopped the report at its Step 0? It is applied to the report's five rows, its factors and,
for ENERGY, both opening and closing prices. A series that fails the audit and has no candidate series is marked *refused* in the table of differences
above.
*/

// %%
showReported(() => tableAudit(reportFindings, "the report's five rows", "audit-reported"));

// %% [markdown]
/*
## In short
*/

// %% tags=["conclusion"]
const rows = reportFindings.filter(({ severity }) => severity === "error").length;
const ofReport = isReportPanel(study)
  ? ` Of the report's columns ${oursAgainst.filter(({ agrees }) => agrees).length} of ${oursAgainst.length} agree with ours in every printed value, and the audit refuses ${rows} of its values.`
  : "";
show(
  text`The audit of these data ends with ${findings.filter(({ severity }) => severity === "error").length} errors and ${findings.filter(({ severity }) => severity === "warning").length} warnings. Coins swing ${ratio.toFixed(1)} times as far as markets.${ofReport}`,
);
