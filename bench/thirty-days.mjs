/**
 * `npm start` on thirty simulated assets, five markets and twenty years of days, within a budget and from an empty cache: wall and CPU
 * time, and the peak of memory of every process. `--assets 30 --markets 5 --years 20 --budget 3` chooses others; `--keep DIR` keeps study,
 * cache and report there, and a second run then finds the cache filled.
 */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeDailyStudy } from "./panel.mjs";
import { watched } from "./processes.mjs";

const { values } = parseArgs({
  options: {
    assets: { type: "string", default: "30" },
    markets: { type: "string", default: "5" },
    years: { type: "string", default: "20" },
    budget: { type: "string", default: "3" },
    only: { type: "string" },
    keep: { type: "string" },
  },
});
const folder = values.keep ? resolve(values.keep) : mkdtempSync(join(tmpdir(), "neural-beta-"));
mkdirSync(folder, { recursive: true });
try {
  await measure();
} finally {
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}

async function measure() {
  const size = [values.assets, values.markets, values.years].map(Number);
  const study = writeDailyStudy(size, folder, { budget: Number(values.budget) });
  const start = fileURLToPath(new URL("../tools/dist/start.js", import.meta.url));
  const only = values.only ? ["--only", values.only] : [];
  const args = [start, "--study", study, "--out", join(folder, "report"), ...only];
  const env = { ...process.env, NEURAL_BETA_CACHE: join(folder, "cache") };
  const { code, seconds, cpu, processes } = await watched(process.execPath, args, {
    env,
    onLine: (line) => console.log(`  ${line}`),
  });
  const [assets, markets, years] = size;
  console.log(
    `${assets} assets, ${markets} markets, ${years} years of days, budget ${values.budget} minutes: ${seconds.toFixed(0)} s, ${cpu.toFixed(0)} s of CPU`,
  );
  for (const { name, cpu: own, peak } of processes.filter((each) => each.peak > 100))
    console.log(`  ${name}: ${peak.toFixed(0)} MB, ${own.toFixed(0)} s of CPU`);
  if (code !== 0) process.exit(1);
}
