/** The examples of the doc comments: every public function has one, and what it prints is so. */

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { publicApi } from "../tools/dist/reference/public-api.js";
import { blocksOf, DOCUMENTS } from "./support/documents.js";
import {
  disagreement,
  exampleScope,
  exampleValues,
  parsedExample,
  typeFaults,
} from "./support/examples.js";

const functions = publicApi().filter(({ kind }) => kind === "function");
const examples = functions.flatMap(({ name, tags }) =>
  tags.filter(({ tag }) => tag === "example").map(({ text }) => ({ name, text })),
);

/** What needs the network is typed, not run. */
const NETWORK = ["download", "downloadSources"];

let scope: Awaited<ReturnType<typeof exampleScope>>;
beforeAll(async () => {
  scope = await exampleScope();
});
afterAll(() => {
  rmSync(scope.folder as string, { recursive: true, force: true });
});

it("every public function has an example", () => {
  const shown = new Set(examples.map(({ name }) => name));
  expect(functions.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

it("examples, and snippets of the documents, are typed as users' code is; a fault is found by its name", () => {
  const texts = Object.fromEntries(examples.map(({ name, text }) => [name, text]));
  const snippets = DOCUMENTS.flatMap((document) =>
    blocksOf(document)
      .filter(({ language }) => language === "ts")
      .map(({ code }, i) => [`${document}, ${i + 1}`, code.replace(/^import .*$/gm, "")]),
  );
  expect(snippets.length).toBeGreaterThan(5);
  const all = { ...texts, ...Object.fromEntries(snippets), "(wrong)": 'mean("text");' };
  expect(typeFaults(all)).toEqual([expect.stringMatching(/^\(wrong\): .*string/)]);
});

describe("the example", () => {
  it.each(examples.filter(({ name }) => !NETWORK.includes(name)))(
    "of $name gives what it prints",
    async ({ text }) => {
      const example = parsedExample(text);
      expect(example.values).not.toEqual([]);
      // What the example of `show` prints.
      const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
      const values = await exampleValues(example, scope);
      write.mockRestore();
      const faults = values.flatMap((value, i) => {
        const is = disagreement(value, example.values[i]!);
        return is === undefined ? [] : [`${example.values[i]} is ${is}`];
      });
      expect(faults).toEqual([]);
    },
  );
});

describe("a printed value", () => {
  const third = 1 / 3;
  const agreeing: readonly (readonly [string, unknown])[] = [
    ["0.3333", third],
    ["-0.3333: a remark, with a comma", -third],
    ["0.3", 0.1 + 0.2],
    ["4/3", 1 + third],
    ["[NaN, 2, 0.3333]", Float64Array.of(Number.NaN, 2, third)],
    ['[[1, "a: b"], null]', [[1, "a: b"], null]],
    ['{ mean: 3, kind: "fitted" }: two keys of three', { mean: 3, kind: "fitted", n: 2 }],
    ["undefined", undefined],
    ["-Infinity", Number.NEGATIVE_INFINITY],
  ];
  it.each(agreeing)("%s agrees with what it rounds", (comment, value) => {
    expect(disagreement(value, comment)).toBeUndefined();
  });

  const wrong: readonly (readonly [string, unknown])[] = [
    ["0.3334", third],
    ["0.3", third],
    ["0.333", third],
    ["3", 3.1],
    ["NaN", 0],
    ["0", Number.NaN],
    ["[1, 2]", [1, 2, 3]],
    ["[1]", 1],
    ["{ mean: 3, n: 3 }", { mean: 3, n: 2 }],
    ["{ mean: 3 }", { n: 3 }],
    ['"a"', "b"],
    ["1", "1"],
    ["true", 1],
    ["about a third", third],
    ["RangeError: f: too small", "RangeError: f: too small"],
  ];
  it.each(wrong)("%s does not stand for another value", (comment, value) => {
    expect(disagreement(value, comment)).toBeTypeOf("string");
  });

  it("of an error is its name and how its message begins", async () => {
    const example = parsedExample('checkInteger("f", "n", 0, 1); // RangeError: f: n must be');
    const [value] = await exampleValues(example, scope);
    expect(disagreement(value, example.values[0]!)).toBeUndefined();
    expect(disagreement(value, "RangeError: f: n may be")).toBeTypeOf("string");
    expect(disagreement(value, "DataError: f: n must be")).toBeTypeOf("string");
    expect(disagreement(value, "undefined")).toBeTypeOf("string");
  });

  it("stands behind the statement or on the lines below it", () => {
    const { values } = parsedExample("const a = 1;\na; // 1\n[a,\n  2];\n// [1,\n// 2]");
    expect(values).toEqual(["1", "[1, 2]"]);
  });
});
