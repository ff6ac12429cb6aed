import { defineConfig } from "vitest/config";

/** npm run test:long: what starts kernels and whole commands, or draws for a minute. */
export default defineConfig({
  test: {
    globalSetup: "tests/support/scratch-root.ts",
    include: ["tests/long/*.test.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: "100%",
  },
});
