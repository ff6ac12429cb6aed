/** The audit of published files before the panel is written: made-up files, one fault at a time. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { findingText } from "../lib/src/data/audit/finding.js";
import { auditSources } from "../lib/src/data/audit/sources.js";
import { derivePanel } from "../lib/src/data/derive.js";
import type { Sources } from "../lib/src/data/published-files.js";
import { dayNumber } from "../lib/src/panel/calendar.js";
import { cleanBars } from "./support/audited.js";
import { DAYS, percent, RAW_LINES, sourcesThrough, WEEKDAYS } from "./support/made-up.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();

/** Bars of a coin without a fault. */
const coin = cleanBars(DAYS.map(dayNumber), "coin");
const CLEAN = {
  ...RAW_LINES,
  "coin.csv": [
    "Date,Open,Close,Volume",
    ...DAYS.map(
      (date, i) => `${date} 00:00:00+00:00,${coin.open.values[i]},${coin.close.values[i]},9`,
    ),
  ],
};

/** Prices of a fund that follows the made-up stock market, Mkt-RF + RF, and what becomes of one of its days. */
const fund = (crash?: string) => {
  let price = 100;
  return [
    "observation_date,XYZ",
    ...WEEKDAYS.map((date) => {
      price *= 1 + (percent(date) + 0.01) / 100;
      if (date === crash) price *= Math.exp(-1.9484);
      return `${date},${price}`;
    }),
  ];
};

async function said(
  name: string,
  files: Readonly<Record<string, readonly string[]>>,
  sources: Sources = sourcesThrough("2021-05"),
): Promise<string[]> {
  const from = join(folder, name);
  for (const [file, lines] of Object.entries({
    ...CLEAN,
    "market.csv": fund(),
    ...files,
  }))
    write(join(from, file), lines.join("\n"));
  const derived = await derivePanel(from, sources);
  return (await auditSources(from, sources, derived)).map((finding) =>
    findingText(finding).replace(`${from}/`, ""),
  );
}

/** The sources with the series of one file changed. */
function changed(file: string, change: object): Sources {
  const sources = sourcesThrough("2021-05");
  return {
    ...sources,
    series: sources.series.map((source) =>
      source.file === file ? { ...source, ...change } : source,
    ),
  };
}

const equity = changed("market.csv", { name: "EQUITY" });

it("has nothing to say of clean files", async () => {
  expect(await said("clean", {})).toEqual([]);
  expect(await said("equity", {}, equity)).toEqual([]);
});

it("refuses an EQUITY that falls by the report's -1.9484 while the market does not, with the line of its price", async () => {
  const lines = await said("crash", { "market.csv": fund("2021-05-12") }, equity);
  const at = WEEKDAYS.indexOf("2021-05-14") + 2;
  expect(lines).toContainEqual(
    expect.stringMatching(
      new RegExp(
        `^market\\.csv:${at}: EQUITY on 2021-05-14: market-difference must keep to [\\d.]+, got -[\\d.]+; the column has -1\\.9\\d+ where the stock market has `,
      ),
    ),
  );
});

it("refuses the column of opening prices", async () => {
  const lines = await said("opens", {}, changed("coin.csv", { column: "Open" }));
  expect(lines).toEqual([
    expect.stringMatching(/^coin\.csv: COIN: field .* matches open .*n = 5/),
    expect.stringMatching(/^coin\.csv: COIN: field .* matches open .*n = 22/),
    expect.stringMatching(/^coin\.csv: COIN: field .* matches open .*n = 107/),
  ]);
});

it("looks at the days of the range alone", async () => {
  const still = fund().map((line) =>
    line > "2021-06-01" && line < "2022" ? `${line.slice(0, 10)},50` : line,
  );
  expect(await said("after", { "market.csv": still })).toEqual([]);
});
