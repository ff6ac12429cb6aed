import { defineConfig } from "vitest/config";

/**
 * Files that replace modules or globals for a while, or share a module that opens a server or a folder for one of them: each has a
 * process of its own, which costs as much as a small test.
 */
const ALONE = [
  "tests/cache*.test.ts",
  "tests/documented.test.ts",
  "tests/download*.test.ts",
  "tests/kept-paths.test.ts",
  "tests/network-count.test.ts",
  "tests/run-progress.test.ts",
  "tests/show.test.ts",
  "tests/study.test.ts",
  "tests/write-file.test.ts",
];

export default defineConfig({
  test: {
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
