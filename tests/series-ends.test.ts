/** What of a series belongs to a panel: its last period, prices without a logarithm, and its name. */

import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rollingBeta } from "../lib/src/betas/rolling.js";
import { auditDaily } from "../lib/src/data/audit/daily.js";
import { readPanel } from "../lib/src/data/panel-file.js";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { returnsOfPrices } from "../lib/src/data/returns-of-prices.js";
import { amplitudes } from "../lib/src/panel/amplitude.js";
import { isoDate } from "../lib/src/panel/calendar.js";
import { stream } from "../lib/src/random.js";
import { readStudy } from "../lib/src/study-file.js";
import { tableAmplitude } from "../lib/src/tables/amplitude.js";
import { tableBetas } from "../lib/src/tables/betas.js";
import { tableReturns } from "../lib/src/tables/returns.js";
import { tableCsv } from "../lib/src/tables/table.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;
const file = (content: string | Uint8Array) => write(join(folder, `${written++}`), content);

describe("ends of series", () => {
  const DEAD = "Date,Close\n2022-03-31,60\n2022-04-29,60\n2022-05-11,1\n2022-05-12,0.01\n";
  const ALIVE = "Date,Close\n2022-03-31,20\n2022-04-29,21\n2022-05-31,22\n2022-06-30,23\n";
  const monthly = (dead: object) =>
    returnsOfPrices(
      [
        { name: "DEAD", file: file(DEAD), ...dead },
        { name: "ALIVE", file: file(ALIVE) },
      ],
      "monthly",
      { how: "outer" },
    );

  it("keep the last return of an asset that died", async () => {
    const { returns } = await monthly({ ends: "delisted" });
    expect(returns.dates).toEqual(["2022-04-30", "2022-05-31", "2022-06-30"]);
    expect(returns.values[2]).toBe(Math.log(0.01 / 60));
    expect(returns.values[4]).toBeNaN();
  });

  it("are asked for where the other series go on, with the size of the last move", async () => {
    const { returns, dropped } = await monthly({});
    expect(returns.values[2]).toBeNaN();
    expect(dropped.at(-1)!.reason).toBe(
      'ends on 2022-05-12: the period is partial, with a log return of -8.7 so far; other series go on: say ends: "delisted" if the asset ended there, ends: "complete" if the period was over, or obtain later prices',
    );
    const close = await readPrices(file(DEAD));
    const [finding] = auditDaily({ DEAD: { close } }, { frequency: "monthly" }).filter(
      ({ check }) => check === "partial",
    );
    expect(finding!.remedy).toContain('log return is -8.7 so far: say ends: "delisted"');
    const declared = { ...close, ends: "delisted" as const };
    expect(
      auditDaily({ DEAD: { close: declared } }, { frequency: "monthly" }).map(({ check }) => check),
    ).not.toContain("partial");
  });

  const lastReturn = async (days: readonly string[], others: readonly string[] = []) => {
    const text = (dates: readonly string[]) =>
      `Date,X\n${dates.map((date, i) => `${date},${10 + i}`).join("\n")}\n`;
    const { returns } = await returnsOfPrices(
      [
        { name: "X", file: file(text(days)) },
        ...(others.length > 0 ? [{ name: "Y", file: file(text(others)) }] : []),
      ],
      "monthly",
      { how: "outer" },
    );
    const rows = returns.dates.filter(
      (_, t) => !Number.isNaN(returns.values[t * returns.names.length]!),
    );
    return rows.at(-1);
  };

  it("are whole on the last trading day before a holiday", async () => {
    // Good Friday; Frankfurt's last day; Memorial Day.
    expect(await lastReturn(["2024-02-29", "2024-03-27", "2024-03-28"])).toBe("2024-03-31");
    expect(await lastReturn(["2024-11-29", "2024-12-27", "2024-12-30"])).toBe("2024-12-31");
    expect(await lastReturn(["2021-04-30", "2021-05-27", "2021-05-28"])).toBe("2021-05-31");
  });

  it("are not whole where the series has traded on the holiday, or the day is none", async () => {
    const traded = ["2024-10-30", "2024-10-31", "2019-12-31"].sort();
    expect(await lastReturn([...traded, "2024-11-29", "2024-12-27", "2024-12-30"])).toBe(
      "2024-11-30",
    );
    expect(await lastReturn(["2024-01-31", "2024-02-27", "2024-02-28"])).not.toBe("2024-02-29");
  });

  it("are whole where the panel's other series of weekdays were closed for the rest of the period", async () => {
    // Shanghai before the new year of 2022.
    const days = ["2021-12-30", "2021-12-31", "2022-01-27", "2022-01-28"];
    expect(await lastReturn(days)).not.toBe("2022-01-31");
    expect(await lastReturn(days, [...days, "2022-02-07", "2022-02-08"])).toBe("2022-01-31");
  });

  it("are whole where the study says so", async () => {
    const text = "Date,X\n2024-01-31,1\n2024-02-27,2\n2024-02-28,3\n";
    const { returns } = await returnsOfPrices(
      [{ name: "X", file: file(text), ends: "complete" }],
      "monthly",
    );
    expect(returns.dates).toEqual(["2024-02-29"]);
  });
});

describe("prices that are not above 0", () => {
  const text = (april: string) =>
    `Date,WTI\n2020-03-30,20\n2020-03-31,21\n2020-04-20,-36.98\n2020-04-${april}\n2020-05-28,34\n2020-05-29,35\n2020-06-29,38\n2020-06-30,39\n`;

  it("within a month leave all months their returns, and are said", async () => {
    const { returns, prices } = await returnsOfPrices(
      [{ name: "WTI", file: file(text("30,19")) }],
      "monthly",
    );
    expect([...returns.values]).toEqual([Math.log(19 / 21), Math.log(35 / 19), Math.log(39 / 35)]);
    expect(prices.get("WTI")!.notes).toEqual([
      "WTI is not above 0 in 1 of 8 rows (-36.98 on 2020-04-20): a period that ends on such a price has no return",
    ]);
  });

  it("at a month's end take only the returns to and from it", async () => {
    const { returns, dropped } = await returnsOfPrices(
      [{ name: "WTI", file: file(text("30,-1")) }],
      "monthly",
    );
    expect(returns.dates).toEqual(["2020-06-30"]);
    expect(dropped.at(-1)).toEqual({
      series: "WTI",
      from: "2020-04-30",
      through: "2020-05-31",
      reason:
        "the price of the period that ends on 2020-04-30 is -1: a log return needs prices above 0",
    });
  });
});

describe("names of digits", () => {
  it("keep the order in which they were asked for", async () => {
    const series = (name: string, scale: number) => ({
      name,
      file: file(
        `Date,Close\n2021-01-29,${scale}\n2021-02-26,${scale + 1}\n2021-03-31,${scale + 2}\n`,
      ),
    });
    const { returns, prices } = await returnsOfPrices(
      [series("BTC", 1), series("600519", 10)],
      "monthly",
    );
    expect(returns.names).toEqual(["BTC", "600519"]);
    expect([...returns.values.subarray(0, 2)]).toEqual([Math.log(2), Math.log(11 / 10)]);
    expect([...prices.keys()]).toEqual(["BTC", "600519"]);
  });

  it("keep the study's order in its tables and betas.csv", async () => {
    const draw = stream("names of digits");
    const levels = [100, 100, 100, 100];
    const rows = Array.from({ length: 2588 }, (_, d) => {
      for (const i of levels.keys()) levels[i]! *= Math.exp(0.02 * draw.normal());
      return [isoDate(17501 + d), ...levels].join(",");
    });
    write(join(folder, "digits.csv"), ["date,7,600519,GOLD,BTC", ...rows].join("\n"));
    // As keys of an object, 7 and 600519 would stand first.
    const coins = ["BTC", "600519", "7"];
    const keys = { kind: "prices", returns: "digits.csv", coins, markets: ["GOLD"] };
    const study = await readStudy(write(join(folder, "digits.json"), JSON.stringify(keys)));
    const panel = await readPanel(study);
    expect(panel.coins).toEqual(coins);
    expect(tableCsv(tableReturns(panel, "")).split("\n")[0]).toBe("date,BTC,600519,7,GOLD");
    expect(tableAmplitude(amplitudes(panel), "").rows.map(([series]) => series)).toEqual([
      ...coins,
      "GOLD",
    ]);
    const path = rollingBeta(panel, { lookback: 12 });
    const named = { marketSet: "GOLD", estimator: "rolling", update: "updated", path } as const;
    const lines = tableCsv(tableBetas([named], ""))
      .split("\n")
      .slice(1, -1);
    expect([...new Set(lines.map((line) => line.split(",")[1]))]).toEqual(coins);
  });
});
