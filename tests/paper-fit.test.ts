/** How tables fit a page of 495 by 702 points: type, turn, width of prose and number of pages, with widths added up by hand. */

import { describe, expect, it } from "vitest";
import { forPaper, paperFit } from "../lib/src/tables/paper-fit.js";
import type { Cell, Column, Table } from "../lib/src/tables/table.js";

const FOOTNOTE = "\\footnotesize\\setlength{\\tabcolsep}{4pt}";
const SCRIPT = "\\scriptsize\\setlength{\\tabcolsep}{2.5pt}";

/** A table with these heads, of text or with so many decimals, and these rows. */
function tableWith(
  columns: readonly Partial<Column>[],
  rows: readonly (readonly Cell[])[] = [],
  said: Partial<Table> = {},
): Table {
  const whole = columns.map((column, i) => ({ key: `k${i}`, head: "", ...column }));
  return { id: "made-up", caption: "a", columns: whole, rows, ...said };
}

/** Type and turn of a lone column with this head. */
function typeOf(head: string): string {
  const { type, sideways } = paperFit(tableWith([{ head }]));
  return `${type}${sideways ? ", turned" : ""}`;
}

describe("the width of text", () => {
  it.each([
    ["i", 176, 2.8],
    ["|", 176, 2.8],
    ["r", 123, 4],
    [" ", 123, 4],
    ["a", 93, 5.3],
    ["7", 93, 5.3],
    ["β", 93, 5.3],
    ["B", 67, 7.3],
    ["m", 61, 8],
    ["−", 61, 8],
    ["W", 47, 10.5],
    ["—", 47, 10.5],
  ])("of %j is such that %i of them, of %f points, fill a line", (letter, most) => {
    expect(typeOf(letter.repeat(most))).toBe("");
    expect(typeOf(letter.repeat(most + 1))).not.toBe("");
  });

  it("of a mark above a letter is nothing", () => {
    expect(typeOf(`${"a".repeat(93)}${"\u0302".repeat(5)}`)).toBe("");
  });

  it("may be all of the line", () => {
    // 46 times 10.5 and 3 times 4.
    expect(typeOf(`${"W".repeat(46)}rrr`)).toBe("");
  });
});

describe("the type of a table", () => {
  it("is the largest in which letters fit: 1, 0.925, 0.85 and 0.8 of their size, then the same on a turned page", () => {
    const fitting = [93, 100, 109, 116, 132, 143, 155, 165].map((most) => [
      typeOf("a".repeat(most)),
      typeOf("a".repeat(most + (most < 165 ? 1 : 0))),
    ]);
    const types = ["", "\\small", FOOTNOTE, SCRIPT];
    const steps = [...types, ...types.map((type) => `${type}, turned`)];
    expect(fitting).toEqual(steps.map((type, i) => [type, steps[Math.min(i + 1, 7)]]));
  });

  it("leaves 12, 12, 8 and 5 points between columns", () => {
    const columns = (count: number) => {
      const { type, sideways } = paperFit(tableWith(Array(count).fill({ head: "a" })));
      return `${type}${sideways ? ", turned" : ""}`;
    };
    // For example 29 times 5.3 and 28 times 12 are 489.7; one more would be 507.
    expect([29, 30, 40, 41, 54, 55].map(columns)).toEqual([
      ...["", FOOTNOTE, FOOTNOTE, SCRIPT, SCRIPT],
      `${FOOTNOTE}, turned`,
    ]);
    // Twenty columns of 228 points between them, and 54 letters of 4.9 in 267.
    const twenty = Array.from({ length: 20 }, (_, i) => ({ head: i === 0 ? "a".repeat(35) : "a" }));
    expect(paperFit(tableWith(twenty)).type).toBe("\\small");
  });

  it("is that of prose where a cell has more than thirty letters, if only one", () => {
    const type = (letters: number) => paperFit(tableWith([{}], [["a".repeat(letters)]])).type;
    expect([type(30), type(31)]).toEqual(["", FOOTNOTE]);
  });
});

describe("a column of numbers", () => {
  /** Most letters of another head beside it on one line. */
  function beside(column: Partial<Column>, ...cells: readonly Cell[]): number {
    const fits = (letters: number) =>
      paperFit(
        tableWith(
          [{ head: "a".repeat(letters) }, column],
          cells.map((cell) => ["", cell]),
        ),
      ).type === "";
    return [...Array(95).keys()].findLast(fits)!;
  }

  it("is as wide as the longest sign, digits and decimals together", () => {
    // "−00.00": 8 + 4 * 5.3 + 2.8 = 32 of 483, so that 451 are left for letters of 5.3.
    expect(beside({ decimals: 2 }, -1.5, 12.25)).toBe(85);
    // "000.00", without a sign: 29.3 of 483.
    expect(beside({ decimals: 2 }, 1.5, 112.25)).toBe(85);
    // "0.0": 13.4 of 483.
    expect(beside({ decimals: 1 }, 5)).toBe(88);
    // "00", without a point: 10.6 of 483.
    expect(beside({ decimals: 0 }, 7, 12)).toBe(89);
    // "0.00" where there is no number: 18.7 of 483.
    expect(beside({ decimals: 2 }, null)).toBe(87);
  });

  it("takes a gap and no more where it is empty", () => {
    expect(beside({})).toBe(91);
  });

  it("is as wide as text in it, and as its head", () => {
    // "< 0.001": 8 + 4 + 4 * 5.3 + 2.8 = 36 of 483.
    expect(beside({ key: "pValue", decimals: 3 }, 0.0001, 0.5)).toBe(84);
    expect(beside({ head: "mmmmm", decimals: 0 }, 1)).toBe(83);
  });
});

describe("prose", () => {
  const words = (count: number) => Array(count).fill("aaaa").join(" ");
  const partsOf = (columns: readonly Partial<Column>[], ...row: readonly Cell[]) =>
    paperFit(tableWith(columns, [row])).prose;

  it("has what is left of the line by its need, besides 88 points for each column", () => {
    // 500 and 1004 points long: 311 points are shared as these are; 191.4 and 295.6 of 495.
    expect(partsOf([{}, {}], words(20), words(40))).toEqual([0.386, 0.597]);
  });

  it("shares nothing of what is left with other text", () => {
    // 495 less 8 for the gap and 4.5 for a letter.
    expect(partsOf([{ head: "a" }, {}], "", words(40))).toEqual([undefined, 0.974]);
  });

  it("has a twentieth more than its longest line, where that is less", () => {
    // 172.4 points in letters of 0.85, and a twentieth more, are 153.9 of 495.
    expect(partsOf([{}], words(7))).toEqual([0.31]);
    // A word that is not broken: 164.3 points.
    expect(partsOf([{}], "a".repeat(31))).toEqual([0.296]);
    // 31 narrow letters would take 77 points: it has 88.
    expect(partsOf([{}], "i".repeat(31))).toEqual([0.177]);
  });

  it("is never narrower than its longest word, however little is left; hyphens part words", () => {
    // A head of 77 letters takes 346.9 points, gap and word 8 and 139.7; what is left of 495 makes that 140.1.
    const head = "a".repeat(77);
    expect(partsOf([{ head }, {}], "", "a".repeat(31))).toEqual([undefined, 0.283]);
    // With one more letter, the word is too long for the line: the type is smaller.
    const { type } = paperFit(tableWith([{ head: `${head}a` }, {}], [["", "a".repeat(31)]]));
    expect(type).toBe(SCRIPT);
    // 88 points are enough for words of 15 letters: 398 are left for the head.
    const wide = "a".repeat(88);
    const hyphened = paperFit(
      tableWith([{ head: wide }, {}], [["", `${"a".repeat(15)}-`.repeat(3)]]),
    );
    expect([hyphened.type, hyphened.sideways]).toEqual([FOOTNOTE, false]);
  });

  it("is high by its lines: ragged lines fill 0.85 of their width", () => {
    const long = (count: number) => paperFit(tableWith([{}], [[words(count)]])).long;
    // 61 lines of 9.5 and four for rules and head, with 36 for the caption, are 653.5; 62 are 663, more than 659.9.
    expect([long(1198), long(1199)]).toEqual([false, true]);
  });
});

describe("a table that no page holds", () => {
  const rows = Array.from({ length: 45 }, () => ["a"]);
  const long = (said: Partial<Table>) => paperFit(tableWith([{ head: "a" }], rows, said)).long;

  it("is higher than 0.94 of it with its caption, in lines of 12 points", () => {
    // 45 rows and 4 lines, and the caption of 3 lines and 2 more: 648. Of 4 lines: 660, more than 659.88.
    expect([long({ caption: "a".repeat(238) }), long({ caption: "a".repeat(239) })]).toEqual([
      false,
      true,
    ]);
  });

  it("is so with its notes, in smaller lines of 9.5 points", () => {
    // 624 and three lines are 652.5, and four 662.
    const notes = (letters: number) => ["a", "a", "a".repeat(letters)];
    expect([long({ notes: notes(93) }), long({ notes: notes(94) })]).toEqual([false, true]);
  });

  it("holds five notes below 44 rows, and in small type, of lines of 11 points, eight below 45", () => {
    const fits = (head: string, count: number, notes: number) =>
      !paperFit(tableWith([{ head }], rows.slice(0, count), { notes: Array(notes).fill("a") }))
        .long;
    // 612 and 47.5; then 575 and 76.
    expect([fits("a", 44, 5), fits("a", 44, 6)]).toEqual([true, false]);
    expect([fits("a".repeat(100), 45, 8), fits("a".repeat(100), 45, 9)]).toEqual([true, false]);
  });

  it("has more than 45 rows, however low they are", () => {
    const low = (count: number) =>
      paperFit(tableWith(Array(41).fill({ head: "a" }), Array(count).fill(Array(41).fill("a"))));
    expect([low(45), low(46)]).toMatchObject([
      { type: SCRIPT, long: false },
      { type: SCRIPT, long: true },
    ]);
  });

  it("has its first 45 rows where it has more than 500", () => {
    const whole = (count: number) =>
      tableWith(
        [{}],
        Array.from({ length: count }, (_, i) => [i]),
      );
    expect(forPaper(whole(500)).rows).toHaveLength(500);
    const cut = forPaper(whole(501));
    expect(cut.rows).toEqual(Array.from({ length: 45 }, (_, i) => [i]));
    expect(cut.notes).toEqual(["The first 45 of 501 rows; all of them in tables/made-up.csv."]);
  });

  it("is measured by the page's width where it is turned", () => {
    const columns = Array(70).fill({ head: "a" });
    const turned = (letters: number) =>
      paperFit(
        tableWith(columns, Array(45).fill(Array(70).fill("a")), { caption: "a".repeat(letters) }),
      );
    // 49 lines of 8, and 12 for each line of the caption and 2 more: of 4 lines 464, of 5 lines 476, more than 465.3.
    expect([turned(450), turned(451)]).toMatchObject([
      { type: SCRIPT, sideways: true, long: false },
      { type: SCRIPT, sideways: true, long: true },
    ]);
  });
});

describe("a table that is wider than a turned page", () => {
  it("loses its last columns, and a note below the others counts them", () => {
    const fit = (count: number) =>
      paperFit(
        tableWith(Array(count).fill({ head: "a" }), [Array(count).fill("a")], { notes: ["Said."] }),
      );
    // 76 columns of 4.24 points with 5 between them are 697.2, and 77 are 706.5.
    expect(fit(76).table.notes).toEqual(["Said."]);
    expect(fit(77).table).toMatchObject({
      rows: [Array(76).fill("a")],
      notes: ["Said.", "1 more column: tables/made-up.csv."],
    });
    expect(fit(79).table.columns).toHaveLength(76);
    expect(fit(79).table.notes).toEqual(["Said.", "3 more columns: tables/made-up.csv."]);
  });
});
