/** npm run data: the panel from files on disk or from their publishers, or an error that names place and remedy. */

import { execFile, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, it } from "vitest";
import { derivedDayShifts, derivePanel } from "../../lib/src/data/derive.js";
import type { RawFile, Sources } from "../../lib/src/data/published-files.js";
import { readPrices } from "../../lib/src/data/readers/prices.js";
import { sha256 } from "../../lib/src/data/sha256.js";
import { shippedFile } from "../../lib/src/data/shipped.js";
import type { DailySeries } from "../../lib/src/panel/resample.js";
import { tableDayShift } from "../../lib/src/tables/day-shift.js";
import { tableCsv } from "../../lib/src/tables/table.js";
import { level, RAW_LINES, sourcesThrough } from "../support/made-up.js";
import { needsRaw, RAW, ROOT, scratchFolder, write } from "../support/scratch.js";
import { publisher, reply, stall, TODAY, versioned } from "../support/server.js";

const COMMAND = join(ROOT, "tools/dist/data.js");
const folder = scratchFolder();

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });

/** The published files in a folder of their own: links, but for one file that is a copy to be damaged. */
function rawCopy(name: string, damaged: string): string {
  const from = join(folder, `${name}-raw`);
  for (const group of readdirSync(RAW)) {
    mkdirSync(join(from, group), { recursive: true });
    const intact = readdirSync(join(RAW, group)).filter((f) => join(group, f) !== damaged);
    for (const file of intact) symlinkSync(join(RAW, group, file), join(from, group, file));
  }
  copyFileSync(join(RAW, damaged), join(from, damaged));
  return from;
}

/** An old panel of one line per file. */
function oldPanel(name: string): string {
  const out = join(folder, `${name}-out`);
  for (const file of OUTPUTS) write(join(out, file), `old ${file}\n`);
  return out;
}

const OUTPUTS = [
  "README.md",
  "daily.csv",
  "day-shift.csv",
  "factors-daily.csv",
  "factors-monthly.csv",
  "factors-weekly.csv",
  "funds-daily.csv",
  "funds-weekly.csv",
  "monthly.csv",
  "replication.csv",
  "weekly.csv",
];
/** What is made of the shipped list alone, which has a note. */
const NOTE = ["imf-daily.csv", "imf-own-daily.csv"];
/** What is made only where its file is at hand: the publisher serves the last vintage. */
const EARLIER = "factors-monthly-2024-08.csv";

const BTC = "yahoo-yfinance-history-2024-12/BTC-USD.csv";
const FIAT = "fred/DTWEXBGS.csv";
const SPY = "yahoo-yfinance-download-2025-06/SPY.csv";
const VDE = "thinkorswim-2025-12/VDE.csv";
const MONTHS = "ken-french-2025-12/F-F_Research_Data_5_Factors_2x3.csv";

interface Damage {
  readonly file: string;
  /** The lines of the file after the damage; undefined takes the file away. */
  readonly change: (lines: string[]) => readonly string[] | undefined;
  /** What standard error says after the folder's path. */
  readonly message: string;
}

/** Puts a value into one cell, lines and cells counted from 1. */
const cell =
  (line: number, at: number, value: string) =>
  (lines: string[]): string[] => {
    const cells = lines[line - 1]!.split(",");
    cells[at - 1] = value;
    return [...lines.slice(0, line - 1), cells.join(","), ...lines.slice(line)];
  };

const DAMAGES: Readonly<Record<string, Damage>> = {
  "is missing": {
    file: SPY,
    change: () => undefined,
    message: `${SPY}: cannot be read (ENOENT); check the path`,
  },
  "is empty": {
    file: MONTHS,
    change: () => [],
    message: `${MONTHS}: is empty; download the file again`,
  },
  "is a web page": {
    file: FIAT,
    change: () => ["<html><body>Service Unavailable</body></html>"],
    message: `${FIAT}:1: is a web page, not a table (begins with "<html><body>Ser"); the publisher answered with an error page, download the file again`,
  },
  "has another column name": {
    file: BTC,
    change: ([names, ...rows]) => [names!.replace("Close", "Last"), ...rows],
    message: `${BTC}: has no column Close, it has Open, High, Low, Last, Volume, Dividends, Stock Splits; name one of these`,
  },
  "has a date twice": {
    file: VDE,
    change: (lines) => [...lines.slice(0, 100), lines[50]!, ...lines.slice(100)],
    message: `${VDE}:101: date 2004-12-07 stands already in line 51; delete one of the two rows`,
  },
  "has a cell that is no number": {
    file: SPY,
    change: cell(1000, 2, "n/k"),
    message: `${SPY}:1000: Close must be a number, got "n/k"; correct the cell, or empty it if the value is missing`,
  },
  "has prices that are not positive": {
    file: BTC,
    change: (lines) => lines.map((line) => line.replace(/,(\d+\.\d+)/g, ",-$1")),
    message: `${BTC}:2: Close must be above 0 for a log return, got -457.3340148925781 on 2014-09-17 (3735 of 3735 values are not); choose a column of prices`,
  },
  "lacks a factor": {
    file: MONTHS,
    change: cell(10, 3, ""),
    message: `${MONTHS}:10: SMB must be a number, got ""; fill the cell from the source`,
  },
};

describe.concurrent("npm run data -- --from DIR", () => {
  it("says how it is called when an option is unknown", async ({ expect }) => {
    expect(await run("--form", folder)).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(
        /\nusage: npm run data \[-- --from DIR --out DIR --sources FILE --cache DIR --dry-run\]\n$/,
      ),
    });
  });

  it("names a folder that is not there", async ({ expect }) => {
    const from = join(folder, "absent");
    expect(await run("--from", from)).toEqual({
      code: 1,
      stdout: "",
      stderr: `${from}: there is no such folder; correct --from\n`,
    });
  });

  it("makes the committed panel and its README, byte for byte", async (ctx) => {
    needsRaw(ctx);
    const { expect } = ctx;
    const out = join(folder, "whole-out");
    expect(await run("--from", RAW, "--out", out)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /\nMoves below 0\.00005 count as rounding; 71 of 71 columns did not change\.\n$/,
      ),
      stderr: "",
    });
    const made = [...OUTPUTS, ...NOTE, EARLIER].sort();
    expect(readdirSync(out)).toEqual(made);
    for (const file of made)
      expect(readFileSync(join(out, file), "utf8"), file).toBe(
        readFileSync(shippedFile(file), "utf8"),
      );
  });

  it("keeps the factors of an earlier vintage, and what the README says of them, where their file is not at hand", async (ctx) => {
    needsRaw(ctx);
    const { expect } = ctx;
    const from = rawCopy("newest", BTC);
    rmSync(join(from, "ken-french-2024-08"), { recursive: true });
    const out = oldPanel("newest");
    copyFileSync(shippedFile("README.md"), join(out, "README.md"));
    write(join(out, EARLIER), "old\n");
    expect(await run("--from", from, "--out", out)).toMatchObject({ code: 0 });
    expect(readFileSync(join(out, EARLIER), "utf8")).toBe("old\n");
    expect(readFileSync(join(out, "README.md"), "utf8")).toBe(
      readFileSync(shippedFile("README.md"), "utf8"),
    );
  });

  it.for(Object.entries(DAMAGES))(
    "leaves the old panel when a file %s, and names the file, the place and the remedy",
    async ([name, { file, change, message }], ctx) => {
      needsRaw(ctx);
      const { expect } = ctx;
      const from = rawCopy(name, file);
      const lines = readFileSync(join(from, file), "utf8").split("\n");
      const changed = change(lines);
      rmSync(join(from, file));
      if (changed) write(join(from, file), changed.join("\n"));
      const out = oldPanel(name);

      expect(await run("--from", from, "--out", out)).toEqual({
        code: 1,
        stdout: "",
        stderr: `${join(from, message)}\n`,
      });
      expect(readdirSync(out)).toEqual(OUTPUTS);
      for (const old of OUTPUTS) expect(readFileSync(join(out, old), "utf8")).toBe(`old ${old}\n`);
    },
  );
});

const host = await publisher();

/** Made-up sources with publishers, a cache and an old panel of their own. */
function downloads(name: string) {
  const cache = join(folder, `${name}-cache`);
  const out = oldPanel(name);
  const list = join(folder, `${name}.json`);
  const sources = sourcesThrough("2021-05");
  const { monthly, daily } = sources.factors;
  const located = <S extends RawFile>(source: S): S => ({
    ...source,
    download: {
      url: `${host.origin}/${name}/${source.file}`,
      file: source.file,
    },
  });
  const serve = (file: string, lines = RAW_LINES[file]!) =>
    host.serves(`/${name}/${file}`, versioned(lines.join("\n"), `"${sha256(lines.join())}"`));
  for (const file of Object.keys(RAW_LINES)) serve(file);
  write(
    list,
    JSON.stringify({
      ...sources,
      series: sources.series.map(located),
      funds: sources.funds.map(located),
      replication: sources.replication.map(located),
      factors: { monthly: located(monthly), daily: located(daily) },
    }),
  );
  return {
    cache,
    out,
    serve,
    args: ["--sources", list, "--cache", cache, "--out", out],
    panel: () =>
      Object.fromEntries(
        readdirSync(out).map((file) => [file, readFileSync(join(out, file), "utf8")]),
      ),
  };
}

/** The price of one day of the market becomes another. */
const revised = (date: string, price: number) =>
  RAW_LINES["market.csv"]!.map((line) => (line.startsWith(date) ? `${date},${price}` : line));

/** What the addresses of sources answer if their files are those at hand: bytes of FRED, zips of French, charts of Yahoo. */
async function published({
  series,
  funds,
  note,
  replication,
  factors,
}: Sources): Promise<Map<string, string | Uint8Array>> {
  const bodies = new Map<string, string | Uint8Array>();
  for (const { file, download } of Object.values(factors))
    bodies.set(download!.url, zipSync({ "member.csv": readFileSync(join(RAW, file)) }));
  const charts = new Map<string, Record<string, DailySeries>>();
  for (const { file, column, download } of [
    ...series,
    ...funds,
    ...(note?.series ?? []),
    ...replication,
  ]) {
    const { url, column: name = column } = download!;
    if (!url.includes("yahoo")) {
      bodies.set(url, readFileSync(join(RAW, file)));
      continue;
    }
    const daily = await readPrices(join(RAW, file), { column });
    charts.set(url, { ...charts.get(url), [name]: daily });
  }
  for (const [url, columns] of charts) bodies.set(url, yahooChart(columns, url.includes("-USD")));
  return bodies;
}

/** Yahoo's chart JSON of columns on the same days: bars of coins begin at midnight UTC, others at half past nine in New York. */
function yahooChart(columns: Readonly<Record<string, DailySeries>>, coin: boolean): string {
  const { Open, Close, "Adj Close": adjusted } = columns;
  const { days } = Object.values(columns)[0]!;
  const list = (column?: DailySeries) => [...(column?.values ?? [])];
  const result = {
    meta: coin
      ? { gmtoffset: 0, exchangeTimezoneName: "UTC" }
      : { gmtoffset: -18_000, exchangeTimezoneName: "America/New_York" },
    timestamp: Array.from(days, (day) => day * 86_400 + (coin ? 0 : 52_200)),
    indicators: {
      quote: [{ open: list(Open), close: list(Close) }],
      ...(adjusted ? { adjclose: [{ adjclose: list(adjusted) }] } : {}),
    },
  };
  return JSON.stringify({ chart: { result: [result], error: null } });
}

const KEPT = "the committed panel stays in use; to build from files on disk use --from DIR\n";

describe.concurrent("npm run data", () => {
  it("makes the panel of the files that it downloads, described with day and SHA-256", async ({
    expect,
  }) => {
    const { args, panel, cache } = downloads("first");
    expect(await run(...args)).toMatchObject({ code: 0, stderr: "" });
    const from = join(folder, "first-local");
    for (const [file, lines] of Object.entries(RAW_LINES))
      write(join(from, file), lines.join("\n"));
    const files = await derivePanel(from, sourcesThrough("2021-05"));
    const readme = panel()["README.md"]!;
    const shifts = await derivedDayShifts(from, sourcesThrough("2021-05"));
    expect(panel()).toEqual({
      "README.md": readme,
      "day-shift.csv": tableCsv(tableDayShift(shifts, "")),
      ...Object.fromEntries(files.map(({ name, csv }) => [name, csv])),
    });
    const hash = sha256(readFileSync(join(cache, "coin.csv"))).slice(0, 12);
    expect(readme).toContain(
      `| COIN | log return | made up; column Close, taken at the end of the day | ${TODAY} | \`${hash}\` |`,
    );
  });

  it("leaves the old panel when the audit refuses a series, names file, value and remedy, and prints what it doubts of others", async ({
    expect,
  }) => {
    const { args, panel, serve } = downloads("refused");
    const before = panel();
    // From the second of these days on, the price stands still.
    const still = RAW_LINES["market.csv"]!.map((line) =>
      line >= "2021-04-12" && line < "2021-05-01" ? `${line.slice(0, 10)},110` : line,
    );
    serve("market.csv", still);
    const doubt = /^warning: \S+market\.csv:88: MARKET on 2021-04-13: stale must keep to /m;
    const dry = await run(...args, "--dry-run");
    expect(dry).toMatchObject({ code: 0, stderr: "" });
    expect(dry.stdout).toMatch(doubt);
    expect(panel()).toEqual(before);

    const list = args[1]!;
    write(list, readFileSync(list, "utf8").replace('"column":"Close"', '"column":"Open"'));
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(
      /^\S+coin\.csv: COIN: field must keep to 0, got 0\.\d+; matches open \(mean absolute difference 0, n = 5\), not close \(0\.\d+\): take the log returns of close$/m,
    );
    expect(panel()).toEqual(before);
  });

  it("asks a second time for changes only, and says which values moved, from what to what", async ({
    expect,
  }) => {
    const { args, panel, serve, cache } = downloads("second");
    await run(...args);
    const before = panel();

    // The last weekday of March: two monthly returns move, that of March and that of April.
    serve("market.csv", revised("2021-03-31", 110));
    const dry = await run(...args, "--dry-run");
    expect(panel()).toEqual(before);
    expect(host.asked("/second/coin.csv")[1]).toHaveProperty("if-none-match");
    const { code, stdout } = await run(...args);
    expect(dry.stdout).toBe(`${stdout}nothing was written (--dry-run)\n`);
    expect(code).toBe(0);
    const old = level("2021-03-31", 3);
    const last = level("2021-02-26", 3);
    const next = level("2021-04-30", 3);
    const moves = readFileSync(join(cache, "moves.csv"), "utf8").split("\n");
    expect(moves.filter((line) => line.startsWith("monthly"))).toEqual(
      [
        ["2021-03-31", Math.log(old / last), Math.log(110 / last)] as const,
        ["2021-04-30", Math.log(next / old), Math.log(next / 110)] as const,
      ].map(([date, was, is]) => `monthly.csv,MARKET,${date},${was},${is},${is - was}`),
    );
    expect(stdout).toMatch(
      /\nmonthly\.csv +MARKET +5 +2 +2021-0[34]-3\d +−?0\.\d{5} +−?0\.\d{5} +0 +0\n/,
    );
    expect(panel()["monthly.csv"]).not.toBe(before["monthly.csv"]);
  });

  it("leaves the old panel, and keeps the good copies, when one file cannot be had", async ({
    expect,
  }) => {
    const { args, panel, serve, cache } = downloads("one-fails");
    const before = panel();
    serve("market.csv", revised("2021-03-31", 110));
    host.serves("/one-fails/days.csv", reply(200, "<html>We are improving our site</html>"));
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(
      `${host.origin}/one-fails/days.csv: answered 200 with a file that cannot be used (begins "<html>We are improving our site</html>"): days.csv:1: is a web page, not a table (begins with "<html>We are im"); the publisher answered with an error page, download the file again: ${KEPT}`,
    );
    expect(panel()).toEqual(before);
    expect(readFileSync(join(cache, "market.csv"), "utf8")).toContain("2021-03-31,110");
  });

  it("leaves the old panel when a file ends before the range does", async ({ expect }) => {
    const { args, panel, serve } = downloads("ends-early");
    const before = panel();
    serve("months.csv", RAW_LINES["months.csv"]!.slice(0, -1));
    expect(await run(...args)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^factors-monthly\.csv: must have a return for 2021-05-31, but months\.csv has none: /,
      ),
    });
    expect(panel()).toEqual(before);
  });

  it("replaces a panel that is damaged, and names it", async ({ expect }) => {
    const { args, panel, out } = downloads("damaged");
    const { code, stdout } = await run(...args);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `${join(out, "weekly.csv")}: is no panel file, every value counts as added\n`,
    );
    expect(panel()["weekly.csv"]).toMatch(/^date,COIN,MARKET\n2021-01-01,/);
  });

  it("says in one sentence that there is no network", async ({ expect }) => {
    const { args, panel } = downloads("offline");
    const before = panel();
    const list = args[1]!;
    const away = readFileSync(list, "utf8").replaceAll(host.origin, "https://nowhere.invalid");
    write(list, away);
    expect(await run(...args)).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(
        new RegExp(`^cannot reach nowhere\\.invalid \\((ENOTFOUND|EAI_AGAIN)\\): ${KEPT}$`),
      ),
    });
    expect(panel()).toEqual(before);
  });

  it("names a list of sources that is not there", async ({ expect }) => {
    const absent = join(folder, "absent.json");
    expect(await run("--sources", absent)).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/absent\.json: cannot be read \(ENOENT\); check the path\n$/),
    });
  });

  it("makes the committed panel of the shipped sources as their publishers serve them", async (ctx) => {
    needsRaw(ctx);
    const { expect } = ctx;
    const shipped = JSON.parse(readFileSync(shippedFile("sources.json"), "utf8")) as Sources;
    const here = (text: string) => text.replaceAll(/https:\/\/[^/"]+/g, host.origin);
    for (const [url, body] of await published(shipped))
      host.serves(
        here(url).slice(host.origin.length),
        reply(200, body, { date: "Fri, 01 May 2026 00:00:00 GMT" }),
      );
    const list = write(join(folder, "shipped.json"), here(JSON.stringify(shipped)));
    const out = join(folder, "shipped-out");
    expect(
      await run(
        ...["--sources", list, "--out", out],
        ...["--cache", join(folder, "shipped-cache")],
      ),
    ).toMatchObject({ code: 0, stderr: "" });
    for (const file of [...OUTPUTS, ...NOTE].filter((name) => name.endsWith(".csv")))
      expect(readFileSync(join(out, file), "utf8"), file).toBe(
        readFileSync(shippedFile(file), "utf8"),
      );
  });

  it.skipIf(process.platform === "win32")(
    "leaves nothing half-written when it is interrupted",
    async ({ expect }) => {
      const { args, panel, cache } = downloads("interrupted");
      const before = panel();
      const waiting = new Promise<void>((asked) =>
        host.serves("/interrupted/months.csv", (request, response) => {
          stall("months")(request, response);
          asked();
        }),
      );
      const child = spawn(process.execPath, [COMMAND, ...args]);
      await waiting;
      child.kill("SIGINT");
      expect(await new Promise((end) => child.once("exit", end))).toBe(130);
      expect(panel()).toEqual(before);
      expect(readdirSync(cache).sort()).toEqual(
        ["coin.csv", "market.csv"].flatMap((f) => [f, `${f}.origin.json`]),
      );
    },
  );
});
