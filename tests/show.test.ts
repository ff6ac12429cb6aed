/** The only way out of a cell: sentences, tables and figures, on the terminal, in the kernel and in files. */

import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Figure } from "../lib/src/figures/figure.js";
import { FIGURE_CONFIG, PLOTLY, progress, show, text } from "../lib/src/show.js";
import { tableLatex } from "../lib/src/tables/latex.js";
import {
  type Table,
  tableCsv,
  tableHtml,
  tableMarkdown,
  tableText,
} from "../lib/src/tables/table.js";
import { scratchFolder } from "./support/scratch.js";

const folder = scratchFolder();
let written = 0;

const TABLE: Table = {
  id: "tiny",
  caption: "Made-up betas",
  columns: [
    { key: "coin", head: "Coin" },
    { key: "beta", head: "β", decimals: 1 },
  ],
  rows: [
    ["BTC", 1 / 3],
    ["ETH", Number.NaN],
  ],
  shown: 1,
};
const FIGURE: Figure = {
  id: "tiny-figure",
  caption: "A finding.",
  alt: "A line.",
  data: [{ type: "scatter", x: [0, 1], y: [0.5, null] }],
  layout: { height: 200 },
};

let printed: string;
beforeEach(() => {
  printed = "";
  vi.stubEnv("NEURAL_BETA_OUT", "");
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += chunk;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** A folder for exports, as the runner names it. */
function exportFolder(): string {
  const out = join(folder, String(written++));
  vi.stubEnv("NEURAL_BETA_OUT", out);
  return out;
}

describe("text", () => {
  it("gives numbers four significant digits, integers thousands commas, and leaves text alone", () => {
    expect(text`RMSE ${0.246346} over ${5040} networks of ${"0.10000"}`.sentence).toBe(
      "RMSE 0.2463 over 5,040 networks of 0.10000",
    );
  });

  it.each([
    [0.5, "0.5000"],
    [-0.25, "−0.2500"],
    [-1234567, "−1,234,567"],
    [-123, "−123"],
    [999, "999"],
    [0, "0"],
    [12, "12"],
    [98.76543, "98.77"],
    [999.94, "999.9"],
    [1000.4, "1,000"],
    [-1234.56, "−1,235"],
    [0.0001, "0.0001000"],
    [0.00009999, "9.999e−5"],
    [-0.0000123456, "−1.235e−5"],
    [Number.NaN, "(not defined)"],
  ])("writes %d as %s", (value, written) => {
    expect(text`${value}`.sentence).toBe(written);
  });

  it("keeps the words around its numbers, with their escapes", () => {
    expect(text`a\tb ${1} \\beta`.sentence).toBe("a\tb 1 \\beta");
    expect(text`${1}${2}`.sentence).toBe("12");
    expect(text`no number`.sentence).toBe("no number");
  });
});

describe("show, outside a kernel", () => {
  it("prints a sentence", () => {
    show(text`${3} months.`);
    expect(printed).toBe("3 months.\n");
  });

  it("prints a table as text", () => {
    show(TABLE);
    expect(printed).toBe(`${tableText(TABLE)}\n`);
  });

  it("prints what a figure shows, then its caption", () => {
    show(FIGURE);
    expect(printed).toBe("[Figure tiny-figure: A line.]\nA finding.\n");
  });

  it("writes no file where NEURAL_BETA_OUT is empty", () => {
    const home = process.cwd();
    const here = mkdtempSync(join(folder, "cwd-"));
    process.chdir(here);
    show(TABLE);
    show(FIGURE);
    process.chdir(home);
    expect(readdirSync(here)).toEqual([]);
  });

  it("prints no progress", () => {
    const update = progress("networks");
    update(1, 2);
    update(2, 2);
    expect(printed).toBe("");
  });
});

describe("show, with NEURAL_BETA_OUT", () => {
  it("writes a table in full as CSV, HTML, Markdown and LaTeX", () => {
    const out = exportFolder();
    show(TABLE);
    const read = (name: string) => readFileSync(join(out, "tables", name), "utf8");
    expect(readdirSync(join(out, "tables"))).toEqual([
      "tiny.csv",
      "tiny.html",
      "tiny.md",
      "tiny.tex",
    ]);
    expect(read("tiny.csv")).toBe(tableCsv(TABLE));
    expect(read("tiny.csv")).toContain("0.3333333333333333");
    expect(read("tiny.md")).toBe(tableMarkdown(TABLE));
    expect(read("tiny.tex")).toBe(tableLatex(TABLE));
    const { shown, ...whole } = TABLE;
    expect(read("tiny.html")).toMatch(/^<!doctype html>\n.*<meta charset="utf-8">/s);
    expect(read("tiny.html")).toContain(tableHtml(whole));
    expect(printed).toBe(`${tableText(TABLE)}\n`);
  });

  it("writes every row as HTML, of which the screen shows a hundred", () => {
    const out = exportFolder();
    const rows = Array.from({ length: 150 }, (_, i) => ["BTC", i] as const);
    const { shown, ...whole } = TABLE;
    show({ ...whole, rows });
    const rowsIn = (html: string) => html.split("<tr>").length - 2;
    expect(rowsIn(tableHtml({ ...whole, rows }))).toBe(100);
    expect(rowsIn(readFileSync(join(out, "tables", "tiny.html"), "utf8"))).toBe(150);
  });

  it("writes a table of more than 20,000 rows as CSV alone, and says so", () => {
    const out = exportFolder();
    const rows = Array.from({ length: 20_001 }, (_, i) => ["BTC", i] as const);
    const { shown, ...whole } = TABLE;
    const large = { ...whole, rows };
    show(large);
    expect(readdirSync(join(out, "tables"))).toEqual(["tiny.csv"]);
    expect(readFileSync(join(out, "tables", "tiny.csv"), "utf8")).toBe(tableCsv(large));
    const said =
      "12 of 20001 rows; all of them in tables/tiny.csv; tables of so many rows are written as CSV alone.";
    expect(printed.trimEnd().split("\n").slice(-2)).toEqual(["BTC   11.0", said]);
    expect(tableHtml(large)).toContain(said);
    show({ ...whole, rows: rows.slice(1) });
    expect(readdirSync(join(out, "tables"))).toContain("tiny.tex");
  });

  it("writes a figure as Plotly JSON", () => {
    const out = exportFolder();
    show(FIGURE);
    expect(readdirSync(out)).toEqual(["figures"]);
    expect(readdirSync(join(out, "figures"))).toEqual(["tiny-figure.json"]);
    const json = readFileSync(join(out, "figures", "tiny-figure.json"), "utf8");
    expect(json).toBe(`${JSON.stringify({ data: FIGURE.data, layout: FIGURE.layout })}\n`);
  });

  it("refuses an id that is no name, so that nothing is written elsewhere", () => {
    const out = exportFolder();
    for (const id of ["../../evil", "a/b", "", "A", "a b", "a.b", "-a", "con:"])
      for (const item of [FIGURE, TABLE])
        expect(() => show({ ...item, id })).toThrow(
          `show: an id must be small letters, digits and hyphens, got ${JSON.stringify(id)}`,
        );
    expect(existsSync(out)).toBe(false);
  });

  it("writes no file for a sentence", () => {
    exportFolder();
    show(text`${3} months.`);
    expect(readdirSync(folder)).not.toContain(String(written - 1));
  });
});

describe("show, inside the kernel", () => {
  /** Where Node keeps the kernel's module when it runs; here, a stand-in that notes what it is given. */
  const modules = createRequire(import.meta.url).cache;
  const path = join(folder, "tslab", "dist", "jupyter.js");
  const publish = vi.fn();
  beforeEach(() => {
    publish.mockClear();
    const exports = { lastWriteDisplayData: publish };
    modules[path] = { exports } as unknown as NodeJS.Module;
  });
  afterEach(() => {
    delete modules[path];
  });

  it("draws figures as wide as the page, without a way to send their data", () => {
    expect(FIGURE_CONFIG).toEqual({
      responsive: true,
      displaylogo: false,
      plotlyServerURL: "",
      modeBarButtonsToRemove: ["sendChartToCloud", "lasso2d", "select2d"],
    });
  });

  it("publishes a figure as one message with Plotly JSON and text, then its caption", () => {
    show(FIGURE);
    expect(publish.mock.calls).toEqual([
      [
        {
          data: {
            [PLOTLY]: {
              data: FIGURE.data,
              layout: { height: 200, autosize: true },
              config: FIGURE_CONFIG,
            },
            "text/plain": "[Figure tiny-figure: A line.]",
          },
          metadata: {
            "neural-beta": {
              figure: "tiny-figure",
              caption: "A finding.",
              alt: "A line.",
            },
          },
          transient: {},
        },
      ],
      [
        {
          data: { "text/markdown": "*A finding.*", "text/plain": "A finding." },
          metadata: { "neural-beta": { captionOf: "tiny-figure" } },
          transient: {},
        },
      ],
    ]);
    expect(printed).toBe("");
  });

  it("says the column of a figure that has one", () => {
    show({ ...FIGURE, column: "single" });
    expect(publish.mock.calls[0]![0].metadata["neural-beta"]).toHaveProperty("column", "single");
  });

  it("offers no way to send a figure's data anywhere", () => {
    expect(JSON.stringify(FIGURE_CONFIG)).toContain("sendChartToCloud");
  });

  it("publishes a table as HTML and text, and a sentence as Markdown and text", () => {
    show(TABLE);
    show(text`${3} months.`);
    expect(publish.mock.calls.map(([message]) => message.data)).toEqual([
      { "text/html": tableHtml(TABLE), "text/plain": tableText(TABLE) },
      { "text/markdown": "3 months.", "text/plain": "3 months." },
    ]);
  });

  it("replaces one line of progress until the work is done", () => {
    const update = progress("networks");
    for (const done of [0, 1000, 5040]) update(done, 5040);
    expect(
      publish.mock.calls.map(([{ data, transient }, replaces]) => [
        data["text/plain"],
        transient.display_id,
        replaces,
      ]),
    ).toEqual([
      ["0 of 5,040 networks", "progress-networks", false],
      ["1,000 of 5,040 networks", "progress-networks", true],
      ["5,040 networks done", "progress-networks", true],
    ]);
  });
});
