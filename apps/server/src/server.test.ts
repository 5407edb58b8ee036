import path from "node:path";
import { instantiateKernel } from "@qingdan/list";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PersonPage, PersonsPage, RunItem, RunPage } from "./modules/entitlements/model.ts";
import { runList } from "./modules/entitlements/run-list.ts";
import type { ItemPage, ListPage } from "./modules/list/model.ts";
import { type RunningServer, startServer } from "./server.ts";
import { openDatabase } from "./store/database.ts";
import { demoListFolder, type SmallCity, smallCity } from "./testing/small-city.ts";

const people = 3000;
const listsFolder = path.resolve(demoListFolder, "../../../lists");
let city: SmallCity;
let server: RunningServer;
let runId: string;

beforeAll(async () => {
  city = await smallCity(people);
  const { folder, peopleDir, list, rulebook } = city;
  const outDir = path.join(folder, "run");
  const now = () => new Date("2026-01-02T03:04:05Z");
  const record = await runList({ list, rulebook, peopleDir, outDir, workers: 1, now });
  runId = record.run.id;
  server = await startServer({
    dataDir: folder,
    listFolders: [listsFolder, demoListFolder],
    pagesDir: undefined,
    runs: [{ folder: outDir, peopleDir }],
    version: "0.0.0",
    logLevel: "silent",
    now,
  });
}, 240_000);
afterAll(() => server.close());

async function get<T>(url: string, status = 200): Promise<T> {
  const answer = await server.app.inject({ url: `/api${url}`, headers: { "accept-language": "en" } });
  expect({ url, status: answer.statusCode, body: answer.statusCode === status ? "" : answer.body }).toEqual({
    url,
    status,
    body: "",
  });
  return answer.json() as T;
}

describe("lists", () => {
  test("all lists of the repository are there, the nation first", async () => {
    const { lists } = await get<{ lists: { code: string; items: number }[] }>("/lists");
    expect(lists[0]).toMatchObject({ code: "cn", items: 81 });
    expect(lists.map(({ code }) => code)).toEqual(expect.arrayContaining(["cn-31", "cn-3301", "cn-34", "cn-340122"]));
  });

  test("a list has nine domains and 22 categories, and every item stands in one of them", async () => {
    const list = await get<ListPage>("/lists/cn");
    expect(list.domains).toHaveLength(9);
    expect(list.domains.flatMap(({ categories }) => categories)).toHaveLength(22);
    expect(list.domains.reduce((sum, { items }) => sum + items, 0)).toBe(81);
  });

  test("items are found by pinyin and narrowed by domain; pages together are the whole", async () => {
    const found = await get<{ items: { code: string }[] }>("/lists/cn-31/items?q=dibao");
    expect(found.items[0]?.code).toBe("cn-31.subsistence-allowance");
    const whole = await get<{ total: number; items: { code: string }[] }>("/lists/cn/items?size=200");
    const pages = await Promise.all(
      [1, 2, 3].map((page) => get<{ items: { code: string }[] }>(`/lists/cn/items?size=30&page=${page}`)),
    );
    expect(pages.flatMap(({ items }) => items)).toEqual(whole.items);
    const domain = await get<{ items: { domain: { code: string } }[] }>("/lists/cn/items?domain=education");
    expect(new Set(domain.items.map((item) => item.domain.code))).toEqual(new Set(["education"]));
  });

  test("the subsistence allowance shows its line's history, its national floor and its rule", async () => {
    const item = await get<ItemPage>("/lists/cn-31/items/cn-31.subsistence-allowance");
    const line = item.parameters.find(({ code }) => code === "subsistenceLine");
    // 沪民规〔2020〕17号: 1,240 yuan a month from 1 July 2020.
    const value = line?.values.find(({ area, from }) => area.code === "cn-31" && from === "2020-07-01");
    expect(value).toMatchObject({ value: "1240", until: "2021-07-01" });
    expect(item.floor[0]).toMatchObject({ item: { code: "cn.subsistence-allowance" } });
    expect(item.rule?.subject).toBe("household");
    expect(item.facts.map(({ name }) => name)).toContain("monthlyIncome");
    expect(item.basis.length).toBeGreaterThan(0);
  });

  test("an item without a rule shows the history of the numbers that it states", async () => {
    const item = await get<ItemPage>("/lists/cn/items/cn.television");
    expect(item.rule).toBeNull();
    // 国家基本公共服务标准, 观看电视: at least 15 programmes, at least 25 where satellites serve.
    const values = item.parameters.flatMap(({ code, values }) => values.map(({ key, value }) => [code, ...key, value]));
    expect(values).toEqual([
      ["televisionChannels", "satellite", "25"],
      ["televisionChannels", "terrestrial", "15"],
    ]);
  });

  test("every item of every list has a page that fits its schema", async () => {
    for (const code of ["cn", "cn-31"]) {
      const { items } = await get<{ items: { code: string }[] }>(`/lists/${code}/items?size=200`);
      for (const item of items) await get(`/lists/${code}/items/${item.code}`);
    }
  });

  test("the rulebook comes with its kernel, and both are kept by their hash", async () => {
    const rulebook = await get<{ hash: string; items: unknown[] }>("/lists/cn-31/rulebook.json?date=2024-07-01");
    const kernel = await server.app.inject("/api/lists/cn-31/rulebook.js?date=2024-07-01");
    expect(kernel.headers["content-type"]).toContain("text/javascript");
    expect(typeof instantiateKernel(kernel.body)).toBe("function");
    const again = await server.app.inject({
      url: "/api/lists/cn-31/rulebook.json?date=2024-07-01",
      headers: { "if-none-match": `"${rulebook.hash}"` },
    });
    expect(again.statusCode).toBe(304);
  });

  test("the CSV has a line an item and keeps commas and quotes", async () => {
    const { body, headers } = await server.app.inject("/api/lists/cn/export.csv");
    expect(headers["content-disposition"]).toContain("qingdan-cn.csv");
    expect(body.startsWith("\uFEFFcode,list,")).toBe(true);
    expect(body.match(/\r\ncn\./g)).toHaveLength(81);
  });

  test("what is not there is refused by a code, with what is there", async () => {
    expect(await get("/lists/cn-99", 404)).toMatchObject({
      code: "API-LIST-UNKNOWN",
      detail: expect.stringContaining("cn-31"),
    });
    expect(await get("/lists/cn/items/cn.none", 404)).toMatchObject({ code: "API-ITEM-UNKNOWN" });
    expect(await get("/lists/cn/rulebook.json?area=cn-1", 404)).toMatchObject({ code: "API-AREA-UNKNOWN" });
    expect(await get("/lists/cn/rulebook.json?date=2024-13-01", 400)).toMatchObject({ code: "API-REQUEST-INVALID" });
  });
});

describe("runs", () => {
  test("the run is listed with its hashes and its page sums up by item and district", async () => {
    const { runs } = await get<{ runs: { id: string; people: number }[] }>("/runs");
    expect(runs).toMatchObject([{ id: runId, people }]);
    const run = await get<RunPage>(`/runs/${runId}`);
    expect(run.districts.reduce((sum, district) => sum + district.people, 0)).toBe(people);
    expect(run.total.entitled).toBe(run.perItem.reduce((sum, { total }) => sum + total.entitled, 0));
  });

  test("the people of every group are as many as the run counted, and pages do not overlap", async () => {
    const run = await get<RunPage>(`/runs/${runId}`);
    const item = busiest(run.perItem);
    for (const group of ["entitled", "missed", "underpaid", "overpaid", "unsettled", "undetermined"] as const) {
      const seen: string[] = [];
      for (let page = 1; ; page++) {
        const url = `/runs/${runId}/items/${item.code}/persons?group=${group}&size=50&page=${page}`;
        const { total, persons } = await get<PersonsPage>(url);
        expect(total).toBe(item.total[group]);
        seen.push(...persons.map(({ person }) => person));
        if (persons.length < 50) break;
      }
      expect(new Set(seen).size).toBe(item.total[group]);
    }
  });

  test("the people of a street are those whose area it is, and those of all streets at most their district's", async () => {
    const run = await get<RunPage>(`/runs/${runId}`);
    const item = busiest(run.perItem);
    const fact = city.rulebook.items.find(({ code }) => code === item.code)!.area;
    const own = item.districts.find(({ district }) => district.code === "cn-319901")!;
    const streets = [...city.list.areas.keys()].filter((code) => /^cn-319901\d/.test(code));
    expect(streets.length).toBeGreaterThan(1);
    const of = (street: string) => `/runs/${runId}/items/${item.code}/persons?group=entitled&size=200&street=${street}`;
    let all = 0;
    for (const code of streets) {
      const { total, persons, street } = await get<PersonsPage>(of(code));
      expect(street?.code).toBe(code);
      expect(persons).toHaveLength(Math.min(200, total));
      all += total;
      if (persons[0] === undefined) continue;
      const { facts } = await get<PersonPage>(`/runs/${runId}/persons/${persons[0].person}`);
      expect(facts.find(({ name }) => name === fact)?.value).toBe(code);
    }
    expect(all).toBeGreaterThan(0);
    expect(all).toBeLessThanOrEqual(own.entitled);
    expect(await get(of("cn-000000"), 404)).toMatchObject({ code: "API-STREET-UNKNOWN" });
  });

  test("a person decided again has the answer of the run, for everyone in the lists of the missed and the entitled", async () => {
    const run = await get<RunPage>(`/runs/${runId}`);
    const checked = run.perItem.filter(({ total }) => (total.missed ?? 0) > 0 || total.undetermined > 0).slice(0, 4);
    expect(checked.length).toBeGreaterThan(3);
    for (const { code } of checked) {
      for (const group of ["missed", "overpaid", "entitled", "undetermined"]) {
        const { persons } = await get<PersonsPage>(`/runs/${runId}/items/${code}/persons?group=${group}&size=2`);
        for (const row of persons) {
          const page = await get<PersonPage>(`/runs/${runId}/persons/${row.person}`);
          const { payers, ...answer } = page.answers.find((candidate) => candidate.code === code)!;
          const told = ({ outcome, reason, fen, receivedFen, finding }: Answer) => ({
            of: `${row.person} ${code}`,
            outcome,
            reason: reason.code,
            fen,
            receivedFen,
            finding,
          });
          expect(told(answer)).toEqual(told(row));
          expect(payers.reduce((sum, payer) => sum + payer.fen, 0)).toBe(row.fen);
        }
      }
    }
  });

  test("a look at a person is recorded, and a look at nobody is not", async () => {
    const { runs } = await get<{ runs: { id: string }[] }>("/runs");
    await get(`/runs/${runs[0]!.id}/persons/17`);
    await get(`/runs/${runs[0]!.id}/persons/${people + 1}`, 404);
    await server.close();
    const database = await openDatabase(path.join(city.folder, "store"));
    const looks = await database.selectFrom("person_look").select(["run", "person", "address"]).execute();
    await database.destroy();
    expect(looks).toContainEqual({ run: runId, person: "17", address: "127.0.0.1" });
    expect(looks.map(({ person }) => person)).not.toContain(String(people + 1));
  });
});

type Answer = Pick<PersonsPage["persons"][number], "outcome" | "reason" | "fen" | "receivedFen" | "finding">;

/** The item with the most findings. */
function busiest(items: readonly RunItem[]): RunItem {
  return items.toSorted((a, b) => (b.total.missed ?? 0) - (a.total.missed ?? 0))[0]!;
}
