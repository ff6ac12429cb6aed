/** What yfinance and pandas-datareader write: which line of names is that of the fields. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { recogniseFormat } from "../lib/src/data/readers/recognise.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const fileOf = (...lines: readonly string[]) =>
  write(join(folder, `${written++}.csv`), lines.join("\n"));
const ROWS = ["2021-01-04,1,2,3", "2021-01-05,4,5,6"];
const FIELDS = "Close,Open,Close";
const SYMBOLS = "A,A,B";

describe("yfinance download", () => {
  it.each([
    ["fields first, as both say", `Price,${FIELDS}`, `Ticker,${SYMBOLS}`],
    ["fields first, as neither says", `,${FIELDS}`, `,${SYMBOLS}`],
    ["fields first, as the first says", `Attributes,${FIELDS}`, `,${SYMBOLS}`],
    ["fields first, as the second says", `,${FIELDS}`, `Symbols,${SYMBOLS}`],
    ["symbols first, as both say", `Ticker,${SYMBOLS}`, `Price,${FIELDS}`],
    ["symbols first, as neither says", `,${SYMBOLS}`, `,${FIELDS}`],
    ["symbols first, as the first says", `Symbols,${SYMBOLS}`, `,${FIELDS}`],
    ["symbols first, as the second says", `,${SYMBOLS}`, `Attributes,${FIELDS}`],
    // Symbols that are names of fields: what the lines are called decides.
    ["symbols first, called High and Low", "Ticker,High,High,Low", `,${FIELDS}`],
    ["fields below symbols, called High and Low", ",High,High,Low", `Price,${FIELDS}`],
  ])("has %s", async (_, first, second) => {
    const file = fileOf(first, second, "Date,,,", ...ROWS);
    const { format, columns, symbols } = await recogniseFormat(file);
    expect([format, columns]).toEqual(["yfinance download", ["Close", "Open"]]);
    const values = async (symbol: string, column: string) => [
      ...(await readPrices(file, { symbol, column })).values,
    ];
    const [a, b] = symbols as [string, string];
    expect(await values(a, "Close")).toEqual([1, 4]);
    expect(await values(a, "Open")).toEqual([2, 5]);
    expect(await values(b, "Close")).toEqual([3, 6]);
    await expect(values(b, "Open")).rejects.toThrow("has no column Open, it has Close");
  });

  it("is of days, and has a third line of the dates' name alone", async () => {
    const within = fileOf(`Price,${FIELDS}`, `Ticker,${SYMBOLS}`, "Datetime,,,", ...ROWS);
    await expect(readPrices(within, { symbol: "B" })).rejects.toThrow(
      `${within}:3: holds rows within a day (Datetime); download with interval="1d"`,
    );
    for (const third of ["Day,,,", "Date,,,x"]) {
      const other = fileOf(`Price,${FIELDS}`, `Ticker,${SYMBOLS}`, third, ...ROWS);
      const format = await recogniseFormat(other).then(
        (found) => found.format,
        () => "none",
      );
      expect(format).not.toBe("yfinance download");
    }
  });

  it("takes a file of one series", async () => {
    const file = fileOf("Price,Close", "Ticker,A", "Date,", "2021-01-04,1", "2021-01-05,2");
    expect([...(await readPrices(file)).values]).toEqual([1, 2]);
  });
});
