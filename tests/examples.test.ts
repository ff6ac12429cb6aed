/** The reference of the package, which is made from the doc comments: it is committed and complete, and its examples print what they say. */

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as api from "../lib/src/index.js";
import { DOCS, referenceFiles } from "../tools/dist/reference/pages.js";
import { firstSentence, publicApi } from "../tools/dist/reference/public-api.js";
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

const names = publicApi();
const files = referenceFiles(names);
const functions = names.filter(({ kind }) => kind === "function");
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

describe("the reference", () => {
  it("the committed pages are what npm run reference writes", () => {
    const committed = readdirSync(DOCS).filter((name) => /\.md$/.test(name));
    expect(committed).toEqual(Object.keys(files).sort());
    for (const name of committed)
      expect(readFileSync(join(DOCS, name), "utf8"), name).toBe(files[name]);
  });

  it("describes every public name, values and types, once", () => {
    expect(names.filter(({ kind }) => kind !== "type").map((described) => described.name)).toEqual(
      expect.arrayContaining(Object.keys(api)),
    );
    expect(names.filter(({ kind }) => kind === "type").length).toBeGreaterThan(100);
    const headings = Object.entries(files)
      .filter(([file]) => file !== "README.md")
      .flatMap(([, text]) => [...text.matchAll(/^## (\w+)$/gm)])
      .map(([, name]) => name!);
    expect(headings.sort()).toEqual(names.map(({ name }) => name).sort());
  });

  it("every public name has a doc comment, whose first sentence is short enough for a list", () => {
    expect(names.filter(({ text }) => text === "").map(({ name }) => name)).toEqual([]);
    expect(
      names
        .map((name) => firstSentence(name))
        .filter((sentence) => sentence.length > 250 || !/[.:)]$/.test(sentence)),
    ).toEqual([]);
  });

  it("a comment that describes a file is not taken for that of its first name", () => {
    const { text } = names.find(({ name }) => name === "Frequency")!;
    expect(text).not.toContain("every room");
  });

  it("every link leads somewhere", () => {
    const anchors = (file: string) => {
      const seen = new Map<string, number>();
      return [...files[file]!.matchAll(/^## (.+)$/gm)].map(([, heading]) => {
        const head = heading!
          .replace(/\[(.*)\]\(.*\)/, "$1")
          .toLowerCase()
          .replace(/[^\w -]/g, "")
          .replaceAll(" ", "-");
        const count = seen.get(head) ?? 0;
        seen.set(head, count + 1);
        return count > 0 ? `${head}-${count}` : head;
      });
    };
    const known = new Map(Object.keys(files).map((file) => [file, anchors(file)]));
    const lost: string[] = [];
    for (const [file, text] of Object.entries(files))
      for (const [, to] of text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/\]\(([^)]+)\)/g)) {
        const [path, fragment] = to!.split("#");
        const target = path || file;
        const exists = target in files || existsSync(join(dirname(join(DOCS, file)), target));
        if (!exists || (fragment && !known.get(target)?.includes(fragment)))
          lost.push(`${file}: ${to}`);
      }
    expect(lost).toEqual([]);
  });
});
