/** The prices of a study: what its files hold within its range, or levels that have its returns. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { auditStudy } from "../lib/src/data/audit/study.js";
import { studyPrices } from "../lib/src/data/study-prices.js";
import { figurePrices } from "../lib/src/figures/prices.js";
import { coinColor, marketColor } from "../lib/src/figures/theme.js";
import { dayNumber, isoDate } from "../lib/src/panel/calendar.js";
import { readStudy } from "../lib/src/study-file.js";
import { tablePrices } from "../lib/src/tables/prices.js";
import { days } from "./support/audited.js";
import { layoutOf, traces } from "./support/figures.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();

it("gives levels from 100 for a study of returns, which have these returns", async () => {
  const returns = write(
    join(folder, "returns.csv"),
    "date,A,M\n2021-01-31,0.1,\n2021-02-28,-0.2,0.5\n2021-03-31,0.3,0.1\n",
  );
  const prices = await studyPrices({ returns, frequency: "monthly", coins: ["A"], markets: ["M"] });
  expect([...prices.keys()]).toEqual(["A", "M"]);
  const { days: dated, values } = prices.get("A")!;
  // The panel begins with its market.
  expect(Array.from(dated, isoDate)).toEqual(["2021-02-28", "2021-03-31"]);
  expect(values[0]).toBeCloseTo(100 * Math.exp(-0.2), 12);
  expect(values[1]! / values[0]!).toBeCloseTo(Math.exp(0.3), 12);
});

const DAYS = days(900);
/** Prices by day that wander without chance, with a price of nothing on one day. */
const csv = (name: string, bad = -1) =>
  write(
    join(folder, name),
    `date,close\n${DAYS.map((day, i) => `${isoDate(day)},${i === bad ? 0 : 100 + 10 * Math.sin(i * i)}`).join("\n")}\n`,
  );
const study = (bad: number, range?: { from: string; through: string }) =>
  readStudy(
    write(
      join(folder, "study.json"),
      JSON.stringify({
        coins: ["A"],
        markets: ["M"],
        prices: [
          { name: "A", file: csv("a.csv", bad) },
          { name: "M", file: csv("m.csv") },
        ],
        ...(range ? { range } : {}),
      }),
    ),
  );

it("gives a study's own prices day by day, within its range, to table and figure", async () => {
  const from = isoDate(DAYS[300]!).slice(0, 7);
  const prices = await studyPrices(await study(-1, { from, through: "2100-01" }));
  const own = prices.get("A")!;
  expect(isoDate(own.days[0]!).slice(0, 7)).toBe(from);
  expect(own.days.at(-1)).toBe(DAYS.at(-1));
  const [row] = tablePrices(prices, "daily").rows;
  expect(row!.slice(0, 4)).toEqual([
    "A",
    isoDate(own.days[0]!),
    isoDate(own.days.at(-1)!),
    own.days.length,
  ]);
  const moves = Array.from(own.values.subarray(1), (value, i) => Math.log(value / own.values[i]!));
  expect(Math.abs(row![5] as number)).toBeCloseTo(Math.max(...moves.map(Math.abs)), 12);
  const figure = figurePrices(prices, { caption: "Two series.", markets: ["M"] });
  expect(traces(figure).map(({ y }) => y[0])).toEqual([1, 1]);
  expect(layoutOf(figure).yaxis!.type).toBe("log");
  expect(traces(figure).map(({ line }) => line.color)).toEqual([coinColor(0), marketColor(0)]);
});

it("is audited within its range alone: what no panel uses is no fault of it", async () => {
  const bad = 10;
  const checks = async (range?: { from: string; through: string }) =>
    (await auditStudy(await study(bad, range))).map(({ check, date }) => `${check} ${date}`);
  const fault = `non-positive ${isoDate(DAYS[bad]!)}`;
  expect(await checks()).toContain(fault);
  const later = isoDate(DAYS[bad]! + 70);
  expect(await checks({ from: later.slice(0, 7), through: "2100-01" })).not.toContain(fault);
  // The last price of the period before the range makes its first return.
  const next = isoDate(DAYS[bad]! + 31).slice(0, 7);
  expect(dayNumber(`${next}-01`) - DAYS[bad]!).toBeLessThanOrEqual(31);
  expect(await checks({ from: next, through: "2100-01" })).toContain(fault);
});
