/** What the page's glossary explains: every estimator, start and sample, and with the other file every test. */

import { type Term, terms, works } from "./term.js";
import { TEST_TERMS } from "./terms-tests.js";

const ESTIMATORS = terms([
  ["zero", "No hedge", "A beta of zero on every date."],
  ["one", "Beta of one", "One on every date."],
  [
    "pooled",
    "Pooled constant",
    "One beta for all coins: least squares without intercept over all coins and all dates before the estimate.",
    { words: ["pooled constants"] },
  ],
  ["historical", "Historical beta", "Least squares per coin over all dates before the estimate."],
  ["ols", "OLS beta", "Least squares per coin over the whole block that the report fits."],
  [
    "ridge",
    "Ridge beta",
    "A beta that is linear in the network’s inputs, its coefficients drawn to zero by a penalty that the validation year chooses.",
    works("hoerl-kennard-1970"),
  ],
  ["rolling", "Rolling beta", "Least squares per coin over a window of the latest dates."],
  [
    "ewma",
    "Exponentially weighted beta",
    "Least squares per coin in which a date’s weight halves with every half-life of its age.",
    { words: ["EWMA"] },
  ],
  [
    "blume",
    "Blume’s beta",
    "The rolling beta, drawn toward the pooled constant by as much as earlier windows moved toward it.",
    { words: ["Blume"], ...works("blume-1975") },
  ],
  [
    "vasicek",
    "Vasicek’s beta",
    "The historical beta and the mean of all coins, each weighted by how exactly it is known.",
    { words: ["Vasicek"], ...works("vasicek-1973") },
  ],
  [
    "dimson",
    "Dimson’s beta",
    "The sum of a coin’s betas on the market’s return now and on earlier ones: for prices that react late.",
    { words: ["Dimson"], ...works("dimson-1979") },
  ],
  [
    "scholes-williams",
    "Scholes and Williams’ beta",
    "A beta from three neighbouring market returns as the instrument: for prices that are not read at the same time.",
    { words: ["Scholes-Williams", "Scholes and Williams"], ...works("scholes-williams-1977") },
  ],
  [
    "kalman",
    "Kalman beta",
    "A beta that moves as a random walk, followed by the Kalman filter; the variances have the greatest likelihood.",
    { words: ["Kalman filter", "Kalman"], ...works("durbin-koopman-2012") },
  ],
  [
    "bank",
    "Filter bank",
    "57 simple filters, weighted by how far their loss so far lies below that of least squares; nothing is tuned.",
  ],
  [
    "welch",
    "Welch’s beta",
    "An exponentially weighted beta after every return was drawn into a range around the market’s of the same day.",
    works("welch-2022"),
  ],
  [
    "frazzini-pedersen",
    "Frazzini and Pedersen’s beta",
    "A correlation over five years times a ratio of standard deviations over one year, drawn toward one.",
    works("frazzini-pedersen-2014"),
  ],
  [
    "ar1",
    "AR(1) beta",
    "A regression of a month’s realised beta on that of the month before, pooled over coins.",
    works("andersen-bollerslev-diebold-wu-2006"),
  ],
  [
    "har",
    "HAR beta",
    "A regression of a month’s realised beta on those of the months before, pooled over coins.",
    { words: ["HAR"], ...works("corsi-2009", "andersen-bollerslev-diebold-wu-2006") },
  ],
  [
    "realised-level",
    "Realised level",
    "A level that moves as a random walk, seen through realised betas and their errors.",
    works("andersen-bollerslev-diebold-wu-2006", "durbin-koopman-2012"),
  ],
  [
    "dcc",
    "DCC beta",
    "A beta from GARCH variances of every series and correlations that move with the products of their surprises.",
    { words: ["DCC", "GARCH"], ...works("engle-2002", "bollerslev-1986") },
  ],
  [
    "cdcc",
    "cDCC beta",
    "The DCC beta with Aielli’s correction of how correlations move.",
    { words: ["cDCC"], ...works("aielli-2013") },
  ],
  [
    "nb",
    "NB beta",
    "A recurrent network (GRU) over the days of the look-back, trained on the hedging loss, whose output is the beta.",
  ],
  [
    "nbi",
    "NBI beta",
    "The same recurrent network, whose outputs are weights of the days; beta is the least squares with these weights.",
  ],
  [
    "amortised",
    "Amortised beta",
    "A network, trained once on simulated series, that weights simple filters date by date; it is not fitted to the data.",
  ],
  [
    "neural-glorot",
    "Neural beta, Glorot start",
    "The report’s network of one hidden layer, averaged over seeds, whose weights start at random.",
    works("glorot-bengio-2010"),
  ],
  [
    "neural-ols",
    "Neural beta, OLS start",
    "The same network, which starts from the pooled constant.",
  ],
]);

const STARTS = terms([
  [
    "start-glorot",
    "Glorot start",
    "Weights are drawn uniformly, within limits that depend on the sizes of the layers; biases are zero.",
    { words: ["glorot"], ...works("glorot-bengio-2010") },
  ],
  [
    "start-ols",
    "OLS start",
    "Output weights are zero and the output’s bias is the pooled beta: training begins at least squares.",
  ],
]);

const SAMPLES = terms([
  ["in-sample", "In-sample months", "The targets that networks are trained on."],
  [
    "validation",
    "Validation year",
    "The year after the in-sample months: it stops training and chooses configurations, and trains nothing.",
    { words: ["validation block"] },
  ],
  ["split", "Split", "The report’s division into in-sample months, validation year and test year."],
  [
    "walk-forward",
    "Walk forward",
    "Year after year is tested by betas from the data before it.",
    { words: ["walk-forward"] },
  ],
  [
    "unseen",
    "Unseen months",
    "Months of the walk forward that no network has been trained or chosen on.",
  ],
  ["frozen", "Frozen", "Estimated once for a test block, and not again before its end."],
  ["updated", "Updated", "Estimated anew before every date."],
]);

/** By the heads under which the page lists them. */
export const TERMS: Readonly<Record<string, readonly Term[]>> = {
  Estimators: ESTIMATORS,
  "Starts of networks": STARTS,
  "Samples and updates": SAMPLES,
  "Tests and errors": TEST_TERMS,
};
