import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { application, type CaseDesk, caseDesk } from "../testing/case-desk.ts";
import { testDatabase } from "../testing/test-database.ts";
import { backupDatabase, restoreDatabase } from "./backup.ts";

let desk: CaseDesk;
let folder: string;
beforeAll(async () => {
  desk = await caseDesk();
  folder = path.join(await mkdtemp(path.join(tmpdir(), "qingdan-backup-")), "backup");
  for (let at = 0; at < 3; at += 1) {
    const { json } = await desk.ask("resident", "POST", "/cases", application());
    await desk.ask("clerk", "POST", `/cases/${json.id}/actions`, {
      seq: 1,
      channel: "window",
      action: { kind: "accept" },
    });
  }
  await backupDatabase(desk.cases.database, folder, new Date("2026-02-10T02:00:00Z"));
}, 120_000);
afterAll(() => desk.close());

test("a backup reads back into a new store row by row, and goes on counting where it stopped", async () => {
  const { database, close } = await testDatabase();
  const { tables } = await restoreDatabase(database, folder);
  expect(tables.find(({ name }) => name === "case_action")?.rows).toBe(6);
  for (const table of ["case_action", "case_view", "case_guide", "audit_line", "request_key"] as const) {
    const rows = (db: typeof database) => db.selectFrom(table).selectAll().execute();
    const key = (row: object) => JSON.stringify(row);
    expect((await rows(database)).map(key).toSorted(), table).toEqual(
      (await rows(desk.cases.database)).map(key).toSorted(),
    );
  }
  const line = await database
    .insertInto("audit_line")
    .values({
      kind: "x",
      subject: "x",
      body: "{}",
      actor: "x",
      at: new Date(0),
      salt: new Uint8Array(32),
      commitment: new Uint8Array(32),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  expect(line.id).toBe(7);
  await expect(restoreDatabase(database, folder)).rejects.toMatchObject({ code: "BACKUP-NOT-EMPTY" });
  await close();
});

test("a changed byte is found and nothing is restored; a folder in use is not written over", async () => {
  await expect(backupDatabase(desk.cases.database, folder, new Date(0))).rejects.toMatchObject({
    code: "BACKUP-FOLDER",
  });
  const file = path.join(folder, "case_action.ndjson.gz");
  const text = gunzipSync(await readFile(file)).toString();
  await writeFile(file, gzipSync(text.replace("cn-3199", "cn-3198")));
  const { database, close } = await testDatabase();
  await expect(restoreDatabase(database, folder)).rejects.toMatchObject({ code: "BACKUP-DAMAGED" });
  expect(await database.selectFrom("case_action").select("seq").execute()).toEqual([]);
  await close();
});
