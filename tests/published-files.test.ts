/** The published files at hand, as their publishers wrote them: all read, with the observations that their description names. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFactorFile } from "../lib/src/data/readers/ken-french.js";
import { type PriceOptions, readPrices } from "../lib/src/data/readers/prices.js";
import { recogniseFormat } from "../lib/src/data/readers/recognise.js";
import { readWide } from "../lib/src/data/readers/wide.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { needsRaw, RAW } from "./support/scratch.js";

describe("the published files at hand", () => {
  /** A price that has no logarithm: oil on 20 April 2020. */
  const NEGATIVE = ["DCOILWTICO.csv", "wti-daily.csv"];
  const files = readdirOf(RAW);

  it("are many", (ctx) => {
    needsRaw(ctx);
    expect(files.length).toBeGreaterThan(35);
  });

  it("are all read, in ascending order, from the first row to the last", async (ctx) => {
    needsRaw(ctx);
    for (const path of files) {
      if (path.includes("ken-french")) {
        const factors = await readFactorFile(path);
        expect(factors.dates.length, path).toBeGreaterThan(700);
        expect(factors.dates, path).toEqual([...factors.dates].sort());
        continue;
      }
      const { columns } = await recogniseFormat(path);
      const column = columns.find((c) => /^(Close|SP500)$/.test(c)) ?? columns[0]!;
      const wide = await readWide(path, { series: [column] });
      const { dates, values } = wide;
      expect(dates, path).toEqual([...new Set(dates)].sort());
      expect(values.every((v) => Number.isNaN(v) || Number.isFinite(v))).toBe(true);
      const { days, notes } = await readPrices(path, { column });
      const negative = NEGATIVE.some((name) => path.endsWith(name));
      expect(
        notes.some((note) => note.includes("(-36.98 on 2020-04-20)")),
        path,
      ).toBe(negative);
      expect(days.length, path).toBeGreaterThan(15);
      expect(isoDate(days[0]!) >= dates[0]!, path).toBe(true);
    }
  });

  it("have the first and last observations and the numbers of rows of their description", async (ctx) => {
    needsRaw(ctx);
    const known: readonly (readonly [string, PriceOptions, string, string, number])[] = [
      ["fred/DTWEXBGS.csv", {}, "2006-01-02", "2026-04-24", 5092],
      ["fred-coinbase-excerpt/CBBTCUSD_month_end.csv", {}, "2017-11-30", "2021-05-31", 43],
      ["yahoo-csv-2024-02/GC=F.csv", { column: "Close" }, "2000-08-30", "2024-02-16", 5888],
      ["yahoo-yfinance-history-2024-12/BTC-USD.csv", {}, "2014-09-17", "2024-12-07", 3735],
      ["yahoo-yfinance-download-2025-06/SPY.csv", {}, "2010-01-04", "2025-06-27", 3895],
      ["yahoo-yfinance-download-2026-03/^GSPC.csv", {}, "2025-09-08", "2026-03-06", 125],
      ["dxy-close-2024-03/DX-Y.NYB.csv", {}, "1995-01-02", "2024-03-07", 7414],
      ["thinkorswim-2025-12/GLD.csv", {}, "2004-11-18", "2025-12-05", 5296],
      ["datahub-gold-prices/monthly.csv", {}, "1833-01-31", "2026-06-30", 2322],
      ["datahub-oil-prices/brent-daily.csv", {}, "1987-05-20", "2026-08-18", 9958],
      ["datahub-s-and-p-500/data.csv", { column: "SP500" }, "1871-01-01", "2026-06-01", 1866],
    ];
    for (const [path, options, first, last, n] of known) {
      const { days } = await readPrices(join(RAW, path), options);
      expect([path, isoDate(days[0]!), isoDate(days.at(-1)!), days.length]).toEqual([
        path,
        first,
        last,
        n,
      ]);
    }
  });

  it("agree on the closes of GLD between Yahoo and the charting platform", async (ctx) => {
    needsRaw(ctx);
    const [yahoo, charting] = await Promise.all([
      readPrices(join(RAW, "yahoo-csv-2024-02/GLD.csv"), { column: "Close" }),
      readPrices(join(RAW, "thinkorswim-2025-12/GLD.csv")),
    ]);
    const other = new Map([...charting.days].map((d, i) => [d, charting.values[i]!]));
    const apart = [...yahoo.days].filter(
      (d, i) => Math.abs((other.get(d) ?? yahoo.values[i]!) / yahoo.values[i]! - 1) > 1e-3,
    );
    expect(apart.length / yahoo.days.length).toBeLessThan(0.01);
  });
});

function readdirOf(root: string): string[] {
  try {
    return (readdirSync(root, { recursive: true }) as string[])
      .filter((path) => /\.csv$/i.test(path))
      .sort()
      .map((path) => join(root, path));
  } catch {
    return [];
  }
}
