/** Reads what yfinance's download writes: two or three lines of names, prices by ticker. */

import { DataError } from "../../types.js";
import type { PriceFormat } from "./format.js";
import { priceTable } from "./price-table.js";
import { namesAt, type Source } from "./source.js";
import { roleOf } from "./words.js";

/** What the levels of the names are called: by yfinance (not until 2023), and by pandas-datareader. */
const LEVELS = /^(Price|Ticker|Attributes|Symbols)?$/;

/**
 * yfinance `download().to_csv()`: three header lines, of fields, of symbols (the reverse with group_by="ticker") and of the dates' name
 * alone; columns in any order, those of several symbols side by side. pandas-datareader writes the same.
 */
export const yfinanceDownload: PriceFormat = {
  name: "yfinance download",
  recognises: (source) => headers(source) !== undefined,
  open(source, options) {
    const { fields, symbols, date } = headers(source)!;
    if (date !== "Date")
      throw new DataError(
        `${source.file}:3: holds rows within a day (${date}); download with interval="1d"`,
      );
    const names = ["Date", ...fields.slice(1)];
    const columns = names.flatMap((name, at) =>
      at === 0 || name === "" ? [] : [{ name, at, symbol: symbols[at] ?? "" }],
    );
    return priceTable(source, { area: { names, above: 3 }, date: "Date", columns }, options);
  },
};

function headers(
  source: Source,
): { readonly fields: string[]; readonly symbols: string[]; readonly date: string } | undefined {
  const [first, second, third] = [1, 2, 3].map((line) => namesAt(source, line)) as [
    string[],
    string[],
    string[],
  ];
  const [date, ...rest] = third;
  if (!LEVELS.test(first[0]!) || !LEVELS.test(second[0]!)) return undefined;
  if (!/^Date(time)?$/.test(date!) || rest.some(Boolean) || first.length < 2) return undefined;
  const reversed =
    /^(Ticker|Symbols)$/.test(first[0]!) ||
    /^(Price|Attributes)$/.test(second[0]!) ||
    (first[0] === "" && !first.some(isField));
  return { fields: reversed ? second : first, symbols: reversed ? first : second, date: date! };
}

const isField = (name: string): boolean => {
  const role = roleOf(name);
  return role !== undefined && role !== "date" && role !== "symbol";
};
