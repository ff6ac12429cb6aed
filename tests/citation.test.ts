/** CITATION.cff: what citation managers and code hosts read, in step with the package. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./support/scratch.js";

const text = (file: string) => readFileSync(join(ROOT, file), "utf8");
const citation = text("CITATION.cff");
const project = JSON.parse(text("package.json"));

/** Top-level keys with what stands below them. */
const entries = Object.fromEntries(
  citation
    .split(/^(?=[\w-]+:)/m)
    .map((part) => /^([\w-]+):([\s\S]+)$/.exec(part)!)
    .map(([, key, value]) => [key!, value!.trim()]),
);

/** Values of a key anywhere in the file, without quotes. */
const all = (key: string) =>
  [...citation.matchAll(new RegExp(`^[ -]*${key}: "?(.*?)"?$`, "gm"))].map(([, value]) => value);

it("has the keys that version 1.2.0 of the format requires, and only such as it knows", () => {
  expect(entries["cff-version"]).toBe("1.2.0");
  expect(Object.keys(entries)).toEqual(expect.arrayContaining(["message", "title", "authors"]));
  expect([
    "abstract",
    "authors",
    "cff-version",
    "commit",
    "contact",
    "date-released",
    "doi",
    "identifiers",
    "keywords",
    "license",
    "license-url",
    "message",
    "preferred-citation",
    "references",
    "repository",
    "repository-artifact",
    "repository-code",
    "title",
    "type",
    "url",
    "version",
  ]).toEqual(expect.arrayContaining(Object.keys(entries)));
});

it("names version, licence and authors as the package does", () => {
  expect(all("version")).toEqual([project.version, project.version]);
  expect(JSON.parse(text("lib/package.json")).version).toBe(project.version);
  expect(all("license")).toEqual([project.license]);
  const [, holders] = /Copyright \(c\) \d+ (.*)/.exec(text("LICENSE"))!;
  expect(all("name")).toEqual([holders, holders]);
});

it("refers to the paper on NeuralBeta, and prefers to be cited as software", () => {
  expect(entries.references).toContain("doi: 10.48550/arXiv.2408.01387");
  expect(entries["preferred-citation"]).toContain("type: software");
  const [own, preferred, paper] = all("title");
  expect(preferred).toBe(own);
  expect(paper).toMatch(/^NeuralBeta: /);
});
