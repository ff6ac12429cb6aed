/** Claims of Step 9: what portfolios sorted by neural betas earn. */

import { betaWithin } from "../../betas/assemble.js";
import { type Estimator, pathEstimator } from "../../betas/estimator.js";
import { historicalBeta } from "../../betas/historical.js";
import { zeroBeta } from "../../betas/zero.js";
import { type SortDefinition, sortedPortfolios } from "../../comparing/portfolio-sorts.js";
import { walkForward } from "../../comparing/walk-forward.js";
import { mean } from "../../stats/moments.js";
import {
  bootstrapMeasurement,
  exactMeasurement,
  loneMeasurement,
  type Measurement,
  seriesMeasurement,
} from "../measurement.js";
import { matchReportedSorts } from "../reported-sorts.js";
import { below, between } from "./claim.js";
import type { Claim, ClaimContext } from "./context.js";
import { datedLosses } from "./networks.js";
import { blockLengthOf } from "./samples.js";

/** Weights of portfolios, by name. */
type Weights = ReadonlyMap<string, number>;

const LONG_SHORT: Weights = new Map([["long-short", 1]]);
/** Weight of each of the report's four portfolios in the slope of returns on their number. */
const SLOPE: Weights = new Map([
  ["1", -0.3],
  ["2", -0.1],
  ["3", 0.1],
  ["4", 0.3],
]);

export const STEP_9: readonly Claim[] = [
  {
    id: "dispersion",
    statistic:
      "fourth minus first of the report's quartiles, log return a month, mean of the sorts on each market by updated networks; limited: within one percent",
    region: between(-0.01, 0.01),
    measure: (context) => sortedReturns(context, "single-coin", LONG_SHORT),
  },
  {
    id: "low-power",
    statistic: "hedging R² of each coin's OLS betas on all markets, unseen months",
    region: below(0.1),
    measure: hedgingPower,
  },
  {
    id: "flat-slope",
    statistic:
      "log return a month from one of the report's quartiles to the next, sorts as above; near flat: within half a percent",
    region: between(-0.005, 0.005),
    measure: (context) => sortedReturns(context, "single-coin", SLOPE),
  },
  {
    id: "stratification",
    statistic:
      "simple return a month of high-beta minus low-beta coins, two each, by updated networks; weak: within one percent",
    region: between(-0.01, 0.01),
    measure: (context) => sortedReturns(context, "sound", LONG_SHORT),
  },
  {
    id: "sorts-printed",
    statistic:
      "largest difference of a printed excess return from that of the nearest coin, over the market; within half a percent",
    region: below(0.005),
    measure({ printedSorts, panel }) {
      const matched = matchReportedSorts(printedSorts, panel, []);
      if (matched.length === 0) return loneMeasurement(Number.NaN, 0);
      return exactMeasurement(
        Math.max(...matched.map(({ difference }) => difference)),
        matched.length,
      );
    },
  },
];

/** Weighted returns of the portfolios by date, mean of the sorts on each market. */
async function sortedReturns(
  { panel, factors, options, chance, updatedOn }: ClaimContext,
  definition: SortDefinition,
  weights: Weights,
): Promise<Measurement> {
  const { sorts, walkForward: walk } = options;
  const weighted: Float64Array[] = [];
  for (const market of panel.markets) {
    const networks = await updatedOn(market);
    const betas = betaWithin(networks.path, walk.test);
    const { portfolios } = sortedPortfolios(networks.panel, betas, {
      definition,
      factors,
      ...sorts,
      ...chance,
    });
    const held = portfolios.filter(({ name }) => weights.has(name));
    weighted.push(
      Float64Array.from(panel.dates, (_, t) =>
        held.reduce(
          (sum, { name, excessReturns }) => sum + weights.get(name)! * excessReturns[t]!,
          0,
        ),
      ),
    );
  }
  const byDate = panel.dates.map((_, t) => mean(weighted.map((returns) => returns[t]!)));
  return seriesMeasurement(byDate.filter(Number.isFinite));
}

/** Hedging R² of expanding OLS betas on all markets at once. */
async function hedgingPower({ panel, options, chance, walkedOn }: ClaimContext) {
  const every = await walkedOn(panel.markets.join("+"));
  const losses = async (estimator: Estimator) =>
    datedLosses(
      every.panel,
      await walkForward(every.panel, estimator, { splits: every.splits, update: "updated" }),
      options.walkForward.test,
    );
  const hedged = await losses(pathEstimator("historical", historicalBeta));
  const unhedged = await losses(pathEstimator("zero", zeroBeta));
  const total = (values: readonly number[], rows: Uint32Array) =>
    rows.reduce((sum, t) => sum + values[t]!, 0);
  return bootstrapMeasurement(
    hedged.length,
    (rows) => 1 - total(hedged, rows) / total(unhedged, rows),
    { ...chance, blockLength: blockLengthOf([hedged.map((l, t) => l - unhedged[t]!)]) },
  );
}
