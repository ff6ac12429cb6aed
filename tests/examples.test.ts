/** The examples of the doc comments: every public function has one, and what it prints is so. */

import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { publicApi } from "../tools/dist/public-api.js";
import {
  disagreement,
  exampleScope,
  exampleValues,
  parsedExample,
  typeFaults,
} from "./examples.js";

const functions = publicApi().filter(({ kind }) => kind === "function");
const examples = functions.flatMap(({ name, tags }) =>
  tags
    .filter(({ tag }) => tag === "example")
    .map(({ text }) => ({ name, text })),
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
  expect(
    functions.map(({ name }) => name).filter((name) => !shown.has(name)),
  ).toEqual([]);
});

it("examples are typed as users' code is", () => {
  expect(
    typeFaults(
      Object.fromEntries(examples.map(({ name, text }) => [name, text])),
    ),
  ).toEqual([]);
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
