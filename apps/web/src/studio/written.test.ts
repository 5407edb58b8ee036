import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { yamlValue } from "@qingdan/list";
import { expect, test } from "vitest";
import { writtenItem, writtenParameters } from "./written.ts";

test("a file that is half written has no fields, and breaks nothing", () => {
  for (const value of [null, undefined, "text", 1, [], [1], {}, { code: 7 }]) {
    expect(writtenItem(value)).toBeUndefined();
    expect(writtenParameters(value)).toBeUndefined();
  }
  for (const half of [
    { values: null },
    { values: [{ key: [] }] },
    { values: [{ area: "cn", key: "full" }] },
    { zh: {} },
  ])
    expect(writtenParameters([{ code: "line", ...half }]), JSON.stringify(half)).toBeUndefined();
  expect(writtenParameters([{ code: "line", values: [{ area: "cn", key: ["full"] }] }])).toHaveLength(1);
  const condition = { code: "age", zh: "年龄", en: "Age", test: "age >= 60" };
  const table = { hitPolicy: "U", inputs: [{ expression: "age" }], rules: [{ code: "a", when: [">= 60"], amount: 1 }] };
  for (const rule of [
    null,
    "age",
    { conditions: null },
    { conditions: [condition, null] },
    { conditions: [{ ...condition, test: undefined }] },
    { conditions: [{ ...condition, zh: {} }] },
    { define: null },
    { define: { line: [] } },
    { amount: null },
    { parts: [null] },
    { table: null },
    { table: { ...table, inputs: [null] } },
    { table: { ...table, rules: [{ code: "a", amount: 1 }] } },
  ])
    expect(writtenItem({ code: "cn.x", rule }), JSON.stringify(rule)).toBeUndefined();
  expect(writtenItem({ code: "cn.x", name: null })).toBeUndefined();
  expect(writtenItem({ code: "cn.x", rule: { conditions: [condition], table } })?.code).toBe("cn.x");
  expect(writtenItem({ code: "cn.x" })?.code).toBe("cn.x");
  expect(writtenParameters([{ code: "line" }, { code: "rate" }])?.map(({ code }) => code)).toEqual(["line", "rate"]);
});

test("every item of the lists has its fields", () => {
  const lists = fileURLToPath(new URL("../../../../lists", import.meta.url));
  const files = readdirSync(lists, { recursive: true, encoding: "utf8" }).filter((file) =>
    /items\/[^/]+\.yaml$/.test(file),
  );
  expect(files.length).toBeGreaterThan(80);
  for (const file of files)
    expect(writtenItem(yamlValue(readFileSync(`${lists}/${file}`, "utf8"))), file).toBeDefined();
});
