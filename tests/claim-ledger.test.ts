/** The ledger: its rule within each step, its table and its figure. */

import { describe, expect, it } from "vitest";
import { figureClaims } from "../lib/src/figures/claims.js";
import { above, type MeasuredClaim } from "../lib/src/report/claims/claim.js";
import { claimLedger } from "../lib/src/report/claims/ledger.js";
import { exactMeasurement, studentMeasurement } from "../lib/src/report/measurement.js";
import { benjaminiYekutieliPValues, holmPValues } from "../lib/src/stats/multiple-testing.js";
import { tableClaimRules, tableClaims, tableStepClaims } from "../lib/src/tables/claims.js";
import { tableCsv } from "../lib/src/tables/table.js";
import { printed } from "./support/claim-context.js";

/** A claim above 0 with an estimate so many standard errors from it. */
const measured = (id: string, errors: number, n = 60): MeasuredClaim => ({
  id,
  statistic: `what ${id} is`,
  region: above(0),
  measurement: studentMeasurement({
    estimate: errors,
    standardError: 1,
    degreesOfFreedom: n - 1,
    n,
    method: "t",
  }),
});

describe("claimLedger", () => {
  const claims = [
    printed("a", "1"),
    printed("b", "1"),
    printed("c", "1", "one of two"),
    printed("d", "2"),
    printed("e", "2"),
  ];
  const rows = claimLedger(claims, [
    measured("e", 3, 12),
    measured("d", 3),
    measured("c", -4),
    measured("b", 2.2),
    measured("a", 0.5),
  ]);

  it("keeps the order of the printed claims", () => {
    expect(rows.map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("corrects p-values within each step, over the claims that can be tested", () => {
    const alone = (errors: number) => measured("x", errors).measurement.pValue(0);
    const step1 = holmPValues([alone(0.5), alone(2.2), alone(-4)]);
    expect(rows.map(({ pValue }) => pValue)).toEqual([...step1, alone(3), Number.NaN]);
    const all = [...[0.5, 2.2, -4, 3].map(alone), Number.NaN];
    expect(rows.map(({ qValue }) => qValue)).toEqual([...benjaminiYekutieliPValues(all)]);
  });

  it("does not take a bar on one side of zero for a verdict where others were tested too", () => {
    expect(rows.map(({ verdict }) => verdict)).toEqual([
      "undecided",
      "undecided",
      "contradicted",
      "supported",
      "cannot be tested",
    ]);
    expect(rows[1]!.lower).toBeGreaterThan(0);
  });

  it("asks for the whole ledger's correction, too", () => {
    const alone = claimLedger([printed("a", "1")], [measured("a", 2.2)]);
    expect(alone[0]!.verdict).toBe("supported");
    const among = claimLedger(
      [printed("a", "1"), printed("b", "2")],
      [measured("a", 2.2), measured("b", 0)],
    );
    expect(among[0]!.pValue).toBe(alone[0]!.pValue);
    expect(among[0]!.verdict).toBe("undecided");
  });

  it("shows a number, but no interval, where nothing can be tested", () => {
    expect(rows[4]).toMatchObject({ measured: 3, n: 12 });
    expect([rows[4]!.lower, rows[4]!.upper]).toEqual([Number.NaN, Number.NaN]);
  });

  it("refuses a claim without a measurement, with two, and a measurement without a claim", () => {
    const claims = [printed("a", "1")];
    expect(() => claimLedger(claims, [])).toThrow(
      "claimLedger: every printed claim must be measured once, but a is 0 times; measure it, or take it out of the file",
    );
    expect(() => claimLedger(claims, [measured("a", 1), measured("a", 1)])).toThrow(
      "but a is 2 times",
    );
    expect(() => claimLedger(claims, [measured("a", 1), measured("b", 1)])).toThrow(
      "claimLedger: every measured claim must be printed, but b is not; add it to the file",
    );
  });

  describe("as a table", () => {
    const table = tableClaims(rows, "made up");

    it("has the columns that other programs rely on", () => {
      expect(table.id).toBe("claims");
      expect(tableCsv(table).split("\n")[0]).toMatch(
        /^id,step,claim,reported,measured,lower,upper,pValue,n,verdict,qValue,detectable,/,
      );
      const about = table.columns.findIndex(({ key }) => key === "about");
      expect([table.rows[2]![2], table.rows[2]![about]]).toEqual(["words of c", "one of two"]);
    });

    it("states what is measured, where it is true, and how the interval is made", () => {
      const rules = tableClaimRules([
        ...rows.slice(0, 1),
        { ...rows[1]!, region: { lower: -Infinity, upper: 0.05 } },
        { ...rows[2]!, region: { lower: -0.25, upper: 20 } },
      ]);
      expect(rules.rows).toEqual([
        ["a", "1", "what a is", "above 0", "t"],
        ["b", "1", "what b is", "below 0.05", "t"],
        ["c", "1", "what c is", "−0.25 to 20", "t"],
      ]);
    });

    it("is told by step, with what is measured and its region, and knows no other step", () => {
      const table = tableStepClaims(rows, "1");
      expect([table.id, table.rows.length]).toEqual(["claims-1", 3]);
      expect(table.rows[2]).toEqual([
        ...["words of c (one of two)", "what c is", "above 0"],
        ...[-4, expect.closeTo(-6, 2), expect.closeTo(-2, 2), "contradicted"],
      ]);
      expect(() => tableStepClaims(rows, "9")).toThrow(
        "tableStepClaims: there is no step 9, there are 1, 2; name one of these",
      );
    });
  });

  describe("as a figure", () => {
    const { data, layout, alt } = figureClaims(rows, "made up");
    const traces = data as { name: string; x: number[]; y: number[] }[];

    it("has a trace per verdict, with their number", () => {
      expect(traces.map(({ name }) => name)).toEqual([
        "supported (1)",
        "undecided (2)",
        "contradicted (1)",
        "cannot be tested (1)",
      ]);
      expect(alt).toContain("contradicted: 1");
    });

    it("draws what is contradicted on the left, what has no interval apart, each on the line of its name", () => {
      const { tickvals, ticktext } = (
        layout as { yaxis: { tickvals: number[]; ticktext: string[] } }
      ).yaxis;
      const at = (name: string) => tickvals[ticktext.indexOf(name)];
      expect(traces[2]!.x[0]).toBeCloseTo(-2, 2);
      expect(traces[2]!.y).toEqual([at("c")]);
      expect(traces[3]!.x).toEqual([7.4]);
      const border = { xref: "x", x0: 6.8, x1: 6.8, yref: "paper", y0: 0, y1: 1 };
      expect((layout as { shapes: object[] }).shapes).toContainEqual(
        expect.objectContaining(border),
      );
      expect(JSON.stringify(layout)).toContain("no<br>interval");
      expect(traces[3]!.y).toEqual([at("e")]);
      expect(ticktext).toContain("<b>Step 2</b>");
    });

    it("draws a number without an error that is the edge itself at zero, and has no column apart then", () => {
      const exact = claimLedger(
        [printed("a", "1")],
        [{ ...measured("a", 1), measurement: exactMeasurement(0, 4) }],
      );
      const { data: drawn, layout: plain } = figureClaims(exact, "made up");
      expect((drawn as typeof traces).flatMap(({ x }) => x)).toEqual([0]);
      expect(JSON.stringify(plain)).not.toContain("no<br>interval");
    });

    it("cuts what lies further than six half-widths", () => {
      const far = claimLedger([printed("a", "1")], [measured("a", 50)]);
      const [supported] = figureClaims(far, "made up").data as typeof traces;
      expect(supported!.x).toEqual([6]);
    });
  });
});
