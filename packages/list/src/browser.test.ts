import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

describe("what a page loads to look things up", () => {
  it("holds no YAML reader, no schemas, no pinyin and no script conversion", async () => {
    const { metafile, outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL("./browser.ts", import.meta.url))],
      bundle: true,
      write: false,
      metafile: true,
      format: "esm",
      platform: "browser",
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.some((path) => path.endsWith("list/src/lookup-parameter.ts"))).toBe(true);
    expect(inputs.filter((path) => /node_modules\/(yaml|zod|minisearch|pinyin-pro|opencc-js)\//.test(path))).toEqual(
      [],
    );
    expect(outputFiles).toHaveLength(1);
  });
});
