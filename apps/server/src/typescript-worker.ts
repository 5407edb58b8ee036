import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** Starts a worker thread from a TypeScript file. It does not inherit the loader of the main thread; it registers its own. */
export function startTypeScriptWorker(file: URL, workerData: unknown): Worker {
  const api = pathToFileURL(
    createRequire(import.meta.url)
      .resolve("tsx/esm/api")
      .replace(/\.cjs$/, ".mjs"),
  ).href;
  const registration = `data:text/javascript,import { register } from ${JSON.stringify(api)}; register();`;
  return new Worker(file, { workerData, execArgv: ["--import", registration] });
}
