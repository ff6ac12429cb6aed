/** Defaults by frequency: a study takes them where its file is silent, and the documentation prints the same table. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kalmanBeta } from "../lib/src/betas/kalman.js";
import { ridgeBeta } from "../lib/src/betas/ridge.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { frequencyDefaults } from "../lib/src/panel/frequency-defaults.js";
import { simulatedPanel } from "../lib/src/panel/simulate.js";
import { beginsBlock } from "../lib/src/panel/walk-forward.js";
import { FACTORS, STUDY } from "../lib/src/study.js";
import { readStudy } from "../lib/src/study-file.js";
import type { Frequency } from "../lib/src/types.js";
import { scratchFolder, write } from "./support/scratch.js";

const FREQUENCIES = ["daily", "weekly", "monthly"] as const;

describe("frequencyDefaults", () => {
  it("are those of the documentation", () => {
    const page = readFileSync(new URL("../docs/frequencies.md", import.meta.url), "utf8");
    const rows = page
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const cells = (about: string) =>
      rows.find(([, head]) => head!.includes(about))!.slice(2, 2 + FREQUENCIES.length);
    const printed = (text: (defaults: (typeof frequencyDefaults)[Frequency]) => string) =>
      FREQUENCIES.map((frequency) => text(frequencyDefaults[frequency]));
    expect(rows[0]!.slice(2, 5)).toEqual(FREQUENCIES);
    expect(cells("`lookback`")).toEqual(printed(({ lookback }) => String(lookback)));
    expect(cells("half-lives")).toEqual(
      printed(({ halfLives }) => halfLives.join(", ").replace("Infinity", "∞")),
    );
    expect(cells("`walkForward.refit`")).toEqual(printed(({ walkForward }) => walkForward));
    expect(cells("(`refit`)")).toEqual(printed(({ refit }) => refit));
    expect(cells("`factors`")).toEqual(printed(({ factors }) => `\`${factors}\``));
  });

  it("are the report's choices for months", () => {
    const { lookback, refit, walkForward } = frequencyDefaults.monthly;
    expect([lookback, refit, walkForward]).toEqual([
      STUDY.lookback,
      STUDY.refit,
      STUDY.walkForward.refit,
    ]);
  });
});

describe("a study that names its frequency alone", () => {
  const folder = scratchFolder();
  it.each(FREQUENCIES)("has the defaults of %s periods", async (frequency) => {
    const file = write(join(folder, `${frequency}.json`), JSON.stringify({ frequency }));
    const { lookback, refit, walkForward, factors } = await readStudy(file);
    const usual = frequencyDefaults[frequency];
    expect({ lookback, refit, walkForward: walkForward.refit }).toEqual({
      lookback: usual.lookback,
      refit: usual.refit,
      walkForward: usual.walkForward,
    });
    expect(factors).toBe(FACTORS[frequency]);
    expect(factors).toBe(shippedFile(usual.factors));
  });
});

describe("a schedule of refits", () => {
  const { panel } = simulatedPanel("random walk", { periods: 48, coins: 2, markets: 1, seed: 1 });
  const options = { fit: { from: "2000-02", through: "2001-06" }, update: "updated" } as const;
  const paths = {
    ridge: (refit: "periodically" | "quarterly") =>
      ridgeBeta(panel, { ...options, refit, lookback: 3, penalty: 1 }),
    kalman: (refit: "periodically" | "quarterly") => kalmanBeta(panel, { ...options, refit }),
  };

  it("begins with the first date of every calendar block", () => {
    const dates = ["2000-02-29", "2000-03-31", "2000-04-30", "2000-05-31", "2001-01-31"];
    const begins = (refit: "yearly" | "quarterly" | "monthly" | "periodically") =>
      [...dates.keys()].filter((t) => beginsBlock(dates, t, refit));
    expect(begins("yearly")).toEqual([0, 4]);
    expect(begins("quarterly")).toEqual([0, 2, 4]);
    expect(begins("monthly")).toEqual([0, 1, 2, 3, 4]);
  });

  it.each(["ridge", "kalman"] as const)(
    "gives %s the betas of every date at its first ones",
    (id) => {
      const [quarterly, always] = [paths[id]("quarterly").values, paths[id]("periodically").values];
      let moved = 0;
      panel.dates.forEach((_, t) => {
        // Row t of two coins on one market.
        const rows = [quarterly, always].map((values) => values.subarray(2 * t, 2 * t + 2));
        if (beginsBlock(panel.dates, t, "quarterly"))
          rows[0]!.forEach((beta, i) => {
            expect(beta === rows[1]![i] || Math.abs(beta - rows[1]![i]!) < 1e-10 || t < 18).toBe(
              true,
            );
          });
        else if (rows[0]!.some((beta, i) => Math.abs(beta - rows[1]![i]!) > 1e-9)) moved++;
      });
      expect(moved).toBeGreaterThan(5);
    },
  );
});
