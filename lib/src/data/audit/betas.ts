/** The audit of betas that came from elsewhere: whether they fit the panel, and what speaks against their dates. */

import { printable } from "../../check.js";
import { inRange } from "../../panel/calendar.js";
import { coinReturns, marketReturns } from "../../panel/panel.js";
import { rankCorrelation } from "../../stats/ranks.js";
import type { DateRange, Panel } from "../../types.js";
import type { BetaFileRow } from "../beta-file.js";
import { listed } from "../readers/csv.js";
import { FEWEST, type Finding } from "./finding.js";

/** Standard errors of a rank correlation over independent dates that chance does not reach: 1 in 700. */
const FIRM = 3.2;

/** Where betas come from, and what they are for. */
export interface BetaAudit {
  /** Of the estimator: findings have it as their series. */
  readonly id: string;
  /** For the findings' places. */
  readonly file: string;
  /** Blocks of dates on which estimators are compared: each needs a beta; none by default. */
  readonly tested?: readonly DateRange[];
}

/** The betas of one coin on one market, by date index of the panel; NaN where there is none. */
interface Pair {
  readonly coin: string;
  readonly market: string;
  readonly marketSet: string | undefined;
  readonly values: Float64Array;
}

/**
 * Findings on the betas of a file: dates and names that are none of the panel's (errors where nothing would be left), gaps, missing
 * betas, pairs without a beta, and betas that seem to know the return of their own date.
 *
 * The last is a warning: a beta dated t that uses data through t - 1 rises after a date on which the coin moved more with the
 * market than it said. Its change from t - 1 to t therefore goes with the surprise (r - beta f) f of t - 1, not with that of t.
 *
 * @returns the file is not changed, and unknown rows are left out of every result
 * @example
 * const row = { coin: "BTC", market: "FIAT", beta: -2, lower: Number.NaN, upper: Number.NaN, line: 2 };
 * const found = auditBetas(dollar, [{ ...row, date: "2023-01-30" }], { id: "mine", file: "mine.csv" });
 * found.map(({ check, severity }) => `${check}, ${severity}`)[0]; // "invalid-date, error"
 */
export function auditBetas(
  panel: Panel,
  rows: readonly BetaFileRow[],
  { id, file, tested = [] }: BetaAudit,
): Finding[] {
  const pairs = pairsOf(panel, rows);
  const found = [
    ...strangeDates(panel, rows),
    ...strangeNames(panel, rows, "coin"),
    ...strangeNames(panel, rows, "market"),
    ...coinsWithout(panel, pairs),
    ...(pairs.length > 0 ? tested.flatMap((range) => untested(panel, rows, range)) : []),
    ...longestGap(panel, pairs),
    ...panel.markets.flatMap((market) => sameDate(panel, pairs, market)),
  ];
  return found.map(
    ({ line, threshold = 0, ...finding }): Finding => ({
      series: id,
      threshold,
      ...finding,
      place: line === undefined ? file : `${file}:${line}`,
    }),
  );
}

/** A finding before it knows its file. */
interface Found extends Omit<Finding, "series" | "place" | "threshold"> {
  readonly threshold?: number;
  readonly line?: number;
}

function strangeDates({ dates }: Panel, rows: readonly BetaFileRow[]): Found[] {
  const known = new Set(dates);
  const last = dates.at(-1)!;
  const within = { from: dates[0]!, through: last };
  const strange = rows.filter(({ date }) => !known.has(date) && inRange(date, within));
  if (strange.length === 0 && rows.some(({ date }) => known.has(date))) return [];
  const { date, line } = strange[0] ?? rows[0]!;
  return [
    {
      check: "invalid-date",
      severity: "error",
      date,
      value: strange.length || rows.length,
      line,
      remedy: `date each beta by the end of the period that it hedges: the panel's dates are ${dates.slice(0, 2).join(", ")} to ${last}`,
    },
  ];
}

function strangeNames(
  panel: Panel,
  rows: readonly BetaFileRow[],
  kind: "coin" | "market",
): Found[] {
  const names = kind === "coin" ? panel.coins : panel.markets;
  const unknown = rows.filter((row) => !names.includes(row[kind]));
  if (unknown.length === 0) return [];
  const { [kind]: name, line } = unknown[0]!;
  return [
    {
      check: "unknown-name",
      severity: unknown.length === rows.length ? "error" : "warning",
      date: null,
      value: new Set(unknown.map((row) => row[kind])).size,
      line,
      remedy: `${printable(name)} is no ${kind} of the study, which has ${listed(names)}: its rows are left out; correct the name if one of these is meant`,
    },
  ];
}

function coinsWithout({ coins }: Panel, pairs: readonly Pair[]): Found[] {
  const without = coins.filter((name) => !pairs.some(({ coin }) => coin === name));
  if (pairs.length === 0 || without.length === 0) return [];
  return [
    {
      check: "no-beta",
      severity: "error",
      date: null,
      value: without.length,
      remedy: `estimators are compared on dates on which each has betas of all coins: estimate those of ${listed(without)} too, or take these out of the study`,
    },
  ];
}

/** A block of dates on which estimators are compared, without a beta. */
function untested({ dates }: Panel, rows: readonly BetaFileRow[], range: DateRange): Found[] {
  const within = dates.filter((date) => inRange(date, range));
  const given = rows.some(({ date, beta }) => inRange(date, range) && Number.isFinite(beta));
  if (within.length === 0 || given) return [];
  return [
    {
      check: "gap",
      severity: "error",
      date: within[0]!,
      value: within.length,
      remedy: `estimators are compared from ${range.from} to ${range.through}: estimate betas for these dates, or move the study's split and walkForward.test`,
    },
  ];
}

/** The longest run of dates without a beta between a pair's first beta and its last. */
function longestGap({ dates }: Panel, pairs: readonly Pair[]): Found[] {
  let longest: { from: number; length: number; name: string } | undefined;
  for (const { coin, market, values } of pairs) {
    let last = Number.NaN;
    for (const [t, value] of values.entries()) {
      if (Number.isNaN(value)) continue;
      const length = t - last - 1;
      if (length > (longest?.length ?? 0))
        longest = { from: last + 1, length, name: `${coin} on ${market}` };
      last = t;
    }
  }
  if (!longest) return [];
  const { from, length, name } = longest;
  return [
    {
      check: "gap",
      severity: "warning",
      date: dates[from]!,
      value: length,
      remedy: `${name} has no beta on these dates, which are left out of every comparison, for all estimators; estimate them too if that can be done`,
    },
  ];
}

/** Betas that follow the return of their own date more than that of the date before. */
function sameDate(panel: Panel, pairs: readonly Pair[], market: string): Found[] {
  const own = pairs.filter((pair) => pair.market === market);
  const { dates, same, earlier } = surprises(panel, own);
  const threshold = FIRM / Math.sqrt(dates);
  if (dates < FEWEST || !(Math.abs(same) > Math.max(threshold, Math.abs(earlier)))) return [];
  return [
    {
      check: "same-date",
      severity: "warning",
      date: null,
      value: same,
      threshold,
      remedy: `changes of the betas on ${market} go with returns of their own date, and with those of the date before by ${earlier.toFixed(2)}: a beta dated t must use data through t - 1; if these use t, date them one period later`,
    },
  ];
}

function pairsOf({ dates, coins, markets }: Panel, rows: readonly BetaFileRow[]): Pair[] {
  const places = new Map(dates.map((date, t) => [date, t]));
  const pairs = new Map<string, Pair>();
  for (const { date, coin, market, marketSet, beta } of rows) {
    const t = places.get(date);
    if (t === undefined || !coins.includes(coin) || !markets.includes(market)) continue;
    const key = JSON.stringify([coin, market, marketSet]);
    const values = pairs.get(key)?.values ?? new Float64Array(dates.length).fill(Number.NaN);
    values[t] = beta;
    pairs.set(key, { coin, market, marketSet, values });
  }
  return [...pairs.values()];
}

/** Rank correlations of the betas' changes with the surprises of their own date and of the one before, over all pairs of a market. */
function surprises(panel: Panel, pairs: readonly Pair[]) {
  const [changes, same, earlier]: [number[], number[], number[]] = [[], [], []];
  const dates = new Set<number>();
  for (const { coin, market, values } of pairs) {
    const [r, f] = [coinReturns(panel, coin), marketReturns(panel, market)];
    for (let t = 2; t < values.length; t++) {
      const [before, now] = [values[t - 1]!, values[t]!];
      const triple = [
        now - before,
        (r[t]! - before * f[t]!) * f[t]!,
        (r[t - 1]! - before * f[t - 1]!) * f[t - 1]!,
      ] as const;
      if (triple[0] === 0 || !triple.every(Number.isFinite)) continue;
      changes.push(triple[0]);
      same.push(triple[1]);
      earlier.push(triple[2]);
      dates.add(t);
    }
  }
  return {
    dates: dates.size,
    same: rankCorrelation(changes, same),
    earlier: rankCorrelation(changes, earlier),
  };
}
