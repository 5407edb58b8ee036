import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, openDatabase } from "./database.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.destroy());

test("a run needs its published rulebook: the store refuses one that nobody published", async () => {
  const insert = database
    .insertInto("run")
    .values({
      id: "r1",
      rulebook_hash: "none",
      snapshot_hash: "s",
      hash: "0".repeat(64),
      folder: "f",
      people_folder: "p",
      finished_at: new Date(0),
    })
    .execute();
  await expect(insert).rejects.toThrow(/foreign key/);
});

test("a transaction that fails leaves nothing behind, and others wait for it", async () => {
  const publication = (hash: string) => ({
    rulebook_hash: hash,
    list: "cn",
    area: "cn",
    date: "2024-07-01",
    rulebook: "{}",
    published_at: new Date(0),
  });
  const failing = database.transaction().execute(async (tx) => {
    await tx.insertInto("list_publication").values(publication("a")).execute();
    throw new Error("changed its mind");
  });
  const beside = database.insertInto("list_publication").values(publication("b")).execute();
  await expect(failing).rejects.toThrow("changed its mind");
  await beside;
  const rows = await database.selectFrom("list_publication").select("rulebook_hash").execute();
  expect(rows).toEqual([{ rulebook_hash: "b" }]);
});
