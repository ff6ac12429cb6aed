/** Small files in the layouts that the field has, a folder a kind, where they are at hand: each has its value or its message. */

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { auditDaily } from "../lib/src/data/audit/daily.js";
import { readFactors } from "../lib/src/data/panel-file.js";
import { type PriceOptions, readPrices } from "../lib/src/data/readers/prices.js";
import { returnsOfPrices } from "../lib/src/data/returns-of-prices.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { ROOT } from "./support/scratch.js";

const CASES = join(ROOT, "../shared/cases/files");
const path = (file: string) => join(CASES, file);
const AT_HAND = existsSync(CASES);
const needsCases = (ctx: TestContext) => ctx.skip(!AT_HAND, `needs the files in ${CASES}`);

/** Prices by date, or the message without the folder. */
async function outcome(file: string, options: PriceOptions): Promise<unknown> {
  try {
    const { days, values } = await readPrices(path(file), options);
    return Object.fromEntries([...days].map((day, i) => [isoDate(day), values[i]]));
  } catch (error) {
    return (error as Error).message.replace(`${CASES}/`, "");
  }
}

const JANUARY_FEBRUARY = (january: number, february: number) => ({
  "2021-01-29": january,
  "2021-02-26": february,
});
const BOTH_CLOSES = /: has 2 columns that can be the price .*; name one with column$/;
const SYMBOLS = /: holds several symbols \(AA, BB\); name one with symbol$/;
const NO_DAY = /: times must show to which day a row belongs, .*; say timeZone: "UTC"/;
const GAP = { "2021-01-29": 1, "2021-03-31": 2 };
const DAYS_OF_LONDON = ["25", "26", "29", "30", "31"].map((day) => `2021-03-${day}`);

/** What must happen: prices by date, some of their dates, or a message. */
const READ: readonly (readonly [string, object | RegExp | readonly string[], PriceOptions?])[] = [
  ...[
    "alphavantage",
    "eodhd",
    "one-word",
    "sharadar",
    "tidyquant",
    "tiingo",
    "underscore",
    "yahooquery",
  ].map((publisher) => [`adjusted-close-names/${publisher}.csv`, BOTH_CLOSES] as const),
  ["delisted-mid-month/alive.csv", { "2022-06-30": 23 }],
  ["delisted-mid-month/dead.csv", { "2022-05-12": 0.01 }],
  ["jump-in-a-thin-price/thin.csv", { "2022-01-03": expect.any(Number) }],
  ["last-trading-day/closed-on-31-december.csv", { "2024-12-30": 103 }],
  ["last-trading-day/good-friday.csv", { "2024-03-28": 13 }],
  ["last-trading-day/open-on-31-december.csv", { "2024-12-31": 53 }],
  ["lines-above-the-names/bundesbank.csv", JANUARY_FEBRUARY(1.21, 1.22)],
  ["lines-above-the-names/cryptodatadownload.csv", JANUARY_FEBRUARY(10, 11)],
  ["lines-above-the-names/title.csv", JANUARY_FEBRUARY(10, 11)],
  ["lines-above-the-names/units.csv", /:2: has values but no date; correct or delete the row$/],
  ...["dash", "excel", "federal-reserve", "none", "pandas-na", "r-na"].map(
    (mark) => [`missing-marks/${mark}.csv`, GAP] as const,
  ),
  ["month-names/day-mon-year.csv", JANUARY_FEBRUARY(1, 2)],
  ["month-names/day-mon-yy.csv", JANUARY_FEBRUARY(1.3, 1.31)],
  ["month-names/investing-2020.csv", { "2021-03-01": 1010.4, "2021-03-02": 1020.5 }],
  ["month-names/kanji.csv", JANUARY_FEBRUARY(100, 101)],
  ["names-of-digits/a.csv", JANUARY_FEBRUARY(1, 2)],
  ["names-of-digits/b.csv", JANUARY_FEBRUARY(10, 11)],
  // Nothing in the column says which of 998 and 1.002 is larger; the decimal commas of the others do.
  ["points-of-thousands/german.csv", JANUARY_FEBRUARY(998, 1002), { column: "Zuletzt" }],
  ["stacked-symbols/disjoint.csv", SYMBOLS],
  ["stacked-symbols/overlapping.csv", SYMBOLS],
  ["stacked-symbols/ticker-first.csv", SYMBOLS],
  ["stacked-symbols/unix-first.csv", JANUARY_FEBRUARY(10, 11)],
  ["two-level-headers/pandas-datareader.csv", SYMBOLS],
  ["two-level-headers/yfinance-until-2023.csv", SYMBOLS],
  ["utc-midnights/london.csv", NO_DAY],
  ["utc-midnights/london.csv", DAYS_OF_LONDON, { timeZone: "Europe/London" }],
  ["utc-midnights/tokyo.csv", NO_DAY],
  ["yfinance-history-unadjusted/history.csv", BOTH_CLOSES],
];

const NO_RF = (columns: string) => new RegExp(`has no column RF, it has ${columns}; name a file`);
const FACTORS: readonly (readonly [string, RegExp])[] = [
  ["factors-without-rf/industries.csv", NO_RF("AA, BB")],
  ["factors-without-rf/momentum.csv", NO_RF("Mom")],
  ["factors-without-rf/pandas.csv", /has no column date, it has Date, Mkt-RF, SMB, RF; call/],
  ["factors-without-rf/q.csv", /has no column date, it has year, month, R_F, R_MKT, R_ME; call/],
];

describe("files of the field", () => {
  it("are all in these tables", (ctx) => {
    needsCases(ctx);
    const files = (readdirSync(CASES, { recursive: true }) as string[])
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.endsWith(".csv"));
    expect(new Set([...READ, ...FACTORS].map(([file]) => file))).toEqual(new Set(files));
  });

  it.skipIf(!AT_HAND).each(READ)(
    "give what their publisher meant, or say what is open: %s",
    async (...row) => {
      const [file, expected, options = {}] = row as unknown as (typeof READ)[number];
      const found = await outcome(file, options);
      if (expected instanceof RegExp) expect(found).toMatch(expected);
      else if (Array.isArray(expected))
        expect(Object.keys(found as object)).toEqual(expect.arrayContaining(expected));
      else expect(found).toMatchObject(expected);
    },
  );

  it.skipIf(!AT_HAND).each(FACTORS)(
    "have factors that say what is not there: %s",
    async (file, message) => {
      await expect(readFactors({ factors: path(file), frequency: "monthly" })).rejects.toThrow(
        message,
      );
    },
  );

  it("have returns through the last period of each series, in the order that is asked for", async (ctx) => {
    needsCases(ctx);
    const returns = async (folder: string, files: readonly object[]) =>
      (
        await returnsOfPrices(
          files.map((input) => {
            const { name, file, ...rest } = input as { name: string; file: string };
            return { name, file: path(`${folder}/${file}`), ...rest };
          }),
          "monthly",
          { how: "outer", audit: false },
        )
      ).returns;
    const dead = await returns("delisted-mid-month", [
      { name: "DEAD", file: "dead.csv", ends: "delisted" },
      { name: "ALIVE", file: "alive.csv" },
    ]);
    expect(dead.values[2 * dead.dates.indexOf("2022-05-31")]).toBe(Math.log(0.01 / 60));
    for (const [file, end] of [
      ["closed-on-31-december.csv", "2024-12-31"],
      ["good-friday.csv", "2024-03-31"],
    ])
      expect((await returns("last-trading-day", [{ name: "X", file }])).dates.at(-1)).toBe(end);
    const digits = await returns("names-of-digits", [
      { name: "BTC", file: "a.csv" },
      { name: "600519", file: "b.csv" },
    ]);
    expect([digits.names, digits.values[0]]).toEqual([["BTC", "600519"], Math.log(2)]);
  });

  it("have jumps that the audit finds in a price that hardly moves", async (ctx) => {
    needsCases(ctx);
    const close = await readPrices(path("jump-in-a-thin-price/thin.csv"));
    const jumps = auditDaily({ X: { close } }, { frequency: "monthly" }).filter(
      ({ check }) => check === "jump",
    );
    expect(jumps.map(({ date }) => date)).toEqual(["2022-03-07", "2022-03-14"]);
  });
});
