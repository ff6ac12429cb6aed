/** A study's claims, measured on its own data and judged by the ledger's rule. */

import { isBuiltIn } from "../../betas/check-estimator.js";
import type { Estimator } from "../../betas/estimator.js";
import { commonErrors, dateLosses } from "../../comparing/common-errors.js";
import { overMarketSets, type Walked, walkedEstimator } from "../../comparing/walked.js";
import { isNetwork } from "../../models/neural-estimator.js";
import { factorGap, withPredictors } from "../../panel/factors.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { mean } from "../../stats/moments.js";
import type { DateRange, Factors, Panel, Split } from "../../types.js";
import type { MeasuredClaim, PrintedClaim } from "../claims/claim.js";
import { type ClaimRow, claimLedger } from "../claims/ledger.js";
import { rmsePercentOfBest } from "../claims/networks.js";
import { blockLengthOf, meanCoin } from "../claims/samples.js";
import {
  type BootstrapMeasure,
  bootstrapMeasurement,
  loneMeasurement,
  type Measurement,
} from "../measurement.js";
import {
  type CorrelationClaim,
  centred,
  correlationMeasurement,
  correlationOn,
  sampleWords,
} from "./correlations.js";
import {
  type ClaimStatistic,
  type CorrelationStatistic,
  isCorrelation,
  type StudyClaim,
} from "./template.js";

/** What a study's claims are measured with. */
export interface StudyClaimInputs {
  readonly panel: Panel;
  /** The whole ladder on every market set, as `walkedSets` returns it. */
  readonly walked: readonly (readonly Walked[])[];
  /** Its test dates: all that counts. */
  readonly range: DateRange;
  /** What the factors are tried on, frozen in every test block; without it they cannot be tested. */
  readonly factorGain?: {
    readonly factors: Factors;
    readonly estimator: Estimator;
    readonly splits: readonly Split[];
  };
  readonly bootstrap: Pick<BootstrapMeasure, "draws" | "seed">;
}

/** Claims that Holm's correction takes together, and what is measured of each. */
const KINDS: Readonly<
  Record<
    ClaimStatistic | CorrelationStatistic,
    { readonly step: string; readonly statistic: string }
  >
> = {
  "correlation-printed": {
    step: "Correlation",
    statistic: "correlation with the market, mean of coins, or its lead, in the sample itself",
  },
  correlation: { step: "Correlation", statistic: "correlation with the market, mean of coins" },
  "correlation-rise": {
    step: "Correlation",
    statistic: "absolute correlation with the market, mean of coins, less that of the range before",
  },
  "correlation-lead": {
    step: "Correlation",
    statistic:
      "absolute correlation with the market, mean of coins, less that of another market with it",
  },
  "network-pooled": {
    step: "Network",
    statistic: "RMSE of the network over that of the pooled constant, change in %, unseen dates",
  },
  "network-classical": {
    step: "Network",
    statistic:
      "RMSE of the network over that of the best classical beta, change in %, unseen dates",
  },
  "amortised-pooled": {
    step: "Amortised beta",
    statistic:
      "RMSE of the amortised beta over that of the pooled constant, change in %, unseen dates",
  },
  "amortised-classical": {
    step: "Amortised beta",
    statistic:
      "RMSE of the amortised beta over that of the best classical beta, change in %, unseen dates",
  },
  "co-movement": { step: "Co-movement", statistic: "correlation with the market, mean of coins" },
  "factor-gain": {
    step: "Factors",
    statistic:
      "RMSE of the network with the factors among its inputs over that without, change in %",
  },
};

/**
 * A study's claims with verdicts by the rule of the report's ledger: two one-sided tests for regions with two ends, Holm's
 * correction within a step, Benjamini and Yekutieli's over all.
 *
 * Betas are updated before every date where they can be; the best classical beta is the best of all in the sample and in every
 * draw, no hedge and the pooled constant among them, so that a network has to beat each. Whole dates are drawn.
 *
 * @throws RangeError if a market set of a claim was not walked
 * @example
 * const claims = studyClaims({ markets: ["GOLD"], marketSets: [] });
 * const rows = await studyLedger(claims, { panel, walked, range: sample.range, bootstrap: draws });
 * rows.map(({ step, about, measured, verdict }) => [step, about, measured, verdict]); // [["Co-movement", "GOLD", 0.1401, "undecided"]]
 */
export async function studyLedger(
  claims: readonly StudyClaim[],
  inputs: StudyClaimInputs,
): Promise<ClaimRow[]> {
  const gains = await gainWalks(claims, inputs);
  const printed: PrintedClaim[] = [];
  const measured: MeasuredClaim[] = [];
  for (const entry of claims) {
    const { statistic, claim, region, reported = Number.NaN } = entry;
    const about = isCorrelation(statistic) ? sampleWords(entry.on, entry) : entry.on;
    const id = `${statistic} ${about}`;
    const kind = KINDS[statistic];
    printed.push({ id, step: kind.step, claim, about, reported });
    const measurement = isCorrelation(statistic)
      ? await correlationMeasurement(entry as CorrelationClaim, inputs.panel, inputs.bootstrap)
      : measure({ statistic, on: entry.on }, inputs, gains);
    measured.push({ id, statistic: kind.statistic, region, measurement });
  }
  return claimLedger(printed, measured);
}

function measure(
  { statistic, on }: { readonly statistic: ClaimStatistic; readonly on: string },
  inputs: StudyClaimInputs,
  gains: ReadonlyMap<string, readonly Walked[]>,
): Measurement {
  if (statistic === "co-movement") return coMovement(inputs, on);
  if (statistic === "factor-gain") {
    const [without, informed] = gains.get(on) ?? [];
    return against(informed, without ? [without] : [], inputs);
  }
  const walked = inputs.walked.find((set) => set[0]?.marketSet === on);
  if (!walked)
    throw new RangeError(
      `studyLedger: every market set of a claim must be walked, ${on} is not; add it to the walk`,
    );
  const all = newest(walked);
  const [kind, rival] = statistic.split("-");
  const classical = all.filter(({ estimator }) => isClassical(estimator));
  return against(
    all.find(({ estimator }) =>
      kind === "network" ? isNetwork({ estimator }) : estimator === kind,
    ),
    rival === "classical" ? classical : all.filter(({ estimator }) => estimator === rival),
    inputs,
  );
}

const isClassical = (estimator: string): boolean =>
  isBuiltIn(estimator) && !isNetwork({ estimator }) && estimator !== "amortised";

/** Every estimator once, updated where it is. */
const newest = (walked: readonly Walked[]): Walked[] => [
  ...new Map(walked.map((row) => [row.estimator, row])).values(),
];

/** By how many percent the RMSE differs from the best rival's; without one or the other, or dates of both, there is nothing to measure. */
function against(
  own: Walked | undefined,
  rivals: readonly Walked[],
  { range, bootstrap }: StudyClaimInputs,
): Measurement {
  const nothing = loneMeasurement(Number.NaN, 0);
  if (!own || rivals.length === 0) return nothing;
  const { dates, errors, late } = commonErrors("studyLedger", [own, ...rivals], range);
  const [losses, ...others] = errors.map(dateLosses);
  const inTime = others.filter((_, r) => !late[1 + r]);
  if (late[0] || dates.length === 0 || inTime.length === 0) return nothing;
  return rmsePercentOfBest(losses!, inTime, bootstrap);
}

/** The estimator without and with the factors as inputs, by market set; none where the factors lack a date. */
async function gainWalks(
  claims: readonly StudyClaim[],
  { panel, factorGain }: StudyClaimInputs,
): Promise<Map<string, readonly Walked[]>> {
  const sets = claims.filter(({ statistic }) => statistic === "factor-gain").map(({ on }) => on);
  if (!factorGain || factorGap(panel, factorGain.factors) !== undefined) return new Map();
  const { factors, estimator, splits } = factorGain;
  const covered = new Set(factors.dates);
  if (!panel.dates.every((date) => covered.has(date))) return new Map();
  const run = { splits, update: "frozen" } as const;
  return new Map(
    await overMarketSets(panel, sets, async (base, set) => [
      set,
      [
        await walkedEstimator(base, estimator, run),
        await walkedEstimator(withPredictors(base, factors), estimator, run),
      ],
    ]),
  );
}

/** Mean over the coins of their correlations with a market, each on its own dates. */
function coMovement({ panel, bootstrap }: StudyClaimInputs, market: string): Measurement {
  const average = meanCoin(panel);
  const f = marketReturns(panel, market);
  const rows = [...panel.dates.keys()].filter((t) => Number.isFinite(f[t]! * average[t]!));
  const factor = centred(Float64Array.from(rows, (t) => f[t]!));
  const coins = panel.coins.map((coin) => {
    const returns = coinReturns(panel, coin);
    return centred(Float64Array.from(rows, (t) => returns[t]!));
  });
  return bootstrapMeasurement(
    rows.length,
    (drawn) =>
      mean(coins.map((coin) => correlationOn(coin, factor, drawn)).filter(Number.isFinite)),
    { ...bootstrap, blockLength: blockLengthOf([rows.map((t) => average[t]! * f[t]!)]) },
  );
}
