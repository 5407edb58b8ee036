import { access, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type SmallCity, smallCity } from "../../../testing/small-city.ts";
import { openSnapshot } from "../../intake/index.ts";
import type { StoredRun } from "../run-store.ts";
import { createQuestionTrees } from "./question-trees.ts";

let city: SmallCity;
const failed: unknown[] = [];

beforeAll(async () => {
  city = await smallCity(600);
}, 240_000);

/** As much of a run as an order of questions is made from. */
async function runIn(name: string): Promise<StoredRun> {
  const folder = path.join(city.folder, name);
  await mkdir(folder, { recursive: true });
  const snapshot = await openSnapshot(city.peopleDir);
  return { folder, snapshot, rulebook: city.rulebook, list: city.list.code } as StoredRun;
}

const trees = (drawn: number) =>
  createQuestionTrees({ list: async () => city.list, onFailed: (error) => failed.push(error), drawn });

test("is made once in a thread of its own, and is there from then on, after a restart as well", async () => {
  const run = await runIn("made");
  const first = trees(120);
  expect(await first.of(run)).toBeUndefined();
  expect(await first.of(run)).toBeUndefined();
  await first.made();
  expect(failed).toEqual([]);
  const tree = await first.of(run);
  expect(tree).toMatchObject({ rulebook: city.rulebook.hash, expected: { people: 60 } });
  expect(tree?.expected.without).toBeGreaterThan(5);
  await first.close();
  const again = trees(120);
  expect(await again.of(run)).toEqual(tree);
  await again.close();
}, 120_000);

test("what is given up leaves nothing half written, and a file that is no tree is told", async () => {
  const run = await runIn("given-up");
  const given = trees(600);
  expect(await given.of(run)).toBeUndefined();
  await given.close();
  await expect(access(path.join(run.folder, "questions.json"))).rejects.toThrow("ENOENT");
  await writeFile(path.join(run.folder, "questions.json"), "{");
  await expect(trees(600).of(run)).rejects.toThrow(SyntaxError);
}, 120_000);
