import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bundle } from "../bin/bundle.mjs";

const entry = "packages/proof/src/index.ts";
let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.resolve("node_modules/.bundle-test-"));
});
afterEach(() => rm(cache, { recursive: true }));

test("The sources are bundled once for each state of them", async () => {
  const first = await bundle(entry, cache);
  const made = await stat(path.join(cache, "made.json"));
  expect(await bundle(entry, cache)).toBe(first);
  expect((await stat(path.join(cache, "made.json"))).mtimeMs).toBe(made.mtimeMs);
});

test("Two commands that start at once make one bundle, and nothing is left half made", async () => {
  const [one, other] = await Promise.all([bundle(entry, cache), bundle(entry, cache)]);
  expect(one).toBe(other);
  expect((await readdir(cache)).toSorted()).toEqual([path.basename(path.dirname(one)), "made.json"].toSorted());
});

test("What another command takes away while old bundles are cleared stops nobody", async () => {
  // Listed, and gone when it is looked at: as what another command renames in between.
  await symlink("nowhere", path.join(cache, ".making-another.json"));
  expect(await bundle(entry, cache)).toContain(cache);
});

test("Bundles of a week ago are cleared, and no others whatever day this program holds it to be", async () => {
  for (const [name, days] of [
    ["old", 8],
    ["newer", 6],
  ] as const) {
    await mkdir(path.join(cache, name));
    const then = Date.now() / 1000 - days * 86_400;
    await utimes(path.join(cache, name), then, then);
  }
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 300 * 86_400_000);
  const made = await bundle(entry, cache).finally(() => clock.mockRestore());
  expect((await readdir(cache)).toSorted()).toEqual(
    [path.basename(path.dirname(made)), "made.json", "newer"].toSorted(),
  );
});

test("A source that is gone has the bundle made anew", async () => {
  const first = await bundle(entry, cache);
  const note = path.join(cache, "made.json");
  const made: { stamp: string; inputs: string[] } = JSON.parse(await readFile(note, "utf8"));
  await writeFile(note, JSON.stringify({ ...made, inputs: [...made.inputs, "packages/gone.ts"] }));
  expect(await bundle(entry, cache)).toBe(first);
  expect(JSON.parse(await readFile(note, "utf8")).inputs).toEqual(made.inputs);
});

test("A file finds what lies beside its source", async () => {
  const folder = path.dirname(new URL(await bundle("apps/cli/src/main.ts", cache)).pathname);
  const texts = await Promise.all((await readdir(folder)).map((file) => readFile(path.join(folder, file), "utf8")));
  expect(texts.some((text) => text.includes(path.resolve("apps/server/src/modules/identity")))).toBe(true);
});
