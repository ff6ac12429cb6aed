/** Parts of the page that are kept: read where the code is the same, made anew after any other, and forgotten with it. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { codeRenderer } from "../tools/dist/page/code.js";
import { keptParts } from "../tools/dist/page/kept.js";
import { scratchFolder, write } from "./support/scratch.js";

const [OLD, NEW] = ["1".repeat(64), "2".repeat(64)] as const;
let folder: string;
beforeEach(() => {
  folder = join(scratchFolder(), "page");
});

it("gives back what was written, by what it was made from", () => {
  const kept = keptParts<{ lines: string[] }>("code", OLD, folder);
  expect(kept.read("let a")).toBeUndefined();
  kept.write("let a", { lines: ["a"] });
  kept.write("let b", { lines: ["b"] });
  expect(kept.read("let a")).toEqual({ lines: ["a"] });
  expect(keptParts("code", OLD, folder).read("let b")).toEqual({ lines: ["b"] });
});

it("knows nothing of other code, and forgets what that has made of the same kind", () => {
  keptParts("code", OLD, folder).write("a", 1);
  keptParts("worker", OLD, folder).write("a", 2);
  const kept = keptParts("code", NEW, folder);
  expect(kept.read("a")).toBeUndefined();
  kept.write("b", 3);
  expect(readdirSync(folder)).toEqual([`code-${NEW.slice(0, 16)}`, `worker-${OLD.slice(0, 16)}`]);
});

it("takes what is torn for what was never made, and needs no folder that can be written", () => {
  const kept = keptParts<number>("code", OLD, folder);
  kept.write("a", 1);
  const own = join(folder, `code-${OLD.slice(0, 16)}`);
  write(join(own, readdirSync(own)[0]!), "{");
  expect(kept.read("a")).toBeUndefined();
  const file = write(join(scratchFolder(), "file"), "");
  keptParts("code", OLD, file).write("a", 1);
});

it("colours code the same at the first and at any later time", async () => {
  const source = `const drawn = ${JSON.stringify(scratchFolder())};`;
  const [first, again] = [await codeRenderer([source]), await codeRenderer([source])];
  const html = first.code(source);
  expect(html).toContain('<span class="c0">const </span>');
  expect(again.code(source)).toBe(html);
  expect(again.styles()).toBe(first.styles());
});
