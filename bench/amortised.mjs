/** Rows per CPU second of the filter bank, with and without the features; time of the amortised beta; its shares with several markets. */

import {
  amortisedBeta,
  amortisedPanelBeta,
  BETA_PROCESSES,
  bankBeta,
  panelShares,
  priorSeries,
  simulatedPanel,
  stream,
} from "neural-beta";
import { filterBank, predict } from "../lib/dist/betas/filter-bank.js";
import { learn } from "../lib/dist/betas/filter-bank-learning.js";
import { FEATURES, signs, watch, writeFeatures } from "../lib/dist/models/amortised/features.js";

const ROWS = 2520;

for (const K of [1, 4]) {
  const chance = stream(1, "bench", K);
  const x = Float64Array.from({ length: ROWS * K }, () => chance.normal());
  const y = Float64Array.from({ length: ROWS }, (_, t) => x[t * K] + chance.normal());
  const features = new Float32Array(FEATURES);
  for (const withFeatures of [false, true]) {
    let best = 0;
    for (let repeat = 0; repeat < 12; repeat++) {
      const before = process.cpuUsage();
      const bank = filterBank(x, y, K);
      const sign = signs(K);
      for (let t = 0; t < ROWS; t++) {
        predict(bank);
        if (withFeatures) {
          writeFeatures(bank, sign, features, 0);
          watch(sign, bank, x, t * K, y[t]);
        }
        learn(bank, x, t * K, y[t]);
      }
      const { user, system } = process.cpuUsage(before);
      best = Math.max(best, ROWS / ((user + system) / 1e6));
    }
    const what = withFeatures ? "with features at every row" : "alone";
    console.log(
      `filter bank, K = ${K}, ${what}: ${Math.round(best / 1000)},000 rows per CPU second`,
    );
  }
}

/** Median CPU milliseconds of five calls. */
function milliseconds(run) {
  const times = Array.from({ length: 6 }, () => {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  }).slice(1);
  return times.sort((a, b) => a - b)[2].toFixed(0);
}

const days = priorSeries("bench", 1, { rows: ROWS });
console.log(
  `amortisedBeta, ten years of days: ${milliseconds(() => amortisedBeta(days.y, days.x))} ms of CPU`,
);
const options = { periods: ROWS, coins: 4, markets: 1, seed: 1 };
const { panel } = simulatedPanel("step", options);
for (const renewal of [1.05, 1.2])
  console.log(
    `amortisedPanelBeta, four coins, the mean renewed when rows grow by ${renewal}: ${milliseconds(() => amortisedPanelBeta(panel, { from: "", renewal }))} ms of CPU`,
  );

const estimates = [
  { estimator: "bank", path: (seen, from) => bankBeta(seen, { from }) },
  { estimator: "amortised", path: (seen, from) => amortisedPanelBeta(seen, { from }) },
];
// The panels of notebook 11, which has one market.
const panels = {
  ...{ seeds: Array.from({ length: 40 }, (_, i) => 90_001 + i), from: 12, scored: 120 },
  ...{ periods: 180, coins: 4, degreesOfFreedom: 5 },
};
for (const markets of [2, 3])
  for (const { process: name, estimator, share, coverage } of panelShares(
    estimates,
    BETA_PROCESSES,
    { ...panels, markets },
  ))
    if (name === "all")
      console.log(
        `${markets} markets, six processes pooled: ${estimator} share ${share.toFixed(2)}, coverage ${coverage.toFixed(3)}`,
      );
