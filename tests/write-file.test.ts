/** Files that are either old or new, never half-written. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { writeFiles } from "../lib/src/data/write-file.js";
import { scratchFolder, write } from "./support/scratch.js";

/** How many renames succeed before one fails, as it does on a file that another program holds open. */
const renames = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return {
    ...fs,
    renameSync(from: string, to: string) {
      if (renames.left-- === 0) throw new Error("EBUSY");
      fs.renameSync(from, to);
    },
  };
});

const folder = scratchFolder();
let written = 0;

describe("writeFiles", () => {
  const target = () => join(folder, `out-${written++}`);

  it("writes every file, with the folders above it", () => {
    const out = target();
    writeFiles({
      [join(out, "a.csv")]: "one",
      [join(out, "deep/er/b.bin")]: Uint8Array.of(1, 2),
    });
    expect(readFileSync(join(out, "a.csv"), "utf8")).toBe("one");
    expect([...readFileSync(join(out, "deep/er/b.bin"))]).toEqual([1, 2]);
  });

  it("replaces old files and leaves nothing beside them", () => {
    const out = target();
    write(join(out, "a.csv"), "old");
    writeFiles({ [join(out, "a.csv")]: "new" });
    expect(readFileSync(join(out, "a.csv"), "utf8")).toBe("new");
    expect(readdirSync(out)).toEqual(["a.csv"]);
  });

  it.each([
    ["first", ["z", "a", "b"]],
    ["between the others", ["a", "z", "b"]],
    ["last", ["a", "b", "z"]],
  ])("leaves every old file when the content that cannot be written comes %s", (_, order) => {
    const out = target();
    for (const name of ["a", "b", "occupied"]) write(join(out, name), "old");
    const place = (name: string) => (name === "z" ? join(out, "occupied", "z") : join(out, name));
    expect(() => writeFiles(Object.fromEntries(order.map((name) => [place(name), "new"])))).toThrow(
      /occupied/,
    );
    expect(readdirSync(out)).toEqual(["a", "b", "occupied"]);
    for (const name of readdirSync(out)) expect(readFileSync(join(out, name), "utf8")).toBe("old");
  });

  it("writes a text in parts", () => {
    const out = target();
    writeFiles({ [join(out, "a.csv")]: new Set(["one,", "two\n"]) });
    expect(readFileSync(join(out, "a.csv"), "utf8")).toBe("one,two\n");
  });

  it("clears what a killed writer of the same file left, and nothing else", async () => {
    const out = target();
    const dead = spawn(process.execPath, ["-e", ""]);
    await once(dead, "exit");
    for (const name of [`a.csv.${dead.pid}.tmp`, `a.csv.${dead.pid}.old.tmp`])
      write(join(out, name), "half");
    const others = [`b.csv.${dead.pid}.tmp`, `a.csv.${process.ppid}.tmp`, "a.csv.tmp"];
    for (const name of others) write(join(out, name), "mine");
    writeFiles({ [join(out, "a.csv")]: "new" });
    expect(readdirSync(out)).toEqual(["a.csv", ...others].sort());
  });

  it("leaves nothing beside a place that is taken by a folder", () => {
    const out = target();
    write(join(out, "taken", "inside"), "old");
    expect(() => writeFiles({ [join(out, "taken")]: "new" })).toThrow(/taken/);
    expect(readdirSync(out)).toEqual(["taken"]);
    expect(readFileSync(join(out, "taken", "inside"), "utf8")).toBe("old");
  });

  it.each([0, 1, 2])(
    "puts every old file back, and takes every new one away, when the place after %i others cannot be renamed into",
    (before) => {
      const out = target();
      for (const name of ["b", "c"]) write(join(out, name), "old");
      renames.left = before;
      expect(() =>
        writeFiles(Object.fromEntries(["a", "b", "c"].map((name) => [join(out, name), "new"]))),
      ).toThrow("EBUSY");
      expect(readdirSync(out)).toEqual(["b", "c"]);
      for (const name of ["b", "c"]) expect(readFileSync(join(out, name), "utf8")).toBe("old");
    },
  );
});
