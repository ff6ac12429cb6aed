/** Claims of Step 9: what portfolios sorted by neural betas earn. */

import { betaWithin } from "../../betas/assemble.js";
import { pathEstimator } from "../../betas/estimator.js";
import { historicalBeta } from "../../betas/historical.js";
import { zeroBeta } from "../../betas/zero.js";
import { mean } from "../../stats/moments.js";
import { bootstrapMeasurement, seriesMeasurement } from "../measurement.js";
import { type SortDefinition, sortedPortfolios } from "../../comparing/portfolio-sorts.js";
import { walkForward } from "../../comparing/walk-forward.js";
import { below, between, type ClaimInputs, type MeasuredClaim } from "./claim.js";
import { datedLosses, type WalkedNetworks } from "./networks.js";
import { blockLengthOf } from "./samples.js";

/** Weight of each of the report's four portfolios in the slope of returns on their number. */
const SLOPE = [-0.3, -0.1, 0.1, 0.3];

export async function step9Claims(
  { panel, factors, options }: ClaimInputs,
  walked: readonly WalkedNetworks[],
): Promise<MeasuredClaim[]> {
  const { draws } = options.bootstrap;
  const { test } = options.walkForward;
  const single = walked.filter(({ marketSet }) => panel.markets.includes(marketSet));
  /** Weighted returns of the portfolios by date, mean of the sorts on each market. */
  const spread = (definition: SortDefinition, weights: Readonly<Record<string, number>>) => {
    const sorts = single.map((of) =>
      sortedPortfolios(of.panel, betaWithin(of.paths.all!, test), definition, factors, {
        ...options.sorts,
        draws,
        seed: options.seed,
      }).portfolios.filter(({ name }) => name in weights),
    );
    return panel.dates
      .map((_, t) =>
        mean(
          sorts.map((portfolios) =>
            portfolios.reduce(
              (sum, { name, excessReturns }) => sum + weights[name]! * excessReturns[t]!,
              0,
            ),
          ),
        ),
      )
      .filter(Number.isFinite);
  };
  const slope = Object.fromEntries(SLOPE.map((w, q) => [String(q + 1), w]));
  const every = walked.find(({ marketSet }) => marketSet === panel.markets.join("+"))!;
  const losses = async (estimator: ReturnType<typeof pathEstimator>) =>
    datedLosses(
      every.panel,
      await walkForward(every.panel, estimator, every.splits, {
        update: "updated",
      }),
      test,
    );
  const hedged = await losses(pathEstimator("historical", historicalBeta));
  const unhedged = await losses(pathEstimator("zero", zeroBeta));
  const total = (of: readonly number[], rows: Uint32Array) =>
    rows.reduce((sum, t) => sum + of[t]!, 0);
  return [
    {
      id: "dispersion",
      statistic:
        "fourth minus first of the report's quartiles, log return a month, mean of the sorts on each market; limited: within one percent",
      region: between(-0.01, 0.01),
      measurement: seriesMeasurement(spread("single-coin", { longShort: 1 })),
    },
    {
      id: "low-power",
      statistic: "hedging R² of each coin's OLS betas on all markets, unseen months",
      region: below(0.1),
      measurement: bootstrapMeasurement(
        hedged.length,
        (rows) => 1 - total(hedged, rows) / total(unhedged, rows),
        {
          draws,
          seed: options.seed,
          blockLength: blockLengthOf([hedged.map((l, t) => l - unhedged[t]!)]),
        },
      ),
    },
    {
      id: "flat-slope",
      statistic:
        "log return a month from one of the report's quartiles to the next; near flat: within half a percent",
      region: between(-0.005, 0.005),
      measurement: seriesMeasurement(spread("single-coin", slope)),
    },
    {
      id: "stratification",
      statistic:
        "simple return a month of high-beta minus low-beta coins, two each; weak: within one percent",
      region: between(-0.01, 0.01),
      measurement: seriesMeasurement(spread("sound", { longShort: 1 })),
    },
  ];
}
