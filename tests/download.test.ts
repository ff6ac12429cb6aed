/** Downloads: what is asked for, what is kept, and what a copy at hand spares. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { DownloadRequest } from "../lib/src/data/download.js";
import { readFactorFile } from "../lib/src/data/readers/ken-french.js";
import { readPrices } from "../lib/src/data/readers/prices.js";
import { sha256 } from "../lib/src/data/sha256.js";
import { copy, folder, fred, get, message, PRICES, served, tries } from "./support/download.js";
import { RAW_LINES } from "./support/made-up.js";
import { write } from "./support/scratch.js";
import {
  type Publisher,
  publisher,
  type Reply,
  reply,
  TODAY,
  versioned,
} from "./support/server.js";

const yahoo = await publisher();

const quiet = await publisher();

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

  it("keeps beside it a record that people can read: address, SHA-256, day", async () => {
    const request = served(reply(200, PRICES, { etag: '"one"' }));
    await get([request]);
    const record = readFileSync(join(folder, `${request.file}.origin.json`), "utf8");
    expect(record.split("\n").slice(0, 4)).toEqual([
      "{",
      `  "url": ${JSON.stringify(request.url)},`,
      `  "sha256": "${sha256(PRICES)}",`,
      expect.stringMatching(/^ {2}"retrieved": "\d{4}-\d{2}-\d{2}/),
    ]);
    expect(record).toContain('\n  "etag": "\\"one\\""');
    expect(record.endsWith("}\n")).toBe(true);
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
