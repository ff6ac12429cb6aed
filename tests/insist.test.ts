/** How often and how long a publisher on this machine is asked, and where its answers lead. */

import { describe, expect, it } from "vitest";
import { ask, beginning } from "../lib/src/data/ask.js";
import { insist, PATIENCE } from "../lib/src/data/insist.js";
import { publisher, reply, silence } from "./support/server.js";

const { origin, serves, asked } = await publisher();
const deadline = new AbortController().signal;
const SHORT = { ...PATIENCE, backoffMs: 1, retries: 2, longestWaitMs: 5, deadline };
let paths = 0;
const path = () => `/insist-${paths++}`;

it("PATIENCE is what the options of downloads promise", () => {
  const [second, minute] = [1000, 60_000];
  expect(PATIENCE).toEqual({
    ...{ timeoutMs: 15 * second, silenceMs: 6 * second, retries: 4, backoffMs: second },
    ...{ longestWaitMs: 10 * second, patienceMs: 12 * second, deadlineMs: 5 * minute },
  });
});

describe("insist", () => {
  const outcome = async (at: string, more: Partial<typeof SHORT> = {}) => {
    const answer = await insist({ url: `${origin}${at}` }, undefined, { ...SHORT, ...more });
    return [answer.kind === "refused" ? answer.why : answer.kind, asked(at).length];
  };

  it("asks as often as retries say, and once more", async () => {
    const busy = 'answered 503 (begins "No")';
    for (const [retries, said] of [
      [0, "1 try"],
      [2, "3 tries"],
    ] as const) {
      const at = path();
      serves(at, reply(503, "No"));
      const why = `${busy}, in ${said}; try again later`;
      expect(await outcome(at, { retries })).toEqual([why, retries + 1]);
    }
    const at = path();
    serves(at, reply(503), reply(503), reply(200, "Yes"));
    expect(await outcome(at)).toEqual(["body", 3]);
  });

  it("holds against the longest wait what the publisher asks for alone", async () => {
    const own = path();
    serves(own, reply(503), reply(200, "Yes"));
    expect(await outcome(own, { backoffMs: 9, longestWaitMs: 5 })).toEqual(["body", 2]);
    const equal = path();
    serves(equal, reply(503, "", { "retry-after": "0" }), reply(200, "Yes"));
    expect(await outcome(equal, { longestWaitMs: 0 })).toEqual(["body", 2]);
    const long = path();
    serves(long, reply(429, "No", { "retry-after": "2" }));
    expect(await outcome(long, { longestWaitMs: 1999 })).toEqual([
      'answered 429 (begins "No"), and asks to wait 2 s; try again after that',
      1,
    ]);
    const dated = path();
    serves(dated, reply(429, "No", { "retry-after": "Sat, 12 Jun 2021 10:00:07 GMT" }));
    expect((await outcome(dated))[0]).toContain("asks to wait 7 s");
  });

  it("waits before the last try too", async () => {
    const at = path();
    serves(at, reply(503), reply(200, "Yes"));
    const began = performance.now();
    expect(await outcome(at, { retries: 1, backoffMs: 100 })).toEqual(["body", 2]);
    // Timers may be a millisecond early.
    expect(performance.now() - began).toBeGreaterThan(95);
  });

  it("ends when patience does, in the middle of a wait", async () => {
    const at = path();
    serves(at, reply(503, "No"));
    expect(await outcome(at, { patienceMs: 150, backoffMs: 100_000 })).toEqual([
      'answered 503 (begins "No"), in 1 try; try again later',
      1,
    ]);
  });
});

describe("ask", () => {
  const patience = { timeoutMs: 5000, silenceMs: 5000, deadline };
  const from = (at: string, more: Partial<typeof patience> = {}) =>
    ask(`${origin}${at}`, {}, { ...patience, ...more });

  /** Places that send on to the next, and a file at the last. */
  const chain = (length: number): string => {
    const places = Array.from({ length }, path);
    const last = path();
    serves(last, reply(200, "the file"));
    places.forEach((at, i) => {
      serves(at, reply(302, "", { location: places[i + 1] ?? last }));
    });
    return places[0]!;
  };

  it("follows five redirects, and no sixth", async () => {
    expect((await from(chain(5))).kind).toBe("body");
    expect(await from(chain(6))).toMatchObject({
      kind: "failed",
      why: expect.stringContaining("is one redirect too many"),
    });
  });

  it("is sent on by every status from 300 to 399 that names a place", async () => {
    const place = path();
    serves(place, reply(200, "there"));
    const kindOf = async (status: number, headers: Readonly<Record<string, string>>) => {
      const at = path();
      serves(at, reply(status, "here", headers));
      const answer = await from(at);
      return answer.kind === "body" ? new TextDecoder().decode(answer.body) : answer.kind;
    };
    const location = place;
    expect(await kindOf(300, { location })).toBe("there");
    expect(await kindOf(399, { location })).toBe("there");
    expect(await kindOf(200, { location })).toBe("here");
    expect(await kindOf(400, { location })).toBe("failed");
    expect(await kindOf(302, {})).toBe("failed");
  });

  it.each([
    [408, "busy"],
    [429, "busy"],
    [500, "busy"],
    [599, "busy"],
    [404, "failed"],
    [499, "failed"],
    [201, "failed"],
    [304, "notModified"],
  ])("takes status %i for %s", async (status, kind) => {
    const at = path();
    serves(at, reply(status));
    expect((await from(at)).kind).toBe(kind);
  });

  it("says how long it heard nothing, and how long it waited for all", async () => {
    const at = path();
    serves(at, silence);
    expect(await from(at, { silenceMs: 50 })).toEqual({
      kind: "busy",
      why: "was silent for 0.05 s",
    });
    expect(await from(at, { timeoutMs: 50 })).toEqual({
      kind: "busy",
      why: "gave no whole answer within 0.05 s",
    });
  });
});

it("beginning is up to sixty characters of the first two hundred bytes", () => {
  const shown = (text: string) => beginning(new TextEncoder().encode(text));
  expect(shown("")).toBe("an empty body");
  expect(shown(" \n ")).toBe("an empty body");
  expect(shown(`b${"a".repeat(300)}`)).toBe(`begins "b${"a".repeat(59)}"`);
  expect(shown(`${" ".repeat(150)}${"a".repeat(100)}`)).toBe(`begins "${"a".repeat(50)}"`);
});
