import { fileURLToPath } from "node:url";
import { childrenOf, type Node } from "@qingdan/feel/typed";
import { describe, expect, test } from "vitest";
import { compileRulebook } from "./compile/compile-rulebook.ts";
import { vocabulary } from "./explain-words.ts";
import { keyWords } from "./key-words.ts";
import type { List } from "./model/list.ts";
import { readList } from "./node/read-list.ts";
import { nodesOf } from "./nodes-of.ts";
import { clubList } from "./testing/club-rules.ts";

const codes = ["cn", "cn-31", "cn-3301", "cn-34", "cn-3401", "cn-340122", "cn-3406"];
const days = ["2023-07-01", "2026-07-01"];
const lists = await Promise.all(
  codes.map(async (code) => {
    const { list } = await readList(fileURLToPath(new URL(`../../../lists/${code}`, import.meta.url)));
    if (list === undefined) throw new Error(`${code} is refused`);
    return list;
  }),
);
const parameterOf = (list: List, code: string) => {
  const parameter = list.parameters.get(code);
  if (parameter === undefined) throw new Error(`no parameter ${code}`);
  return parameter;
};
const han = /\p{Script=Han}/u;

describe("words of the keys of parameters", () => {
  test("are those of the fact that has the codes", () => {
    const anhui = lists.find(({ code }) => code === "cn-34")!;
    const [kind] = keyWords(anhui, parameterOf(anhui, "subsistenceLine"));
    expect(kind).toEqual(
      new Map(
        ["urban", "rural"].map((code) => {
          const { zh, en } = anhui.facts.get("hukouKind")!.values!.find((value) => value.code === code)!;
          return [code, { zh, en }];
        }),
      ),
    );
  });

  test("are not taken from facts that disagree", () => {
    const nation = lists.find(({ code }) => code === "cn")!;
    // Grade 1 of a disability, level 1 of care: nobody can tell which is meant.
    expect(keyWords(nation, { keys: [{ name: "grade", values: ["1", "2"] }] })).toEqual([new Map()]);
  });

  test.each(lists.map((list) => [list.code, list] as const))("are there for every parameter of %s", (_, list) => {
    let told = 0;
    for (const parameter of list.parameters.values()) {
      const words = keyWords(list, parameter);
      for (const [at, { name, values }] of parameter.keys.entries()) {
        for (const code of values) {
          told += 1;
          const label = words[at]?.get(code);
          expect(label?.zh, `${parameter.code} ${name} ${code}`).toMatch(han);
          expect(label?.en.trim(), `${parameter.code} ${name} ${code}`).toBeTruthy();
        }
      }
    }
    expect(told).toBeGreaterThan(20);
  });
});

/** Every expression that may give the code of a key. */
function keyNodes(node: Node): readonly Node[] {
  const branches = (key: Node): readonly Node[] =>
    key.op === "if" ? [key, ...branches(key.yes), ...branches(key.no)] : [key];
  const own = node.op === "lookup" ? node.keys.flatMap(branches) : [];
  return [...own, ...childrenOf(node).flatMap(keyNodes)];
}

describe("an explanation", () => {
  test("tells a key by the words of its parameter, not by those of a fact that shares the code", () => {
    const shanghai = lists.find(({ code }) => code === "cn-31")!;
    const { rulebook } = compileRulebook(shanghai, { area: "cn-31", date: "2026-07-01" });
    const item = rulebook!.items.find(({ code }) => code === "cn-31.disability-living-subsidy")!;
    const words = vocabulary(rulebook!);
    const told = nodesOf(item)
      .flatMap(keyNodes)
      .flatMap((key) =>
        key.type.kind === "enum" && key.type.values.includes("full")
          ? [words.value(key, key.type.values.indexOf("full")).zh]
          : [],
      );
    expect(new Set(told)).toEqual(new Set(["重残无业、低保家庭"]));
  });

  test("of a rulebook without words of keys says the codes", () => {
    const { rulebook } = compileRulebook(clubList(), {
      area: "cn-31",
      date: "2024-07-01",
    });
    const older = { ...rulebook!, parameters: rulebook!.parameters.map(({ keys: _, ...rest }) => rest) };
    const told = older.items
      .flatMap((item) => nodesOf(item))
      .flatMap(keyNodes)
      .map(vocabulary(older).node);
    expect(told.map(({ zh }) => zh)).toContain("水平");
  });

  test.each(lists.map((list) => [list.code, list] as const))("of an item of %s shows no code of a key", (_, list) => {
    for (const date of days) {
      const { rulebook, findings } = compileRulebook(list, { area: list.area, date });
      expect(findings).toEqual([]);
      const words = vocabulary(rulebook!);
      for (const item of rulebook!.items) {
        for (const root of nodesOf(item)) {
          for (const key of keyNodes(root)) {
            if (key.type.kind !== "enum") continue;
            for (const [position, code] of key.type.values.entries()) {
              const { zh, en } = words.value(key, position);
              expect(zh, `${item.code} ${code} on ${date}`).toMatch(han);
              expect(en, `${item.code} ${code} on ${date}`).not.toBe(code);
            }
            const text = words.node(key).zh;
            const raw = key.type.values.filter(
              (code) => new RegExp(`(^|[^\\w-])${code}([^\\w-]|$)`).test(text) && !/^\d/.test(code),
            );
            expect(raw, `${item.code}: ${text}`).toEqual([]);
          }
        }
      }
    }
  });
});
