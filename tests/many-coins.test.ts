/** A hundred coins: no figure is higher than a page, and each that draws only some of them says so. */

import { expect, it } from "vitest";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { factorRegressions } from "../lib/src/comparing/factor-regressions.js";
import { figureBetaDynamics } from "../lib/src/figures/beta-dynamics.js";
import { figureBetaPaths } from "../lib/src/figures/beta-paths.js";
import { figureFactorLoadings } from "../lib/src/figures/factor-loadings.js";
import type { Figure } from "../lib/src/figures/figure.js";
import { figureReturns } from "../lib/src/figures/returns.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import type { Factors } from "../lib/src/types.js";
import { layoutOf } from "./support/figures.js";

/** Pixels of the highest figure. */
const PAGE = 1600;

const { panel } = simulatedPanel("random walk", {
  periods: 60,
  coins: 100,
  markets: 2,
  seed: 1,
  degreesOfFreedom: 5,
});
const single = selectMarkets(panel, panel.markets.slice(0, 1));
const market = single.markets[0]!;
const walkForward = rollingBeta(single, { lookback: 24 });
const fitted = { ...walkForward, kind: "fitted" } as const;
const paths = { fitted, walkForward };
const factors: Factors = {
  dates: panel.dates,
  names: ["Mkt-RF"],
  simpleReturns: single.marketLogReturns,
  riskFree: new Float64Array(panel.dates.length),
};

const FIGURES: Readonly<Record<string, Figure>> = {
  returns: figureReturns(panel, "Returns."),
  "beta paths": figureBetaPaths({ ...paths, reference: { name: "one", beta: 1 } }, "Betas."),
  "beta dynamics": figureBetaDynamics(
    {
      market,
      marketSet: market,
      starts: [{ start: "glorot", marketSet: market, replicates: [], ...paths }],
    },
    { blocks: {}, halvings: [], stress: [] },
    "Betas.",
  ),
  "factor loadings": figureFactorLoadings(factorRegressions(single, { now: factors }), "Loadings."),
};

it.each(Object.entries(FIGURES))(
  "the figure of %s fits on a page, and says what it leaves out",
  (_, figure) => {
    expect(layoutOf(figure).height).toBeLessThanOrEqual(PAGE);
    expect(figure.caption).toMatch(
      /The first 1\d of 100 coins are drawn; tables have numbers of them all\.$/,
    );
    expect(figure.alt).toContain("COIN10");
    expect(figure.alt).not.toContain("COIN13");
  },
);
