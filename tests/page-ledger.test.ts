/** The ledger of the page: a line per claim, its interval as a picture, and the way back to the data. */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { between, printedClaims } from "../lib/src/report/claims/claim.js";
import { claimLedger } from "../lib/src/report/claims/ledger.js";
import { exactMeasurement, studentMeasurement } from "../lib/src/report/measurement.js";
import { tableClaims } from "../lib/src/tables/claims.js";
import { tableLatex } from "../lib/src/tables/latex.js";
import { tableCsv, tableHtml } from "../lib/src/tables/table.js";
import { csvRecords } from "../tools/dist/csv.js";
import { intervalBar } from "../tools/dist/page/interval-bar.js";
import { isLedger, ledgerHtml } from "../tools/dist/page/ledger.js";
import { placesIn } from "../tools/dist/page/places.js";

const record = (id: string, name: string) => ({
  ...{ id, step: "0", claim: 'A "bold" <claim>', about: "one of two", reported: "2.5", name },
  ...{ unit: "ratio", sample: "all months", why: "Near is within one." },
  ...{ figure: "f", table: "rows", data: "monthly.csv weekly.csv" },
});
const ledger = claimLedger(printedClaims([record("a", "First"), record("b", "Second")]), [
  {
    id: "a",
    statistic: "what is measured",
    region: between(0, 3),
    measurement: studentMeasurement({
      ...{ estimate: 2, standardError: 0.1, degreesOfFreedom: 60, n: 61, method: "t" },
    }),
  },
  { id: "b", statistic: "a count", region: between(0, 3), measurement: exactMeasurement(5, 4) },
]);
const table = tableClaims(ledger, "monthly");
const files = { csv: tableCsv(table), html: tableHtml(table), latex: tableLatex(table) };
const chapter =
  '<details class="code" id="00-a.cell-4"></details><a class="label" href="#figure-f">Figure 7.</a>';
const html = ledgerHtml(tableHtml(table), files, {
  places: placesIn(chapter),
  chapters: ["00-a"],
});
const [first, second] = html.split('<details class="claim ').slice(1) as [string, string];

describe("the ledger of the page", () => {
  it("is made where the table's file has the evidence", () => {
    expect([isLedger(files), isLedger(undefined)]).toEqual([true, false]);
    expect(isLedger({ ...files, csv: "id,claim\n" })).toBe(false);
  });
  it("shows name, words, number with unit, and verdict of every claim", () => {
    expect(first).toMatch(/^supported" id="claim-a"><summary><span class="name">First<\/span>/);
    expect(first).toContain("<q>A &quot;bold&quot; &lt;claim&gt;</q> (one of two)");
    expect(first).toContain('2.00 <span class="unit">ratio</span>');
    expect(second).toMatch(/^contradicted" id="claim-b">/);
    expect(html).toContain('data-verdict="contradicted">1 contradicted</li>');
  });
  it("leads from the words to figure, code cell and data", () => {
    for (const part of [
      '<a class="ref" href="#00-a">Step 0</a>; it prints 2.50',
      "what is measured. Result: 2.00 ratio, 95 % from 1.80 to 2.20.",
      "0 to 3. Near is within one.",
      "p &lt; 0.001 of the claim alone",
      "all months, n = 61; interval: t",
      '<a class="ref" href="#figure-f">Figure 7</a>',
      '<a class="ref" href="#00-a.cell-4">cell 4 of notebook 00</a>',
      "<code>data/monthly.csv</code>, <code>data/weekly.csv</code>",
    ])
      expect(first).toContain(part);
    expect(second).toContain("None: the claim is not tested by an interval.");
  });
  it("carries the whole file", () => {
    expect(csvRecords(files.csv).map(({ id, name }) => [id, name])).toEqual([
      ["a", "First"],
      ["b", "Second"],
    ]);
    expect(html).toContain('data-id="claims" data-rows="2"');
  });
});

describe("intervalBar", () => {
  const numbers = { measured: 1, lower: 0, upper: 2, decidingLower: 0.5, decidingUpper: 1.5 };
  it("shades the region up to the picture's end where it has none", () => {
    const bar = intervalBar({ ...numbers, regionLower: 1, regionUpper: Infinity }, "a <b>");
    const [, x, width] = /<rect x="([\d.]+)" y="2" width="([\d.]+)"/.exec(bar)!.map(Number);
    const [dot] = /cx="([\d.]+)"/.exec(bar)!.slice(1).map(Number);
    expect([x, x! + width!]).toEqual([dot, 130]);
    expect(bar).toContain('aria-label="a &lt;b&gt;"');
  });
  it("draws no line and no dot where there is no number", () => {
    const none = { lower: NaN, upper: NaN, decidingLower: NaN, decidingUpper: NaN };
    const bar = intervalBar({ ...none, measured: NaN, regionLower: 0, regionUpper: 1 }, "none");
    expect(bar).not.toMatch(/<path|<circle/);
  });
});

describe("the report's claims", () => {
  const claims = csvRecords(
    readFileSync(new URL("../data/reported/claims.csv", import.meta.url), "utf8"),
  );
  it("each have a name of their own, a unit, a sample and a reason that is a sentence", () => {
    expect(new Set(claims.map(({ name }) => name)).size).toBe(claims.length);
    for (const { id, unit, sample, why } of claims)
      expect([unit !== "", sample !== "", /^[A-Z].*\.$/.test(why!)], id).toEqual([
        true,
        true,
        true,
      ]);
  });
  it("name figures and tables that there are, and data that are shipped", () => {
    const text = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
    const sources = ["lib/src/figures", "lib/src/tables", "notebooks"].flatMap((folder) =>
      readdirSync(new URL(`../${folder}`, import.meta.url))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => text(`${folder}/${file}`)),
    );
    const known = sources.join("");
    for (const { id, figure, table, data } of claims) {
      // Figures of single markets are named for them.
      const name = figure!.replace(/-(fiat|equity|gold|energy)$/, "");
      expect(
        [name, table].filter((shown) => !known.includes(shown!)),
        id,
      ).toEqual([]);
      for (const file of data!.split(" "))
        expect(() => readFileSync(new URL(`../data/${file}`, import.meta.url))).not.toThrow();
    }
  });
});
