import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

const require = createRequire(import.meta.url);

/** A headless browser from the npm registry: nothing is downloaded at run time. */
export const launchBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    // Not the package's own arguments: they switch off web security and run everything in one process.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      "--no-first-run",
    ],
    headless: true,
  });

/** The text of axe-core, to run inside a page. */
export const axeSource = (): string => readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
