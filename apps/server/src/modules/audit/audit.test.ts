import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  fromBase64,
  leafHash,
  openNote,
  type ProofFile,
  readCheckpoint,
  readVerifierKey,
  rootFromTiles,
  sameHash,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  verifyProofFile,
  widthAt,
} from "@qingdan/proof";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compose } from "../../http/compose.ts";
import type { Database } from "../../store/database.ts";
import { guardAs, testActors } from "../../testing/actors.ts";
import { embeddedDatabase } from "../../testing/test-database.ts";
import { authorise } from "../identity/index.ts";
import { append, appendAll, type NewLine } from "./append.ts";
import { createAppender } from "./appender.ts";
import { type Log, openLog } from "./log.ts";
import { type LogKey, openLogKey } from "./log-key.ts";
import { logRoutes } from "./routes.ts";

const now = () => new Date("2026-11-22T08:00:00.123Z");
let folder: string;
let database: Database;
let closeDatabase: () => Promise<void>;
let key: LogKey;
let log: Log;
let app: FastifyInstance;

const line = (subject: string, more: Partial<NewLine> = {}): NewLine => ({
  kind: "court.book",
  subject,
  body: { court: 3, hours: [9, 10] },
  at: now(),
  by: "a-warden",
  ...more,
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qingdan-log-"));
  ({ database, close: closeDatabase } = await embeddedDatabase());
  key = await openLogKey(folder, "club.example/log");
  log = openLog({ database, key, now });
  app = await compose({
    version: "0",
    logger: false,
    pages: undefined,
    requestsPerMinute: 100_000,
    guard: guardAs(testActors),
    routes: [
      logRoutes({
        log,
        authorise,
        matterOf: async (subject) =>
          subject.startsWith("person:") ? { owner: subject.slice(7), area: "cn-319901" } : undefined,
        area: async () => "cn-3199",
      }),
    ],
  });
});
afterAll(async () => {
  await app.close();
  await log.close();
  await closeDatabase();
  await rm(folder, { recursive: true, force: true });
});

const get = (url: string, actor = "") => app.inject({ url: `/api/log${url}`, headers: { "x-test-actor": actor } });
const write = (lines: readonly NewLine[]) => database.transaction().execute((tx) => appendAll(tx, lines));

/** A reader of tile logs that knows nothing but the addresses and the key. */
const fetchTile = async (level: number, n: number, size: number): Promise<Uint8Array> => {
  const answer = await get(`/${tilePath(level, n, widthAt({ level, n }, size))}`);
  expect(answer.statusCode).toBe(200);
  return new Uint8Array(answer.rawPayload);
};
const fetchHead = async () => {
  const text = await openNote((await get("/checkpoint")).body, [readVerifierKey((await get("/key")).json().key)!]);
  return readCheckpoint(text!)!;
};

describe("the log over HTTP", () => {
  it("an outside reader finds the root of every head in the tiles, and each entry's hash among the leaves", async () => {
    await write(Array.from({ length: 300 }, (_, at) => line(`person:${at}`)));
    await log.seal();
    const first = await fetchHead();
    await write(Array.from({ length: 77 }, (_, at) => line(`person:${at}`)));
    await log.seal();
    const second = await fetchHead();
    expect([first.size, second.size]).toEqual([300, 377]);
    for (const { size, root } of [first, second]) {
      expect(sameHash(await rootFromTiles(size, ({ level, n }) => fetchTile(level, n, size)), root)).toBe(true);
    }
    const bundle = new Uint8Array((await get(`/${tilePath("entries", 1, 44)}`)).rawPayload);
    const leaves = await fetchTile(0, 1, 377);
    for (let at = 0; at < 44; at += 1) {
      const entry = bundle.slice(at * 34, (at + 1) * 34);
      expect([entry[0], entry[1]]).toEqual([0, 32]);
      expect(sameHash(leafHash(entry.slice(2)), leaves.slice(at * 32, at * 32 + 32))).toBe(true);
    }
    const { proof } = (await get("/consistency?older=300&newer=377")).json() as { proof: string[] };
    const shown = { older: 300, newer: 377, olderRoot: first.root, newerRoot: second.root };
    expect(verifyConsistency({ ...shown, proof: proof.map((hash) => fromBase64(hash)!) })).toBe(true);
  });

  it.each([
    "/tile/0/002",
    "/tile/0/000.p/256",
    "/tile/0/000.p/0",
    "/tile/0/0",
    "/tile/00/000",
    "/tile/0/x000/000",
    "/tile/9/000",
    "/tile/entries/999",
    "/tile/0/../0",
    "/consistency?older=1&newer=99999",
  ])("%s is nothing that the log has", async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });
});

describe("a line", () => {
  it("is proved to the person whom it concerns, to clerks and auditors of the area, and to nobody else", async () => {
    const [written] = await write([line("person:1")]);
    const url = `/lines/${written!.index}/proof`;
    const answers = Object.fromEntries(
      await Promise.all(
        [...Object.keys(testActors), ""].map(async (actor) => [actor, (await get(url, actor)).statusCode] as const),
      ),
    );
    expect(answers).toEqual({
      resident: 200,
      clerk: 200,
      secondClerk: 200,
      auditor: 200,
      neighbour: 403,
      checker: 403,
      financeOfficer: 403,
      secondFinanceOfficer: 403,
      planner: 403,
      listKeeper: 403,
      administrator: 403,
      "": 401,
    });
    const file = (await get(url, "resident")).body;
    expect(await verifyProofFile(file, log.verifierKey)).toMatchObject({ ok: true });
  });

  it("guessed ids of lines about nobody's matter are refused like missing ones", async () => {
    const [written] = await write([line("secret:1")]);
    expect((await get(`/lines/${written!.index}/proof`, "auditor")).statusCode).toBe(404);
    expect((await get("/lines/999999/proof", "auditor")).statusCode).toBe(404);
    expect((await get("/lines?subject=person:2", "resident")).statusCode).toBe(403);
    expect((await get("/lines?subject=person:1", "resident")).json().lines.length).toBeGreaterThan(0);
  });

  it("does not show in what is public", async () => {
    await write([line("person:4242", { body: { illness: "unspeakable" } })]);
    await log.seal();
    const { size } = await fetchHead();
    const width = size % 256;
    const published = Buffer.from((await get(`/${tilePath("entries", Math.floor(size / 256), width)}`)).rawPayload);
    expect(published.includes("4242")).toBe(false);
    expect(published.includes("unspeakable")).toBe(false);
  });

  it("is neither changed nor deleted, not even by who holds the store", async () => {
    const [written] = await write([line("person:5")]);
    const change = (set: object) =>
      database.updateTable("audit_line").set(set).where("id", "=", written!.index).execute();
    await expect(change({ body: "{}" })).rejects.toThrow("never changed");
    await expect(change({ actor: "somebody" })).rejects.toThrow("never changed");
    await expect(change({ commitment: new Uint8Array(32) })).rejects.toThrow("never changed");
    await expect(database.deleteFrom("audit_line").where("id", "=", written!.index).execute()).rejects.toThrow(
      "never deleted",
    );
  });

  it("does not stand when the deed it tells of does not", async () => {
    const before = (await log.about("person:6", 0, 10)).length;
    const failing = database.transaction().execute(async (tx) => {
      await append(tx, line("person:6"));
      throw new Error("changed its mind");
    });
    await expect(failing).rejects.toThrow("changed its mind");
    expect(await log.about("person:6", 0, 10)).toHaveLength(before);
  });
});

describe("erasing", () => {
  it("destroys content and salt; its commitment stays provable, and the log tells that it was erased", async () => {
    const [written] = await write([line("person:7", { body: { name: "to be forgotten" } })]);
    const file = (await get(`/lines/${written!.index}/proof`, "auditor")).json() as ProofFile;
    const erase = (actor: string) =>
      app.inject({
        method: "POST",
        url: `/api/log/lines/${written!.index}/erase`,
        payload: { reason: "个人信息保护法 art. 47" },
        headers: { "x-test-actor": actor },
      });
    expect((await erase("clerk")).statusCode).toBe(403);
    expect((await erase("auditor")).statusCode).toBe(403);
    expect((await erase("administrator")).statusCode).toBe(204);
    expect((await get(`/lines/${written!.index}/proof`, "auditor")).statusCode).toBe(410);
    const stored = await log.line(written!.index);
    expect([stored.body, stored.salt, stored.subject, stored.actor]).toEqual([null, null, null, null]);
    expect(JSON.stringify(await database.selectFrom("audit_line").selectAll().execute())).not.toContain(
      "to be forgotten",
    );
    // Who kept the proof file still proves it; the tree did not change.
    expect(await verifyProofFile(JSON.stringify(file), log.verifierKey)).toMatchObject({ ok: true });
    await log.seal();
    const head = (await log.head())!;
    const leaf = leafHash(stored.commitment);
    const leaves = await fetchTile(0, Math.floor(stored.leaf! / 256), head.size);
    const at = stored.leaf! % 256;
    expect(sameHash(leaves.slice(at * 32, at * 32 + 32), leaf)).toBe(true);
    expect(verifyInclusion({ leaf, index: stored.leaf!, size: head.size + 1, root: head.root, proof: [] })).toBe(false);
    const last = await database
      .selectFrom("audit_line")
      .selectAll()
      .orderBy("id", "desc")
      .limit(1)
      .executeTakeFirstOrThrow();
    expect([last.kind, last.subject]).toEqual(["log.erase", `line:${written!.index}`]);
  });
});

describe("a server that goes on", () => {
  it("seals lines that were committed before it was killed, with the same key, after the same head", async () => {
    const appender = createAppender(database);
    const written = await Promise.all(Array.from({ length: 600 }, () => appender.add(line("person:8"))));
    expect(new Set(written.map(({ index }) => index)).size).toBe(600);
    const before = (await log.head())!;
    const again = openLog({ database, key: await openLogKey(folder, "club.example/log"), now });
    expect(again.verifierKey).toBe(log.verifierKey);
    await again.seal();
    const after = (await again.head())!;
    expect(after.size).toBeGreaterThanOrEqual(before.size + 600);
    const proof = await again.consistency(before.size, after.size);
    expect(
      verifyConsistency({
        older: before.size,
        newer: after.size,
        olderRoot: before.root,
        newerRoot: after.root,
        proof,
      }),
    ).toBe(true);
    // The one that slept sees that another has sealed.
    const [late] = await write([line("person:9")]);
    expect(await verifyProofFile(JSON.stringify(await log.proofFile(late!.index)))).toMatchObject({ ok: true });
    const leaves = await database
      .selectFrom("audit_line")
      .select("leaf")
      .where("leaf", "is not", null)
      .orderBy("leaf")
      .execute();
    expect(leaves.map(({ leaf }) => leaf)).toEqual(leaves.map((_, at) => at));
  });

  it("keeps its key for itself", () => {
    const mode = execFileSync("stat", ["-c", "%a", path.join(folder, "log-key.pem")], { encoding: "utf8" });
    expect(mode.trim()).toBe("600");
  });
});
