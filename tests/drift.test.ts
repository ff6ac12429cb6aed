/** What a new vintage changes: values that moved, came and went. */

import { describe, expect, it } from "vitest";
import { panelDrift, ROUNDING } from "../lib/src/data/drift.js";
import { tableDrift, tableMoves } from "../lib/src/tables/drift.js";
import { tableCsv, tableText } from "../lib/src/tables/table.js";
import type { DatedSeries } from "../lib/src/types.js";

const MONTHS = ["2021-01-31", "2021-02-28", "2021-03-31"];
const dated = (
  columns: Readonly<Record<string, readonly number[]>>,
  dates = MONTHS,
): DatedSeries => ({
  dates,
  names: Object.keys(columns),
  values: Float64Array.from(dates.flatMap((_, t) => Object.values(columns).map((c) => c[t]!))),
});
const NONE = { moves: [], largest: undefined, added: 0, gone: 0 };

const OLD = dated({ A: [0.01, 0.02, 0.03], B: [1, 2, 3] });
const NEW = dated({ A: [0.01, 0.0201, 0.0285], B: [1, 2, 3] });

describe("panelDrift", () => {
  it("finds the values that moved, the largest move, and the columns that did not", () => {
    const moves = [
      { date: "2021-02-28", was: 0.02, is: 0.0201 },
      { date: "2021-03-31", was: 0.03, is: 0.0285 },
    ];
    expect(panelDrift("x.csv", OLD, NEW)).toEqual([
      {
        file: "x.csv",
        column: "A",
        compared: 3,
        moves,
        largest: moves[1],
        added: 0,
        gone: 0,
      },
      { file: "x.csv", column: "B", compared: 3, ...NONE },
    ]);
  });

  it("takes a move below half a unit of the fourth decimal for rounding, in either direction", () => {
    const moved = (by: number) =>
      panelDrift("", dated({ A: [0, 0, 0] }), dated({ A: [0, by, -by] }))[0]!;
    expect(moved(0.999 * ROUNDING).moves).toEqual([]);
    expect(moved(ROUNDING).moves).toHaveLength(2);
    expect(ROUNDING).toBe(0.00005);
  });

  it("names the first of equally large moves", () => {
    const [drift] = panelDrift("", dated({ A: [0, 0, 0] }), dated({ A: [1, -1, 1] }));
    expect(drift!.largest!.date).toBe("2021-01-31");
  });

  it("compares by date and name, not by place", () => {
    const turned: DatedSeries = dated({ B: [1, 2, 3], A: [0.01, 0.02, 0.03] });
    const drifts = panelDrift("", OLD, turned);
    expect(drifts.map(({ column }) => column)).toEqual(["B", "A"]);
    for (const drift of drifts) expect(drift).toMatchObject({ compared: 3, ...NONE });
  });

  it("counts values of new and of lost rows, columns and cells", () => {
    const later = dated({ A: [0.02, 0.03, 0.04, 0.05], C: [1, 2, Number.NaN, 4] }, [
      ...MONTHS.slice(1),
      "2021-04-30",
      "2021-05-31",
    ]);
    expect(panelDrift("", OLD, later)).toMatchObject([
      { column: "A", compared: 2, moves: [], added: 2, gone: 1 },
      { column: "C", compared: 0, moves: [], added: 3, gone: 0 },
      { column: "B", compared: 0, moves: [], added: 0, gone: 3 },
    ]);
    const emptied = dated({ A: [0.01, Number.NaN, 0.03], B: [1, 2, 3] });
    expect(panelDrift("", OLD, emptied)[0]).toMatchObject({ gone: 1 });
    expect(panelDrift("", emptied, OLD)[0]).toMatchObject({ added: 1 });
  });
});

describe("tableDrift and tableMoves", () => {
  const drifts = panelDrift("x.csv", OLD, NEW);

  it("show the columns that changed, and say what counts as rounding", () => {
    expect(tableText(tableDrift(drifts))).toBe(
      [
        "New data against old, decimals (0.01 = 1 %)",
        "File   Column  Periods in both  Moved  Largest move      Was       Is  Values added  Values gone",
        "x.csv  A                     3      2  2021-03-31    0.03000  0.02850             0            0",
        "Moves below 0.00005 count as rounding; 1 of 2 columns did not change.",
      ].join("\n"),
    );
  });

  it("show columns that only one of both has, without a move", () => {
    const rows = tableDrift(panelDrift("", dated({ A: [1, 2, 3] }), dated({ B: [1, 2, 3] }))).rows;
    expect(rows).toEqual([
      ["", "B", 0, 0, null, null, null, 3, 0],
      ["", "A", 0, 0, null, null, null, 0, 3],
    ]);
  });

  it("list every move in full precision", () => {
    expect(tableCsv(tableMoves(drifts))).toBe(
      `file,column,date,was,is,move\nx.csv,A,2021-02-28,0.02,0.0201,${0.0201 - 0.02}\nx.csv,A,2021-03-31,0.03,0.0285,${0.0285 - 0.03}\n`,
    );
  });
});
