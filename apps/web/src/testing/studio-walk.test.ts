import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { expectAccessible, launchBrowser, openPage, patience, visitor } from "./browser.ts";
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

type Language = "zh-CN" | "en";

const contextOf = (language: Language): Promise<BrowserContext> =>
  visitor(browser, { viewport: { width: 1440, height: 900 }, language });

const open = (context: BrowserContext, path: string): Promise<Page> => openPage(context, site.address + path);

/** Enters by the demonstration's own buttons and goes on to a page. */
const enter = async (context: BrowserContext, login: string, path: string): Promise<Page> => {
  const page = await open(context, `/sign-in?goal=${encodeURIComponent(path)}`);
  await page.click(`button[data-login="${login}"]`);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return page;
};

/** Accessible, and no text without its words. */
const expectWhole = async (page: Page): Promise<void> => {
  await expectAccessible(page);
  expect(await page.locator("main").textContent()).not.toMatch(/\b(studio|check|compare|whatif)\.[a-z]/);
};

const both: readonly Language[] = ["zh-CN", "en"];
const words = (language: Language, zh: string, en: string) => (language === "en" ? en : zh);

describe("the studio", () => {
  it("writes, checks, proposes and publishes; four eyes; the catalogue shows the version", async () => {
    const file = "/studio?list=cn-31&file=items/new-year-aid.yaml";
    const keeper = await contextOf("zh-CN");
    const page = await enter(keeper, "keeper", file);
    const name = page.getByLabel("名称 （中文）").first();
    await name.waitFor();
    await page.waitForSelector(".feel .cm-content");
    await expectWhole(page);
    const before = await name.inputValue();
    await name.fill(`${before}（修订）`);
    await name.press("Tab");
    await page.locator(".marked-up ins").filter({ hasText: "修订" }).waitFor();
    await page.getByText("不影响任何人的结论和金额。").waitFor();
    await expectWhole(page);
    // A draft of one's own can be proposed though the page of the whole list is late.
    await page.route(/\/api\/studio\/lists\/cn-31$/, async (route) => {
      await new Promise((done) => setTimeout(done, 5_000));
      await route.continue();
    });
    await page.getByRole("button", { name: "存草稿" }).press("Enter");
    await page.getByText("草稿已存").waitFor();
    await page.getByLabel("提案名称").fill("改名称");
    await page.getByLabel("提案名称").press("Enter");
    await page.waitForURL(/\/studio\/proposals\//);
    await page.getByText("检查和范例都通过，可以发布。").waitFor();
    await page.getByRole("heading", { name: "与现行版本的不同" }).waitFor();
    await page.getByText("配对 0 组，其中 0 组有差别").waitFor();
    await expectWhole(page);
    // A key on a button that is not yet enabled does nothing.
    await page.getByRole("button", { name: "发布为不可更改的版本", disabled: false }).press("Enter");
    await page.locator("[role=alert]").waitFor();
    const second = await contextOf("en");
    const review = await enter(second, "keeper2", new URL(page.url()).pathname);
    await review.getByText("Checks and golden cases pass: it can be published.").waitFor();
    await review.getByLabel("Version").fill("walk-1");
    await review
      .getByRole("button", { name: "Publish as a version that never changes", disabled: false })
      .press("Enter");
    await review.getByText("Published by").first().waitFor();
    await review.goto(`${site.address}/list/cn-31/versions`);
    await review.getByRole("link", { name: "walk-1" }).waitFor();
    await review.getByRole("link", { name: "Compare with the text as installed" }).click();
    await review.locator("ins").filter({ hasText: "修订" }).waitFor();
    await expectWhole(review);
    const { lists } = (await (await fetch(`${site.address}/api/lists`)).json()) as {
      lists: { code: string; shown: { kind: string; version: string | null } }[];
    };
    expect(lists.find(({ code }) => code === "cn-31")?.shown).toMatchObject({ kind: "published", version: "walk-1" });
    await keeper.close();
    await second.close();
  });

  it("loses no key while an edit is on its way, and saves what was typed last", async () => {
    const context = await contextOf("zh-CN");
    const page = await enter(context, "keeper", "/studio?list=cn-31&file=items/new-year-aid.yaml");
    const edits = "**/api/studio/edit";
    await page.route(edits, async (route) => {
      await new Promise((done) => setTimeout(done, 1_500));
      await route.continue();
    });
    const name = page.getByLabel("名称 （中文）").first();
    await name.fill("甲");
    await Promise.all([page.waitForRequest(edits), name.blur()]);
    await name.fill("甲乙");
    await name.blur();
    await name.fill("甲乙丙");
    await page.waitForResponse(edits);
    expect(await name.inputValue()).toBe("甲乙丙");
    await name.blur();
    const rule = page.locator(".feel .cm-content").first();
    await rule.click();
    await page.keyboard.press("Control+End");
    const edited = page.waitForRequest(edits);
    await page.keyboard.type(" and 1");
    const lateRule = (await edited).response();
    await page.keyboard.type("=");
    await lateRule;
    await page.keyboard.type("1");
    expect(await rule.textContent()).toMatch(/ and 1=1$/);
    await page.getByText("原文（YAML）", { exact: true }).click();
    const source = page.locator("textarea.source");
    const holds = (text: string) =>
      page.waitForFunction(
        (wanted) => document.querySelector<HTMLTextAreaElement>("textarea.source")?.value.includes(wanted),
        text,
      );
    await holds("甲乙丙");
    await source.press("Control+End");
    const asked = page.waitForRequest(edits);
    await source.pressSequentially("# 一");
    const late = (await asked).response();
    await source.pressSequentially("二");
    await late;
    await source.pressSequentially("三");
    await page.getByRole("button", { name: "存草稿" }).click();
    await page.getByText("草稿已存").waitFor();
    expect(await source.inputValue()).toMatch(/甲乙丙[\s\S]* and 1=1[\s\S]*# 一二三\s*$/);
    await page.getByRole("button", { name: "放弃草稿" }).click();
    await page.getByText("与现在显示的一样，没有草稿。").waitFor();
    expect(await source.inputValue()).not.toContain("一二三");
    await context.close();
  });

  it("tells a visitor how to sign in, and shows a decision table as fields with names", async () => {
    const context = await contextOf("en");
    const page = await open(context, "/studio?list=cn-31&file=items/elderly-care-service-subsidy.yaml");
    await page.getByRole("link", { name: "Sign in to save and publish" }).waitFor();
    await page.locator(".decision-table input").first().waitFor();
    await expectWhole(page);
    await context.close();
  });
});

describe("the report of the checks", () => {
  it.each(both)("is narrowed by kind and exported: %s", async (language) => {
    const context = await contextOf(language);
    const page = await open(context, "/list/cn-31/checks");
    await page.locator("caption", { hasText: words(language, "按类别", "By kind") }).waitFor();
    await expectWhole(page);
    await page.locator("tbody button.sort").first().press("Enter");
    await page.waitForURL(/kind=/);
    const csv = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    const answer = await fetch(site.address + csv);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    await context.close();
  });
});

describe("what-if", () => {
  it.each(both)("answers while the hand is on the slider, and is come back to by its address: %s", async (language) => {
    const context = await contextOf(language);
    const page = await open(context, "/whatif");
    const choice = page.getByLabel(words(language, "选一个标准来改", "Choose a number to change"));
    await choice.waitFor();
    await expectWhole(page);
    await choice.selectOption("subsistenceLine");
    const slider = page.locator("input[type=range]");
    await slider.focus();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowRight");
    await page.locator(".versus").waitFor();
    await page.locator("table caption", { hasText: words(language, "总览", "Overview") }).waitFor();
    await page.waitForSelector(".chart svg");
    await expectWhole(page);
    const value = await slider.inputValue();
    await page.reload();
    await slider.waitFor();
    expect(await slider.inputValue()).toBe(value);
    await page.getByRole("button", { name: words(language, "再加一个方案", "Add another reform") }).press("Enter");
    await page.locator(".scenario").nth(1).waitFor();
    await page.getByRole("button", { name: words(language, "回到现行", "Back to the law in force") }).press("Enter");
    await page.locator(".versus").waitFor({ state: "detached" });
    await context.close();
  });
});

describe("the comparison", () => {
  it.each(both)("sets two areas side by side and weighs them on the city: %s", async (language) => {
    const context = await contextOf(language);
    const page = await open(context, "/compare?left=cn-31&right=cn-3301");
    await page.locator("h3").first().waitFor();
    await expectWhole(page);
    await page
      .getByRole("button", { name: words(language, "在全市人口上算一遍", "Work it out on the city's people") })
      .press("Enter");
    await page.locator("caption").first().waitFor();
    await expectWhole(page);
    await context.close();
  });
});
