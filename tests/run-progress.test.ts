/** What a run of notebooks says while it goes: on a terminal, in a pipe, and when it is stopped. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runProgress } from "../tools/dist/run-progress.js";
import { ROOT, scratchFolder } from "./support/scratch.js";

describe("the progress of a run", () => {
  let [out, err] = ["", ""];
  const { isTTY } = process.stderr;
  beforeEach(() => {
    [out, err] = ["", ""];
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      out += chunk;
      return true;
    });
    vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
      err += chunk;
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    process.stderr.isTTY = isTTY;
  });
  const seconds = new Map([
    ["00-a", 20],
    ["01-b", 100],
  ]);
  const lastLine = () => err.split("\r\u001B[K").at(-1);

  it("is a line per notebook with its seconds in a pipe", () => {
    process.stderr.isTTY = false;
    const progress = runProgress(1, seconds);
    const notebook = progress.begin("00-a");
    notebook.cells(0, 3);
    notebook.says("1 of 2 networks");
    vi.advanceTimersByTime(12_300);
    expect(notebook.end()).toBeCloseTo(12.3, 6);
    progress.close();
    expect([out, err]).toEqual(["00-a: 13 s\n", ""]);
  });

  it("counts down on a terminal between two cells, and shows the notebook's own count", () => {
    process.stderr.isTTY = true;
    const progress = runProgress(1, seconds);
    const first = progress.begin("00-a");
    expect(lastLine()).toBe("about 2 min left: 00-a");
    first.end();
    const notebook = progress.begin("01-b");
    notebook.cells(1, 3);
    vi.advanceTimersByTime(30_000);
    expect(lastLine()).toBe("about 70 s left: 01-b, cell 2 of 3");
    vi.advanceTimersByTime(1000);
    expect(lastLine()).toBe("about 69 s left: 01-b, cell 2 of 3");
    notebook.says("0 of 1,000 networks");
    vi.advanceTimersByTime(8_000);
    notebook.says("100 of 1,000 networks");
    expect(lastLine()).toBe("about 72 s left: 01-b, cell 2 of 3, 100 of 1,000 networks");
    notebook.cells(2, 3);
    expect(lastLine()).toBe("about 61 s left: 01-b, cell 3 of 3");
    progress.close();
    expect(lastLine()).toBe("");
  });

  it("expects more of those that are left where those that are done took longer", () => {
    process.stderr.isTTY = true;
    const progress = runProgress(1, seconds);
    const first = progress.begin("00-a");
    vi.advanceTimersByTime(40_000);
    first.end();
    progress.begin("01-b");
    vi.advanceTimersByTime(140_000);
    expect(lastLine()).toBe("about 60 s left: 01-b");
    progress.close();
  });

  it("names all notebooks that run, and halves the time of those that run two at a time", () => {
    process.stderr.isTTY = true;
    const progress = runProgress(2, new Map([...seconds, ["02-c", 60]]));
    progress.begin("00-a").cells(0, 2);
    progress.begin("02-c").cells(1, 2);
    expect(lastLine()).toBe("about 2 min left: 00-a, cell 1 of 2; 02-c, cell 2 of 2");
    progress.begin("01-b");
    vi.advanceTimersByTime(40_000);
    expect(lastLine()).toMatch(/^about 60 s left: /);
    progress.close();
  });

  it("tells no time where none is expected", () => {
    process.stderr.isTTY = true;
    const progress = runProgress(1);
    progress.begin("00-a").cells(0, 3);
    expect(lastLine()).toBe("00-a, cell 1 of 3");
    progress.close();
  });
});

describe("a run that is stopped", () => {
  const folder = scratchFolder();
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "by %s says what is kept, and that the same command goes on",
    async (signal, code) => {
      const start = spawn(
        process.execPath,
        [join(ROOT, "tools/dist/start.js"), "--only", "00", "--out", join(folder, signal)],
        { cwd: ROOT, env: { ...process.env, NEURAL_BETA_BROWSER: "none" } },
      );
      let said = "";
      start.stdout.on("data", (chunk) => {
        said += chunk;
        if (!start.killed && said.includes("1 notebook; about")) start.kill(signal);
      });
      expect((await once(start, "close"))[0]).toBe(code);
      expect(said.trimEnd().split("\n").at(-1)).toBe(
        "stopped: trained networks are kept in .cache; the same command goes on from there",
      );
    },
  );
});
