/** The header of a table: names, the column of dates, symbols, series, and lines that are passed over. */

import { expect, it } from "vitest";
import { headerOf } from "../lib/src/data/readers/header.js";

const headerIn = (...head: string[]) =>
  headerOf({ file: "made.csv", bytes: Buffer.from(head.join("\n")), head, separator: "," });

it("is the first line of names above dates, and tells what it passes over", () => {
  const header = headerIn("A title", "", "Date,Open,Close", "2020-01-31,1,2");
  expect(header).toEqual({
    area: { names: ["Date", "Open", "Close"], above: 3 },
    date: 0,
    series: [1, 2],
    notes: ['line 1 is no part of the table and is passed over ("A title")'],
  });
  expect(headerIn("2020-01-31,1,2")).toBeUndefined();
  expect(headerIn("a,b", "1,2")).toBeUndefined();
});

it("has the column of dates by its name, else the first", () => {
  expect(headerIn("X,Date", "5,2020-01-31")!.date).toBe(1);
  expect(headerIn("X,Y", "2020-01-31,5")!.date).toBe(0);
  // A column of dates may begin with gaps; Unix times count where no column has dates.
  expect(headerIn("Date,X", ",5", "2020-01-31,6")!.date).toBe(0);
  expect(headerIn("X,Time", "5,1582934400")!.date).toBe(1);
  expect(headerIn("Time,Date,X", "1582934400,2020-02-29,5")).toMatchObject({
    date: 1,
    series: [2],
  });
});

it("has symbols beside prices, and elsewhere where every row below holds a word", () => {
  expect(headerIn("Date,Symbol,Close", "2020-01-31,7,1")!.symbol).toBe(1);
  const words = headerIn("Date,Symbol,X", "2020-01-31,,1", "2020-02-29,BTC,2");
  expect([words!.symbol, words!.series]).toEqual([1, [2]]);
  const numbers = headerIn("Date,Symbol,X", "2020-01-31,,1", "2020-02-29,5,2");
  expect([numbers!.symbol, numbers!.series]).toEqual([undefined, [1, 2]]);
  const mixed = headerIn("Date,Symbol,X", "2020-01-31,BTC,1", "2020-02-29,5,2");
  expect(mixed!.symbol).toBeUndefined();
  expect(headerIn("Date,Symbol,Close", "2020-01-31,,1")!.symbol).toBeUndefined();
});

it("takes a symbol before a name", () => {
  const header = headerIn("Date,Name,Symbol,Close", "2020-01-31,Bitcoin,BTC,1");
  expect([header!.symbol, header!.series]).toEqual([2, [3]]);
});

it("has a description of up to nine lines below an empty first name", () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `word ${i}`);
  const nine = headerIn(",X", ...lines(9), "2020-01-31,5");
  expect([nine!.area.above, nine!.notes.length]).toEqual([10, 9]);
  expect(nine!.notes[0]).toContain("line 2 is no part of the table");
  expect(headerIn(",X", ...lines(10), "2020-01-31,5")).toBeUndefined();
  expect(headerIn(",X", "2020-01-31,5")!.area.above).toBe(1);
  // With a first name, the line below is the first row.
  expect(headerIn("Date,X", ",5", "2020-01-31,5")!.area.above).toBe(1);
});

it("leaves out columns without a name, an index, and a bank's remarks", () => {
  const names = "Date,Unnamed: 0,,X,X_FLAGS,Y_FLAGS";
  expect(headerIn(names, "2020-01-31,1,2,3,4,5")!.series).toEqual([3, 5]);
});
