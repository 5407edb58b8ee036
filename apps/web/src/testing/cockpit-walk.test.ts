import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectAccessible, launchBrowser, openPage, tabTo, visitor } from "./browser.ts";
import { readPicture } from "./read-picture.ts";
import { type Site, startSite } from "./site.ts";

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
}, 400_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

type Language = "zh-CN" | "en";

const open = async (path: string, language: Language, narrow = false): Promise<Page> => {
  const viewport = narrow ? { width: 640, height: 480 } : { width: 1366, height: 900 };
  return openPage(await visitor(browser, { viewport, language }), site.address + path);
};

const signIn = async (page: Page, login: string): Promise<void> => {
  const { accounts } = (await (await fetch(`${site.address}/api/identity/demo`)).json()) as {
    accounts: { login: string; passPhrase: string }[];
  };
  const account = accounts.find((one) => one.login === login);
  if (!account) throw new Error(`The demonstration has no account ${login}`);
  const status = await page.evaluate(
    async ({ login: name, passPhrase }) =>
      (
        await fetch("/api/identity/sign-in", {
          method: "POST",
          headers: { "content-type": "application/json", "x-qingdan": "1" },
          body: JSON.stringify({ login: name, passPhrase }),
        })
      ).status,
    account,
  );
  expect(status).toBeLessThan(300);
};

interface Twin {
  readonly label: string | null;
  readonly drawn: readonly { readonly name?: string; readonly data: readonly unknown[] }[];
  readonly rows: readonly (readonly string[])[];
}

/** What each chart holds, and the rows of the table beside it. */
const twinsOf = (page: Page): Promise<Twin[]> =>
  page.$$eval(".chart-twin", (figures) =>
    figures.map((figure) => ({
      label: figure.querySelector(".chart")?.getAttribute("aria-label") ?? null,
      drawn: JSON.parse(figure.querySelector<HTMLElement>(".chart")?.dataset.drawn ?? "[]"),
      rows: [...figure.querySelectorAll("table.twin tbody tr")].map((row) =>
        [...row.querySelectorAll("th, td")].map((cell) => cell.textContent?.trim() ?? ""),
      ),
    })),
  );

/** The number of a written cell; null where it tells why there is none. */
const numberIn = (text: string): number | null => {
  const plain = text.replaceAll(",", "");
  return /^-?\d/.test(plain) ? Number.parseFloat(plain) : null;
};

const rounded = (value: unknown, text: string): number | null => {
  if (value === null || value === undefined || value === "-") return null;
  const decimals = (text.split(".")[1] ?? "").replace(/\D.*/, "").length;
  return Number(Number(value).toFixed(decimals));
};

describe.each(["zh-CN", "en"] as const)("the cockpit in %s", (language) => {
  it("is a work list, walked with the keyboard from the plan to a street", async () => {
    const page = await open("/cockpit", language);
    await page.waitForSelector("table.work tbody tr");
    await expectAccessible(page);
    await tabTo(page, "table.work tbody th a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/cockpit\/indicators\//);
    await page.waitForSelector(".chart-twin svg");
    await expectAccessible(page);
    await page.goto(`${site.address}/cockpit/indicators/physicians`);
    await page.waitForSelector(".tile-map a");
    await tabTo(page, ".tile-map a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/area=cn-3199\d\d/);
    await page.locator("table.parts tbody tr[data-area='cn-319901001']").waitFor();
    await tabTo(page, "table.parts tbody th a");
    await page.keyboard.press("Enter");
    await page.waitForURL(/area=cn-3199\d{5}/);
    await page.goBack();
    await page.waitForURL(/area=cn-3199\d\d(&|$)/);
    await page.context().close();
  }, 120_000);

  it("draws what its tables say: trend, spine, funnel and what is missing", async () => {
    const page = await open("/cockpit/indicators/nursing-beds", language);
    // A chart is drawn when it comes into sight.
    await page.waitForSelector(".chart-twin");
    for (const chart of await page.locator(".chart-twin").all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator(".chart[data-drawn]").waitFor();
    }
    const [trend, spine, funnel, shortage] = await twinsOf(page);
    const trendDrawn = trend!.drawn[0]!.data as (number | null)[];
    expect(trend!.rows).toHaveLength(trendDrawn.length);
    trend!.rows.forEach(([, value = ""], i) => {
      expect(rounded(trendDrawn[i], value)).toBe(numberIn(value));
    });
    const byArea = new Map((spine!.drawn[0]!.data as [number, string][]).map(([value, area]) => [area, value]));
    expect(spine!.rows.map(([area]) => area).toSorted()).toEqual([...byArea.keys()].toSorted());
    for (const [area = "", value = ""] of spine!.rows) expect(rounded(byArea.get(area), value)).toBe(numberIn(value));
    const points = funnel!.drawn[0]!.data as { name: string; value: [number, number] }[];
    expect(points.map(({ name, value }) => [name, value[0]])).toEqual(
      funnel!.rows.map(([area, people = ""]) => [area, numberIn(people)]),
    );
    funnel!.rows.forEach(([, , value = ""], i) => {
      expect(rounded(points[i]!.value[1], value)).toBe(numberIn(value));
    });
    // The first area of the table stands on top, where the axis ends; what there is and what is missing make what the target takes.
    const [have, short] = shortage!.drawn.map(({ data }) => (data as number[]).toReversed());
    expect(shortage!.rows).toHaveLength(6);
    shortage!.rows.forEach(([, there = "", needed = "", missing = ""], i) => {
      expect([rounded(have![i], there), rounded(short![i], missing)]).toEqual([numberIn(there), numberIn(missing)]);
      expect(rounded(have![i]! + short![i]!, needed)).toBe(numberIn(needed));
    });
    const tiles = await page.$$eval(".tile-map a", (links) =>
      links.map((link) => [...link.querySelectorAll("text")].map(({ textContent }) => textContent).join(" ")),
    );
    expect(tiles).toHaveLength(6);
    const cells = await page.$$eval("table.parts tbody tr", (rows) =>
      rows.map((row) => [
        row.querySelector("th")?.textContent?.trim() ?? "",
        row.querySelector("td")?.textContent?.trim() ?? "",
      ]),
    );
    for (const [area = "", value = ""] of cells) {
      expect(tiles.find((label) => label.startsWith(area))).toContain(numberIn(value)?.toString() ?? "");
    }
    const shades = await page.$$eval(".tile-map table.twin tbody tr", (rows) =>
      rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent?.trim() ?? "")),
    );
    expect(shades.map(([area]) => area).toSorted()).toEqual(cells.map(([area]) => area).toSorted());
    const toggle = page.locator(".chart-twin figcaption button").first();
    await toggle.focus();
    await page.keyboard.press("Enter");
    await page.locator(".chart-twin table.twin").first().waitFor();
    await expectAccessible(page);
    await page.context().close();
  }, 120_000);

  it.each(["index", "alarms", "actions", "snapshots", "imports", "indicators/nursing-beds"])(
    "shows %s, accessible in half the width too",
    async (name) => {
      const page = await open(`/cockpit/${name}`, language, true);
      await page.waitForSelector(".cockpit .synthetic");
      await page.waitForLoadState("networkidle");
      await expectAccessible(page);
      await page.context().close();
    },
    60_000,
  );
});

describe("what the eye sees", () => {
  /** The accent of the charts, as it stands on white. */
  const dots = [65, 154, 162] as const;

  it("a darker tile is a better area, and every dot of the spine stands where its number says", async () => {
    const page = await open("/cockpit/indicators/nursing-beds", "en");
    await page.waitForSelector(".tile-map a");
    const map = page.locator(".tile-map svg");
    await map.scrollIntoViewIfNeeded();
    const frame = (await map.boundingBox())!;
    const tiles = await page.locator(".tile-map a").evaluateAll((links) =>
      links.map((link) => {
        const { left, top } = link.querySelector("rect")!.getBoundingClientRect();
        return { left, top, value: Number(link.querySelector("text:last-of-type")!.textContent) };
      }),
    );
    const drawn = await readPicture(browser, await map.screenshot());
    const seen = tiles
      .map(({ left, top, value }) => ({ value, light: drawn.lightness(left - frame.x + 8, top - frame.y + 8) }))
      .toSorted((a, b) => a.value - b.value);
    expect(seen).toHaveLength(6);
    for (const [i, { light }] of seen.slice(1).entries()) expect(light).toBeLessThanOrEqual(seen[i]!.light + 0.01);
    expect(seen.at(-1)!.light).toBeLessThan(seen[0]!.light - 0.5);

    const spine = page.locator(".chart-twin").nth(1);
    await spine.scrollIntoViewIfNeeded();
    await spine.locator(".chart[data-drawn]").waitFor();
    const numbers = await spine
      .locator("table.twin tbody tr td:nth-of-type(1)")
      .evaluateAll((found) => found.map((cell) => Number(cell.textContent)));
    const spots = (await readPicture(browser, await spine.locator(".chart").screenshot())).spots(dots, 7);
    // One dot an area, the greatest on top, and as far to the right as its number is great.
    expect(spots).toHaveLength(numbers.length);
    const [most, least] = [numbers[0]!, numbers.at(-1)!];
    const [right, left] = [spots[0]!.x, spots.at(-1)!.x];
    for (const [i, { x }] of spots.entries())
      expect((x - left) / (right - left)).toBeCloseTo((numbers[i]! - least) / (most - least), 1);
    await page.context().close();
  }, 120_000);
});

describe("the index put to the test", () => {
  it.each(["zh-CN", "en"] as const)(
    "is worked out when it is opened, by keyboard, in %s",
    async (language) => {
      const page = await open("/cockpit/index", language);
      await page.waitForSelector("details.audit summary");
      await tabTo(page, "details.audit summary");
      await page.keyboard.press("Enter");
      await page.locator("details.audit table").nth(2).waitFor();
      // Four choices, six districts, and every share of draws in a class between nothing and all.
      const rows = (table: number) => page.locator("details.audit table").nth(table).locator("tbody tr");
      expect(await rows(0).count()).toBe(4);
      expect(await rows(1).count()).toBe(6);
      const shares = await rows(1).first().locator("td").allTextContents();
      const parts = shares.slice(-5).map((text) => Number.parseFloat(text));
      expect(Math.abs(parts.reduce((sum, part) => sum + part, 0) - 100)).toBeLessThanOrEqual(3);
      await expectAccessible(page);
      await page.context().close();
    },
    120_000,
  );
});

describe("from the city to the people behind", () => {
  it("district, street, entry, cases: small counts stay withheld on the way, and who is behind needs a right", async () => {
    const page = await open("/cockpit/indicators/coverage.cn.residents-medical-insurance", "en");
    await page.locator("table.parts tbody tr[data-area='cn-319901'] th a").click();
    await page.waitForURL(/area=cn-319901&/);
    await page.locator("table.parts tbody tr[data-area='cn-319901001']").waitFor();
    const streets = await page.$$eval("table.parts tbody tr", (rows) => rows.map((row) => row.textContent ?? ""));
    expect(streets.length).toBeGreaterThan(1);
    expect(streets.some((row) => row.includes("withheld"))).toBe(true);
    await expectAccessible(page);
    await page.locator("table.parts tbody th a").first().click();
    await page.waitForURL(/area=cn-319901\d{3}/);
    const behind = page.locator("li", { hasText: "entitled," }).first();
    await behind.waitFor();
    await behind.getByRole("link").click();
    await page.waitForURL(
      /\/items\/cn\.residents-medical-insurance\?group=missed&district=cn-319901&street=cn-319901\d{3}$/,
    );
    await page.getByText(/^Only [\d,]+ people of /).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "See all streets" }).click();
    await page.waitForURL(/district=cn-319901$/);
    await page.context().close();
  }, 120_000);
});

describe("a planner", () => {
  it("takes an alarm on, says who acts by when, freezes the figures and downloads the report", async () => {
    const page = await open("/cockpit/alarms", "en");
    await page.waitForSelector(".alarm");
    const alarm = page.locator(".alarm", { hasText: "Complaints jump · Hexi District" });
    await alarm.getByLabel("Note").fill("called the district");
    await alarm.getByRole("button", { name: /^Confirm/ }).click();
    await alarm.getByRole("alert").waitFor();
    await signIn(page, "planner");
    await alarm.getByRole("button", { name: /^Confirm/ }).click();
    await alarm.getByText("confirmed").first().waitFor();

    await page.goto(`${site.address}/cockpit/indicators/nursing-beds#record`);
    await page.locator("details.record summary").click();
    await page.getByLabel("What is to be done").fill("Convert 300 beds");
    await page.getByLabel("By when").fill("2099-12-31");
    await page.getByRole("button", { name: "Record", exact: true }).click();
    await page.getByRole("rowheader", { name: "Convert 300 beds" }).waitFor();
    await page.goto(`${site.address}/cockpit`);
    await page.getByText("by 31 December 2099").waitFor();

    await page.goto(`${site.address}/cockpit/snapshots`);
    await page.getByLabel("Name").fill("End of year");
    await page.getByRole("button", { name: "Freeze the figures of today" }).click();
    await page.getByText("content fits the hash").waitFor();
    await page.getByRole("button", { name: "Evaluate and freeze" }).click();
    await page.getByRole("heading", { name: /mid-term 20\d\d$/ }).waitFor();
    const href = await page.getByRole("link", { name: "PDF End of year" }).getAttribute("href");
    const report = await fetch(site.address + href);
    expect([report.status, report.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    await expectAccessible(page);
    await page.context().close();
  }, 180_000);

  it("imports a file: what is wrong stands beside its reason", async () => {
    const page = await open("/cockpit/imports", "zh-CN");
    await page.waitForSelector("input[type=file]");
    await signIn(page, "planner");
    await page.setInputFiles("input[type=file]", {
      name: "beds.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        "indicator,area,period,numerator,denominator\nnursing-beds,cn-319901001,2024,90,100\nnursing-bed,cn-319901001,2024,1,2\n",
      ),
    });
    await page.getByRole("button", { name: "导入" }).click();
    await page.getByText("没有这个指标").waitFor();
    await page.goto(`${site.address}/cockpit/indicators/nursing-beds?area=cn-319901001`);
    await page.locator(".headline .figure", { hasText: "90.0%" }).waitFor();
    await page.context().close();
  }, 120_000);
});

describe("the start page", () => {
  it("tells how the plan stands, with the cockpit's own figures", async () => {
    const page = await open("/", "en");
    const work = (await (await fetch(`${site.address}/api/cockpit/work`)).json()) as { total: number };
    await page
      .locator(".panel", { hasText: "A plan" })
      .locator(".figure", { hasText: `${work.total} of` })
      .waitFor();
    await page.context().close();
  }, 60_000);
});
