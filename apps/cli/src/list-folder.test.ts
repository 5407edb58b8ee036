import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { mayPublish } from "@qingdan/list";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportOnList } from "./list-folder.ts";
import type { Context } from "./verb.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "qingdan-check-"));
  await cp(fileURLToPath(new URL("../../../lists/cn", import.meta.url)), path.join(folder, "cn"), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const report = () => reportOnList({ cwd: process.cwd() } as Context, path.join(folder, "cn"), "2026-01-01");

test("the check of a list tells of its indicators too, and what is wrong there stops publication", async () => {
  const sound = await report();
  expect(sound.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const file = path.join(folder, "cn/indicators/quality.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("lead: [civil-affairs]", "lead: [nobody]"));
  const faulty = await report();
  expect(faulty.findings.filter(({ severity }) => severity === "error")).toMatchObject([
    { code: "LIST-UNKNOWN-UNIT", kind: "reference", file: expect.stringContaining("indicators/quality.yaml") },
  ]);
  expect(mayPublish(faulty)).toBe(false);
});
