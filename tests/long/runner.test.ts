/** Notebooks run cell by cell: what is kept, what is said, and what goes when a run ends. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Kernel, startKernel } from "../../tools/dist/kernel/client.js";
import {
  type CodeCell,
  type Notebook,
  notebookOf,
  notebookText,
} from "../../tools/dist/kernel/notebook.js";
import { runNotebook } from "../../tools/dist/kernel/runner.js";
import { ROOT } from "../support/scratch.js";

const KERNEL = {
  cwd: join(ROOT, "notebooks"),
  env: process.env,
  script: join(ROOT, "tools", "kernel", "kernel.cjs"),
};
const RUN_CELLS = join(ROOT, "tests", "fixtures", "run-cells.mjs");

const cells = (...sources: string[]): Notebook =>
  notebookOf(sources.map((source) => ({ type: "code", source, tags: [] })));
const outputs = (notebook: Notebook, i = 0) => (notebook.cells[i] as CodeCell).outputs;
const text = (notebook: Notebook, i = 0) => outputs(notebook, i)[0]?.text as string;

/** Runs cells in a kernel of their own. */
async function runAlone(notebook: Notebook, more: { timeout?: number } = {}): Promise<void> {
  const kernel = await startKernel(KERNEL);
  try {
    await runNotebook(kernel, notebook, { name: "a.nb.ts", ...more });
  } finally {
    await kernel.close();
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function within(seconds: number, holds: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000 && !holds(); waited += 50)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return holds();
}

describe("a run", () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await startKernel(KERNEL);
  });
  afterAll(() => kernel.close());
  const run = (notebook: Notebook) => runNotebook(kernel, notebook, { name: "a.nb.ts" });
  const failure = (notebook: Notebook): Promise<string> =>
    run(notebook).then(
      () => "no failure",
      (error: Error) => error.message,
    );

  it("merges what a stream says, counts cells from one and keeps no time or transient", async () => {
    const notebook = cells(
      'console.log("a"); console.log("b");',
      'import { display } from "tslab"; display.html("<b>x</b>");',
    );
    await run(notebook);
    expect(outputs(notebook)).toEqual([{ output_type: "stream", name: "stdout", text: "a\nb\n" }]);
    expect(outputs(notebook, 1)).toEqual([
      {
        output_type: "display_data",
        data: { "text/html": "<b>x</b>" },
        metadata: {},
      },
    ]);
    expect(notebook.cells.map((cell) => (cell as CodeCell).execution_count)).toEqual([1, 2]);
    expect(notebookText(notebook)).not.toMatch(/transient|execution"|20\d\d-/);
  });

  it("loses none of 20,000 lines, of 3,000 displays, of a display of 20 MB", async () => {
    const notebook = cells(
      "for (let i = 0; i < 20000; i++) console.log(i);",
      'import { display } from "tslab"; for (let i = 0; i < 3000; i++) display.text(String(i));',
      'display.text("x".repeat(20_000_000));',
    );
    await run(notebook);
    const lines = text(notebook).trimEnd().split("\n");
    expect(lines).toEqual(Array.from({ length: 20_000 }, (_, i) => String(i)));
    expect(outputs(notebook, 1)).toHaveLength(3000);
    const [big] = outputs(notebook, 2) as { data: Record<string, string> }[];
    expect(big!.data["text/plain"]).toHaveLength(20_000_000);
  });

  it("replaces a display that is updated", async () => {
    const notebook = cells(
      'import { newDisplay } from "tslab"; const shown = newDisplay(); shown.text("first");',
      'shown.text("last");',
    );
    await run(notebook);
    expect(outputs(notebook)).toMatchObject([{ data: { "text/plain": "last" } }]);
    expect(outputs(notebook, 1)).toEqual([]);
  });

  it("keeps no line of progress", async () => {
    const notebook = cells(
      'import { progress } from "neural-beta"; const step = progress("nets"); step(1, 3);',
      'step(3, 3); console.log("trained");',
    );
    await run(notebook);
    expect(outputs(notebook)).toEqual([]);
    expect(text(notebook, 1)).toBe("trained\n");
  });

  it("shows a figure as one bundle, which the kernel's published type carries", async () => {
    const notebook = cells(
      'import { show } from "neural-beta"; show({ id: "f", caption: "c", alt: "a", data: [{ y: [1] }], layout: {} });',
    );
    await run(notebook);
    const [bundle] = outputs(notebook) as { data: object; metadata: object }[];
    expect(Object.keys(bundle!.data)).toEqual(["application/vnd.plotly.v1+json", "text/plain"]);
    expect(bundle!.metadata).toEqual({
      "neural-beta": { figure: "f", caption: "c", alt: "a" },
    });
  });

  it("names cell and line of what the compiler refuses", async () => {
    const message = await failure(cells("const ok = 1;", 'const a = 1;\nconst n: number = "one";'));
    expect(message).toContain("a.nb.ts: cell 2, line 2 failed");
    expect(message).toContain('2 | const n: number = "one";');
    expect(message).toContain("Type 'string' is not assignable to type 'number'");
  });

  it("names the line of an error at run time, whatever the compiler left out above it", async () => {
    const source =
      'interface Gone {\n  a: number;\n}\n// gone too\nconst g: Gone = { a: 1 };\n\nconst f = (x: Gone) => {\n  throw new RangeError("bad" + x.a);\n};\nf(g);';
    const message = await failure(cells(source));
    expect(message).toContain("a.nb.ts: cell 1, line 8 failed");
    expect(message).toContain("RangeError: bad1");
    expect(message).toContain("called from line 10");
    expect(message).not.toMatch(/^ +at |node_modules|kernel\.cjs|node:/m);
  });

  it("says where in the library a mistake happened, without the rest of its stack", async () => {
    const message = await failure(
      cells(
        'import { rollingBeta } from "neural-beta";\nrollingBeta(null as never, { lookback: 3 });',
      ),
    );
    expect(message).toMatch(/^a\.nb\.ts: cell 1, line 2 failed\n {2}2 \| rollingBeta/);
    expect(message).toMatch(/TypeError: .*\n {2}in rollingBeta \(lib\/dist\/betas\/rolling\.js:/);
    expect(message).not.toMatch(/^ +at /m);
  });

  it("names the line of an error after an await", async () => {
    const message = await failure(
      cells('const w = await Promise.resolve(1);\n\nawait Promise.reject(new Error("late"));'),
    );
    expect(message).toContain("a.nb.ts: cell 1, line 3 failed");
  });

  it("fails on a rejection that nobody handles, though the kernel calls the cell a success", async () => {
    const message = await failure(
      cells(
        'void Promise.reject(new Error("nobody"));',
        "await new Promise((r) => setTimeout(r, 20));",
      ),
    );
    expect(message).toContain("UnhandledPromiseRejection: Error: nobody");
  });

  it("fails on an error in a timer of the last cell", async () => {
    const message = await failure(cells('setTimeout(() => { throw new Error("timer"); }, 20);'));
    // On a busy machine the cell itself may still run when the timer fires.
    expect(message).toMatch(
      /(after the last cell:|cell 1 failed)\s+UncaughtException: Error: timer/,
    );
  });

  it("goes on after a cell that is tagged to fail, and keeps its error as an output", async () => {
    const notebook = notebookOf([
      {
        type: "code",
        source: 'throw new TypeError("on purpose");',
        tags: ["raises-exception"],
      },
      { type: "code", source: 'console.log("after");', tags: [] },
    ]);
    await run(notebook);
    expect(outputs(notebook)).toMatchObject([
      { output_type: "error", ename: "TypeError", evalue: "on purpose" },
    ]);
    expect(text(notebook, 1)).toBe("after\n");
  });

  it("fails if a cell that is tagged to fail does not", async () => {
    const notebook = notebookOf([{ type: "code", source: "1 + 1;", tags: ["raises-exception"] }]);
    expect(await failure(notebook)).toContain("was expected to fail");
  });

  it("takes parts apart under names of their own", async () => {
    const notebook = cells(
      "const one = { row: 3, list: [1] };",
      "const { row: x, list: [y, z = 4] } = one;",
      "const pick = ({ row: own }: { row: number }) => own;\nconsole.log(x, y, z, pick(one));",
    );
    await run(notebook);
    expect(text(notebook, 2)).toBe("3 1 4 3\n");
  });

  it("knows a variable of an earlier cell in { name }", async () => {
    const notebook = cells(
      "const lookback = 12;",
      "console.log({ lookback, deep: [{ lookback }] });",
    );
    await run(notebook);
    expect(text(notebook, 1)).toBe("{ lookback: 12, deep: [ { lookback: 12 } ] }\n");
  });

  it("does not mind a package that changes on disk between two cells", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "neural-beta-"));
    const folder = join(cwd, "node_modules", "a");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "types": "index.d.ts" }');
    writeFileSync(join(folder, "index.js"), "exports.one = 1;");
    writeFileSync(join(folder, "index.d.ts"), "export const one: number;");
    const kernel = await startKernel({ ...KERNEL, cwd });
    try {
      const notebook = cells(
        'import { one } from "a";',
        'import { utimesSync } from "node:fs"; utimesSync("node_modules/a/package.json", 1, 1); await new Promise((done) => setTimeout(done, 500));',
        "console.log(one);",
      );
      await runNotebook(kernel, notebook, { name: "a.nb.ts" });
      expect(text(notebook, 2)).toBe("1\n");
    } finally {
      await kernel.close();
      rmSync(cwd, { recursive: true });
    }
  });

  it("gives the same bytes twice", async () => {
    const source = 'import { stream } from "neural-beta"; console.log(stream(1, "a").uniform());';
    const [first, second] = [cells(source), cells(source)];
    await run(first);
    await run(second);
    expect(notebookText(first)).toBe(notebookText(second));
  });
});

describe("a run that cannot go on", () => {
  it.concurrent("fails at once when a cell ends the kernel", async () => {
    const began = performance.now();
    await expect(runAlone(cells("process.exit(3);"))).rejects.toThrow(
      "a.nb.ts: cell 1 failed\n  the kernel ended (exit code 3)",
    );
    expect(performance.now() - began).toBeLessThan(60_000);
  });

  it.concurrent("fails when a cell takes longer than it may", async () => {
    await expect(runAlone(cells("await new Promise(() => {});"), { timeout: 300 })).rejects.toThrow(
      "the cell was not done within 0.3 s",
    );
  });

  it.concurrent("calls output that never ends lost, as tslab without its wrapper loses it", async () => {
    const kernel = await startKernel({
      ...KERNEL,
      script: createRequire(import.meta.url).resolve("tslab/bin/tslab"),
      args: ["kernel"],
      idleTimeout: 1500,
    });
    try {
      const notebook = cells("for (let i = 0; i < 20000; i++) console.log(i);");
      await expect(runNotebook(kernel, notebook, { name: "a.nb.ts" })).rejects.toThrow(
        "output lost",
      );
    } finally {
      await kernel.close();
    }
  });

  it.concurrent("says what a kernel said that never starts", async () => {
    const script = join(ROOT, "tests", "fixtures", "no-kernel.cjs");
    await expect(startKernel({ ...KERNEL, script })).rejects.toThrow("no kernel here");
  });
});

describe("after a run", () => {
  it.concurrent("the kernel is gone and so is its folder with the key", async () => {
    const folder = mkdtempSync(join(tmpdir(), "neural-beta-close-"));
    const child = spawn(process.execPath, [RUN_CELLS, "1 + 1;"], {
      env: { ...process.env, TMPDIR: folder },
    });
    const [pid] = await once(createInterface(child.stdout), "line");
    // A timeout of ten minutes per cell must not keep the process.
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    expect(await within(5, () => !isAlive(Number(pid)))).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it.concurrent.each([
    ["waits", "await new Promise((r) => setTimeout(r, 60_000));"],
    ["never ends its loop", "for (;;) {}"],
  ])(
    "a runner killed with -9 leaves neither kernel nor key behind, while its cell %s",
    async (_, cell) => {
      const folder = mkdtempSync(join(tmpdir(), "neural-beta-kill-"));
      const child = spawn(process.execPath, [RUN_CELLS, cell], {
        env: { ...process.env, TMPDIR: folder },
      });
      const [pid] = await once(createInterface(child.stdout), "line");
      // The cell has to be running, or the kernel would still hear events.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(isAlive(Number(pid))).toBe(true);
      child.kill("SIGKILL");
      await once(child, "exit");
      expect(await within(8, () => !isAlive(Number(pid)))).toBe(true);
      expect(await within(2, () => readdirSync(folder).length === 0)).toBe(true);
      rmSync(folder, { recursive: true });
    },
  );

  it.concurrent("a kernel whose runner was killed while it started ends too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "neural-beta-early-"));
    const runner = spawn(process.execPath, ["-e", ""]);
    await once(runner, "exit");
    const names = ["shell", "iopub", "control", "stdin", "hb"].map((name) => `${name}_port`);
    const ports = Object.fromEntries(names.map((name) => [name, 0]));
    const config = { transport: "tcp", ip: "127.0.0.1", key: "", ...ports };
    writeFileSync(join(folder, "connection.json"), JSON.stringify(config));
    const kernel = spawn(
      process.execPath,
      [KERNEL.script, "--config-path", join(folder, "connection.json")],
      { ...KERNEL, env: { ...process.env, NEURAL_BETA_RUNNER: String(runner.pid) } },
    );
    const [, signal] = await once(kernel, "exit");
    expect(signal).toBe("SIGKILL");
    expect(existsSync(folder)).toBe(false);
  });

  it.concurrent("a runner ended by SIGTERM leaves neither kernel nor folder", async () => {
    const folder = mkdtempSync(join(tmpdir(), "neural-beta-term-"));
    const child = spawn(
      process.execPath,
      [RUN_CELLS, "await new Promise((r) => setTimeout(r, 60_000));"],
      {
        env: { ...process.env, TMPDIR: folder },
      },
    );
    const [pid] = await once(createInterface(child.stdout), "line");
    child.kill("SIGTERM");
    await once(child, "exit");
    expect(await within(5, () => !isAlive(Number(pid)))).toBe(true);
    expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});
