import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

const require = createRequire(import.meta.url);

/** A headless browser from the npm registry: nothing is downloaded at run time. */
export const launchBrowser = async (): Promise<Browser> =>
  playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args, "--disable-background-networking", "--disable-component-update", "--no-first-run"],
    headless: true,
  });

/** The text of axe-core, to run inside a page. */
export const axeSource = (): string => readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
