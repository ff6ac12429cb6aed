/** What the audit says of the committed panels, of the report's rows, and of the files that both come from. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditDaily } from "../lib/src/data/audit/daily.js";
import { factorRevisions } from "../lib/src/data/audit/factors.js";
import { type DailyBars, fieldReturns } from "../lib/src/data/audit/fields.js";
import { stopOnErrors } from "../lib/src/data/audit/finding.js";
import { auditPanel } from "../lib/src/data/audit/panel.js";
import { readDated, readFactors, readPanel } from "../lib/src/data/panel-file.js";
import { readFactorFile } from "../lib/src/data/readers/ken-french.js";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { dayNumber } from "../lib/src/panel/calendar.js";
import { panelOf, returnsOf } from "../lib/src/panel/panel.js";
import type { DailySeries } from "../lib/src/panel/resample.js";
import { selectSeries } from "../lib/src/panel/series.js";
import { STUDY } from "../lib/src/study.js";
import { changed, found } from "./support/audited.js";
import { needsRaw, RAW } from "./support/scratch.js";

const factors = () => readFactors(STUDY);
const printed = async () =>
  panelOf(await readDated(shippedFile("reported/returns.csv")), {
    frequency: "monthly",
    coins: STUDY.coins,
    markets: STUDY.markets,
  });

/** Bars of a published file. */
async function barsOf(
  file: string,
  more: Readonly<Record<string, string>> = {},
): Promise<DailyBars> {
  const columns = { open: "Open", high: "High", low: "Low", close: "Close" };
  const fields: Record<string, DailySeries> = {};
  for (const [field, name] of Object.entries({ ...columns, ...more }))
    fields[field] = await readPrices(join(RAW, file), { column: name });
  return fields as unknown as DailyBars;
}

/** Date and price of the lines of a file that no reader knows; dates of months become their first day. */
function twoColumns(file: string): DailySeries {
  const rows = readFileSync(join(RAW, file), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(",") as [string, string])
    .filter(([, price]) => price !== "null");
  const iso = (date: string) => {
    const american = /^(\d+)\/(\d+)\/(\d{4})$/.exec(date);
    return american
      ? `${american[3]}-${american[1]!.padStart(2, "0")}-${american[2]!.padStart(2, "0")}`
      : date.padEnd(10, "-01");
  };
  return {
    days: Int32Array.from(rows, ([date]) => dayNumber(iso(date))),
    values: Float64Array.from(rows, ([, price]) => Number(price)),
  };
}

describe("the committed panels", () => {
  it("have no finding, monthly or weekly, against their factors", async () => {
    const weekly = await readPanel({
      ...STUDY,
      returns: shippedFile("weekly.csv"),
      frequency: "weekly",
    });
    for (const [panel, file] of [
      [await readPanel(STUDY), "factors-monthly.csv"],
      [weekly, "factors-weekly.csv"],
    ] as const)
      expect(
        auditPanel(
          panel,
          {
            factors: await readFactors({ factors: shippedFile(file), frequency: panel.frequency }),
          },
          { asOf: "2024-12-07" },
        ),
      ).toEqual([]);
  });

  it("have energy's March of 2020 as the largest move, which four degrees of freedom allow for", async () => {
    const panel = await readPanel(STUDY);
    expect(auditPanel(panel, {}, { falseAlarms: 0.06 })).toEqual([]);
    const [finding] = auditPanel(panel, {}, { falseAlarms: 0.1 }).filter(
      ({ check }) => check === "outlier",
    );
    expect(finding).toMatchObject({
      series: "ENERGY",
      date: "2020-03-31",
      severity: "warning",
    });
    expect(finding!.value).toBeCloseTo(-8.2, 1);
  });

  it("were made from closes", async (ctx) => {
    needsRaw(ctx);
    const fields = fieldReturns({ ENERGY: await barsOf("thinkorswim-2025-12/VDE.csv") }, "monthly");
    expect(auditPanel(await readPanel(STUDY), { fields })).toEqual([]);
  });
});

describe("the report's five rows", () => {
  it("have an EQUITY that is no equity market, and no other fault", async () => {
    const findings = auditPanel(await printed(), { factors: await factors() });
    expect(found(findings)).toEqual([["EQUITY", "market-difference", "2018-05-31"]]);
    expect(findings[0]!.severity).toBe("error");
    // (-1.9484 - log(1 + 0.0265 + 0.0014)) / 0.0405
    expect(findings[0]!.value).toBeCloseTo(-48.8, 1);
    expect(() => stopOnErrors(findings)).toThrow(
      /^audit: EQUITY on 2018-05-31: market-difference must keep to 6\.532, got -48\.79; the column has -1\.948 where the stock market has 0\.02732 /,
    );
  });

  it("have an ENERGY made from opening prices, as their returns at hand show", async () => {
    const opens = await readDated(shippedFile("replication.csv"));
    const fields = {
      open: selectSeries(opens, ["ENERGY"]),
      close: returnsOf(await readPanel(STUDY)),
    };
    expect(auditPanel(await printed(), { fields })).toMatchObject([
      {
        series: "ENERGY",
        check: "field",
        date: null,
        severity: "error",
        remedy:
          "matches open (mean absolute difference 0.001325, n = 5), not close (0.01862): take the log returns of close",
      },
    ]);
  });

  it("have an ENERGY made from opening prices among all fields of the published bars", async (ctx) => {
    needsRaw(ctx);
    const fields = fieldReturns({ ENERGY: await barsOf("thinkorswim-2025-12/VDE.csv") }, "monthly");
    const [finding, ...others] = auditPanel(await printed(), { fields });
    expect(others).toEqual([]);
    expect(finding!.remedy).toContain("matches open");
    expect(finding!.value).toBeCloseTo(0.0186, 4);
  });

  it("have two rows of factors only: the other three are told", async () => {
    const own = await readFactors({
      factors: shippedFile("reported/factors.csv"),
      frequency: "monthly",
    });
    expect(auditPanel(await printed(), { factors: own })).toMatchObject([
      { series: "factors", check: "coverage", date: "2018-03-31", value: 3 },
    ]);
  });
});

describe("published files", () => {
  const kinds = (series: DailyBars) =>
    auditDaily({ X: series }, { frequency: "monthly" }).map(({ series: name, check }) => [
      name,
      check,
    ]);

  const FILES = [
    "yahoo-csv-2024-02/SPY.csv",
    "yahoo-csv-2024-02/BTC-USD.csv",
    "yahoo-yfinance-download-2025-06/UUP.csv",
    "yahoo-yfinance-history-2024-12/BCH-USD.csv",
    "thinkorswim-2025-12/VDE.csv",
  ];

  it.for(FILES)(
    "are clean but for the month they end in, and refused with open and close exchanged: %s",
    async (file, ctx) => {
      needsRaw(ctx);
      const bars = await barsOf(file);
      const ends = kinds(bars);
      expect(ends.filter(([, check]) => check !== "partial")).toEqual([]);
      expect(kinds({ ...bars, open: bars.close, close: bars.open! })).toEqual([
        ...ends,
        ["X", "open-close"],
      ]);
    },
  );

  const raw = (name: string, test: () => Promise<void>) =>
    it(name, async (ctx) => {
      needsRaw(ctx);
      await test();
    });

  raw("have a gold future whose close lies outside of 441 bars", async () => {
    const findings = auditDaily(
      { X: await barsOf("yahoo-csv-2024-02/GC=F.csv") },
      { frequency: "monthly" },
    ).filter(({ check }) => check !== "partial");
    expect(findings).toMatchObject([{ check: "bar-range", severity: "warning" }]);
    expect(findings[0]!.remedy).toContain("441 of 5888");
  });

  raw("have WTI below 0 on 2020-04-20", async () => {
    const close = twoColumns("datahub-oil-prices/wti-daily.csv");
    expect(auditDaily({ X: { close } }, { frequency: "daily" })).toMatchObject([
      {
        check: "non-positive",
        date: "2020-04-20",
        value: -36.98,
        severity: "warning",
      },
    ]);
  });

  raw("have a dollar index without the days of September 2001", async () => {
    const close = twoColumns("dxy-close-2024-03/DX-Y.NYB.csv");
    expect(auditDaily({ X: { close } }, { frequency: "daily" })).toMatchObject([
      { check: "gap", date: "2001-09-11", value: 4 },
    ]);
    expect(kinds({ close })).toEqual([
      ["X", "gap"],
      ["X", "partial"],
    ]);
  });

  raw("have monthly averages of gold, where the panel has month ends", async () => {
    const panel = await readPanel(STUDY);
    const { days, values } = twoColumns("datahub-gold-prices/monthly.csv");
    const at = days.indexOf(dayNumber("2017-12-01"));
    const averages = changed(panel, "GOLD", (_, t) =>
      Math.log(values[at + t + 1]! / values[at + t]!),
    );
    const close = await readPrices(join(RAW, "yahoo-yfinance-download-2025-06/GLD.csv"), {
      column: "Close",
    });
    const findings = auditPanel(averages, {
      fields: fieldReturns({ GOLD: { close } }, "monthly"),
    });
    expect(found(findings)).toEqual([
      ["GOLD", "averages", null],
      ["GOLD", "field", null],
    ]);
    expect(findings[1]!.remedy).toContain("matches average");
  });

  raw("have closes of UUP without its distributions", async () => {
    const { close, adjustedClose } = await barsOf("yahoo-yfinance-download-2025-06/UUP.csv", {
      adjustedClose: "Adj Close",
    });
    const fields = fieldReturns({ FIAT: { close, adjustedClose: adjustedClose! } }, "monthly");
    const fiat = (field: "close" | "adjustedClose"): Map<string, number> =>
      new Map(fields[field]!.dates.map((date, t) => [date, fields[field]!.values[t]!]));
    const panel = await readPanel(STUDY);
    const audit = (field: "close" | "adjustedClose") =>
      auditPanel(
        changed(panel, "FIAT", (_, t) => fiat(field).get(panel.dates[t]!)!),
        { fields },
      );
    expect(audit("adjustedClose")).toEqual([]);
    expect(audit("close")).toMatchObject([{ series: "FIAT", check: "field", severity: "warning" }]);
  });

  raw("differ by vintage in every factor", async () => {
    const monthly = "F-F_Research_Data_5_Factors_2x3.csv";
    const [now, before] = [
      await readFactorFile(join(RAW, "ken-french-2025-12", monthly)),
      await readFactorFile(join(RAW, "ken-french-2024-08", monthly)),
    ];
    const findings = factorRevisions(now, before);
    expect(findings.map(({ series }) => series)).toEqual([
      "Mkt-RF",
      "SMB",
      "HML",
      "RMW",
      "CMA",
      "RF",
    ]);
    expect(auditPanel(await readPanel(STUDY), { factors: before })).toMatchObject([
      { check: "coverage", date: "2024-09-30", value: 3 },
    ]);
  });
});
