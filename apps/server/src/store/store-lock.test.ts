import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { lockStore } from "./store-lock.ts";

let folder: string;
let store: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qingdan-lock-"));
  store = path.join(folder, "store");
});
afterEach(() => rm(folder, { recursive: true }));

test("an open store is not opened twice, and is free when it is closed", { timeout: 60_000 }, async () => {
  const first = await openDatabase(store);
  await expect(openDatabase(store)).rejects.toMatchObject({ code: "STORE-IN-USE" });
  await first.destroy();
  await (await openDatabase(store)).destroy();
  expect(await readdir(folder)).toEqual(["store"]);
});

test("the lock of a living process holds, that of one that was killed does not", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  await writeFile(`${store}.pid`, `${other.pid}\n`);
  await expect(lockStore(store)).rejects.toMatchObject({ code: "STORE-IN-USE" });
  const gone = new Promise((resolve) => other.once("exit", resolve));
  other.kill("SIGKILL");
  await gone;
  const release = await lockStore(store);
  await expect(lockStore(store)).rejects.toMatchObject({ code: "STORE-IN-USE" });
  await release();
  expect(await readdir(folder)).toEqual([]);
});

test("the number that this process has by chance is no lock", async () => {
  await writeFile(`${store}.pid`, `${process.pid}\n`);
  await (await lockStore(store))();
});
