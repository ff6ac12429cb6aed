/** Times and numbers of JSON files, and the errors that publishers send instead. */

import { describe, expect, it } from "vitest";
import { jsonOf, numbersOf, timesOf } from "../lib/src/data/readers/json.js";

const sourceOf = (text: string) => ({
  ...{ file: "made.json", bytes: Buffer.from(text), head: [text] },
  separator: "," as const,
});

describe("timesOf", () => {
  const [first, last] = [Date.parse("1800-01-01Z"), Date.parse("2200-01-01Z")];

  it("are from 1800 until 2200", () => {
    expect([...timesOf("place", [first, 0, last - 1], 1)]).toEqual([first, 0, last - 1]);
    expect([...timesOf("place", [first / 1000, last / 1000 - 1], 1000)]).toHaveLength(2);
    for (const [i, wrong] of [first - 1, last, null].entries())
      expect(() => timesOf("place", [...Array(i).fill(0), wrong], 1)).toThrow(
        `place must hold a time in every entry, Unix milliseconds, got ${wrong} in entry ${i + 1}`,
      );
    expect(() => timesOf("place", [last / 1000], 1000)).toThrow("Unix seconds, got");
  });
});

describe("numbersOf", () => {
  it("are as many as there are times, NaN for null", () => {
    expect([...numbersOf("place", [1, null, -2.5], 3)]).toEqual([1, NaN, -2.5]);
    expect(() => numbersOf("place", [1, 2], 3)).toThrow("place must be a list of 3 numbers");
    expect(() => numbersOf("place", undefined, 0)).toThrow("place must be a list of 0 numbers");
    expect(() => numbersOf("place", [1, "2"], 2)).toThrow('got "2" in entry 2');
  });
});

describe("jsonOf", () => {
  it("is the value of a file", () => {
    expect(jsonOf(sourceOf('{"prices": [1]}'))).toEqual({ prices: [1] });
    expect(() => jsonOf(sourceOf('{"prices": [1'))).toThrow("made.json: is JSON that is cut off");
  });

  it.each([
    [{ error: "Not found" }, "Not found"],
    [{ error: "", message: "Closed" }, "Closed"],
    [{ chart: { error: { description: "No data" } } }, "No data"],
    [{ status: { error_message: "Too many" } }, "Too many"],
    [{ chart: { status: { error: { message: "Deep" } } } }, "Deep"],
  ])("refuses an error: %j", (value, message) => {
    expect(() => jsonOf(sourceOf(JSON.stringify(value)))).toThrow(
      `made.json: is an error message, not prices ("${message}")`,
    );
  });

  it.each([
    { chart: { status: { error: { finance: { message: "too deep" } } } } },
    { error: null, prices: [] },
    { error: "" },
    { note: { error: "elsewhere" } },
    [{ error: "in a list" }],
  ])("finds none in %j", (value) => {
    expect(jsonOf(sourceOf(JSON.stringify(value)))).toEqual(value);
  });
});
