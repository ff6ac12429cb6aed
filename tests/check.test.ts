/** Checks of arguments: what passes, what does not, and in which words. */

import { describe, expect, it } from "vitest";
import {
  checkFinite,
  checkId,
  checkInteger,
  checkPositive,
  checkSameAxis,
  checkSameLength,
  checkSizes,
  described,
  printable,
} from "../lib/src/check.js";

describe("checkInteger", () => {
  it("lets integers between its limits pass, the limits with them", () => {
    for (const value of [2, 3, 5]) checkInteger("f", "n", value, 2, 5);
    checkInteger("f", "n", Number.MAX_SAFE_INTEGER, 2);
  });

  it.each([1, 2.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d below or between", (n) => {
    expect(() => checkInteger("f", "n", n, 2)).toThrow(
      new RangeError(`f: n must be an integer of at least 2, got ${n}`),
    );
  });

  it("refuses what is above", () => {
    expect(() => checkInteger("f", "n", 6, 2, 5)).toThrow(
      new RangeError("f: n must be at most 5, got 6; reduce it"),
    );
  });
});

describe("checkSizes", () => {
  it("lets 500 million numbers pass, and no more", () => {
    checkSizes("f", { rows: 1, columns: 500_000_000 });
    checkSizes("f", { rows: 20_000, columns: 25_000 });
    expect(() => checkSizes("f", { rows: 20_000, columns: 25_001 })).toThrow(
      "f: rows times columns must be at most 500000000, got 500020000; reduce one of them",
    );
  });

  it("refuses a size below 1 by its name", () => {
    expect(() => checkSizes("f", { rows: 0, columns: 1 })).toThrow(
      "f: rows must be an integer of at least 1, got 0",
    );
  });
});

describe("checkPositive", () => {
  it("lets finite numbers above zero pass", () => {
    checkPositive("f", "x", Number.MIN_VALUE);
    checkPositive("f", "x", Number.MAX_VALUE);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d", (x) => {
    expect(() => checkPositive("f", "x", x)).toThrow(
      `f: x must be a finite number above 0, got ${x}`,
    );
  });
});

describe("checkSameLength", () => {
  it("lets any number of arrays of one length pass", () => {
    checkSameLength("f", {});
    checkSameLength("f", { a: [], b: [], c: [] });
    checkSameLength("f", { a: [1], b: ["x"], c: Float64Array.of(0) });
  });

  it("says the length of each where one differs", () => {
    expect(() => checkSameLength("f", { a: [1], b: [1], c: [] })).toThrow(
      "f: arrays must have one length, but a has 1, b has 1, c has 0",
    );
  });
});

describe("checkFinite", () => {
  it("lets finite values pass, and none", () => {
    checkFinite("f", "x", []);
    checkFinite("f", "x", [0, -1e300]);
  });

  it.each([
    [[Number.NaN, 1], "NaN at index 0"],
    [[0, 1, Number.NEGATIVE_INFINITY], "-Infinity at index 2"],
  ])("refuses %j, and says where", (values, said) => {
    expect(() => checkFinite("f", "x", values)).toThrow(`f: x must be finite, got ${said};`);
  });
});

describe("checkSameAxis", () => {
  it("lets the same names in the same order pass", () => {
    checkSameAxis("f", "coins", { path: ["A", "B"], panel: ["A", "B"] });
    checkSameAxis("f", "coins", { path: [], panel: [] });
  });

  it.each([
    [["A", "B"], ["A", "C"], "path has 2, panel 2, and entry 2 is B against C"],
    [["B", "A"], ["A", "B"], "path has 2, panel 2, and entry 1 is B against A"],
    [["A", "B"], ["A"], "path has 2, panel 1, and entry 2 is B against undefined"],
    [["A"], ["A", "B"], "path has 1, panel 2; make both from one panel"],
  ])("refuses %j against %j, and says where they part", (path, panel, said) => {
    expect(() => checkSameAxis("f", "coins", { path, panel })).toThrow(
      `f: path and panel must share coins, but ${said}`,
    );
  });
});

describe("checkId", () => {
  it.each(["a", "0", "beta-2-b"])("lets %s pass", (id) => checkId("f", id));
  it.each(["", "-a", "a-", "a--b", "A", "a_b", "../a", "a b"])('refuses "%s"', (id) => {
    expect(() => checkId("f", id)).toThrow(
      `f: an id must be small letters, digits and hyphens, got "${id}"; rename`,
    );
  });
});

describe("words of somebody else in a message", () => {
  it("have 200 characters at most", () => {
    expect(printable("x".repeat(200))).toBe("x".repeat(200));
    expect(printable("x".repeat(201))).toBe(`${"x".repeat(200)}…`);
  });

  it("have no control characters", () => {
    expect(printable("a\u001b[31m\nb")).toBe("a\ufffd[31m\ufffdb");
  });

  it.each([
    [[1, 2], "a list of 2"],
    [{ a: 1 }, "an object"],
    [null, "null"],
    [undefined, "nothing"],
    ["x", '"x"'],
    [0, "0"],
  ])("say what %j is", (value, said) => expect(described(value)).toBe(said));
});
