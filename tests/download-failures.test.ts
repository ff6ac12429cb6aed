/** Downloads that fail: a publisher that misbehaves, and no network; nothing at hand is lost. */

import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sha256 } from "../lib/src/data/sha256.js";
import { copy, folder, get, message, PRICES, served, tries } from "./support/download.js";
import { cutOff, hangUp, reply, silence, stall } from "./support/server.js";

/** For who never answers: short enough for a test, long enough for a local server on a busy machine to answer at last. */
const SHORT = 150;

/** A wait that no test survives: who waits it does not heed the Retry-After. */
const FOR_EVER = 1e6;

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
