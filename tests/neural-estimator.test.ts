/** Neural betas as an estimator of the walk, chosen on the year before. */

import { describe, expect, it } from "vitest";
import { betaSeries } from "../lib/src/betas/series.js";
import { ensembleBetas } from "../lib/src/models/ensemble.js";
import { STARTS } from "../lib/src/models/network.js";
import { fitNeuralBeta } from "../lib/src/models/neural-beta.js";
import {
  fitChosen,
  type NeuralEstimatorOptions,
  neuralEstimator,
} from "../lib/src/models/neural-estimator.js";
import { bestConfigurations, type SearchRow, searchNetworks } from "../lib/src/models/search.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import type { Trainer } from "../lib/src/models/trainer.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { panelThrough } from "../lib/src/panel/cut.js";
import type { BetaPath, Panel, Split } from "../lib/src/types.js";
import { seededPanel } from "./support/helpers.js";

/** Months from 2018-01. */
const PANEL = seededPanel(48, ["A", "B"], ["X", "Y"]);
const SPLIT: Split = {
  inSample: { from: "2018-07", through: "2019-09" },
  validation: { from: "2019-10", through: "2020-09" },
  outOfSample: { from: "2020-10", through: "2020-12" },
};
const TEST_MONTHS = ["2020-10", "2020-11", "2020-12"];
const OPTIONS: NeuralEstimatorOptions = {
  lookback: 6,
  grid: {
    hidden: [2, 3],
    learningRates: [0.03],
    activations: ["tanh", "relu"],
    replicates: 3,
  },
  epochs: 8,
  seed: 7,
};
const trainer = simdTrainer();

/** Search and choice by hand, as notebook 02 does them. */
const chosenByHand = async (
  start: SearchRow["start"],
  more: Partial<NeuralEstimatorOptions> = {},
): Promise<SearchRow> => {
  const rows = await searchNetworks(PANEL, trainer, {
    ...OPTIONS,
    ...more,
    split: SPLIT,
    marketSets: ["X+Y"],
    starts: [start],
  });
  expect(rows).toHaveLength(4);
  return bestConfigurations(rows)[0]!;
};

/** One configuration trained by hand on any split. */
const fitByHand = (
  panel: Panel,
  split: Split,
  { hidden, learningRate, activation, start }: SearchRow,
  more: Partial<NeuralEstimatorOptions> = {},
) =>
  fitNeuralBeta(panel, trainer, {
    hidden,
    learningRate,
    activation,
    start,
    split,
    lookback: 6,
    epochs: 8,
    seed: 7,
    replicates: 3,
    ...more,
  });

/** Values and bounds of one month. */
function month(path: BetaPath, wanted: string) {
  const t = path.dates.findIndex((date) => date.startsWith(wanted));
  const { values, band } = path;
  return [values, band!.lower, band!.upper].map((array) => [...array.slice(4 * t, 4 * t + 4)]);
}

describe("neuralEstimator", () => {
  it("is named for its start", () => {
    expect(STARTS.map((start) => neuralEstimator(start, trainer, OPTIONS).id)).toEqual([
      "neural-glorot",
      "neural-ols",
    ]);
  });

  it.each(STARTS)(
    "frozen, start %s: is the configuration with the lowest validation RMSE, trained on the split",
    async (start) => {
      const estimator = neuralEstimator(start, trainer, OPTIONS);
      const ours = await estimator.estimate(PANEL, SPLIT, "frozen");
      const chosen = await chosenByHand(start);
      expect(chosen.start).toBe(start);
      const fit = await fitByHand(PANEL, SPLIT, chosen);
      expect(ours).toEqual(ensembleBetas(PANEL, fit).walkForward);
    },
  );

  it("searches in batches where the options have a batch size, and trains the chosen so", async () => {
    const batches = { batchSize: 5, scaling: "standardised", coinIdentity: true } as const;
    const estimator = neuralEstimator("glorot", trainer, {
      ...OPTIONS,
      ...batches,
    });
    const ours = await estimator.estimate(PANEL, SPLIT, "frozen");
    const chosen = await chosenByHand("glorot", batches);
    expect(ours).toEqual(
      ensembleBetas(PANEL, await fitByHand(PANEL, SPLIT, chosen, batches)).walkForward,
    );
    expect(ours).not.toEqual(
      ensembleBetas(PANEL, await fitByHand(PANEL, SPLIT, chosen)).walkForward,
    );
  });

  it("updated: trains the split's configuration before every month, on the year before it and all before that", async () => {
    const ours = await neuralEstimator("glorot", trainer, OPTIONS).estimate(
      PANEL,
      SPLIT,
      "updated",
    );
    const chosen = await chosenByHand("glorot");
    const splits: readonly (readonly [string, Split])[] = [
      [
        "2020-10",
        {
          inSample: { from: "2018-07", through: "2019-09" },
          validation: { from: "2019-10", through: "2020-09" },
          outOfSample: { from: "2020-10", through: "2020-10" },
        },
      ],
      [
        "2020-11",
        {
          inSample: { from: "2018-07", through: "2019-10" },
          validation: { from: "2019-11", through: "2020-10" },
          outOfSample: { from: "2020-11", through: "2020-11" },
        },
      ],
      [
        "2020-12",
        {
          inSample: { from: "2018-07", through: "2019-11" },
          validation: { from: "2019-12", through: "2020-11" },
          outOfSample: { from: "2020-12", through: "2020-12" },
        },
      ],
    ];
    for (const [tested, split] of splits) {
      const fit = await fitByHand(PANEL, split, chosen);
      expect(month(ours, tested)).toEqual(month(ensembleBetas(PANEL, fit).walkForward, tested));
    }
  });

  it("updated by a schedule: trains anew before the first week of a month only, on nothing later", async () => {
    const months = seededPanel(130, ["A", "B"], ["X"]);
    const weeks = { ...months, dates: months.dates.map((_, t) => isoDate(17_536 + 7 * t)) };
    const split = {
      inSample: { from: "2018-02", through: "2018-12" },
      validation: { from: "2019-01", through: "2019-12" },
      outOfSample: { from: "2020-01", through: "2020-03" },
    };
    const trained: number[] = [];
    const watching: Trainer = {
      ...trainer,
      train(data, jobs, options) {
        trained.push(data.validation.coinReturns.at(-1)! / data.inSample.coinReturns.at(-1)!);
        return trainer.train(data, jobs, options);
      },
    };
    const options = { ...OPTIONS, lookback: 2, refit: "monthly" } as const;
    const estimator = neuralEstimator("glorot", watching, options);
    const path = await estimator.estimate(weeks, split, "updated");
    const returnOfB = (date: string) => weeks.coinLogReturns[2 * weeks.dates.indexOf(date) + 1]!;
    expect(trained).toEqual(
      [
        ["2019-12-27", "2018-12-28"],
        ["2019-12-27", "2018-12-28"],
        ["2020-01-31", "2019-02-01"],
        ["2020-02-28", "2019-03-01"],
      ].map(([last, fitted]) => expect.closeTo(returnOfB(last!) / returnOfB(fitted!), 4)),
    );
    const tested = weeks.dates.filter((date) => date >= "2020-01" && date < "2020-04");
    expect(betaSeries(path, "A", "X").map(({ date }) => date)).toEqual(tested);
  });

  it("updated: is frozen in the first month, and moves after it", async () => {
    const estimator = neuralEstimator("ols", trainer, OPTIONS);
    const [frozen, updated] = [
      await estimator.estimate(PANEL, SPLIT, "frozen"),
      await estimator.estimate(PANEL, SPLIT, "updated"),
    ];
    expect(month(updated, "2020-10")).toEqual(month(frozen, "2020-10"));
    for (const tested of TEST_MONTHS.slice(1))
      expect(month(updated, tested)).not.toEqual(month(frozen, tested));
  });

  it("updated: shows the trainer nothing of a month before it is over", async () => {
    // A trainer that writes down the last coin return of its validation rows.
    const seen: number[] = [];
    const watching: Trainer = {
      ...trainer,
      train(data, jobs, options) {
        seen.push(data.validation.coinReturns.at(-1)! / data.inSample.coinReturns.at(-1)!);
        return trainer.train(data, jobs, options);
      },
    };
    await neuralEstimator("glorot", watching, OPTIONS).estimate(PANEL, SPLIT, "updated");
    // The search, then October to December: B's return in the last month before, over that a year earlier.
    const returnOfB = (wanted: string) =>
      PANEL.coinLogReturns[2 * PANEL.dates.findIndex((date) => date.startsWith(wanted)) + 1]!;
    expect(seen).toEqual(
      [
        ["2020-09", "2019-09"],
        ["2020-09", "2019-09"],
        ["2020-10", "2019-10"],
        ["2020-11", "2019-11"],
      ].map(([last, yearBefore]) => expect.closeTo(returnOfB(last!) / returnOfB(yearBefore!), 4)),
    );
  });

  it.each(["frozen", "updated"] as const)(
    "%s: is walk-forward in the months of the test block, NaN elsewhere, band included",
    async (update) => {
      const path = await neuralEstimator("glorot", trainer, OPTIONS).estimate(PANEL, SPLIT, update);
      const { dates, coins, markets } = PANEL;
      expect(path).toMatchObject({
        dates,
        coins,
        markets,
        kind: "walkForward",
      });
      expect(path.band?.interval).toBe("seed");
      for (const date of dates) {
        const tested = TEST_MONTHS.includes(date.slice(0, 7));
        expect(
          month(path, date)
            .flat()
            .every(tested ? Number.isFinite : Number.isNaN),
          date,
        ).toBe(true);
      }
    },
  );

  it("has the range of the seeds' own betas as band, around their mean", async () => {
    const path = await neuralEstimator("glorot", trainer, OPTIONS).estimate(
      PANEL,
      SPLIT,
      "updated",
    );
    const fit = await fitByHand(
      PANEL,
      { ...SPLIT, outOfSample: { from: "2020-10", through: "2020-10" } },
      await chosenByHand("glorot"),
    );
    const alone = fit.networks.map(
      (network) =>
        month(ensembleBetas(PANEL, { ...fit, networks: [network] }).walkForward, "2020-10")[0]!,
    );
    const [values, lower, upper] = month(path, "2020-10");
    for (const at of [0, 1, 2, 3]) {
      const betas = alone.map((row) => row[at]!);
      expect(lower![at]).toBe(Math.min(...betas));
      expect(upper![at]).toBe(Math.max(...betas));
      expect(values![at]).toBeCloseTo(betas.reduce((sum, beta) => sum + beta, 0) / 3, 12);
      expect(lower![at]).toBeLessThan(upper![at]!);
    }
  });

  it("does not depend on what the panel holds after the test block", async () => {
    const estimator = neuralEstimator("glorot", trainer, OPTIONS);
    for (const update of ["frozen", "updated"] as const) {
      const whole = await estimator.estimate(PANEL, SPLIT, update);
      const known = await estimator.estimate(
        panelThrough(PANEL, SPLIT.outOfSample.through),
        SPLIT,
        update,
      );
      for (const tested of TEST_MONTHS) expect(month(known, tested)).toEqual(month(whole, tested));
    }
  });

  it("ends with the signal's reason", async () => {
    const ended = neuralEstimator("glorot", trainer, {
      ...OPTIONS,
      signal: AbortSignal.abort(new Error("enough")),
    });
    await expect(ended.estimate(PANEL, SPLIT, "frozen")).rejects.toThrow("enough");
  });

  it("refuses a test block that leaves nothing to fit on", async () => {
    const early: Split = {
      inSample: { from: "2018-01", through: "2018-06" },
      validation: { from: "2018-07", through: "2018-12" },
      outOfSample: { from: "2019-01", through: "2019-12" },
    };
    await expect(
      neuralEstimator("glorot", trainer, OPTIONS).estimate(PANEL, early, "frozen"),
    ).rejects.toThrow(/block inSample .* must hold a target/);
  });
});

describe("fitChosen", () => {
  it("trains a row of a search again to the same bits: its scores are those of its networks", async () => {
    const row = await chosenByHand("ols");
    const fit = await fitChosen(PANEL, trainer, { ...OPTIONS, split: SPLIT, row });
    const losses = fit.networks.map((n) => n.validationLoss[n.bestEpoch]!);
    const rmse = losses.map((loss) => Math.sqrt(loss) * fit.scale.coinRms);
    expect(row.valRmse).toBeCloseTo(rmse.reduce((sum, value) => sum + value, 0) / 3, 12);
    expect(fit.networks).toEqual((await fitByHand(PANEL, SPLIT, row)).networks);
  });
});
