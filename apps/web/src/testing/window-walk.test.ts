import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { expectAccessible, launchBrowser, type Manner, openPage, patience, visitor } from "./browser.ts";
import { type Site, startSite } from "./site.ts";
import { walkNow } from "./walk-clock.ts";

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

const phone = { width: 390, height: 844 };
const item = "cn-31.subsistence-allowance";

/** Goes to a page that asks for sign-in, and enters by the demonstration's own buttons. */
const enter = async (manner: Manner, login: string, path: string): Promise<{ page: Page; context: BrowserContext }> => {
  const context = await visitor(browser, manner);
  const page = await openPage(context, site.address + path);
  await page.click(`button[data-login="${login}"]`);
  await page.waitForURL((url) => url.pathname === path);
  return { page, context };
};

/** Leaves every question of a form open, until nothing more is asked. */
const skipAll = async (page: Page): Promise<void> => {
  await page.locator(".keep").waitFor();
  for (let asked = 0; (await page.locator("form[data-fact]").count()) > 0; asked += 1) {
    expect(asked).toBeLessThan(40);
    const fact = await page.getAttribute("form[data-fact]", "data-fact");
    await page.locator("form[data-fact] .actions button").nth(1).click();
    await page.waitForFunction(
      (before) => document.querySelector("form[data-fact]")?.getAttribute("data-fact") !== before,
      fact,
    );
  }
};

describe("one window for every matter", () => {
  it("a resident reads the guide made for them, and keeps the form for the window", async () => {
    const path = `/guide/cn-3199/${item}`;
    const { page, context } = await enter({ viewport: phone, elder: true }, "resident", "/my");
    await page.goto(site.address + path);
    await page.getByRole("heading", { name: "您的情况" }).waitFor();
    await page.locator("text=登记里已有，不用交").first().waitFor();
    await expectAccessible(page);
    // 最低生活保障: delegated to sub-districts in Shanghai, 20 working days (2022-10-20 notice, 四（一）).
    expect(await page.locator("main").textContent()).toContain("20 个工作日");
    await page.getByRole("button", { name: /^申请/ }).click();
    await page.waitForURL(/\/my\/apply\//);
    await page.getByRole("button", { name: "生成取件码" }).click();
    const code = await page.locator(".code").textContent();
    await context.close();

    const window = await enter({}, "clerk", "/desk/window");
    await window.page.locator("option[value]").nth(3).waitFor({ state: "attached" });
    await expectAccessible(window.page);
    await window.page.fill("input[name=code]", code ?? "");
    await window.page.keyboard.press("Enter");
    await window.page.waitForURL(/\/desk\/window\/[\w-]+/);
    await skipAll(window.page);
    await expectAccessible(window.page);
    await window.page.selectOption("select[name=channel]", "phone");
    await window.page.locator("input[type=checkbox]").last().check();
    await window.page.getByRole("button", { name: "提交申请" }).click();
    await window.page.waitForURL(/\/desk\?case=/);
    await window.page.locator(".journal li", { hasText: "电话" }).waitFor();
    await window.context.close();
  }, 240_000);

  it("a guide sets a promised limit beside the law's, and says when a window is open", async () => {
    const context = await visitor(browser, { viewport: phone, elder: true });
    const page = await openPage(context, `${site.address}/guide/cn-3199/cn.residents-medical-insurance`);
    const long = page.locator("section[aria-labelledby=guide-long]");
    await long.waitFor();
    // 城乡居民医疗保险登记（零星办理）: seven working days are promised in Shanghai, no limit is set by law.
    expect(await long.textContent()).toMatch(/法定 20 个工作日.*上海市 · 承诺 7 个工作日/);
    await expectAccessible(page);
    await page.goto(`${site.address}/guide/cn-3199/cn-31.child-rearing-subsidy`);
    const when = page.locator("section[aria-labelledby=guide-when]");
    await when.waitFor();
    expect(await when.textContent()).toMatch(/年内不申请视为放弃当年.*正在受理，\d{4}年12月31日 截止/);
    await expectAccessible(page);
    await context.close();
  }, 240_000);

  it("a clerk fills in a form by what somebody says, in their own words' order, for a helper with papers", async () => {
    const { page, context } = await enter({ language: "en" }, "clerk", "/desk/window");
    await page.locator("option[value^='event:']").first().waitFor({ state: "attached" });
    await page.fill("input[name=person]", "7");
    await page.selectOption("select[name=matter]", item);
    await page.getByRole("button", { name: "Begin a form" }).click();
    await page.waitForURL(/\/desk\/window\/[\w-]+/);
    await skipAll(page);
    await page.selectOption("select[name=channel]", "helper");
    await page.locator("input[type=checkbox]").last().check();
    await page.getByRole("button", { name: "Send the application" }).click();
    // Nobody is named yet as the one who helps.
    await page.locator(".error-summary").waitFor();
    await page.fill("input[name=helperName]", "Zhang San");
    await page.fill("input[name=evidence]", "mandate 2026-01");
    await page.getByRole("button", { name: "Send the application" }).click();
    await page.waitForURL(/\/desk\?case=/);
    await page.locator(".journal", { hasText: "Zhang San" }).waitFor();
    await context.close();
  }, 240_000);

  it("a clerk writes down a guardian by papers, who then acts for the person, and strikes it out", async () => {
    const { page, context } = await enter({ viewport: phone }, "clerk", "/desk/helpers");
    await page.fill("input[name=person]", "9");
    await page.keyboard.press("Enter");
    await page.getByText("还没有登记。").waitFor();
    await page.locator(`option[value="${item}"]`).waitFor({ state: "attached" });
    await expectAccessible(page);
    await page.fill("input[name=personName]", "示范9");
    await page.fill("input[name=helper]", "resident");
    await page.fill("input[name=evidence]", "指定监护人决定书");
    await page.selectOption("select[name=item]", [item]);
    await page.fill("input[name=until]", new Date(walkNow().getTime() + 30 * 86_400_000).toISOString().slice(0, 10));
    await page.getByRole("button", { name: "登记", exact: true }).click();
    await page.locator(".answer", { hasText: "指定监护人决定书" }).waitFor();
    const helper = await enter({}, "resident", "/my/helpers");
    await helper.page.getByRole("button", { name: "替示范9办事" }).click();
    await helper.page.locator(`button[data-item="${item}"]`).waitFor();
    await page.getByRole("button", { name: "注销" }).click();
    await page.locator(".answer", { hasText: "已收回" }).waitFor();
    await helper.page.locator(`button[data-item="${item}"]`).click();
    await helper.page.locator(".field-error").waitFor();
    await helper.context.close();
    await context.close();
  }, 240_000);

  it("the blank form has every question, in both languages, on paper as on the screen", async () => {
    for (const language of ["zh-CN", "en"] as const) {
      const context = await visitor(browser, { language });
      const page = await openPage(context, `${site.address}/guide/cn-3199/${item}/blank`);
      await page.locator(".blank-form li").first().waitFor();
      await expectAccessible(page);
      const answer = await page.request.get(`${site.address}/api/forms/blank/cn-3199/${item}`);
      const { questions } = (await answer.json()) as { questions: unknown[] };
      expect(await page.locator(".blank-form li").count()).toBe(questions.length);
      await page.emulateMedia({ media: "print" });
      expect(await page.locator(".no-print").first().isVisible()).toBe(false);
      await context.close();
    }
  }, 120_000);
});
