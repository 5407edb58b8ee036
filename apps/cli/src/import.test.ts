import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readList } from "@qingdan/list/node";
import { afterAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

/** A register as CSV: every fact of the dictionary a column, and nothing known but what a row says. */
async function register(persons: readonly Record<string, string>[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "qingdan-import-"));
  folders.push(folder);
  const { list } = await readList(path.join(root, "lists/cn"));
  const facts = [...(list?.facts.values() ?? [])].filter(({ formula }) => formula === undefined);
  const columns = (entity: string) => facts.filter((fact) => fact.entity === entity).map(({ name }) => name);
  const csv = (head: readonly string[], rows: readonly Record<string, string>[]) =>
    [head.join(","), ...rows.map((row) => head.map((name) => row[name] ?? "").join(","))].join("\n");
  await writeFile(path.join(folder, "manifest.json"), JSON.stringify({ date: "2025-06-01" }));
  await writeFile(path.join(folder, "persons.csv"), csv(["person", "household", ...columns("person")], persons));
  await writeFile(
    path.join(folder, "households.csv"),
    csv(["household", ...columns("household")], [{ household: "h1" }, { household: "h2" }]),
  );
  return folder;
}

const importing = (source: string): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    const args = [
      "apps/cli/bin/qingdan.mjs",
      "import",
      source,
      "--list",
      "lists/cn",
      "--out",
      path.join(source, "people"),
      "--json",
    ];
    execFile(process.execPath, args, { cwd: root }, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out: out || err }),
    );
  });

test("a register is imported and its counts printed; a bad row is quarantined with its household, none is lost", async () => {
  const source = await register([
    { person: "p1", household: "h1", birthDate: "1950-02-03" },
    { person: "p2", household: "h2", birthDate: "2023-02-30" },
    { person: "p3", household: "h2", birthDate: "1980-05-06" },
  ]);
  const { code, out } = await importing(source);
  expect(code).toBe(1);
  const result = JSON.parse(out);
  expect(result.tables.persons).toEqual({ rows: 3, accepted: 1, quarantined: 2 });
  expect(result.byReason).toMatchObject({ "date-impossible": 1, "household-incomplete": expect.any(Number) });
  expect(await readFile(path.join(source, "people/quarantine.csv"), "utf8")).toContain("2023-02-30");
});

test("a register without a fault is imported whole", async () => {
  const source = await register([
    { person: "p1", household: "h1", birthDate: "1950-02-03" },
    { person: "p2", household: "h2" },
  ]);
  const { code, out } = await importing(source);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ accepted: 4, quarantined: 0, byReason: {} });
});
