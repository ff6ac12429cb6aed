/** The audit of what a study names: each fault is put into files that have none, and is told with file and line. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findingText } from "../lib/src/data/audit/finding.js";
import { auditStudy } from "../lib/src/data/audit/study.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import { readStudy } from "../lib/src/study-file.js";
import { cleanBars, days } from "./support/audited.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
const WEEKDAYS = days(1500).filter((day) => day <= dayNumber("2023-06-30"));

type Bar = Readonly<Record<"open" | "high" | "low" | "close", number>>;

/** A file of bars, its rows changed on the way. */
function bars(name: string, change = (bar: Bar, _row: number): Bar => bar) {
  const { open, high, low, close } = cleanBars(WEEKDAYS, name.slice(0, 1));
  const lines = WEEKDAYS.map((day, i) => {
    const bar = { open, high, low, close };
    const at = (field: keyof Bar) => bar[field].values[i]!;
    const changed = change(
      {
        open: at("open"),
        high: at("high"),
        low: at("low"),
        close: at("close"),
      },
      i,
    );
    return `${isoDate(day)},${changed.open},${changed.high},${changed.low},${changed.close}`;
  });
  return write(join(folder, name), `${["date,Open,High,Low,Close", ...lines].join("\n")}\n`);
}

let written = 0;
/** What the audit says of a coin in one file and a market in another, by the column of the market. */
async function said(market: string, column: string, more: object = {}): Promise<string[]> {
  const prices = [
    { name: "A", file: bars("A.csv"), column: "Close" },
    { name: "M", file: market, column },
  ];
  const study = { coins: ["A"], markets: ["M"], prices, ...more };
  const file = join(folder, `${written++}.json`);
  const findings = await auditStudy(await readStudy(write(file, JSON.stringify(study))));
  return findings.map(findingText);
}

describe("auditStudy, prices", () => {
  const clean = bars("M.csv");

  it("finds nothing in the closes of clean bars, by months, weeks and days", async () => {
    expect(await said(clean, "Close")).toEqual([]);
    expect(await said(clean, "Close", { frequency: "weekly" })).toEqual([]);
  });

  it("refuses opening prices, which the file itself gives away", async () => {
    const [finding, ...others] = await said(clean, "Open");
    expect(others).toEqual([]);
    expect(finding).toMatch(
      /M\.csv: M: field must keep to 0, got 0\.\d+; matches open \(mean absolute difference 0, n = 65\), not close/,
    );
  });

  it("refuses closes that stand under the name of opens", async () => {
    const exchanged = bars("M-exchanged.csv", ({ open, close, ...bar }) => ({
      ...bar,
      open: close,
      close: open,
    }));
    expect(await said(exchanged, "Close")).toEqual([
      expect.stringMatching(
        /M-exchanged\.csv: M: open-close must keep to 0\.\d+, got 0\.\d+; open and close seem to be exchanged/,
      ),
    ]);
  });

  it("names the line where prices stand still", async () => {
    const still = bars("M-still.csv", (bar, row) =>
      row >= 700 && row < 720 ? { open: 50, high: 50, low: 50, close: 50 } : bar,
    );
    const stale = (await said(still, "Close")).find((line) => line.includes("stale"));
    // The first repeat is the second of the rows, below one line of names and counted from 1.
    expect(stale).toContain(`M-still.csv:703: M on ${isoDate(WEEKDAYS[701]!)}: stale must keep to`);
  });

  it.each([0, -5])(
    "tells the line of a price of %d, and refuses it where a month ends on it",
    async (price) => {
      const on = (day: string) =>
        bars(`M${price}${day}.csv`, (bar, row) =>
          isoDate(WEEKDAYS[row]!) === day ? { ...bar, close: price } : bar,
        );
      const [within, end] = [on("2021-03-10"), on("2021-03-31")];
      const told = (file: string, day: string) =>
        expect.stringMatching(
          `^${file}:\\d+: M on ${day}: non-positive must keep to 0, got ${price};`,
        );
      expect(await said(within, "Close")).toContainEqual(told(within, "2021-03-10"));
      await expect(said(end, "Close")).rejects.toMatchObject({
        message: expect.stringMatching(
          `^${end}:\\d+: M on 2021-03-31: non-positive .*\n.*must be 2021-03-31`,
        ),
      });
    },
  );

  it("looks at prices from a month before the range through its last day", async () => {
    const told = async (day: string, from: string, through: string) => {
      const file = bars(`M-range-${day}.csv`, (bar, row) =>
        isoDate(WEEKDAYS[row]!) === day ? { ...bar, close: 0 } : bar,
      );
      const lines = await said(file, "Close", { range: { from, through } });
      return lines.some((line) => line.includes("non-positive"));
    };
    const months = ["2021-01", "2021-06"] as const;
    // January begins on the first: 31 days before lies 1 December.
    expect(await told("2020-11-30", ...months)).toBe(false);
    expect(await told("2020-12-01", ...months)).toBe(true);
    expect(await told("2021-06-29", ...months)).toBe(true);
    expect(await told("2021-07-01", ...months)).toBe(false);
    const days = ["2021-01-31", "2021-06-15"] as const;
    expect(await told("2020-12-01", ...days)).toBe(true);
    expect(await told("2021-06-15", ...days)).toBe(true);
    expect(await told("2021-06-16", ...days)).toBe(false);
  });

  it("says nothing of a column that the study does not use", async () => {
    const zeros = bars("M-zeros.csv", (bar) => ({ ...bar, open: 0 }));
    expect(await said(zeros, "Close")).toEqual([]);
  });
});

describe("auditStudy, returns and factors", () => {
  const audit = async (content: object) =>
    (
      await auditStudy(
        await readStudy(write(join(folder, `${written++}.json`), JSON.stringify(content))),
      )
    ).map(findingText);

  it("refuses the report's EQUITY in the line where it cannot be one", async () => {
    const returns = shippedFile("reported/returns.csv");
    expect(await audit({ returns })).toEqual([
      expect.stringMatching(
        /returns\.csv:6: EQUITY on 2018-05-31: market-difference must keep to 6\.532, got -48\.79; /,
      ),
    ]);
  });

  it.each([
    ["the middle of months", "15"],
    ["first days of months", "01"],
  ])("refuses factors dated by %s, of which no panel has a date", async (_, day) => {
    const lines = readFileSync(shippedFile("factors-monthly.csv"), "utf8");
    const factors = write(join(folder, `f${day}.csv`), lines.replace(/-\d\d,/g, `-${day},`));
    expect(await audit({ factors })).toEqual([
      expect.stringMatching(`^${factors}:2: factors on 2018-01-${day}: invalid-date .* got 96`),
    ]);
  });

  it("warns of a panel that begins after the factors end", async () => {
    const [head, ...rows] = readFileSync(shippedFile("monthly.csv"), "utf8").split("\n");
    const later = rows.map((row) => row.replace(/^20/, "24"));
    const returns = write(join(folder, "later.csv"), [head, ...later].join("\n"));
    expect(await audit({ returns })).toEqual([
      expect.stringMatching(/factors on 2418-01-31: coverage .* got 83; the panel begins after/),
    ]);
  });

  it("refuses factors of another frequency, by their file", async () => {
    const weekly = { returns: shippedFile("weekly.csv"), frequency: "weekly" };
    const factors = shippedFile("factors-monthly.csv");
    await expect(audit({ ...weekly, factors })).rejects.toThrow(
      /factors-monthly\.csv: the factors must be weekly, as the returns are, but they are monthly/,
    );
    expect(await audit(weekly)).toEqual([]);
  });
});
