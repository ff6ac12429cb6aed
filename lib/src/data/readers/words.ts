/** What publishers call their columns: one table for all readers, by the words of a name, whatever their case, separators and order. */

/** What a column holds, as far as its name says. */
export type Role =
  | "date"
  | "symbol"
  | "open"
  | "high"
  | "low"
  | "close"
  | "adjustedClose"
  | "last"
  | "reference"
  | "volume"
  | "change";

/** Words of a name, in any order; "|" between words of one meaning. The names of other languages are those of Investing.com. */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  date: [
    "date|datum|data|fecha|dato|tarih|дата|日期|日付|日付け|날짜",
    "day|time|timestamp|datetime|unix|period|month|tag|zeit",
    "observation|trade|trading|price|snapped|time|unix|ref date|day|time|at|timestamp|period",
    "open|close|high|low time|date",
    "date time utc|gmt",
  ],
  symbol: [
    "symbol|ticker|tic|isin|permno|cusip|ric|secid|gvkey|code|instrument|security",
    "asset|coin|stock|currency|pair|market|company|crypto|name",
    "symbol|ticker|asset|coin|stock|currency|company|security name|id|code|symbol",
  ],
  open: [
    "open|eroffn|eroffnung|apertura|abertura|ouv|ouverture|开盘|始値",
    "open price|px",
    "erster",
  ],
  high: ["high|hoch|maximo|maxima|massimo|高|高値", "plus haut", "high price|px"],
  low: ["low|tief|minimo|minima|minimo|低|安値", "plus bas", "low price|px"],
  close: [
    "close|closing|price|schlusskurs|收盘|終値|종가",
    "close|closing price|last|usd|usdt|eur",
    "close|price value",
    "price usd|usdt|eur",
  ],
  adjustedClose: [
    "adjusted|adj",
    "adjusted|adj close|closing|price|last|return",
    "adjusted|adj close|closing price|last|usd",
    "adjusted|adj close for dividends",
    "close|price total return",
  ],
  last: [
    "last|settle|zuletzt|schluss|ultimo|dernier|kurs|цена",
    "last px|price",
    "settlement price",
  ],
  reference: ["reference rate usd"],
  volume: ["volume|vol", "volume usd|usdt", "交易量|出来高"],
  change: ["change|variation|var|涨跌幅|変化率"],
};

/** Letters of a name: neither accents nor separators, digits and case count. */
const letters = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}]/gu, "");

/** Every order of some words. */
function orders(words: readonly string[]): string[] {
  if (words.length < 2) return [...words];
  return words.flatMap((word, i) =>
    orders(words.filter((_, at) => at !== i)).map((rest) => word + rest),
  );
}

/** Every choice of one word from each place. */
function choices([first, ...others]: readonly string[]): string[][] {
  if (first === undefined) return [[]];
  return first.split("|").flatMap((word) => choices(others).map((rest) => [word, ...rest]));
}

const ROLES: ReadonlyMap<string, Role> = new Map(
  (Object.entries(NAMES) as [Role, readonly string[]][])
    // What is listed first stays.
    .reverse()
    .flatMap(([role, names]) =>
      names
        .flatMap((name) => choices(name.split(" ")))
        .flatMap((words) => orders(words.map(letters)))
        .map((key) => [key, role] as const),
    ),
);

/**
 * What a column of this name holds; undefined where the name does not say.
 *
 * @example
 * ["Adj. Close", "adjClose", "closeadj"].map(roleOf); // adjustedClose each
 */
export const roleOf = (name: string): Role | undefined => ROLES.get(letters(name));
