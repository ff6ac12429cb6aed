import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that replace modules, or share a server that closes with one of them: a process each costs as much as a small test. */
const ALONE = ["tests/download*.test.ts", "tests/study.test.ts", "tests/write-file.test.ts"];

/** Files that take longest, though most are short: begun last, one core would wait for them. */
const LONGEST = ["examples", "truncation", "documented", "start", "audit-rates", "shared-inputs"];

/** Files alone first, as each ends a process that others share; then the longest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification) => {
      const place = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      if (project.name === "alone") return -1;
      return place < 0 ? LONGEST.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    globalSetup: "tests/support/scratch-root.ts",
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One less than the cores by default, which on two cores is one.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: { name: "shared", include: ["tests/*.test.ts"], exclude: ALONE, isolate: false },
      },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
  },
});
