import { defineConfig } from "vitest/config";
import { bundle, withThreads } from "./apps/cli/bin/bundle.mjs";

/** Threads are those of the command's bundle, as where it runs: read as TypeScript, each would take seconds to start. */
const command = await bundle("apps/cli/src/main.ts");

export default defineConfig({
  plugins: [
    {
      name: "bundled-threads",
      enforce: "pre",
      transform: (code, file) =>
        withThreads(code, file, (name) => `new URL(${JSON.stringify(new URL(name, command))})`),
    },
  ],
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        // Of pure functions: files share what they import, and nothing that one leaves behind can be met by another.
        test: { name: "packages", include: ["packages/**/*.test.ts"], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "apps",
          include: [
            "apps/**/*.test.{ts,tsx}",
            "cities/**/*.test.ts",
            "bench/**/*.test.ts",
            "docs/**/*.test.ts",
            "testing/**/*.test.ts",
          ],
          globalSetup: ["testing/run-folder.ts", "apps/web/src/testing/unpack-browser.ts"],
        },
      },
    ],
  },
});
