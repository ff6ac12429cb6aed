/** An interrupted cell: the search ends, and the kernel goes on. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { startKernel } from "../../tools/dist/kernel/client.js";
import type { Message } from "../../tools/dist/kernel/messages.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const READ = `
import { progress, readPanel, readStudy, searchNetworks, simdTrainer } from "neural-beta";
const study = await readStudy();
const panel = await readPanel(study);
`;
const SEARCH = `
const rows = await searchNetworks(panel, simdTrainer({ threads: 2 }), {
  ...study,
  epochs: 20_000,
  onProgress: progress("networks"),
});
`;

it("an interrupt ends a search in a notebook cell, and the kernel runs the next cell", async () => {
  const kernel = await startKernel({
    cwd: join(ROOT, "notebooks"),
    env: process.env,
    script: join(ROOT, "tools", "kernel", "kernel.cjs"),
  });
  try {
    let said = "";
    const onOutput = ({ type, content }: Message) => {
      if (type === "stream") said += content.text;
      // The first progress: threads are at work.
      else if (type === "display_data") process.kill(kernel.pid, "SIGINT");
    };
    await kernel.execute(READ, { onOutput });
    expect(await kernel.execute(SEARCH, { onOutput, timeout: 40_000 })).toBe("error");
    expect(said).toMatch(/training was interrupted|Interrupted/);
    // tslab drops requests for 200 ms after an error.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const workers =
      "console.log((process.report.getReport() as { workers: object[] }).workers.length, panel.dates.length);";
    said = "";
    const status = await kernel.execute(workers, { onOutput });
    expect([status, said]).toEqual(["ok", expect.stringMatching(/^[01] 83\n$/)]);
  } finally {
    await kernel.close();
  }
});
