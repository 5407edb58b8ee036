import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { checkList } from "../check-list.ts";
import type { ListSource } from "../reading.ts";
import { createListReader, readGoldenTexts, readList, readListSource } from "./read-list.ts";

const testing = fileURLToPath(new URL("../testing/", import.meta.url));
const lists = fileURLToPath(new URL("../../../../lists/", import.meta.url));
const made: string[] = [];
afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true });
});

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), "list-"));
  made.push(dir);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}

describe("a list in a folder", () => {
  it("is read with the list that it stands on; an ending slash makes no difference", async () => {
    const source = await readListSource(join(testing, "club/"));
    expect([...source.files.keys()].sort()).toEqual([
      "items/free-court.yaml",
      "list.yaml",
      "parameters/fees.yaml",
      "sources.yaml",
    ]);
    expect(source.parent?.dir).toBe(join(testing, "federation"));
    expect((await readList(join(testing, "club"))).list?.code).toBe("cn-99");
  });

  it("that is empty, or whose parent is not there, is refused", async () => {
    const codes = async (dir: string) => (await readList(dir)).findings.map(({ code }) => code);
    expect(await codes(folder({}))).toEqual(["LIST-FILE-MISSING"]);
    expect(await codes(join(folder({}), "nowhere"))).toEqual(["LIST-FILE-MISSING"]);
    expect(await codes(join(folder({ "notes.txt": "" }), "notes.txt"))).toEqual(["LIST-FILE-MISSING"]);
    const header = "code: cn-31\narea: cn-31\nparent: ../nowhere\nname: { zh: 甲, en: A }\nversions: []\n";
    expect(
      await codes(
        folder({
          "list.yaml": header.replace("[]", "[{ version: a, from: 2020-01-01, status: draft, mark: R, source: [] }]"),
        }),
      ),
    ).toContain("LIST-PARENT-MISSING");
  });

  it("that is its own parent is refused, not read for ever", async () => {
    const dir = folder({});
    writeFileSync(
      join(dir, "list.yaml"),
      "code: cn\narea: cn\nparent: .\nname: { zh: 甲, en: A }\nversions:\n  - { version: a, from: 2020-01-01, status: draft, mark: R, source: [] }\n",
    );
    expect((await readList(dir)).findings.map(({ code }) => code)).toContain("LIST-PARENT-CYCLE");
  });

  it("with another ending than .yaml is told", async () => {
    const dir = folder({ "areas.yml": "[]", "notes.txt": "not a list file" });
    const { findings } = await readList(dir);
    expect(findings.map(({ code, file }) => [code, file])).toContainEqual([
      "LIST-FILE-UNKNOWN",
      join(dir, "areas.yml"),
    ]);
  });
});

describe("the lists of this repository", () => {
  const names = readdirSync(lists, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
  it.each(names)("%s is without an error", async (name) => {
    const findings = checkList(await readList(join(lists, name)));
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

describe("a reader of several lists", () => {
  it("reads a parent once, and answers as if each were read alone", async () => {
    const reader = createListReader();
    const [nation, city] = [await reader.source(join(lists, "cn")), await reader.source(join(lists, "cn-3406"))];
    expect(city.parent?.parent).toBe(nation);
    expect(await reader.load(join(lists, "cn-3406"))).toEqual(await readList(join(lists, "cn-3406")));
  });

  it("checks a list again when one of its files is another text, and only that list", async () => {
    const reader = createListReader();
    const source = await reader.source(join(testing, "club"));
    const before = await reader.load(source);
    const files = new Map([...source.files, ["items/free-court.yaml", "code: ["]]);
    const { list, findings } = await reader.load({ ...source, files });
    expect(before.list?.code).toBe("cn-99");
    expect(list).toBeUndefined();
    expect(findings.some(({ code, file }) => code === "LIST-YAML" && file.endsWith("club/items/free-court.yaml"))).toBe(
      true,
    );
  });

  it("tells a circle of parents wherever it is entered", async () => {
    const root = folder({});
    for (const [name, parent] of [
      ["a", "../b"],
      ["b", "../a"],
    ] as const) {
      mkdirSync(join(root, name));
      writeFileSync(join(root, name, "list.yaml"), `code: cn-99\narea: cn-99\nparent: ${parent}\n`);
    }
    const reader = createListReader();
    for (const name of ["a", "b"]) {
      expect(endOf(await reader.source(join(root, name)))).toBe(join(root, name));
    }
  });
});

describe("golden cases beside a list", () => {
  it("are the YAML files of its folder golden, and none where there is no such folder", async () => {
    expect([...(await readGoldenTexts(join(lists, "cn"))).keys()]).toEqual([
      "golden/edges.yaml",
      "golden/national.yaml",
    ]);
    expect((await readGoldenTexts(join(testing, "club"))).size).toBe(0);
  });
});

const endOf = (source: ListSource): string => (source.parent ? endOf(source.parent) : source.dir);
