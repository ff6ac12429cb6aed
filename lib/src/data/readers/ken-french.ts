/** Factor files of Kenneth French's data library. */

import { dayNumber, isoDate, periodEnd } from "../../panel/calendar.js";
import { DataError, type Factors } from "../../types.js";
import { numberOf, readSource, readTextTable } from "./csv.js";

export interface FactorFile extends Factors {
  readonly frequency: "daily" | "monthly";
  /** YYYY-MM from the preamble; absent where users cut it off. */
  readonly vintage?: string;
}

const MISSING = new Set([-99.99, -999]);

/**
 * Factors of a monthly or daily file, decimals instead of the publisher's percent; months are dated by their last day.
 *
 * The monthly block ends at the first line without a six-digit key: the annual block is not read.
 *
 * @throws DataError if there is no line of column names with RF, or a value that is no number
 * @see https://mba.tuck.dartmouth.edu/pages/faculty/ken.french/data_library.html
 */
export async function readFactorFile(file: string): Promise<FactorFile> {
  const source = readSource(file);
  const header =
    source.head.findIndex((line) => /^\s*,.*\bRF\b/.test(line)) + 1;
  if (header === 0)
    throw new DataError(
      `${file}: has no line of column names such as ",Mkt-RF,SMB,HML,RMW,CMA,RF"; expected a factor CSV of the Ken French data library`,
    );
  const below = source.text.split("\n").slice(header);
  const end = below.findIndex((line) => !/^\s*\d+\s*,/.test(line));
  const table = await readTextTable(
    source,
    header,
    end < 0 ? below.length : end,
  );
  const keys = table.cells("");
  const daily = keys[0]!.length === 8;
  const seen = new Set<string>();
  const dates = keys.map((key, row) => {
    const day = dayNumber(
      `${key.slice(0, 4)}-${key.slice(4, 6)}-${daily ? key.slice(6) : "01"}`,
    );
    if (Number.isNaN(day) || (key.length === 8) !== daily || seen.has(key))
      throw new DataError(
        `${file}:${table.line(row)}: date must be ${daily ? "a day YYYYMMDD" : "a month YYYYMM"} that occurs once, got ${JSON.stringify(key)}; download the file again`,
      );
    seen.add(key);
    return isoDate(daily ? day : periodEnd(day, "monthly"));
  });
  const decimals = (name: string): Float64Array =>
    Float64Array.from(table.cells(name), (cell, row) => {
      const percent = numberOf(table, name, row, cell);
      // The decimal point is moved in the text: 0.34 / 100 would not be 0.0034.
      return MISSING.has(percent)
        ? Number.NaN
        : /e/i.test(cell)
          ? percent / 100
          : Number(`${cell}e-2`);
    });
  const names = table.columns.filter((name) => name !== "" && name !== "RF");
  const columns = names.map(decimals);
  const vintage = source.head
    .slice(0, header)
    .map((line) => /(\d{4})(\d{2}) CRSP database/.exec(line))
    .find(Boolean);
  const order = [...dates.keys()].sort((i, j) =>
    keys[i]! < keys[j]! ? -1 : 1,
  );
  const riskFree = decimals("RF");
  return {
    frequency: daily ? "daily" : "monthly",
    ...(vintage ? { vintage: `${vintage[1]}-${vintage[2]}` } : {}),
    dates: order.map((row) => dates[row]!),
    names,
    simpleReturns: Float64Array.from(
      order.flatMap((row) => columns.map((c) => c[row]!)),
    ),
    riskFree: Float64Array.from(order, (row) => riskFree[row]!),
  };
}
