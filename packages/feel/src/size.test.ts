import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { minifySync } from "@swc/core";
import { build } from "vite";
import { expect, test } from "vitest";

const limit = 120_000;

test("the package with its grammar fits a browser: under 120 kB gzipped, and needs nothing of Node", async () => {
  const entry = fileURLToPath(new URL("./index.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, target: "es2023", lib: { entry, formats: ["es"], fileName: "feel" } },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  if (bundle === undefined || !("output" in bundle)) throw new Error("nothing was built");
  const text = bundle.output.map((file) => ("code" in file ? file.code : "")).join("\n");
  expect(text).not.toMatch(/from\s*"node:|require\("(?:fs|path|crypto)"\)/u);
  const { code } = minifySync(text, { module: true, compress: true, mangle: true });
  const size = gzipSync(code, { level: 9 }).length;
  expect(size).toBeGreaterThan(20_000);
  expect(size).toBeLessThan(limit);
});
