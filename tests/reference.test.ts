/** The reference of the package: made from the doc comments, committed, and complete. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import * as api from "../lib/src/index.js";
import { DOCS, referenceFiles } from "../tools/dist/reference/pages.js";
import { firstSentence, publicApi } from "../tools/dist/reference/public-api.js";

const names = publicApi();
const files = referenceFiles(names);

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
