import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose } from "../../http/compose.ts";
import type { Database } from "../../store/database.ts";
import { demoListFolder, type SmallCity, smallCity } from "../../testing/small-city.ts";
import { embeddedDatabase } from "../../testing/test-database.ts";
import { createRunStore, runList } from "../entitlements/index.ts";
import type { ComparisonPage } from "../list/compare-model.ts";
import {
  compareRoutes,
  createComparing,
  createStudio,
  createVersionStore,
  openCatalogue,
  studioRoutes,
} from "../list/index.ts";
import { createSavedStore, createWhatif, whatifRoutes } from "./index.ts";
import type {
  ChangeEffect,
  ComparisonEffectPage,
  GroundPage,
  SavedPage,
  SimulationPage,
  WhatifEffect,
} from "./model.ts";

const people = 3000;
const lists = path.resolve(demoListFolder, "../../../lists");
const now = () => new Date("2026-01-02T03:04:05Z");
let city: SmallCity;
let database: Database;
let closeDatabase: () => Promise<void>;
let app: FastifyInstance;
let whatif: ReturnType<typeof createWhatif>;
let runOf: Awaited<ReturnType<typeof runList>>;

beforeAll(async () => {
  [city, { database, close: closeDatabase }] = await Promise.all([smallCity(people), embeddedDatabase()]);
  const { folder, peopleDir, list, rulebook } = city;
  const outDir = path.join(folder, "run");
  runOf = await runList({ list, rulebook, peopleDir, outDir, workers: 1, now });
  const runs = createRunStore(database, now);
  await runs.record({ folder: outDir, peopleDir });
  const versions = createVersionStore(database, now);
  const catalogue = openCatalogue({
    folders: [lists, demoListFolder],
    onFaulty: (code, problem) => {
      throw new Error(`${code}: ${problem.message}`);
    },
    published: versions.newest,
  });
  const date = () => runOf.run.date;
  const studio = createStudio({ catalogue, versions, date });
  const comparing = createComparing({ catalogue, versions, date });
  whatif = createWhatif({ newestRun: async () => (await runs.all())[0], catalogue, workers: 2, mostPeople: 10_000 });
  app = await compose({
    version: "0",
    logger: { level: "silent" },
    requestsPerMinute: 10_000,
    pages: undefined,
    routes: [
      studioRoutes({ studio, catalogue, guard: () => undefined }),
      compareRoutes(comparing),
      whatifRoutes({ whatif, comparing, saved: createSavedStore(database, now), studio, guard: () => undefined }),
    ],
  });
}, 240_000);
afterAll(async () => {
  await app.close();
  await whatif.close();
  await closeDatabase();
});

async function ask<T>(method: "GET" | "POST" | "PUT", url: string, body?: object, status = 200): Promise<T> {
  const answer = await app.inject({
    method,
    url: `/api${url}`,
    headers: { "accept-language": "en" },
    ...(body && { payload: body }),
  });
  expect({ url, status: answer.statusCode, body: answer.statusCode === status ? "" : answer.body }).toEqual({
    url,
    status,
    body: "",
  });
  return answer.json() as T;
}

const reform = (code: string, parameter: string, change: { value: number } | { factor: number }) => ({
  code,
  name: { zh: code, en: code },
  parameters: [{ parameter, change }],
});
const simulate = (...reforms: object[]) => ask<SimulationPage>("POST", "/whatif/simulations", { reforms });
const itemOf = ({ items }: WhatifEffect, code: string) => items.find(({ item }) => item === code);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe("what-if", () => {
  test("tells what can be moved: the parameters of the city's rulebook with the values in force", async () => {
    const { ground, parameters } = await ask<GroundPage>("GET", "/whatif");
    expect(ground).toMatchObject({ people, synthetic: true, list: { code: city.list.code }, run: runOf.run.id });
    // 沪民规〔2024〕: 1,595 yuan a member a month since 2024-07-01; the demo city answers for 2025-06-01.
    const line = parameters.find(({ code }) => code === "subsistenceLine");
    expect(line?.values).toMatchObject([{ key: [], value: 1595, from: "2024-07-01" }]);
    expect(line?.items.map(({ code }) => code)).toContain("cn-31.subsistence-allowance");
  });

  test("a reform that changes nothing moves nobody and costs what the run found", async () => {
    const { reforms } = await simulate(reform("same", "subsistenceLine", { factor: 1 }));
    const [effect] = reforms;
    expect(effect?.persons).toMatchObject({ gain: 0, lose: 0 });
    expect(sum(Object.values(effect!.persons))).toBe(people);
    const found = itemOf(effect!, "cn-31.subsistence-allowance");
    const inRun = runOf.items.find(({ code }) => code === "cn-31.subsistence-allowance");
    expect(found).toMatchObject({ before: inRun?.total.entitled, after: inRun?.total.entitled });
    expect(found?.beforeFen).toBe(inRun?.total.fenPerYear);
    expect(found?.afterFen).toBe(inRun?.total.fenPerYear);
  });

  test("a higher line costs more, and every break-down sums to the same, to the fen", async () => {
    const { reforms, ground } = await simulate(
      reform("more", "subsistenceLine", { value: 1800 }),
      reform("less", "subsistenceLine", { value: 1200 }),
    );
    const [more, less] = [reforms[0]!, reforms[1]!];
    expect(more.afterFen).toBeGreaterThan(more.beforeFen);
    expect(less.afterFen).toBeLessThan(less.beforeFen);
    expect(more.beforeFen).toBe(less.beforeFen);
    expect(more.hash).not.toBe(less.hash);
    for (const effect of [more, less]) {
      expect(sum(Object.values(effect.persons))).toBe(people);
      expect(sum(Object.values(effect.households))).toBe(ground.households);
      for (const side of ["beforeFen", "afterFen"] as const) {
        const total = effect[side];
        expect(sum(effect.items.map((item) => item[side]))).toBe(total);
        expect(sum(effect.payers.map((payer) => payer[side]))).toBe(total);
        for (const { groups } of effect.dimensions) expect(sum(groups.map((group) => group[side]))).toBe(total);
      }
      expect(effect.dimensions.map(({ dimension }) => dimension)).toEqual([
        "district",
        "household-type",
        "income-decile",
      ]);
    }
  });

  test("what a reform says wrong is told with what would be right", async () => {
    const refused = await ask<{ code: string; detail: string }>(
      "POST",
      "/whatif/simulations",
      { reforms: [reform("wrong", "subsistenceLinee", { value: 1 })] },
      422,
    );
    expect(refused).toMatchObject({
      code: "WHATIF-REFORM-REFUSED",
      detail: expect.stringContaining("subsistenceLine"),
    });
    expect(await ask("POST", "/whatif/simulations", { reforms: [] }, 400)).toMatchObject({
      code: "API-REQUEST-INVALID",
    });
  });

  test("is kept under the hash of what it stands on, opens again, and is never changed", async () => {
    const request = { reforms: [reform("kept", "subsistenceLine", { value: 1700 })] };
    const { hash } = await ask<{ hash: string }>(
      "POST",
      "/whatif/saved",
      { ...request, title: "B", author: "Ann" },
      201,
    );
    const again = await ask<{ hash: string }>("POST", "/whatif/saved", { ...request, title: "C", author: "Bob" }, 201);
    expect(again.hash).toBe(hash);
    const saved = await ask<SavedPage>("GET", `/whatif/saved/${hash}`);
    expect(saved).toMatchObject({ title: "B", author: "Ann", current: true, request });
    const { milliseconds: _, ...fresh } = await simulate(...request.reforms);
    expect(saved.simulation).toMatchObject(fresh);
    expect(await ask("GET", `/whatif/saved/${"0".repeat(64)}`, undefined, 404)).toMatchObject({
      code: "WHATIF-SAVED-UNKNOWN",
    });
    expect(await ask("GET", "/whatif/saved")).toMatchObject({ total: 1, saved: [{ hash, title: "B" }] });
    await expect(database.deleteFrom("whatif_saved").execute()).rejects.toThrow(/never changed/);
  });

  test("an order whose asker is gone is taken back, and the next is answered", async () => {
    const abort = new AbortController();
    const reforms = [reform("gone", "subsistenceLine", { value: 1900 })];
    const asked = whatif.simulate(reforms, abort.signal);
    abort.abort(new Error("gone"));
    await expect(asked).rejects.toThrow("gone");
    expect((await simulate(...reforms)).reforms).toHaveLength(1);
  });

  test("a city that does not fit, or none, is refused", async () => {
    const catalogue = openCatalogue({ folders: [lists, demoListFolder], onFaulty: () => {} });
    const none = createWhatif({ newestRun: async () => undefined, catalogue, workers: 1, mostPeople: 10 });
    await expect(none.ground()).rejects.toThrow(/WHATIF-NO-CITY/);
    const runs = createRunStore(database, now);
    const small = createWhatif({
      newestRun: async () => (await runs.all())[0],
      catalogue,
      workers: 1,
      mostPeople: people - 1,
    });
    await expect(small.ground()).rejects.toThrow(/WHATIF-CITY-TOO-LARGE/);
  });
});

describe("a draft of the studio", () => {
  const file = "parameters/social-assistance.yaml";
  const item = "items/subsistence-allowance.yaml";
  const effect = (code: string, name: string, text: string) =>
    ask<ChangeEffect>("POST", `/studio/lists/${code}/effect`, { file: name, text });
  const textOf = (name: string) => readFile(path.join(lists, "cn-31", name), "utf8");

  test("of a list under the city does to it what the same reform does", async () => {
    const text = await textOf(item);
    const change = await effect(
      "cn-31",
      item,
      text.replace("amount: standards - countedIncome", "amount: standards - countedIncome + 10"),
    );
    const changed = itemOf(change.effect!, "cn-31.subsistence-allowance");
    expect(change).toMatchObject({ applies: true, payersChanged: false, ground: { people } });
    // Ten yuan a month more for each household that has it, twelve times a year.
    expect(changed!.afterFen - changed!.beforeFen).toBe(changed!.before * 10 * 100 * 12);
    expect(changed).toMatchObject({ more: changed!.before, less: 0, entered: 0, left: 0 });
  });

  test("that only rewords touches nobody; one of a list beside the city does not apply", async () => {
    const text = await textOf(item);
    expect(await effect("cn-31", item, text.replace("最低生活保障", "低保"))).toMatchObject({
      applies: true,
      effect: null,
    });
    const beside = await readFile(path.join(lists, "cn-34/list.yaml"), "utf8");
    expect(await effect("cn-34", "list.yaml", `${beside}# remark\n`)).toMatchObject({ applies: false, effect: null });
  });

  test("of a number moves the items that read it, and a proposal of it does the same", async () => {
    const text = await textOf(file);
    // The line since 2024-07-01 is the first value of 1595 in the file.
    const raised = text.replace("value: 1595", "value: 1600");
    expect(raised).not.toBe(text);
    const draft = await effect("cn-31", file, raised);
    const same = (await simulate(reform("same", "subsistenceLine", { value: 1600 }))).reforms[0]!;
    expect(itemOf(draft.effect!, "cn-31.subsistence-allowance")).toMatchObject({
      afterFen: itemOf(same, "cn-31.subsistence-allowance")?.afterFen,
    });
    await ask("PUT", "/studio/lists/cn-31/draft", { file, text: raised, seen: null, author: "Ann" });
    const { id } = await ask<{ id: string }>(
      "POST",
      "/studio/lists/cn-31/proposals",
      { title: "x", author: "Ann" },
      201,
    );
    const proposed = await ask<ChangeEffect>("GET", `/studio/proposals/${id}/effect`);
    expect(proposed.effect).toEqual(draft.effect);
  }, 60_000);
});

describe("a comparison", () => {
  test("of two areas tells in words what differs, page by page, and what it would mean for the city", async () => {
    const page = await ask<ComparisonPage>("GET", "/compare?left=cn-31&right=cn-3301&only=different&size=5");
    expect(page).toMatchObject({ left: { list: "cn-31" }, right: { list: "cn-3301" }, size: 5 });
    expect(page.matches.length).toBeLessThanOrEqual(5);
    expect(page.total).toBe(page.different);
    for (const { differences } of page.matches) {
      for (const { words } of differences) expect(words.zh.length * words.en.length).toBeGreaterThan(0);
    }
    const effect = await ask<ComparisonEffectPage>("GET", "/compare/effect?left=cn-31&right=cn-3301");
    expect(effect).toMatchObject({ applies: true, ground: { people } });
    for (const { gain, lose, same, unknown } of effect.matches) expect(gain + lose + same + unknown).toBe(people);
    expect(effect.matches.some(({ gain, lose }) => gain + lose > 0)).toBe(true);
  }, 60_000);

  test("of a list with itself differs in nothing and moves nobody", async () => {
    const page = await ask<ComparisonPage>("GET", "/compare?left=cn-31&right=cn-31@folder");
    expect(page).toMatchObject({ different: 0, onlyLeft: [], onlyRight: [] });
    const effect = await ask<ComparisonEffectPage>("GET", "/compare/effect?left=cn-31&right=cn-31@folder");
    for (const match of effect.matches) expect(match).toMatchObject({ gain: 0, lose: 0, leftFen: match.rightFen });
  }, 60_000);

  test("with a list beside the city on the left has no people; what is not there is refused", async () => {
    expect(await ask("GET", "/compare/effect?left=cn-34&right=cn-31")).toMatchObject({ applies: false });
    expect(await ask("GET", "/compare?left=cn-31&right=cn-77", undefined, 404)).toMatchObject({
      code: "API-LIST-UNKNOWN",
    });
    expect(await ask("GET", "/compare?left=cn-31&right=cn-31@9", undefined, 404)).toMatchObject({
      code: "STUDIO-VERSION-UNKNOWN",
    });
    expect(await ask("GET", "/compare?left=cn-31&right=cn-34&rightArea=cn-1", undefined, 404)).toMatchObject({
      code: "API-AREA-UNKNOWN",
    });
  }, 60_000);
});
