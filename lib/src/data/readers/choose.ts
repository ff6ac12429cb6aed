/** Which column of a file is meant. */

import { DataError } from "../../types.js";
import { listed } from "./csv.js";
import type { PriceColumn } from "./format.js";
import type { PriceChoice } from "./prices.js";
import type { OpenFile } from "./recognise.js";
import { type Role, roleOf } from "./words.js";

/** Columns that can be the day's last price by their names: those of a rank count where the ranks before have none. */
const OBVIOUS: readonly (readonly Role[])[] = [["close", "adjustedClose"], ["last"], ["reference"]];

/**
 * Finds the column that is asked for, or else the only one that can be meant.
 *
 * @returns a function that throws a DataError with the choices
 */
export function chooser(opened: OpenFile): (choice: PriceChoice) => PriceColumn {
  const { file } = opened.source;
  const bySymbol = grouped(opened.table.columns, ({ symbol }) => symbol);
  const byName = new Map(
    [...bySymbol].map(([symbol, columns]) => [symbol, grouped(columns, ({ name }) => name)]),
  );
  const symbols = [...bySymbol.keys()].filter((s) => s !== undefined);
  return ({ column, symbol = symbols.length === 1 ? symbols[0] : undefined }) => {
    const columns = bySymbol.get(symbol);
    if (!columns)
      throw new DataError(
        symbol === undefined
          ? `${file}: holds several symbols (${listed(symbols)}); name one with symbol`
          : symbols.length > 0
            ? `${file}: has no symbol ${symbol}, it has ${listed(symbols)}; name one of these`
            : `${file}: must be of symbol ${symbol}, but names no symbol; leave symbol out`,
      );
    if (column === undefined) return obvious(opened, columns);
    const found = byName.get(symbol)!.get(column) ?? [];
    if (found.length === 1) return found[0]!;
    throw new DataError(
      found.length === 0
        ? `${file}: has no column ${column}, it has ${listed(columns.map(({ name }) => name))}; name one of these`
        : `${file}: has several columns ${column}; rename or delete all but one`,
    );
  };
}

function grouped<K>(
  columns: readonly PriceColumn[],
  key: (column: PriceColumn) => K,
): Map<K, PriceColumn[]> {
  const groups = new Map<K, PriceColumn[]>();
  for (const column of columns) {
    const group = groups.get(key(column)) ?? [];
    groups.set(key(column), group);
    group.push(column);
  }
  return groups;
}

/** The only column; else the only one that is a closing price by its name: not where it stands beside one adjusted for dividends. */
function obvious({ source, format }: OpenFile, columns: readonly PriceColumn[]): PriceColumn {
  const found =
    OBVIOUS.map((roles) =>
      columns.filter(({ name }) => {
        const role = roleOf(name);
        return role !== undefined && roles.includes(role);
      }),
    ).find((priced) => priced.length > 0) ?? columns;
  if (found.length === 1) return found[0]!;
  throw new DataError(
    `${source.file}: has ${found.length} columns that can be the price (${format}): ${listed(
      found.map(({ name }) => {
        const meaning = meaningOf(name, format);
        return meaning ? `${name} (${meaning})` : name;
      }),
    )}; name one with column`,
  );
}

/** What a column holds, for those who must choose. */
function meaningOf(name: string, format: string): string | undefined {
  const role = roleOf(name);
  if (role === "adjustedClose") return "adjusted for splits and dividends: a total return";
  if (role !== "close") return undefined;
  return /Yahoo|yfinance/.test(format)
    ? "adjusted for splits"
    : "without dividends, and as traded or adjusted for splits";
}
