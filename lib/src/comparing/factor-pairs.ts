/** One estimator with and without factors, date by date: what their comparison is made of. */

import type { BetaPath, DateRange, Panel } from "../types.js";
import { commonErrors, dateLosses, meanByDate } from "./common-errors.js";
import type { FactorGainRow } from "./factor-gain.js";
import { leftOut } from "./left-out.js";
import { clarkWestByDate } from "./paired-tests.js";
import type { Walked } from "./walked.js";

interface PairedLosses {
  readonly base: readonly number[];
  readonly extended: readonly number[];
}

/** Losses by date of one estimator without and with the factors. */
export interface FactorPair
  extends Pick<FactorGainRow, "sample" | "marketSet" | "estimator" | "update" | "experiment"> {
  readonly dates: readonly string[];
  readonly base: readonly number[];
  readonly extended: readonly number[];
  readonly clarkWest: readonly number[];
  /** The same losses of every network by itself, and of the ensembles without each of them. */
  readonly seeds: readonly PairedLosses[];
  readonly without: readonly PairedLosses[];
}

/** The losses of both on the dates of a range that both have. */
export function pairedLosses(
  without: Walked,
  withFactors: Walked,
  range: DateRange,
): Pick<FactorPair, "dates" | "base" | "extended" | "clarkWest" | "seeds" | "without"> {
  const parts = [bySeed, leaveOut].flatMap((split) => [split(without), split(withFactors)]);
  const { dates, errors } = commonErrors(
    "factorGain",
    [without, withFactors, ...parts.flat()],
    range,
  );
  const [small, large] = errors;
  const losses = errors.slice(2).map(dateLosses);
  const seeds = parts[0]!.length;
  const pairsFrom = (first: number): PairedLosses[] =>
    Array.from({ length: seeds }, (_, seed) => ({
      base: losses[first + seed]!,
      extended: losses[first + seeds + seed]!,
    }));
  return {
    dates,
    base: dateLosses(small!),
    extended: dateLosses(large!),
    clarkWest: clarkWestByDate(small!, large!),
    seeds: pairsFrom(0),
    without: pairsFrom(2 * seeds),
  };
}

/** The betas of every seed by itself; none where there are not several. */
function bySeed({ panel, path }: Walked): { readonly panel: Panel; readonly path: BetaPath }[] {
  const { seeds = [] } = path;
  return seeds.length > 1 ? seeds.map((values) => ({ panel, path: { ...path, values } })) : [];
}

/** The ensembles without each of their networks. */
const leaveOut = ({ panel, path }: Walked) => leftOut(path).map((less) => ({ panel, path: less }));

/** All market sets as one, on the dates that all have. */
export function overSets(group: readonly FactorPair[]): FactorPair {
  const [first] = group as readonly [FactorPair];
  const dates = first.dates.filter((date) => group.every((pair) => pair.dates.includes(date)));
  const average = (lossesOf: (pair: FactorPair) => readonly number[]) =>
    meanByDate(group.map((pair) => dates.map((date) => lossesOf(pair)[pair.dates.indexOf(date)]!)));
  const bySeeds = (key: "seeds" | "without") =>
    first[key].map((_, seed) => ({
      base: average((pair) => pair[key][seed]!.base),
      extended: average((pair) => pair[key][seed]!.extended),
    }));
  return {
    ...first,
    marketSet: "all",
    dates,
    base: average(({ base }) => base),
    extended: average(({ extended }) => extended),
    clarkWest: average((pair) => pair.clarkWest),
    seeds: bySeeds("seeds"),
    without: bySeeds("without"),
  };
}
