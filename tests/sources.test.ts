/** The list of sources: read whole, or refused with the key that is wrong. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shippedFile } from "../lib/src/data/shipped.js";
import { readSources } from "../lib/src/data/sources.js";
import { DataError } from "../lib/src/types.js";
import { scratchFolder, write } from "./support/scratch.js";

const SHIPPED = shippedFile("sources.json");
const json = readFileSync(SHIPPED, "utf8");
const folder = scratchFolder();
let written = 0;
const file = (content: string) => write(join(folder, `${written++}.json`), content);

/** The shipped sources with the value at a path replaced, or taken away. */
function edited(path: readonly (string | number)[], value?: unknown): string {
  const sources = JSON.parse(json);
  const last = path.at(-1)!;
  const holder = path.slice(0, -1).reduce((at, key) => at[key], sources);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return file(JSON.stringify(sources));
}

describe("readSources", () => {
  it("gives the shipped sources as they stand in their file", () => {
    expect(readSources(SHIPPED)).toEqual(JSON.parse(json));
  });

  it("does without earlier factors", () => {
    expect(readSources(edited(["earlierFactors"]))).not.toHaveProperty("earlierFactors");
  });

  it("takes a publisher's address for each file, in part or in whole", () => {
    const download = {
      url: "https://example.org/BTC.json",
      file: "yahoo/BTC.json",
      column: "Close",
      sha256: "a".repeat(64),
    };
    expect(readSources(edited(["series", 0, "download"], download)).series[0]).toMatchObject({
      name: "BTC",
      download,
    });
  });

  it.each([
    [
      "an unknown key",
      ["rangee"],
      1,
      "rangee: unknown key, expected one of range, factorRange, dailyRange, fundsRange, licences, series, funds, note, replicationRange, replication, factors, earlierFactors, audit; correct or remove it",
    ],
    [
      "an unknown key of a series",
      ["series", 2, "colunm"],
      "Close",
      "series.2.colunm: unknown key, expected one of name, file, what, obtained, licence, download, column, close, dates, timeZone, decimal, encoding; correct or remove it",
    ],
    [
      "an unknown key of an address",
      ["factors", "daily", "download"],
      { url: "https://example.org", file: "a", sha: "x" },
      "factors.daily.download.sha: unknown key, expected one of url, file, column, what, licence, sha256; correct or remove it",
    ],
    [
      "a missing key",
      ["series", 0, "close"],
      undefined,
      "series.0.close: Invalid input: expected string, received undefined; correct the value",
    ],
    [
      "a wrong type",
      ["series"],
      "BTC",
      'series: Invalid input: expected array, received string, got "BTC"; correct the value',
    ],
    [
      "an empty text",
      ["series", 1, "column"],
      "",
      'series.1.column: expected a text that is not empty, got ""; correct the value',
    ],
    ["no series", ["series"], [], "series: expected one series at least; correct the value"],
    [
      "a name that occurs twice",
      ["series", 3, "name"],
      "BTC",
      "series.3.name: expected every name once, BTC stands already in series.0; correct the value",
    ],
    [
      "a name that occurs twice among the replication",
      ["replication", 1, "name"],
      "BTC",
      "replication.1.name: expected every name once, BTC stands already in replication.0; correct the value",
    ],
    [
      "a name that no column can have",
      ["series", 0, "name"],
      "BTC,USD",
      'series.0.name: expected a name without plus, comma or quotation mark, and without blanks around it, got "BTC,USD"; correct the value',
    ],
    [
      "a licence that is not in the list",
      ["factors", "monthly", "licence"],
      "mit",
      "factors.monthly.licence: expected one of the licences yahoo, fred, coinbase, index, exchange, french, got mit; correct the value",
    ],
    [
      "a licence of the earlier factors that is not in the list",
      ["earlierFactors", "licence"],
      "mit",
      "earlierFactors.licence: expected one of the licences yahoo, fred, coinbase, index, exchange, french, got mit; correct the value",
    ],
    [
      "a licence that every object has",
      ["series", 0, "licence"],
      "constructor",
      "series.0.licence: expected one of the licences yahoo, fred, coinbase, index, exchange, french, got constructor; correct the value",
    ],
    [
      "a day that is not in the calendar",
      ["series", 0, "obtained"],
      "2024-02-30",
      'series.0.obtained: expected a day YYYY-MM-DD of the calendar, got "2024-02-30"; correct the value',
    ],
    [
      "a month that is not in the calendar",
      ["range", "from"],
      "2018-13",
      'range.from: expected a month YYYY-MM or a day YYYY-MM-DD of the calendar, got "2018-13"; correct the value',
    ],
    [
      "a range that ends before it begins",
      ["factorRange", "through"],
      "2017-12",
      "factorRange: expected from before through; correct the value",
    ],
    [
      "a vintage that is no month",
      ["factors", "daily", "vintage"],
      "December 2025",
      'factors.daily.vintage: expected a month YYYY-MM, got "December 2025"; correct the value',
    ],
    [
      "a path that leaves the folder",
      ["series", 0, "file"],
      "../BTC.csv",
      'series.0.file: expected a path below the folder of published files, with / between its parts, got "../BTC.csv"; correct the value',
    ],
    [
      "a path of one machine",
      ["series", 0, "file"],
      "/data/BTC.csv",
      'series.0.file: expected a path below the folder of published files, with / between its parts, got "/data/BTC.csv"; correct the value',
    ],
  ])("refuses %s by its path", (_, path, value, message) => {
    const bad = edited(path, value);
    expect(() => readSources(bad)).toThrow(new DataError(`${bad}: ${message}`));
  });

  it("takes one series, and a note of one", () => {
    const { series } = JSON.parse(json);
    expect(readSources(edited(["series"], series.slice(0, 1))).series).toHaveLength(1);
    const note = { range: { from: "2021-01", through: "2021-02" }, series: series.slice(0, 1) };
    expect(readSources(edited(["note"], note)).note).toEqual(note);
    const none = edited(["note"], { ...note, series: [] });
    expect(() => readSources(none)).toThrow(`${none}: note.series: `);
  });

  it("takes a chance of false findings above 0 and below one half, and a scale above 0", () => {
    const taken = (audit: object) => {
      try {
        readSources(edited(["audit"], audit));
        return true;
      } catch {
        return false;
      }
    };
    const chances = [0, 1e-9, 0.499, 0.5].map((falseAlarms) => taken({ falseAlarms }));
    expect(chances).toEqual([false, true, true, false]);
    expect([0, 1e-9].map((annualScale) => taken({ annualScale }))).toEqual([false, true]);
  });

  it("takes a range of one month, and of one that a day of it ends", () => {
    for (const through of ["2018-01", "2018-01-31"])
      expect(readSources(edited(["range", "through"], through)).range).toEqual({
        from: "2018-01",
        through,
      });
  });

  it("names every fault, a line each", () => {
    const sources = JSON.parse(json);
    sources.series[0].name = "A+B";
    delete sources.factors;
    const bad = file(JSON.stringify(sources));
    expect(() => readSources(bad)).toThrow(
      new DataError(
        `${bad}: series.0.name: expected a name without plus, comma or quotation mark, and without blanks around it, got "A+B"; correct the value\n${bad}: factors: Invalid input: expected object, received undefined; correct the value`,
      ),
    );
  });

  it("names a file that is absent or no JSON", () => {
    const absent = join(folder, "absent.json");
    expect(() => readSources(absent)).toThrow(
      new DataError(`${absent}: cannot be read (ENOENT); check the path`),
    );
    expect(() => readSources(file("{"))).toThrow(/must be a JSON file \(.*\); correct the text$/);
  });
});
