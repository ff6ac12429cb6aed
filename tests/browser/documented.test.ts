/** Every documented command that a test can run, as written, in a copy of the project: minutes, so that npm test leaves it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { blocksOf, commandsToRun, DOCUMENTS, firstHourFiles } from "../support/documents.js";
import { ROOT, scratchFolder, write } from "../support/scratch.js";
import { needsBrowser } from "./browser.js";

const project = join(scratchFolder(), "neural-beta");

/** The project as cloned and installed: packages are linked, all else is copied. */
beforeAll(() => {
  for (const part of ["lib", "tools", "data", "docs", "notebooks", "jupyter", "paper", "tests"])
    cpSync(join(ROOT, part), join(project, part), { recursive: true, preserveTimestamps: true });
  for (const file of [
    "CITATION.cff",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "README.md",
  ])
    cpSync(join(ROOT, file), join(project, file), { preserveTimestamps: true });
  const packages = join(project, "node_modules");
  mkdirSync(packages);
  for (const name of readdirSync(join(ROOT, "node_modules")))
    if (name !== "neural-beta")
      symlinkSync(join(ROOT, "node_modules", name), join(packages, name), "junction");
  symlinkSync(join(project, "lib"), join(packages, "neural-beta"), "junction");
  for (const [name, content] of Object.entries(firstHourFiles()))
    write(join(project, name), content);
});

/** As typed into a shell at the root of the project. */
async function typed(command: string) {
  const child = spawn(command, { cwd: project, shell: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      said += chunk;
    });
  const [code] = await once(child, "close");
  return { code, said };
}

// The first hour comes first: what it leaves in report/ is what the README exports.
const ordered = [...DOCUMENTS].sort(
  (a, b) => Number(b.startsWith("docs")) - Number(a.startsWith("docs")),
);

/** Commands by the document that has them first. */
const seen = new Set<string>();
const firstIn = (document: string) =>
  commandsToRun(document).filter((command) => !seen.has(command) && seen.add(command));

const tried = ordered
  .map((document) => ({ document, commands: firstIn(document) }))
  .filter(({ commands }) => commands.length > 0);

describe.each(tried)("$document", ({ document, commands }) => {
  beforeAll(() => {
    for (const { file, code, language } of blocksOf(document))
      if (
        file !== undefined &&
        ["json", "js"].includes(language) &&
        !existsSync(join(project, file))
      )
        write(join(project, file), code);
  });

  // What a command left would meet it again: none is tried twice.
  it.for(commands)("%s", { timeout: 600_000, retry: 0 }, async (command, ctx) => {
    if (command.startsWith("npm run export")) needsBrowser(ctx);
    const { code, said } = await typed(command);
    expect(code, said).toBe(0);
  });
});
