/** What the audit warns of reaches the reader: on the terminal, in the table of the audit, at the head of the page. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../lib/src/data/audit/finding.js";
import { auditFact, warningLines } from "../../tools/dist/warnings.js";
import { ROOT, scratchFolder, write } from "../support/scratch.js";
import { type Outcome, tool } from "../support/tool.js";

const WARNING: Finding = {
  series: "GOLD",
  check: "outlier",
  date: "2020-03-31",
  value: 4.6,
  threshold: 4,
  severity: "warning",
  remedy: "compare it with a second source",
  place: "gold.csv:28",
};

describe("the lines of warnings", () => {
  it("name severity, file, series, date, value and remedy, a line each, errors apart", () => {
    const error: Finding = { ...WARNING, severity: "error" };
    expect(warningLines([WARNING, error])).toEqual([
      "warning: gold.csv:28: GOLD on 2020-03-31: outlier must keep to 4, got 4.6; compare it with a second source",
    ]);
    expect(auditFact([WARNING])).toBe("1 warning on the data, in the table of the audit (00)");
  });

  it("are none where nothing is found", () => {
    expect(warningLines([])).toEqual([]);
    expect(auditFact([])).toBe("nothing found in the data");
  });

  it("are twenty at most, with a count of the others and where they stand", () => {
    const lines = warningLines(Array<Finding>(22).fill(WARNING));
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe("2 more warnings: tables/audit.csv has all");
  });
});

describe("npm start on data with faults that may be true", () => {
  const folder = scratchFolder();
  const out = join(folder, "report");
  let run: Outcome;
  beforeAll(async () => {
    const [head, ...rows] = readFileSync(join(ROOT, "data", "monthly.csv"), "utf8")
      .trimEnd()
      .split("\n");
    const at = (series: string) => head!.split(",").indexOf(series);
    const damaged = rows.map((row, t) => {
      const cells = row.split(",");
      // A price of one month's end times 100; a price that stands still for ten months.
      if (t === 30) cells[at("BTC")] = String(Number(cells[at("BTC")]) + Math.log(100));
      if (t === 31) cells[at("BTC")] = String(Number(cells[at("BTC")]) - Math.log(100));
      if (t >= 40 && t < 50) cells[at("GOLD")] = "0";
      return cells.join(",");
    });
    write(join(folder, "my-returns.csv"), `${[head, ...damaged].join("\n")}\n`);
    // Factors that end early.
    const factors = readFileSync(join(ROOT, "data", "factors-monthly.csv"), "utf8").split("\n");
    write(join(folder, "my-factors.csv"), `${factors.slice(0, -44).join("\n")}\n`);
    const study = write(
      join(folder, "study.json"),
      JSON.stringify({ returns: "my-returns.csv", factors: "my-factors.csv" }),
    );
    run = await tool("start", ["--only", "00", "--study", study, "--out", out]);
  });

  it("runs, and says each on the terminal with file and line", () => {
    expect(run).toMatchObject({ code: 0, err: "" });
    const warnings = run.out.split("\n").filter((line) => line.startsWith("warning: "));
    expect(warnings.map((line) => /: (\w+) on (\S+): ([\w-]+) must/.exec(line)?.slice(1))).toEqual([
      ["BTC", "2020-07-31", "outlier"],
      ["BTC", "2020-08-31", "outlier"],
      ["GOLD", "2021-05-31", "zeros"],
      ["factors", "2022-06-30", "coverage"],
    ]);
    expect(warnings[0]).toMatch(/^warning: \S+my-returns\.csv:32: BTC .*; the log return is/);
  });

  it("has each in the table of the audit, and says how many at the head of the page", () => {
    const table = readFileSync(join(out, "tables", "audit.csv"), "utf8");
    expect(table).toMatch(/\nBTC,outlier,2020-07-31,.*,warning,.*,my-returns\.csv:32\n/);
    expect(table.trimEnd().split("\n")).toHaveLength(5);
    expect(table).not.toContain(folder);
    const page = readFileSync(join(out, "index.html"), "utf8");
    expect(page).toContain("<dt>Audit</dt><dd>4 warnings on the data, in the table");
    expect(page.match(/<td>warning<\/td>/g)).toHaveLength(4);
  });
});
