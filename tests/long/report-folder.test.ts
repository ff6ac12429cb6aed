/** Reports that several processes write at once, or that are killed while they write. */

import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openReport, reportIn } from "../../tools/dist/report/folder.js";
import { ended, files, wordsOf, writer } from "../support/report-writer.js";
import { scratchFolder } from "../support/scratch.js";

const folder = scratchFolder();

it("of processes that write one folder at once, one writes it at a time, and none leaves a mixture", async () => {
  const out = join(folder, "at-once");
  const words = ["one", "two", "three", "four", "five", "six"];
  const codes = await Promise.all(words.map((word) => ended(writer(out, 60, word, "ignore"))));
  expect(codes.filter((code) => code === 0).length).toBeGreaterThan(0);
  expect(wordsOf(out).size).toBe(1);
  expect(existsSync(join(out, ".neural-beta"))).toBe(false);
});

it("after kill -9 at any moment of the swap, the next run completes the report", async () => {
  const out = join(folder, "killed");
  expect(await ended(writer(out, 150, "first"))).toBe(0);
  const finished = join(out, ".neural-beta", "finished");
  const seen = new Set<string>();
  for (let delay = 0; delay < 10; delay++) {
    const word = `run ${delay}`;
    const child = writer(out, delay % 2 ? 150 : 60, word);
    await once(child.stdout!, "data");
    // Some die before the list of files is final, some amid the moves, some after.
    const until = performance.now() + delay;
    while (performance.now() < until && !existsSync(join(finished, "index.html")));
    const pause = performance.now() + (delay % 5) * 2;
    while (performance.now() < pause);
    child.kill("SIGKILL");
    await ended(child);
    const began = existsSync(join(finished, "manifest.json"));
    const parts = wordsOf(out).size > 1;
    seen.add(began ? (parts ? "amid" : "begun") : "out");
    openReport(out).close();
    expect(wordsOf(out).size).toBe(1);
    const { tables } = reportIn(out)!;
    expect(files(out)).toHaveLength(2 * Object.keys(tables).length + 3);
    if (began) expect(wordsOf(out)).toEqual(new Set([word]));
  }
  expect([...seen]).toContain("amid");
});
