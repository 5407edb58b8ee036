import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { expectAccessible, launchBrowser, type Manner, openPage, patience, tabTo, visitor } from "./browser.ts";
import { type Site, startSite } from "./site.ts";

vi.setConfig(patience);

let site: Site;
let browser: Browser;

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const open = async (path: string, manner: Manner): Promise<Page> =>
  openPage(await visitor(browser, manner), site.address + path);

/** A widow of 73 with a hukou in the city: date, money and choices as she would say them; the rest "no" or nothing. */
const said: Record<string, string> = {
  birthDate: "1952-03-04",
  employmentStatus: "retired",
  pensionScheme: "residents",
  medicalInsurance: "residents",
  monthlyIncome: "1600",
  hasSupporter: "yes",
};

const answerByKeyboard = async (page: Page): Promise<void> => {
  const shape = await page.evaluate(() => {
    const form = document.querySelector("form");
    const radios = [...(form?.querySelectorAll<HTMLInputElement>("input[type=radio]") ?? [])].map(({ value }) => value);
    return {
      fact: form?.dataset.fact ?? "",
      radios,
      select: form?.querySelector("select") !== null,
      date: form?.querySelector(".date-parts") !== null,
    };
  });
  if (shape.fact === "situations") {
    await tabTo(page, "button[type=submit]");
    await page.keyboard.press("Enter");
    return;
  }
  const value = said[shape.fact];
  if (shape.radios.length > 0) {
    const wanted =
      value ?? (shape.radios.includes("none") ? "none" : shape.radios.includes("no") ? "no" : shape.radios[0]);
    await tabTo(page, "input[type=radio]");
    await page.keyboard.press("Space");
    for (let step = 0; step < shape.radios.indexOf(wanted ?? ""); step += 1) await page.keyboard.press("ArrowDown");
  } else if (shape.date) {
    const [year = "", month = "", day = ""] = (value ?? "1952-03-04").split("-");
    await tabTo(page, ".date-part.year input");
    await page.keyboard.type(year);
    await page.keyboard.press("Tab");
    await page.keyboard.type(month);
    await page.keyboard.press("Tab");
    await page.keyboard.type(day);
  } else if (shape.select) {
    await tabTo(page, "select");
    await page.keyboard.press("ArrowDown");
  } else {
    await tabTo(page, "form input[type=text]");
    await page.keyboard.type(value ?? "0");
  }
  await page.keyboard.press("Enter");
  if (shape.select) {
    await tabTo(page, "button[type=submit]");
    await page.keyboard.press("Enter");
  }
};

/** Supposes another year of birth: 95 years, 350 yuan a month in place of 150 (沪府发〔2016〕24号). The answers stay. */
const supposeBornIn1930 = async (page: Page, english: boolean) => {
  const named = (name: string) => page.getByRole("button", { name, exact: true });
  await named(english ? "If one thing were otherwise …" : "如果有一件事变了……").press("Enter");
  await expectAccessible(page);
  await named(english ? "If it changed: Date of birth" : "如果变了：出生日期").press("Enter");
  await page.fill(".date-part.year input", "1930");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".supposed");
  await expectAccessible(page);
  const row = page.locator(".supposed tr", { hasText: english ? "Senior comprehensive allowance" : "老年综合津贴" });
  const cells = await row.locator("td").allTextContents();
  expect(cells.map((cell) => /¥[\d.]+/.exec(cell)?.[0])).toEqual(["¥150.00", "¥350.00"]);
  await named(english ? "Put it away" : "不看了").press("Enter");
  expect(await page.locator(".supposed").count()).toBe(0);
};

const manners: Manner[] = [
  { language: "zh-CN", elder: true, zoomed: true },
  { language: "en", elder: false, zoomed: false },
];

describe("the resident's page", () => {
  it.each(manners)("is walked with the keyboard alone: %o", async (manner) => {
    const page = await open("/me", manner);
    await page.waitForSelector("main .button");
    await expectAccessible(page);
    const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize);
    expect(size).toBe(manner.elder ? "22px" : "18px");
    if (manner.elder) {
      const targets = await page.$$eval("main .button", (buttons) =>
        buttons.map((button) => button.getBoundingClientRect().height),
      );
      expect(Math.min(...targets)).toBeGreaterThanOrEqual(60);
    }

    await tabTo(page, "main .button");
    await page.keyboard.press("Enter");
    await tabTo(page, "form input[type=text]");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".error-summary");
    await expectAccessible(page);
    await tabTo(page, "form input[type=text]");
    await page.keyboard.type("1");

    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url()));
    await page.keyboard.press("Enter");
    let left = Number.POSITIVE_INFINITY;
    let questions = 0;
    while ((await page.locator("form").count()) > 0) {
      const progress = (await page.locator("form .hint").first().textContent()) ?? "";
      const atMost = Number(/\d+(?=\D*$)/.exec(progress)?.[0]);
      expect(atMost).toBeLessThan(left);
      left = atMost;
      // Each kind of question once is enough for axe; the pages differ in words only.
      const several = (await page.locator("form[data-fact=situations]").count()) > 0;
      if (questions < 4 || several) await expectAccessible(page);
      await answerByKeyboard(page);
      questions += 1;
      await page.waitForFunction((before) => document.querySelector("form .hint")?.textContent !== before, progress);
    }
    expect(questions).toBeGreaterThan(5);

    await expectAccessible(page);
    await tabTo(page, "main .actions .button");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".answer");
    const milliseconds = await page.evaluate(() =>
      performance.getEntriesByName("screen").map(({ duration }) => duration),
    );
    expect(milliseconds.length).toBeGreaterThan(0);
    console.info(`One resident, whole list: ${Math.min(...milliseconds).toFixed(1)} ms`);
    const groups = await page.locator("main > h2").allTextContents();
    expect(groups).toEqual(
      manner.language === "en" ? ["You are entitled to", "Cannot be determined yet"] : ["您可以享有", "还不能确定"],
    );
    // Age band 70-79 of the senior comprehensive allowance: 150 yuan a month (沪府发〔2016〕24号).
    const allowance = page
      .locator(".answer", { hasText: manner.language === "en" ? "Senior comprehensive allowance" : "老年综合津贴" })
      .first();
    expect(await allowance.locator(".due").textContent()).toBe(
      manner.language === "en" ? "¥150.00 a month" : "¥150.00/月",
    );
    await tabTo(page, "details.not-entitled > summary");
    await page.keyboard.press("Enter");
    await page.waitForSelector("details.not-entitled[open] .answer");
    await tabTo(page, ".answer details summary");
    await page.keyboard.press("Enter");
    await expectAccessible(page);
    await supposeBornIn1930(page, manner.language === "en");
    expect(sent).toEqual([]);
    await page.context().close();
  });

  it("keeps the answers in the tab: a reload loses nothing", async () => {
    const page = await open("/me#members", { language: "zh-CN", elder: false, zoomed: false });
    await page.fill("form input[type=text]", "1");
    await page.click("button[type=submit]");
    await page.waitForSelector(".date-parts");
    await page.fill(".date-part.year input", "1952");
    await page.fill(".date-part.month input", "2");
    await page.fill(".date-part.day input", "30");
    await page.click("button[type=submit]");
    expect(await page.locator(".error-summary a").textContent()).toBe("没有这一天，请再看看年、月、日");
    await page.fill(".date-part.day input", "3");
    await page.click("button[type=submit]");
    const second = page.locator("form .hint").first();
    await second.filter({ hasText: "第 3 题" }).waitFor();
    await page.reload();
    await second.filter({ hasText: "第 3 题" }).waitFor();
    await page.context().close();
  });

  it("weighs at most 150 kB of script, gzipped", async () => {
    const page = await (await visitor(browser)).newPage();
    const scripts: Promise<Buffer>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() === "script") scripts.push(response.body());
    });
    await page.goto(`${site.address}/me`);
    await page.waitForSelector("main .button");
    const bytes = (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(150 * 1024);
    await page.context().close();
  });
});

describe("the list", () => {
  it.each(manners)("is searched by pinyin and shows an entry whole: %o", async (manner) => {
    const page = await open("/list?list=cn-31&q=dibao", manner);
    const entry = page
      .locator(".entries a", { hasText: manner.language === "en" ? "Subsistence allowance" : "最低生活保障" })
      .first();
    await entry.waitFor();
    await expectAccessible(page);
    await entry.click();
    const history = page.locator("table", { hasText: "1595" }).first();
    await history.waitFor();
    await page.waitForSelector(".chart svg");
    await expectAccessible(page);
    await page.context().close();
  });

  it("loses no key of a quick hand", async () => {
    const page = await open("/list?list=cn-31", {});
    const box = page.getByRole("searchbox");
    await page.waitForSelector(".entries li");
    await box.focus();
    // In one go: the page is given no time to draw between two keys.
    await page.evaluate((keys) => {
      for (const key of keys) document.execCommand("insertText", false, key);
    }, "zdshbz");
    expect(await box.inputValue()).toBe("zdshbz");
    await page.waitForURL(/q=zdshbz/);
    await page.locator(".entries a", { hasText: "最低生活保障" }).first().waitFor();
    await page.context().close();
  });

  it.each(["最低生活保障", "低保", "zdshbz", "低保邊緣"])("finds %s", async (query) => {
    const response = await fetch(`${site.address}/api/lists/cn-31/items?q=${encodeURIComponent(query)}`);
    const { total } = (await response.json()) as { total: number };
    expect(total).toBeGreaterThan(0);
  });
});

describe("the run", () => {
  it.each(manners)("leads from the city to a person and the reason: %o", async (manner) => {
    const page = await open("/run", manner);
    await page.waitForSelector("tfoot");
    await expectAccessible(page);
    await page
      .getByRole("link", { name: manner.language === "en" ? "Senior comprehensive allowance" : "老年综合津贴" })
      .click();
    await page.getByLabel(manner.language === "en" ? "Group" : "人群").selectOption("entitled");
    await page
      .locator("table", { has: page.locator("th", { hasText: manner.language === "en" ? "Due" : "应得" }) })
      .locator("tbody a")
      .first()
      .click();
    await page.waitForURL(/persons/);
    await page.locator("details summary").first().click();
    await page.waitForSelector(".why li");
    await expectAccessible(page);
    await page.context().close();
  });

  it("sums its entries and its payers to the total it shows, to the fen", async () => {
    const { runs } = (await (await fetch(`${site.address}/api/runs`)).json()) as { runs: { id: string }[] };
    const run = (await (await fetch(`${site.address}/api/runs/${runs[0]?.id}`)).json()) as {
      total: { entitled: number; fenPerYear: number; payers: { fenPerYear: number }[] };
      perItem: { total: { entitled: number; fenPerYear: number | null } }[];
      districts: { total: { entitled: number; fenPerYear: number } }[];
    };
    const sum = <T>(rows: readonly T[], pick: (row: T) => number | null) =>
      rows.reduce((total, row) => total + (pick(row) ?? 0), 0);
    expect(sum(run.perItem, ({ total }) => total.fenPerYear)).toBe(run.total.fenPerYear);
    expect(sum(run.districts, ({ total }) => total.fenPerYear)).toBe(run.total.fenPerYear);
    expect(sum(run.total.payers, ({ fenPerYear }) => fenPerYear)).toBe(run.total.fenPerYear);
    expect(sum(run.perItem, ({ total }) => total.entitled)).toBe(run.total.entitled);
  });
});

describe("the start page", () => {
  it.each(manners)("shows live figures and ways in: %o", async (manner) => {
    const page = await open("/", manner);
    await page.locator(".figure", { hasText: "2,000" }).waitFor();
    await expectAccessible(page);
    await page.context().close();
  });
});

describe("a tab that asks for a part of the site that is gone", () => {
  /** A tab in which the start page is asked for and its part is gone, until the tab is loaded anew. */
  const askForStart = async (manner: Manner, served?: string) => {
    const page = await open("/nowhere", manner);
    const loads: string[] = [];
    page.on("request", (request) => request.isNavigationRequest() && loads.push(request.url()));
    await page.route(/\/assets\/tour-page-.*js$/, (route) =>
      loads.length === 0 ? route.fulfill({ status: 404 }) : route.continue(),
    );
    await page.route(`${site.address}/`, (route) =>
      served === undefined || route.request().isNavigationRequest()
        ? route.continue()
        : route.fulfill({ contentType: "text/html", body: `<script type="module" src="${served}"></script>` }),
    );
    const asked = page.waitForResponse(`${site.address}/`);
    await page.locator("main a").press("Enter");
    await (await asked).finished();
    return { page, loads };
  };

  it("is loaded anew, once, where the site was built anew meanwhile", async () => {
    const { page, loads } = await askForStart({}, "/assets/index-newer.js");
    await page.locator(".figure").first().waitFor();
    expect(loads).toEqual([`${site.address}/`]);
    await page.context().close();
  });

  it.each(manners)("says so and leaves it to a person where it is the same site: %o", async (manner) => {
    const { page, loads } = await askForStart(manner);
    const told = page.locator("main [role=alert]");
    await told.waitFor();
    await expectAccessible(page);
    expect(loads).toEqual([]);
    await told.getByRole("button").press("Enter");
    await page.locator(".figure").first().waitFor();
    expect(loads).toHaveLength(1);
    await page.context().close();
  });
});

describe("an address that is no page", () => {
  it.each(manners)("says so and leads to the start: %o", async (manner) => {
    const english = manner.language === "en";
    expect((await fetch(`${site.address}/nowhere`)).status).toBe(404);
    expect((await fetch(`${site.address}/list/cn-31/cn-31.new-year-aid`)).status).toBe(200);
    const page = await open("/nowhere", manner);
    await page.getByRole("heading", { level: 1, name: english ? "No such page" : "没有这个页面" }).waitFor();
    expect(await page.title()).toContain(english ? "No such page" : "没有这个页面");
    expect(await page.locator("main").textContent()).toContain("/nowhere");
    await expectAccessible(page);
    await page.locator("main").getByRole("link").press("Enter");
    await page.waitForURL(`${site.address}/`);
    await page.waitForSelector(".figure");
    await page.context().close();
  });
});

it("asks no other host for anything", () => {
  for (const name of ["index.html", "me.html"]) {
    expect(readFileSync(new URL(`../../${name}`, import.meta.url), "utf8")).not.toMatch(/https?:\/\//);
  }
});
