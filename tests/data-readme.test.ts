/** The committed data: every file is described by data/README.md and made from what data/sources.json lists. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDated } from "../lib/src/data/panel-file.js";
import type { Sources } from "../lib/src/data/published-files.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { dayNumber, isoDate, periodEnd, weekday } from "../lib/src/panel/calendar.js";

const CSV = readdirSync(shippedFile("")).filter((f) => f.endsWith(".csv"));
/** Those with dates in rows. */
const FILES = CSV.filter((file) => file !== "day-shift.csv");
const FACTORS = ["Mkt-RF", "SMB", "HML", "RMW", "CMA", "RF"];
const text = (name: string) => readFileSync(shippedFile(name), "utf8");
const readme = text("README.md");
const sources = JSON.parse(text("sources.json")) as Sources;

/** The section of one file: everything below its heading. */
const section = (file: string) =>
  readme.split(/^## /m).find((part) => part.startsWith(`${file}\n`)) ?? "";
const frequency = (file: string) =>
  (["weekly", "daily"] as const).find((name) => file.includes(name)) ?? "monthly";
const bytes = (file: string) => readFileSync(shippedFile(file));
const header = (file: string) => text(file).split("\n")[0]!.split(",");
/** First cells of the rows of the section's table. */
const described = (file: string) =>
  [...section(file).matchAll(/^\| ([^ |]+) \|/gm)]
    .map((match) => match[1]!)
    .filter((cell) => cell !== "column" && cell !== "---");

it("finds the panel in three frequencies, the funds, the factors in two vintages, the note's series and the replication", () => {
  expect(FILES).toEqual([
    "daily.csv",
    "factors-daily.csv",
    "factors-monthly-2024-08.csv",
    "factors-monthly.csv",
    "factors-weekly.csv",
    "funds-daily.csv",
    "funds-weekly.csv",
    "imf-daily.csv",
    "imf-own-daily.csv",
    "monthly.csv",
    "replication.csv",
    "weekly.csv",
  ]);
});

it("describes no file that is absent", () => {
  const headings = [...readme.matchAll(/^## (.+)$/gm)].map((m) => m[1]!);
  expect(headings.sort()).toEqual([...CSV, "reported/"].sort());
});

it("names every file of printed numbers with its hash", () => {
  const files = readdirSync(shippedFile("reported"));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const hash = createHash("sha256")
      .update(bytes(`reported/${file}`))
      .digest("hex");
    expect(section("reported/")).toMatch(
      new RegExp(`^\\| \`reported/${file}\` \\| .* \\| \`${hash}\` \\|$`, "m"),
    );
  }
});

it("names the table of shifted months with its hash", () => {
  const hash = createHash("sha256").update(bytes("day-shift.csv")).digest("hex");
  expect(section("day-shift.csv")).toContain(hash);
  expect(header("day-shift.csv").slice(0, 3)).toEqual(["series", "clock", "shift"]);
});

describe.each(FILES)("data/%s", (file) => {
  it("has its SHA-256 in the README", () => {
    const hash = createHash("sha256").update(bytes(file)).digest("hex");
    expect(section(file)).toContain(`- SHA-256 \`${hash}\`\n`);
  });

  it("has its rows, frequency and span in the README", async () => {
    const { dates } = await readDated(shippedFile(file));
    expect(section(file)).toContain(
      `- ${dates.length} rows, ${frequency(file)}, ${dates[0]} to ${dates.at(-1)}\n`,
    );
  });

  it("has every column in the README, with unit, source, date and source hash", () => {
    const columns = header(file).slice(1);
    expect(described(file)).toEqual(columns);
    const unit = file.startsWith("factors-") ? "simple return" : "log return";
    const row = new RegExp(
      `^\\| \\S+ \\| ${unit} \\| [^|]+ \\| \\d{4}-\\d\\d-\\d\\d \\| \`[0-9a-f]{12}\` \\|$`,
      "gm",
    );
    expect(section(file).match(row)).toHaveLength(columns.length);
  });

  it("has a licence in the README for each of its sources", () => {
    const used = {
      "monthly.csv": sources.series,
      "weekly.csv": sources.series,
      "daily.csv": sources.series,
      "funds-weekly.csv": sources.funds,
      "funds-daily.csv": sources.funds,
      "imf-daily.csv": sources.note!.series,
      "imf-own-daily.csv": sources.note!.series,
      "replication.csv": sources.replication,
      "factors-monthly.csv": [sources.factors.monthly],
      "factors-monthly-2024-08.csv": [sources.earlierFactors!],
      "factors-weekly.csv": [sources.factors.daily],
      "factors-daily.csv": [sources.factors.daily],
    }[file]!;
    expect(used.length).toBeGreaterThan(0);
    for (const { licence } of used)
      expect(section(file)).toContain(`- Licence: ${sources.licences[licence]}\n`);
  });

  it("has the columns that sources.json lists, in its order", () => {
    const listed = {
      "monthly.csv": sources.series.map(({ name }) => name),
      "weekly.csv": sources.series.map(({ name }) => name),
      "daily.csv": sources.series.map(({ name }) => name),
      "funds-weekly.csv": sources.funds.map(({ name }) => name),
      "funds-daily.csv": sources.funds.map(({ name }) => name),
      "imf-daily.csv": sources.note!.series.map(({ name }) => name),
      "imf-own-daily.csv": sources.note!.series.map(({ name }) => name),
      "replication.csv": sources.replication.map(({ name }) => name),
      "factors-monthly.csv": FACTORS,
      "factors-monthly-2024-08.csv": FACTORS,
      "factors-weekly.csv": FACTORS,
      "factors-daily.csv": FACTORS,
    }[file]!;
    expect(header(file)).toEqual(["date", ...listed]);
  });

  it("has one row per period, dated by the last day of it; days are weekdays, the longest gap a week", async () => {
    const { dates } = await readDated(shippedFile(file));
    if (frequency(file) === "daily") {
      const days = dates.map(dayNumber);
      expect(days.every((day) => weekday(day) % 6 !== 0)).toBe(true);
      expect(days.every((day, t) => t === 0 || day - days[t - 1]! <= 7)).toBe(true);
      return;
    }
    const expected = dates.map((date, t) => {
      const day = t === 0 ? dayNumber(date) : dayNumber(dates[t - 1]!) + 1;
      return isoDate(periodEnd(day, frequency(file)));
    });
    expect(dates).toEqual(expected);
  });
});
