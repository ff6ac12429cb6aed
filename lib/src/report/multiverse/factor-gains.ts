/** The multiverse of "RMSE reduction 2-3 %": what the Fama-French factors add, for every defensible estimator and sample. */

import { type Estimator, pathEstimator } from "../../betas/estimator.js";
import { historicalBeta } from "../../betas/historical.js";
import { classicalLadder } from "../../betas/ladder.js";
import { pooledBeta } from "../../betas/pooled.js";
import { rollingBeta } from "../../betas/rolling.js";
import { type FactorGainRow, factorGain } from "../../comparing/factor-gain.js";
import type { GainCandidate } from "../../comparing/gain-candidates.js";
import { marketNames } from "../../panel/panel.js";
import { walkForwardSplits } from "../../panel/walk-forward.js";
import type { Factors, Panel } from "../../types.js";
import type { Specification } from "./specification.js";

export interface FactorGainsOptions {
  /** Name of the equity market in the panel, and what stands under it. */
  readonly market: string;
  readonly equity: string;
  readonly marketSets: readonly string[];
  /** Windows of rolling betas in periods, longer than all hedges and factors are many. */
  readonly windows: readonly number[];
  /** Periods of the inputs of ridge and networks; none leaves these out. */
  readonly inputs: readonly number[];
  /** Networks for a look-back; none by default. */
  readonly networks?: (lookback: number) => readonly GainCandidate[];
  /** First targets that may be fitted on. */
  readonly fitFrom: string;
  /** Years that tests begin in. */
  readonly from: readonly string[];
  readonly through: string;
  readonly draws: number;
  readonly seed: number;
}

/**
 * Reduction of the RMSE by the factors in percent, walk-forward: pooled and own OLS betas, frozen and updated, rolling ones, a ridge
 * and networks on several look-backs; as inputs (A) where an estimator has inputs, and as hedges (B).
 *
 * @returns by first year, market set, estimator and experiment
 * @throws RangeError if the factors lack a date of the panel
 */
export async function factorGains(
  panel: Panel,
  factors: Factors,
  options: FactorGainsOptions,
): Promise<Specification[]> {
  const { market, equity, draws, seed } = options;
  const specifications: Specification[] = [];
  for (const year of options.from) {
    const test = { from: `${year}-01`, through: options.through };
    for (const { sets, lookback = NaN, inputs = 0, candidates } of groupsOf(options)) {
      const splits = walkForwardSplits(panel.dates, {
        from: options.fitFrom,
        lookback: inputs,
        test,
        refit: "yearly",
      });
      const rows = await factorGain(panel, factors, {
        marketSets: sets,
        candidates,
        designs: [{ splits, samples: [{ name: year, range: test }] }],
        bootstrap: { draws, seed, level: 0.95 },
        equity: market,
      });
      const from = splits[0]!.outOfSample.from;
      for (const row of rows)
        if (row.marketSet !== "all")
          specifications.push({
            frequency: panel.frequency,
            equity,
            lookback,
            from,
            ...changeOf(row),
          });
    }
  }
  return specifications;
}

/** A row's change in percent. */
function changeOf(row: FactorGainRow) {
  return {
    claim: "factor gain",
    marketSet: row.marketSet,
    coin: "all",
    estimator: `${row.estimator} ${row.update}, ${row.experiment}`,
    intercept: "no",
    n: row.n,
    estimate: 100 * row.change,
    lower: 100 * row.lower,
    upper: 100 * row.upper,
  } as const;
}

/** The candidates of one look-back. */
interface Group {
  readonly sets: readonly string[];
  readonly lookback?: number;
  /** Periods that targets need before them. */
  readonly inputs?: number;
  readonly candidates: readonly GainCandidate[];
}

/** Without a look-back, of every window, and of every length of inputs. */
function groupsOf({ marketSets, windows, inputs, networks }: FactorGainsOptions): readonly Group[] {
  const single = marketSets.filter((set) => marketNames(set).length === 1);
  return [
    {
      sets: marketSets,
      candidates: (["frozen", "updated"] as const).flatMap((update) =>
        [pooled, historical].map((estimator) => ({ estimator, update, hasInputs: false })),
      ),
    },
    ...windows.map((lookback) => ({
      sets: marketSets,
      lookback,
      candidates: [{ estimator: rolling(lookback), update: "updated" as const, hasInputs: false }],
    })),
    ...inputs.flatMap((lookback) => [
      // A ridge on the inputs of several hedges takes as long as all the rest.
      {
        sets: single,
        lookback,
        inputs: lookback,
        candidates: [{ estimator: ridge(lookback), update: "frozen" as const, hasInputs: true }],
      },
      {
        sets: marketSets,
        lookback,
        inputs: lookback,
        candidates: networks?.(lookback) ?? [],
      },
    ]),
  ];
}

const builtIn = (...[id, path]: Parameters<typeof pathEstimator>): Estimator => ({
  ...pathEstimator(id, path),
  builtIn: true,
});

const pooled = builtIn("pooled", pooledBeta);

/** Without its intervals, which take most of the time and which no gain needs. */
const historical = builtIn("historical", (panel, { from }) =>
  historicalBeta(panel, { from, intervals: false }),
);

const rolling = (lookback: number): Estimator =>
  builtIn("rolling", (panel) => rollingBeta(panel, { lookback, intervals: false }));

/** As the ladder tunes it. */
const ridge = (lookback: number): Estimator =>
  classicalLadder(1, { lookback }).find(({ id }) => id === "ridge")!;
