/** Panel files, and the panel derived from published files. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { derivePanel } from "../lib/src/data/derive.js";
import {
  datedCsv,
  readDated,
  readFactors,
  readPanel,
  readPanelAccount,
} from "../lib/src/data/panel-file.js";
import type { Sources } from "../lib/src/data/published-files.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { seriesOf } from "../lib/src/panel/panel.js";
import { DataError, type DatedSeries } from "../lib/src/types.js";
import { RUNS } from "./support/helpers.js";
import { level, percent, RAW_LINES, sourcesThrough, WEEKDAYS } from "./support/made-up.js";
import { needsRaw, RAW, scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string) => write(join(folder, `${written++}.csv`), content);

describe("datedCsv and readDated", () => {
  it("write full precision, an empty cell for NaN, and a newline at the end", () => {
    expect(
      datedCsv(["2021-01-31", "2021-02-28"], ["BTC", "^X-Y"], [0.1 + 0.2, Number.NaN, -1e-9, 0]),
    ).toBe("date,BTC,^X-Y\n2021-01-31,0.30000000000000004,\n2021-02-28,-1e-9,0\n");
  });

  it("give back every number, bit for bit", async () => {
    const day = fc.integer({ min: 0, max: 40_000 });
    const name = fc.stringMatching(/^[A-Z][A-Z0-9.^=-]{0,7}$/);
    // The text of -0 is "0".
    const number = fc.double({ noDefaultInfinity: true }).map((value) => value + 0);
    const series = fc
      .record({
        days: fc.uniqueArray(day, { minLength: 1, maxLength: 6 }),
        names: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
      })
      .chain(({ days, names }) => {
        const length = days.length * names.length;
        return fc.record({
          dates: fc.constant(days.sort((a, b) => a - b).map(isoDate)),
          names: fc.constant(names),
          values: fc.array(number, { minLength: length, maxLength: length }),
        });
      });
    await fc.assert(
      fc.asyncProperty(series, async ({ dates, names, values }) => {
        const path = file(datedCsv(dates, names, values));
        expect(await readDated(path)).toEqual({
          dates,
          names,
          values: Float64Array.from(values),
        });
      }),
      RUNS,
    );
  });

  it("read a file that an editor saved with a byte-order mark and CRLF", async () => {
    const path = file("\uFEFFdate,A\r\n2021-01-31,0.5\r\n");
    expect(await readDated(path)).toEqual({
      dates: ["2021-01-31"],
      names: ["A"],
      values: Float64Array.of(0.5),
    });
  });

  it.each([
    [
      "dates that go back",
      "date,A\n2021-02-28,1\n2021-01-31,2\n",
      ':3: dates must be YYYY-MM-DD and ascending, got "2021-01-31" after 2021-02-28; correct the row',
    ],
    [
      "a date that is repeated",
      "date,A\n2021-02-28,1\n2021-02-28,2\n",
      ':3: dates must be YYYY-MM-DD and ascending, got "2021-02-28" after 2021-02-28; correct the row',
    ],
    [
      "a date that is not in the calendar",
      "date,A\n2021-02-29,1\n",
      ':2: dates must be YYYY-MM-DD and ascending, got "2021-02-29"; correct the row',
    ],
    [
      "a file without dates",
      "day,A\n2021-02-28,1\n",
      ":1: has no column date, it has day, A; call the column of dates date, its cells YYYY-MM-DD",
    ],
    [
      "a cell that is no number",
      "date,A,B\n2021-01-31,1,2\n2021-02-28,1,2%\n",
      ':3: B must be a number, got "2%"; that is a percentage, choose another column or write decimals',
    ],
  ])("refuse %s", async (_, content, message) => {
    const path = file(content);
    await expect(readDated(path)).rejects.toThrow(new DataError(`${path}${message}`));
  });
});

describe("readFactors", () => {
  it("takes every column but RF for a factor", async () => {
    const path = file("date,Mkt-RF,RF,SMB\n2021-01-31,0.5,0.25,\n");
    expect(await readFactors({ factors: path, frequency: "monthly" })).toEqual({
      dates: ["2021-01-31"],
      names: ["Mkt-RF", "SMB"],
      simpleReturns: Float64Array.of(0.5, Number.NaN),
      riskFree: Float64Array.of(0.25),
    });
  });

  it("refuses a file without RF", async () => {
    const path = file("date,BTC,FIAT\n2021-01-31,0.5,0.25\n");
    await expect(readFactors({ factors: path, frequency: "monthly" })).rejects.toThrow(
      new DataError(
        `${path}: has no column RF, it has BTC, FIAT; add the risk-free return of each period, or name a file that has it with riskFree`,
      ),
    );
  });
});

describe("readPanel", () => {
  const returns = () => file("date,GOLD,A,FIAT,B\n2021-01-31,1,2,3,4\n2021-02-28,5,6,7,8\n");

  it("takes coins and markets in the order of the study, not of the file", async () => {
    expect(
      await readPanel({
        returns: returns(),
        frequency: "monthly",
        coins: ["B", "A"],
        markets: ["FIAT"],
      }),
    ).toEqual({
      frequency: "monthly",
      dates: ["2021-01-31", "2021-02-28"],
      coins: ["B", "A"],
      markets: ["FIAT"],
      coinLogReturns: Float64Array.of(4, 2, 8, 6),
      marketLogReturns: Float64Array.of(3, 7),
    });
  });

  it("refuses a series that the file does not have, and names those it has", async () => {
    const path = returns();
    await expect(
      readPanel({
        returns: path,
        frequency: "monthly",
        coins: ["A"],
        markets: ["OIL"],
      }),
    ).rejects.toThrow(
      new DataError(
        `${path}: has no column OIL, it has GOLD, A, FIAT, B; correct the study's coins or markets`,
      ),
    );
  });

  it("refuses an empty cell between the returns of a series, with line and date, and allows one elsewhere", async () => {
    const path = file("date,A,B,C\n2021-01-31,1,2,\n2021-02-28,1,,3\n2021-03-31,2,3,\n");
    const source = {
      returns: path,
      frequency: "monthly",
      coins: ["A"],
    } as const;
    await expect(readPanel({ ...source, markets: ["B"] })).rejects.toThrow(
      new DataError(
        `${path}:3: B has no return on 2021-02-28, between its first and its last; fill the cell, or take a range without the gap`,
      ),
    );
    await expect(readPanel({ ...source, coins: ["A"], markets: ["A"] })).resolves.toHaveProperty(
      "dates.length",
      3,
    );
  });

  it("lets coins begin and end when they do, on the dates that the markets share, and says so", async () => {
    const path = file(
      "date,A,B,M,N\n2021-01-31,1,,2,\n2021-02-28,1,,3,4\n2021-03-31,,5,6,7\n2021-04-30,,8,,9\n",
    );
    const source = {
      returns: path,
      frequency: "monthly",
      coins: ["A", "B"],
      markets: ["M", "N"],
    } as const;
    const { panel, dropped } = await readPanelAccount(source);
    expect(panel.dates).toEqual(["2021-02-28", "2021-03-31"]);
    expect([...panel.coinLogReturns]).toEqual([1, Number.NaN, Number.NaN, 5]);
    const reason = "no return of the market: the panel has the dates that all markets share";
    expect(dropped).toEqual([
      { series: "N", from: "2021-01-31", through: "2021-01-31", reason },
      { series: "M", from: "2021-04-30", through: "2021-04-30", reason },
    ]);
    const range = { from: "2021-03", through: "2021-03" };
    expect((await readPanel({ ...source, coins: ["B"], range })).dates).toEqual(["2021-03-31"]);
    await expect(readPanel({ ...source, range })).rejects.toThrow(
      `${path}: A has no return from 2021-03-31 to 2021-03-31; take it out of the study or widen the range`,
    );
    const later = { from: "2022-01", through: "2022-12" };
    await expect(readPanel({ ...source, range: later })).rejects.toThrow(
      "must have a date on which every market has a return from 2022-01 to 2022-12, but has none",
    );
  });
});

describe("readPanel, on periods", () => {
  const panel = (text: string, frequency: "daily" | "weekly" | "monthly") =>
    readPanel({ returns: file(text), frequency, coins: ["A"], markets: ["B"] });

  it("refuses dates that are not those of the study's frequency, with line and remedy", async () => {
    await expect(panel("date,A,B\n2021-01-31,1,2\n", "weekly")).rejects.toThrow(
      /:2: date 2021-01-31 must end a period of the study's frequency, weekly, which is 2021-02-05; correct frequency or returns in the study$/,
    );
    await expect(panel("date,A,B\n2021-01-29,1,2\n", "monthly")).rejects.toThrow(
      /:2: date 2021-01-29 must end/,
    );
  });
  it("refuses a missing period, since windows count rows", async () => {
    const gap = "date,A,B\n2021-01-31,1,2\n2021-03-31,1,2\n";
    await expect(panel(gap, "monthly")).rejects.toThrow(
      /:3: must be 2021-02-28, the period after 2021-01-31, but is 2021-03-31; add the missing period/,
    );
  });
  it("takes any days at daily frequency", async () => {
    const days = "date,A,B\n2021-01-29,1,2\n2021-02-01,1,2\n";
    await expect(panel(days, "daily")).resolves.toHaveProperty("dates.length", 2);
  });
});

/** The derived files after a change to the lines of some raw files. */
async function derive(
  change: (lines: readonly string[], name: string) => readonly string[] = (l) => l,
  through = "2021-05",
) {
  const from = join(folder, `raw-${written++}`);
  for (const [name, lines] of Object.entries(RAW_LINES))
    write(join(from, name), change(lines, name).join("\r\n"));
  const files = await derivePanel(from, sourcesThrough(through));
  return Object.fromEntries(files.map((f) => [f.name, f]));
}

/** Leaves out the rows of one file whose ISO date is in the given set. */
const without =
  (file: string, drop: (date: string) => boolean) => (lines: readonly string[], name: string) =>
    lines.filter((line, i) => name !== file || i === 0 || !drop(dateOf(line)));
/** ISO date of a row, whatever its key; of a month only the year and month count. */
const dateOf = (line: string) => line.replace(/^(\d{4})(\d\d)(\d\d)?,/, "$1-$2-$3,").slice(0, 10);

/** Products in another order differ in the last digits only. */
const DIGITS = 14;

describe("derivePanel, on made-up sources", () => {
  it("has the log return from the last observation of a period to that of the next", async () => {
    const { "monthly.csv": monthly, "weekly.csv": weekly } = await derive();
    const change = (from: string, to: string, step: number) =>
      Math.log(level(to, step) / level(from, step));
    // 31 January and 28 February 2021 are Sundays: the market's last price is that of Friday.
    expect(monthly!.csv.split("\n")[2]).toBe(
      `2021-02-28,${change("2021-01-31", "2021-02-28", 5)},${change("2021-01-29", "2021-02-26", 3)}`,
    );
    expect(weekly!.csv.split("\n")[2]).toBe(
      `2021-01-08,${change("2021-01-01", "2021-01-08", 5)},${change("2021-01-01", "2021-01-08", 3)}`,
    );
  });

  it("has factors and risk-free returns as decimals, compounded to weeks", async () => {
    const files = await derive();
    expect(files["factors-monthly.csv"]!.csv.split("\n").slice(0, 2)).toEqual([
      "date,Mkt-RF,RF",
      "2021-01-31,0.0101,0.0002",
    ]);
    const [date, market, riskFree] = files["factors-weekly.csv"]!.csv.split("\n")[2]!.split(",");
    const days = WEEKDAYS.filter((d) => d > "2021-01-01" && d <= "2021-01-08");
    const growth = (percentOn: (date: string) => number) =>
      days.reduce((product, d) => product * (1 + percentOn(d) / 100), 1);
    const rf = growth(() => 0.01);
    expect(date).toBe("2021-01-08");
    expect(Number(riskFree)).toBeCloseTo(rf - 1, DIGITS);
    expect(Number(market)).toBeCloseTo(growth((d) => percent(d) + 0.01) - rf, DIGITS);
  });

  it("covers the range and describes itself", async () => {
    const files = await derive();
    expect(
      Object.values(files).map(({ name, frequency, dates, columns }) => [
        name,
        frequency,
        dates[0],
        dates.at(-1),
        columns.join(),
      ]),
    ).toEqual([
      ["monthly.csv", "monthly", "2021-01-31", "2021-05-31", "COIN,MARKET"],
      ["weekly.csv", "weekly", "2021-01-01", "2021-05-28", "COIN,MARKET"],
      ["daily.csv", "daily", "2021-01-01", "2021-05-31", "COIN,MARKET"],
      ["factors-monthly.csv", "monthly", "2021-01-31", "2021-05-31", "Mkt-RF,RF"],
      ["factors-weekly.csv", "weekly", "2021-01-01", "2021-05-28", "Mkt-RF,RF"],
      ["factors-daily.csv", "daily", "2021-01-01", "2021-05-31", "Mkt-RF,RF"],
      ["funds-weekly.csv", "weekly", "2021-01-01", "2021-05-28", "MARKET"],
      ["funds-daily.csv", "daily", "2021-01-01", "2021-05-31", "MARKET"],
      ["replication.csv", "monthly", "2021-01-31", "2021-05-31", "MARKET"],
    ]);
  });

  it.each(["coin.csv", "market.csv"])(
    "refuses a month that %s lacks, and names it",
    async (name) => {
      const gap = without(name, (date) => date.startsWith("2021-03"));
      await expect(derive(gap)).rejects.toThrow(
        new DataError(
          `monthly.csv: must have a return for 2021-03-31, but ${name === "coin.csv" ? "COIN" : "MARKET"} (${name}) has none: it needs observations in that whole period and, for prices, in the one before; replace the file, or change the range in data/sources.json`,
        ),
      );
    },
  );

  it("refuses a week that a source lacks, and names it", async () => {
    const gap = without("market.csv", (date) => date > "2021-03-05" && date <= "2021-03-12");
    await expect(derive(gap)).rejects.toThrow(
      /^weekly\.csv: must have a return for 2021-03-12, .*; replace the file/,
    );
  });

  it.each(["coin.csv", "market.csv"])(
    "refuses %s where it ends before the range does",
    async (name) => {
      const early = without(name, (date) => date > "2021-05-14");
      await expect(derive(early)).rejects.toThrow(
        new DataError(
          `monthly.csv: must have a return for 2021-05-31, but ${name === "coin.csv" ? "COIN" : "MARKET"} (${name}) has none: it needs observations in that whole period and, for prices, in the one before; replace the file, or change the range in data/sources.json`,
        ),
      );
    },
  );

  it("refuses prices that begin after the range does", async () => {
    const late = without("coin.csv", (date) => date < "2021-01-20");
    await expect(derive(late)).rejects.toThrow(
      /^monthly\.csv: must have a return for 2021-01-31, but COIN \(coin\.csv\) has none/,
    );
  });

  it("refuses prices that begin too late for the first week", async () => {
    const late = without("coin.csv", (date) => date < "2020-12-28");
    await expect(derive(late)).rejects.toThrow(/^weekly\.csv: must /);
  });

  it("refuses monthly factors that end before the range does", async () => {
    const early = without("months.csv", (date) => date >= "2021-05");
    await expect(derive(early)).rejects.toThrow(
      /^factors-monthly\.csv: must have a return for 2021-05-31, but months\.csv has none/,
    );
  });

  it.each([
    ["end in the middle of its last week", (date: string) => date > "2021-05-26"],
    ["end in the middle of its last month", (date: string) => date > "2021-05-14"],
    ["begin in the middle of its first month", (date: string) => date < "2021-01-18"],
  ])("refuses daily factors that %s", async (_, drop) => {
    await expect(derive(without("days.csv", drop))).rejects.toThrow(/^factors-weekly\.csv: must /);
  });

  it("refuses factors of the other frequency, and names the file", async () => {
    const swapped = (lines: readonly string[], name: string) =>
      name === "days.csv" ? RAW_LINES["months.csv"]! : lines;
    await expect(derive(swapped)).rejects.toThrow(
      /days\.csv: must hold daily factors, but its dates are monthly; name the other file in data\/sources\.json$/,
    );
  });

  it("has the same past when the future of the sources is cut off", async () => {
    const whole = await derive();
    for (const [last, through] of [
      ["2021-04-30", "2021-04"],
      ["2021-04-14", "2021-03"],
      ["2021-03-31", "2021-03"],
      ["2021-03-10", "2021-02"],
    ] as const) {
      const cut = await derive(
        (lines) => lines.filter((line, i) => i === 0 || dateOf(line) <= last),
        through,
      );
      for (const { name, csv } of Object.values(cut)) {
        expect(whole[name]!.csv.startsWith(csv), `${name} to ${last}`).toBe(true);
        expect(csv.length).toBeLessThan(whole[name]!.csv.length);
      }
    }
  });

  it("has the same past when later prices and factors are others", async () => {
    const whole = await derive();
    const other = await derive((lines) =>
      lines.map((line, i) =>
        i > 0 && dateOf(line) > "2021-03-31" ? line.replace(/,\D*\d/, "$&7") : line,
      ),
    );
    for (const name of Object.keys(whole)) {
      const [before, after] = [whole, other].map((files) => files[name]!.csv.split("\n"));
      const past = before!.findIndex((line) => line > "2021-03-31");
      const known = before!.slice(0, past < 0 ? undefined : past);
      expect(after!.slice(0, known.length)).toEqual(known);
      expect(after).not.toEqual(before);
    }
  });
});

describe("the committed panel", () => {
  /** The report prints four decimals. */
  const DECIMALS = 4;
  /** Yahoo's last price of a month is that of another hour and other exchanges than Coinbase's, which the report used. */
  const YAHOO_AGAINST_COINBASE = 0.015;

  let monthly: DatedSeries;
  let replication: DatedSeries;
  let printed: DatedSeries;
  beforeAll(async () => {
    monthly = await readDated(shippedFile("monthly.csv"));
    replication = await readDated(shippedFile("replication.csv"));
    printed = await readDated(shippedFile("reported/returns.csv"));
  });

  it("comes from the published files, byte for byte", async (ctx) => {
    needsRaw(ctx);
    const sources = readFileSync(shippedFile("sources.json"), "utf8");
    const files = await derivePanel(RAW, JSON.parse(sources) as Sources);
    expect(files.map(({ name }) => name).sort()).toEqual(
      readdirSync(shippedFile("")).filter(
        (name) => name.endsWith(".csv") && name !== "day-shift.csv",
      ),
    );
    for (const { name, csv } of files)
      expect(csv, name).toBe(readFileSync(shippedFile(name), "utf8"));
  });

  it("has the dollar returns that the report prints", () => {
    const rounded = [...seriesOf(monthly, "FIAT")]
      .slice(0, 5)
      .map((value) => value.toFixed(DECIMALS));
    expect(rounded).toEqual(["-0.0305", "0.0151", "-0.0084", "0.0171", "0.0240"]);
    expect([...seriesOf(printed, "FIAT")]).toEqual(rounded.map(Number));
  });

  it("has the coin returns that the report prints, in the series that it used", () => {
    for (const coin of ["BTC", "LTC"])
      expect([...seriesOf(replication, coin)].map((v) => v.toFixed(DECIMALS))).toEqual(
        [...seriesOf(printed, coin)].map((v) => v.toFixed(DECIMALS)),
      );
  });

  it("has returns of BTC and LTC near those that the report prints", () => {
    for (const coin of ["BTC", "LTC"])
      printed.dates.forEach((date, t) => {
        const ours = seriesOf(monthly, coin)[monthly.dates.indexOf(date)]!;
        const report = seriesOf(printed, coin)[t]!;
        expect(Math.abs(ours - report)).toBeLessThan(YAHOO_AGAINST_COINBASE);
      });
  });

  it("has the factor rows that the report prints", async () => {
    const factors = await readDated(shippedFile("factors-monthly.csv"));
    const report = await readDated(shippedFile("reported/factors.csv"));
    expect(report.dates).toEqual(["2018-01-31", "2018-02-28"]);
    expect(factors.names).toEqual(report.names);
    expect(factors.dates.slice(0, 2)).toEqual(report.dates);
    expect(factors.values.slice(0, report.values.length)).toEqual(report.values);
  });
});
