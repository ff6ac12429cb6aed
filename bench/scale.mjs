/**
 * What the ladder without trained networks costs as assets grow: CPU seconds of every estimator on one market over twenty years of
 * days, half of them tested, and the process's peak of memory. `--assets 4,30,100,500 --years 20` chooses others.
 */

import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { amortisedEstimator, classicalLadder, frequencyDefaults } from "neural-beta";
import { dailyPanel } from "./panel.mjs";

const { values } = parseArgs({
  options: {
    assets: { type: "string", default: "4,30,100,500" },
    years: { type: "string", default: "20" },
    only: { type: "string" },
  },
});
const years = Number(values.years);

if (process.send) await measure(Number(values.assets));
else for (const assets of values.assets.split(",")) await apart(assets);

/** One size in a process of its own: its peak of memory is its own. */
async function apart(assets) {
  const args = ["--assets", assets, "--years", values.years];
  if (values.only) args.push("--only", values.only);
  const child = fork(fileURLToPath(import.meta.url), args);
  child.on("message", ({ seconds, memory, elapsed }) => {
    const total = Object.values(seconds).reduce((sum, s) => sum + s, 0);
    const parts = Object.entries(seconds)
      .sort(([, a], [, b]) => b - a)
      .map(([id, s]) => `${id} ${s.toFixed(2)}`);
    console.log(
      `${assets} assets, ${years} years of days: ${total.toFixed(1)} s of CPU, ${((1000 * total) / assets).toFixed(0)} ms per asset; ${elapsed.toFixed(0)} s, ${memory.toFixed(0)} MB; ${parts.join(", ")}`,
    );
  });
  await new Promise((done) => child.once("close", done));
}

async function measure(assets) {
  const { panel, split } = dailyPanel(assets, 1, years);
  const { lookback, refit } = frequencyDefaults.daily;
  const began = performance.now();
  const seconds = {};
  const all = [...classicalLadder(1, { lookback, refit }), amortisedEstimator()];
  for (const estimator of all.filter(
    ({ id }) => !values.only || values.only.split(",").includes(id),
  )) {
    const before = process.cpuUsage();
    await estimator.estimate(panel, split, "updated");
    const { user, system } = process.cpuUsage(before);
    seconds[estimator.id] = (user + system) / 1e6;
  }
  const memory = process.resourceUsage().maxRSS / 1024;
  process.send({ seconds, memory, elapsed: (performance.now() - began) / 1000 });
  process.disconnect();
}
