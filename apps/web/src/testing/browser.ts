import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContext, type Page, chromium as playwright } from "playwright-core";
import { setClock } from "./walk-clock.ts";

const require = createRequire(import.meta.url);

/**
 * Milliseconds that nothing takes which still comes: a machine may be several times slower than a desk and walk two files at
 * once. A step that hangs ends before its test does, and so names itself.
 */
const longestStep = 180_000;
export const patience = { testTimeout: 5 * longestStep, hookTimeout: 5 * longestStep };

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
    timeout: longestStep,
  });

/** How somebody visits: in which window and language, in large text or not. */
export interface Manner {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly language?: "zh-CN" | "en";
  readonly elder?: boolean;
  /** 200 % zoom: half the CSS pixels of a 1280 pixel window at twice the density. */
  readonly zoomed?: boolean;
}

/** A browser of one's own: nothing signed in, nothing kept. */
export const visitor = async (
  browser: Browser,
  { viewport = { width: 1280, height: 900 }, language = "zh-CN", elder = false, zoomed = false }: Manner = {},
): Promise<BrowserContext> => {
  const context = await browser.newContext(
    zoomed ? { viewport: { width: 640, height: 480 }, deviceScaleFactor: 2 } : { viewport },
  );
  context.setDefaultTimeout(longestStep);
  await context.addInitScript(setClock);
  await context.addInitScript((preferences) => {
    if (location.protocol === "http:") localStorage.setItem("qingdan.preferences", preferences);
  }, JSON.stringify({ language, elder }));
  return context;
};

/** What the desk holds five seconds before it is sent is held here until a hand decides, however slow the machine. */
export const holdUntilPressed = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const begin = window.setTimeout;
    window.setTimeout = ((handler: TimerHandler, after?: number, ...rest: unknown[]) =>
      begin(handler, after === 5_000 ? 2 ** 31 - 1 : after, ...rest)) as typeof begin;
  });

/** Opens an address; a fault of a script on the page fails the test. */
export const openPage = async (context: BrowserContext, address: string): Promise<Page> => {
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(address);
  return page;
};

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** Every rule of axe, and nothing that has to be scrolled sideways to be read. */
export const expectAccessible = async (page: Page): Promise<void> => {
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResult> } }).axe.run(),
  );
  const found = result.violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`);
  assert.deepEqual(found, []);
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok((content ?? 0) <= (window ?? 0), `${page.url()} is ${content} pixels wide in a window of ${window}`);
};

/** Moves the focus with Tab until it stands on what the selector names. */
export const tabTo = async (page: Page, selector: string): Promise<void> => {
  for (let step = 0; step < 120; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${selector}`);
};
