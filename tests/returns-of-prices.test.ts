/** A researcher's own files, in whatever form their publishers deliver, become returns on one date index. */

import { join } from "node:path";
import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readDated } from "../lib/src/data/panel-file.js";
import { dailyPrices, returnsOfPrices } from "../lib/src/data/returns-of-prices.js";
import { isoDate, weekday } from "../lib/src/panel/calendar.js";
import { seriesOf } from "../lib/src/panel/panel.js";
import { periodReturns } from "../lib/src/panel/period-returns.js";
import { shippedFile } from "../lib/src/study.js";
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

describe("returnsOfPrices", () => {
  it("gives one panel whichever publisher the prices come from", async () => {
    const fund = { name: "FUND", file: file(FUND) };
    const panels = [];
    for (const [publisher, content] of Object.entries({ ...COIN, ...MORE })) {
      const symbol = publisher === "stacked" ? { symbol: "AB" } : {};
      const coin = { name: "COIN", file: file(content), ...symbol };
      panels.push((await returnsOfPrices([coin, fund], "monthly")).returns);
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
    const { returns } = await returnsOfPrices(inputs, "weekly", { weekEnd: 0 });
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
    expect(await returnsOfPrices(inputs, "daily")).toEqual({
      prices,
      ...periodReturns(prices, "daily"),
    });
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
