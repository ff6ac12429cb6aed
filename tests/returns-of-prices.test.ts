/** A researcher's own files, in whatever form their publishers deliver, become returns on one date index. */

import { join } from "node:path";
import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { auditStudy } from "../lib/src/data/audit/study.js";
import { dailyPrices } from "../lib/src/data/daily-prices.js";
import { readDated } from "../lib/src/data/panel-file.js";
import { returnsOfPrices } from "../lib/src/data/returns-of-prices.js";
import { shippedFile } from "../lib/src/data/shipped.js";
import { isoDate, weekday } from "../lib/src/panel/calendar.js";
import { seriesOf } from "../lib/src/panel/panel.js";
import { periodReturns } from "../lib/src/panel/period-returns.js";
import { stream } from "../lib/src/random.js";
import { needsRaw, RAW, scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) => write(join(folder, `${written++}`), content);

const DAYS = Array.from({ length: 150 }, (_, i) => 18_600 + i);
const WEEKDAYS = DAYS.filter((day) => weekday(day) % 6 !== 0);
const level = (day: number) => 100 + ((day * 37) % 23);

/** One price history, as six publishers would deliver it. */
const COIN: Readonly<Record<string, string | Uint8Array>> = {
  yahoo: [
    "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits",
    ...DAYS.map((d) => `${isoDate(d)} 00:00:00+00:00,1,1,1,${level(d)},1,0,0`),
  ].join("\n"),
  coinMetrics: ["time,BlkCnt,PriceUSD", ...DAYS.map((d) => `${isoDate(d)},1,${level(d)}`)].join(
    "\r\n",
  ),
  // The price at 00:00 UTC of the next day.
  coinGecko: [
    "snapped_at,price,market_cap",
    ...DAYS.map((d) => `${isoDate(d + 1)} 00:00:00 UTC,${level(d)},1`),
  ].join("\n"),
  coinGeckoJson: JSON.stringify({
    prices: DAYS.map((d) => [(d + 1) * 86_400_000, level(d)]),
  }),
  binance: zipSync({
    "BTCUSDT-1d.csv": Buffer.from(
      DAYS.map(
        (d) => `${d * 86_400_000},1,1,1,${level(d)},1,${(d + 1) * 86_400_000 - 1},1,1,1,1,0`,
      ).join("\n"),
    ),
  }),
  investing: [
    '"Date","Price","Change %"',
    ...DAYS.map((d) => {
      const [year, month, day] = isoDate(d).split("-");
      return `"${month}/${day}/${year}","${level(d)}.00","0%"`;
    }).reverse(),
  ].join("\r\n"),
};
/** More of them: comma decimals, no names, other symbols below, a data frame's index, compressed. */
const MORE: Readonly<Record<string, string | Uint8Array>> = {
  german: [
    '"Datum","Zuletzt","Var. %"',
    ...DAYS.map((d) => `"${isoDate(d).split("-").reverse().join(".")}","${level(d)},00","0,1%"`),
  ].join("\n"),
  kraken: DAYS.map((d) => `${d * 86_400},1,1,1,${level(d)},1,1`).join("\n"),
  stacked: [
    ",symbol,date,close",
    ...DAYS.flatMap((d, i) => [`${i},AB,${isoDate(d)},${level(d)}`, `${i},CD,${isoDate(d)},7`]),
  ].join("\n"),
  gzip: gzipSync(
    Buffer.from(
      ["https://example.com", "Unix,Date,Close"]
        .concat(DAYS.map((d) => `${d * 86_400_000},${isoDate(d)},${level(d)}`))
        .join("\n"),
    ),
  ),
};
const FUND = [
  "Symbol: F,,",
  "Date Time,Open,Close",
  ...WEEKDAYS.map((d) => `${isoDate(d)},1,${level(d + 3)}`),
].join("\r\n");

/** Bars of a made-up coin that moves by 1 % or so a day. */
const FIRST = 18_262;
function walk(change: (close: number, i: number) => number, seed = 7): string {
  const { normal } = stream(seed);
  let close = 100;
  const rows = Array.from({ length: 900 }, (_, i) => {
    const open = close;
    close *= Math.exp(0.01 * normal());
    const [low, high] = [Math.min(open, close), Math.max(open, close)];
    const price = change(close, i);
    return [isoDate(FIRST + i), open, Math.max(high, price), low, price].join(",");
  });
  return ["Date,Open,High,Low,Close", ...rows].join("\n");
}

/** The bars above have no range worth a name: only their closes are looked at. */
const NO_AUDIT = { audit: false } as const;

describe("returnsOfPrices", () => {
  it("gives one panel whichever publisher the prices come from", async () => {
    const fund = { name: "FUND", file: file(FUND) };
    const panels = [];
    for (const [publisher, content] of Object.entries({ ...COIN, ...MORE })) {
      const symbol = publisher === "stacked" ? { symbol: "AB" } : {};
      const coin = { name: "COIN", file: file(content), ...symbol };
      panels.push((await returnsOfPrices([coin, fund], "monthly", NO_AUDIT)).returns);
    }
    expect(panels[0]!.dates.length).toBeGreaterThan(3);
    for (const panel of panels) expect(panel).toEqual(panels[0]);
  });

  it("takes series from columns of one wide file, and reads it once", async () => {
    const wide = file(
      [
        "Date,A,B,C",
        ...WEEKDAYS.map((d) => `${isoDate(d)},${level(d)},${level(d + 1)},${level(d + 2)}`),
      ].join("\n"),
    );
    const inputs = ["C", "A"].map((name) => ({
      name,
      file: wide,
      column: name,
    }));
    const { returns, prices } = await returnsOfPrices(inputs, "weekly");
    expect(returns.names).toEqual(["C", "A"]);
    expect(prices.get("C")!.values[0]).toBe(level(WEEKDAYS[0]! + 2));
  });

  it("says what was dropped, of which series, and why", async () => {
    const { dropped } = await returnsOfPrices(
      [{ name: "COIN", file: file(COIN.yahoo!) }],
      "monthly",
      NO_AUDIT,
    );
    expect(dropped).toEqual([
      {
        series: "COIN",
        from: "2020-12-31",
        through: "2020-12-31",
        reason: "begins on 2020-12-04: no price before this period",
      },
      {
        series: "COIN",
        from: "2021-05-31",
        through: "2021-05-31",
        reason: expect.stringMatching(
          /^ends on 2021-05-02: the period is partial, with a log return of -?0\.\d+ so far$/,
        ),
      },
    ]);
  });

  it("ends weeks on the chosen day", async () => {
    const inputs = [{ name: "COIN", file: file(COIN.yahoo!) }];
    const { returns } = await returnsOfPrices(inputs, "weekly", { weekEnd: 0, ...NO_AUDIT });
    expect(returns.dates.map((d) => new Date(d).getUTCDay())).toEqual(returns.dates.map(() => 0));
  });

  it("is periodReturns of dailyPrices", async () => {
    const inputs = [
      {
        name: "FUND",
        file: file(FUND),
        column: "Close",
        clock: "16:00 America/New_York",
      },
      { name: "COIN", file: file(COIN.coinGecko!) },
    ];
    const prices = await dailyPrices(inputs);
    expect([...prices.keys()]).toEqual(["FUND", "COIN"]);
    expect(await returnsOfPrices(inputs, "daily", NO_AUDIT)).toEqual({
      prices,
      findings: [],
      ...periodReturns(prices, "daily"),
    });
  });

  it.each([
    ["monthly", {}],
    ["weekly", {}],
    ["weekly", { weekEnd: 3 }],
    ["daily", {}],
    ["monthly", { how: "outer" }],
  ] as const)("carries the warnings of a study's audit: %s %o", async (frequency, options) => {
    const path = file(walk((close, i) => (i === 300 ? 8 * close : close)));
    const inputs = [
      { name: "COIN", file: path, column: "Close" },
      { name: "LATE", file: file(walk((close) => close, 8)), column: "Close" },
    ];
    const { findings } = await returnsOfPrices(inputs, frequency, options);
    const daily = findings.filter(
      ({ check, place }) => check === "outlier" && place?.includes(":"),
    );
    expect(daily.map(({ series, date, place }) => [series, date, place])).toContainEqual([
      "COIN",
      isoDate(FIRST + 300),
      `${path}:302`,
    ]);
    expect(findings.every(({ severity }) => severity === "warning")).toBe(true);
    if (frequency !== "monthly" || "how" in options) return;
    const study = { returns: "", prices: inputs, frequency, coins: ["COIN", "LATE"], markets: [] };
    expect(findings).toEqual(await auditStudy(study));
  });

  it("stops on an error, as a study does, unless it is told not to audit", async () => {
    const inputs = [{ name: "COIN", file: file(COIN.yahoo!) }];
    await expect(returnsOfPrices(inputs, "monthly")).rejects.toThrow(
      "COIN on 2020-12-06: bar-range must keep to 0.000001, got 121; 150 of 150 bars",
    );
    const { findings } = await returnsOfPrices(inputs, "monthly", NO_AUDIT);
    expect(findings).toEqual([]);
  });

  it("takes the audit's options, and looks at the days of the range", async () => {
    const path = file(walk((close, i) => (i === 300 ? 8 * close : close)));
    const inputs = [{ name: "COIN", file: path, column: "Close" }];
    await expect(
      returnsOfPrices(inputs, "monthly", { audit: { asOf: isoDate(FIRST + 100) } }),
    ).rejects.toThrow("future");
    const { findings } = await returnsOfPrices(inputs, "monthly", {
      range: { from: isoDate(FIRST + 400).slice(0, 7), through: "9999" },
    });
    expect(findings.filter(({ check }) => check === "outlier")).toEqual([]);
  });

  it("keeps the clock that is given, else that of the file", async () => {
    const prices = await dailyPrices([
      { name: "A", file: file(FUND), clock: "16:00 America/New_York" },
      { name: "B", file: file(COIN.yahoo!) },
      { name: "C", file: file(FUND) },
    ]);
    expect([...prices.values()].map(({ clock }) => clock)).toEqual([
      "16:00 America/New_York",
      "UTC+00:00",
      undefined,
    ]);
  });

  it("reads one file by two orders of day and month if it is told to", async () => {
    const path = file("Date,X\n01/02/2021,1\n02/02/2021,2\n03/02/2021,3\n");
    const prices = await dailyPrices([
      { name: "A", file: path, dates: "DMY" },
      { name: "B", file: path, dates: "MDY" },
    ]);
    expect(isoDate(prices.get("A")!.days[0]!)).toBe("2021-02-01");
    expect(isoDate(prices.get("B")!.days[0]!)).toBe("2021-01-02");
  });

  it("refuses two series of one name", async () => {
    const input = { name: "A", file: file(FUND) };
    await expect(dailyPrices([input, input])).rejects.toThrow(
      new RangeError("dailyPrices: every name must occur once, A occurs twice; rename one"),
    );
  });

  it("gives the committed monthly returns from the published files", async (ctx) => {
    needsRaw(ctx);
    const raw = (name: string, path: string) => ({
      name,
      file: join(RAW, path),
      column: "Close",
    });
    const { returns } = await returnsOfPrices(
      [
        raw("BTC", "yahoo-yfinance-history-2024-12/BTC-USD.csv"),
        raw("EQUITY", "yahoo-yfinance-download-2025-06/SPY.csv"),
        raw("ENERGY", "thinkorswim-2025-12/VDE.csv"),
      ],
      "monthly",
      { range: { from: "2018-01", through: "2024-11" } },
    );
    const committed = await readDated(shippedFile("monthly.csv"));
    expect(returns.dates).toEqual(committed.dates);
    for (const name of returns.names)
      expect(seriesOf(returns, name)).toEqual(seriesOf(committed, name));
  });
});
