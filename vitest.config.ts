import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/**/*.test.ts",
      "apps/**/*.test.{ts,tsx}",
      "cities/**/*.test.ts",
      "bench/**/*.test.ts",
      "docs/**/*.test.ts",
      "testing/**/*.test.ts",
    ],
    globalSetup: ["testing/run-folder.ts", "apps/web/src/testing/unpack-browser.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
