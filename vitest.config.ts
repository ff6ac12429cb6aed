import { defineConfig } from "vitest/config";

/** Files that replace modules, or share a server that closes with one of them: a process each costs as much as a small test. */
const ALONE = ["tests/download*.test.ts", "tests/study.test.ts", "tests/write-file.test.ts"];

export default defineConfig({
  test: {
    globalSetup: "tests/support/scratch-root.ts",
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
