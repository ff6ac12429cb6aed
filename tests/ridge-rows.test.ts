/** The rows of the ridge beta, held against the windows that a network sees. */

import { expect, it } from "vitest";
import { rowsBetween } from "../lib/src/betas/ridge.js";
import { fittingBlock } from "../lib/src/betas/ridge-rows.js";
import { withPredictors } from "../lib/src/panel/factors.js";
import { fittingScale, scaledInputs } from "../lib/src/panel/scale.js";
import type { Refit } from "../lib/src/panel/walk-forward.js";
import { isCompleteRow, lookbackWindows, selectRows } from "../lib/src/panel/windows.js";
import type { Panel } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

const FIT = { from: "2018-07", through: "2020-12" };
const BALANCED = seededPanel(48, ["A", "B", "C"], ["X", "Y"]);
/** B begins late, C dies, and a market lacks a month. */
const UNBALANCED: Panel = {
  ...BALANCED,
  coinLogReturns: BALANCED.coinLogReturns.map((r, at) =>
    (at % 3 === 1 && at < 60) || (at % 3 === 2 && at > 120) ? Number.NaN : r,
  ),
  marketLogReturns: BALANCED.marketLogReturns.with(2 * 25 + 1, Number.NaN),
};
const INFORMED = withPredictors(BALANCED, {
  dates: BALANCED.dates,
  names: ["SMB"],
  simpleReturns: Float64Array.from({ length: 48 }, (_, t) => Math.sin(t) / 30),
  riskFree: new Float64Array(48),
});

it.each([
  ["a balanced panel", BALANCED],
  ["coins that come and go", UNBALANCED],
  ["predictors", INFORMED],
])("of %s are those of its windows, to the bit", (_, panel) => {
  const lookback = 4;
  const block = fittingBlock(panel, { fit: FIT, lookback });
  const windows = lookbackWindows(panel, lookback);
  const inside = selectRows(windows, (t, row) => t >= 6 && t < 36 && isCompleteRow(windows, row));
  const scale = fittingScale(inside);
  expect(block.scale).toEqual(scale);
  expect([block.n, block.dates]).toEqual([inside.target.length, new Set(inside.target).size]);
  expect([block.start, block.end]).toEqual([2 * 3, 32 * 3]);
  const { rows } = block;
  const z = scaledInputs(windows, scale);
  const inputs = new Float64Array(rows.d);
  windows.target.forEach((_target, row) => {
    rows.z(row, inputs);
    expect(inputs).toEqual(Float64Array.from(z.subarray(row * rows.d, (row + 1) * rows.d)));
    const isThere = isCompleteRow(windows, row);
    expect(rows.y[row]).toBe(isThere ? windows.coinLogReturns[row]! / scale.coinRms : Number.NaN);
    const hedges = windows.marketLogReturns.subarray(row * 2, row * 2 + 2);
    expect(rows.f.subarray(row * 2, row * 2 + 2)).toEqual(
      hedges.map((f, k) => f / scale.marketRms[k]!),
    );
  });
});

it("rowsBetween are the block's rows over the estimates that fall in it, all of them where none does", () => {
  const panel = seededPanel(24, ["A", "B"], ["X"]);
  const rows = (through: string, refit: Refit) => {
    const fit = { from: "2018-07", through };
    return rowsBetween(panel, fittingBlock(panel, { fit, lookback: 3 }), refit);
  };
  // Twelve rows of six months: estimates in each, in July and October, and in no January.
  const half = (["periodically", "monthly", "quarterly", "yearly"] as const).map((refit) =>
    rows("2018-12", refit),
  );
  expect(half).toEqual([2, 2, 6, 12]);
  // Eighteen months with one January.
  expect([rows("2019-12", "quarterly"), rows("2019-12", "yearly")]).toEqual([6, 36]);
});
