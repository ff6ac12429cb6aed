/** Whose files a report's folder holds, who may write there, and what is left of a run that was killed. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openReport, removeReport, reportIn } from "../tools/dist/report/folder.js";
import { type Manifest, reportFiles } from "../tools/dist/report/manifest.js";
import { files } from "./support/report-writer.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
const HASH = "0".repeat(64);

const MANIFEST: Manifest = {
  name: "neural-beta",
  version: "0.0.1",
  packages: {},
  study: HASH,
  data: {},
  notebooks: ["00-a", "01-b"],
  tables: { returns: HASH, "old-table": HASH },
  figures: { returns: HASH },
};

const read = (...path: string[]) => readFileSync(join(...path), "utf8");
/** A report as an earlier run left it. */
function oldReport(name: string, manifest: object = MANIFEST): string {
  const out = join(folder, name);
  write(join(out, "manifest.json"), JSON.stringify(manifest));
  for (const file of ["index.html", "tables/returns.csv", "tables/old-table.csv"])
    write(join(out, file), "old");
  return out;
}

/** Makes a report with one table in a folder, in this process. */
function newReport(out: string, target = out): void {
  const { staging, replace, close } = openReport(out);
  const made = { ...MANIFEST, tables: { returns: HASH }, figures: {}, notebooks: ["00-a"] };
  write(join(staging, "manifest.json"), JSON.stringify(made));
  for (const file of ["index.html", "tables/returns.csv", "tables/unlisted.csv"])
    write(join(staging, file), "new");
  try {
    replace(target);
  } finally {
    close();
  }
}

describe("the files of a report", () => {
  it("are those that its manifest lists, and no others", () => {
    expect(reportFiles({ notebooks: ["00-a"], tables: { t: HASH }, figures: { f: HASH } })).toEqual(
      [
        "notebooks/00-a.ipynb",
        ...["csv", "md", "tex", "html", "parquet", "arrow"].map((ending) => `tables/t.${ending}`),
        ...["json", "svg", "pdf", "png", "tex"].map((ending) => `figures/f.${ending}`),
        "tables/README.md",
        "index.html",
        "summary.pdf",
        "references.bib",
        "replication.zip",
        "manifest.json",
      ],
    );
  });
  it("are replaced, and taken away where the new report lacks them; all others stay as they are", () => {
    const out = oldReport("others");
    write(join(out, "tables", "thesis.csv"), "mine");
    write(join(out, "notebooks", "mine.ipynb"), "mine");
    write(join(out, "mine.txt"), "mine");
    newReport(out);
    expect(files(out)).toEqual([
      "index.html",
      "manifest.json",
      "mine.txt",
      "notebooks/mine.ipynb",
      "tables/returns.csv",
      "tables/thesis.csv",
    ]);
    expect(read(out, "tables", "returns.csv")).toBe("new");
    expect(read(out, "tables", "thesis.csv")).toBe("mine");
  });
  it("never take the place of a file that no report has written", () => {
    const out = oldReport("in-the-way", { ...MANIFEST, tables: { "old-table": HASH } });
    expect(() => newReport(out)).toThrow(
      /^--out: .*in-the-way holds tables\/returns\.csv that this command did not write, and would replace/,
    );
    expect(read(out, "tables", "returns.csv")).toBe("old");
    expect(read(out, "tables", "old-table.csv")).toBe("old");
    expect(existsSync(join(out, ".neural-beta"))).toBe(false);
  });
  it("are taken away by themselves when a report is removed", () => {
    const out = oldReport("removed");
    write(join(out, "mine.txt"), "mine");
    removeReport(out);
    expect(files(out)).toEqual(["mine.txt"]);
    const whole = oldReport("removed-whole");
    removeReport(whole);
    expect(existsSync(whole)).toBe(false);
  });
});

describe("a folder is refused", () => {
  it.each<[string, unknown]>([
    ["of another program", { name: "web-app", short_name: "App" }],
    ["with a list", []],
    ["without a version", { ...MANIFEST, version: undefined }],
    ["that lists a path", { ...MANIFEST, tables: { "../../thesis": HASH } }],
    ["that lists a hidden file", { ...MANIFEST, notebooks: [".profile"] }],
    ["without hashes", { ...MANIFEST, figures: { returns: "yes" } }],
  ])("for a manifest %s", (name, manifest) => {
    const out = oldReport(name, manifest as object);
    expect(() => reportIn(out)).toThrow(/holds manifest\.json that this command did not write/);
    expect(files(out)).toHaveLength(4);
  });
  it("for a manifest that is no JSON", () => {
    const out = oldReport("no-json");
    write(join(out, "manifest.json"), "{");
    expect(() => reportIn(out)).toThrow("holds manifest.json that this command did not write");
  });
  it("for parts of a report without a manifest", () => {
    const out = oldReport("parts");
    rmSync(join(out, "manifest.json"));
    expect(() => reportIn(out)).toThrow(
      "holds tables, index.html that this command did not write, and would replace; name another folder",
    );
  });
  it("while another process writes there, which is named with what to do", async () => {
    const out = join(folder, "locked");
    const holder = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const lock = join(out, ".neural-beta", "lock", `${holder.pid}@${hostname()}`);
    write(lock, "");
    expect(() => openReport(out)).toThrow(
      `--out: process ${holder.pid} is writing ${out}; wait for its end, or name another folder; if it is no run of this project, delete ${lock}`,
    );
    holder.kill("SIGKILL");
    await once(holder, "exit");
    newReport(out);
    expect(files(out)).toEqual(["index.html", "manifest.json", "tables/returns.csv"]);
  });
  it("where another machine may be writing, since nobody can tell from here", () => {
    const out = join(folder, "elsewhere");
    write(join(out, ".neural-beta", "lock", "1@another-machine"), "");
    expect(() => openReport(out)).toThrow("--out: process 1 is writing");
  });
});

describe("after kill -9", () => {
  it("the first report of a folder is completed too, though no manifest was in place", () => {
    const out = join(folder, "first");
    const finished = join(out, ".neural-beta", "finished");
    const list = reportFiles({ notebooks: [], tables: { returns: HASH }, figures: {} }).filter(
      (file) => !/md|tex/.test(file),
    );
    write(join(finished, "files.json"), JSON.stringify(list));
    const made = { ...MANIFEST, notebooks: [], tables: { returns: HASH }, figures: {} };
    write(join(finished, "manifest.json"), JSON.stringify(made));
    write(join(finished, "index.html"), "new");
    write(join(finished, "tables/returns.html"), "new");
    // This one had been moved already.
    write(join(out, "tables/returns.csv"), "new");
    expect(reportIn(out)).toEqual(made);
    openReport(out).close();
    expect(files(out)).toEqual([
      "index.html",
      "manifest.json",
      "tables/returns.csv",
      "tables/returns.html",
    ]);
  });

  it("what an unfinished run left is cleared by the next", () => {
    const out = oldReport("unfinished");
    write(join(out, ".neural-beta", "unfinished", "tables", "returns.csv.17.tmp"), "half");
    openReport(out).close();
    expect(readdirSync(out).sort()).toEqual(["index.html", "manifest.json", "tables"]);
  });
});
