/** Times of day beside dates, and the days to which they belong: a week from Friday, 2020-01-03, day 18,264. */

import { describe, expect, it } from "vitest";
import {
  calendarDays,
  localDay,
  type TimeOfDay,
  timeOfDay,
} from "../lib/src/data/readers/times.js";

const HOUR = 3_600_000;
const table = { file: "made.csv", line: (row: number) => row + 2 };

describe("timeOfDay", () => {
  it.each([
    [" 14:30", 14.5 * HOUR, undefined],
    ["T23:59:58.5Z", 24 * HOUR - 1500, 0],
    [" 12:05 AM", HOUR / 12, undefined],
    [" 12:05 PM", 12 * HOUR + HOUR / 12, undefined],
    [" 1:00 pm", 13 * HOUR, undefined],
    [" 11:00:30 AM", 11 * HOUR + 30_000, undefined],
    [" 00:00:00 UTC", 0, 0],
    ["T01:00+05:30", HOUR, 5.5 * HOUR],
    [" 01:00 -0330", HOUR, -3.5 * HOUR],
  ])("is read: %j", (tail, time, offset) => {
    expect(timeOfDay(tail)).toEqual({ time, offset });
  });

  it("is none in other text", () => {
    expect(["", " noon", "12:00", " 1:2"].map(timeOfDay)).toEqual(Array(4).fill(undefined));
  });
});

const [THURSDAY, FRIDAY, SUNDAY] = [18_263, 18_264, 18_266];
/** Days of rows with a clock, "UTC" behind it for an offset of zero, or nothing. */
function found(rows: readonly (readonly [number, string])[], timeZone?: string): number[] {
  const stamps = rows.map(([, clock]): TimeOfDay | undefined => timeOfDay(` ${clock}`));
  const cells = rows.map(([day, clock]) => `${day} ${clock}`);
  const days = Int32Array.from(rows, ([day]) => day);
  return [...calendarDays(table, { cells, days, stamps }, timeZone)];
}

describe("calendarDays", () => {
  it("are those that are written, at hours before noon or after it alone", () => {
    expect(
      found([
        [FRIDAY, "00:01"],
        [THURSDAY, "12:00"],
      ]),
    ).toEqual([FRIDAY, THURSDAY]);
    expect(
      found([
        [FRIDAY, "12:01"],
        [THURSDAY, "23:59"],
      ]),
    ).toEqual([FRIDAY, THURSDAY]);
    expect(
      found([
        [SUNDAY, "16:00"],
        [FRIDAY, ""],
      ]),
    ).toEqual([SUNDAY, FRIDAY]);
  });

  it("cannot be told where hours before and after noon are mixed", () => {
    expect(() =>
      found([
        [FRIDAY, "00:00"],
        [FRIDAY, "23:00"],
      ]),
    ).toThrow(
      `made.csv:3: times must show to which day a row belongs, but "${FRIDAY} 00:00" is before noon and "${FRIDAY} 23:00" after it`,
    );
    expect(() =>
      found([
        [FRIDAY, "12:01"],
        [FRIDAY, ""],
        [FRIDAY, "12:00"],
      ]),
    ).toThrow("made.csv:4:");
  });

  it("cannot be told where there is a Sunday and no Friday", () => {
    expect(() =>
      found([
        [THURSDAY, "00:01"],
        [SUNDAY, "05:00"],
      ]),
    ).toThrow(
      `made.csv:3: times must show to which day a row belongs, but "${SUNDAY} 05:00" is a Sunday`,
    );
    expect(() => found([[SUNDAY, "23:58"]])).toThrow("is a Sunday and no row is a Friday");
    // Midnight and the day's last minute are the day itself.
    expect(found([[SUNDAY, "00:00"]])).toEqual([SUNDAY]);
    expect(found([[SUNDAY, "23:59"]])).toEqual([SUNDAY]);
    expect(
      found([
        [FRIDAY, "05:00"],
        [SUNDAY, "05:00"],
      ]),
    ).toEqual([FRIDAY, SUNDAY]);
  });

  it("are closes in UTC if there is a Friday and no Sunday", () => {
    expect(found([[FRIDAY, "21:00 UTC"]])).toEqual([FRIDAY]);
    expect(() => found([[THURSDAY, "21:00 UTC"]])).toThrow("is neither a midnight nor surely");
    expect(() =>
      found([
        [FRIDAY, "21:00 UTC"],
        [SUNDAY, "21:00 UTC"],
      ]),
    ).toThrow("made.csv:2: times must show");
    expect(() =>
      found([
        [SUNDAY, "21:00 UTC"],
        [FRIDAY, "21:00 UTC"],
      ]),
    ).toThrow("is neither a midnight nor surely");
    expect(found([[THURSDAY, "21:00 +01:00"]])).toEqual([THURSDAY]);
    expect(found([[THURSDAY, "21:00"]])).toEqual([THURSDAY]);
  });

  it("are those of a zone where it is said", () => {
    const hours = [
      [FRIDAY, "22:59 UTC"],
      [FRIDAY, "23:00 UTC"],
      [SUNDAY, ""],
    ] as const;
    expect(found(hours, "Europe/Berlin")).toEqual([FRIDAY, FRIDAY + 1, SUNDAY]);
    const offset = [
      [FRIDAY, "00:30 +01:00"],
      [FRIDAY, "23:30 -01:00"],
    ] as const;
    expect(found(offset, "UTC")).toEqual([FRIDAY - 1, FRIDAY + 1]);
    expect(() => found(hours, "Mars")).toThrow("timeZone must be a zone such as");
  });
});

it("localDay is the day of a zone at a time", () => {
  const noon = FRIDAY * 24 * HOUR + 12 * HOUR;
  expect(localDay("UTC")!(noon)).toBe(FRIDAY);
  expect(localDay("Pacific/Kiritimati")!(noon)).toBe(FRIDAY + 1);
  expect(localDay("Pacific/Pago_Pago")!(noon - 2 * HOUR)).toBe(FRIDAY - 1);
  expect(localDay("Nowhere/Nothing")).toBeUndefined();
});
