/** Claims of the Discussion about neural betas: co-movement, bullish phases, contagion. */

import { betaSeries } from "../../betas/series.js";
import { stressDates } from "../../panel/events.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { mean, standardDeviation } from "../../stats/moments.js";
import { seriesMeasurement } from "../measurement.js";
import { above, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import {
  coinMeans,
  meanDifference,
  reportedPath,
  slopeMeasurement,
  withWeightError,
} from "./neural-paths.js";
import { meanCoin, trailing } from "./samples.js";

const MARKETS = ["FIAT", "EQUITY", "GOLD", "ENERGY"];
/** Months of a momentum before a date. */
const SEASON = 3;
/** Months after a crisis in which a beta that knows the month before can show it, and months after these. */
const [DURING, AFTER] = [2, 6];

export const NEURAL_CLAIMS: readonly Claim[] = [
  ...MARKETS.map(
    (market): Claim => ({
      id: `comovement-${market.toLowerCase()}`,
      statistic: `mean neural beta on ${market} in standard deviations, all coins, unseen months; weak: within 0.3, a tenth of the variance`,
      region: between(-0.3, 0.3),
      async measure(context) {
        const { all } = (await context.walkedOn(market)).paths;
        const scale = widthRatio(context, market);
        const { values } = coinMeans(all, market);
        const byDate = seriesMeasurement(
          values.map((beta) => scale * beta),
          context.options.lookback,
        );
        return withWeightError(byDate, context, { market, scale });
      },
    }),
  ),
  {
    id: "negative",
    statistic:
      "share of neural betas below zero, all coins and single markets, unseen months; occasionally: 5 to 50 %",
    region: between(0.05, 0.5),
    async measure(context) {
      const signs: number[][] = [];
      for (const market of context.panel.markets) {
        const { all } = (await context.walkedOn(market)).paths;
        for (const coin of all.coins)
          signs.push(betaSeries(all, coin, market).map(({ beta }) => (beta < 0 ? 1 : 0)));
      }
      const byDate = signs[0]!.map((_, t) => mean(signs.map((values) => values[t]!)));
      return seriesMeasurement(byDate, context.options.lookback);
    },
  },
  ...["EQUITY", "ENERGY"].map(
    (market): Claim => ({
      id: `bullish-${market.toLowerCase()}`,
      statistic: `slope of the mean neural beta on ${market} on the coins' mean return of the ${SEASON} months before, unseen months`,
      region: above(0),
      async measure(context) {
        const { all } = (await context.walkedOn(market)).paths;
        const { dates, values } = coinMeans(all, market);
        const coin = meanCoin(context.panel);
        const momentum = trailing(SEASON, coin.length, (from, to) => mean(coin.subarray(from, to)));
        const before = dates.map((date) => momentum[context.panel.dates.indexOf(date)]!);
        return slopeMeasurement(before, values, context.options.lookback);
      },
    }),
  ),
  {
    id: "contagion",
    statistic: `mean neural beta on EQUITY in the ${DURING} months after its worst tenth of months, minus that in calm months, the report's configuration`,
    region: above(0),
    measure: (context) => afterCrises(context, "during"),
  },
  {
    id: "contagion-short",
    statistic: `mean neural beta on EQUITY in months ${DURING + 1} to ${AFTER} after such a month, minus that in calm months; short-lived: within 0.25`,
    region: between(-0.25, 0.25),
    measure: (context) => afterCrises(context, "after"),
  },
];

/** Standard deviation of a market over that of a coin, mean of coins: turns a beta into standard deviations. */
function widthRatio({ panel }: ClaimContext, market: string): number {
  const width = standardDeviation(marketReturns(panel, market), 1);
  return mean(panel.coins.map((coin) => width / standardDeviation(coinReturns(panel, coin), 1)));
}

/** Mean beta some months after a crisis minus that of months that are far from one. */
async function afterCrises(context: ClaimContext, when: "during" | "after") {
  const { dates } = context.panel;
  const stress = stressDates(context.panel, "EQUITY", 0.1);
  const monthsSince = (date: string) => {
    const t = dates.indexOf(date);
    return t - Math.max(...stress.map((crisis) => dates.indexOf(crisis)).filter((s) => s < t), -99);
  };
  const path = await reportedPath(context, "EQUITY");
  const within = (from: number, through: number) =>
    path.dates.filter((date) => monthsSince(date) >= from && monthsSince(date) <= through);
  const inside = when === "during" ? within(1, DURING) : within(DURING + 1, AFTER);
  const outside = within(AFTER + 1, Number.POSITIVE_INFINITY);
  return meanDifference(path, { inside, outside }, context.options.lookback);
}
