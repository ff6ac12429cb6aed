/** Claims of the Discussion: co-movement, diversification, contagion. */

import { stressDates } from "../../panel/events.js";
import { column } from "../../panel/panel.js";
import { simpleReturns } from "../../panel/returns.js";
import { correlation } from "../../stats/correlation.js";
import { mean } from "../../stats/moments.js";
import { bootstrapMeasurement } from "../measurement.js";
import { above, below, between, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import {
  adjustedR2,
  betaDifference,
  blockLengthOf,
  coinWeight,
  marketCorrelation,
  marketReturns,
  meanCoin,
  topDates,
  trailing,
} from "./samples.js";
import { excessReturns, factorColumns } from "./step-7.js";

/** Weeks of a momentum, and of a correlation of markets, before a date. */
const [QUARTER, HALF_YEAR] = [13, 26];
/** Weeks after a crisis that count as its aftermath. */
const AFTER = 4;

export function discussionClaims({
  panel,
  weekly,
  factors,
  options,
}: Pick<ClaimInputs, "panel" | "weekly" | "factors" | "options">): MeasuredClaim[] {
  const chance = { draws: options.bootstrap.draws, seed: options.seed };
  const coins = panel.coins.map((_, i) => column(panel.coinLogReturns, panel.coins.length, i));
  const markets = panel.markets.map((name) => marketReturns(panel, name));
  const meanCorrelation = (rows: Uint32Array, market: Float64Array) => {
    const of = (series: Float64Array) => Array.from(rows, (t) => series[t]!);
    const drawn = of(market);
    return mean(coins.map((coin) => correlation(of(coin), drawn)));
  };
  const bootstrap = (
    markets: readonly Float64Array[],
    statistic: (rows: Uint32Array) => number,
    recentred: boolean,
  ) =>
    bootstrapMeasurement(panel.dates.length, statistic, {
      ...chance,
      recentred,
      blockLength: blockLengthOf(markets.map((f) => meanCoin(panel).map((r, t) => r * f[t]!))),
    });
  const momentum = trailing(QUARTER, weekly.dates.length, (from, to) =>
    mean(meanCoin(weekly).subarray(from, to)),
  );
  const known = weekly.dates.filter((_, t) => Number.isFinite(momentum[t]));
  const bullish = weekly.dates.filter((_, t) => momentum[t]! > 0);
  const correlated = topDates(weekly.dates, marketCorrelation(weekly, HALF_YEAR), 0.25).inside;
  const stress = stressDates(weekly, "EQUITY", 0.1);
  const aftermath = weekly.dates.filter(
    (date, t) =>
      !stress.includes(date) &&
      weekly.dates.slice(Math.max(0, t - AFTER), t).some((before) => stress.includes(before)),
  );
  const calm = weekly.dates.filter((date) => !stress.includes(date) && !aftermath.includes(date));
  const onEquity = (inside: readonly string[], outside: readonly string[]) =>
    betaDifference(weekly, "EQUITY", inside, outside, chance);
  return [
    ...panel.markets.map((market, k) => ({
      id: `comovement-${market.toLowerCase()}`,
      statistic: `correlation with ${market}, mean of coins; weak: within 0.3`,
      region: between(-0.3, 0.3),
      measurement: bootstrap([markets[k]!], (rows) => meanCorrelation(rows, markets[k]!), false),
    })),
    {
      id: "negative",
      statistic: "lowest of the markets' correlations, mean of coins",
      region: below(0),
      measurement: bootstrap(
        markets,
        (rows) => Math.min(...markets.map((f) => meanCorrelation(rows, f))),
        true,
      ),
    },
    ...["EQUITY", "ENERGY"].map((market) => ({
      id: `bullish-${market.toLowerCase()}`,
      statistic: `pooled beta on ${market} in weeks after ${QUARTER} weeks in which coins rose, minus that in all others`,
      region: above(0),
      measurement: betaDifference(
        weekly,
        market,
        bullish,
        known.filter((date) => !bullish.includes(date)),
        chance,
      ),
    })),
    {
      id: "classical",
      statistic:
        "adjusted R² of the coins' excess returns on the five factors, dollar, gold and energy, mean of coins; largely outside: below a quarter",
      region: below(0.25),
      measurement: adjustedR2(
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
      measurement: coinWeight(weekly, weekly.dates, chance),
    },
    {
      id: "diversification-correlated",
      statistic: `the same in the quarter of weeks before which the markets were most correlated (${HALF_YEAR} weeks)`,
      region: above(0),
      measurement: coinWeight(weekly, correlated, chance),
    },
    {
      id: "contagion",
      statistic: "pooled beta on EQUITY in its worst tenth of weeks, minus that in calm weeks",
      region: above(0),
      measurement: onEquity(stress, calm),
    },
    {
      id: "contagion-short",
      statistic: `pooled beta on EQUITY in the ${AFTER} weeks after such a week, minus that in calm weeks; short-lived: within 0.25`,
      region: between(-0.25, 0.25),
      measurement: onEquity(aftermath, calm),
    },
  ];
}
