import { type ProofFile, proofReasons } from "@qingdan/proof";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  expectAccessible,
  holdUntilPressed,
  launchBrowser,
  type Manner,
  openPage,
  patience,
  visitor,
} from "./browser.ts";
import { type Site, startSite } from "./site.ts";
import { walkNow } from "./walk-clock.ts";

vi.setConfig(patience);

let site: Site;
let browser: Browser;
/** The case that the resident opens and everybody else works on. */
let caseId = "";

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const phone = { width: 390, height: 844 };
const office = { width: 1366, height: 900 };
/** 200 % zoom of a 1280 pixel window. */
const zoomed = { width: 640, height: 480 };

const visit = async (manner: Manner): Promise<BrowserContext> => {
  const context = await visitor(browser, manner);
  await holdUntilPressed(context);
  return context;
};

const open = (context: BrowserContext, path: string): Promise<Page> => openPage(context, site.address + path);

/** Goes to a page that asks for sign-in, and enters by the demonstration's own buttons. */
const enter = async (context: BrowserContext, login: string, path: string): Promise<Page> => {
  const page = await open(context, path);
  await page.click(`button[data-login="${login}"]`);
  await page.waitForURL((url) => url.pathname === path);
  return page;
};

/** Presses a deed of the desk; it is held, and sent at once. */
const doNow = async (page: Page, deed: string, fill?: () => Promise<void>): Promise<void> => {
  await page.click(`button[data-deed="${deed}"]`);
  if (fill) {
    await page.waitForSelector(".deed-form");
    await fill();
    await page.click(".deed-form button[type=submit]");
  }
  await page.locator(".held button").nth(1).click();
  await page.waitForSelector(".deeds .done");
};

describe("one matter, from the phone to the proof", () => {
  it("a resident applies on the phone, in large text", async () => {
    const context = await visit({ viewport: phone, elder: true });
    const page = await open(context, "/my");
    await page.waitForSelector(".demo tbody tr");
    await expectAccessible(page);
    await page.click('button[data-login="resident"]');
    const apply = page.locator('button[data-item="cn-31.subsistence-allowance"]');
    await apply.waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("22px");
    const heights = await page.$$eval("main .answer .button", (all) =>
      all.map((one) => one.getBoundingClientRect().height),
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(60);
    await apply.click();
    await page.waitForURL(/\/my\/apply\//);
    await page.locator(".keep").waitFor();
    for (let asked = 0; (await page.locator("form[data-fact]").count()) > 0; asked += 1) {
      expect(asked).toBeLessThan(40);
      if (asked === 0) await expectAccessible(page);
      const fact = await page.getAttribute("form[data-fact]", "data-fact");
      await page.locator("form[data-fact] .actions button").nth(1).click();
      await page.waitForFunction(
        (before) => document.querySelector("form[data-fact]")?.getAttribute("data-fact") !== before,
        fact,
      );
    }
    await expectAccessible(page);
    // Every value from a register says where it comes from.
    expect(await page.locator(".given-line .hint", { hasText: "来源" }).count()).toBeGreaterThan(3);
    await page.getByRole("button", { name: "生成取件码" }).click();
    await page.waitForSelector(".code");
    await page.getByRole("button", { name: "提交申请" }).click();
    await page.getByText("请先确认内容真实、完整。").waitFor();
    await page.locator("input[type=checkbox]").check();
    await page.getByRole("button", { name: "提交申请" }).click();
    await page.waitForURL(/\/my\/cases\/[\w-]+\?new=1/);
    await page.waitForSelector(".journal li");
    await expectAccessible(page);
    caseId = new URL(page.url()).pathname.split("/").at(-1)!;
    await context.close();
  });

  it("a clerk works by keyboard, takes a deed back, accepts and proposes", async () => {
    const context = await visit({ viewport: office });
    const page = await enter(context, "clerk", "/desk");
    const row = page.locator(`[data-case="${caseId}"]`);
    await row.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`case=${caseId}`));
    await page.locator('button[data-deed="accept"]').focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".held");
    await page.keyboard.press("Tab");
    await page.locator(".held button").first().click();
    await page.getByText("已撤销，什么也没有改变。").waitFor();
    expect(await page.locator(".stage").textContent()).toBe("已收件，待受理");
    await doNow(page, "accept");
    await page.locator(".clock.running").first().waitFor();
    const summary = page.locator(".clock.running details summary").first();
    await summary.click();
    await page.locator(".days .counts").first().waitFor();
    await page.click('button[data-deed="propose"]');
    await page.waitForSelector(".deed-form");
    await expectAccessible(page);
    await page.click('button[data-deed="propose"]');
    await doNow(page, "propose", async () => {
      await page.locator(".deed-form select").selectOption("grant");
    });
    await page.locator(".stage", { hasText: "待复核" }).waitFor();
    // Whoever proposed does not decide.
    expect(await page.locator('button[data-deed="decide"]').count()).toBe(0);
    await context.close();
  });

  it("a second person decides", async () => {
    const context = await visit({ viewport: office, language: "en" });
    const page = await enter(context, "checker", "/desk");
    await page.goto(`${site.address}/desk?queue=checking&case=${caseId}`);
    await page.waitForSelector('button[data-deed="decide"]');
    await doNow(page, "decide", async () => {
      await page.locator(".deed-form select").selectOption("grant");
    });
    await page.locator(".stage", { hasText: "Decided" }).waitFor();
    await expectAccessible(page);
    await context.close();
  });

  it("the resident reads the letter, rates, and proves on the device that it is in the log", async () => {
    const context = await visit({ viewport: phone });
    const page = await enter(context, "resident", "/my/cases");
    await page.goto(`${site.address}/my/cases/${caseId}/letter`);
    await page.waitForSelector(".letter section");
    await expectAccessible(page);
    await page.goto(`${site.address}/my/cases/${caseId}`);
    await page.locator("input[name=grade][value='5']").check();
    await page.getByRole("button", { name: "评价", exact: true }).click();
    await page.getByText("您的评价：非常满意。").waitFor();
    const link = page.locator('.journal a[href*="line="]').last();
    const [answer] = await Promise.all([page.waitForResponse(/\/proof$/), link.click()]);
    const file = (await answer.json()) as ProofFile;
    expect(file.line.subject).toBe(`case:${caseId}`);
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url()));
    await page.locator("main .actions button").first().click();
    await page.getByRole("heading", { name: "核验通过" }).waitFor();
    expect(sent).toEqual([]);
    await expectAccessible(page);

    const changed = { ...file, line: { ...file.line, by: "somebody-else" } };
    await page.setInputFiles("#proof-file", {
      name: "proof.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(changed)),
    });
    await page.getByText(proofReasons["PROOF-INCLUSION"].zh).waitFor();
    await context.close();
  });

  it("somebody else does not see the matter, and its proof neither", async () => {
    const context = await visit({ viewport: phone, language: "en" });
    const page = await open(context, "/sign-in");
    await page.getByRole("button", { name: "No account yet? Make one" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Mallory");
    await page.getByLabel("Account name").fill("mallory");
    await page.getByLabel("New pass-phrase").fill("copper lantern sparrow");
    await page.getByRole("button", { name: "Make the account and sign in" }).click();
    await page.waitForURL(/\/my$/);
    const statuses = await page.evaluate(
      async (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)),
      [`/api/cases/${caseId}`, `/api/cases/${caseId}/letter`, `/api/log/lines?subject=case:${caseId}`],
    );
    expect(statuses).toEqual([403, 403, 403]);
    await page.goto(`${site.address}/my/cases/${caseId}`);
    await page.getByRole("alert").waitFor();
    await context.close();
  });
});

/** Answers every question with "I do not know". */
const answerNothing = async (page: Page): Promise<void> => {
  await page.locator(".keep").waitFor();
  for (let asked = 0; (await page.locator("form[data-fact]").count()) > 0; asked += 1) {
    expect(asked).toBeLessThan(80);
    const fact = await page.getAttribute("form[data-fact]", "data-fact");
    await page.locator("form[data-fact] .actions button").nth(1).click();
    await page.waitForFunction(
      (before) => document.querySelector("form[data-fact]")?.getAttribute("data-fact") !== before,
      fact,
    );
  }
};

it("a life event is applied for by one form, and its branches are followed on one page", async () => {
  const context = await visit({ viewport: phone, elder: true });
  const page = await enter(context, "resident", "/my/events");
  await page.locator('button[data-event="job-loss"]').waitFor();
  await expectAccessible(page);
  await page.click('button[data-event="job-loss"]');
  await page.waitForURL(/\/my\/apply\//);
  await answerNothing(page);
  for (const box of await page.locator("fieldset input[type=checkbox]").all()) await box.check();
  await expectAccessible(page);
  await page.getByText("以上内容真实、完整").click();
  await page.getByRole("button", { name: "提交申请" }).press("Enter");
  await page.waitForURL(/\/my\/events\/[\w-]+\?new=1/);
  // The registration goes first; what hangs on it waits.
  await page.locator(".steps li").nth(2).waitFor();
  const states = await page.locator(".steps li").allTextContents();
  expect(states.map((text) => text.includes("排队"))).toEqual([false, true, true]);
  await expectAccessible(page);
  await context.close();
});

it("a helper acts for somebody by authorisation, until it is taken back", async () => {
  const home = await visit({ viewport: phone });
  const mine = await enter(home, "resident", "/my/helpers");
  const away = await visit({ viewport: phone, language: "en" });
  const page = await open(away, "/sign-in");
  await page.getByRole("button", { name: "No account yet? Make one" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Niece");
  await page.getByLabel("Account name").fill("niece");
  await page.getByLabel("New pass-phrase").fill("velvet harbour lantern");
  await page.getByRole("button", { name: "Make the account and sign in" }).click();
  await page.waitForURL(/\/my$/);

  await mine.getByLabel("代办人的账号").fill("niece");
  await mine.getByLabel("替您办哪些事").selectOption("cn-31.senior-comprehensive-allowance");
  const day = new Date(walkNow().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
  await mine.getByLabel(/到哪天为止/).fill(day);
  await mine.getByRole("button", { name: "授权给他" }).press("Enter");
  await mine.getByText("Niece 替 王秀英 办：老年综合津贴").waitFor();
  await expectAccessible(mine);

  await page.goto(`${site.address}/my/helpers`);
  await page.getByRole("button", { name: "Act for 王秀英" }).click();
  await page.getByText("You act for 王秀英.").waitFor();
  const apply = page.locator("main button[data-item]");
  await apply.first().waitFor();
  expect(await apply.count()).toBe(1);
  await expectAccessible(page);
  await apply.first().click();
  await page.waitForURL(/\/my\/apply\//);
  await answerNothing(page);
  await page.getByText(/true and complete/).click();
  await page.getByRole("button", { name: "Send the application" }).press("Enter");
  await page.waitForURL(/\/my\/cases\/[\w-]+\?new=1/);
  await page.getByText(/Niece acted for the person/).waitFor();
  await expectAccessible(page);
  await mine.getByRole("button", { name: "收回" }).click();
  await mine.getByText("已收回").waitFor();
  await page.reload();
  await page.getByRole("alert").waitFor();
  await home.close();
  await away.close();
});

describe("the other pages", () => {
  it("of a resident are whole in English at 200 % zoom", async () => {
    const context = await visit({ viewport: zoomed, language: "en" });
    const page = await enter(context, "resident", "/my");
    await page.waitForSelector(".answer");
    for (const path of [
      "/my/cases",
      "/my/events",
      "/my/helpers",
      "/my/documents",
      "/my/looks",
      "/my/resume",
      "/my/verify",
      "/account",
    ]) {
      await page.goto(site.address + path);
      await page.locator("main h1").waitFor();
      await page.waitForLoadState("networkidle");
      await expectAccessible(page);
      expect(await page.locator("main").textContent()).not.toMatch(/\b(my|case|desk|signIn|deed)\.[a-z]/);
    }
    await page.goto(`${site.address}/my/looks`);
    // The resident's own looks at the start, and nobody else's but of those who handled the matter.
    await page.locator(".entries li").first().waitFor();
    await context.close();
  });

  it.each(["/my", "/my/events"])("say that the runs were not read, and try again: %s", async (path) => {
    const context = await visit({ viewport: phone });
    await context.route(/\/api\/runs$/, (route) => route.fulfill({ status: 503, json: {} }));
    const page = await enter(context, "resident", path);
    await page.getByRole("alert").getByText("没有读到").waitFor();
    await expectAccessible(page);
    await context.unroute(/\/api\/runs$/);
    await page.getByRole("button", { name: "再试一次" }).press("Enter");
    await page.waitForSelector(".answer");
    expect(await page.getByRole("alert").count()).toBe(0);
    await context.close();
  });

  it("of the desk fold to one column on a narrow window", async () => {
    const context = await visit({ viewport: zoomed, language: "en" });
    const page = await enter(context, "auditor", "/desk");
    await page.waitForSelector(".case-row");
    await page.click(".case-row");
    await page.waitForSelector(".matter");
    await expectAccessible(page);
    expect(await page.locator("button[data-deed]").count()).toBe(0);
    await context.close();
  });

  it("a resident at the desk and a clerk on a resident's page are told where to go", async () => {
    const context = await visit({ viewport: office, language: "en" });
    const page = await open(context, "/sign-in?goal=/desk");
    await page.click('button[data-login="resident"]');
    await page.getByRole("heading", { name: "This page is not for your kind of account" }).waitFor();
    await expectAccessible(page);
    await context.close();
  });
});

it("a passkey is added and signs in again, with a real authenticator's protocol", async () => {
  const context = await visit({ viewport: office, language: "en" });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  // A passkey belongs to a name; a bare number is none.
  const named = site.address.replace("127.0.0.1", "localhost");
  await page.goto(`${named}/sign-in?goal=/account`);
  await page.click('button[data-login="planner"]');
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("The passkey was added.").waitFor();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL(/sign-in/);
  await page.goto(`${named}/sign-in?goal=/account`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(/\/account$/);
  await page.getByText("Signed in: 孙丽").waitFor();
  await context.close();
});
