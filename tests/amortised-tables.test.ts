/** The tables of the amortised beta, with sums, means and shares worked out by hand. */

import { expect, it } from "vitest";
import type { Regret } from "../lib/src/comparing/regrets.js";
import type { DatedWeights } from "../lib/src/models/amortised/panel-weights.js";
import type { ProcessScore } from "../lib/src/models/amortised/prior-test.js";
import { tableRegrets, tableSharesByLookback } from "../lib/src/tables/amortised.js";
import { tableAmortisedWeights } from "../lib/src/tables/amortised-weights.js";

it("weights are written to a thousandth, by market set", () => {
  const weights = [0.12345, 0.5, 0.0006, 0.0004, 0, 0.2, 0.1, 0.07555];
  const dated = [{ series: "BTC", date: "2020-01-31", weights }] as unknown as DatedWeights[];
  const { rows, columns } = tableAmortisedWeights({ FIAT: dated }, "made up");
  const written = [0.123, 0.5, 0.001, 0, 0, 0.2, 0.1, 0.076];
  expect(rows).toEqual([["FIAT", "BTC", "2020-01-31", ...written]]);
  expect(columns.slice(3, 5).map(({ key }) => key)).toEqual(["noBeta", "constantBeta"]);
});

it("shares pool the errors of all processes with one look-back, and coverage is their mean", () => {
  const score = (estimator: string, mse: number, coverage = Number.NaN) =>
    ({ prior: "inside", lookback: 12, estimator, mse, coverage }) as ProcessScore;
  const rows = [
    ...[score("ols", 3), score("ewma", 2), score("amortised", 1, 0.9)],
    ...[score("ols", 5), score("ewma", 4), score("amortised", 3, 0.96)],
  ];
  // Of errors of 8 in sum, 6 and 4 are left.
  const [inside, outside] = tableSharesByLookback(rows).rows;
  expect(inside).toEqual(["inside", 12, 0.25, 0.5, expect.closeTo(0.93, 12)]);
  expect(outside!.slice(0, 2)).toEqual(["outside", 12]);
});

it("regrets are means over the sets, and the greatest of them", () => {
  const rows = [
    { set: "A", estimator: "zero", ratio: 1, regret: 0.25 },
    { set: "B", estimator: "zero", ratio: 0.5, regret: 0.75 },
  ] as Regret[];
  expect(tableRegrets(rows, "made up").rows).toEqual([["zero", 0.75, 0.5, 0.75, 1, 0.5]]);
});
