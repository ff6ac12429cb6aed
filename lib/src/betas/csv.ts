/** Betas from a file as an estimator: what R, Python or anything else has estimated stands in every table like our own. */

import { type BetaFileRow, readBetaFile } from "../data/beta-file.js";
import { datesFrequency } from "../panel/calendar.js";
import { betaOffset } from "../panel/panel.js";
import { type BetaPath, DataError, type Panel } from "../types.js";
import { betaWithin } from "./assemble.js";
import type { Estimator } from "./estimator.js";

/** What betas are joined to: two panels of the same dates and names get the same betas. */
type Axes = Pick<Panel, "dates" | "coins" | "markets">;

/**
 * An estimator whose betas stand in a CSV file with the columns `date,coin,market,beta`, and optionally `lower,upper` and
 * `marketSet`; see `readBetaFile`.
 *
 * A beta dated t hedges the return of t, and must use data through t - 1 only: `auditBetas` reports what speaks against it. Frozen and
 * updated are the same. It applies to panels of the file's frequency whose markets all have betas: in rows that name the set of
 * markets, or, in a file without the column `marketSet`, in rows of each market. What the file does not have is NaN: it is not scored.
 *
 * @param file path of the CSV file; it is read at the first use
 * @throws DataError at the first use, naming the line, if the file cannot be read, or a date between the panel's first and last is
 * none of the panel's
 * @example
 * const file = join(folder, "betas.csv");
 * writeFiles({ [file]: "date,coin,market,beta\n2023-01-31,BTC,FIAT,-2.5\n2023-02-28,BTC,FIAT,-2.4\n" });
 * const mine = csvEstimator("mine", file);
 * const path = await mine.estimate(dollar, study.split, "updated");
 * betaSeries(path, "BTC", "FIAT").map(({ beta }) => beta); // [-2.5, -2.4]
 */
export function csvEstimator(id: string, file: string): Estimator {
  let reading: Promise<BetaFileRow[]> | undefined;
  const read = () => {
    reading ??= readBetaFile(file);
    return reading;
  };
  return {
    id,
    running: true,
    applies: async (panel) => appliesTo(await read(), panel),
    async estimate(panel, { outOfSample }) {
      return betaWithin(pathOf(file, await read(), panel), outOfSample);
    },
  };
}

/** Rows for the markets that hedge together. */
const rowsFor = (rows: readonly BetaFileRow[], markets: readonly string[]): BetaFileRow[] =>
  rows.filter(
    ({ market, marketSet }) =>
      markets.includes(market) && (marketSet === undefined || sameSet(marketSet, markets)),
  );

const sameSet = (marketSet: string, markets: readonly string[]): boolean => {
  const names = marketSet.split("+");
  return names.length === markets.length && names.every((name) => markets.includes(name));
};

function appliesTo(rows: readonly BetaFileRow[], { frequency, coins, markets }: Panel): boolean {
  const dates = [...new Set(rows.map(({ date }) => date))].sort();
  const own = datesFrequency(dates) ?? frequency;
  const given = new Set(
    rowsFor(rows, markets)
      .filter(({ coin }) => coins.includes(coin))
      .map(({ market }) => market),
  );
  return own === frequency && markets.every((market) => given.has(market));
}

function pathOf(file: string, rows: readonly BetaFileRow[], axes: Axes): BetaPath {
  const { dates, coins, markets } = axes;
  const places = new Map(dates.map((date, t) => [date, t]));
  const empty = () =>
    new Float64Array(dates.length * coins.length * markets.length).fill(Number.NaN);
  const [values, lower, upper] = [empty(), empty(), empty()];
  for (const row of rowsFor(rows, markets)) {
    const [i, k] = [coins.indexOf(row.coin), markets.indexOf(row.market)];
    const t = places.get(row.date);
    if (t === undefined) checkOutside(file, row, dates);
    if (t === undefined || i < 0) continue;
    const at = betaOffset(axes, t, i, k);
    [values[at], lower[at], upper[at]] = [row.beta, row.lower, row.upper];
  }
  keepWhole(axes, values);
  const band = lower.some(Number.isFinite)
    ? { band: { interval: "given", lower, upper } as const }
    : {};
  return { dates, coins, markets, values, ...band, kind: "walkForward" };
}

/** Before and after the panel a file may have what it likes; between them, a date that is no period's is a mistake. */
function checkOutside(file: string, { date, line }: BetaFileRow, dates: readonly string[]): void {
  if (date < dates[0]! || date > dates.at(-1)!) return;
  const next = dates.find((known) => known > date)!;
  throw new DataError(
    `${file}:${line}: date must be one of the panel's, got ${date}, before ${next}; date each beta by the end of the period that it hedges`,
  );
}

/** A hedge with several markets needs all of its betas: a coin and date that lacks one has none. */
function keepWhole(axes: Axes, values: Float64Array): void {
  const { dates, coins, markets } = axes;
  for (const t of dates.keys())
    for (const i of coins.keys()) {
      const at = betaOffset(axes, t, i, 0);
      const betas = values.subarray(at, at + markets.length);
      if (betas.some(Number.isNaN)) betas.fill(Number.NaN);
    }
}
