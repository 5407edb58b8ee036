import chromium from "@sparticuz/chromium";

/**
 * Unpacks the browser before any test runs: its package takes whatever lies in the temporary folder for whole, so that of two
 * test files that start at once on a new machine the second would run half a browser.
 */
export default async function unpackBrowser(): Promise<void> {
  await chromium.executablePath();
}
