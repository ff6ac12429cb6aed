import { defineConfig } from "vitest/config";

/** npm run test:browser: what only a browser can show. Without Chrome or Chromium, each test says so and is skipped. */
export default defineConfig({
  test: {
    globalSetup: "tests/support/scratch-root.ts",
    include: ["tests/browser/*.test.ts"],
    // Once in some hundred times a page of Chromium stands still until it is opened anew.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 600_000,
    // Two cores, and what is timed should have them.
    fileParallelism: false,
    reporters: ["verbose"],
  },
});
