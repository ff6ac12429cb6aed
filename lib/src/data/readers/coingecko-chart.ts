/** Reads the market chart of CoinGecko's API: JSON pairs of time and value. */

import { dayOfTime } from "../../panel/calendar.js";
import { DataError } from "../../types.js";
import type { PriceFormat } from "./format.js";
import { isObject, jsonOf, numbersOf, timesOf } from "./json.js";

/** Columns as the CSV export calls them, with their keys. */
const FIELDS: Readonly<Record<string, string>> = {
  price: "prices",
  market_cap: "market_caps",
  total_volume: "total_volumes",
};

const DAY = 86_400_000;

/**
 * CoinGecko's API (`/coins/{id}/market_chart`): pairs of Unix milliseconds and value. A price stamped 00:00 UTC is dated by the
 * day that ends there, as in the CSV export; the last pair, which is of the moment of the request, is left out.
 */
export const coinGeckoChart: PriceFormat = {
  name: "CoinGecko JSON",
  recognises(source) {
    const json = jsonOf(source);
    return isObject(json) && Array.isArray(json.prices);
  },
  open(source) {
    const json = jsonOf(source) as Record<string, unknown>;
    const names = Object.keys(FIELDS).filter((name) => Array.isArray(json[FIELDS[name]!]));
    const notes: string[] = [];
    const read = (name: string) => {
      const key = FIELDS[name]!;
      const place = `${source.file}: ${key}`;
      const pairs = json[key] as unknown[];
      const entries = (at: number) => pairs.map((pair) => (Array.isArray(pair) ? pair[at] : pair));
      const times = timesOf(place, entries(0), 1);
      if (times.length === 0)
        throw new DataError(
          `${place} has no rows; check the coin and the period, and download the file again`,
        );
      const last = times.length - 1;
      const n = times[last]! % DAY === 0 ? times.length : last;
      const within = times.subarray(0, n).findIndex((t) => t % DAY !== 0);
      if (within >= 0)
        throw new DataError(
          `${place} must be stamped 00:00 UTC, got ${new Date(times[within]!).toISOString()} in entry ${within + 1}; ask the API for interval=daily`,
        );
      return {
        days: Int32Array.from(times.subarray(0, n), (t) => dayOfTime(t) - 1),
        values: numbersOf(place, entries(1), pairs.length).subarray(0, n),
        place: (row: number) => `${place}, entry ${row + 1}`,
        left: n < times.length ? new Date(times[last]!).toISOString() : "",
      };
    };
    const { left } = read("price");
    if (left !== "") notes.push(`the price of ${left}, within a day, is left out`);
    return {
      columns: names.map((name, at) => ({ name, at, clock: "24:00 UTC" })),
      read: async (wanted) => wanted.map(({ name }) => read(name)),
      notes,
    };
  },
};
