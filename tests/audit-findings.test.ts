/** What the audit of a panel says, and what it may be told. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stopOnErrors } from "../lib/src/data/audit/finding.js";
import { returnsOf } from "../lib/src/panel/panel.js";
import { selectSeries } from "../lib/src/panel/series.js";
import { stream } from "../lib/src/random.js";
import { DataError } from "../lib/src/types.js";
import { all, audit, changed, dates, factors, found, panel, rowsOf } from "./support/audited.js";
import { RUNS } from "./support/helpers.js";

describe("the findings", () => {
  /** Faults of several kinds in several series. */
  const damaged = changed(
    changed(
      changed(panel, "A", (r, t) => (t === 9 ? 4.5 : r)),
      "FIAT",
      (r, t) => (t >= 20 && t < 24 ? 0 : r),
    ),
    "ENERGY",
    (r, t) => (t === 50 ? -4.5 : r),
  );
  const plain = audit(damaged);

  it("are ordered by series, check and date", () => {
    expect(found(plain)).toEqual([
      ["A", "outlier", dates[9]],
      ["FIAT", "zeros", dates[20]],
      ["ENERGY", "outlier", dates[50]],
    ]);
    expect(audit(damaged)).toEqual(plain);
  });

  it("stay when a series is rescaled, values and all", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("A", "FIAT", "GOLD", "ENERGY"),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (series, factor) => {
          const rescaled = audit(changed(damaged, series, (r) => factor * r));
          expect(found(rescaled)).toEqual(found(plain));
          rescaled.forEach(({ value }, i) => {
            expect(value).toBeCloseTo(plain[i]!.value, 9);
          });
        },
      ),
      { ...RUNS, numRuns: 20 },
    );
  });

  it("are permuted when series are permuted", () => {
    const { names, values } = returnsOf(damaged);
    const reorder = (wanted: readonly string[]): Float64Array =>
      selectSeries({ dates, names, values }, wanted).values;
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...panel.markets], { minLength: 4 }),
        fc.boolean(),
        (markets, turn) => {
          const coins = turn ? panel.coins.toReversed() : panel.coins;
          const findings = audit({
            ...damaged,
            coins,
            markets,
            coinLogReturns: reorder(coins),
            marketLogReturns: reorder(markets),
          });
          const place = (name: string) => [...coins, ...markets].indexOf(name);
          expect(findings).toEqual(plain.toSorted((a, b) => place(a.series) - place(b.series)));
        },
      ),
      { ...RUNS, numRuns: 20 },
    );
  });

  it("do not depend on the order in which rows of the factors stand to those of the panel", () => {
    const tail = rowsOf(damaged, all.slice(6));
    expect(found(audit(tail))).toEqual(found(plain));
  });

  it("leave panel, factors and fields as they are", () => {
    const fields = { close: returnsOf(panel), open: returnsOf(damaged) };
    const before = structuredClone({ damaged, factors, fields });
    audit(damaged, { factors, fields });
    expect({ damaged, factors, fields }).toEqual(before);
  });

  it("stop on errors, naming the first five with their remedies", () => {
    expect(() => stopOnErrors(plain)).not.toThrow();
    const noise = stream("errors");
    const percent = audit(
      rowsOf(
        {
          ...panel,
          coinLogReturns: panel.coinLogReturns.map((r) => 100 * r),
          marketLogReturns: panel.marketLogReturns.map((r) => 100 * r + noise.uniform()),
        },
        all,
      ),
    );
    expect(percent).toHaveLength(6);
    try {
      stopOnErrors(percent);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      const lines = (error as DataError).message.split("\n");
      expect(lines).toHaveLength(6);
      expect(lines[0]).toMatch(
        /^audit: A: unit must keep to 3, got [\d.]+; the column looks like percent: divide it by 100; .*annualScale, of the study: audit\.annualScale$/,
      );
      expect(lines[5]).toBe("audit: 1 more error");
    }
  });
});

describe("the options of an audit", () => {
  it.each([
    [{ falseAlarms: 0 }, "falseAlarms must be a chance above 0 and below 0.5, got 0"],
    [{ falseAlarms: 1 }, "falseAlarms must be a chance above 0 and below 0.5, got 1"],
    [{ annualScale: Number.NaN }, "annualScale must be above 0, got NaN"],
    [{ asOf: "2024-13-01" }, 'asOf must be a day YYYY-MM-DD of the calendar, got "2024-13-01"'],
  ])("are refused if they make no sense: %o", (options, message) => {
    expect(() => audit(panel, {}, options)).toThrow(new RangeError(`auditPanel: ${message}`));
  });
});
