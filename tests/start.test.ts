/** npm start that is refused, and npm run notebooks -- --check. What it writes is seen in tests/long/start.test.ts. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { oldReport } from "./support/old-report.js";
import { ROOT, scratchFolder } from "./support/scratch.js";
import { tool as run } from "./support/tool.js";

const tool = (name: string, ...args: string[]) => run(name, args);

const folder = scratchFolder();

function studyFile(name: string, study: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(study));
  return file;
}

describe("npm start that fails", () => {
  it.concurrent("names what a study asks for in vain before it starts anything, and leaves the old report as it was", async () => {
    const out = oldReport(join(folder, "failing"));
    const study = studyFile("failing.json", { coins: ["BTC", "DOGE"] });
    const { code, err } = await tool("start", "--only", "00", "--study", study, "--out", out);
    expect(code).not.toBe(0);
    expect(err).toMatch(/^\S+monthly\.csv: has no column DOGE, it has BTC, ETH/);
    expect(readdirSync(out).sort()).toEqual(["index.html", "manifest.json", "mine.txt", "tables"]);
    expect(readFileSync(join(out, "index.html"), "utf8")).toBe("old page");
    expect(readdirSync(join(out, "tables"))).toEqual(["old.csv"]);
  });
  it.concurrent("refuses a folder whose parts it did not write, and leaves them", async () => {
    const out = oldReport(join(folder, "foreign"));
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
