/** Decimal marks and numbers in cells, each answer by hand. */

import { describe, expect, it } from "vitest";
import {
  cleaner,
  decimalOf,
  numbersIn,
  pointsAreDecimals,
} from "../lib/src/data/readers/numbers.js";

const table = { file: "made.csv", line: (row: number) => row + 2 };
const none = () => {
  throw new Error("no other column needs to be asked");
};

describe("decimalOf", () => {
  it.each([
    [["1.5"], "."],
    [["1,5"], ","],
    [["1.002.003"], ","],
    [["1,002,003"], "."],
    [["1.002,5"], ","],
    [["1,002.5"], "."],
    [["0.002"], "."],
    [["0,002"], ","],
    [["1000.002"], "."],
    [[".002"], "."],
    [["$1,002.5M"], "."],
    [["7", "8"], "."],
    [["", "word", "1,25"], ","],
  ])("is seen from %j", (cells, mark) => {
    expect(decimalOf(table, [cells], none)).toBe(mark);
  });

  it("is asked of the other columns where those that are wanted leave it open", () => {
    expect(decimalOf(table, [["1,002", "998"]], () => [["4"], ["3,5"]])).toBe(",");
    expect(decimalOf(table, [["1,002", "998"], ["2.5"]], none)).toBe(".");
    expect(decimalOf(table, [["7"]], none)).toBe(".");
  });

  it("stays open where a column has numbers just below and above a thousand", () => {
    const open = (...cells: string[]) => decimalOf(table, [["7"], cells], () => [["8"]]);
    expect(() => open("5", "1.002", "998")).toThrow(
      'made.csv:3: numbers must show their decimal mark, but "1.002" beside "5" can have decimals',
    );
    expect(() => open("-998", "1,002")).toThrow("made.csv:3: numbers must show");
    expect(open("1.002", "1234", "998")).toBe(".");
    expect(open("1.002", "0")).toBe(".");
    expect(open("1.002", "2.003")).toBe(".");
  });
});

describe("pointsAreDecimals", () => {
  const are = (...columns: number[][]) =>
    pointsAreDecimals(
      ["date,price"],
      columns.map((own) => Float64Array.from(own)),
    );

  it("is false where whole numbers below a thousand stand beside three decimals", () => {
    expect(are([998, 1.002])).toBe(false);
    expect(are([1, 1.002])).toBe(false);
    expect(are([-998, -1.002])).toBe(false);
    expect(are([Number.NaN, 999.999, 5])).toBe(false);
    expect(are([1000, 1.002], [998, 1.5])).toBe(false);
  });

  it("is true where a number can have no thousands", () => {
    expect(are([998, 1.002, 1000])).toBe(true);
    expect(are([998, 1.002, -1000.5])).toBe(true);
    expect(are([998, 1.002, 0.5])).toBe(true);
    expect(are([998, 1.002, 1.0025])).toBe(true);
    expect(are([998, 1.002, 1.00002])).toBe(true);
  });

  it("is false of three decimals alone and beside zeros: another column may show a comma", () => {
    expect(are([1.002, 1.5])).toBe(false);
    expect(are([0, 1.002])).toBe(false);
    expect(are([998, 1], [1.002])).toBe(false);
  });

  it("is true of whole numbers alone", () => {
    expect(are([998, 1])).toBe(true);
    expect(are([0, Number.NaN])).toBe(true);
    expect(are()).toBe(true);
  });

  it("is true where a first line shows two decimals", () => {
    const columns = [Float64Array.of(998, 1.002)];
    expect(pointsAreDecimals(["date,price", "2020-01-31,1.25"], columns)).toBe(true);
    expect(pointsAreDecimals(["date,price", "2020-01-31,1.002"], columns)).toBe(false);
  });

  it("is false of whole numbers where the head has a point before three digits: 1.000 may be a thousand", () => {
    const [small, large] = [[Float64Array.of(1, 998)], [Float64Array.of(1, 1000)]];
    expect(pointsAreDecimals(["date;price", "2020-01-31;1.000"], small)).toBe(false);
    expect(pointsAreDecimals(["date;price", "2020-01-31; -1.000\r"], small)).toBe(false);
    expect(pointsAreDecimals(["date;price", "2020-01-31;1"], small)).toBe(true);
    expect(pointsAreDecimals(["date;price", "2020-01-31;1.000"], large)).toBe(true);
  });
});

describe("cleaner", () => {
  it("takes thousands away, and leaves what is not so written", () => {
    const point = cleaner(true, ".");
    expect(["1,002.5", "$12", "-1,002", "1,2", "12,34.5"].map(point)).toEqual([
      "1002.5",
      "12",
      "-1002",
      "1,2",
      "12,34.5",
    ]);
    const comma = cleaner(false, ",");
    expect(["1.002,5", "12", "-3,25", "1.2", "1,2,3"].map(comma)).toEqual([
      "1002.5",
      "12",
      "-3.25",
      "",
      "",
    ]);
    expect(cleaner(false, ".")("1,002")).toBe("1,002");
  });
});

describe("numbersIn", () => {
  const read = (cell: string) => numbersIn(table, "price")(cell, 5);

  it("are decimal digits, with an exponent or without", () => {
    expect(["1", "-.5", "+2.", "1e3", "0e5", "0.00", "1E-2"].map(read)).toEqual([
      1, -0.5, 2, 1000, 0, 0, 0.01,
    ]);
    expect(numbersIn(table, "price")("1,000", 0, "1000")).toBe(1000);
  });

  it.each([
    ["", "fill the cell from the source"],
    ["0x10", "correct the cell"],
    ["1e400", "correct the cell"],
    ["1e-400", "correct the cell"],
    ["1,5", "if that is its decimal comma"],
    ["1,002.5", "delete the thousands commas"],
    ["5%", "that is a percentage"],
    ["5M", "that is an abbreviated number"],
    ["5 USD", "delete the sign of the currency"],
  ])("are not %j", (cell, remedy) => {
    expect(() => read(cell)).toThrow(`made.csv:7: price must be a number, got "${cell}"`);
    expect(() => read(cell)).toThrow(remedy);
  });
});
