/** npm start: the report that it writes, what it keeps of an older one, who may write, and what a run that failed or was killed leaves. */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { oldReport } from "../support/old-report.js";
import { ROOT, scratchFolder, write } from "../support/scratch.js";
import { tool } from "../support/tool.js";

const folder = scratchFolder();
const out = oldReport(join(folder, "report"));
const manifestFile = join(out, "manifest.json");
const CHAPTER = "01-baseline-network";
const HASH = "0".repeat(64);

const cache = join(folder, "cache");

/** With an empty cache: chapter 01 trains its networks. */
const start = (...args: string[]) =>
  spawn(process.execPath, [join(ROOT, "tools/dist/start.js"), ...args], {
    cwd: ROOT,
    env: { ...process.env, NEURAL_BETA_BROWSER: "none", NEURAL_BETA_CACHE: cache },
  });

/** Whether a chapter has kept networks. */
const hasTrained = (): boolean =>
  existsSync(cache) && readdirSync(cache, { recursive: true }).join().includes(".records");

/** Chapter 01 as if it had been run: its committed notebook, and stand-ins for its files. */
function addChapter(): void {
  const manifest = JSON.parse(readFileSync(manifestFile, "utf8"));
  manifest.notebooks.push(CHAPTER);
  const file = `${CHAPTER}.ipynb`;
  copyFileSync(join(ROOT, "notebooks", file), join(out, "notebooks", file));
  const cells = JSON.parse(readFileSync(join(ROOT, "notebooks", file), "utf8")).cells as {
    outputs?: { metadata?: { "neural-beta"?: { table?: string; figure?: string } } }[];
  }[];
  for (const output of cells.flatMap(({ outputs = [] }) => outputs)) {
    const { table, figure } = output.metadata?.["neural-beta"] ?? {};
    if (table) {
      for (const ending of ["csv", "html", "tex"])
        write(join(out, "tables", `${table}.${ending}`), "kept\n");
      manifest.tables[table] = HASH;
    }
    if (figure) {
      write(join(out, "figures", `${figure}.json`), "kept");
      write(join(out, "figures", `${figure}.pdf`), "kept");
      manifest.figures[figure] = HASH;
    }
  }
  write(manifestFile, JSON.stringify(manifest));
}

/** Sends a signal to the kernel of a chapter, a child of this process. */
function signalKernel(parent: number, chapter: string, signal: NodeJS.Signals): void {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  const kernel = stdout
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    .find(([, ppid, ...args]) => Number(ppid) === parent && args.includes(chapter));
  process.kill(Number(kernel![0]), signal);
}

/** What lies in the report's folder, with a file of the reader's own. */
const REPORT_FILES = [
  ...["figures", "index.html", "manifest.json", "mine.txt", "notebooks"],
  ...["references.bib", "replication.zip", "tables"],
];

const keysOf = (manifest: string) => {
  const { notebooks, tables, figures, study } = JSON.parse(manifest);
  return { notebooks, tables: Object.keys(tables), figures: Object.keys(figures), study };
};

describe("npm start", () => {
  let printed: { code: number; out: string; err: string };
  beforeAll(async () => {
    printed = await tool("start", ["--only", "00", "--out", out]);
  });

  it("writes page, notebooks, tables, figures and manifest", () => {
    expect(printed.err).toBe("");
    expect(printed.code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(REPORT_FILES);
    expect(readdirSync(join(out, "notebooks"))).toEqual(["00-data-preparation.ipynb"]);
    expect(readdirSync(join(out, "tables")).filter((file) => file.startsWith("returns."))).toEqual([
      "returns.csv",
      "returns.html",
      "returns.md",
      "returns.tex",
    ]);
    expect(readdirSync(join(out, "figures"))).toEqual(["prices.json", "returns.json"]);
  });
  it("says in one line how to get figures where no browser is found", () => {
    expect(
      printed.out.split("\n").filter((line) => line.includes("NEURAL_BETA_BROWSER")),
    ).toHaveLength(1);
  });
  it("takes the old report away, and leaves other files alone", () => {
    expect(readFileSync(join(out, "index.html"), "utf8")).not.toContain("old page");
    expect(readdirSync(join(out, "tables"))).not.toContain("old.csv");
    expect(readFileSync(join(out, "mine.txt"), "utf8")).toBe("mine");
  });
  it("writes the returns in full precision", () => {
    expect(readFileSync(join(out, "tables", "returns.csv"), "utf8")).toBe(
      readFileSync(join(ROOT, "data", "monthly.csv"), "utf8"),
    );
  });
  it("gives the committed notebook with the pictures of its figures", () => {
    const file = join("notebooks", "00-data-preparation.ipynb");
    expect(readFileSync(join(out, file), "utf8")).toBe(readFileSync(join(ROOT, file), "utf8"));
  });
  it("names neither clock nor machine in the manifest", () => {
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    expect(Object.keys(manifest)).toEqual([
      "name",
      "version",
      "packages",
      "study",
      "data",
      "notebooks",
      "tables",
      "figures",
    ]);
    expect(JSON.stringify(manifest)).not.toMatch(/linux|darwin|win32|v2\d\.|20\d\d-/);
  });
});

describe("a report of two chapters", { timeout: 300_000 }, () => {
  let before: string;
  beforeAll(() => {
    addChapter();
    before = readFileSync(manifestFile, "utf8");
  });

  it("is as it was when a run fails; what that run has finished lies beside it, marked", async () => {
    const child = start("--only", "00,01", "--out", out);
    let [said, told] = ["", ""];
    child.stderr.on("data", (chunk) => {
      told += chunk;
    });
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    // Stopped amid its training, chapter 01 cannot end before chapter 00 has.
    await vi.waitUntil(hasTrained, { timeout: 120_000, interval: 10 });
    signalKernel(child.pid!, CHAPTER, "SIGSTOP");
    await vi.waitUntil(() => said.includes("00-data-preparation: "), { timeout: 120_000 });
    signalKernel(child.pid!, CHAPTER, "SIGKILL");
    const [code] = await once(child, "close");
    expect(code).toBe(1);
    expect(told).toMatch(
      /^01-baseline-network\.nb\.ts: cell \d+ failed\n {2}the kernel ended \(SIGKILL\)/,
    );
    expect(told).toContain("1 finished notebook, marked as incomplete: ");
    expect(told).toContain("report is as it was");
    expect(readFileSync(manifestFile, "utf8")).toBe(before);
    const kept = join(out, "incomplete");
    expect(readdirSync(join(kept, "notebooks"))).toEqual(["00-data-preparation.ipynb"]);
    expect(JSON.parse(readFileSync(join(kept, "manifest.json"), "utf8"))).toMatchObject({
      incomplete: CHAPTER,
      notebooks: ["00-data-preparation"],
    });
    expect(readFileSync(join(kept, "index.html"), "utf8")).toContain(
      "<dt>Incomplete</dt><dd>the run ended in 01-baseline-network.nb.ts: cell",
    );
  });

  it("is complete again after kill -9 amid the swap, though two runs then start at once", async () => {
    const killed = start("--only", "00", "--out", out);
    const finished = join(out, ".neural-beta", "finished");
    const watch = setInterval(() => {
      if (existsSync(finished)) killed.kill("SIGKILL");
    }, 1);
    await once(killed, "close");
    clearInterval(watch);
    const runs = await Promise.all([1, 2].map(() => tool("start", ["--only", "00", "--out", out])));
    const [done, refused] = runs.toSorted((a, b) => a.code - b.code);
    expect([done!.code, refused!.code]).toEqual([0, 1]);
    expect(refused!.err).toMatch(/^--out: process \d+ is writing /);
    expect(done!.out).toContain("(1 other chapter kept)");
    const after = readFileSync(manifestFile, "utf8");
    expect(keysOf(after)).toEqual({
      ...keysOf(before),
      tables: keysOf(before).tables.sort(),
      figures: keysOf(before).figures.sort(),
    });
    expect(readFileSync(join(out, "tables", "baseline-rmse.csv"), "utf8")).toBe("kept\n");
    expect(readFileSync(join(out, "figures", "learning-curve.pdf"), "utf8")).toBe("kept");
    expect(readFileSync(join(out, "index.html"), "utf8")).toContain(`<section id="${CHAPTER}">`);
    expect(readdirSync(out).sort()).toEqual(REPORT_FILES);
  });

  it("is kept from a run of one chapter on another study, which goes beside it and says so", async () => {
    const held = readFileSync(manifestFile, "utf8");
    const study = write(join(folder, "mine.json"), '{ "seed": 7 }');
    const args = ["--only", "00", "--study", study, "--out", out];
    const { code, out: said } = await tool("start", args);
    expect(code).toBe(0);
    expect(said).toContain(`stays as it is; this run goes to ${out}-mine`);
    expect(readFileSync(manifestFile, "utf8")).toBe(held);
    expect(existsSync(join(`${out}-mine`, "index.html"))).toBe(true);
  });
});
