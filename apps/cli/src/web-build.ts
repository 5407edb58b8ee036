import { spawn } from "node:child_process";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { packagesFolder, pagesFolder, webFolder } from "./folders.ts";
import { stampSources } from "./source-hash.ts";
import { type Context, Refusal } from "./verb.ts";

/**
 * Builds the pages with Vite unless they are built from the same sources already. They are built aside and put in place whole,
 * so that nobody is served half of them and two starts at once do not get into each other's way.
 */
export async function buildPages(context: Context): Promise<void> {
  const note = path.join(pagesFolder, "sources.sha256");
  const stamp = await stampSources([webFolder, packagesFolder]);
  const areBuilt = async () => (await readFile(note, "utf8").catch(() => "")) === stamp;
  if (await areBuilt()) return;
  const task = context.progress.task(context.say({ zh: "构建网页", en: "Building the pages" }));
  const aside = path.join(webFolder, `.dist-${process.pid}`);
  try {
    await runVite(aside, context.signal);
    await writeFile(path.join(aside, "sources.sha256"), stamp);
    // Another start may have put the same pages in place meanwhile, and serves them already: they are not taken away from it.
    if (!(await areBuilt())) {
      await rm(pagesFolder, { recursive: true, force: true });
      await rename(aside, pagesFolder);
    }
  } catch (error) {
    if (!(await areBuilt())) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  task.finish();
}

/** In a process of its own: it works beside the making of the city. */
function runVite(outDir: string, signal: AbortSignal): Promise<void> {
  const program = path.join(path.dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const child = spawn(process.execPath, [program, "build", "--outDir", outDir, "--logLevel", "warn"], {
    cwd: webFolder,
    signal,
    // Whatever runs this (a test, say), the pages are built for people.
    env: { ...process.env, NODE_ENV: "production" },
  });
  const told: Buffer[] = [];
  child.stdout.on("data", (data) => told.push(data));
  child.stderr.on("data", (data) => told.push(data));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve();
      const text = Buffer.concat(told).toString().trim();
      reject(
        new Refusal("CLI-PAGES-NOT-BUILT", { zh: `网页构建失败：${text}`, en: `The pages cannot be built: ${text}` }),
      );
    });
  });
}
