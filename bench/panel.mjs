/**
 * A simulated panel of any size in days: `node bench/panel.mjs COINS MARKETS YEARS FOLDER` writes returns.csv and a study.json.
 * Betas step halfway; betas and noise are those of `simulatedPanel`.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { simulatedPanel } from "neural-beta";

const DAYS = 252;
const DAY = 86_400_000;
/** Simulated returns swing as months do: a day's are smaller by the root of 21. */
const DAYS_A_MONTH = Math.sqrt(21);

/** Weekdays from 2001 on, 252 a year. */
function weekdays(count) {
  const dates = [];
  for (let time = Date.UTC(2001, 0, 1); dates.length < count; time += DAY) {
    const day = new Date(time);
    if (day.getUTCDay() % 6 !== 0) dates.push(day.toISOString().slice(0, 10));
  }
  return dates;
}

/** A panel of daily log returns, with a split of half its years to fit on, one to choose on, and the rest to test on. */
export function dailyPanel(coins, markets, years) {
  const { panel } = simulatedPanel("step", { periods: DAYS * years, coins, markets, seed: 1 });
  const dates = weekdays(DAYS * years);
  const at = (year) => dates[Math.min(dates.length - 1, DAYS * year)];
  const half = Math.floor(years / 2);
  const before = (year) => dates[DAYS * year - 1];
  const split = {
    inSample: { from: at(1), through: before(half) },
    validation: { from: at(half), through: before(half + 1) },
    outOfSample: { from: at(half + 1), through: dates.at(-1) },
  };
  const [coinLogReturns, marketLogReturns] = [panel.coinLogReturns, panel.marketLogReturns].map(
    (returns) => returns.map((r) => r / DAYS_A_MONTH),
  );
  return {
    panel: { ...panel, coinLogReturns, marketLogReturns, dates, frequency: "daily" },
    split,
  };
}

/**
 * Writes a panel and its study into a folder, which it makes; keys that are given stand in the study.
 *
 * @returns the study's file
 */
export function writeDailyStudy([coins, markets, years], folder, keys = {}) {
  const { panel, split } = dailyPanel(coins, markets, years);
  const columns = [...panel.coins, ...panel.markets];
  const rows = panel.dates.map((date, t) => {
    const own = panel.coinLogReturns.subarray(t * coins, (t + 1) * coins);
    const hedges = panel.marketLogReturns.subarray(t * markets, (t + 1) * markets);
    return [date, ...own, ...hedges].join();
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "returns.csv"), `date,${columns}\n${rows.join("\n")}\n`);
  const year = Number(split.outOfSample.through.slice(0, 4));
  const study = {
    ...{ label: "simulated", returns: "returns.csv", frequency: "daily" },
    ...{ coins: panel.coins, markets: panel.markets, split },
    walkForward: { test: { from: `${year - 3}-01`, through: `${year}-12` } },
    ...keys,
  };
  const file = join(folder, "study.json");
  writeFileSync(file, `${JSON.stringify(study)}\n`);
  return file;
}

const [script, coins, markets, years, folder] = process.argv.slice(1);
if (import.meta.url === pathToFileURL(script).href)
  writeDailyStudy([coins, markets, years].map(Number), folder);
