/** Folders that are made one at a time, and what stands in their way. */

import { statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeFolder } from "../lib/src/data/make-folder.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();

it("makes those above it, and leaves one that is there", () => {
  const path = join(folder, "a", "b", "c");
  makeFolder(path);
  makeFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

it("tells why none can be made: a file, or a link to nothing, in its place", () => {
  const file = write(join(folder, "file"), "");
  expect(() => makeFolder(file)).toThrow(/^EEXIST: .*, mkdir/);
  expect(() => makeFolder(join(file, "below"))).toThrow(/^(EEXIST|ENOTDIR): /);
  const link = join(folder, "link");
  symlinkSync(join(folder, "nothing"), link);
  expect(() => makeFolder(link)).toThrow(/^EEXIST: .*, mkdir/);
});
