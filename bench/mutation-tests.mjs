/** The tests of mutation.mjs in a process that stays: only what has changed is read and compiled anew. Run in the copy of the project. */

import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { BaseSequencer, createVitest } from "vitest/node";

/** Short files first: one that fails saves the others. */
class ShortFirst extends BaseSequencer {
  sort(modules) {
    const size = ({ moduleId }) => statSync(moduleId).size;
    return modules.sort((a, b) => size(a) - size(b));
  }
}

const vitest = await createVitest("test", {
  watch: false,
  bail: 1,
  // Modules that tests share are read once.
  maxWorkers: 1,
  sequence: { sequencer: ShortFirst },
  reporters: [{ onTestCaseResult: () => process.send("one more") }],
  // A slow machine is no failed test: what does not end is the parent's to stop.
  testTimeout: 600_000,
  hookTimeout: 600_000,
});
await vitest.standalone();
const inCopy = (file) => join(process.cwd(), file);

process.on("message", async ({ changed, tests }) => {
  for (const file of changed) vitest.invalidateFile(inCopy(file));
  const modules = tests.map(inCopy).flatMap((path) => vitest.getModuleSpecifications(path));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(modules);
  // Modules of earlier calls are among the answer, as they ended then.
  const asked = new Set(tests.map(inCopy));
  const failed = testModules.filter((module) => asked.has(module.moduleId) && !module.ok());
  if (failed.length === 0 && unhandledErrors.length > 0)
    failed.push({ moduleId: inCopy(tests[0]) });
  process.send(failed.map(({ moduleId }) => relative(process.cwd(), moduleId)));
});
process.on("disconnect", () => process.exit());
process.send("ready");
