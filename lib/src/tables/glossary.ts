/** What the columns of the tables hold, by key: a key means the same in every table, unless a table says otherwise. */

import { TEST_GLOSSARY } from "./glossary-tests.js";

/** Unit and meaning of a column. */
export type Described = readonly [unit: string, meaning: string];

/** Units that many columns share. */
const LOG = "log return";
const NAME = "name";
const DATE = "ISO date";
const BETA = "beta";
const COUNT = "count";
const SHARE = "share, 0 to 1";
const DECIMAL = "decimal per period";

/** Descriptions by key, and by `table.key` where a table means something else. */
const GLOSSARY: Readonly<Record<string, Described>> = {
  ...TEST_GLOSSARY,
  // Axes
  date: [DATE, "end of the period"],
  coin: [NAME, "series that is hedged; `all`: all coins together, by date"],
  market: [NAME, "series that hedges"],
  marketSet: [NAME, "markets that hedge together, joined by +"],
  series: [NAME, "coin, market, factor or file that the row is about"],
  role: [NAME, "coin or market"],
  year: ["year", "calendar year of the dates"],
  frequency: [NAME, "distance of the dates: daily, weekly or monthly"],
  sample: [NAME, "dates that the row is taken over: a test year, the split, or the walk forward"],
  estimator: [NAME, "id of the estimator; networks are `neural-` and their start"],
  update: [
    NAME,
    "frozen: estimated once per test block; updated: before every date; empty for the true beta",
  ],
  start: [NAME, "how the network's weights begin: glorot or ols"],
  kind: [
    NAME,
    "walkForward: the beta dated t uses data through t - 1; fitted: it saw its own date and is never scored",
  ],
  n: [COUNT, "dates (of pairs and regressions: complete rows)"],
  // Betas
  beta: [
    "log return per log return",
    "hedge ratio: what of the market's return the coin's is hedged with",
  ],
  lower: [BETA, "lower bound, of the kind that `interval` names"],
  upper: [BETA, "upper bound, of the kind that `interval` names"],
  interval: [
    NAME,
    "what the bounds are: none; seed: range over networks, no interval; hc3, kalman, bootstrap, network: 95 %; given: as the file has them",
  ],
  seed: [COUNT, "number of the network in its ensemble, from 1; empty for the mean"],
  "annual-betas.beta": [BETA, "mean over the dates of the year, then over seeds"],
  "annual-betas.lower": [BETA, "lowest of the seeds' own means"],
  "annual-betas.upper": [BETA, "highest of the seeds' own means"],
  "baseline-rmse.beta": [NAME, "the beta that hedges: a null, or the network of a start"],
  "portfolio-returns.beta": [BETA, "of the portfolio, known before the date"],
  meanBeta: [BETA, "mean beta of the portfolio, known before the date"],
  "portfolio-performance.meanBeta": [BETA, "mean over dates of the portfolio's beta"],
  "correlations.*": ["none", "one column for each series; lower triangle"],
  "reported-returns.*": [LOG, "one column for each series of the report"],
  "reported-factors.*": [DECIMAL, "one column for each series of the report"],
  "ladder-rmse.*": [LOG, "hedging RMSE, one column for each market set"],
  "rmse-by-year.*": [LOG, "hedging RMSE, one column for each test year, and all"],
  // Days
  "daily-rivals.changePercent": ["percent", "RMSE less that of the pooled constant, of the latter"],
  hacHolm: ["p-value", "`hacPValue` after Holm's correction over the estimators of the set"],
  detectablePercent: ["percent", "`detectable`, of the pooled constant's RMSE"],
  "realised-predictions.periods": [COUNT, "periods with a realised beta"],
  "realised-predictions.loss": [
    "squared errors",
    "mean of ((realised - predicted) / standard error of the realised)²",
  ],
  "realised-predictions.n": [COUNT, "realised betas of coins in the periods"],
  "realised-predictions.r2": [SHARE, "1 - loss / loss of the pooled constant"],
  // Moments
  mean: [BETA, "mean over dates"],
  "portfolio-performance.mean": [DECIMAL, "mean excess return"],
  std: [BETA, "standard deviation, n - 1"],
  "amplitude.std": [LOG, "standard deviation, n - 1"],
  min: [BETA, "lowest"],
  max: [BETA, "highest"],
  "amplitude.min": [LOG, "lowest return"],
  "amplitude.max": [LOG, "highest return"],
  skew: ["none", "skewness g1 = m3 / m2^1.5"],
  kurtosis: ["none", "kurtosis b2 = m4 / m2², 3 for a normal"],
  "reported-kurtosis.kurtosis": ["none", "as the report prints it, convention unknown"],
  sampleSd: [BETA, "standard deviation, n - 1"],
  populationSd: [BETA, "standard deviation, n"],
  skewAdjusted: ["none", "skewness G1, adjusted as in SAS, Excel and pandas"],
  adjustedG1: ["none", "skewness G1, adjusted as in SAS, Excel and pandas"],
  kurtosisExcess: ["none", "excess kurtosis g2 = b2 - 3"],
  kurtosisAdjusted: ["none", "excess kurtosis G2, adjusted as in SAS, Excel and pandas"],
  adjustedG2: ["none", "excess kurtosis G2, adjusted as in SAS, Excel and pandas"],
  g1: ["none", "skewness m3 / m2^1.5"],
  g2: ["none", "excess kurtosis b2 - 3"],
  b2: ["none", "kurtosis m4 / m2²"],
  sampleKurtosis: ["none", "kurtosis `sample` of R's PerformanceAnalytics"],
  normalAbove: [SHARE, "normal samples of the same size whose b2 is larger"],
  seedMeanLowest: [BETA, "lowest of the seeds' own means"],
  seedMeanHighest: [BETA, "highest of the seeds' own means"],
  lowest: ["none", "least b2 of any sample with the printed moments"],
  highest: ["none", "largest b2 of any sample with the printed moments"],
  impliedB2: ["none", "b2 if the printed value is b2"],
  impliedAdjusted: ["none", "b2 if the printed value is G2 + 3"],
  impliedExcess: ["none", "b2 if the printed value is g2"],
  impliedAdjustedExcess: ["none", "b2 if the printed value is G2"],
  impliedSample: ["none", "b2 if the printed value is PerformanceAnalytics' sample kurtosis"],
  possible: [NAME, "conventions under which a sample with the printed moments exists"],
  correlation: ["none", "Pearson correlation"],
  meanCorrelation: ["none", "mean over coins of their Pearson correlations with the market"],
  // Networks
  lookback: ["periods", "length of the input window, all before the date"],
  hidden: [COUNT, "hidden units"],
  learningRate: ["none", "step size of Adam"],
  activation: [NAME, "activation of the hidden layer"],
  seeds: [COUNT, "networks that differ in nothing but their seed"],
  parameters: [COUNT, "weights and biases of the network"],
  rows: [COUNT, "fitting rows: coin and date"],
  configurations: [COUNT, "configurations of the grid that the means are over"],
  trainRmse: [LOG, "hedging RMSE in the fitting block at the best epoch, mean over seeds"],
  valRmse: [
    LOG,
    "hedging RMSE in the validation block at the best epoch, mean over seeds: a selection score",
  ],
  "reported-search.valRmse": [
    LOG,
    "ours for the same configuration from the same start, mean over seeds",
  ],
  valRmseSd: [LOG, "standard deviation of `valRmse` over seeds, of a single network"],
  valRmseSe: [LOG, "standard error of the mean over seeds"],
  valRmseTrained: [LOG, "lowest validation RMSE after the start, mean over seeds"],
  valRmseLast: [LOG, "validation RMSE of the last epoch, mean over seeds"],
  bestEpoch: ["epochs", "epoch of the lowest validation RMSE, mean over seeds; 0 is the start"],
  bestEpochFirst: [SHARE, "networks that are best at their start"],
  bestEpochLast: [SHARE, "networks that are best in their last epoch: not finished"],
  epochMedian: ["epochs", "epochs to the lowest validation RMSE, median over seeds"],
  epochLowest: ["epochs", "the same, lowest over seeds"],
  epochHighest: ["epochs", "the same, highest over seeds"],
  shareWithin: [SHARE, "networks whose lowest validation RMSE lies within the named epochs"],
  gap: [LOG, "validation minus in-sample RMSE at the best epoch, mean over seeds"],
  gapLowest: [LOG, "the same, lowest over seeds"],
  gapHighest: [LOG, "the same, highest over seeds"],
  later: ["ratio", "validation RMSE at the named epoch over the lowest, mean over seeds"],
  laterLowest: ["ratio", "the same, lowest over seeds"],
  laterHighest: ["ratio", "the same, highest over seeds"],
  laterSeeds: [COUNT, "seeds that reached the named epoch"],
  validationRmse: [LOG, "hedging RMSE in the validation block, mean over replicates"],
  validationLowest: [LOG, "the same, lowest over replicates"],
  validationHighest: [LOG, "the same, highest over replicates"],
  outOfSampleRmse: [LOG, "hedging RMSE out of sample, of the mean beta over replicates"],
  fStatistic: [
    "F statistic",
    "variance of the configurations' mean validation RMSE over that within them, over seeds",
  ],
  degreesOfFreedom: [COUNT, "of the variance within configurations"],
  fPValue: ["p-value", "of `fStatistic`"],
  welchStatistic: ["F statistic", "Welch's form, each configuration with a variance of its own"],
  welchPValue: ["p-value", "of `welchStatistic`"],
  below: [
    COUNT,
    "configurations whose mean validation RMSE at the best epoch is below the pooled constant's",
  ],
  belowTrained: [COUNT, "the same at the best epoch after the start"],
  belowLast: [COUNT, "the same after the last epoch"],
  scaling: [NAME, "units of the networks' inputs and output: raw, standardised or beta-scaled"],
  printed: [BETA, "mean that the report prints; empty where it prints none"],
  distance: [BETA, "mean distance of a single network's mean beta from the printed one"],
  printedStd: [BETA, "standard deviation that the report prints"],
  printedRmse: [LOG, "validation RMSE that the report prints"],
  "scalings.inside": [COUNT, "coins whose printed mean lies between the bounds"],
  "scalings.lower": [BETA, "5 % quantile of single networks"],
  "scalings.upper": [BETA, "95 % quantile of single networks"],
  "scaling-betas.*": [
    BETA,
    "one column for each scaling: mean over single networks, and with -lower, -upper its 5 % and 95 % quantiles",
  ],
  // Episodes
  episode: [NAME, "dates that are held against all others"],
  nOutside: [COUNT, "dates outside of the episode"],
  inside: [BETA, "mean over coins and seeds on the dates of the episode"],
  outside: [BETA, "the same on all other dates"],
  difference: [BETA, "inside minus outside, mean over seeds"],
  differenceLowest: [BETA, "the same, lowest over seeds"],
  differenceHighest: [BETA, "the same, highest over seeds"],
  higher: [SHARE, "seeds whose mean beta is higher inside"],
  "episode-betas.lower": [SHARE, "seeds whose mean beta is lower inside"],
  "reported-sorts.difference": [
    DECIMAL,
    "absolute difference of the nearest coin from the printed return",
  ],
  nextDifference: [DECIMAL, "the same of the second nearest coin"],
  coinExcess: [DECIMAL, "log return of the nearest coin minus that of the market"],
  ourCoins: [NAME, "coins of our portfolio of the same number, joined by +"],
  ourMeanBeta: [BETA, "their mean beta"],
  ourExcessReturn: [DECIMAL, "their log return minus that of the market"],
  "reported-sorts.meanBeta": [BETA, "as the report prints it"],
  "reported-sorts.excessReturn": [DECIMAL, "as the report prints it"],
  "reported-sorts.coin": [NAME, "the coin whose return is nearest to the printed one"],
  // Data
  check: [NAME, "what was checked; the table's notes say what its value means"],
  value: ["as `check` says", "what was measured"],
  threshold: ["as `check` says", "what the value would have had to keep to"],
  severity: [NAME, "error: the series is not what it claims to be; warning: it may be"],
  remedy: ["text", "what to do"],
  file: [NAME, "file, with its line where there is one"],
  clock: ["text", "when a day of the series ends"],
  shift: ["days", "periods end so many days later; negative: earlier"],
  rmsDifference: [LOG, "root mean square of the differences"],
  rmsReturn: [LOG, "root mean square of the study's own returns"],
  largest: [LOG, "largest absolute difference"],
  largestDate: [DATE, "end of the period of the largest difference"],
  column: [NAME, "column of the file"],
  compared: [COUNT, "periods in both vintages"],
  moved: [COUNT, "values that differ by more than rounding"],
  was: [DECIMAL, "value of the older vintage"],
  is: [DECIMAL, "value of the newer vintage"],
  move: [DECIMAL, "newer minus older"],
  added: [COUNT, "values that only the newer vintage has"],
  gone: [COUNT, "values that only the older vintage has"],
  source: [NAME, "report: as printed; otherwise ours"],
  oursLargest: [LOG, "largest absolute difference of our series from the printed one"],
  identifiedLargest: [LOG, "the same of the series that the report seems to have used"],
  identifiedMonths: [COUNT, "months that could be compared"],
  reason: ["text", "why ours differs"],
  reported: ["as in the report", "as the report prints it"],
  pooled: [LOG, "validation RMSE of the pooled constant"],
  zero: [LOG, "validation RMSE of no hedge"],
};

/**
 * Unit and meaning of a table's column; undefined where nobody has said them.
 *
 * @example
 * columnMeaning("betas", "date"); // ["ISO date", "end of the period"]
 */
export function columnMeaning(table: string, key: string): Described | undefined {
  return GLOSSARY[`${table}.${key}`] ?? GLOSSARY[key];
}
