/** Cells that are compiled once: what a later kernel reads is what the compiler said, and nothing that has changed is read. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { startKernel } from "../../tools/dist/kernel/client.js";
import { compileAhead } from "../../tools/dist/kernel/compile-ahead.js";
import { type CodeCell, notebookOf } from "../../tools/dist/kernel/notebook.js";
import { runNotebook } from "../../tools/dist/kernel/runner.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "neural-beta-cells-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the cells print, then the message of the one that fails, in a kernel of their own. */
async function said(...sources: string[]): Promise<string[]> {
  const notebook = notebookOf(sources.map((source) => ({ type: "code", source, tags: [] })));
  const kernel = await startKernel({
    cwd: join(ROOT, "notebooks"),
    env: { ...process.env, NEURAL_BETA_CELLS: folder },
    script: join(ROOT, "tools", "kernel", "kernel.cjs"),
  });
  const failed: string[] = [];
  try {
    await runNotebook(kernel, notebook, { name: "a.nb.ts" });
  } catch (error) {
    failed.push((error as Error).message);
  } finally {
    await kernel.close();
  }
  const printed = (notebook.cells as CodeCell[]).flatMap(({ outputs }) =>
    outputs[0]?.name === "stdout" ? String(outputs[0].text) : [],
  );
  return [...printed, ...failed];
}

const versions = () => readdirSync(folder).filter((name) => name !== "notes");
const kept = () =>
  versions().flatMap((version) =>
    readdirSync(join(folder, version)).map((file) => join(folder, version, file)),
  );

describe("compiled cells", { timeout: 120_000 }, () => {
  const cells = [
    'import { zeroBeta } from "neural-beta";\nconst pair = 2;\ntypeof zeroBeta',
    "const twice = 2 * pair;\nawait Promise.resolve();\nconsole.log(twice);",
    "const late: number = twice;\n\nif (late === 4) throw new Error('late');",
  ];

  it("give the same outputs, and the same place of an error; those of other packages are forgotten", async () => {
    for (const name of ["0".repeat(32), "notes"]) writeFileSync(join(folder, name), "");
    const first = await said(...cells);
    expect(first).toEqual([
      "function\n",
      "4\n",
      expect.stringContaining("a.nb.ts: cell 3, line 3 failed"),
    ]);
    const files = kept();
    expect(files.length).toBe(3);
    expect(versions()).not.toContain("0".repeat(32));
    expect(readdirSync(folder)).toContain("notes");
    expect(await said(...cells)).toEqual(first);
    expect(kept()).toEqual(files);
  });

  it("are not read under other declarations before them: a name of another type is refused", async () => {
    const [, message] = await said(cells[0]!.replace("= 2", '= "a"'), cells[1]!);
    expect(message).toContain("a.nb.ts: cell 2, line 1 failed");
  });

  it("are compiled again where a file is torn, and not kept where they import a file, which no key knows", async () => {
    const files = kept();
    for (const file of files) writeFileSync(file, readFileSync(file, "utf8").slice(0, 20));
    const imported = join(ROOT, "notebooks", "unkept-cell.ts");
    const imports = 'import { value } from "./unkept-cell";\nconsole.log(value);';
    try {
      writeFileSync(imported, "export const value = 1;\n");
      const found = await said(...cells.slice(0, 2), imports, "console.log(value + 1);");
      expect(found).toEqual(["function\n", "4\n", "1\n", "2\n"]);
    } finally {
      rmSync(imported, { force: true });
    }
    // Neither the import nor what comes after it; the silent cell at the end of a run is one of these.
    expect(kept()).toEqual(files);
  });

  it("that were compiled ahead are those that a kernel reads, as far as the compiler takes them", async () => {
    rmSync(folder, { recursive: true });
    const [refused, sound] = ["const pair: number = 'a';", "const pair = 3;"];
    const notebooks = [
      { name: "refused", cells: [sound, refused, sound] },
      { name: "sound", cells: [sound, "console.log(pair);"] },
    ];
    const cwd = join(ROOT, "notebooks");
    const compilation = compileAhead(notebooks, { folder, cwd });
    try {
      await compilation.compiled("refused");
      expect(kept().length).toBe(1);
      await compilation.compiled("sound");
      expect(kept().length).toBe(2);
    } finally {
      compilation.close();
    }
    const files = kept();
    expect(await said(sound, "console.log(pair);")).toEqual(["3\n"]);
    // The runner's silent cell comes on top.
    expect(kept()).toEqual(expect.arrayContaining(files));
    expect(kept().length).toBe(3);
  });

  it("of a compiler that has ended are left to the kernels", async () => {
    const cwd = join(ROOT, "notebooks");
    const compilation = compileAhead([{ name: "a", cells: ["const late = 1;"] }], { folder, cwd });
    compilation.close();
    await compilation.compiled("a");
    expect(kept().length).toBe(3);
  });
});
