import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { compose } from "../../http/compose.ts";
import type { Database } from "../../store/database.ts";
import { embeddedDatabase } from "../../testing/test-database.ts";
import type { ComparisonPage } from "./compare-model.ts";
import {
  compareRoutes,
  createComparing,
  createRulebooks,
  createStudio,
  createVersionStore,
  listRoutes,
  openCatalogue,
  studioRoutes,
  versionRoutes,
} from "./index.ts";
import type { ListCard } from "./model.ts";
import type {
  CheckReportPage,
  DifferencesPage,
  ProposalPage,
  StudioCheck,
  StudioFile,
  StudioListCard,
  StudioListPage,
  VersionPage,
  VersionsPage,
} from "./studio-model.ts";

const testing = fileURLToPath(new URL("../../../../../packages/list/src/testing", import.meta.url));
// Free courts are owed from 65 by the federation's list; the club adds nothing but its own fee of 45.25 yuan since July 2023.
const golden = `- name: At 65 the court is free.
  area: cn-99
  date: 2024-05-01
  facts:
    persons: { p1: { homeCourt: cn-99, birthDate: 1959-05-01 } }
    households: { h1: { members: [p1] } }
    subject: p1
  expect: { cn.free-court: { outcome: entitled, fen: 3250 } }
  why: 2024 − 1959 = 65
  source: [S1]
`;
const item = "items/free-court.yaml";
const date = "2024-05-01";
let folder: string;
let database: Database;
let closeDatabase: () => Promise<void>;
let app: FastifyInstance;
let clock: number;
let mayPublish: boolean;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qingdan-studio-"));
  for (const name of ["federation", "club"])
    await cp(path.join(testing, name), path.join(folder, name), { recursive: true });
  await mkdir(path.join(folder, "federation/golden"));
  await writeFile(path.join(folder, "federation/golden/courts.yaml"), golden);
  ({ database, close: closeDatabase } = await embeddedDatabase());
}, 60_000);
afterAll(async () => {
  await app.close();
  await closeDatabase();
  await rm(folder, { recursive: true });
});

/** Empties the tables past the triggers that keep them: a database takes seconds to make. */
async function emptyTables() {
  await sql`SET session_replication_role = replica`.execute(database);
  await sql`TRUNCATE list_draft, list_version, list_proposal_end, list_proposal RESTART IDENTITY`.execute(database);
  await sql`SET session_replication_role = origin`.execute(database);
}

beforeEach(async () => {
  await app?.close();
  await emptyTables();
  clock = Date.parse("2026-01-02T03:04:05Z");
  mayPublish = true;
  const versions = createVersionStore(database, () => new Date(clock++));
  const catalogue = openCatalogue({
    folders: [folder],
    onFaulty: (code, problem) => {
      throw new Error(`${code}: ${problem.message}`);
    },
    published: versions.newest,
  });
  const day = () => date;
  app = await compose({
    version: "0",
    logger: { level: "silent" },
    requestsPerMinute: 10_000,
    pages: undefined,
    routes: [
      listRoutes({ catalogue, rulebooks: createRulebooks(catalogue), date: day }),
      versionRoutes({ catalogue, versions, date: day }),
      compareRoutes(createComparing({ catalogue, versions, date: () => "2024-10-01" })),
      studioRoutes({
        studio: createStudio({ catalogue, versions, date: day }),
        catalogue,
        guard: (_, action): undefined => {
          if (action === "list.publish" && !mayPublish) throw Object.assign(new Error("no"), { statusCode: 403 });
          return undefined;
        },
      }),
    ],
  });
}, 60_000);
async function ask<T>(method: "GET" | "POST" | "PUT" | "DELETE", url: string, body?: object, status = 200): Promise<T> {
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
  return (answer.body === "" ? null : answer.json()) as T;
}

const textOf = (name: string) => readFile(path.join(folder, "federation", name), "utf8");
const draft = (file: string, text: string | null, seen: string | null = null, list = "cn") =>
  ask<{ savedAt: string }>("PUT", `/studio/lists/${list}/draft`, { file, text, seen, author: "Ann" });
const propose = async (title = "A change", list = "cn") => {
  const { id } = await ask<{ id: string }>("POST", `/studio/lists/${list}/proposals`, { title, author: "Ann" }, 201);
  return ask<ProposalPage>("GET", `/studio/proposals/${id}`);
};

describe("a draft", () => {
  test("is checked by the loader of every list, at the place of the fault", async () => {
    const text = (await textOf(item)).replace("test: age >= 65", "test: hight >= 65");
    const check = await ask<StudioCheck>("POST", "/studio/lists/cn/check", { file: item, text });
    const line = text.split("\n").findIndex((one) => one.includes("hight")) + 1;
    expect(check.here).toContainEqual(expect.objectContaining({ severity: "error", list: "cn", file: item, line }));
    expect(check.golden).toBeNull();
    const broken = await ask<StudioCheck>("POST", "/studio/lists/cn/check", { file: item, text: "code: [" });
    expect(broken.here[0]).toMatchObject({ code: "LIST-YAML", file: item });
  });

  test("is held against the golden cases of its item, and marked up against what is shown", async () => {
    const text = (await textOf(item)).replace("age >= 65", "age >= 66");
    const check = await ask<StudioCheck>("POST", "/studio/lists/cn/check", { file: item, text });
    expect(check.errors).toBe(0);
    expect(check.golden).toMatchObject({ agree: 0, differ: 1 });
    expect(check.golden?.cases[0]).toMatchObject({
      name: "At 65 the court is free.",
      found: { outcome: "not", reason: "age" },
    });
    const marked = check.change.stretches.filter(({ kind }) => kind !== "same");
    expect(marked).toEqual([
      { kind: "del", text: "65" },
      { kind: "ins", text: "66" },
    ]);
  });

  test("of a parameter is held against the cases of the items that read it", async () => {
    const text = (await textOf("parameters/fees.yaml")).replace("value: 32.5", "value: 33");
    const check = await ask<StudioCheck>("POST", "/studio/lists/cn/check", { file: "parameters/fees.yaml", text });
    expect(check.golden?.cases).toMatchObject([{ item: "cn.free-court", agrees: false, found: { fen: 3300 } }]);
  });

  test("of a parameter has words for the codes of its values", async () => {
    const { areas, keys } = await ask<StudioFile>("GET", "/studio/lists/cn/file?file=parameters/fees.yaml");
    // areas.yaml and the fact `grade` of facts.yaml
    expect(areas["cn-9901"]).toEqual({ zh: "河畔", en: "Riverside" });
    expect(keys).toMatchObject({ lessonShare: [{ labels: { novice: { zh: "新手" }, master: { en: "Master" } } }] });
    expect(keys).not.toHaveProperty("courtFee");
  });

  test("is kept and shown again; who wrote it meanwhile is not written over", async () => {
    const text = (await textOf(item)).replace("age >= 65", "age >= 66");
    const { savedAt } = await draft(item, text);
    expect(await ask<StudioFile>("GET", `/studio/lists/cn/file?file=${item}`)).toMatchObject({
      text,
      draft: { author: "Ann", savedAt, stale: false },
      parameters: [{ code: "courtFee", files: [{ list: "cn", file: "parameters/fees.yaml" }] }],
    });
    const conflict = await ask(
      "PUT",
      "/studio/lists/cn/draft",
      { file: item, text: "x", seen: null, author: "Bob" },
      409,
    );
    expect(conflict).toMatchObject({ code: "STUDIO-DRAFT-CONFLICT" });
    await draft(item, `${text}# more\n`, savedAt);
    await ask("DELETE", `/studio/lists/cn/draft?file=${item}`, undefined, 204);
    expect((await ask<StudioFile>("GET", `/studio/lists/cn/file?file=${item}`)).draft).toBeNull();
  });

  test("that changes nothing, or is no file of a list, is refused", async () => {
    const text = await textOf(item);
    const body = { file: item, text, seen: null, author: "" };
    expect(await ask("PUT", "/studio/lists/cn/draft", body, 409)).toMatchObject({ code: "STUDIO-NOTHING-CHANGED" });
    for (const file of ["../secrets.yaml", "items/../../x.yaml", "items/a/b.yaml", "notes.txt", "golden/A.yaml"]) {
      const refused = await ask("PUT", "/studio/lists/cn/draft", { ...body, file }, 400);
      expect(refused).toMatchObject({ code: "STUDIO-FILE-NAME" });
    }
    expect(await ask("GET", "/studio/lists/cn/file?file=items/none.yaml", undefined, 404)).toMatchObject({
      code: "STUDIO-FILE-UNKNOWN",
    });
    expect(await ask("GET", "/studio/lists/cn-1", undefined, 404)).toMatchObject({ code: "API-LIST-UNKNOWN" });
  });

  test("is edited field by field without a comment being lost", async () => {
    const text = `# kept\n${await textOf(item)}`;
    const answer = await ask<{ text: string; value: { name: { zh: string } } }>("POST", "/studio/edit", {
      text,
      edits: [{ op: "set", path: ["name", "zh"], value: "免费球场" }],
    });
    expect(answer.text).toBe(text.replace("免费场地", "免费球场"));
    expect(answer.value.name.zh).toBe("免费球场");
    const refused = await ask(
      "POST",
      "/studio/edit",
      { text, edits: [{ op: "remove", path: ["rule", "conditions", 9] }] },
      422,
    );
    expect(refused).toMatchObject({ code: "STUDIO-EDIT-REFUSED" });
  });
});

describe("a proposal", () => {
  test("becomes a version with the hash of its files, which the catalogue shows and nothing changes", async () => {
    const fees = (await textOf("parameters/fees.yaml")).replace(
      "    - { area: cn, from: 2022-01-01, value: 32.5,",
      "    - { area: cn, from: 2024-09-01, value: 35, mark: V, source: [S2] }\n    - { area: cn, from: 2022-01-01, value: 32.5,",
    );
    await draft("parameters/fees.yaml", fees);
    const proposal = await propose("The fee of September");
    expect(proposal).toMatchObject({ publishable: true, errors: 0, golden: { agree: 1, differ: 0 }, broken: [] });
    expect(proposal.changes.map(({ file }) => file)).toEqual(["parameters/fees.yaml"]);
    expect((await ask<StudioListPage>("GET", "/studio/lists/cn")).drafts).toBe(0);

    const { matches } = await ask<ComparisonPage>("GET", `/compare?left=cn&right=cn@proposal:${proposal.id}`);
    const fee = matches.flatMap(({ differences }) => differences).find(({ element }) => element === "parameter");
    expect([fee?.left?.en, fee?.right?.en]).toEqual([expect.stringContaining("32.5"), expect.stringContaining("35")]);

    const before = await ask<{ hash: string }>("GET", "/lists/cn/rulebook.json?date=2024-10-01");
    const shown = await ask(
      "POST",
      `/studio/proposals/${proposal.id}/publish`,
      { version: "2024-09", author: "Bob" },
      201,
    );
    expect(shown).toMatchObject({
      kind: "published",
      version: "2024-09",
      publishedBy: "Bob",
      contentHash: proposal.contentHash,
    });
    expect(await ask("GET", "/lists/cn/rulebook.json?date=2024-10-01")).not.toMatchObject({ hash: before.hash });

    const { versions } = await ask<VersionsPage>("GET", "/lists/cn/versions");
    expect(versions).toMatchObject([{ version: "2024-09", contentHash: proposal.contentHash, proposal: proposal.id }]);
    const { files } = await ask<VersionPage>("GET", "/lists/cn/versions/2024-09");
    expect(files.find(({ file }) => file === "parameters/fees.yaml")?.text).toBe(fees);
    const { changes } = await ask<DifferencesPage>("GET", "/lists/cn/differences?from=folder&to=2024-09");
    expect(changes).toMatchObject([{ file: "parameters/fees.yaml", was: true, is: true }]);
    const { lists } = await ask<{ lists: ListCard[] }>("GET", "/lists");
    expect(lists.map(({ code, shown: of }) => [code, of.kind])).toEqual([
      ["cn", "published"],
      ["cn-99", "folder"],
    ]);

    for (const statement of [
      "UPDATE list_version SET files = '{}'",
      "DELETE FROM list_version",
      "TRUNCATE list_version",
    ]) {
      await expect(sql.raw(statement).execute(database)).rejects.toThrow(/never changed/);
    }
  });

  test("with errors, or against a golden case, or that breaks a list below, is not published", async () => {
    const text = await textOf(item);
    const refusals: [string, string | null, string][] = [
      [item, text.replace("age >= 65", "hight >= 65"), "STUDIO-HAS-ERRORS"],
      [item, text.replace("age >= 65", "age >= 66"), "STUDIO-GOLDEN-DIFFERS"],
      ["golden/courts.yaml", "- { name: half }", "STUDIO-HAS-ERRORS"],
      ["areas.yaml", (await textOf("areas.yaml")).replace(/.*cn-9901,.*\n.*\n.*\n/, ""), "STUDIO-CHILD-BROKEN"],
      ["list.yaml", (await textOf("list.yaml")).replace("area: cn\n", "area: cn-98\n"), "STUDIO-H"],
    ];
    for (const [file, changed, code] of refusals) {
      await draft(file, changed);
      const { id, publishable } = await propose();
      expect({ code, publishable }).toEqual({ code, publishable: false });
      const refused = await ask<{ code: string }>(
        "POST",
        `/studio/proposals/${id}/publish`,
        { version: "x", author: "" },
        409,
      );
      expect(refused.code).toContain(code);
      await ask("POST", `/studio/proposals/${id}/withdraw`, { author: "Ann" });
    }
    expect((await ask<VersionsPage>("GET", "/lists/cn/versions")).total).toBe(0);
  }, 60_000);

  test("ends once; one that was written on an older version has to be made again; a version's name is taken once", async () => {
    const text = await textOf(item);
    await draft(item, text.replace("满 65 岁", "年满 65 岁"));
    const first = await propose();
    await draft("sources.yaml", `${await textOf("sources.yaml")}- { code: S3, title: 补充, kind: notice }\n`);
    const second = await propose();
    const publish = (id: string, version: string, status: number) =>
      ask<{ code?: string }>("POST", `/studio/proposals/${id}/publish`, { version, author: "Bob" }, status);
    await publish(first.id, "1", 201);
    expect(await publish(first.id, "2", 409)).toMatchObject({ code: "STUDIO-PROPOSAL-ENDED" });
    expect(await publish(second.id, "2", 409)).toMatchObject({ code: "STUDIO-BASE-MOVED" });
    await ask("POST", `/studio/proposals/${second.id}/withdraw`, { author: "Ann" });
    expect(await ask("POST", `/studio/proposals/${second.id}/withdraw`, { author: "Ann" }, 409)).toMatchObject({
      code: "STUDIO-PROPOSAL-ENDED",
    });
    await draft(item, text);
    const third = await propose();
    expect(await publish(third.id, "1", 409)).toMatchObject({ code: "STUDIO-VERSION-TAKEN" });
    await publish(third.id, "1.1", 201);
    expect(await ask("GET", "/studio/proposals/99", undefined, 404)).toMatchObject({ code: "STUDIO-PROPOSAL-UNKNOWN" });
    expect(await ask("GET", "/lists/cn/versions/9", undefined, 404)).toMatchObject({ code: "STUDIO-VERSION-UNKNOWN" });
  });

  test("of nothing is refused, and what the guard forbids is not done", async () => {
    const nothing = await ask("POST", "/studio/lists/cn/proposals", { title: "x", author: "" }, 409);
    expect(nothing).toMatchObject({ code: "STUDIO-NOTHING-CHANGED" });
    await draft(item, (await textOf(item)).replace("满 65 岁", "年满 65 岁"));
    const { id } = await propose();
    mayPublish = false;
    const answer = await app.inject({
      method: "POST",
      url: `/api/studio/proposals/${id}/publish`,
      payload: { version: "1", author: "" },
    });
    expect(answer.statusCode).not.toBe(201);
    expect((await ask<VersionsPage>("GET", "/lists/cn/versions")).total).toBe(0);
    expect((await ask<{ lists: StudioListCard[] }>("GET", "/studio/lists")).lists[0]).toMatchObject({
      openProposals: 1,
    });
  });
});

test("the report of the checks is told by kind, with place and hint, and exported as CSV", async () => {
  const report = await ask<CheckReportPage>("GET", "/lists/cn-99/checks?date=2024-05-01");
  expect(report.kinds.reduce((sum, { errors, warnings }) => sum + errors + warnings, 0)).toBe(report.findings.length);
  expect(report.errors + report.warnings).toBe(report.findings.length);
  for (const { line, hint, file } of report.findings) {
    expect(line).toBeGreaterThan(0);
    expect(hint.zh).not.toBe("");
    expect(file).not.toContain(folder);
  }
  const csv = await app.inject("/api/lists/cn-99/checks.csv?date=2024-05-01");
  expect(csv.headers["content-disposition"]).toContain("qingdan-cn-99-checks.csv");
  expect(csv.body.trimEnd().split("\r\n")).toHaveLength(report.findings.length + 1);
});
