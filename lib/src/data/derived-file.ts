/** One derived file: returns of prices, or factors, cut to a range and checked for missing periods. */

import { inRange, periodEnds } from "../panel/calendar.js";
import { rowAt, seriesOf } from "../panel/panel.js";
import { periodReturns } from "../panel/period-returns.js";
import {
  DataError,
  type DatedSeries,
  type DateRange,
  type Factors,
  type Frequency,
} from "../types.js";
import { datedCsv } from "./panel-file.js";
import type { FactorSource, PriceSource, RawFile } from "./published-files.js";
import type { PriceSeries } from "./readers/prices.js";

/** One derived file. */
export interface DerivedFile {
  readonly name: string;
  readonly frequency: Frequency;
  readonly dates: readonly string[];
  readonly columns: readonly string[];
  /** [T x columns]; NaN where there is no value. */
  readonly values: Float64Array;
  readonly csv: string;
  readonly sources: readonly RawFile[];
}

/** What a derived file is called, and what it holds. */
interface FileRange {
  readonly name: string;
  readonly frequency: Frequency;
  readonly range: DateRange;
}

/** How returns are cut and joined. */
interface ReturnsFileOptions extends FileRange {
  readonly complete: boolean;
  /** Whether a day's return begins on the series' own day before, not on the last day that all series have. */
  readonly ownDays?: boolean;
}

/** Log returns of prices; where `complete`, every period of the range must be there. */
export function returnsFile(
  series: readonly PriceSource[],
  prices: ReadonlyMap<string, PriceSeries>,
  { name, frequency, range, complete, ownDays = false }: ReturnsFileOptions,
): DerivedFile {
  // Outer: where every period must be complete, a missing return is to be named, not joined away. Days are those of all series.
  const how = frequency === "daily" && !ownDays ? "inner" : "outer";
  const joined = periodReturns(prices, frequency, { how, range }).returns;
  const returns = ownDays ? completeRows(joined) : joined;
  if (complete)
    checkComplete(
      name,
      periodEnds(range, frequency),
      new Map(
        series.map((source) => {
          const values = seriesOf(returns, source.name);
          return [
            `${source.name} (${source.file})`,
            new Set(returns.dates.filter((_, t) => !Number.isNaN(values[t]!))),
          ];
        }),
      ),
    );
  return {
    name,
    frequency,
    dates: returns.dates,
    columns: returns.names,
    values: returns.values,
    csv: datedCsv(returns.dates, returns.names, returns.values),
    sources: series,
  };
}

/** Dates on which every series has a return. */
function completeRows({ dates, names, values }: DatedSeries): DatedSeries {
  const rows = [...dates.keys()].filter((t) =>
    rowAt(values, names.length, t).every(Number.isFinite),
  );
  return {
    dates: rows.map((t) => dates[t]!),
    names,
    values: Float64Array.from(rows.flatMap((t) => [...rowAt(values, names.length, t)])),
  };
}

/** Every period of the range must be there: one that a source lacks would vanish in the join. */
function checkComplete(
  name: string,
  expected: readonly string[],
  sources: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const date of expected)
    for (const [source, dates] of sources)
      if (!dates.has(date))
        throw new DataError(
          `${name}: must have a return for ${date}, but ${source} has none: it needs observations in that whole period and, for prices, in the one before; replace the file, or change the range in data/sources.json`,
        );
}

/** Factors with the risk-free return as last column; weeks and months of the range must be among the `whole` ones. */
export function factorsFile(
  factors: Factors,
  whole: ReadonlySet<string>,
  { name, frequency, range, source }: FileRange & { readonly source: FactorSource },
): DerivedFile {
  const rows = [...factors.dates.keys()].filter((t) => inRange(factors.dates[t]!, range));
  const dates = rows.map((t) => factors.dates[t]!);
  const columns = [...factors.names, "RF"];
  const values = Float64Array.from(
    rows.flatMap((t) => [
      ...rowAt(factors.simpleReturns, factors.names.length, t),
      factors.riskFree[t]!,
    ]),
  );
  // No calendar says which days the exchanges were open.
  const expected = frequency === "daily" ? [] : periodEnds(range, frequency);
  checkComplete(name, expected, new Map([[source.file, whole]]));
  return {
    name,
    frequency,
    dates,
    columns,
    values,
    csv: datedCsv(dates, columns, values),
    sources: [source],
  };
}
