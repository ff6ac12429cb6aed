/** Claims of the Discussion: co-movement, diversification, contagion. */

import { stressDates } from "../../panel/events.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import { mean } from "../../stats/moments.js";
import type { Panel } from "../../types.js";
import { bootstrapMeasurement, type Measurement } from "../measurement.js";
import { above, below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { NEURAL_CLAIMS } from "./discussion-neural.js";
import {
  adjustedR2,
  betaDifference,
  blockLengthOf,
  coinWeight,
  drawnMoments,
  marketCorrelation,
  meanCoin,
  topDates,
  trailing,
} from "./samples.js";
import { excessReturns, factorColumns } from "./step-7.js";

/** Weeks of a momentum, and of a correlation of markets, before a date. */
const [QUARTER, HALF_YEAR] = [13, 26];
/** Weeks after a crisis that count as its aftermath. */
const AFTER = 4;

/** The same about returns and regressions, without a network. */
const RETURNS: readonly Claim[] = [
  ...["FIAT", "EQUITY", "GOLD", "ENERGY"].map(
    (market): Claim => ({
      id: `comovement-${market.toLowerCase()}-returns`,
      statistic: `correlation with ${market}, mean of coins; weak: within 0.3`,
      region: between(-0.3, 0.3),
      measure: (context) => lowestCorrelation(context, [market], false),
    }),
  ),
  {
    id: "negative-returns",
    statistic: "lowest of the markets' correlations, mean of coins",
    region: below(0),
    measure: (context) => lowestCorrelation(context, context.panel.markets, true),
  },
  ...["EQUITY", "ENERGY"].map(
    (market): Claim => ({
      id: `bullish-${market.toLowerCase()}-regression`,
      statistic: `pooled beta on ${market} in weeks after ${QUARTER} weeks in which coins rose, minus that in all others`,
      region: above(0),
      measure({ weekly, chance }) {
        const coin = meanCoin(weekly);
        const momentum = trailing(QUARTER, weekly.dates.length, (from, to) =>
          mean(coin.subarray(from, to)),
        );
        const rising = weekly.dates.filter((_, t) => momentum[t]! > 0);
        const others = weekly.dates.filter((_, t) => momentum[t]! <= 0);
        return betaDifference(weekly, market, { inside: rising, outside: others, ...chance });
      },
    }),
  ),
  {
    id: "classical",
    statistic:
      "adjusted R² of the coins' excess returns on the five factors, dollar, gold and energy, mean of coins; largely outside: below a quarter",
    region: below(0.25),
    measure: ({ panel, factors, chance }) =>
      adjustedR2(
        excessReturns(panel, factors),
        [
          ...factorColumns(panel, factors),
          ...["FIAT", "GOLD", "ENERGY"].map((name) => simpleReturns(marketReturns(panel, name))),
        ],
        chance,
      ),
  },
  {
    id: "diversification",
    statistic: "weight of the coins in the portfolio of least variance with the markets, weeks",
    region: above(0),
    measure: ({ weekly, chance }) => coinWeight(weekly, weekly.dates, chance),
  },
  {
    id: "diversification-correlated",
    statistic: `the same in the quarter of weeks before which the markets were most correlated (${HALF_YEAR} weeks)`,
    region: above(0),
    measure({ weekly, chance }) {
      const { inside } = topDates(weekly.dates, marketCorrelation(weekly, HALF_YEAR), 0.25);
      return coinWeight(weekly, inside, chance);
    },
  },
  {
    id: "contagion-regression",
    statistic: "pooled beta on EQUITY in its worst tenth of weeks, minus that in calm weeks",
    region: above(0),
    measure({ weekly, chance }) {
      const { stress, calm } = crisisDates(weekly);
      return betaDifference(weekly, "EQUITY", { inside: stress, outside: calm, ...chance });
    },
  },
  {
    id: "contagion-short-regression",
    statistic: `pooled beta on EQUITY in the ${AFTER} weeks after such a week, minus that in calm weeks; short-lived: within 0.25`,
    region: between(-0.25, 0.25),
    measure({ weekly, chance }) {
      const { aftermath, calm } = crisisDates(weekly);
      return betaDifference(weekly, "EQUITY", { inside: aftermath, outside: calm, ...chance });
    },
  },
];

export const DISCUSSION: readonly Claim[] = [...NEURAL_CLAIMS, ...RETURNS];

/** The lowest of the correlations with some markets, each the mean of the coins' correlations. */
function lowestCorrelation(
  { panel, chance }: ClaimContext,
  names: readonly string[],
  recentred: boolean,
): Measurement {
  const coins = panel.coins.map((coin) => coinReturns(panel, coin));
  const markets = names.map((name) => marketReturns(panel, name));
  const average = meanCoin(panel);
  const moments = drawnMoments([...coins, ...markets]);
  return bootstrapMeasurement(
    panel.dates.length,
    (rows) => {
      const covariance = moments(rows);
      const width = (i: number) => Math.sqrt(covariance(i, i));
      const means = markets.map((_, k) => {
        const market = coins.length + k;
        return mean(coins.map((_, i) => covariance(i, market) / width(i) / width(market)));
      });
      return Math.min(...means);
    },
    {
      ...chance,
      recentred,
      blockLength: blockLengthOf(markets.map((f) => average.map((r, t) => r * f[t]!))),
    },
  );
}

/** Weeks of a crisis, the weeks after it, and all that are neither. */
function crisisDates(weekly: Panel) {
  const { dates } = weekly;
  const stress = stressDates(weekly, "EQUITY", 0.1);
  const aftermath = dates.filter(
    (date, t) =>
      !stress.includes(date) &&
      dates.slice(Math.max(0, t - AFTER), t).some((before) => stress.includes(before)),
  );
  const calm = dates.filter((date) => !stress.includes(date) && !aftermath.includes(date));
  return { stress, aftermath, calm };
}
