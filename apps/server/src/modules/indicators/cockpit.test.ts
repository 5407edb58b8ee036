import path from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compose } from "../../http/compose.ts";
import type { Database } from "../../store/database.ts";
import { guardAs, testActors } from "../../testing/actors.ts";
import { demoListFolder, type SmallCity, smallCity } from "../../testing/small-city.ts";
import { embeddedDatabase } from "../../testing/test-database.ts";
import { createRunStore, runList } from "../entitlements/index.ts";
import type { EvaluationCard, EvaluationPage, EvaluationsPage } from "./evaluation-model.ts";
import type { IndexAuditPage, IndexPage } from "./index-model.ts";
import type { ActionsPage, AlarmsPage, IndicatorPage, Overview, SnapshotPage, WorkPage } from "./model.ts";
import { newestRun } from "./newest-run.ts";
import { type CockpitHouse, createCockpitHouse } from "./open-cockpit.ts";
import type { StreetReach } from "./reach-figures.ts";
import { indicatorRoutes } from "./routes.ts";

let city: SmallCity;
let database: Database;
let closeDatabase: () => Promise<void>;
let app: FastifyInstance;
let house: CockpitHouse;
let sources: Omit<Parameters<typeof createCockpitHouse>[0], "database">;
const listsFolder = path.resolve(demoListFolder, "../../../lists");

beforeAll(async () => {
  city = await smallCity(3000);
  const { folder, peopleDir, list, rulebook } = city;
  const now = () => new Date("2026-01-02T03:04:05Z");
  const outDir = path.join(folder, "run");
  await runList({ list, rulebook, peopleDir, outDir, workers: 1, now });
  ({ database, close: closeDatabase } = await embeddedDatabase());
  const runs = createRunStore(database, now);
  await runs.record({ folder: outDir, peopleDir });
  sources = {
    listFolders: [listsFolder, demoListFolder],
    list: async () => list,
    newestRun: () => newestRun(runs),
    newestReach: async () => ({
      hash: "map",
      name: { zh: "地图", en: "Map" },
      date: "2025-06-01",
      fictitious: true,
      walk: () => walked(list),
    }),
    now,
  };
  house = createCockpitHouse({ ...sources, database });
  app = await compose({
    version: "0.0.0",
    logger: false,
    requestsPerMinute: 10_000,
    pages: undefined,
    routes: [indicatorRoutes({ database, house, now })],
    guard: guardAs(testActors),
  });
}, 240_000);
afterAll(async () => {
  await app.close();
  await closeDatabase();
});

/** In the first street of each district half can walk, in each further one 10 more of 200. */
const walked = (list: SmallCity["list"]): StreetReach[] =>
  [...list.areas.values()]
    .filter(({ code, level }) => level === "town" && code.startsWith("cn-3199"))
    .map(({ code }) => {
      const within = 90 + 10 * Number(code.slice(-3));
      return { street: code, within, beyond: 200 - within, unknown: 0 };
    });

interface Asked {
  readonly status?: number;
  readonly as?: keyof typeof testActors;
  readonly body?: unknown;
  readonly type?: string;
}

async function ask<T>(url: string, { status = 200, as, body, type }: Asked = {}): Promise<T> {
  const answer = await app.inject({
    method: body === undefined ? "GET" : "POST",
    url: `/api/cockpit${url}`,
    headers: {
      "accept-language": "en",
      ...(as && { "x-test-actor": as }),
      ...(type && { "content-type": type }),
    },
    ...(body !== undefined && { payload: body as object }),
  });
  const told = answer.statusCode === status ? "" : answer.body;
  expect({ url, status: answer.statusCode, told }).toEqual({ url, status, told: "" });
  return String(answer.headers["content-type"]).includes("json") ? (answer.json() as T) : (answer.rawPayload as T);
}

describe("the work list", () => {
  test("is what is behind plan: each row has number, target, trend, where and who", async () => {
    const work = await ask<WorkPage>("/work?size=200");
    expect(work.total).toBe(work.rows.length);
    const { deteriorating, limited, open, "needs-acceleration": slow } = work.counts;
    expect(work.total).toBe(deteriorating + limited + open + slow);
    // Shanghai wants 60 % nursing beds by 2025, the nation 55 %: the nearer target holds.
    const beds = work.rows.find(({ indicator }) => indicator.code === "nursing-beds")!;
    expect(beds.target).toMatchObject({ value: 60, area: { code: "cn-31", name: { en: "Shanghai" } }, mark: "V" });
    expect(beds.figure.origins).toEqual(["synthetic"]);
    expect(beds.where).toMatchObject({ of: 6 });
    expect(beds.trend.filter(({ value }) => value !== null)).toHaveLength(10);
    expect(beds.indicator.leads[0]?.name.en).toBe("Shanghai Civil Affairs Bureau");
  });

  test("binding targets come first, and every filter narrows", async () => {
    const all = await ask<WorkPage>("/work?status=all&size=200");
    const natures = (await ask<WorkPage>("/work?size=200")).rows.map(({ target }) => target?.nature === "binding");
    expect(natures.lastIndexOf(true)).toBeLessThan(natures.indexOf(false));
    const plan = await ask<WorkPage>("/work?status=all&size=200&plan=plan-14");
    expect(plan.total).toBeLessThan(all.total);
    expect(new Set(plan.rows.map(({ target }) => target?.plan.code))).toEqual(new Set(["plan-14"]));
    const page = await ask<WorkPage>("/work?status=all&size=5&page=2");
    expect(page.rows).toEqual(all.rows.slice(5, 10));
  });
});

describe("an indicator", () => {
  test("adds its districts up to the city: sums of numerators over sums of denominators", async () => {
    const page = await ask<IndicatorPage>("/indicators/nursing-beds");
    const sum = (pick: "numerator" | "denominator") =>
      page.parts.reduce((total, { figure }) => total + figure[pick]!, 0);
    expect(page.figure).toMatchObject({ numerator: sum("numerator"), denominator: sum("denominator") });
    expect(page.figure.value).toBeCloseTo((sum("numerator") / sum("denominator")) * 100, 9);
    const [town, countryside] = page.settlements.map(({ figure }) => figure);
    expect(town!.numerator! + countryside!.numerator!).toBe(page.figure.numerator);
    expect(page.change!.byNumerator + page.change!.byDenominator).toBeCloseTo(
      page.figure.value! - page.series.find(({ year }) => year === page.change!.from)!.value!,
      9,
    );
  });

  test("goes down to the street, and back up by its chain", async () => {
    const page = await ask<IndicatorPage>("/indicators/physicians?area=cn-319901001");
    expect(page.chain.map(({ code }) => code)).toEqual(["cn-3199", "cn-319901", "cn-319901001"]);
    expect(page.parts).toEqual([]);
    expect(page.rank).toMatchObject({ of: 29 });
  });

  test("of walking is added up from streets to districts and the city", async () => {
    const page = await ask<IndicatorPage>("/indicators/walk-15?area=cn-319901&year=2025");
    const streets = page.parts.filter(({ area }) => !area.rest);
    // 100, 110, 120, ... of 200 each.
    const within = streets.reduce((sum, _, i) => sum + 100 + 10 * i, 0);
    expect(page.figure).toMatchObject({ numerator: within, denominator: 200 * streets.length, origins: ["reach"] });
    expect(page.target).toMatchObject({ comparison: "about", value: 85, plan: { code: "sh-plan-14" } });
    const city = await ask<IndicatorPage>("/indicators/walk-15?year=2025");
    expect(city.figure.denominator).toBe(city.parts.reduce((sum, { figure }) => sum + figure.denominator!, 0));
    expect(city.provenance.batches).toContainEqual(expect.objectContaining({ id: "map", origin: "reach" }));
  });

  test("that comes from the run is the run's own counts, and leads to the people", async () => {
    const { rows } = await ask<WorkPage>("/work?status=all&size=200");
    const covered = rows.find(
      ({ indicator, figure }) => indicator.code.startsWith("coverage.") && figure.value !== null,
    )!;
    const page = await ask<IndicatorPage>(`/indicators/${covered.indicator.code}`);
    expect(page.figure.origins).toEqual(["run"]);
    expect(page.cases[0]?.href).toContain("?group=missed");
    expect(page.figure.denominator).toBe(page.cases[0]?.entitled);
  });

  test("of the run goes down to streets: their counts and those without a street make the district's own", async () => {
    const { cockpit, run } = await house.open();
    const { tree, years, table } = cockpit;
    const year = years.indexOf(Number(run!.date.slice(0, 4)));
    let streets = 0;
    for (const { code, districts } of run!.items) {
      if (districts.some(({ missed }) => missed === null)) continue;
      const { numerator, denominator, value } = table.column(`coverage.${code}`);
      const withheld = cockpit.withheld(`coverage.${code}`);
      for (const { district, entitled, missed, underpaid } of districts) {
        const at = tree.at(district.code);
        if (at === undefined || at === 0) continue;
        const cells = tree.areas[at]!.children.map((child) => child * years.length + year);
        const sum = (column: Float64Array) => cells.reduce((total, cell) => total + column[cell]!, 0);
        expect([code, sum(denominator), sum(numerator)]).toEqual([code, entitled, entitled - missed! + underpaid!]);
        streets += cells.filter((cell) => denominator[cell]! > 0).length;
        // One hidden street of a shown district would be had by subtraction.
        const hidden = cells.filter((cell) => withheld[cell] !== 0 && !Number.isNaN(value[cell]!));
        const shown = cells.filter((cell) => withheld[cell] === 0 && !Number.isNaN(value[cell]!));
        if (withheld[at * years.length + year] === 0 && shown.length > 0) expect(hidden).not.toHaveLength(1);
      }
    }
    expect(streets).toBeGreaterThan(100);
  });

  test("what is not there is refused by its code", async () => {
    expect(await ask("/indicators/none", { status: 404 })).toMatchObject({ code: "COCKPIT-INDICATOR-UNKNOWN" });
    expect(await ask("/work?area=cn-11", { status: 404 })).toMatchObject({ code: "COCKPIT-AREA-UNKNOWN" });
    expect(await ask("/work?year=1999", { status: 404 })).toMatchObject({ code: "COCKPIT-YEAR-UNKNOWN" });
    expect(await ask("/indexes/none", { status: 404 })).toMatchObject({ code: "COCKPIT-INDEX-UNKNOWN" });
  });
});

describe("the index", () => {
  test("publishes level, equality and adjusted score apart, the level being the mean weighted by residents", async () => {
    const index = await ask<IndexPage>("/indexes/equalisation");
    const people = index.units.reduce((total, unit) => total + unit.people!, 0);
    const level = index.units.reduce((total, unit) => total + unit.score! * unit.people!, 0) / people;
    expect(index.level).toBeCloseTo(level, 9);
    expect(index.adjusted!).toBeLessThan(index.level!);
    expect(index.equality!.oneMinusGini).toBeLessThan(1);
    for (const { rank } of index.units) expect(rank!.low <= rank!.rank && rank!.rank <= rank!.high).toBe(true);
    expect(index.years.find(({ year }) => year === index.year)?.level).toBe(index.level);
  });
  test("tells which choice moves the ranks, how sure each place is, and what each domain carries", async () => {
    const index = await ask<IndexPage>("/indexes/equalisation");
    const audit = await ask<IndexAuditPage>("/indexes/equalisation/audit");
    expect(audit).toMatchObject({ year: index.year, hash: index.hash, draws: 500, samples: 512 });
    expect(audit.choices.map(({ name }) => name)).toEqual(["normalise", "aggregate", "weights", "drop"]);
    for (const { first, total, totalInterval, optionsThatMatter } of audit.choices) {
      expect(first).toBeLessThan(total + 0.1);
      expect(totalInterval[0] <= total && total <= totalInterval[1]).toBe(true);
      expect(optionsThatMatter).toBeGreaterThan(0);
    }
    expect(audit.units.map(({ area }) => area.code).toSorted()).toEqual(
      index.units.map(({ area }) => area.code).toSorted(),
    );
    for (const { classes, low, median, high } of audit.units) {
      expect(classes.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(low <= median && median <= high).toBe(true);
    }
    // Domains of equal weight carry equal parts, and so do the indicators in each.
    expect(audit.domains.reduce((sum, { effectiveWeight }) => sum + effectiveWeight, 0)).toBeCloseTo(1, 9);
    for (const { effectiveWeight, indicators } of audit.domains) {
      expect(effectiveWeight).toBeCloseTo(1 / audit.domains.length, 9);
      for (const leaf of indicators) expect(leaf.effectiveWeight).toBeCloseTo(effectiveWeight / indicators.length, 9);
    }
    expect(await ask<IndexAuditPage>("/indexes/equalisation/audit")).toEqual(audit);
    expect(await ask("/indexes/none/audit", { status: 404 })).toMatchObject({ code: "COCKPIT-INDEX-UNKNOWN" });
  });
});

describe("alarms and actions", () => {
  test("stand in the very first answer: what newly rings is written down before it is read", async () => {
    const { database: fresh, close } = await embeddedDatabase();
    const now = () => new Date("2026-01-02T03:04:05Z");
    const own = createCockpitHouse({ ...sources, database: fresh });
    const other = await compose({
      version: "0.0.0",
      logger: false,
      requestsPerMinute: 10_000,
      pages: undefined,
      routes: [indicatorRoutes({ database: fresh, house: own, now })],
    });
    const answer = await other.inject({ url: "/api/cockpit/alarms" });
    expect(answer.json<AlarmsPage>().total).toBeGreaterThan(0);
    await other.close();
    await close();
  });

  test("the injected jump of complaints in Hexi rings, and only a planner may judge it", async () => {
    const { alarms, rules } = await ask<AlarmsPage>("/alarms?size=200");
    const jump = alarms.find(({ rule, area }) => rule.code === "complaints-jump" && area.code === "cn-319904")!;
    expect(jump.state).toBe("open");
    expect(rules.find(({ code }) => code === "complaints-jump")?.alarmsPerYear).toBeLessThan(1);
    const event = { state: "confirmed", note: "checked on site" };
    const url = `/alarms/${jump.id}/events`;
    expect(await ask(url, { body: event, status: 401 })).toMatchObject({ code: "AUTH-SIGN-IN-NEEDED" });
    expect(await ask(url, { body: event, as: "clerk", status: 403 })).toMatchObject({ code: "AUTH-NOT-PERMITTED" });
    expect(await ask(url, { body: { ...event, state: "fixed" }, as: "planner", status: 409 })).toMatchObject({
      code: "COCKPIT-STATE-CLOSED",
    });
    expect(await ask(url, { body: event, as: "planner" })).toMatchObject({
      state: "confirmed",
      events: [{ note: "checked on site" }],
    });
    const { rules: after } = await ask<AlarmsPage>("/alarms");
    expect(after.find(({ code }) => code === "complaints-jump")!.judged).toMatchObject({ confirmed: 1, precision: 1 });
  });

  test("every rule tells what it costs on history, against its budget, and how late it is; a rule on trial rings nowhere", async () => {
    const { alarms, rules } = await ask<AlarmsPage>("/alarms?size=200");
    expect(rules.map(({ detector }) => detector)).toEqual(
      expect.arrayContaining(["EARS C2", "CUSUM", "Farrington", "Poisson GLR", "Funnel", "Modified z"]),
    );
    const counted = rules.filter(({ indicator }) => indicator.code !== "disability-subsidies-covered");
    for (const { alarmsPerYear, budget, withinBudget, missed, reason } of counted) {
      expect(reason).toBeNull();
      expect(alarmsPerYear).toBeGreaterThanOrEqual(0);
      expect(withinBudget).toBe(alarmsPerYear! <= budget!);
      expect(missed! >= 0 && missed! <= 1).toBe(true);
    }
    // Half as many complaints again for half a year: Farrington sees it within that time.
    expect(rules.find(({ detector }) => detector === "Farrington")!.medianDelay).toBeLessThan(6);
    const trials = rules.filter(({ trial }) => trial).map(({ code }) => code);
    expect(trials.length).toBeGreaterThan(0);
    expect(alarms.filter(({ rule }) => trials.includes(rule.code))).toEqual([]);
    // One year of a run is no history.
    expect(rules.find(({ indicator }) => indicator.code === "disability-subsidies-covered")).toMatchObject({
      alarmsPerYear: null,
      withinBudget: null,
      reason: { en: "Too little history: not judged" },
    });
  });

  test("an action says who acts by when, stands in the work list, and closes with a note", async () => {
    const body = {
      indicator: "nursing-beds",
      area: "cn-3199",
      what: "Convert 300 beds",
      owner: "Civil Affairs",
      due: "2026-03-31",
    };
    expect(await ask("/actions", { body: { ...body, due: "2025-12-31" }, as: "planner", status: 400 })).toMatchObject({
      code: "COCKPIT-DUE-PAST",
    });
    expect(await ask("/actions", { body: { ...body, area: "cn-11" }, as: "planner", status: 404 })).toMatchObject({
      code: "COCKPIT-AREA-UNKNOWN",
    });
    const { id } = await ask<{ id: string }>("/actions", { body, as: "planner", status: 201 });
    const row = (await ask<WorkPage>("/work?size=200")).rows.find(({ indicator }) => indicator.code === "nursing-beds");
    expect(row?.action).toEqual({ id, owner: "Civil Affairs", due: "2026-03-31", overdue: false });
    await ask(`/actions/${id}/events`, { body: { state: "done", note: "310 beds" }, as: "planner" });
    expect((await ask<ActionsPage>("/actions?state=done")).actions).toMatchObject([{ id, state: "done" }]);
  });
});

interface SdmxMessage {
  readonly meta: { readonly sender: { readonly id: string; readonly names: { readonly en: string } } };
  readonly data: {
    readonly dataSets?: readonly {
      readonly series: Readonly<Record<string, { readonly observations: Readonly<Record<string, unknown>> }>>;
    }[];
  };
}

describe("snapshots", () => {
  test("freeze under the hash of their content, and the database refuses to change or delete them", async () => {
    const freeze = () => ask<{ hash: string }>("/snapshots", { body: { title: "First" }, as: "planner", status: 201 });
    const { hash } = await freeze();
    expect((await freeze()).hash).toBe(hash);
    expect(await ask<SnapshotPage>(`/snapshots/${hash}`)).toMatchObject({
      intact: true,
      current: true,
      title: "First",
    });
    await expect(database.updateTable("indicator_snapshot").set({ title: "Other" }).execute()).rejects.toThrow(
      /append-only/,
    );
    await expect(database.deleteFrom("indicator_snapshot").execute()).rejects.toThrow(/append-only/);
    const csv = String(await ask(`/snapshots/${hash}/figures.csv`));
    expect(csv).toContain("nursing-beds,");
    expect(csv).toContain(",suppressed,");
    const sdmx = (message: string) => ask<SdmxMessage>(`/snapshots/${hash}/sdmx-${message}.json`);
    const { meta, data } = await sdmx("data");
    expect([meta.sender.id, meta.sender.names.en]).toEqual(["CN_3199", "Qingping (demo)"]);
    const observations = Object.values(data.dataSets![0]!.series).flatMap((series) =>
      Object.values(series.observations),
    );
    // A line of the file an observation, below its head.
    expect(observations).toHaveLength(csv.trim().split("\n").length - 1);
    expect((await sdmx("structure")).meta.sender.id).toBe("CN_3199");
  });

  test("carry an annual report as DOCX and PDF that cites the hash", async () => {
    const { hash } = await ask<{ hash: string }>("/snapshots", {
      body: { title: "For the report" },
      as: "planner",
      status: 201,
    });
    const pdf = await ask<Buffer>(`/snapshots/${hash}/report.pdf`);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const docx = await ask<Buffer>(`/snapshots/${hash}/report.docx?language=en`);
    expect(docx.subarray(0, 2).toString()).toBe("PK");
    expect(await ask(`/snapshots/${hash}/report.pdf?area=cn-11`, { status: 409 })).toMatchObject({
      code: "COCKPIT-REPORT-REFUSED",
    });
  });
});

describe("evaluations of a plan", () => {
  const body = { plan: "plan-14", kind: "mid-term", year: 2023 };

  test("hold every target against the figures of the year, and are frozen under their hash", async () => {
    expect(await ask("/evaluations", { body, status: 401 })).toMatchObject({ code: "AUTH-SIGN-IN-NEEDED" });
    const made = await ask<EvaluationCard>("/evaluations", { body, as: "planner", status: 201 });
    const { targets } = await ask<EvaluationPage>(`/evaluations/${made.hash}`);
    // The work list of that year tells the same of each.
    const { rows } = await ask<WorkPage>("/work?status=all&size=200&plan=plan-14&year=2023");
    expect(targets.map(({ indicator, track }) => [indicator.code, track.status]).toSorted()).toEqual(
      rows.map(({ indicator, track }) => [indicator.code, track.status]).toSorted(),
    );
    const { binding, expected, other } = made.counts;
    const all = [binding, expected, other].flatMap((group) => Object.values(group));
    expect(all.reduce((sum, count) => sum + count, 0)).toBe(targets.length);
    expect((await ask<EvaluationCard>("/evaluations", { body, as: "planner", status: 201 })).hash).toBe(made.hash);
    expect((await ask<EvaluationsPage>("/evaluations")).total).toBe(1);
    await expect(database.deleteFrom("indicator_evaluation").execute()).rejects.toThrow(/append-only/);
    const pdf = await ask<Buffer>(`/evaluations/${made.hash}/report.pdf`);
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    const docx = await ask<Buffer>(`/evaluations/${made.hash}/report.docx?language=en`);
    expect(docx.subarray(0, 2).toString()).toBe("PK");
  });

  test("are half-way inside the plan and final at its end", async () => {
    const refused = (more: object, status: number) =>
      ask("/evaluations", { body: { ...body, ...more }, as: "planner", status });
    expect(await refused({ kind: "final" }, 400)).toMatchObject({ code: "COCKPIT-EVALUATION-YEAR" });
    expect(await refused({ year: 2025 }, 400)).toMatchObject({ code: "COCKPIT-EVALUATION-YEAR" });
    expect(await refused({ year: 2020 }, 400)).toMatchObject({ code: "COCKPIT-EVALUATION-YEAR" });
    expect(await refused({ plan: "plan-0" }, 404)).toMatchObject({ code: "COCKPIT-PLAN-UNKNOWN" });
    expect(await ask(`/evaluations/${"0".repeat(64)}`, { status: 404 })).toMatchObject({
      code: "COCKPIT-EVALUATION-UNKNOWN",
    });
  });
});

describe("imports", () => {
  test("change the figures at once, a later one over an earlier; the wrong rows are in quarantine", async () => {
    const before = (await ask<Overview>("")).provenance.version;
    const file =
      "indicator,area,period,numerator,denominator\r\nnursing-beds,cn-319901001,2024,90,100\r\nnursing-beds,cn-319901001,2024,1,100\r\n";
    const taken = await ask<{ id: string }>("/imports?name=beds.csv", {
      body: file,
      type: "text/csv",
      as: "planner",
      status: 201,
    });
    expect(taken).toMatchObject({ rows: 2, accepted: 1, quarantined: 1 });
    const page = await ask<IndicatorPage>("/indicators/nursing-beds?area=cn-319901001");
    expect(page.figure).toMatchObject({ value: 90, origins: ["import"] });
    expect((await ask<Overview>("")).provenance.version).not.toBe(before);
    expect(await ask(`/imports/${taken.id}/quarantine`)).toMatchObject({
      total: 1,
      rows: [{ row: 3, reason: { code: "duplicate" } }],
    });
    expect(
      await ask("/imports?name=again.csv", { body: file, type: "text/csv", as: "planner", status: 409 }),
    ).toMatchObject({
      code: "COCKPIT-FILE-KNOWN",
    });
    const xlsx = await ask<Buffer>("/export.xlsx?area=cn-319901");
    expect(xlsx.subarray(0, 2).toString()).toBe("PK");
  });
});
