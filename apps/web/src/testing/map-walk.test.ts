import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { expectAccessible, launchBrowser, type Manner, openPage, patience, visitor } from "./browser.ts";
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

const manners: Manner[] = [
  { language: "zh-CN", elder: true, zoomed: true },
  { language: "en", elder: false, zoomed: false },
];

const foreign: string[] = [];

const open = async (path: string, manner: Manner): Promise<Page> => {
  const context = await visitor(browser, manner);
  context.on("request", (request) => {
    if (
      !request.url().startsWith(site.address) &&
      !request.url().startsWith("blob:") &&
      !request.url().startsWith("data:")
    )
      foreign.push(request.url());
  });
  return openPage(context, site.address + path);
};

const numberIn = (text: string | null): number => Number((text ?? "").replaceAll(/[^\d.]/g, ""));

/** Chooses a button with the keyboard alone. */
const press = async (page: Page, name: string): Promise<void> => {
  // A key on a button that is not yet enabled does nothing.
  await page.getByRole("button", { name, exact: true, disabled: false }).first().focus();
  await page.keyboard.press("Enter");
};

/** The lines of the legend's classes, once they tell how many people are in each. */
const legendOf = async (page: Page): Promise<string[]> => {
  const lines = page.locator(".legend ul").first().locator("li");
  await lines.filter({ hasText: "·" }).first().waitFor();
  return lines.allTextContents();
};

describe("the map", () => {
  it.each(manners)(
    "is drawn by the site's own files; a plan made with the keyboard changes the figures at once: %o",
    async (manner) => {
      const say = (zh: string, en: string) => (manner.language === "en" ? en : zh);
      const page = await open("/map?level=10&group=everyone", manner);
      await page.waitForSelector("[data-drawn=true] canvas");
      await page.waitForSelector(".index-value");
      await expectAccessible(page);

      // A block that is not covered, from the table.
      const row = page
        .locator("tr", { hasText: say("未覆盖", "Not covered") })
        .filter({ has: page.getByRole("button") })
        .first();
      await row.getByRole("button").focus();
      await page.keyboard.press("Enter");
      await page.waitForSelector("#block-title");

      const before = numberIn(await page.locator(".index-value").textContent());
      await press(page, say("加在所选街坊", "Add in the chosen block"));
      await page.waitForSelector("#plan-bar-title");
      await page.locator(".plan-bar dd", { hasText: "→" }).waitFor();
      await page.waitForFunction((was) => Number(document.querySelector(".index-value")?.textContent) > was, before);

      // A facility of today is closed: somebody loses, and undoing gives it back.
      const chooser = page.getByLabel(say("选设施", "Choose a facility"));
      await chooser.selectOption({ index: 1 });
      // Whom it serves: of everyone no fewer than of those of 60 and over.
      const served = page.locator("table.catchment tbody td:nth-of-type(1)");
      await served.first().waitFor();
      const peopleServed = (await served.allTextContents()).map(numberIn);
      expect(peopleServed[0]).toBe(Math.max(...peopleServed));
      await expectAccessible(page);
      await press(page, say("关闭此设施", "Close this facility"));
      await page.waitForFunction(() => document.querySelectorAll(".plan-bar .steps li").length === 2);
      await press(page, say("撤销上一步", "Undo the last step"));
      await press(page, say("放弃方案", "Leave the plan"));
      await page.waitForFunction((was) => Number(document.querySelector(".index-value")?.textContent) === was, before);

      // Medical circles: painted by minutes by car, with the hospital and the limit told; nothing of them can be planned.
      await page.locator("form.filters select").first().selectOption("medical-circles");
      await page.locator("#legend-title ~ h3", { hasText: say("车程分钟", "Minutes by car") }).waitFor();
      const reasons = page.locator("section[aria-labelledby=block-title] tbody tr");
      await reasons
        .filter({ hasText: say("人民医院", "People's Hospital") })
        .first()
        .waitFor();
      expect(await reasons.count()).toBe(1);
      expect(await reasons.first().textContent()).toContain("医疗服务圈");
      const legend = await legendOf(page);
      const within = legend.slice(0, 3).map((line) => numberIn(line.split("·").at(-1) ?? ""));
      // The first three classes end where the inner circle does: who is in them is covered.
      const inside = within.reduce((sum, one) => sum + one, 0);
      expect(await page.locator(".figures dd").nth(1).textContent()).toContain(inside.toLocaleString("en"));
      expect(await page.locator("form.siting").count()).toBe(0);
      await expectAccessible(page);
      await page.context().close();
    },
  );

  it.each(manners)("names the next best places at once, and takes one into the plan: %o", async (manner) => {
    const say = (zh: string, en: string) => (manner.language === "en" ? en : zh);
    const page = await open("/map?level=10&group=everyone", manner);
    await page.waitForSelector("form.next-best");
    await press(page, say("马上看", "Show at once"));
    await page.waitForSelector(".next-best-answer tbody tr");
    const rows = page.locator(".next-best-answer tbody tr");
    const people = (await rows.locator("td:nth-of-type(3)").allTextContents()).map(numberIn);
    expect(people).toEqual([...people].sort((a, b) => b - a));
    await expectAccessible(page);
    await rows.first().getByRole("button").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("#plan-bar-title");
    await page.locator(".plan-bar dd", { hasText: "→" }).waitFor();
    // The plan covers those people, and nobody else, by that requirement.
    expect(numberIn(await page.locator(".plan-bar dd").nth(1).textContent())).toBeGreaterThanOrEqual(people[0]!);
    expect(await page.locator("main").textContent()).not.toMatch(/\b(nextBest|map)\.[a-z]/);
    await page.context().close();
  });

  it("runs siting with progress, and gives a plan with reasons to print and to take away", async () => {
    const manner: Manner = { language: "zh-CN", elder: false, zoomed: false };
    const page = await open("/map?level=15", manner);
    await page.waitForSelector("form.siting");
    await page.locator("form.siting").getByLabel("最多算几秒").fill("5");
    await page.locator("form.siting").getByRole("button", { name: "开始" }).click();
    await page.waitForSelector(".siting-run a[href$='plan.xlsx']");
    const { runs } = (await (await fetch(`${site.address}/api/siting/runs`)).json()) as {
      runs: { id: string; plan: { value: number; bound: number; covered: { before: number; after: number } } }[];
    };
    const { plan } = runs[0]!;
    expect(plan.bound).toBeGreaterThanOrEqual(plan.value);
    expect(plan.covered.after - plan.covered.before).toBe(plan.value);

    // The front of number, coverage and equity: a point of it is picked from the table, and stands on the map as a plan.
    await page.locator("form.siting").getByLabel("目标").selectOption("front");
    await page.locator("form.siting").getByLabel("最远的人占几成").fill("20");
    await page.locator("form.siting").getByLabel("至多建几处").fill("2");
    await page.locator("form.siting").getByRole("button", { name: "开始" }).click();
    await page.waitForSelector("table.front tbody tr");
    await page.locator(".siting-run .chart svg").waitFor();
    const points = page.locator("table.front tbody tr");
    const counts = (await points.locator("th").allTextContents()).map(Number);
    expect(counts).toContain(1);
    await points.nth(counts.indexOf(1)).getByRole("button").focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".plan-bar .steps li").length === 1);
    await page.locator(".plan-bar dd", { hasText: "→" }).waitFor();
    await expectAccessible(page);

    // The same by money: vacant premises to convert, or blocks to build in.
    await page.locator("form.siting").getByLabel("按造价，不按处数").check();
    await page.locator("form.siting").getByLabel("至多花多少（万元）").fill("900");
    await page.locator("form.siting").getByLabel("候选点位").selectOption("both");
    await page.locator("form.siting").getByRole("button", { name: "开始" }).click();
    await page.waitForSelector("table.front th:has-text('造价')", { timeout: 90_000 });
    for (const money of await page.locator("table.front tbody th").allTextContents())
      expect(Number(money.replace("万元", ""))).toBeLessThanOrEqual(900);
    await expectAccessible(page);
    const id = new URL(page.url()).searchParams.get("run") ?? "";
    await page.getByRole("link", { name: "打印单" }).click();
    await page.waitForURL(`**/map/plan/${id}`);
    await page.waitForSelector(".sheet tbody tr");
    await expectAccessible(page);
    for (const ending of ["xlsx", "geojson"]) {
      const file = await fetch(`${site.address}/api/siting/runs/${id}/plan.${ending}`);
      expect(file.headers.get("content-disposition")).toContain(`.${ending}`);
      expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(200);
    }
    await page.context().close();
  });

  it("gives the front of money and people for the mix, each plan to be looked at", async () => {
    const page = await open("/map?level=10&group=everyone", manners[0]!);
    const form = page.locator("form.planning");
    await form.waitFor();
    await form.getByLabel("几年", { exact: true }).fill("1");
    await form.getByLabel("每年预算").fill("");
    await form.getByLabel("范围").first().selectOption({ index: 0 });
    await form.getByLabel(/^给出最优前沿/).check();
    await press(page, "开始规划");
    const rows = page.locator(".planning-run table.front tbody tr");
    await rows.first().waitFor();
    await page.locator(".planning-run .chart").waitFor();
    expect(await rows.count()).toBeGreaterThan(1);
    const people = (await rows.locator("td:nth-of-type(1)").allTextContents()).map(numberIn);
    expect(people).toEqual([...people].sort((a, b) => a - b));
    // The one that serves most is shown first; the cheapest one changes nothing.
    expect(await rows.last().getAttribute("aria-current")).toBe("true");
    await rows.first().getByRole("button").press("Enter");
    await page.locator(".planning-run").getByText("不需要任何改动").waitFor();
    expect(await rows.first().getAttribute("aria-current")).toBe("true");
    await expectAccessible(page);
    await page.context().close();
  });

  it.each(manners)(
    "plans what to keep, convert and build over years, and gives the plan to print and to take away: %o",
    async (manner) => {
      const say = (zh: string, en: string) => (manner.language === "en" ? en : zh);
      const page = await open("/map?level=10&group=everyone", manner);
      await page.waitForSelector("form.planning");
      const form = page.locator("form.planning");
      await form.locator("summary").focus();
      await page.keyboard.press("Enter");
      await form.getByLabel(say("几年", "Years"), { exact: true }).fill("2");
      await form.getByLabel(say("最多算几秒", "Seconds at most")).fill("10");
      const aim = form.locator("select", { has: page.locator("option[value=gini]") });
      await aim.selectOption("gini");
      await form.getByLabel(say("每类末年至少服务", "Least people of each kind")).fill("1");
      await aim.selectOption("worst-first");
      await form.getByLabel(say("每年预算", "Budget a year")).fill("");
      await form.getByLabel(say("至少服务", "Least people of a new")).fill("5");
      // A second kind, of which the first becomes the branch.
      const unticked = form.locator("fieldset").first().locator("input:not(:checked)").first();
      await unticked.focus();
      await page.keyboard.press("Space");
      await form
        .locator("fieldset", { hasText: say("总馆与分馆", "Main and branch") })
        .locator("select")
        .selectOption({ index: 1 });
      await form.getByLabel(say("总馆须在步行几米之内", "Main within (metres on foot)")).fill("800");
      // Both stand under one roof, as the plan builds them.
      await form
        .getByLabel(say("新建、改建须几类同在一处", "A new or converted place must hold several kinds"))
        .focus();
      await page.keyboard.press("Space");
      await form.getByLabel(say("整处至少多大", "Least floor of the whole place")).fill("700");
      await expectAccessible(page);
      await press(page, say("开始规划", "Make a plan"));
      await page.waitForSelector(".planning-run a[href$='plan.xlsx']");
      const { runs } = (await (await fetch(`${site.address}/api/planning/runs`)).json()) as {
        runs: {
          id: string;
          request: {
            kinds: string[];
            aim: string;
            leastPeople: number;
            branch: { kind: string; main: string; withinMetres: number };
            together: { atLeast: number; core: string[]; coreAtLeast: number; floorM2: number };
          };
          plan: {
            value: number;
            bound: number;
            today: { served: number }[];
            years: { served: { served: number }[] }[];
          };
        }[];
      };
      const { id, plan, request } = runs[0]!;
      const [kind, main] = request.kinds;
      // The aim that was chosen last has no least share.
      expect(request).not.toHaveProperty("leastShare");
      expect(await page.locator(".planning-run").textContent()).toContain(say("由差到好", "the worst first"));
      expect(request).toMatchObject({ aim: "worst-first", leastPeople: 5, branch: { kind, main, withinMetres: 800 } });
      expect(request.together).toEqual({ atLeast: 2, core: request.kinds, coreAtLeast: 2, floorM2: 700 });
      expect(plan.bound).toBeGreaterThanOrEqual(plan.value);
      // Nobody loses, and without a budget the second year serves no fewer than today.
      expect(plan.years[1]!.served[0]!.served).toBeGreaterThanOrEqual(plan.today[0]!.served);
      await page
        .locator(".planning-run")
        .getByRole("link", { name: say("打印单", "Sheet to print") })
        .click();
      await page.waitForURL(`**/map/mix/${id}`);
      await page.waitForSelector(".sheet table caption");
      expect(await page.locator(".sheet").textContent()).toContain(say("800 米之内", "within 800 m of"));
      await expectAccessible(page);
      for (const ending of ["xlsx", "geojson"]) {
        const file = await fetch(`${site.address}/api/planning/runs/${id}/plan.${ending}`);
        expect(file.headers.get("content-disposition")).toContain(`.${ending}`);
      }
      expect(await page.locator("main").textContent()).not.toMatch(/\b(planning|map)\.[a-z]/);
      await page.context().close();
    },
  );

  it.each(manners)("a planner takes a register in, and sees every row that was not accepted: %o", async (manner) => {
    const say = (zh: string, en: string) => (manner.language === "en" ? en : zh);
    const page = await open(`/sign-in?goal=${encodeURIComponent("/map/registers")}`, manner);
    await page.click('button[data-login="planner"]');
    await page.waitForURL(/map\/registers/);
    const [first] = (
      (await (await fetch(`${site.address}/api/facilities?kind=library&size=1`)).json()) as {
        facilities: { point: [number, number] }[];
      }
    ).facilities;
    const [lon, lat] = first!.point;
    const lines = [
      "code,kind,name_zh,lon,lat",
      `walk-1,library,新图书馆,${lon},${lat}`,
      `walk-2,teahouse,茶馆,${lon},${lat}`,
      "walk-3,library,远处,0,0",
    ];
    await page.getByLabel(say("文件", "File")).setInputFiles({
      name: "libraries.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(lines.join("\n")),
    });
    await press(page, say("导入", "Take in"));
    await page.waitForSelector("#shown-title");
    const rows = page.locator("section[aria-labelledby=shown-title] tbody tr");
    await rows.nth(1).waitFor();
    expect(await rows.count()).toBe(2);
    expect(await rows.first().textContent()).toContain("teahouse");
    await expectAccessible(page);
    expect(await page.locator("main").textContent()).not.toMatch(/\bregisters\.[a-z]/);
    await page.context().close();
  });

  it("counts every person once in its legend", async () => {
    const page = await open("/map?level=10&group=everyone", { language: "en", elder: false, zoomed: false });
    await page.waitForSelector(".index-value");
    const lines = await legendOf(page);
    const people = lines.slice(0, 6).map((line) => numberIn(line.split("·").at(-1) ?? ""));
    expect(people.reduce((sum, one) => sum + one, 0)).toBe(2_000);
    await page.context().close();
  });
});

describe("what is open nearby", () => {
  it.each(manners)("is found by street, for who goes, without a position: %o", async (manner) => {
    const page = await open("/places?any=true", manner);
    await page.waitForSelector(".nearest li");
    await expectAccessible(page);
    const walk = page.locator(".nearest .walk").first();
    const adult = numberIn((await walk.textContent())?.split(/分钟|minutes/)[0] ?? "");
    await page.getByLabel(manner.language === "en" ? "Who goes?" : "谁去").selectOption("senior");
    await page.waitForURL(/who=senior/);
    await page.waitForFunction(
      (was) => Number(/\d+/.exec(document.querySelector(".nearest .walk")?.textContent ?? "")?.[0]) >= was,
      adult,
    );
    await page.locator(".nearest summary").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".nearest details[open] dl");
    await expectAccessible(page);
    if (manner.elder) {
      const size = await page.evaluate(
        () => getComputedStyle(document.querySelector(".places-page") as Element).fontSize,
      );
      expect(size).toBe("22px");
      const heights = await page.$$eval(".places-form select", (boxes) =>
        boxes.map((box) => box.getBoundingClientRect().height),
      );
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(60);
    }
    await page.context().close();
  });
});

it("the start page tells who is within fifteen minutes, with a way to the map", async () => {
  const page = await open("/", { language: "en", elder: false, zoomed: false });
  const panel = page.locator(".panel", { has: page.locator("a[href='/map']") });
  await panel.locator(".figure", { hasText: /^\d[\d,]*$/ }).waitFor();
  await page.context().close();
});

it("asked no other host for anything", () => {
  expect(foreign).toEqual([]);
});
