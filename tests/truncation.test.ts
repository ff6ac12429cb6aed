/** No look-ahead, for every estimator of the list: whatever happens from t on, no walk-forward beta dated t or before moves. */

import { beforeAll, describe, expect, it } from "vitest";
import type { Estimator, Update } from "../lib/src/betas/estimator.js";
import { classicalLadder } from "../lib/src/betas/ladder.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { readFactors } from "../lib/src/data/panel-file.js";
import { amortisedEstimator } from "../lib/src/models/amortised/amortised-beta.js";
import { ensembleBetas } from "../lib/src/models/ensemble.js";
import { equalInformation } from "../lib/src/models/equal-information.js";
import { STARTS } from "../lib/src/models/network.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { tfjsTrainer } from "../lib/src/models/tfjs/trainer.js";
import { withPredictors } from "../lib/src/panel/factors.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { leastSquares } from "../lib/src/stats/ols.js";
import { STUDY } from "../lib/src/study.js";
import { type BetaPath, betaPath, type Panel } from "../lib/src/types.js";
import { studyPanel } from "./support/helpers.js";

type Path = (panel: Panel) => BetaPath | Promise<BetaPath>;

const { inSample, outOfSample } = STUDY.split;

/** A search small enough to be run anew for every truncation; its networks move with what they see. */
const SEARCH = {
  lookback: STUDY.lookback,
  grid: {
    hidden: [2, 4],
    learningRates: [0.03],
    activations: ["tanh", "relu"],
    replicates: 2,
  },
  epochs: 5,
  seed: 1,
} as const;

const trainer = simdTrainer();

/** The walk-forward path of an estimator over the study's years. */
const walked =
  (estimator: Estimator, update: Update): Path =>
  (panel) =>
    walkForward(panel, estimator, {
      splits: walkForwardSplits(panel.dates, {
        ...STUDY.walkForward,
        from: inSample.from,
        lookback: STUDY.lookback,
      }),
      update,
    });

const bothUpdates = (estimators: readonly Estimator[]) =>
  estimators.flatMap((estimator) =>
    (["frozen", "updated"] as const).map(
      (update) => [`${estimator.id}, ${update}`, walked(estimator, update)] as const,
    ),
  );

/** One network that somebody trains by hand. */
const byHand: Path = async (panel) => {
  const fit = await fitNeuralBeta(panel, tfjsTrainer(), {
    ...SEARCH,
    split: STUDY.split,
    hidden: 4,
    learningRate: 0.03,
    activation: "tanh",
    start: "glorot",
    replicates: 2,
  });
  return ensembleBetas(panel, fit).walkForward;
};

/** Every estimator that there is, by the list that the notebooks read: an estimator for one market only, on one. */
const PATHS: readonly (readonly [string, string, Path])[] = [
  ["FIAT", bothUpdates([...classicalLadder(1, STUDY), amortisedEstimator()])] as const,
  [
    "FIAT+GOLD",
    [
      ...bothUpdates([...classicalLadder(2, STUDY), amortisedEstimator()]),
      ...bothUpdates(STARTS.map((start) => neuralEstimator(start, trainer, SEARCH))),
      ...bothUpdates(equalInformation(trainer, { ...SEARCH, starts: ["ols"] })()),
      ["one fit in TensorFlow.js", byHand] as const,
    ],
  ] as const,
  [
    "FIAT and factors",
    bothUpdates([
      neuralEstimator("glorot", trainer, SEARCH),
      ...classicalLadder(1, STUDY).filter(({ id }) => id === "ridge"),
    ]),
  ] as const,
].flatMap(([set, paths]) => paths.map(([name, path]) => [name, set, path] as const));

/** The panel of a market set; with the factors as predictors if they are named. */
async function panelOn(series: string): Promise<Panel> {
  const [marketSet, factors] = series.split(" and ");
  const panel = await studyPanel(marketSet);
  return factors ? withPredictors(panel, await readFactors(STUDY)) : panel;
}

/** The first, the middle and the last month that nothing was chosen on. */
const MONTHS = [outOfSample.from, "2023-07", outOfSample.through];
/** Within the fitting block, and just after it. */
const EARLIER = ["2020-06", "2022-01"];

const indexOf = (panel: Panel, month: string) =>
  panel.dates.findIndex((date) => date.startsWith(month));

/** A panel with every array of a width replaced. */
const withArrays = (
  panel: Panel,
  replace: (values: Float64Array, width: number) => Float64Array,
): Panel => ({
  ...panel,
  coinLogReturns: replace(panel.coinLogReturns, panel.coins.length),
  marketLogReturns: replace(panel.marketLogReturns, panel.markets.length),
  ...(panel.predictors
    ? {
        predictors: {
          ...panel.predictors,
          values: replace(panel.predictors.values, panel.predictors.names.length),
        },
      }
    : {}),
});

/** All returns and predictors from date index t on replaced by wild ones. */
const changedFrom = (panel: Panel, t: number): Panel =>
  withArrays(panel, (values, width) =>
    values.map((r, at) => (at < t * width ? r : -10 * r + Math.sin(at))),
  );

/** The panel without the dates from index t on. */
const cutFrom = (panel: Panel, t: number): Panel => ({
  ...withArrays(panel, (values, width) => values.slice(0, t * width)),
  dates: panel.dates.slice(0, t),
});

/** Betas of the first `dates` dates, with their standard errors and bounds where the path has them. */
function head(path: BetaPath, dates: number) {
  const { values, standardErrors, band, coins, markets } = path;
  const first = (array: Float64Array | undefined) =>
    array?.slice(0, dates * coins.length * markets.length);
  return {
    values: first(values),
    standardErrors: first(standardErrors),
    lower: first(band?.lower),
    upper: first(band?.upper),
  };
}

describe.each(PATHS)("%s, on %s", (_, series, estimate) => {
  let panel: Panel;
  let whole: BetaPath;
  beforeAll(async () => {
    panel = await panelOn(series);
    whole = await estimate(panel);
  });

  it("is walk-forward, with betas in every month out of sample", () => {
    expect(whole.kind).toBe("walkForward");
    const perDate = panel.coins.length * panel.markets.length;
    // Standard errors and bounds too, where there are some.
    for (const array of Object.values(head(whole, Number.POSITIVE_INFINITY))) {
      const tested = (array ?? whole.values).slice(
        indexOf(panel, outOfSample.from) * perDate,
        (indexOf(panel, outOfSample.through) + 1) * perDate,
      );
      expect(tested).toHaveLength(12 * perDate);
      expect(tested.every(Number.isFinite)).toBe(true);
    }
  });

  it.each([...EARLIER, ...MONTHS])(
    "does not move through %s when every return from then on changes",
    async (month) => {
      const t = indexOf(panel, month);
      const changed = await estimate(changedFrom(panel, t));
      expect(head(changed, t + 1)).toEqual(head(whole, t + 1));
    },
  );

  it.each(MONTHS.slice(1))("does not move before %s when the panel ends there", async (month) => {
    const t = indexOf(panel, month);
    const cut = await estimate(cutFrom(panel, t));
    expect(cut.dates).toHaveLength(t);
    expect(head(cut, Number.POSITIVE_INFINITY)).toEqual(head(whole, t));
  });
});

describe("the test itself", () => {
  let panel: Panel;
  beforeAll(async () => {
    panel = await studyPanel("FIAT+GOLD");
  });

  /** Expanding betas that know the returns of `end(t)` dates. */
  const expanding =
    (end: (t: number) => number): Path =>
    (known) => {
      const [N, K] = [known.coins.length, known.markets.length];
      return betaPath(known, "walkForward", (coin, t) =>
        leastSquares(
          known.marketLogReturns.slice(0, end(t) * K),
          known.coinLogReturns.slice(0, end(t) * N).filter((_, at) => at % N === coin),
        ),
      );
    };

  it.each(["frozen", "updated"] as const)(
    "moves a %s network's betas of the months after the change",
    async (update) => {
      const t = indexOf(panel, "2023-07");
      const neural = walked(neuralEstimator("glorot", trainer, SEARCH), update);
      const [a, b] = [await neural(panel), await neural(changedFrom(panel, t))];
      expect(head(b, t + 2)).not.toEqual(head(a, t + 2));
    },
  );

  it("changes the factors too: a network that sees them moves with them", async () => {
    const t = indexOf(panel, "2023-07");
    const seen = await panelOn("FIAT and factors");
    const { predictors } = changedFrom(seen, t);
    const neural = walked(neuralEstimator("glorot", trainer, SEARCH), "frozen");
    const [a, b] = [await neural(seen), await neural({ ...seen, predictors: predictors! })];
    expect(head(b, t + 1)).toEqual(head(a, t + 1));
    expect(head(b, t + 2)).not.toEqual(head(a, t + 2));
  });

  it("catches an estimator that uses the return of its own month", async () => {
    const t = indexOf(panel, "2023-07");
    const known = expanding((date) => Math.max(date, 2));
    const leaky = expanding((date) => Math.max(date + 1, 2));
    expect(head(await known(changedFrom(panel, t)), t + 1)).toEqual(
      head(await known(panel), t + 1),
    );
    expect(head(await leaky(changedFrom(panel, t)), t + 1)).not.toEqual(
      head(await leaky(panel), t + 1),
    );
  });

  it.each(["standardErrors", "lower", "upper"] as const)(
    "catches an estimator whose betas are known, but whose %s use the return of their own month",
    async (name) => {
      const t = indexOf(panel, "2023-07");
      const known = expanding((date) => Math.max(date, 2));
      const leaky = expanding((date) => Math.max(date + 1, 2));
      const path = async (shown: Panel): Promise<BetaPath> => {
        const { values: own } = await leaky(shown);
        const clean = await known(shown);
        const { values } = clean;
        return {
          ...clean,
          standardErrors: name === "standardErrors" ? own : values,
          band: {
            interval: "hc3",
            lower: name === "lower" ? own : values,
            upper: name === "upper" ? own : values,
          },
        };
      };
      const before = head(await path(panel), t + 1);
      const after = head(await path(changedFrom(panel, t)), t + 1);
      expect(after).not.toEqual(before);
      expect({ ...after, [name]: undefined }).toEqual({
        ...before,
        [name]: undefined,
      });
    },
  );

  it("catches an estimator that looks ahead within its test block", async () => {
    const early: Estimator = {
      id: "early",
      estimate: (known) =>
        betaPath(known, "walkForward", (coin) => {
          const N = known.coins.length;
          const last = known.coinLogReturns[(known.dates.length - 1) * N + coin]!;
          return known.markets.map(() => last);
        }),
    };
    const path = walked(early, "frozen");
    const t = indexOf(panel, "2023-07");
    expect(head(await path(changedFrom(panel, t)), t)).not.toEqual(head(await path(panel), t));
  });
});
