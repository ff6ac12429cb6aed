/** Files in no known layout: what is missing, and in which line. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recogniseFormat } from "../lib/src/data/readers/recognise.js";
import { roleOf } from "../lib/src/data/readers/words.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const fileOf = (...lines: readonly string[]) =>
  write(join(folder, `${written++}.csv`), lines.join("\n"));

describe("recogniseFormat", () => {
  it.each([
    [['{"a": 1}'], ':1: is in no known format (begins with "{\\"a\\": 1}")'],
    [["2020-01-31,1", "2020-02-29,2"], ':1: must be a line of column names, but is a row ("2020'],
    [["", "1582934400,1"], ":2: must be a line of column names, but is a row"],
    [["A title", "Date,Close"], ":2: has column names but no row of data"],
    [["Date,Close", "soon,1"], ":2: Date must hold dates such as 2021-01-29"],
    [["A title", "Close,Date", "1,", "2,later"], ":4: Date must hold dates such as"],
    [["a,b", "1,2", "3,4"], ':1: is no table of dates and series (begins with "a,b")'],
    [["", "a,b", "1,2", "3,4"], ":2: is no table of dates and series"],
    [["Date,Close", ",1", ",2"], ":1: is no table of dates and series"],
  ])("refuses %j", async (lines, message) => {
    const file = fileOf(...lines);
    await expect(recogniseFormat(file)).rejects.toThrow(`${file}${message}`);
  });

  it("shows the first sixty characters", async () => {
    const file = fileOf(`${"a".repeat(70)},b`, "1,2", "3,4");
    await expect(recogniseFormat(file)).rejects.toThrow(`begins with "${"a".repeat(60)}")`);
  });

  it("takes the separator of the rows where a title has another", async () => {
    const semicolons = fileOf("A title, of a table", "Date;Close", "2020-01-31;1");
    expect((await recogniseFormat(semicolons)).columns).toEqual(["Close"]);
    const tabs = fileOf("A title; of a table", "Date\tClose", "2020-01-31\t1");
    expect((await recogniseFormat(tabs)).columns).toEqual(["Close"]);
  });

  it("has every column and every symbol once", async () => {
    const rows = ["2020-01-31,B,1,2", "2020-01-31,A,3,4", "2020-02-29,B,5,6"];
    expect(await recogniseFormat(fileOf("Date,Symbol,Open,Close", ...rows))).toMatchObject({
      columns: ["Open", "Close"],
      symbols: ["B", "A"],
    });
  });
});

it("roleOf knows names by their words, whatever their order, accents and separators", () => {
  expect(["Adj. Close", "closeadj", "Adjusted-Close"].map(roleOf)).toEqual(
    Array(3).fill("adjustedClose"),
  );
  expect(["Último", "DATE", "Trade Date", "Price (USD)", "Vol.", "Ticker"].map(roleOf)).toEqual([
    ...["last", "date", "date", "close", "volume", "symbol"],
  ]);
  expect(["", "Returns", "Closed"].map(roleOf)).toEqual(Array(3).fill(undefined));
});
