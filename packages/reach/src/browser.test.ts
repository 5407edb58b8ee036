import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import chromium from "@sparticuz/chromium";
import { build } from "esbuild";
import { chromium as playwright } from "playwright-core";
import { expect, test } from "vitest";

const face = fileURLToPath(new URL("./index.ts", import.meta.url));

/** The whole face and an entry as one file for a browser. HiGHS names a module of Node behind a question whether it runs there. */
async function bundle(entry: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry, resolveDir: path.dirname(face), loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["node:module"],
    metafile: true,
    write: false,
  });
  return { text: outputFiles[0]!.text, metafile };
}

test("the core is under 300 kB without WebAssembly, and none of its own files asks for Node", async () => {
  const { text, metafile } = await bundle(`export * from ${JSON.stringify(face)};`);
  expect(text.length).toBeGreaterThan(50_000);
  expect(Buffer.byteLength(text)).toBeLessThan(300_000);
  const askers = Object.entries(metafile.inputs).filter(([, { imports }]) => imports.some(({ external }) => external));
  expect(askers.map(([file]) => path.basename(file))).toEqual(["highs.mjs"]);
});

test("a browser worker walks, covers, sites and solves a whole-number program", async () => {
  const { text } = await bundle(`
    import { coverageScene, editCoverage, highsSolver, importRoads, gb50180, costsOf, solvePMedian, solveMaxCover } from ${JSON.stringify(face)};
    const answer = async () => {
      const street = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: [[120, 30], [120.004, 30], [120.02, 30]] } };
      const { network } = importRoads({ format: "geojson", text: JSON.stringify({ type: "FeatureCollection", features: [street] }) });
      const blocks = [{ code: "b", street: "s", lon: 120.004, lat: 30, people: { everyone: 7 } }];
      const scene = coverageScene(network, blocks, { sites: [], services: ["market"], standard: gb50180 });
      const { change } = editCoverage(scene, [{ deed: "add", site: { id: "m", service: "market", lon: 120, lat: 30 } }]);
      const costs = costsOf({ clients: 3, sites: 3, cost: Float64Array.of(0, 4, 9, 4, 0, 5, 9, 5, 0) });
      const effort = { now: () => performance.now(), seconds: 10, random: () => 0.5, p: 1 };
      const median = solvePMedian(costs, effort);
      const most = solveMaxCover(costs, { ...effort, limit: 4, solver: await highsSolver({ locateFile: (file) => "/" + file }) });
      return { gain: change.people[0].gain, median: [median.status, median.value], most: [most.status, most.value] };
    };
    answer().then(postMessage, (error) => postMessage(String(error.stack)));
  `);
  const files: Readonly<Record<string, { readonly contentType: string; readonly body: string | Buffer }>> = {
    "/": { contentType: "text/html", body: "<!doctype html>" },
    "/worker.js": { contentType: "text/javascript", body: text },
    "/highs.wasm": {
      contentType: "application/wasm",
      body: readFileSync(createRequire(import.meta.url).resolve("highs/runtime")),
    },
  };
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    headless: true,
  });
  try {
    const page = await browser.newPage();
    await page.route("http://reach.test/**", (route) =>
      route.fulfill(files[new URL(route.request().url()).pathname] ?? { status: 404 }),
    );
    await page.goto("http://reach.test/");
    const answer = await page.evaluate(() => {
      const worker = new Worker("/worker.js", { type: "module" });
      return new Promise<unknown>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    });
    expect(answer).toEqual({ gain: 7, median: ["optimal", 9], most: ["optimal", 2] });
  } finally {
    await browser.close();
  }
}, 60_000);
