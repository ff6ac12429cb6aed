/** npm start: the report that it writes, and how it fails. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT, scratchFolder } from "./support/scratch.js";
import { tool as run } from "./support/tool.js";

const tool = (name: string, ...args: string[]) => run(name, args);

const folder = scratchFolder();

function studyFile(name: string, study: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(study));
  return file;
}

const OLD = {
  name: "neural-beta",
  version: "0.0.1",
  packages: {},
  study: "",
  data: {},
  notebooks: ["00-data-preparation"],
  tables: { old: "0".repeat(64) },
  figures: {},
};

/** A folder as an earlier run left it, with a file of the user's. */
function oldReport(name: string): string {
  const out = join(folder, name);
  mkdirSync(join(out, "tables"), { recursive: true });
  writeFileSync(join(out, "index.html"), "old page");
  writeFileSync(join(out, "manifest.json"), JSON.stringify(OLD));
  writeFileSync(join(out, "tables", "old.csv"), "old");
  writeFileSync(join(out, "mine.txt"), "mine");
  return out;
}

describe("npm start", () => {
  const out = oldReport("good");
  let printed: { code: number; out: string; err: string };
  beforeAll(async () => {
    printed = await tool("start", "--only", "00", "--out", out);
  });

  it("writes page, notebooks, tables, figures and manifest", () => {
    expect(printed.err).toBe("");
    expect(printed.code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      "figures",
      "index.html",
      "manifest.json",
      "mine.txt",
      "notebooks",
      "replication.zip",
      "tables",
    ]);
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

describe("npm start that fails", () => {
  it.concurrent("names what a study asks for in vain before it starts anything, and leaves the old report as it was", async () => {
    const out = oldReport("failing");
    const study = studyFile("failing.json", { coins: ["BTC", "DOGE"] });
    const { code, err } = await tool("start", "--only", "00", "--study", study, "--out", out);
    expect(code).not.toBe(0);
    expect(err).toMatch(/^\S+monthly\.csv: has no column DOGE, it has BTC, ETH/);
    expect(readdirSync(out).sort()).toEqual(["index.html", "manifest.json", "mine.txt", "tables"]);
    expect(readFileSync(join(out, "index.html"), "utf8")).toBe("old page");
    expect(readdirSync(join(out, "tables"))).toEqual(["old.csv"]);
  });
  it.concurrent("refuses a folder whose parts it did not write, and leaves them", async () => {
    const out = oldReport("foreign");
    rmSync(join(out, "manifest.json"));
    const { code, err } = await tool("start", "--only", "00", "--out", out);
    expect(code).not.toBe(0);
    expect(err).toContain(
      "holds tables, index.html that this command did not write, and would replace; name another folder",
    );
    expect(readdirSync(out).sort()).toEqual(["index.html", "mine.txt", "tables"]);
    expect((await tool("start", "--out", ROOT)).err).toContain("--out: ");
  });
  it.concurrent("names the key of a file that a study cannot find, before it starts anything", async () => {
    const study = studyFile("nofactors.json", { factors: "gone.csv" });
    const { code, err } = await tool("start", "--study", study, "--out", join(folder, "none2"));
    expect(code).not.toBe(0);
    expect(err).toMatch(
      /^factors: .*gone\.csv: cannot be read \(ENOENT\); check the path, or name another in the study/,
    );
    expect(readdirSync(folder)).not.toContain("none2");
  });
  it.concurrent("refuses the report's own EQUITY, with file, line, value and remedy", async () => {
    const returns = join(ROOT, "data/reported/returns.csv");
    const study = studyFile("reported.json", { returns });
    const { code, err } = await tool(
      ...["start", "--study", study],
      ...["--out", join(folder, "none3")],
    );
    expect(code).not.toBe(0);
    expect(err).toBe(
      `${returns}:6: EQUITY on 2018-05-31: market-difference must keep to 6.532, got -48.79; the column has -1.948 where the stock market has 0.02732 (periods beyond the threshold: 1 of 5), so that it is no equity market: take an index with dividends, or log(1 + Mkt-RF + RF)\n`,
    );
    expect(readdirSync(folder)).not.toContain("none3");
  });
  it.concurrent("refuses a walk over years that the panel has not", async () => {
    const study = studyFile("walk.json", {
      walkForward: { test: { from: "2030-01", through: "2031-12" } },
    });
    const { code, err } = await tool("start", "--study", study);
    expect(code).not.toBe(0);
    expect(err).toMatch(
      /walk.json: walkForward: the test range 2030-01 to 2031-12 must hold a date of the panel, which has 2018-01-31 to 2024-11-30; move the range\n$/,
    );
  });
  it.concurrent("refuses a bad study before it starts anything", async () => {
    const study = studyFile("bad.json", { lookbak: 12 });
    const { code, err } = await tool("start", "--study", study, "--out", join(folder, "none"));
    expect(code).not.toBe(0);
    expect(err).toContain("lookbak");
    expect(readdirSync(folder)).not.toContain("none");
  });
  it.concurrent("refuses a notebook that there is not, and an option that there is not", async () => {
    expect((await tool("start", "--only", "77")).err).toContain(
      "--only: there is no notebook 77, there are 00-data-preparation",
    );
    expect((await tool("start", "--onyl", "00")).err).toContain(
      "usage: npm start [-- --study FILE --out DIR --only 00,05]",
    );
  });
});

describe("npm run notebooks -- --check", () => {
  it("finds a committed notebook that is not what a rerun gives", async () => {
    const rerun = join(folder, "rerun");
    mkdirSync(rerun);
    const name = "00-data-preparation.ipynb";
    const committed = readFileSync(join(ROOT, "notebooks", name), "utf8");
    writeFileSync(join(rerun, name), committed);
    expect((await tool("notebooks", "--only", "00", "--check", rerun)).code).toBe(0);
    writeFileSync(join(rerun, name), committed.replace("The panel has 83", "The panel has 84"));
    const { code, err } = await tool("notebooks", "--only", "00", "--check", rerun);
    expect(code).not.toBe(0);
    expect(err).toContain(
      "notebooks/00-data-preparation.ipynb is not what a rerun gives, first in line",
    );
  });
});
