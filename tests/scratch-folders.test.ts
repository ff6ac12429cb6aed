/** Temporary folders of runs: none is left, and those of killed runs go with the next. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { scratch } from "../tools/dist/scratch.js";
import { scratchFolder } from "./support/scratch.js";

it("a temporary folder clears those of runs that have ended, and no other", async () => {
  const folder = scratchFolder();
  vi.stubEnv("TMPDIR", folder);
  vi.stubEnv("TEMP", folder);
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  const others = [
    `neural-beta-kernel-${process.ppid}@${hostname()}.abcdef`,
    `neural-beta-kernel-${dead.pid}@another-machine.abcdef`,
    "neural-beta-mine",
  ];
  for (const name of [...others, `neural-beta-browser-${dead.pid}@${hostname()}.abcdef`])
    mkdirSync(join(folder, name, "deep"), { recursive: true });
  const { remove } = scratch("kernel");
  const own = readdirSync(folder).filter((name) => name.includes(`-${process.pid}@`));
  expect(own).toHaveLength(1);
  expect(readdirSync(folder).sort()).toEqual([...others, ...own].sort());
  remove();
  expect(readdirSync(folder).sort()).toEqual([...others].sort());
  vi.unstubAllEnvs();
});
