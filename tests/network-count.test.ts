/** A study's networks are counted before they are trained, and after it nothing is left to train. */

import { describe, expect, it } from "vitest";
import { networkCount } from "../lib/src/comparing/network-count.js";
import { walkForward } from "../lib/src/comparing/walk-forward.js";
import { walkedSets } from "../lib/src/comparing/walked.js";
import { cachedTrainer } from "../lib/src/models/cache/trainer.js";
import { equalInformation } from "../lib/src/models/equal-information.js";
import { neuralEstimator } from "../lib/src/models/neural-estimator.js";
import { searchNetworks } from "../lib/src/models/search.js";
import type { Trainer } from "../lib/src/models/trainer.js";
import { marketNames, selectMarkets } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import type { Split } from "../lib/src/types.js";
import { newFolder } from "./support/kept-networks.js";

const split: Split = {
  inSample: { from: "2003-01", through: "2005-12" },
  validation: { from: "2006-01", through: "2006-12" },
  outOfSample: { from: "2007-01", through: "2007-12" },
};
const { panel } = simulatedPanel("step", {
  seed: 1,
  periods: 96,
  coins: 2,
  markets: 2,
  degreesOfFreedom: 5,
});
const options = {
  marketSets: [panel.markets[0]!, panel.markets.join("+")],
  lookback: 12,
  split,
  grid: { hidden: [1, 2], learningRates: [0.01], activations: ["tanh"], replicates: 3 },
  starts: ["glorot", "ols"],
  epochs: 1,
  seed: 1,
  refit: "periodically",
} as const;
const splits = walkForwardSplits(panel.dates, {
  from: "2003-01",
  lookback: 12,
  test: { from: "2006-01", through: "2007-12" },
  refit: "yearly",
});

/** A trainer whose networks are their starts; it counts them. */
function counting() {
  const asked = { networks: 0 };
  const trainer: Trainer = {
    id: "starts",
    async train(_, jobs, { onTrained } = {}) {
      asked.networks += jobs.length;
      const networks = jobs.map(({ startWeights }) => ({
        weights: startWeights,
        bestEpoch: 0,
        inSampleLoss: Float64Array.of(1, 1),
        validationLoss: Float64Array.of(1, 1),
      }));
      networks.forEach((network, i) => {
        onTrained?.(i, network);
      });
      return networks;
    },
  };
  return { trainer, asked };
}

async function walkAll(trainer: Trainer): Promise<void> {
  for (const set of options.marketSets)
    for (const start of options.starts)
      for (const blocks of [[split], splits])
        for (const update of ["frozen", "updated"] as const)
          await walkForward(
            selectMarkets(panel, marketNames(set)),
            neuralEstimator(start, trainer, options),
            { splits: blocks, update },
          );
}

describe("networkCount", () => {
  it("is the number of networks that the search trains", async () => {
    const { trainer, asked } = counting();
    const count = await networkCount(panel, trainer, options);
    expect(asked.networks).toBe(0);
    await searchNetworks(panel, trainer, options);
    expect(count).toEqual({ networks: asked.networks, kept: 0 });
  });

  it("is the number that search and walk-forward train, and none is left once a cache has them", async () => {
    const { trainer, asked } = counting();
    const kept = cachedTrainer(trainer, newFolder());
    const before = await networkCount(panel, kept, { ...options, splits });
    expect(before.kept).toBe(0);
    await searchNetworks(panel, kept, options);
    const searched = await networkCount(panel, kept, { ...options, splits });
    expect(searched).toEqual({ networks: before.networks, kept: asked.networks });
    await walkAll(kept);
    expect(asked.networks).toBe(before.networks);
    const after = await networkCount(panel, kept, { ...options, splits });
    expect(after).toEqual({ networks: before.networks, kept: before.networks });
  });

  it("counts each network of equal information twice: it chooses its epoch, and is trained on both blocks", async () => {
    const { trainer, asked } = counting();
    const kept = cachedTrainer(trainer, newFolder());
    await searchNetworks(panel, kept, options);
    await walkAll(kept);
    const before = asked.networks;
    const finals = { ...options, splits, finals: true };
    const count = await networkCount(panel, kept, finals);
    expect(count.kept).toBe(before);
    await walkedSets(panel, equalInformation(kept, options), { ...options, splits });
    expect(count.networks).toBe(asked.networks);
    expect(await networkCount(panel, kept, finals)).toEqual({
      networks: asked.networks,
      kept: asked.networks,
    });
  });

  it("counts anew what another seed asks for", async () => {
    const { trainer } = counting();
    const kept = cachedTrainer(trainer, newFolder());
    await searchNetworks(panel, kept, options);
    expect((await networkCount(panel, kept, { ...options, seed: 2 })).kept).toBe(0);
  });
});
