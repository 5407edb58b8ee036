import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { List } from "@qingdan/list";
import { readList } from "@qingdan/list/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allowance, application, type CaseDesk, caseDesk } from "../../testing/case-desk.ts";
import type { GuideView } from "./guide-view-model.ts";
import { type Guides, readGuides } from "./guides.ts";
import type { CaseCard, CasePage } from "./model.ts";

const listsFolder = new URL("../../../../../lists/", import.meta.url).pathname;
const folder = await mkdtemp(path.join(tmpdir(), "qingdan-handling-"));
const write = async (where: string, text: string) => {
  await mkdir(path.join(where, "local-handling"), { recursive: true });
  await writeFile(path.join(where, "local-handling", "one.yaml"), text);
};

const read = async (code: string): Promise<List> => {
  const { list } = await readList(path.join(listsFolder, code));
  if (!list) throw new Error(`${code} is faulty`);
  return list;
};

let desk: CaseDesk;
let guides: Guides;
const lists = new Map<string, List>();
beforeAll(async () => {
  // Made up: the allowance is decided by 10 February, or the worked day before it.
  await write(
    folder,
    `item: ${allowance}
area: cn-3199
zh: 本市
en: The city
namedDays:
  - { code: batch, zh: 年度批次审定, en: The year's batch, on: [{ every: year, day: "02-10" }], namedDay: included, dayOff: earlier, period: this, ends: decision, law: { title: 测试通知 }, mark: D }
`,
  );
  desk = await caseDesk({ folders: [folder] });
  guides = await readGuides([listsFolder]);
  for (const code of ["cn", "cn-31", "cn-34", "cn-3406"]) lists.set(code, await read(code));
}, 120_000);
afterAll(async () => {
  await desk.close();
  await rm(folder, { recursive: true });
});

const listOf = (code: string): List => lists.get(code) as List;

// Pages of the governments: Duji (residents' pension, legal limit 20), Lieshan (start-up subsidy), Yongqiao (subsidies of
// disabled people), Xuancheng (subsistence allowance; 30 by 最低生活保障审核确认办法 art. 22), Shanghai (registration one by one).
describe("limits that places promise stand beside those of the law", () => {
  test.each([
    ["cn-3406", "cn-3406.residents-pension", "cn-340602", 20, 1],
    ["cn-3406", "cn-3406.start-up-subsidy", "cn-340604", 20, 1],
    ["cn-34", "cn-34.disability-living-subsidy", "cn-341302", 20, 20],
    ["cn-34", "cn-34.disability-care-subsidy", "cn-341302102", 20, 20],
    ["cn-34", "cn-34.subsistence-allowance", "cn-3418", 30, 2],
    ["cn-31", "cn.residents-medical-insurance", "cn-31", 20, 7],
  ])("%s, %s in %s", (list, item, area, statutory, promised) => {
    const { total } = guides.of(listOf(list), item, area).guide;
    expect(total.statutory).toMatchObject({ amount: statutory, unit: "working-day" });
    expect(total.promised).toMatchObject({ amount: promised, unit: "working-day" });
  });

  test("bind nobody in another place, and change no guide that says nothing of places", () => {
    const list = listOf("cn-3406");
    expect(guides.of(list, "cn-3406.residents-pension").guide.total.promised).toBeUndefined();
    expect(guides.of(list, "cn-3406.residents-pension", "cn-340604").guide.total.promised).toBeUndefined();
    const one = guides.of(listOf("cn"), "cn.legal-aid");
    expect(guides.of(listOf("cn"), "cn.legal-aid", "cn-3406")).toEqual(one);
  });

  test("every one is of an item, and of a source or title, that its list knows", () => {
    for (const list of lists.values()) {
      for (const code of list.items.keys()) {
        for (const { promised, windows, namedDays } of guides.local(list, code)) {
          for (const { law } of [promised ?? [], windows, namedDays].flat())
            expect(law.title ?? list.sources.get(law.source ?? "")?.title, code).toBeTruthy();
        }
      }
    }
    const said = (list: string, item: string) => guides.local(listOf(list), item).length;
    expect([said("cn", "cn.family-planning-reward"), said("cn-31", "cn-31.special-care")]).toEqual([2, 1]);
  });
});

const guide = async (item: string): Promise<GuideView> => {
  const { status, json, text } = await desk.ask(null, "GET", `/guides/cn-3199/${item}`);
  expect(status, text).toBe(200);
  return json as unknown as GuideView;
};

describe("the guide page's answer", () => {
  test("has both limits, and says whose promise it is and that only the law's stands by analogy", async () => {
    const { total, reference } = await guide("cn.residents-medical-insurance");
    expect(reference).toBe(true);
    expect(total).toMatchObject([
      { kind: "statutory", amount: 20, by: null },
      { kind: "promised", amount: 7, by: { zh: "上海市" } },
    ]);
  });

  test("has windows as they stand today, open or not", async () => {
    desk.at("2026-02-10T02:00:00Z");
    const [year] = (await guide("cn-31.child-rearing-subsidy")).local;
    const open = { open: true, first: "2026-01-01", last: "2026-12-31", days: 324 };
    expect(year).toMatchObject({ here: true, windows: [{ opening: open }] });
    const [confirmation] = (await guide("cn-31.special-care")).local;
    const closed = { open: false, first: "2026-11-01", last: "2026-12-31", days: 264 };
    expect(confirmation).toMatchObject({ here: true, windows: [{ opening: closed }] });
  });

  test("has the next of the quarterly days on which the allowance is paid", async () => {
    for (const [at, next] of [
      ["2026-02-10", "2026-04-15"],
      ["2026-10-15", "2026-10-15"],
      ["2026-10-16", "2027-01-15"],
    ] as const) {
      desk.at(`${at}T02:00:00Z`);
      const paid = (await guide(allowance)).local.flatMap(({ namedDays }) => namedDays);
      expect(paid.find(({ code }) => code === "payment")?.next).toBe(next);
    }
  });
});

const accepted = async (item: string): Promise<CasePage> => {
  const { json } = await desk.ask("resident", "POST", "/cases", application(undefined, item));
  const card = json as unknown as CaseCard;
  return act(card, { kind: "accept" });
};
const act = async ({ id, seq }: Pick<CaseCard, "id" | "seq">, action: Record<string, unknown>): Promise<CasePage> => {
  const { status, json, text } = await desk.ask("clerk", "POST", `/cases/${id}/actions`, {
    seq,
    channel: "window",
    action,
  });
  expect(status, text).toBe(200);
  return json as unknown as CasePage;
};

describe("a case", () => {
  test("runs under both limits, each with its last day; the shorter one leads", async () => {
    desk.at("2026-02-10T02:00:00Z");
    const page = await accepted("cn.residents-medical-insurance");
    // 11, 12, 13, 14 (worked), 24, 25, 26 February; 20 working days end on 16 March.
    expect(page.clocks.filter(({ code }) => code === "total")).toMatchObject([
      { kind: "statutory", reference: true, due: { due: "2026-03-16" } },
      { kind: "promised", reference: false, owner: { zh: "上海市" }, due: { due: "2026-02-26" } },
    ]);
    expect(page.due).toBe("2026-02-26");
  });

  test("is decided by a named day where the area's handling says so", async () => {
    desk.at("2026-01-16T02:00:00Z");
    const page = await accepted(allowance);
    // 20 working days would end on 13 February.
    expect(page).toMatchObject({ due: "2026-02-10", decidedBy: [{ due: "2026-02-10", status: "running" }] });
    const met = await act(page, { kind: "decide", outcome: "grant" });
    expect(met.decidedBy).toMatchObject([{ status: "met" }]);
  });

  test("that is decided after it is late", async () => {
    desk.at("2026-01-16T02:00:00Z");
    const page = await accepted(allowance);
    desk.at("2026-02-11T02:00:00Z");
    const late = await act(page, { kind: "decide", outcome: "grant" });
    expect(late.decidedBy).toMatchObject([{ status: "breached" }]);
  });
});

test("days that no year has, areas of elsewhere and files that say nothing are told all at once", async () => {
  const one = path.join(folder, "faulty");
  const day = "namedDay: included, dayOff: stays, period: this, law: { title: T }, mark: D";
  await write(
    path.join(one, "cn-31"),
    `item: cn.x
area: cn-34
zh: 甲
en: A
windows: [{ code: w, zh: 甲, en: A, from: "02-30", to: "04-30", lastDayOff: stays, law: { title: T }, mark: D }]
namedDays: [{ code: d, zh: 甲, en: A, on: [{ every: month, day: 31 }], ${day} }]
`,
  );
  await write(path.join(one, "cn-34"), "item: cn.x\narea: cn-34\nzh: 甲\nen: A\n");
  const faults = await readGuides([one]).catch((error: { faults: readonly string[] }) => error.faults);
  expect(faults).toEqual([
    expect.stringContaining("the area is not within cn-31"),
    expect.stringContaining("w: 02-30 is no day of a year"),
    expect.stringContaining("d: Not every time has the day 31"),
    expect.stringContaining("stands twice"),
    expect.stringContaining("it has neither promise nor window nor day"),
    expect.stringContaining("there is no guide"),
  ]);
});
