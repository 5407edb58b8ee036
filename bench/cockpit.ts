import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { compose } from "../apps/server/src/http/compose.ts";
import { indicatorRoutes } from "../apps/server/src/modules/indicators/index.ts";
import { openDatabase } from "../apps/server/src/store/database.ts";
import { launchBrowser } from "../apps/web/src/testing/browser.ts";
import { makeLargeCockpit } from "./cockpit/large-cockpit.ts";
import { timeStreetCounts } from "./cockpit/street-counts.ts";

/**
 * The cockpit in a browser over a made-up nation of 2,856 counties, 100 indicators and 10 years. `firstViewMilliseconds`: from the address to
 * the first row of the work list in a fresh browser profile, the figures being in memory. `interactionP95Milliseconds`: from a choice or a click
 * until the page shows its answer and has painted, over all kinds of interactions; `interactionCpuP95Milliseconds`: processor time of page and server; `buildSeconds`: laying out the figures with all totals.
 * With `--run DIR --people DIR` of a finished run, `streetCounts...`: counting it by street, as the cockpit does when it is opened first.
 */
export async function run(args: readonly string[]): Promise<Record<string, number | string>> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      counties: { type: "string", default: "2856" },
      indicators: { type: "string", default: "100" },
      years: { type: "string", default: "10" },
      rounds: { type: "string", default: "4" },
      run: { type: "string" },
      people: { type: "string" },
      pages: { type: "string", default: fileURLToPath(new URL("../apps/web/dist", import.meta.url)) },
    },
  });
  const size = {
    counties: Number(values.counties),
    indicators: Number(values.indicators),
    years: Number(values.years),
  };
  const start = performance.now();
  const cockpit = makeLargeCockpit(size);
  for (const code of cockpit.indicators.keys()) cockpit.withheld(code);
  const buildSeconds = (performance.now() - start) / 1000;
  const database = await openDatabase();
  const house = { open: async () => ({ cockpit, run: undefined }), forget: () => {} };
  const app = await compose({
    version: "bench",
    logger: false,
    requestsPerMinute: 1_000_000,
    pages: values.pages,
    routes: [indicatorRoutes({ database, house, now: () => new Date("2025-01-01") })],
  });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  const browser = await launchBrowser();
  try {
    const first = await timeFirstView(await browser.newPage(), address);
    const page = await browser.newPage();
    // tsx names functions by a helper that a page does not have.
    await page.addInitScript("globalThis.__name = (named) => named");
    await page.goto(`${address}/cockpit?lang=en`);
    await page.waitForSelector("table.work tbody tr");
    const cpu = await openCpuClock(page);
    const times: Timed[] = [];
    for (let round = 0; round < Number(values.rounds); round++) times.push(...(await interact(page, round, cpu)));
    return {
      areas: cockpit.tree.areas.length,
      ...size,
      buildSeconds: Math.round(buildSeconds * 100) / 100,
      firstViewMilliseconds: Math.round(first),
      interactions: times.length,
      ...quantiles(times.map(({ milliseconds }) => milliseconds)),
      interactionCpuP95Milliseconds: quantiles(times.map(({ cpuMilliseconds }) => cpuMilliseconds))
        .interactionP95Milliseconds,
      slowest: slowest(times),
      ...(values.run !== undefined && values.people !== undefined
        ? await timeStreetCounts({ folder: values.run, peopleDir: values.people })
        : {}),
    };
  } finally {
    await browser.close();
    await app.close();
    await database.destroy();
  }
}

async function timeFirstView(page: Page, address: string): Promise<number> {
  const start = performance.now();
  await page.goto(`${address}/cockpit?lang=en`, { waitUntil: "commit" });
  await page.waitForSelector("table.work tbody tr");
  return performance.now() - start;
}

interface Timed {
  readonly name: string;
  readonly milliseconds: number;
  /** Of the page's main thread and of this process, which holds the server and the driver: what a busy machine does not change. */
  readonly cpuMilliseconds: number;
}

async function openCpuClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    const { user, system } = process.cpuUsage();
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000 + (user + system) / 1000;
  };
}

/** What a planner does: filters, pages, opens an indicator, goes down and up, changes the year, opens a table. */
async function interact(page: Page, round: number, cpu: () => Promise<number>) {
  const done: Timed[] = [];
  const step = async (name: string, act: Deed, until: Shown) => {
    const before = await cpu();
    const milliseconds = await timeStep(page, act, until);
    done.push({ name, milliseconds, cpuMilliseconds: (await cpu()) - before });
  };
  const province = `p${(round * 7 + 3) % 31}`;
  await step("all", { click: "fieldset.status-counts button:nth-of-type(2)" }, { address: "status=all" });
  await step("page", { click: "nav.pager button:last-of-type" }, { address: "page=2" });
  await step("binding", { select: ["label:nth-of-type(5) select", "binding"] }, { address: "nature=binding" });
  await step("area", { select: [".filters label:first-of-type select", province] }, { address: `area=${province}` });
  await step("year", { select: ["label:nth-of-type(2) select", String(2018 + round)] }, { address: "year=" });
  await step(
    "open",
    { click: `table.work tbody tr:nth-of-type(${round + 1}) th a` },
    { address: "/indicators/", selector: ".chart-twin svg" },
  );
  await step("down", { click: `table.parts tbody tr:nth-of-type(${round + 2}) th a` }, { address: "area=c" });
  await step("tile", { click: ".tile-map a" }, { address: "area=a" });
  await step("up", { click: ".filters button" }, { address: "area=n" });
  await step("table", { click: ".chart-twin figcaption button" }, { selector: ".chart-twin table.twin" });
  await step("back", { click: "main p a" }, { address: "/cockpit?", selector: "fieldset.status-counts" });
  await step("all again", { click: "fieldset.status-counts button:nth-of-type(2)" }, { address: "status=all" });
  await step("behind", { click: "fieldset.status-counts button:nth-of-type(1)" }, { address: "/cockpit" });
  return done;
}

type Deed = { readonly click: string } | { readonly select: readonly [string, string] };
interface Shown {
  readonly address?: string;
  readonly selector?: string;
}

/**
 * Does something inside the page and waits, inside the page, until the address tells of it, nothing is being fetched any more, what was asked
 * for stands there and a frame has been painted: the driver's own way to the browser is not counted.
 */
function timeStep(page: Page, deed: Deed, until: Shown): Promise<number> {
  return page.evaluate(
    async ({ deed, until }) => {
      const [selector, choice] = "click" in deed ? [deed.click, undefined] : deed.select;
      const target = document.querySelector<HTMLElement>(selector);
      if (!target)
        throw new Error(
          `nothing at ${selector} of ${location.href}: ${document.querySelector("main")?.textContent?.slice(0, 400)}`,
        );
      let open = 0;
      let last = performance.now();
      const fetched = window.fetch;
      window.fetch = async (...request) => {
        open++;
        try {
          return await fetched(...request);
        } finally {
          open--;
        }
      };
      const watcher = new MutationObserver(() => {
        last = performance.now();
      });
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      const start = performance.now();
      if (choice === undefined) target.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      else {
        (target as HTMLSelectElement).value = choice;
        target.dispatchEvent(new Event("change", { bubbles: true }));
      }
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      // A quarter of a second without a change and without a request: the answer is on the screen since the last change.
      for (let quiet = 0; quiet < 3; ) {
        await frame();
        const there = until.selector === undefined || document.querySelector(until.selector) !== null;
        const told = until.address === undefined || location.href.includes(until.address);
        quiet = there && told && open === 0 && performance.now() - last > 250 ? quiet + 1 : 0;
        if (performance.now() - start > 10_000) throw new Error(`no answer to ${selector} at ${location.href}`);
      }
      watcher.disconnect();
      window.fetch = fetched;
      return last - start;
    },
    { deed, until },
  );
}

function quantiles(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return {
    interactionP50Milliseconds: at(0.5),
    interactionP95Milliseconds: at(0.95),
    interactionMaxMilliseconds: at(1),
  };
}

function slowest(times: readonly Timed[]): string {
  return times
    .toSorted((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 4)
    .map(({ name, milliseconds }) => `${name} ${Math.round(milliseconds)}`)
    .join(", ");
}
