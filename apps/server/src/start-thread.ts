import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/**
 * Starts a worker thread from a TypeScript file, or from what a bundle made of it. A thread does not inherit the loader of
 * TypeScript that the main one registered; it registers its own.
 */
export function startThread(file: URL, workerData: unknown): Worker {
  if (file.pathname.endsWith(".js")) return new Worker(file, { workerData });
  const api = pathToFileURL(
    createRequire(import.meta.url)
      .resolve("tsx/esm/api")
      .replace(/\.cjs$/, ".mjs"),
  ).href;
  const registration = `data:text/javascript,import { register } from ${JSON.stringify(api)}; register();`;
  return new Worker(file, { workerData, execArgv: ["--import", registration] });
}
