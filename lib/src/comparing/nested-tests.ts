/** Networks against constants that they nest: on equal information and on all, with tests that allow for the nesting. */

import type { Update } from "../betas/estimator.js";
import { isNetwork } from "../models/neural-estimator.js";
import { defaultBlockLength } from "../stats/block-length.js";
import { clarkWest } from "../stats/clark-west.js";
import { dieboldMariano, lossDifferential } from "../stats/diebold-mariano.js";
import { encNew } from "../stats/enc-new.js";
import { mean } from "../stats/moments.js";
import { holmPValues } from "../stats/multiple-testing.js";
import { neweyWestLags } from "../stats/newey-west.js";
import { circularResamples } from "../stats/resamples.js";
import { romanoWolfPValues } from "../stats/romano-wolf.js";
import { studentizedChange } from "../stats/studentized-change.js";
import type { Draws, Sample } from "../types.js";
import { commonErrors, dateLosses } from "./common-errors.js";
import { benchmarkOf } from "./forecast-comparison.js";
import { clarkWestByDate, FEWEST_DATES } from "./paired-tests.js";
import type { Walked } from "./walked.js";

/** What the constant knows: all before the date, or what the network's weights were trained on. */
export type Information = "all" | "network's";

/** One network against one constant, all coins together; RMSE in log returns. NaN where there are fewer than 24 dates. */
export interface NestedTest {
  readonly sample: string;
  readonly marketSet: string;
  readonly estimator: string;
  readonly update: Update;
  readonly information: Information;
  readonly n: number;
  readonly rmse: number;
  readonly benchmarkRmse: number;
  /** RMSE minus the constant's, with a studentized bootstrap interval. */
  readonly change: number;
  readonly changeLower: number;
  readonly changeUpper: number;
  /** Diebold-Mariano without lags, two-sided; below 0 where the network is better. */
  readonly dmStatistic: number;
  readonly dmPValue: number;
  /** Holm's and Romano and Wolf's over all networks against constants of the same information; the latter with Newey-West errors. */
  readonly dmHolm: number;
  readonly dmRomanoWolf: number;
  /** Clark-West, one-sided: whether the network holds anything that the constant lacks. */
  readonly cwStatistic: number;
  readonly cwPValue: number;
  /** ENC-NEW with critical values of the wild bootstrap, one-sided. */
  readonly encStatistic: number;
  readonly encPValue: number;
}

/**
 * Every network of every set against the constant with all information (`pooled`) and with its own (`pooled-network`, or
 * `pooled-network-final` for networks that are trained on the validation block too).
 *
 * @param sets walked estimators of each market set, with the constants
 * @returns without networks that come too late, whose rows `compareForecasts` has
 * @throws RangeError if a set lacks a constant, or no date of the panel lies in the range
 * @example
 * nestedTests(walked, sample, draws).length; // 0: the example has no network
 */
export function nestedTests(
  sets: readonly (readonly Walked[])[],
  sample: Sample,
  bootstrap: Draws,
): NestedTest[] {
  const meetings = meetingsOf(sets, sample);
  return INFORMATION.flatMap((information) =>
    tested(
      meetings.filter((meeting) => meeting.information === information),
      sample.name,
      bootstrap,
    ),
  );
}

const INFORMATION: readonly Information[] = ["all", "network's"];

interface Meeting extends Pick<NestedTest, "marketSet" | "estimator" | "update" | "information"> {
  /** By coin, then by date. */
  readonly large: readonly (readonly number[])[];
  readonly small: readonly (readonly number[])[];
  readonly losses: readonly number[];
  readonly constant: readonly number[];
}

function meetingsOf(sets: readonly (readonly Walked[])[], sample: Sample): Meeting[] {
  const all = sets.flat().filter((w) => isNetwork(w) || w.estimator.startsWith("pooled"));
  if (!all.some(isNetwork)) return [];
  const { errors, late } = commonErrors("nestedTests", all, sample.range);
  const measured = all
    .map((walked, i) => ({ ...walked, errors: errors[i]! }))
    .filter((_, i) => !late[i]);
  return measured.filter(isNetwork).flatMap(({ marketSet, estimator, update, errors: large }) => {
    const beside = measured.filter((walked) => walked.marketSet === marketSet);
    const own = estimator.endsWith("-final") ? "pooled-network-final" : "pooled-network";
    return INFORMATION.map((information) => {
      const { errors: small } = benchmarkOf(beside, information === "all" ? "pooled" : own, update);
      const [losses, constant] = [dateLosses(large), dateLosses(small)];
      return { marketSet, estimator, update, information, large, small, losses, constant };
    });
  });
}

/** The tests of one family: networks against constants of the same information. */
function tested(meetings: readonly Meeting[], sample: string, bootstrap: Draws): NestedTest[] {
  const n = meetings[0]?.losses.length ?? 0;
  const enough = n >= FEWEST_DATES;
  const differences = meetings.map(({ losses, constant }) => lossDifferential(losses, constant));
  const lags = enough ? neweyWestLags(n) : 0;
  const { draws, seed, level } = bootstrap;
  const blockLength = Math.max(1, ...(enough ? differences.map(defaultBlockLength) : []));
  const resamples = circularResamples(Math.max(2, n), { blockLength, draws, seed });
  const dm = differences.map((d) =>
    enough
      ? dieboldMariano(d, { horizon: 1, variance: "acf" })
      : { statistic: Number.NaN, pValue: Number.NaN },
  );
  const holm = holmPValues(dm.map(({ pValue }) => pValue));
  const wolf = enough ? romanoWolfPValues(differences, { resamples, lags }) : holm;
  return meetings.map(({ large, small, losses, constant, ...place }, i) => {
    const interval = enough && studentizedChange(losses, constant, { resamples, level, lags });
    const cw = enough && clarkWest(clarkWestByDate(small, large), { lags: 0 });
    const enc = enough && encNew(small, large, { draws, seed });
    const [rmse, benchmarkRmse] = [Math.sqrt(mean(losses)), Math.sqrt(mean(constant))];
    return {
      sample,
      ...place,
      n,
      rmse,
      benchmarkRmse,
      change: rmse - benchmarkRmse,
      changeLower: interval ? interval.lower : Number.NaN,
      changeUpper: interval ? interval.upper : Number.NaN,
      dmStatistic: dm[i]!.statistic,
      dmPValue: dm[i]!.pValue,
      dmHolm: holm[i]!,
      dmRomanoWolf: wolf[i]!,
      cwStatistic: cw ? cw.statistic : Number.NaN,
      cwPValue: cw ? cw.pValue : Number.NaN,
      encStatistic: enc ? enc.statistic : Number.NaN,
      encPValue: enc ? enc.pValue : Number.NaN,
    };
  });
}
