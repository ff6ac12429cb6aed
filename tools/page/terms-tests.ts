/** The second part of the page's glossary: tests, corrections and errors. */

import { type Term, terms, works } from "./term.js";

export const TEST_TERMS: readonly Term[] = terms([
  [
    "diebold-mariano",
    "Diebold-Mariano test",
    "Whether the mean difference of two estimators’ squared errors is zero; with Harvey, Leybourne and Newbold’s correction for short samples.",
    {
      words: ["Diebold-Mariano", "Diebold and Mariano"],
      columns: ["dmStatistic", "dmPValue", "hacStatistic", "hacPValue", "dmHolm", "hacHolm"],
      ...works("diebold-mariano-1995", "harvey-leybourne-newbold-1997"),
    },
  ],
  [
    "clark-west",
    "Clark-West test",
    "The same for nested models: the noise of the larger model’s estimates is taken out of its errors.",
    {
      words: ["Clark-West", "Clark and West"],
      columns: ["cwStatistic", "cwPValue"],
      ...works("clark-west-2007"),
    },
  ],
  [
    "enc-new",
    "ENC-NEW test",
    "Whether a forecast holds anything that the one nested in it lacks; critical values by a wild bootstrap.",
    { columns: ["encStatistic", "encPValue"], ...works("clark-mccracken-2001") },
  ],
  [
    "mcs",
    "Model Confidence Set",
    "The estimators that hold the best one with 95 % probability; the p-value is the level at which one leaves the set.",
    { words: ["MCS"], columns: ["mcs"], ...works("hansen-lunde-nason-2011") },
  ],
  [
    "holm",
    "Holm’s correction",
    "p-values that stay valid for the smallest of several tests, without assumptions on their dependence.",
    { words: ["Holm"], columns: ["holmPValue", "claims.pValue"], ...works("holm-1979") },
  ],
  [
    "romano-wolf",
    "Romano-Wolf step-down",
    "The same by a bootstrap that keeps the dependence of the tests, and so rejects more.",
    {
      words: ["Romano and Wolf", "Romano-Wolf"],
      columns: ["dmRomanoWolf"],
      ...works("romano-wolf-2005", "romano-wolf-2016"),
    },
  ],
  [
    "benjamini-yekutieli",
    "Benjamini-Yekutieli correction",
    "q-values that bound the expected share of false rejections among all rejections, whatever the dependence.",
    {
      words: ["Benjamini-Yekutieli", "Benjamini and Yekutieli"],
      columns: ["qValue"],
      ...works("benjamini-yekutieli-2001"),
    },
  ],
  [
    "newey-west",
    "Newey-West errors",
    "Standard errors that hold with autocorrelation and unequal variances, by autocovariances up to a lag.",
    {
      words: ["Newey-West", "Newey and West"],
      columns: ["changeT", "slopesF", "slopesPValue", "tStat", "pValue", "automaticPValue"],
      ...works("newey-west-1987", "newey-west-1994"),
    },
  ],
  [
    "hc3",
    "HC3 errors",
    "Standard errors of a regression that hold with unequal variances, also in small samples.",
    works("mackinnon-white-1985"),
  ],
  [
    "chow",
    "Chow test",
    "Whether coefficients differ before and after a date that is known beforehand.",
    { words: ["Chow’s", "Chow's"], columns: ["chow", "chowPValue"], ...works("chow-1960") },
  ],
  [
    "sup-wald",
    "Sup-Wald test",
    "The largest Wald statistic of a break over all dates but the outer 15 % on either side.",
    {
      words: ["supWald", "sup-Wald"],
      columns: ["supWald", "supPValue", "bootstrapPValue"],
      ...works("andrews-1993", "hansen-2000", "bai-1997", "eo-morley-2015"),
    },
  ],
  [
    "cusum",
    "CUSUM test",
    "Whether cumulated residuals leave the range in which they would wander with constant coefficients.",
    {
      words: ["CUSUM"],
      columns: ["scorePValue", "olsPValue", "recursivePValue"],
      ...works("brown-durbin-evans-1975"),
    },
  ],
  [
    "anova",
    "F test of configurations",
    "Whether configurations differ by more than their seeds do; Welch’s form lets each have a variance of its own.",
    {
      columns: ["fStatistic", "fPValue", "welchStatistic", "welchPValue"],
      ...works("welch-1951"),
    },
  ],
  [
    "patton-timmermann",
    "Patton-Timmermann test",
    "Whether mean returns rise, or fall, from portfolio to portfolio, by a bootstrap.",
    {
      words: ["Patton and Timmermann"],
      columns: ["increasingPValue", "decreasingPValue"],
      ...works("patton-timmermann-2010", "politis-romano-1994"),
    },
  ],
  [
    "grs",
    "Gibbons-Ross-Shanken test",
    "Whether the alphas of several series on the same factors are all zero.",
    { words: ["GRS"], ...works("gibbons-ross-shanken-1989") },
  ],
  [
    "block-bootstrap",
    "Block bootstrap",
    "Samples of whole blocks of dates, which keep dependence over time and between coins; block lengths follow from the data.",
    works("politis-white-2004", "patton-politis-white-2009", "efron-tibshirani-1993"),
  ],
]);
