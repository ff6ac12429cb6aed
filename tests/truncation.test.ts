/** No look-ahead, for every estimator of the list: whatever happens from t on, no walk-forward beta dated t or before moves. */

import { beforeAll, describe, expect, it } from "vitest";
import { pooledBeta } from "../lib/src/betas/pooled.js";
import { zeroBeta } from "../lib/src/betas/zero.js";
import { ensembleBetas } from "../lib/src/models/ensemble.js";
import type { Start } from "../lib/src/models/network.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import { tfjsTrainer } from "../lib/src/models/tfjs/trainer.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import { STUDY } from "../lib/src/study.js";
import { type BetaPath, betaPath, type Panel } from "../lib/src/types.js";
import { studyPanel } from "./helpers.js";

type Estimator = (panel: Panel) => BetaPath | Promise<BetaPath>;

const { inSample, outOfSample } = STUDY.split;

const neural =
  (start: Start): Estimator =>
  async (panel) => {
    const fit = await fitNeuralBeta(panel, tfjsTrainer, {
      lookback: STUDY.lookback,
      split: STUDY.split,
      hidden: 4,
      learningRate: 0.03,
      activation: "tanh",
      start,
      epochs: 5,
      seed: 1,
      replicates: 2,
    });
    return ensembleBetas(panel, fit).walkForward.mean;
  };

const ESTIMATORS: Readonly<Record<string, Estimator>> = {
  zero: zeroBeta,
  pooled: (panel) => pooledBeta(panel, inSample),
  "neural-report": neural("report"),
  "neural-ols": neural("ols"),
};

/** The first, the middle and the last month that nothing was chosen on. */
const MONTHS = [outOfSample.from, "2023-07", outOfSample.through];
/** Within the fitting block, and just after it. */
const EARLIER = ["2020-06", "2022-01"];

let panel: Panel;
beforeAll(async () => {
  panel = await studyPanel("FIAT+GOLD");
});

const indexOf = (month: string) =>
  panel.dates.findIndex((date) => date.startsWith(month));

/** All returns from date index t on replaced by wild ones. */
function changedFrom(t: number): Panel {
  const change = (values: Float64Array, width: number) =>
    values.map((r, at) => (at < t * width ? r : -10 * r + Math.sin(at)));
  return {
    ...panel,
    coinLogReturns: change(panel.coinLogReturns, panel.coins.length),
    marketLogReturns: change(panel.marketLogReturns, panel.markets.length),
  };
}

/** The panel without the dates from index t on. */
const cutFrom = (t: number): Panel => ({
  ...panel,
  dates: panel.dates.slice(0, t),
  coinLogReturns: panel.coinLogReturns.slice(0, t * panel.coins.length),
  marketLogReturns: panel.marketLogReturns.slice(0, t * panel.markets.length),
});

/** Betas of the first `dates` dates. */
const head = ({ values, coins, markets }: BetaPath, dates: number) =>
  values.slice(0, dates * coins.length * markets.length);

describe.each(Object.entries(ESTIMATORS))("%s", (_, estimate) => {
  let whole: BetaPath;
  beforeAll(async () => {
    whole = await estimate(panel);
  });

  it("is walk-forward, with betas in every month out of sample", () => {
    expect(whole.kind).toBe("walkForward");
    const perDate = panel.coins.length * panel.markets.length;
    const betas = whole.values.slice(
      indexOf(outOfSample.from) * perDate,
      (indexOf(outOfSample.through) + 1) * perDate,
    );
    expect(betas).toHaveLength(12 * perDate);
    expect(betas.every(Number.isFinite)).toBe(true);
  });

  it.each([...EARLIER, ...MONTHS])(
    "does not move through %s when every return from then on changes",
    async (month) => {
      const t = indexOf(month);
      const changed = await estimate(changedFrom(t));
      expect(head(changed, t + 1)).toEqual(head(whole, t + 1));
    },
  );

  it.each(MONTHS.slice(1))(
    "does not move before %s when the panel ends there",
    async (month) => {
      const t = indexOf(month);
      const cut = await estimate(cutFrom(t));
      expect(cut.dates).toHaveLength(t);
      expect(cut.values).toEqual(head(whole, t));
    },
  );
});

describe("the test itself", () => {
  /** Expanding betas that know the returns of `end(t)` dates. */
  const expanding =
    (end: (t: number) => number): Estimator =>
    (known) => {
      const [N, K] = [known.coins.length, known.markets.length];
      return betaPath(known, "walkForward", (coin, t) =>
        leastSquares(
          known.marketLogReturns.slice(0, end(t) * K),
          known.coinLogReturns
            .slice(0, end(t) * N)
            .filter((_, at) => at % N === coin),
        ),
      );
    };

  it("moves a network's betas of the months after the change", async () => {
    const t = indexOf("2023-07");
    const [a, b] = [
      await neural("report")(panel),
      await neural("report")(changedFrom(t)),
    ];
    expect(head(b, t + 2)).not.toEqual(head(a, t + 2));
  });

  it("catches an estimator that uses the return of its own month", async () => {
    const t = indexOf("2023-07");
    const known = expanding((date) => Math.max(date, 2));
    const leaky = expanding((date) => Math.max(date + 1, 2));
    expect(head(await known(changedFrom(t)), t + 1)).toEqual(
      head(await known(panel), t + 1),
    );
    expect(head(await leaky(changedFrom(t)), t + 1)).not.toEqual(
      head(await leaky(panel), t + 1),
    );
  });
});
