/** The examples of the doc comments: every public function has one, and what it prints is so. */

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { publicApi } from "../tools/dist/reference/public-api.js";
import { blocksOf, DOCUMENTS } from "./support/documents.js";
import {
  disagreement,
  type Example,
  exampleScope,
  exampleValues,
  parsedExample,
  typeFaults,
} from "./support/examples.js";
import { lookOf } from "./support/looks.js";

const functions = publicApi().filter(({ kind }) => kind === "function");
const examples = functions.flatMap(({ name, tags }) =>
  tags.filter(({ tag }) => tag === "example").map(({ text }) => ({ name, text })),
);

/** What needs the network is typed, not run. */
const NETWORK = ["download", "downloadSources"];

const DRAWS = /^(figure|table)[A-Z]/;

let scope: Awaited<ReturnType<typeof exampleScope>>;
/** What the examples of figures and tables drew, by the name of the function. */
const looks = new Map<string, Set<string>>();
let running = "";
beforeAll(async () => {
  scope = await exampleScope();
  const watched = Object.entries(scope).map(([name, value]) => {
    if (typeof value !== "function" || !DRAWS.test(name)) return [name, value];
    return [
      name,
      (...given: unknown[]) => {
        const made = value(...given);
        for (const result of [made].flat())
          if (result && typeof result === "object")
            for (const line of lookOf(result, name)) looks.get(running)?.add(line);
        return made;
      },
    ];
  });
  scope = Object.fromEntries(watched);
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

/** The values of a function's example, without what it writes. */
async function valuesOf(name: string, example: Example): Promise<unknown[]> {
  running = name;
  if (DRAWS.test(name)) looks.set(name, looks.get(name) ?? new Set());
  // What the example of `show` prints.
  const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const values = await exampleValues(example, scope);
  write.mockRestore();
  return values;
}

describe("the example", () => {
  it.each(examples.filter(({ name }) => !NETWORK.includes(name)))(
    "of $name gives what it prints",
    async ({ name, text }) => {
      const example = parsedExample(text);
      expect(example.values).not.toEqual([]);
      const values = await valuesOf(name, example);
      const faults = values.flatMap((value, i) => {
        const is = disagreement(value, example.values[i]!);
        return is === undefined ? [] : [`${example.values[i]} is ${is}`];
      });
      expect(faults).toEqual([]);
    },
  );
});

it("figures and tables look as they were looked at: fixtures/looks.txt, where -u accepts another look", async () => {
  // Those that a filter of tests has left out.
  for (const { name, text } of examples)
    if (DRAWS.test(name) && !looks.has(name)) await valuesOf(name, parsedExample(text));
  const lines = new Set([...looks.values()].flatMap((drawn) => [...drawn]));
  const text = `${[...lines].sort().join("\n")}\n`;
  expect(text.length).toBeGreaterThan(10_000);
  await expect(text).toMatchFileSnapshot("fixtures/looks.txt");
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
