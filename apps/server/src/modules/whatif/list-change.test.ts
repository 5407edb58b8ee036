import { fileURLToPath } from "node:url";
import { type List, type ListSource, loadList } from "@qingdan/list";
import { readListSource } from "@qingdan/list/node";
import { beforeAll, describe, expect, test } from "vitest";
import { listChange } from "./list-change.ts";

// The invented federation: free-court reads courtFee and age; ball-grant and free-court are its items.
const folder = fileURLToPath(new URL("../../../../../packages/list/src/testing/federation", import.meta.url));
let source: ListSource;
let before: List;
beforeAll(async () => {
  source = await readListSource(folder);
  before = loadList(source).list!;
});

function after(file: string, change: (text: string) => string): List {
  const files = new Map(source.files);
  files.set(file, change(files.get(file)!));
  const { list, findings } = loadList({ ...source, files });
  if (!list) throw new Error(JSON.stringify(findings));
  return list;
}

describe("the difference between two states of a list", () => {
  test("is empty where only words, comments or places differ", () => {
    expect(
      listChange(
        before,
        after("items/free-court.yaml", (text) => `# moved\n\n${text}`),
      ).items,
    ).toEqual([]);
    const fees = after("parameters/fees.yaml", (text) => `# moved\n${text}`);
    expect(listChange(before, fees)).toMatchObject({ items: [], payersChanged: false });
  });

  test("names items that changed, and those that read a changed number or fact", () => {
    const files: [string, (text: string) => string][] = [
      ["items/free-court.yaml", (text) => text.replace("age >= 65", "age >= 66")],
      ["parameters/fees.yaml", (text) => text.replace("value: 32.5", "value: 33")],
      ["facts.yaml", (text) => text.replace("duration(birthDate, asOf).years", "duration(birthDate, monthEnd).years")],
    ];
    for (const [file, change] of files)
      expect(listChange(before, after(file, change)).items).toEqual(["cn.free-court"]);
  });

  test("does not name items that read another number", () => {
    expect(
      listChange(
        before,
        after("parameters/fees.yaml", (text) => text.replace("value: 0.5", "value: 0.6")),
      ).items,
    ).toEqual([]);
  });

  test("ends items that are gone and puts those that came", () => {
    const files = new Map(source.files);
    files.delete("items/free-court.yaml");
    const without = loadList({ ...source, files }).draft!;
    expect(listChange(before, without).reform.items).toEqual([{ end: "cn.free-court" }]);
    expect(listChange(without, before).reform.items).toMatchObject([{ put: { code: "cn.free-court" } }]);
  });

  test("says when who pays is written otherwise", () => {
    const payers = after("payers.yaml", (text) => text.replace("amount: 100", "amount: 90"));
    expect(listChange(before, payers).payersChanged).toBe(true);
  });
});
