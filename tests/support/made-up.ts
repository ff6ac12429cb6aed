/** Made-up published files, small and whole, for tests of the way from them to the panel. */

import type { Sources } from "../../lib/src/data/published-files.js";
import { dayNumber, isoDate, weekday } from "../../lib/src/panel/calendar.js";

/**
 * Sources of a coin that trades every day, a market that trades on weekdays, and one factor: from the middle
 * of December 2020 to 11 June 2021.
 */
const FIRST = dayNumber("2020-12-14");
export const DAYS = Array.from({ length: 180 }, (_, i) => isoDate(FIRST + i));
export const WEEKDAYS = DAYS.filter((date) => weekday(dayNumber(date)) % 6 !== 0);
/** A price that goes up and down by the same steps: no move is out of line with the others. */
export const level = (date: string, step: number) =>
  100 + Math.abs(((dayNumber(date) * step) % 34) - 17);
export const percent = (date: string) => ((dayNumber(date) % 9) - 4) / 10;

/** Lines of each raw file; the first is the column line. */
export const RAW_LINES: Readonly<Record<string, readonly string[]>> = {
  "coin.csv": [
    "Date,Open,Close,Volume",
    // Each day opens at the last close.
    ...DAYS.map(
      (date) =>
        `${date} 00:00:00+00:00,${level(isoDate(dayNumber(date) - 1), 5)},${level(date, 5)},9`,
    ),
  ],
  "market.csv": ["observation_date,XYZ", ...WEEKDAYS.map((date) => `${date},${level(date, 3)}`)],
  "months.csv": [
    ",Mkt-RF,RF",
    ...["01", "02", "03", "04", "05"].map((m) => `2021${m}, 1.${m}, 0.02`),
  ],
  "days.csv": [
    ",Mkt-RF,RF",
    ...WEEKDAYS.map((d) => `${d.replaceAll("-", "")}, ${percent(d)}, 0.01`),
  ],
};

const raw = { what: "made up", obtained: "2021-06-12", licence: "none" };
const COIN = {
  ...raw,
  name: "COIN",
  file: "coin.csv",
  column: "Close",
  close: "the end of the day",
};
const MARKET = {
  ...raw,
  name: "MARKET",
  file: "market.csv",
  column: "XYZ",
  close: "the end of the day",
};
export const sourcesThrough = (through: string): Sources => ({
  range: { from: "2021-01", through },
  factorRange: { from: "2021-01", through },
  dailyRange: { from: "2021-01", through },
  fundsRange: { from: "2021-01", through },
  licences: { none: "made up" },
  series: [COIN, MARKET],
  funds: [MARKET],
  replicationRange: { from: "2021-01", through },
  replication: [MARKET],
  factors: {
    monthly: { ...raw, file: "months.csv", vintage: "2021-06" },
    daily: { ...raw, file: "days.csv", vintage: "2021-06" },
  },
});
