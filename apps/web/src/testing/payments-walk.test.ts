import { shanghaiDay } from "@qingdan/clock";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
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
/** Cases that a clerk and a checker granted: the first is the resident's own. */
const granted: string[] = [];
const item = "cn-31.senior-comprehensive-allowance";

type Ask = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;

/** Asks the site as one of the demonstration's people. */
async function as(login: string): Promise<Ask> {
  const headers = { "content-type": "application/json", "x-qingdan": "1", "accept-language": "en" };
  const demo = await (await fetch(`${site.address}/api/identity/demo`)).json();
  const account = (demo as { accounts: { login: string; passPhrase: string }[] }).accounts.find(
    (one) => one.login === login,
  );
  const signIn = await fetch(`${site.address}/api/identity/sign-in`, {
    method: "POST",
    headers,
    body: JSON.stringify({ login, passPhrase: account?.passPhrase }),
  });
  const cookie = signIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return async (method, path, body) => {
    const key = Math.random().toString(36).slice(2);
    const answer = await fetch(`${site.address}/api${path}`, {
      method,
      headers: { ...headers, cookie, "idempotency-key": key },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
}

/** 150 yuan a month from this month on, by the file, confirmed by a second person. */
async function grant(clerk: Ask, checker: Ask, person: string, of = item): Promise<string> {
  const facts = {
    persons: { p1: { birthDate: "1954-03-01" } },
    households: { h1: { members: ["p1"] } },
    subject: "p1",
  };
  const opened = await clerk("POST", "/cases", { list: "cn-3199", item: of, channel: "window", person, facts });
  const day = shanghaiDay(walkNow());
  const decision = { outcome: "grant", fen: 150_00, from: `${day.slice(0, 7)}-01`, text: "按档案核定" };
  const deeds = [
    [clerk, { kind: "accept" }],
    [clerk, { kind: "propose", ...decision }],
    [checker, { kind: "decide", ...decision }],
  ] as const;
  for (const [at, [who, action]] of deeds.entries())
    await who("POST", `/cases/${opened.id}/actions`, { seq: at + 1, channel: "window", action });
  return String(opened.id);
}

beforeAll(async () => {
  site = await startSite();
  browser = await launchBrowser();
  const [clerk, checker, resident] = await Promise.all([as("clerk"), as("checker"), as("resident")]);
  const { actor } = (await resident("GET", "/identity/me")) as { actor: { person: string } };
  for (const person of [actor.person, "9000001"]) granted.push(await grant(clerk, checker, person));
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

const office = { width: 1366, height: 900 };
const enter = async (context: BrowserContext, login: string, path: string): Promise<Page> => {
  const page = await openPage(context, `${site.address}/sign-in?goal=${encodeURIComponent(path)}`);
  await page.click(`button[data-login="${login}"]`);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return page;
};
const visit = async (manner: Manner): Promise<BrowserContext> => {
  const context = await visitor(browser, manner);
  await holdUntilPressed(context);
  return context;
};

/** A second officer confirms what waits. */
async function confirmAccounts(login = "finance2"): Promise<void> {
  const officer = await as(login);
  const { changes } = (await officer("GET", "/account-changes")) as { changes: { id: string }[] };
  for (const { id } of changes) await officer("POST", `/account-changes/${id}/confirm`, {});
}

it("money is paid by two, told to the bank, comes back and is paid again", async () => {
  const first = await visit({ viewport: office });
  const page = await enter(first, "finance", "/desk/payments");
  await page.locator("select[name=item]").selectOption(item);
  const waiting = page.locator("article", { hasText: "当事人" });
  await waiting.nth(1).waitFor();
  await expectAccessible(page);
  for (const [at, account] of ["6200000000000011", "6200000000000022"].entries()) {
    const form = waiting.first();
    await form.getByLabel("户名").fill(`收款人${at}`);
    await form.getByLabel("账号").fill(account);
    await form.getByRole("button", { name: "登记账户" }).click();
    await form.getByText("另一名财务人员确认后").waitFor();
    await confirmAccounts();
    await page.reload();
    await page.locator("select[name=item]").selectOption(item);
    await expect.poll(() => waiting.count(), { timeout: 30_000 }).toBe(1 - at);
  }
  // The demonstration pays from a made-up account; a finance officer writes down another.
  const from = page.getByRole("region", { name: "付款账户" });
  await from.getByText("示范用的虚构账户").waitFor();
  await from.getByText("登记或更换付款账户").press("Enter");
  await from.getByLabel("户名").fill("清单市财政局专户");
  await from.getByLabel("账号").fill("31000000000000000001");
  // What is no bank's number stays in the form.
  await from.getByLabel(/开户行/).fill("10210009999");
  await from.getByLabel(/开户行/).press("Enter");
  expect(await from.getByLabel(/开户行/).evaluate((field: HTMLInputElement) => field.validity.patternMismatch)).toBe(
    true,
  );
  await from.getByLabel(/开户行/).fill("102100099996");
  await expectAccessible(page);
  await from.getByLabel(/开户行/).press("Enter");
  await from.getByText("付款账户已提交").waitFor();
  // It waits for another one: who asked can only take it back.
  const asked = page.locator("[data-change=cn-3199]");
  await asked.getByText("由另一名财务人员确认。").waitFor();
  expect(await asked.getByRole("button", { name: /确认使用/ }).count()).toBe(0);
  const checking = await visit({ viewport: office, language: "en" });
  const checker = await enter(checking, "finance2", "/desk/payments");
  await checker
    .locator("[data-change=cn-3199]")
    .getByRole("button", { name: /^Confirm/ })
    .press("Enter");
  await checker.getByText("The account of cn-3199 is confirmed and in use.").waitFor();
  await expectAccessible(checker);
  await checking.close();
  await page.reload();
  await from.getByText("清单市财政局专户，账号 31000000000000000001，开户行 102100099996。").waitFor();
  const prepareBatch = async () => {
    await page.goto(`${site.address}/desk/payments`);
    await page.locator("select[name=item]").selectOption(item);
    await page.getByRole("button", { name: "制作批次" }).click();
    await page.waitForURL(/\/desk\/payments\/[\w-]+$/);
  };
  await prepareBatch();
  // It was prepared by mistake: it is given up with a reason and stays in the records, and its months are free again.
  await page.getByText("作废", { exact: true }).first().click();
  await page.getByLabel("理由").fill("误选了月份");
  await expectAccessible(page);
  await page.getByRole("button", { name: "作废" }).press("Enter");
  await page.getByText(/作废：误选了月份/).waitFor();
  expect(await page.getByRole("button", { name: "放行" }).count()).toBe(0);
  await expectAccessible(page);
  await prepareBatch();
  const refusing = await visit({ viewport: office, language: "en" });
  const refuser = await enter(refusing, "finance2", new URL(page.url()).pathname);
  await refuser.locator("summary", { hasText: "Send back" }).click();
  await refuser.getByLabel("Reason").fill("The month is not closed yet.");
  await expectAccessible(refuser);
  await refuser.getByRole("button", { name: "Send back" }).press("Enter");
  await refuser.getByText(/Sent back by .*: The month is not closed yet\./).waitFor();
  await expectAccessible(refuser);
  await refusing.close();
  await prepareBatch();
  const batch = new URL(page.url()).pathname;
  await page.getByText("明细、分担与总额一致，到分。").waitFor();
  await expectAccessible(page);
  // Who prepared it cannot let it go.
  await page.getByRole("button", { name: "放行" }).click();
  await page.locator(".error-summary").waitFor();

  const second = await visit({ viewport: office, language: "en" });
  const other = await enter(second, "finance2", batch);
  await other.getByRole("button", { name: "Release" }).press("Enter");
  await other.getByRole("link", { name: "Bank file (CSV)" }).waitFor();
  const files = await other.evaluate(
    async (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).text())),
    [`/api${batch.replace("/desk", "")}/bank.csv`, `/api${batch.replace("/desk", "")}/pain.001.xml`],
  );
  expect(files[0]).toContain("合计,2,,300.00");
  expect(files[1]).toContain("<CtrlSum>300.00</CtrlSum>");
  expect(files[1]).toContain("<DbtrAcct><Id><Othr><Id>31000000000000000001</Id></Othr></Id></DbtrAcct>");
  await other.getByText("Paid from 清单市财政局专户 (account 31000000000000000001, bank 102100099996).").waitFor();
  // A file with a row that cannot be read books nothing.
  const answer = (text: string) => ({ name: "answer.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await other.setInputFiles("input[type=file]", answer("序号,结果,原因\n1,成功,\n2,退回,没有说"));
  await other.getByText("1 rows cannot be read; mend them first:").waitFor();
  expect(await other.getByRole("button", { name: "Book it" }).count()).toBe(0);
  await expectAccessible(other);
  await other.setInputFiles("input[type=file]", answer("序号,结果,原因\n1,成功,\n2,退回,已销户"));
  await other.getByRole("button", { name: "Book it" }).click();
  await other.getByRole("heading", { name: "Pay again what came back" }).waitFor();
  await expectAccessible(other);
  await other.getByRole("button", { name: "Prepare the batch that pays again" }).click();
  await other.locator(".error-summary").waitFor();
  await other.getByLabel("Account").fill("6200000000000033");
  await other.getByRole("button", { name: "Keep the account" }).click();
  await other.getByText(/batches to come pay there/).waitFor();
  await confirmAccounts("finance");
  await other.getByRole("button", { name: "Prepare the batch that pays again" }).click();
  await other.waitForURL((url) => url.pathname !== batch);
  await other.getByText("Payments, shares and total agree to the fen.").waitFor();
  await other.goto(`${site.address}/desk/payments`);
  await other.getByRole("heading", { name: "A month added up" }).waitFor();
  await other
    .getByRole("region", { name: "Account to pay from" })
    .getByText(/Written down by 陈芳/)
    .waitFor();
  await expectAccessible(other);
  await first.close();
  await second.close();
});

it("what was paid and not owed is claimed back: the person is told and says their word", async () => {
  const month = shanghaiDay(walkNow()).slice(0, 7);
  const stop = { kind: "benefit", change: "stop", from: `${month}-01`, text: "户籍已迁出" };
  await (await as("clerk"))("POST", `/cases/${granted[0]}/actions`, { seq: 4, channel: "window", action: stop });
  const context = await visit({ viewport: office });
  const page = await enter(context, "clerk", `/desk?case=${granted[0]}`);
  await page.getByRole("heading", { name: "这件已发了多少" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "提出追回" }).click();
  await page.getByLabel(/从哪个月起/).fill(month);
  await page.getByLabel(/事实与理由/).fill("登记显示不符合条件");
  await page.getByRole("button", { name: "先算一算" }).press("Enter");
  await page.getByRole("heading", { name: /共追回/ }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "立案追回" }).click();
  await page.waitForURL(/\/desk\?case=/);
  const claim = new URL(page.url()).searchParams.get("case");
  await page.click('button[data-deed="give-notice"]');
  await page.locator(".deed-form textarea").fill("登记显示不符合条件");
  await expectAccessible(page);
  await page.click(".deed-form button[type=submit]");
  await page.locator(".held button").nth(1).click();
  await page.getByText(/可在 .* 前陈述申辩/).waitFor();
  await page.goto(`${site.address}/desk/claw-backs`);
  await page.getByText("每一笔、分担与总额一致，到分。").waitFor();
  await expectAccessible(page);
  await context.close();

  const home = await visit({ viewport: { width: 390, height: 844 }, elder: true, language: "en" });
  const mine = await enter(home, "resident", `/my/cases/${claim}`);
  await mine.getByLabel("Your statement").fill("I reported it in time.");
  await expectAccessible(mine);
  await mine.getByLabel("I ask for a hearing").check();
  await mine.getByRole("button", { name: "Send the statement" }).click();
  await mine.getByText("asks for a hearing").waitFor();
  await mine.getByRole("link", { name: "Notice in advance" }).click();
  await mine.waitForSelector(".letter section");
  await expectAccessible(mine);
  await home.close();
});

/** A claim for 150 yuan that was paid and not owed, decided and served; and another benefit of the same person. */
async function claimed(): Promise<{ claim: string; other: string; month: string }> {
  const logins = ["clerk", "checker", "finance", "finance2"] as const;
  const [clerk, checker, finance, finance2] = (await Promise.all(logins.map(as))) as [Ask, Ask, Ask, Ask];
  const does = (who: "clerk" | "checker" | "finance" | "finance2", path: string, body: unknown) =>
    ({ clerk, checker, finance, finance2 })[who]("POST", path, body);
  const { actor } = (await (await as("resident"))("GET", "/identity/me")) as { actor: { person: string } };
  await finance("PUT", "/payees", { person: actor.person, name: "收款人", account: "6200000000000044" });
  await confirmAccounts();
  const today = shanghaiDay(walkNow());
  const month = today.slice(0, 7);
  const grantOf = (of: string) => grant(clerk, checker, actor.person, of);
  const source = await grantOf("cn-31.disability-living-subsidy");
  const batch = await does("finance", "/payments", { list: "cn-3199", item: "cn-31.disability-living-subsidy", month });
  await does("finance2", `/payments/${batch.id}/release`, {});
  const results = Array.from({ length: Number(batch.lines) }, (_, at) => ({ n: at + 1, result: "paid" }));
  await does("finance", `/payments/${batch.id}/results`, { results });
  const stop = { kind: "benefit", change: "stop", from: `${month}-01`, text: "残疾证已注销" };
  await does("clerk", `/cases/${source}/actions`, { seq: 4, channel: "window", action: stop });
  const claim = await does("clerk", "/claw-backs", { ground: "decision-changed", case: source, text: "残疾证已注销" });
  for (const [at, [who, action]] of (
    [
      ["clerk", { kind: "give-notice", text: "残疾证已注销", method: "in-person", day: today }],
      ["clerk", { kind: "state-defence", text: "没有异议", hearing: false }],
      ["clerk", { kind: "propose", outcome: "repay" }],
      ["checker", { kind: "decide", outcome: "repay" }],
      ["clerk", { kind: "deliver", method: "in-person", day: today }],
    ] as const
  ).entries())
    await does(who, `/cases/${claim.id}/actions`, { seq: at + 1, channel: "window", action });
  return { claim: String(claim.id), other: await grantOf("cn-31.disability-care-subsidy"), month };
}

it("what was agreed is withheld from the person's next payment, and everybody concerned reads it", async () => {
  const { claim, other, month } = await claimed();
  const context = await visit({ viewport: office });
  const page = await enter(context, "clerk", `/desk?case=${claim}`);
  await page.click('button[data-deed="agree-offset"]');
  await page.getByLabel("每笔发放至多抵扣百分之几（1–100）").fill("40");
  await page.getByLabel(/^从哪个月的待遇起/).fill(month);
  await page.getByLabel("从哪些发放中抵扣").selectOption("any-item");
  await page.locator(".deed-form textarea").fill("本人书面同意，难以一次退回");
  await expectAccessible(page);
  await page.locator(".deed-form button[type=submit]").press("Enter");
  await page.locator(".held button").nth(1).click();
  await page.getByRole("heading", { name: "从后续发放中抵扣" }).waitFor();
  await page.getByText(/已抵扣 .*0\.00，按约定还可抵扣 .*150\.00/).waitFor();

  const body = { list: "cn-3199", item: "cn-31.disability-care-subsidy", month };
  const batch = await (await as("finance"))("POST", "/payments", body);
  const officer = await visit({ viewport: office, language: "en" });
  const second = await enter(officer, "finance2", `/desk/payments/${batch.id}`);
  await second.getByText(/150\.00 due; .*60\.00 will be withheld .*90\.00 goes to the bank/).waitFor();
  await expectAccessible(second);
  await second.getByRole("button", { name: "Release" }).click();
  await second.getByText(/60\.00 withheld for money claimed back/).waitFor();
  await second.getByRole("columnheader", { name: "To the bank" }).waitFor();
  await expectAccessible(second);
  await second.goto(`${site.address}/desk/claw-backs`);
  await second.getByText("Of it withheld").waitFor();
  await second.getByText("Payments, shares and totals agree to the fen.").waitFor();
  await page.reload();
  await page.getByText(/已抵扣 .*60\.00，按约定还可抵扣 .*90\.00/).waitFor();
  await expectAccessible(page);

  const home = await visit({ viewport: { width: 390, height: 844 }, elder: true });
  const mine = await enter(home, "resident", `/my/cases/${other}`);
  await mine.getByText(/其中抵扣 .*60\.00（追缴办件 .*），到账 .*90\.00/).waitFor();
  await mine.getByText(/该追缴尚欠 .*90\.00/).waitFor();
  await expectAccessible(mine);
  await mine.goto(`${site.address}/my/cases/${claim}`);
  await mine.getByRole("link", { name: "抵扣通知" }).click();
  await mine.waitForSelector(".letter section");
  await mine.getByText(/尚欠 90\.00 元/).waitFor();
  await expectAccessible(mine);
  await Promise.all([context.close(), officer.close(), home.close()]);
});
