/** Downloads: what is kept, what is asked again, and what a misbehaving publisher cannot do. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Sources } from "../lib/src/data/derive.js";
import { derivePanel } from "../lib/src/data/derive.js";
import { type DownloadOptions, type DownloadRequest, download } from "../lib/src/data/download.js";
import { downloadSources } from "../lib/src/data/download-sources.js";
import { readFactorFile } from "../lib/src/data/readers/ken-french.js";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { sha256 } from "../lib/src/data/sha256.js";
import { DataError } from "../lib/src/types.js";
import { RAW_LINES, sourcesThrough } from "./support/made-up.js";
import { scratchFolder, write } from "./support/scratch.js";
import {
  cutOff,
  hangUp,
  type Publisher,
  publisher,
  type Reply,
  reply,
  silence,
  stall,
  TODAY,
  versioned,
} from "./support/server.js";

const folder = scratchFolder();
const fred = await publisher();
const yahoo = await publisher();
const quiet = await publisher();

/** For who never answers: short enough for a test, long enough for a local server on a busy machine to answer at last. */
const SHORT = 150;
/** A wait that no test survives: who waits it does not heed the Retry-After. */
const FOR_EVER = 1e6;

const PRICES = "observation_date,XYZ\n2021-01-04,100\n2021-01-05,101\n";
const REVISED = PRICES.replace("101", "102");

const ZIP = zipSync({
  "months.CSV": Buffer.from(RAW_LINES["months.csv"]!.join("\r\n")),
});
/** A byte of the packed lines. */
const MIDDLE = 60;
const CHART =
  '{"chart":{"result":[{"meta":{"gmtoffset":0},"timestamp":[1609718400],"indicators":{"quote":[{"close":[1]}],"adjclose":[{"adjclose":[1]}]}}],"error":null}}';
const CHART_ERROR =
  '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}';

let count = 0;
/** A file of its own for each test, with what its address answers. */
function served(...replies: Reply[]): DownloadRequest {
  const path = `/${count++}.csv`;
  fred.serves(path, ...replies);
  return {
    url: `${fred.origin}${path}`,
    file: `fred${path}`,
    check: async (file) => void (await readPrices(file, { column: "XYZ" })),
  };
}

const get = (requests: readonly DownloadRequest[], options: Partial<DownloadOptions> = {}) =>
  download(requests, {
    folder,
    retries: 2,
    backoffMs: 1,
    ...options,
  });

const tries = ({ url }: DownloadRequest) => fred.asked(new URL(url).pathname);
const copy = ({ file }: DownloadRequest) => readFileSync(join(folder, file), "utf8");
const message = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: Error) => {
      expect(error).toBeInstanceOf(DataError);
      return error.message;
    },
  );

describe("download", () => {
  it("keeps the file, its SHA-256, and the day by the publisher's clock", async () => {
    const request = served(reply(200, PRICES));
    expect(await get([request])).toEqual([
      {
        file: request.file,
        sha256: sha256(PRICES),
        retrieved: TODAY,
        notModified: false,
      },
    ]);
    expect(copy(request)).toBe(PRICES);
    expect(tries(request)[0]).toMatchObject({ "user-agent": "neural-beta" });
  });

  it("unpacks a compressed answer", async () => {
    const request = served(reply(200, gzipSync(PRICES), { "content-encoding": "gzip" }));
    expect(await get([request])).toMatchObject([{ sha256: sha256(PRICES) }]);
  });

  it("says which file is asked for, how many are done and how many there are", async () => {
    const requests = [served(reply(200, PRICES)), served(reply(200, PRICES))];
    const seen: unknown[] = [];
    await get(requests, { onProgress: (...step) => void seen.push(step) });
    expect(seen).toEqual([
      [requests[0]!.file, 0, 2],
      [requests[1]!.file, 1, 2],
    ]);
  });

  it("asks one host one thing at a time, and other hosts meanwhile", async () => {
    const answered: string[] = [];
    const slowly: Reply = (request, response) =>
      void setTimeout(() => {
        answered.push(request.headers.host!);
        reply(200, PRICES)(request, response);
      }, 20);
    const at = (host: Publisher, file: string): DownloadRequest => {
      host.serves(`/${file}`, slowly);
      return { ...served(), url: `${host.origin}/${file}`, file };
    };
    await get([...["a", "b", "c"].map((file) => at(quiet, file)), at(yahoo, "d")]);
    expect(quiet.mostAtOnce()).toBe(1);
    expect(answered.indexOf(new URL(yahoo.origin).host)).toBeLessThan(2);
  });
});

describe("download, on a copy at hand", () => {
  it("is told by ETag that there is nothing newer, and keeps copy and day", async () => {
    const request = served(
      reply(200, PRICES, { etag: '"one"' }),
      reply(304, "", { date: "Sun, 13 Jun 2021 10:00:00 GMT" }),
    );
    await get([request]);
    expect(await get([request])).toMatchObject([
      { sha256: sha256(PRICES), retrieved: TODAY, notModified: true },
    ]);
    expect(tries(request)[1]).toMatchObject({ "if-none-match": '"one"' });
    expect(copy(request)).toBe(PRICES);
  });

  it("is told so by Last-Modified", async () => {
    const lastModified = "Fri, 11 Jun 2021 00:00:00 GMT";
    const request = served(reply(200, PRICES, { "last-modified": lastModified }), reply(304));
    await get([request]);
    expect(await get([request])).toMatchObject([{ notModified: true }]);
    expect(tries(request)[1]).toMatchObject({
      "if-modified-since": lastModified,
    });
  });

  it("has the first day of the same bytes where a publisher sends them whole again", async () => {
    const request = served(
      reply(200, PRICES),
      reply(200, PRICES, { date: "Sun, 13 Jun 2021 10:00:00 GMT" }),
      reply(200, REVISED, { date: "Mon, 14 Jun 2021 10:00:00 GMT" }),
    );
    await get([request]);
    expect(await get([request])).toMatchObject([{ retrieved: TODAY, notModified: true }]);
    expect(await get([request])).toMatchObject([{ retrieved: "2021-06-14", notModified: false }]);
  });

  it("is replaced by a revised history", async () => {
    const request = served(reply(200, PRICES, { etag: '"one"' }), versioned(REVISED, '"two"'));
    await get([request]);
    expect(await get([request])).toMatchObject([{ sha256: sha256(REVISED), notModified: false }]);
    expect(copy(request)).toBe(REVISED);
    expect(await get([request])).toMatchObject([{ notModified: true }]);
  });

  it.each([
    ["was changed on disk", (path: string) => write(path, REVISED)],
    ["has a record that is cut off", (path: string) => write(`${path}.origin.json`, "{")],
  ])("is fetched anew where it %s", async (_, damage) => {
    const request = served(versioned(PRICES, '"one"'));
    await get([request]);
    damage(join(folder, request.file));
    expect(await get([request])).toMatchObject([{ sha256: sha256(PRICES) }]);
    expect(tries(request)[1]).not.toHaveProperty("if-none-match");
    expect(copy(request)).toBe(PRICES);
  });

  it("is no copy of another address", async () => {
    const request = served(versioned(PRICES, '"one"'));
    await get([request]);
    const moved = { ...request, url: `${request.url}?moved` };
    fred.serves(`${new URL(request.url).pathname}?moved`, reply(200, REVISED));
    expect(await get([moved])).toMatchObject([{ notModified: false }]);
    expect(fred.asked(`${new URL(request.url).pathname}?moved`)[0]).not.toHaveProperty(
      "if-none-match",
    );
  });

  it.each([
    [
      "a web page with status 200",
      "<html><body>Service Unavailable</body></html>",
      `(begins "<html><body>Service Unavailable</body></html>"): FILE:1: is a web page, not a table (begins with "<html><body>Ser"); the publisher answered with an error page, download the file again`,
    ],
    [
      "a file whose column has vanished",
      PRICES.replace("XYZ", "ABC"),
      `(begins "observation_date,ABC\\n2021-01-04,100\\n2021-01-05,101"): FILE: has no column XYZ, it has ABC; name one of these`,
    ],
    ["nothing", "", "(an empty body): FILE: is empty; download the file again"],
  ])("stays when %s comes", async (_, body, expected) => {
    const request = served(reply(200, PRICES), reply(200, body));
    await get([request]);
    expect(await message(get([request]))).toBe(
      `${request.url}: answered 200 with a file that cannot be used ${expected.replace("FILE", request.file)}`,
    );
    expect(tries(request)).toHaveLength(2);
    expect(copy(request)).toBe(PRICES);
    expect(readdirSync(folder).filter((f) => f.startsWith("."))).toEqual([]);
  });

  it.each([
    [
      "a zip that is cut off",
      ZIP.slice(0, -40),
      /begins "PK.*: FILE: is a zip that is cut off or damaged \(.*\); download the file again$/,
    ],
    [
      "a zip of which one bit has changed",
      ZIP.map((byte, i) => (i === MIDDLE ? byte ^ 1 : byte)),
      /: FILE: is a zip that .*; download the file again$/,
    ],
  ])("stays when %s comes", async (_, body, expected) => {
    const request = {
      ...served(reply(200, ZIP), reply(200, body)),
      check: async (path: string) => void (await readFactorFile(path)),
    };
    await get([request]);
    expect((await message(get([request]))).replaceAll(request.file, "FILE")).toMatch(expected);
    expect(readFileSync(join(folder, request.file))).toEqual(Buffer.from(ZIP));
  });

  it.each([
    ["is an error", CHART_ERROR, /No data found, symbol may be delisted/],
    [
      "lacks the column",
      CHART.replace("adjclose", "gone"),
      /: has no column Adj Close, it has Close; name one of these$/,
    ],
  ])("stays when a chart with status 200 %s", async (_, body, expected) => {
    const request = {
      ...served(reply(200, CHART), reply(200, body)),
      check: async (path: string) => void (await readPrices(path, { column: "Adj Close" })),
    };
    await get([request]);
    expect(await message(get([request]))).toMatch(expected);
    expect(copy(request)).toBe(CHART);
  });

  it("stays when a file of another SHA-256 than the expected comes", async () => {
    const request = served(reply(200, PRICES), reply(200, REVISED));
    const pinned = { ...request, sha256: sha256(PRICES) };
    await get([pinned]);
    expect(await message(get([pinned]))).toBe(
      `${request.url}: has SHA-256 ${sha256(REVISED)}, not the expected ${sha256(PRICES)}; the publisher has another file now: look at what changed, then correct or delete the expected one`,
    );
    expect(copy(request)).toBe(PRICES);
  });

  it("is not enough where another SHA-256 is expected since", async () => {
    const request = served(versioned(PRICES, '"one"'));
    await get([request]);
    expect(await message(get([{ ...request, sha256: sha256(REVISED) }]))).toMatch(
      /: has SHA-256 .*, not the expected /,
    );
  });
});

describe("download, from a publisher that misbehaves", () => {
  it("does not ask again for what is not there", async () => {
    const request = served(reply(404, "No such series"));
    expect(await message(get([request]))).toBe(
      `${request.url}: answered 404 (begins "No such series"); open the address in a browser, and correct it where the publisher has moved the file`,
    );
    expect(tries(request)).toHaveLength(1);
    expect(existsSync(join(folder, request.file))).toBe(false);
  });

  it("refuses a 304 that it did not ask for", async () => {
    expect(await message(get([served(reply(304))]))).toMatch(/: answered 304 /);
  });

  it.each([
    ["429", reply(429, "Too Many Requests")],
    ["503", reply(503)],
    ["408", reply(408)],
    ["a broken connection", hangUp],
    ["a body that is cut off", cutOff(PRICES)],
    ["silence", silence],
    ["a body that stalls", stall(PRICES)],
  ])("asks again after %s", async (_, trouble) => {
    const request = served(trouble, trouble, reply(200, PRICES));
    expect(await get([request], { timeoutMs: SHORT })).toMatchObject([{ sha256: sha256(PRICES) }]);
    expect(tries(request)).toHaveLength(3);
  });

  it.each([
    ["503", reply(503, "Down"), 'answered 503 (begins "Down")'],
    ["a broken connection", hangUp, "broke the connection (UND_ERR_SOCKET)"],
    ["a body that is cut off", cutOff(PRICES), "broke the connection (UND_ERR_SOCKET)"],
    ["silence", silence, "gave no whole answer within 0.15 s"],
    ["a body that stalls", stall(PRICES), "gave no whole answer within 0.15 s"],
  ])("gives up on %s, and leaves the host alone", async (_, trouble, expected) => {
    const request = served(trouble);
    const next = served(reply(200, PRICES));
    expect(await message(get([request, next], { retries: 1, timeoutMs: SHORT }))).toBe(
      `${request.url}: ${expected}, in 2 tries; try again later (files of this host not asked for: 1)`,
    );
    expect(tries(request)).toHaveLength(2);
    expect(tries(next)).toHaveLength(0);
    expect(existsSync(join(folder, request.file))).toBe(false);
  });

  it("waits twice as long each time", async () => {
    const request = served(reply(503), reply(503), reply(503), reply(200, PRICES));
    const began = performance.now();
    await get([request], { retries: 3, backoffMs: 10 });
    // Timers may be a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(10 + 20 + 40 - 5);
  });

  it.each([
    ["seconds", "0"],
    ["a date", "Sat, 12 Jun 2021 10:00:00 GMT"],
    ["a date that is past", "Sat, 12 Jun 2021 09:59:00 GMT"],
  ])("heeds a Retry-After in %s", async (_, after) => {
    const request = served(reply(429, "", { "retry-after": after }), reply(200, PRICES));
    await get([request], { backoffMs: FOR_EVER, longestWaitMs: FOR_EVER });
    expect(tries(request)).toHaveLength(2);
  });

  it.each([
    ["seconds", "1"],
    ["a date", "Sat, 12 Jun 2021 10:00:01 GMT"],
  ])("waits as long as a Retry-After in %s says", async (_, after) => {
    const request = served(reply(429, "", { "retry-after": after }), reply(200, PRICES));
    expect(await message(get([request], { deadlineMs: SHORT }))).toMatch(
      /was not had within 0\.15 s for all files/,
    );
    expect(tries(request)).toHaveLength(1);
  });

  it("does not wait for a Retry-After that is too long", async () => {
    const request = served(reply(429, "Slow down", { "retry-after": "3600" }), reply(200, PRICES));
    expect(await message(get([request]))).toBe(
      `${request.url}: answered 429 (begins "Slow down"), and asks to wait 3600 s; try again after that`,
    );
    expect(tries(request)).toHaveLength(1);
  });

  it("takes the usual wait where a Retry-After is neither", async () => {
    const request = served(reply(429, "", { "retry-after": "soon" }), reply(200, PRICES));
    await message(
      get([request], {
        backoffMs: FOR_EVER,
        longestWaitMs: FOR_EVER,
        deadlineMs: SHORT,
      }),
    );
    expect(tries(request)).toHaveLength(1);
    await get([request]);
    expect(tries(request)).toHaveLength(2);
  });

  it("ends when the time for all files is out, also in the middle of a wait", async () => {
    const request = served(reply(503));
    const late = `${request.url}: was not had within 0.08 s for all files; try again later`;
    expect(
      await message(
        get([request], {
          deadlineMs: 80,
          backoffMs: FOR_EVER,
          longestWaitMs: FOR_EVER,
        }),
      ),
    ).toBe(late);
    const silent = served(silence);
    expect(await message(get([silent], { deadlineMs: 80, timeoutMs: FOR_EVER }))).toBe(
      late.replace(request.url, silent.url),
    );
  });

  it("names every file that failed, and keeps the others", async () => {
    const requests = [served(reply(404)), served(reply(200, PRICES)), served(reply(200, "<html>"))];
    const lines = (await message(get(requests))).split("\n");
    expect(lines.map((line) => line.split(": ")[0])).toEqual([requests[0]!.url, requests[2]!.url]);
    expect(copy(requests[1]!)).toBe(PRICES);
  });
});

describe("download, without a network", () => {
  it("names the hosts in one sentence, asks each once, and leaves the copies", async () => {
    const request = served(reply(200, PRICES));
    await get([request]);
    // A port that was free a moment ago.
    const closed = createServer().listen(0, "127.0.0.1");
    await new Promise((ready) => closed.once("listening", ready));
    const { port } = closed.address() as { port: number };
    await new Promise((done) => closed.close(done));
    const away = { ...request, url: `http://127.0.0.1:${port}/a.csv` };
    const nowhere = { ...request, url: "https://nowhere.invalid/a.csv" };
    const asked: string[] = [];
    expect(
      await message(
        get([away, { ...away, file: "b" }, nowhere], {
          backoffMs: FOR_EVER,
          longestWaitMs: FOR_EVER,
          onProgress: (file) => void asked.push(file),
        }),
      ),
    ).toMatch(
      new RegExp(
        `^cannot reach 127\\.0\\.0\\.1:${port}, nowhere\\.invalid \\(ECONNREFUSED, (ENOTFOUND|EAI_AGAIN)\\)$`,
      ),
    );
    expect(asked).toEqual([away.file, nowhere.file]);
    expect(copy(request)).toBe(PRICES);
  });
});

/** The made-up sources, each at an address of its own. */
function madeUpSources(name: string, through = "2021-05"): Sources {
  for (const [file, lines] of Object.entries(RAW_LINES))
    fred.serves(`/${name}/${file}`, reply(200, lines.join("\n")));
  const at = (file: string) => ({
    url: `${fred.origin}/${name}/${file}`,
    file: `${name}/${file}`,
  });
  const sources = sourcesThrough(through);
  const { monthly, daily } = sources.factors;
  const everyOne = <S extends { readonly file: string }>(list: readonly S[]) =>
    list.map((source) => ({ ...source, download: at(source.file) }));
  return {
    ...sources,
    series: everyOne(sources.series),
    replication: everyOne(sources.replication),
    factors: {
      monthly: { ...monthly, download: at(monthly.file) },
      daily: { ...daily, download: at(daily.file) },
    },
  };
}

describe("downloadSources", () => {
  const options = { folder, retries: 0 };

  afterEach(() => vi.unstubAllGlobals());

  it("gives the sources that the panel is derived from, with the day and the vintage of the files", async () => {
    const sources = madeUpSources("whole");
    fred.serves(
      "/whole/months.csv",
      reply(
        200,
        `This file was created using the 202106 CRSP database.\n\n${RAW_LINES["months.csv"]!.join("\n")}`,
      ),
    );
    const { series, replication, factors } = await downloadSources(sources, options);
    for (const source of [...series, ...replication, factors.monthly, factors.daily]) {
      expect(source.obtained).toBe(TODAY);
      expect(source.file).toBe(source.download!.file);
    }
    expect(factors.monthly.vintage).toBe("2021-06");
    expect(factors.daily.vintage).toBe("unknown");
    // MARKET is in both lists, and asked for once.
    expect(fred.asked("/whole/market.csv")).toHaveLength(1);

    const local = join(folder, "local");
    for (const [file, lines] of Object.entries(RAW_LINES))
      write(join(local, file), lines.join("\n"));
    const csv = (files: Awaited<ReturnType<typeof derivePanel>>) => files.map((file) => file.csv);
    expect(csv(await derivePanel(folder, { ...sources, series, replication, factors }))).toEqual(
      csv(await derivePanel(local, sourcesThrough("2021-05"))),
    );
  });

  it("takes column, description and licence of the publisher's format", async () => {
    const sources = madeUpSources("other");
    const served = {
      column: "Open",
      what: "made up elsewhere",
      licence: "other",
    };
    const [coin, market] = sources.series;
    const { series } = await downloadSources(
      {
        ...sources,
        series: [{ ...coin!, download: { ...coin!.download!, ...served } }, market!],
      },
      options,
    );
    expect(series[0]).toMatchObject(served);
    expect(series[1]).toMatchObject({ column: "XYZ", what: "made up" });
  });

  it("checks every column that is read of a file", async () => {
    const sources = madeUpSources("columns");
    const [coin] = sources.series;
    const wrong = { ...coin!.download!, column: "Adj Close" };
    for (const replication of [
      [coin!, { ...coin!, download: wrong }],
      [{ ...coin!, download: wrong }, coin!],
    ])
      expect(await message(downloadSources({ ...sources, replication }, options))).toMatch(
        /coin\.csv: has no column Adj Close, it has /,
      );
  });

  it("wants the expected SHA-256 of a shared file, whichever source names it", async () => {
    const sources = madeUpSources("pinned");
    const [coin] = sources.series;
    const pinned = { ...coin!, download: { ...coin!.download!, sha256: "0" } };
    for (const replication of [
      [coin!, pinned],
      [pinned, coin!],
    ])
      expect(await message(downloadSources({ ...sources, replication }, options))).toMatch(
        /, not the expected 0; /,
      );
  });

  it("refuses a range that is not over: the last price of a download is of a day that goes on", async () => {
    expect(await message(downloadSources(madeUpSources("early", "2021-06"), options))).toBe(
      `sources: a range must be over when its files are downloaded, but 2021-06 is not on ${TODAY}; let the range end earlier`,
    );
    expect(await message(downloadSources(madeUpSources("today", TODAY), options))).toMatch(
      /^sources: a range must be over /,
    );
  });

  it("refuses a source without an address, one with none of the web, and two addresses for one file", async () => {
    const sources = madeUpSources("wrong");
    const [coin, market] = sources.series;
    const { download: _, ...without } = coin!;
    const series = (...list: Sources["series"]) =>
      message(downloadSources({ ...sources, series: list }, options));
    expect(await series(without)).toBe(
      'sources: every source must have a download entry, but "made up" has none; add one with url and file, or name a folder of files with --from',
    );
    expect(await series({ ...coin!, download: { url: "coin.csv", file: "a" } })).toBe(
      "sources: url coin.csv must be an address that begins with https://; correct it",
    );
    const { url } = market!.download!;
    expect(
      await series({
        ...coin!,
        download: { ...market!.download!, url: `${url}?` },
      }),
    ).toBe(
      `sources: wrong/market.csv must come from one address, but two are given: ${url}? and ${url}; name two files`,
    );
  });

  it("calls itself a browser for Yahoo only: FRED lets those wait, Yahoo all others", async () => {
    const agents: Record<string, string> = {};
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      agents[new URL(url).host] = (init.headers as Record<string, string>)["user-agent"]!;
      return new Response("", { status: 404 });
    });
    const sources = madeUpSources("agents");
    const [coin, market] = sources.series;
    const at = (url: string) => ({ url, file: url.slice(8) });
    await message(
      downloadSources(
        {
          ...sources,
          series: [
            { ...coin!, download: at("https://query1.finance.yahoo.com/a") },
            { ...market!, download: at("https://fred.stlouisfed.org/b") },
          ],
        },
        options,
      ),
    );
    expect(agents).toMatchObject({
      "query1.finance.yahoo.com": "Mozilla/5.0",
      "fred.stlouisfed.org": "neural-beta",
    });
  });
});
