/** Betas that another program has estimated: a CSV file with a row per date, coin and market. */

import { dayNumber } from "../panel/calendar.js";
import { DataError } from "../types.js";
import { areaBelow, listed, readTextTable, type TextTable } from "./readers/csv.js";
import { isMissing, numbersIn } from "./readers/numbers.js";
import { readSource } from "./readers/source.js";

/** One row of a file of betas. */
export interface BetaFileRow {
  /** Date of the beta, ISO: it was known at the end of the period before. */
  readonly date: string;
  readonly coin: string;
  readonly market: string;
  /** Markets that hedge together, `FIAT+GOLD`; absent where the row is for every set with its market. */
  readonly marketSet?: string;
  /** NaN where there is no estimate. */
  readonly beta: number;
  /** Bounds of an interval; NaN where there is none. */
  readonly lower: number;
  readonly upper: number;
  /** Line in the file, counted from 1. */
  readonly line: number;
}

const REQUIRED = ["date", "coin", "market", "beta"];
const OPTIONAL = ["lower", "upper", "marketSet"];

/**
 * Rows of a CSV file with the columns `date,coin,market,beta`, and where it has them `lower,upper` and `marketSet`, in any
 * order of columns and rows.
 *
 * A beta dated t must use data through t - 1 only: it hedges the return of t. Empty cells and NA are missing betas.
 *
 * @throws DataError naming the line: a column is missing, unknown or alone of its pair, a date is none, a cell is no number, bounds
 * do not hold their beta, or date, coin, market and set stand twice
 * @example
 * const file = join(folder, "betas.csv");
 * writeFiles({ [file]: "date,coin,market,beta\n2024-01-31,BTC,GOLD,0.7\n" });
 * (await readBetaFile(file)).map(({ coin, beta }) => [coin, beta]); // [["BTC", 0.7]]
 */
export async function readBetaFile(file: string): Promise<BetaFileRow[]> {
  const source = readSource(file);
  const table = await readTextTable(source, areaBelow(source, 1));
  checkColumns(table);
  const text = (name: string) => table.cells(name);
  const numbers = (name: string) => {
    if (!table.columns.includes(name)) return undefined;
    const numberOf = numbersIn(table, name);
    return text(name).map((cell, row) => (isMissing(cell) ? Number.NaN : numberOf(cell, row)));
  };
  const [dates, coins, markets, betas] = [
    text("date"),
    text("coin"),
    text("market"),
    numbers("beta")!,
  ];
  const [lower, upper] = [numbers("lower"), numbers("upper")];
  const sets = table.columns.includes("marketSet") ? text("marketSet") : undefined;
  const rows = betas.map(
    (beta, row): BetaFileRow => ({
      date: dates[row]!,
      coin: coins[row]!,
      market: markets[row]!,
      ...(sets ? { marketSet: sets[row]! } : {}),
      beta,
      lower: lower?.[row] ?? Number.NaN,
      upper: upper?.[row] ?? Number.NaN,
      line: table.line(row),
    }),
  );
  checkRows(file, rows);
  return rows;
}

function checkColumns({ file, columns }: TextTable): void {
  const missing = REQUIRED.find((name) => !columns.includes(name));
  if (missing !== undefined)
    throw new DataError(
      `${file}:1: must have the columns ${REQUIRED.join(",")}, but has no ${missing}, it has ${listed(columns)}; rename or add the column`,
    );
  const unknown = columns.find((name) => ![...REQUIRED, ...OPTIONAL].includes(name));
  if (unknown !== undefined)
    throw new DataError(
      `${file}:1: may have the columns ${[...REQUIRED, ...OPTIONAL].join(",")} only, but has ${listed([unknown]) || "one without a name"}; rename or delete it`,
    );
  if (columns.includes("lower") !== columns.includes("upper"))
    throw new DataError(
      `${file}:1: lower and upper must stand together, but the file has ${columns.includes("lower") ? "lower" : "upper"} alone; add the other or delete it`,
    );
}

function checkRows(file: string, rows: readonly BetaFileRow[]): void {
  const known = new Map<string, number>();
  for (const { date, coin, market, marketSet, beta, lower, upper, line } of rows) {
    if (Number.isNaN(dayNumber(date)))
      throw new DataError(
        `${file}:${line}: date must be YYYY-MM-DD, got ${JSON.stringify(date)}; correct the row`,
      );
    if (coin === "" || market === "" || marketSet === "")
      throw new DataError(
        `${file}:${line}: must name a ${coin === "" ? "coin" : market === "" ? "market" : "marketSet"}, but the cell is empty; fill it or delete the row`,
      );
    if (marketSet !== undefined && !marketSet.split("+").includes(market))
      throw new DataError(
        `${file}:${line}: market must be one of its marketSet ${marketSet}, got ${market}; correct the row`,
      );
    if (Number.isNaN(lower) !== Number.isNaN(upper) || lower > beta || beta > upper)
      throw new DataError(
        `${file}:${line}: lower and upper must hold the beta between them, or both be empty, got ${lower}, ${beta}, ${upper}; correct the row`,
      );
    const key = JSON.stringify([date, coin, market, marketSet]);
    const before = known.get(key);
    if (before !== undefined)
      throw new DataError(
        `${file}:${line}: date, coin and market must occur once, but ${date}, ${coin}, ${market} stands in line ${before} already; delete one of the rows, or say in a column marketSet which markets hedge together`,
      );
    known.set(key, line);
  }
}
