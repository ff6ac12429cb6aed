/**
 * What the ladder without trained networks costs as assets grow, on one market over twenty years of days, half of them tested: wall time
 * on all cores, CPU time, the process's peak of memory, and the CPU time of one asset more than the size before. `--assets 4,30,100,500
 * --years 20` chooses others; `--apart` estimates one after the other on one thread, and prints each estimator's CPU seconds.
 */

import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  amortisedEstimator,
  classicalLadder,
  frequencyDefaults,
  ladder,
  simdTrainer,
} from "neural-beta";
import { dailyPanel } from "./panel.mjs";

const { values } = parseArgs({
  options: {
    assets: { type: "string", default: "4,30,100,500" },
    years: { type: "string", default: "20" },
    only: { type: "string" },
    apart: { type: "boolean", default: false },
  },
});
const years = Number(values.years);

if (process.send) await measure(Number(values.assets));
else await compare(values.assets.split(",").map(Number));

/** The sizes one after the other, each with what an asset more than the size before has cost. */
async function compare(sizes) {
  const costs = [];
  for (const assets of sizes) {
    const { cpu, memory, elapsed, seconds } = await inProcess(assets);
    const before = costs.at(-1);
    const more = before ? (cpu - before.cpu) / (assets - before.assets) : undefined;
    costs.push({ assets, cpu });
    const threads = values.apart ? 1 : availableParallelism();
    console.log(
      `${assets} assets, ${years} years of days: ${elapsed.toFixed(0)} s on ${threads} threads, ${cpu.toFixed(1)} s of CPU${more === undefined ? "" : `, ${(1000 * more).toFixed(0)} ms per further asset`}; ${memory.toFixed(0)} MB`,
    );
    const parts = Object.entries(seconds).sort(([, a], [, b]) => b - a);
    if (parts.length > 0)
      console.log(`  ${parts.map(([id, s]) => `${id} ${s.toFixed(2)}`).join(", ")}`);
  }
  const [first, second] = costs;
  const slope = second && (second.cpu - first.cpu) / (second.assets - first.assets);
  if (second)
    console.log(
      `fixed part, from the first two sizes: ${(first.cpu - slope * first.assets).toFixed(1)} s of CPU`,
    );
}

/** One size in a process of its own: its peak of memory is its own. */
function inProcess(assets) {
  const args = ["--assets", String(assets), "--years", values.years];
  if (values.only) args.push("--only", values.only);
  if (values.apart) args.push("--apart");
  const child = fork(fileURLToPath(import.meta.url), args);
  return new Promise((done, fail) => {
    child.once("message", done);
    child.once("exit", () => fail(new Error(`${assets} assets: the process ended early`)));
  });
}

async function measure(assets) {
  const { panel, split } = dailyPanel(assets, 1, years);
  const { lookback, refit } = frequencyDefaults.daily;
  const options = { lookback, refit, starts: [] };
  const all = values.apart
    ? [...classicalLadder(1, options), amortisedEstimator()]
    : ladder(simdTrainer(), options)(1);
  const chosen = all.filter(({ id }) => !values.only || values.only.split(",").includes(id));
  const [began, before] = [performance.now(), process.cpuUsage()];
  const seconds = {};
  if (values.apart)
    for (const estimator of chosen) {
      const start = process.cpuUsage();
      await estimator.estimate(panel, split, "updated");
      seconds[estimator.id] = cpuSince(start);
    }
  else await Promise.all(chosen.map((estimator) => estimator.estimate(panel, split, "updated")));
  const memory = process.resourceUsage().maxRSS / 1024;
  const elapsed = (performance.now() - began) / 1000;
  process.send({ seconds, memory, elapsed, cpu: cpuSince(before) });
  process.disconnect();
}

function cpuSince(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
