/** The example paper, from the report's own files, as LaTeX sets it. */

import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { browserPath } from "../../tools/dist/pictures/browser.js";
import { ROOT, scratchFolder, write } from "../support/scratch.js";
import { needsBrowser, reportIn } from "./browser.js";

const folder = scratchFolder();
const hasLatex = spawnSync("pdflatex", ["--version"]).status === 0;

let report: string;
beforeAll(async () => {
  if (hasLatex && browserPath() !== undefined) report = await reportIn(folder);
});
beforeEach((ctx) => {
  ctx.skip(!hasLatex, "needs LaTeX: apt-get install texlive-latex-recommended texlive-science");
  needsBrowser(ctx);
});

/** Runs a program in a folder; works are looked for in the report, which has all that its files cite. */
function run(program: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, max_print_line: "1000", BIBINPUTS: `${report}:` };
  const { status, stdout } = spawnSync(program, args, { cwd, encoding: "utf8", env });
  expect(status, stdout.slice(-3000)).toBe(0);
  return stdout;
}

/** What LaTeX says of a file in its last run, when its references and works are known. */
function compiled(source: string, name: string): string {
  const options = ["-interaction=nonstopmode", "-halt-on-error"];
  const target = [`-output-directory=${folder}`, `-jobname=${name}`];
  const input = `\\def\\report{${report}}\\input{${source}}`;
  const latex = (...more: string[]) =>
    run("pdflatex", [...options, ...more, ...target, input], join(ROOT, "paper"));
  // Without pictures and pages until references are known.
  latex("-draftmode");
  expect(run("bibtex", [name], folder)).not.toMatch(/^Warning/m);
  latex("-draftmode");
  return latex();
}

/** Lines that are too wide, letters that are missing, references that lead nowhere. */
const FAULTS = /^(Overfull|LaTeX Warning|Missing character|Package \w+ Warning).*/gm;

describe("the example paper", () => {
  const source = readFileSync(join(ROOT, "paper", "paper.tex"), "utf8");

  it("takes in three figures and three tables of the report", () => {
    const inputsOf = (kind: string) =>
      source.match(new RegExp(`^\\\\input\\{\\\\report/${kind}/`, "gm"));
    expect(inputsOf("figures")).toHaveLength(3);
    expect(inputsOf("tables")).toHaveLength(3);
  });
  it("compiles without a warning, and refers to each of them", () => {
    expect(compiled("paper", "paper").match(FAULTS)).toBeNull();
    for (const [, kind, id] of source.matchAll(/report\/(figures|tables)\/([\w-]+)\}/g))
      expect(source).toContain(`\\ref{${kind === "figures" ? "fig" : "tab"}:${id}}`);
  });
  it("could take in every other table and figure as well, none wider or higher than the page", () => {
    const inputs = ["tables", "figures"].flatMap((kind) =>
      readdirSync(join(report, kind))
        .filter((file) => file.endsWith(".tex"))
        .map((file) => `\\input{${report}/${kind}/${file}}\\clearpage`),
    );
    const [preamble] = source.split("\\begin{document}");
    const works = "\\bibliographystyle{plain}\\bibliography{references}";
    const all = write(
      join(folder, "all.tex"),
      `${preamble}\\begin{document}\n${inputs.join("\n")}\n${works}\n\\end{document}\n`,
    );
    expect(compiled(all, "all-of-them").match(FAULTS)).toBeNull();
    expect(inputs.length).toBeGreaterThan(10);
    const bibliography = readFileSync(join(folder, "all-of-them.bbl"), "utf8");
    for (const key of ["newey-west-1987", "eo-morley-2015", "holm-1979"])
      expect(bibliography).toContain(`\\bibitem{${key}}`);
  }, 300_000);
});
