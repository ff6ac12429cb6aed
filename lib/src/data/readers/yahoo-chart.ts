/** Reads Yahoo's chart JSON: bars by Unix time, in the time zone of their exchange. */

import { described } from "../../check.js";
import { dayOfTime } from "../../panel/calendar.js";
import { DataError } from "../../types.js";
import type { PriceColumn, PriceFormat, PriceTable } from "./format.js";
import { isObject, jsonOf, numbersOf, timesOf } from "./json.js";
import type { Source } from "./source.js";
import { localDay } from "./times.js";

/** Columns as the CSV files call them, with their keys. */
const FIELDS: Readonly<Record<string, string>> = {
  Open: "open",
  High: "high",
  Low: "low",
  Close: "close",
  "Adj Close": "adjclose",
  Volume: "volume",
};

/**
 * Yahoo's chart JSON (`/v8/finance/chart/SYMBOL?interval=1d`): a bar is dated by the exchange's day on which it begins. Close is
 * adjusted for splits, Adj Close, where there is one, also for dividends.
 */
export const yahooChart: PriceFormat = {
  name: "Yahoo chart JSON",
  recognises(source) {
    const json = jsonOf(source);
    return isObject(json) && isObject(json.chart);
  },
  open: (source) => {
    const { meta, times, series } = chartOf(source);
    const zone = meta.exchangeTimezoneName;
    const clock = zone === "UTC" ? "24:00 UTC" : typeof zone === "string" ? zone : undefined;
    const symbol = typeof meta.symbol === "string" ? meta.symbol : undefined;
    const days = Int32Array.from(times, exchangeDay(source.file, meta));
    // The running price comes as a second bar of its day.
    const running = days.length > 1 && days.at(-1) === days.at(-2);
    const n = running ? days.length - 1 : days.length;
    const names = Object.keys(FIELDS).filter((name) => FIELDS[name]! in series);
    return {
      columns: names.map(
        (name, at): PriceColumn => ({
          name,
          at,
          ...(symbol === undefined ? {} : { symbol }),
          ...(clock === undefined ? {} : { clock }),
        }),
      ),
      read: async (wanted) =>
        wanted.map(({ name }) => ({
          days: days.subarray(0, n),
          values: numbersOf(
            `${source.file}: ${FIELDS[name]!}`,
            series[FIELDS[name]!],
            times.length,
          ).subarray(0, n),
          place: (row) => `${source.file}: entry ${row + 1}`,
        })),
      ...(running ? { notes: ["the last bar, a second one of its day, is left out"] } : {}),
    } satisfies PriceTable;
  },
};

function chartOf(source: Source): {
  readonly meta: Record<string, unknown>;
  readonly times: Float64Array;
  readonly series: Record<string, unknown>;
} {
  const { chart } = jsonOf(source) as { chart: Record<string, unknown> };
  const result = Array.isArray(chart.result) ? chart.result[0] : undefined;
  if (!isObject(result) || !isObject(result.indicators))
    throw new DataError(
      `${source.file}: chart.result must hold one chart, got ${described(chart.result)}; download the file again`,
    );
  const meta = isObject(result.meta) ? result.meta : {};
  const interval = meta.dataGranularity ?? "1d";
  if (!/^(1d|5d|1wk|1mo)$/.test(String(interval)))
    throw new DataError(
      `${source.file}: bars must be of one day or longer, got ${described(interval)}; download with interval=1d`,
    );
  if (!Array.isArray(result.timestamp) || result.timestamp.length === 0)
    throw new DataError(
      `${source.file}: has no bars; check symbol and period, and download the file again`,
    );
  const first = (list: unknown) => (Array.isArray(list) && isObject(list[0]) ? list[0] : {});
  return {
    meta,
    times: timesOf(`${source.file}: timestamp`, result.timestamp, 1000),
    series: {
      ...first(result.indicators.quote),
      ...first(result.indicators.adjclose),
    },
  };
}

/**
 * Day of the exchange at a Unix time in seconds. Its zone counts, where named: the offset in the file is today's, and a bar that
 * begins at midnight would fall on the day before in the other half of the year.
 */
function exchangeDay(
  file: string,
  { exchangeTimezoneName: zone, gmtoffset: offset = 0 }: Record<string, unknown>,
): (seconds: number) => number {
  if (typeof zone === "string" && zone !== "UTC") {
    const local = localDay(zone);
    if (!local)
      throw new DataError(
        `${file}: meta.exchangeTimezoneName must be a time zone such as America/New_York, got ${described(zone)}; download the file again`,
      );
    return (seconds) => local(1000 * seconds);
  }
  if (typeof offset !== "number" || Math.abs(offset) > LONGEST_OFFSET)
    throw new DataError(
      `${file}: meta.gmtoffset must be seconds east of Greenwich, got ${described(offset)}; download the file again`,
    );
  return (seconds) => dayOfTime(1000 * (seconds + offset));
}

/** No place on Earth is farther from Greenwich, in seconds. */
const LONGEST_OFFSET = 50_400;
