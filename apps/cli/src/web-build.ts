import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Context, Refusal } from "./verb.ts";

const webFolder = fileURLToPath(new URL("../../web", import.meta.url));
export const pagesFolder = path.join(webFolder, "dist");

/** What the built pages are made from. */
const sourceFolders = [webFolder, fileURLToPath(new URL("../../../packages", import.meta.url))];
const skipped = new Set(["node_modules", "dist", ".vite"]);

/** Builds the pages with Vite unless they are built from the same sources already. */
export async function buildPages(context: Context): Promise<void> {
  const stamp = path.join(pagesFolder, "sources.sha256");
  const hash = await hashSources();
  if ((await readFile(stamp, "utf8").catch(() => "")) === hash) return;
  const task = context.progress.task(context.say({ zh: "构建网页", en: "Building the pages" }));
  await runVite(context.signal);
  await writeFile(stamp, hash);
  task.finish();
}

async function hashSources(): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of sourceFolders) {
    for (const file of await filesOf(folder)) hash.update(`${file}\n`).update(await readFile(file));
  }
  return hash.digest("hex");
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name)) files.push(...(await filesOf(place)));
    if (entry.isFile() && !/\.test\.tsx?$/.test(entry.name)) files.push(place);
  }
  return files;
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
