/** The audit of betas from elsewhere, finding by finding, on a made-up panel of 40 months. */

import { describe, expect, it } from "vitest";
import { auditBetas } from "../lib/src/data/audit/betas.js";
import { rankCorrelation } from "../lib/src/stats/ranks.js";
import { months } from "./support/audited.js";
import { seededPanel } from "./support/helpers.js";

const T = 40;
const panel = { ...seededPanel(T, ["A", "B"], ["X", "Y"]), dates: months(T) };
const { dates } = panel;
const place = { id: "mine", file: "mine.csv" };
const row = (
  t: number,
  beta: number,
  more: { coin?: string; market?: string; date?: string } = {},
) => ({
  ...{ date: dates[t] ?? "", coin: "A", market: "X", beta, lower: NaN, upper: NaN, line: t + 2 },
  ...more,
});
const rowsOf = (
  from: number,
  coin = "A",
  market = "X",
  at: readonly number[] = dates.map((_, t) => t),
) => at.filter((t) => t >= from).map((t) => row(t, 1, { coin, market }));
/** Betas of both coins that do not move: no finding. */
const still = [...rowsOf(0), ...rowsOf(0, "B")];
const found = (
  rows: readonly ReturnType<typeof row>[],
  tested = [] as { from: string; through: string }[],
) => auditBetas(panel, rows, { ...place, tested });

describe("auditBetas", () => {
  it("finds nothing in betas that fit the panel", () => {
    expect(found(still)).toEqual([]);
  });

  it("counts dates between the panel's first and last that are none of its own", () => {
    const wrong = (date: string, line: number) => ({ ...row(0, 1, { date }), line });
    expect(found([...still, wrong("2019-05-30", 90), wrong("2019-06-29", 91)])).toMatchObject([
      {
        check: "invalid-date",
        severity: "error",
        date: "2019-05-30",
        value: 2,
        place: "mine.csv:90",
      },
    ]);
    expect(found([...still, wrong("2017-12-30", 90), wrong("2031-01-01", 91)])).toEqual([]);
    const none = [wrong("2017-11-30", 2), wrong("2017-12-31", 3), wrong("2031-01-01", 4)];
    expect(found(none)).toMatchObject([
      { check: "invalid-date", date: "2017-11-30", value: 3, place: "mine.csv:2" },
    ]);
  });

  it("counts names that are none of the panel's: an error where no row is left", () => {
    const strange = [row(3, 1, { coin: "C" }), row(4, 1, { coin: "D" }), row(5, 1, { coin: "C" })];
    expect(found([...still, ...strange])).toMatchObject([
      { check: "unknown-name", severity: "warning", value: 2, place: "mine.csv:5" },
    ]);
    expect(found(strange)).toMatchObject([{ check: "unknown-name", severity: "error", value: 2 }]);
    expect(found(still.map((own) => ({ ...own, market: "Z" })))).toMatchObject([
      { check: "unknown-name", severity: "error", value: 1 },
    ]);
  });

  it("asks betas of every coin, and of every block that is tested", () => {
    expect(found(rowsOf(0))).toMatchObject([{ check: "no-beta", severity: "error", value: 1 }]);
    const late = [...rowsOf(12), ...rowsOf(12, "B")];
    const tested = [
      { from: "2018-01", through: "2018-03" },
      { from: "2018-12", through: "2019-01" },
      { from: "2031-01", through: "2031-12" },
    ];
    expect(found(late, tested)).toMatchObject([
      { check: "gap", severity: "error", date: dates[0], value: 3, place: "mine.csv" },
    ]);
    const missing = late.map((own) => ({ ...own, beta: NaN }));
    expect(found(missing, tested.slice(1, 2))).toMatchObject([{ check: "gap", value: 2 }]);
  });

  it("names the longest gap of all pairs, the first of several", () => {
    const without = (...gone: number[]) => dates.map((_, t) => t).filter((t) => !gone.includes(t));
    const gap = (mine: readonly number[], others: readonly number[]) =>
      found([...rowsOf(0, "A", "X", mine), ...rowsOf(0, "B", "Y", others)]);
    expect(gap(without(7), without())).toMatchObject([
      { check: "gap", severity: "warning", date: dates[7], value: 1, threshold: 0 },
    ]);
    expect(gap(without(7), without(2, 20, 21))).toMatchObject([{ date: dates[20], value: 2 }]);
    expect(gap(without(7, 8), without(20, 21))).toMatchObject([{ date: dates[7], value: 2 }]);
    expect(gap(without(0, 1, 2), without(38, 39))).toEqual([]);
  });
});

describe("betas dated by the return that they use", () => {
  const column = (values: Float64Array, at: number) => dates.map((_, t) => values[2 * t + at]!);
  const [r, f] = [column(panel.coinLogReturns, 0), column(panel.marketLogReturns, 0)];
  const surprise = (beta: number, t: number) => (r[t]! - beta * f[t]!) * f[t]!;
  /** Betas that move by a surprise: of their own date, or of the date before. */
  const moving = (lag: 0 | 1, length: number): number[] => {
    const betas = [1];
    for (let t = 1; t < length; t++)
      betas.push(betas[t - 1]! + (t > lag ? 30 * surprise(betas[t - 1]!, t - lag) : 0.1));
    return betas;
  };
  const rowsBy = (betas: readonly number[]) => [
    ...betas.map((beta, t) => row(t, beta)),
    ...rowsOf(0, "B"),
  ];

  it("go with the surprise of their own date", () => {
    const betas = moving(0, T);
    // The first two dates have no change, or no date before.
    const at = dates.map((_, t) => t).slice(2);
    const changes = at.map((t) => betas[t]! - betas[t - 1]!);
    const earlier = rankCorrelation(
      changes,
      at.map((t) => surprise(betas[t - 1]!, t - 1)),
    );
    const [finding, ...others] = found(rowsBy(betas));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ check: "same-date", severity: "warning", date: null });
    expect(finding!.value).toBeCloseTo(1, 12);
    expect(finding!.threshold).toBeCloseTo(3.2 / Math.sqrt(T - 2), 12);
    expect(finding!.remedy).toContain(`with those of the date before by ${earlier.toFixed(2)}:`);
  });

  it("are not those that go with the date before", () => {
    expect(found(rowsBy(moving(1, T)))).toEqual([]);
  });

  it("are known from twelve changes on; dates on which a beta stands still are none", () => {
    expect(found(rowsBy(moving(0, 14)))).toMatchObject([{ threshold: 3.2 / Math.sqrt(12) }]);
    expect(found(rowsBy(moving(0, 13)))).toEqual([]);
    const held = moving(0, 14);
    expect(found(rowsBy([...held, held[13]!, held[13]!]))).toMatchObject([
      { threshold: 3.2 / Math.sqrt(12) },
    ]);
  });
});
