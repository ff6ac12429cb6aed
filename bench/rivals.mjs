/** Seconds of the daily rivals that iterate: dynamic correlations of four coins, and a recurrent network of the published experiment. */

import { dailySource, dccBeta, RECURRENT_PLAN, readPanel, selectMarkets } from "neural-beta";
import { trainRecurrents } from "../lib/dist/models/recurrent/threads.js";
import { spread, timed } from "./measure.mjs";

const days = selectMarkets(await readPanel(dailySource), ["EQUITY"]);
const fit = { from: days.dates[0], through: "2023-12" };
const times = [];
for (let run = 0; run < 5; run++)
  times.push((await timed(() => dccBeta(days, { fit, update: "frozen" }))) / 1000);
console.log(
  `dccBeta, ${days.coins.length} coins on one market, ${days.dates.length} days, fitted once: ${spread(times)} s`,
);

// 5,120 steps of 128 series; fresh series in every round.
const source = { process: "steps", rounds: 8, series: 20_480, validation: 4096 };
for (const residuals of [false, true]) {
  const shape = { head: "nbi", hidden: 8, markets: 1, lookback: 64, residuals };
  const jobs = [1, 2].map((seed) => ({ shape, seed, prior: [1], plan: RECURRENT_PLAN, source }));
  const before = process.cpuUsage();
  const seconds = (await timed(() => trainRecurrents(jobs))) / 1000;
  const { user, system } = process.cpuUsage(before);
  console.log(
    `NBI, 8 units${residuals ? " with residuals" : ""}, ${source.series} series of 64 rows, 8 rounds of 4 passes: two networks in ${seconds.toFixed(1)} s, ${((user + system) / 2e6).toFixed(1)} CPU s each`,
  );
}
