import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { packagesFolder, pagesFolder, webFolder } from "./folders.ts";
import { hashSources } from "./source-hash.ts";
import { type Context, Refusal } from "./verb.ts";

/** Builds the pages with Vite unless they are built from the same sources already. */
export async function buildPages(context: Context): Promise<void> {
  const stamp = path.join(pagesFolder, "sources.sha256");
  const hash = await hashSources([webFolder, packagesFolder]);
  if ((await readFile(stamp, "utf8").catch(() => "")) === hash) return;
  const task = context.progress.task(context.say({ zh: "构建网页", en: "Building the pages" }));
  await runVite(context.signal);
  await writeFile(stamp, hash);
  task.finish();
}

/** In a process of its own: it works beside the making of the city. */
function runVite(signal: AbortSignal): Promise<void> {
  const program = path.join(path.dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const child = spawn(process.execPath, [program, "build", "--logLevel", "warn"], {
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
        new Refusal("CLI-PAGES-NOT-BUILT", { zh: `网页构建失败:${text}`, en: `The pages cannot be built: ${text}` }),
      );
    });
  });
}
