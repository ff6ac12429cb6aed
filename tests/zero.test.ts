/** No hedge at all: the beta of zero. */

import { describe, expect, it } from "vitest";
import { hedgingRmse } from "../lib/src/betas/hedging.js";
import { zeroBeta } from "../lib/src/betas/zero.js";
import { rootMeanSquare } from "../lib/src/stats/moments.js";
import { STUDY } from "../lib/src/study.js";
import { seededPanel, studyPanel } from "./support/helpers.js";

describe("zeroBeta", () => {
  it("is zero for every date, coin and market of the panel", () => {
    const panel = seededPanel(3, ["A", "B"], ["X", "Y", "Z"]);
    expect(zeroBeta(panel)).toEqual({
      dates: panel.dates,
      coins: panel.coins,
      markets: panel.markets,
      values: new Float64Array(18),
      kind: "walkForward",
    });
  });

  it("has the root mean square of the coins' returns as its hedging RMSE", () => {
    const panel = seededPanel(12, ["A", "B"], ["X"]);
    const year = { from: "2018-01", through: "2018-12" };
    expect(hedgingRmse(panel, zeroBeta(panel), year)).toBe(rootMeanSquare(panel.coinLogReturns));
  });

  it("leaves 0.2463 in the validation year, whatever the markets", async () => {
    for (const marketSet of ["FIAT", "GOLD+ENERGY"]) {
      const panel = await studyPanel(marketSet);
      const rmse = hedgingRmse(panel, zeroBeta(panel), STUDY.split.validation);
      expect(rmse.toFixed(4)).toBe("0.2463");
    }
  });
});
