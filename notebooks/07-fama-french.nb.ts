// %% [markdown]
/*
# 07 · Fama-French factors

**Question.** What do the Fama-French factors explain of the coins' returns, and does it depend on when the factors were published?

Report: Step 7 and its two merged rows. Inputs: the panel of notebook 00; `data/factors-monthly.csv` and, of an earlier vintage, `data/factors-monthly-2024-08.csv`; `data/reported/`.
Outputs: tables `merged-factors`, `reported-factors`, `factor-regressions`; figure `factor-loadings`. Run time: about two seconds.
Expect: Mkt-RF of January 2018 is 0.0558, in the report and here.
*/

// %%
import {
  compareReported,
  factorRegressions,
  figureFactorLoadings,
  formatNumber,
  holmPValues,
  isReportPanel,
  mergedSeries,
  readDated,
  readFactors,
  readPanel,
  readStudy,
  returnsOf,
  shippedFile,
  show,
  tableFactorRegressions,
  tableMergedFactors,
  tableReportedFactors,
  text,
} from "neural-beta";

const study = await readStudy();
const panel = await readPanel(study);
const factors = await readFactors(study.factors);
const notApplicable = text`Not applicable: the report prints rows of its own data only, and this study names other files, series or another frequency.`;

// %% [markdown]
/*
## The merged data

The report sets its log returns beside the factors, which are simple returns. The two are not mixed here: below, the coins' returns are made simple before
they are regressed on factors.
*/

// %%
const latest = await readDated(study.factors);
const merged = mergedSeries(returnsOf(panel), latest);
show(tableMergedFactors(merged));

// %%
const printed = mergedSeries(
  await readDated(shippedFile("reported/returns.csv")),
  await readDated(shippedFile("reported/factors.csv")),
);
show(
  isReportPanel(study) ? tableReportedFactors(printed, merged) : notApplicable,
);

// %%
const agreeing = compareReported(printed, merged)
  .filter((series) => series.agrees)
  .map((series) => series.series);
show(
  isReportPanel(study)
    ? text`Columns that agree with the report in both rows: ${agreeing.join(", ")}. Why the others do not is in notebook 00.`
    : notApplicable,
);

// %% [markdown]
/*
## Factor regressions

Each coin's simple return over the one-month bill on the factors, with an intercept. Standard errors are Newey and West's (1987); the p-value of their
1994 procedure, prewhitened and with an automatic lag, stands beside it. The report says that the factors "explain little of cryptocurrency movement".
*/

// %%
const factorRows = await readDated(shippedFile("reported/factors.csv"));
const asReported = compareReported(factorRows, latest).every((f) => f.agrees);
const vintage = asReported ? "2025-12" : "study";
const earlier = "2024-08";
const earlierFile = shippedFile(`factors-monthly-${earlier}.csv`);
const hasBoth = study.factors === shippedFile("factors-monthly.csv");
const rows = factorRegressions(panel, { [vintage]: factors });
const vintages = {
  [vintage]: factors,
  [earlier]: await readFactors(earlierFile),
};
const both = { from: panel.dates[0]!, through: earlier };
const others = hasBoth ? factorRegressions(panel, vintages, both) : [];
const span = `${panel.frequency}, ${rows[0]!.from} to ${rows[0]!.through}, vintage ${vintage}`;
show(tableFactorRegressions(rows, others, span));

// %%
const alphas = rows.filter((row) => row.factor === "alpha");
const joint = holmPValues(alphas.map((row) => row.slopesPValue));
const intercepts = holmPValues(alphas.map((row) => row.pValue));
show(
  text`R² is ${formatNumber(Math.min(...alphas.map((row) => row.r2)), 2)} to ${formatNumber(Math.max(...alphas.map((row) => row.r2)), 2)} (adjusted ${formatNumber(Math.min(...alphas.map((row) => row.adjustedR2)), 2)} to ${formatNumber(Math.max(...alphas.map((row) => row.adjustedR2)), 2)}). That no factor has a loading: p, after Holm's correction over the coins, ${alphas.map((row, i) => `${row.coin} ${joint[i]!.toFixed(3)}`).join(", ")}.`,
);
show(
  text`Alpha: ${alphas.map((row) => `${row.coin} ${formatNumber(row.coefficient, 3)} a period (${formatNumber(row.lower, 3)} to ${formatNumber(row.upper, 3)})`).join(", ")}; smallest p after Holm's correction ${Math.min(...intercepts)}.`,
);

// %%
const drawn = others.length > 0 ? others : rows;
const loadings = drawn.filter(
  (row) => row.vintage === vintage && row.factor !== "alpha",
);
const adjusted = holmPValues(loadings.map((row) => row.pValue));
const clear = loadings.filter((_, i) => adjusted[i]! < 0.05);
const caption = text`After Holm's correction over ${loadings.length} loadings, ${clear.length} differ from zero at 5 %${clear.length > 0 ? `: ${clear.map((row) => `${row.coin} on ${row.factor}`).join(", ")}` : ""}. Loadings of simple excess returns with 95 % Newey-West intervals; ${panel.frequency}, ${drawn[0]!.from} to ${drawn[0]!.through}.`;
show(figureFactorLoadings(drawn, caption.sentence));

// %% [markdown]
/*
## Two vintages of the factors

Their publisher revises the whole history with every vintage. The report's two rows agree with the vintage of December 2025; here is what another one would change,
on the months that both have.
*/

// %%
const revisions = compareReported(await readDated(earlierFile), latest);
const oneVintage = text`Not applicable: this study names its own factors, of one vintage.`;
show(
  hasBoth
    ? text`Largest revision of a month from vintage ${earlier} to ${vintage}, in percentage points: ${revisions.map((of) => `${of.series} ${(100 * of.largest).toFixed(2)}`).join(", ")}.`
    : oneVintage,
);

// %%
const half = others.length / 2;
const moves = others.slice(0, half).map((row, i) => ({
  ...row,
  errors: (others[half + i]!.coefficient - row.coefficient) / row.standardError,
}));
const [furthest] = [...moves].sort(
  (a, b) => Math.abs(b.errors) - Math.abs(a.errors),
);
show(
  furthest
    ? text`The coefficient that moves most is that of ${furthest.coin} on ${furthest.factor}, by ${formatNumber(Math.abs(furthest.errors), 2)} of its standard error.`
    : oneVintage,
);
