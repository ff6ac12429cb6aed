/** The example studies: each can be read, and the simulated one is what the generator gives. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditStudy } from "../lib/src/data/audit/study.js";
import { readPanelAccount } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { returnsOf } from "../lib/src/panel/panel.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { splitWindows } from "../lib/src/panel/split.js";
import { walkForwardSplits } from "../lib/src/panel/walk-forward.js";
import { lookbackWindows } from "../lib/src/panel/windows.js";
import { readClaims } from "../lib/src/report/study-claims/claims-file.js";
import { studyClaims } from "../lib/src/report/study-claims/template.js";
import { dataLabel } from "../lib/src/study.js";
import { checkStudyDates } from "../lib/src/study-checks.js";
import { readStudy } from "../lib/src/study-file.js";
import { scratchFolder, write } from "./support/scratch.js";

const STUDIES = readdirSync(shippedFile("studies")).filter((file) => file.endsWith(".json"));

it("are of days, weeks and months, of a single pair, of simulated prices, of coins that come and go, and of many", () => {
  expect(STUDIES).toEqual([
    "daily.json",
    "imf.json",
    "one-pair.json",
    "simulated.json",
    "thirty.json",
    "unbalanced.json",
    "weekly.json",
  ]);
});

describe.each(STUDIES)("data/studies/%s", (file) => {
  it("gives a panel with rows in every block of its split and walk", async () => {
    const study = await readStudy(shippedFile(`studies/${file}`));
    const { panel } = await readPanelAccount(study);
    expect(panel.coins).toEqual(study.coins);
    const blocks = splitWindows(lookbackWindows(panel, study.lookback), panel.dates, study.split);
    expect(blocks.outOfSample.target.length).toBeGreaterThan(0);
    const walk = walkForwardSplits(panel.dates, {
      ...study.walkForward,
      from: study.split.inSample.from,
      lookback: study.lookback,
    });
    // The note ends a year after its validation year.
    expect(walk.length).toBeGreaterThan(file === "imf.json" ? 0 : 1);
    expect(() => checkStudyDates(study, panel)).not.toThrow();
  });

  it("has data that the audit finds no fault with", async () => {
    const study = await readStudy(shippedFile(`studies/${file}`));
    const found = await auditStudy(study);
    const expected: Record<string, string[]> = {
      "unbalanced.json": ["COIN2 ends", "COIN7 begins", "COIN8 begins"],
      // The shipped factors of days begin with the daily panel.
      "imf.json": ["factors coverage"],
    };
    expect(found.map(({ series, check }) => `${series} ${check}`)).toEqual(expected[file] ?? []);
  });

  it("says in its captions that data are simulated where they are", async () => {
    const study = await readStudy(shippedFile(`studies/${file}`));
    expect(dataLabel(study)).toBe(
      ["simulated.json", "thirty.json", "unbalanced.json"].includes(file)
        ? "simulated, monthly"
        : study.frequency,
    );
  });
});

/** Sizes and seeds of the simulated files, with the first and the last period of coins that come and go. */
const SIMULATED = {
  simulated: { periods: 120, coins: 5, markets: 3, seed: 1, lives: {} },
  thirty: { periods: 84, coins: 30, markets: 5, seed: 3, lives: {} },
  unbalanced: {
    ...{ periods: 96, coins: 8, markets: 2, seed: 2 },
    lives: { COIN2: [0, 79], COIN7: [24, 95], COIN8: [66, 95] },
  },
} as const;

it.each(Object.entries(SIMULATED))(
  "%s.csv holds the prices of a simulated panel where its coins are there, eight digits each",
  (file, made) => {
    const { panel } = simulatedPanel("random walk", { ...made, degreesOfFreedom: 5 });
    const lives: Readonly<Record<string, readonly [number, number]>> = made.lives;
    const { dates, names, values } = returnsOf(panel);
    const lines = readFileSync(shippedFile(`studies/${file}.csv`), "utf8")
      .trim()
      .split("\n");
    expect(lines[0]).toBe(["date", ...names].join(","));
    const prices = names.map(() => 100);
    dates.forEach((date, t) => {
      const cells = names.map((name, i) => {
        prices[i] = prices[i]! * Math.exp(values[t * names.length + i]!);
        const [first, last] = lives[name] ?? [0, dates.length];
        return t < first || t > last ? "" : prices[i]!.toPrecision(8);
      });
      expect(lines[t + 1]).toBe([date, ...cells].join(","));
    });
  },
);

it("the simulated study states claims of its own, which stand in the place of the template's", async () => {
  const study = await readStudy(shippedFile("studies/simulated.json"));
  const claims = studyClaims(study, readClaims(study.claims, study));
  const regions = (statistic: string) =>
    claims.filter((claim) => claim.statistic === statistic).map(({ region }) => region);
  expect(regions("co-movement")).toEqual(Array(3).fill({ lower: 0.1, upper: Infinity }));
  expect(regions("network-pooled")).toEqual([
    { lower: -5, upper: 5 },
    { lower: -Infinity, upper: 0 },
  ]);
});

it("the study of prices says which periods it left out, and why", async () => {
  const study = await readStudy(shippedFile("studies/simulated.json"));
  const { panel, dropped } = await readPanelAccount(study);
  expect(panel.dates[0]).toBe("2000-02-29");
  expect(dropped).toEqual([
    {
      series: [...study.coins, ...study.markets].join(", "),
      from: "2000-01-31",
      through: "2000-01-31",
      reason: "begins on 2000-01-31: no price before this period",
    },
  ]);
});

describe("a study of own prices", () => {
  const folder = scratchFolder();
  const study = (name: string, keys: object) =>
    readStudy(write(join(folder, name), JSON.stringify(keys)));
  const closes = (file: string, prices: readonly number[]) =>
    write(
      join(folder, file),
      `date,close\n${prices.map((price, t) => `2021-0${t + 1}-28,${price}`).join("\n")}\n`,
    );
  const MINE = { coins: ["A"], markets: ["M"] };

  it("takes a file for each series, relative to the study", async () => {
    closes("a.csv", [100, 110, 121]);
    closes("m.csv", [10, 10.5, 10.5]);
    const read = await study("files.json", {
      ...MINE,
      prices: [
        { name: "A", file: "a.csv" },
        { name: "M", file: "m.csv" },
      ],
    });
    const { panel } = await readPanelAccount(read);
    expect(panel.dates).toEqual(["2021-02-28"]);
    expect(panel.coinLogReturns[0]).toBeCloseTo(Math.log(1.1), 12);
    expect(panel.marketLogReturns[0]).toBeCloseTo(Math.log(1.05), 12);
  });

  it("is refused where a series has no file, naming the key", async () => {
    await expect(
      study("short.json", { ...MINE, prices: [{ name: "A", file: "a.csv" }] }),
    ).rejects.toThrow("prices: must hold every coin and market, but M has no file");
  });

  it("is refused where the shipped returns would be taken for prices", async () => {
    await expect(study("kind.json", { kind: "prices" })).rejects.toThrow(
      "returns: must name the file of prices when kind is prices",
    );
  });

  it("is refused for a key that no price file has", async () => {
    await expect(
      study("key.json", {
        ...MINE,
        prices: [{ name: "A", path: "a.csv" }],
      }),
    ).rejects.toThrow("prices.0");
  });
});
