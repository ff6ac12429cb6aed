/** The description of the derived panel. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DerivedFile,
  type FactorSource,
  markdownText,
  type PriceSource,
  type RawFile,
  readBytes,
  type Sources,
  sha256,
} from "neural-beta";
import { ROOT } from "./terminal.js";

const TITLES: Readonly<Record<string, string>> = {
  "monthly.csv": "Monthly log returns: the report's study set with sound columns.",
  "weekly.csv": "The same series, weeks from Saturday to Friday, dated by the Friday.",
  "daily.csv":
    "The same series on the days on which all of them have a price: a return runs from one such day to the next, so that a coin's return on a Monday begins on Friday, as a fund's does. Coins close at 24:00 UTC, eight or seven hours after Wall Street; the dollar is fixed at noon.",
  "factors-daily.csv": "Fama-French five factors and the risk-free return, trading days.",
  "funds-weekly.csv":
    "Exchange-traded funds and the dollar, weeks from Saturday to Friday: pairs whose betas are known to move.",
  "funds-daily.csv":
    "The same on the days on which all of them have a price; a return runs from one such day to the next.",
  "imf-daily.csv":
    "The series of the IMF's note of 11 January 2022 on crypto and stocks, on the days on which all of them have a price; a return runs from one such day to the next.",
  "imf-own-daily.csv":
    "The same days by each series' own calendar: a return runs from the day before on which that series has a price, so that Bitcoin's on a Monday begins on Sunday.",
  "factors-monthly.csv": "Fama-French five factors and the risk-free return, months.",
  "factors-monthly-2024-08.csv":
    "The monthly factors of an earlier vintage: each revises the whole history. The publisher serves the last one only, so that this file cannot be downloaded anew.",
  "factors-weekly.csv":
    "The same, compounded from daily rows to weeks ending on Friday: Mkt-RF is the compounded market minus the compounded risk-free return, the other factors compound as they stand.",
  "replication.csv":
    "The series that the report seems to have used, on the months it prints; empty where the copy at hand does not reach.",
};

/**
 * data/README.md: what each file holds, where it comes from, and the hashes of both.
 *
 * @param dayShifts text of day-shift.csv
 * @param from folder that holds the files which `sources` name
 * @param out folder of the panel, where a file stays whose source is not at hand
 */
export function dataReadme(
  files: readonly DerivedFile[],
  dayShifts: string,
  sources: Sources,
  from: string,
  out: string,
): string {
  const sections = [
    ...files.map((file) => section(file, sources, from)),
    ...keptSection(files, sources, out),
  ];
  return `# Data

Written by \`npm run data\` from published files, as listed in [sources.json](sources.json): do not edit by hand.
Published files are not part of this project: their publishers hold the rights. What is here is derived from them: returns of
period ends, enough to run every notebook. To use your own copies, put them into one folder and run \`npm run data -- --from DIR\`; \`npm run data\` downloads
them from their publishers.

Every file: CSV, UTF-8, first column \`date\` (ISO, last day of the period), decimals (0.01 = 1 %), an empty cell for a missing value.
The last observation of a period counts; a period that is not over in the source is dropped; every series has every period.

${sections.join("\n")}
## day-shift.csv

Monthly returns of the study's series against those of months that end a day earlier (-1) or later (1): number, correlation, root mean
squares of differences and of returns, largest difference and the end of its month. Its first column is \`series\`.

- SHA-256 \`${sha256(dayShifts)}\`

## reported/

Numbers as the report prints them, four decimals, and its claims in its words, transcribed by hand.

| file | what | SHA-256 |
| --- | --- | --- |
${Object.entries(REPORTED)
  .map(([file, what]) => reportedRow(file, what))
  .join("\n")}
`;
}

/** What the README in `out` says of the earlier factors, where they were not made anew. */
function keptSection(
  files: readonly DerivedFile[],
  { earlierFactors }: Sources,
  out: string,
): string[] {
  const name = `factors-monthly-${earlierFactors?.vintage}.csv`;
  const made = files.some((file) => file.name === name);
  const there = [name, "README.md"].every((f) => existsSync(join(out, f)));
  if (made || !there) return [];
  const old = readBytes(join(out, "README.md")).toString("utf8");
  const kept = old.split(/^## /m).find((part) => part.startsWith(`${name}\n`));
  return kept === undefined ? [] : [`## ${kept.trimEnd()}\n`];
}

const REPORTED: Readonly<Record<string, string>> = {
  "reported/returns.csv": "Step 0: five rows of monthly log returns",
  "reported/factors.csv": "Step 7: the factor columns of two rows, simple returns",
  "reported/search-sample.csv": "Step 2: sample of the grid for FIAT; validation RMSE, log returns",
  "reported/search-best.csv": "Step 2: best configurations; validation RMSE, log returns",
  "reported/beta-statistics.csv":
    "Step 4: descriptive statistics of neural betas, twelve months each",
  "reported/claims.csv":
    "all steps: the claims that notebook 10 tests, in the report's words, with its number where it gives one; from `name` on, our words about them",
  "reported/sentences.csv":
    "all steps: every sentence of the report from Step 0 on, with the claims that it makes, or why it makes none",
  "reported/sorts.csv":
    "Step 9: portfolios sorted by beta, two months of FIAT; excess returns in logs",
};

function reportedRow(file: string, what: string): string {
  const bytes = readFileSync(new URL(`data/${file}`, ROOT));
  return `| \`${file}\` | ${what} | \`${sha256(bytes)}\` |`;
}

function section(file: DerivedFile, sources: Sources, from: string): string {
  const columns = "vintage" in file.sources[0]! ? factorRows(file) : priceRows(file);
  const rows = columns.map(({ name, unit, what, raw }) => {
    const hash = sha256(readBytes(join(from, raw.file))).slice(0, 12);
    return `| ${markdownText(name)} | ${unit} | ${markdownText(what)} | ${raw.obtained} | \`${hash}\` |`;
  });
  const licences = [...new Set(file.sources.map((source) => source.licence))];
  return `## ${file.name}

${TITLES[file.name]}

- ${file.dates.length} rows, ${file.frequency}, ${file.dates[0]} to ${file.dates.at(-1)}
- SHA-256 \`${sha256(file.csv)}\`
${licences.map((key) => `- Licence: ${markdownText(sources.licences[key]!)}`).join("\n")}

| column | unit | source | copy made | SHA-256 of the source, first 12 |
| --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

interface ColumnRow {
  readonly name: string;
  readonly unit: string;
  readonly what: string;
  readonly raw: RawFile;
}

const priceRows = (file: DerivedFile): ColumnRow[] =>
  (file.sources as readonly PriceSource[]).map((raw) => ({
    name: raw.name,
    unit: "log return",
    what: `${raw.what}; column ${raw.column}, taken at ${raw.close}`,
    raw,
  }));

const factorRows = (file: DerivedFile): ColumnRow[] =>
  file.columns.map((name) => {
    const raw = file.sources[0] as FactorSource;
    return {
      name,
      unit: "simple return",
      what: `${raw.what}, vintage ${raw.vintage}`,
      raw,
    };
  });
